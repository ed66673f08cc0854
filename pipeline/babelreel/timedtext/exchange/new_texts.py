"""Write another text into some cues of a file, while every other byte of it stays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from babelreel.model.exchange.row_key import tidy
from babelreel.model.finding import Edit
from babelreel.model.language import Language
from babelreel.model.timecode import Span
from babelreel.model.track import Align, Cue, Format, Track
from babelreel.timedtext.formats.sidecar import escaped, guarded
from babelreel.timedtext.formats.timestamp import SUBRIP, render_time
from babelreel.timedtext.rewritten import Rewritten, rewritten_in_any

#: What ends a cue's text in its file: line ends and blank lines, which stay.
_TAIL = re.compile(r"\s*\Z")
#: A voice of WebVTT, in which there is no other; its end need not be written.
_VOICE = re.compile(r"(<v[.\s][^>]*>)(?:(?!</?v[.\s>]).)*(?:</v>)?", re.DOTALL)
_JOINER = "\u2060"
#: Words that mean something else in ASS than what they say.
_COMMANDS = re.compile(r"[{}\\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCue:
    """A line that the file does not have yet."""

    span: Span
    text: str


def rewrite(
    data: bytes, track: Track, texts: Mapping[int, str], language: Language, added: Iterable[NewCue] = ()
) -> Rewritten | None:
    """Replace the texts of cues, by their places in the track; all other cues keep their bytes, and italics stay.

    ``added`` cues come into a SubRip file in their order; there the numbers behind them change too. One whose time a
    cue without text has becomes the text of that. The file becomes UTF-8 where its own encoding lacks a letter.
    ``None`` where the format cannot hold a text as it is: what was written is read again and compared.
    """
    texts, added = _into_waiting(track, texts, added)
    if track.format.is_read_only or (added and track.format is not Format.SRT):
        return None
    newline = "\r\n" if "\r\n" in track.source.text else "\n"
    edits = [_edit(track, track.cues[place], text, newline) for place, text in texts.items()]
    edits += _insertions(track, added, newline)
    text = _applied(track.source.text, edits)
    done = rewritten_in_any(data, text, track, language=language)
    return done if done and _is_as_meant(track, done.track, texts, added) else None


def _into_waiting(
    track: Track, texts: Mapping[int, str], added: Iterable[NewCue]
) -> tuple[dict[int, str], list[NewCue]]:
    """Put what is new into cues of the same times that have no text yet; returns all texts, and what is left."""
    waiting = {cue.span: place for place, cue in enumerate(track.cues) if not cue.text.strip() and place not in texts}
    found, left = dict(texts), []
    for each in sorted(added, key=lambda each: (each.span.start_ms, each.span.end_ms)):
        place = waiting.pop(each.span, None)
        if place is None:
            left.append(each)
        else:
            found[place] = each.text
    return found, left


def _is_as_meant(before: Track, after: Track, texts: Mapping[int, str], added: list[NewCue]) -> bool:
    meant = [(cue.span, without_joiners(texts.get(place, cue.text))) for place, cue in enumerate(before.cues)]
    meant += [(each.span, without_joiners(each.text)) for each in added]
    order = (lambda each: (each[0].start_ms, each[0].end_ms, each[1])) if added else None
    found = [(cue.span, without_joiners(cue.text)) for cue in after.cues]
    return (sorted(found, key=order) == sorted(meant, key=order)) if order else found == meant


def without_joiners(text: str) -> str:
    """Remove the joiners that keep players from taking a text for markup."""
    return tidy(text).replace(_JOINER, "")


def _edit(track: Track, cue: Cue, text: str, newline: str) -> Edit:
    old = track.source.text[cue.body.start : cue.body.end]
    tail = _TAIL.search(old)
    kept = old[tail.start() :] if tail else ""
    lines = tidy(text).split("\n")
    if track.format in {Format.ASS, Format.SSA}:
        new = _leading_commands(old) + r"\N".join(_COMMANDS.sub(r"\\\g<0>", line) for line in lines)
    else:
        new = (
            _place(track, cue)
            + _voice(track, old)
            + newline.join(_line(track, line, cue, at) for at, line in enumerate(lines))
        )
    if not kept and track.format in {Format.SRT, Format.VTT} and cue.body.end < len(track.source.text):
        kept = newline * 2
    return Edit(start=cue.body.start, end=cue.body.end, text=new + kept)


def _line(track: Track, line: str, cue: Cue, at: int) -> str:
    safe = guarded(line) if track.format is Format.SRT else escaped(line)
    is_italic = all(cue.italic) if len(cue.italic) <= at else cue.italic[at]
    return f"<i>{safe}</i>" if cue.italic and is_italic else safe


def _place(track: Track, cue: Cue) -> str:
    return f"{{\\an{cue.align.value}}}" if track.format is Format.SRT and cue.align is not Align.BOTTOM else ""


def _leading_commands(text: str) -> str:
    found = re.match(r"(?:\{\\[^{}]*\})+", text)
    return found[0] if found else ""


def _voice(track: Track, text: str) -> str:
    """Find who speaks, as WebVTT says it, where one voice speaks the whole cue."""
    found = _VOICE.fullmatch(text.rstrip()) if track.format is Format.VTT else None
    return found[1] if found else ""


def _insertions(track: Track, added: list[NewCue], newline: str) -> Iterator[Edit]:
    """Put new cues before the first one that begins later, and number all behind anew."""
    if not added:
        return
    cues, waiting, number = track.cues, list(added), 0
    last = len(track.source.text)
    for cue in cues:
        before = ""
        while waiting and waiting[0].span.start_ms < cue.span.start_ms:
            number += 1
            before += _block(number, waiting.pop(0), newline)
        number += 1
        spot = cue.number_spot
        if before or (spot.end > spot.start and cue.number != number):
            yield Edit(start=spot.start, end=spot.end, text=f"{before}{number}" if spot.end > spot.start else before)
    rest = "".join(_block(number + place, each, newline) for place, each in enumerate(waiting, start=1))
    if rest:
        text = track.source.text
        gap = "" if not text or text.endswith(newline * 2) else newline if text.endswith("\n") else newline * 2
        yield Edit(start=last, end=last, text=gap + rest.removesuffix(newline))


def _block(number: int, cue: NewCue, newline: str) -> str:
    start, end = (render_time(ms, SUBRIP) for ms in (cue.span.start_ms, cue.span.end_ms))
    text = newline.join(guarded(line) for line in tidy(cue.text).split("\n"))
    return f"{number}{newline}{start} --> {end}{newline}{text}{newline}{newline}"


def _applied(text: str, edits: Iterable[Edit]) -> str:
    """Make edits; of two at one place, the one that takes nothing away comes first."""
    parts, done = [], 0
    for edit in sorted(edits, key=lambda each: (each.start, each.end)):
        parts += [text[done : edit.start], edit.text]
        done = edit.end
    return "".join((*parts, text[done:]))
