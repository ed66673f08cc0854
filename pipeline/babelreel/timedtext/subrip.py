r"""What do the lines of a SubRip file say, and how is a track written as one?

The srt package writes the blocks, but does not read them: it tells neither line nor column, takes ``,5`` for 5 ms,
and either raises at the first oddity or skips it in silence. This reader goes over the lines once: a line of
timestamps makes a cue, whatever stands between two of them belongs to the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from babelreel.model.language import Language
from babelreel.model.source import Source, Spot
from babelreel.model.track import Align, Cue, Fault, Format, Track
from babelreel.timedtext.markup import Piece, Plain, lay_lines, place_in_picture, read_settings
from babelreel.timedtext.sidecar import SidecarCue, sidecar_cues
from babelreel.timedtext.source import unreadable
from babelreel.timedtext.timestamp import GAP, SUBRIP, Timing, break_arrows, has_arrow, read_time, read_timing

# Nine digits at most: a number, not a line of digits that would take long to convert.
_NUMBER = re.compile(rf"{GAP}(\d{{1,9}}){GAP}")

# Both alternatives stop at the next opening sign, so no text is looked at twice.
_MARKUP = re.compile(r"<(/?)(i|b|u|s|font)(?:[ \t][^<>\r\n]*)?/?>|\{\\[^{}\r\n]*\}", re.IGNORECASE)

#: U+2060 word joiner: seen by no reader, it keeps players from taking text for markup or timestamps.
_WORD_JOINER = "\u2060"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    """Where a block begins: indices (from 0) of its first line and of its timestamps; ``timing`` if readable."""

    first: int
    index: int
    number: int | None
    timing: Timing | None


def read_subrip(text: str, *, language: str, path: str) -> Track:
    """Read a SubRip text; what cannot be read is a fault of the track, never an exception."""
    source = Source.of(text)
    lines = source.lines
    heads = list(_heads(lines))
    cues: list[Cue] = []
    faults = list(_preamble_faults(lines, heads[0].first if heads else len(lines)))
    ends = [head.first for head in heads[1:]] + [len(lines)]
    for head, end in zip(heads, ends, strict=False):  # without any head there is still the end of the file
        body = lines[head.index + 1 : end]
        if head.timing is None:
            faults.append(_broken_block(head, lines[head.index], body))
        else:
            faults.extend(head.timing.faults)
            cues.append(_cue(head, head.timing, source, end, place=len(cues) + 1))
    return Track(language=language, path=path, format=Format.SRT, cues=tuple(cues), faults=tuple(faults), source=source)


def _heads(lines: list[str]) -> Iterator[_Head]:
    body_start = 0
    for index, line in enumerate(lines):
        if not has_arrow(line):
            continue
        timing = read_timing(line, line=index + 1, form=SUBRIP)
        first, number = _number_before(lines, index, body_start)
        if timing is not None or _is_broken_timing(line, is_at_head=first < index or _is_blank(lines, index - 1)):
            yield _Head(first=first, index=index, number=number, timing=timing)
            body_start = index + 1


def _number_before(lines: list[str], index: int, body_start: int) -> tuple[int, int | None]:
    """Find a cue's number: digits just before its timestamps, or a block of its own before blank lines."""
    above = index - 1
    while above >= body_start and _is_blank(lines, above):
        above -= 1
    match = _NUMBER.fullmatch(lines[above]) if above >= body_start else None
    is_block = above == index - 1 or above == 0 or (above > body_start and _is_blank(lines, above - 1))
    return (above, int(match[1])) if match and is_block else (index, None)


def _is_blank(lines: list[str], index: int) -> bool:
    return index < 0 or not lines[index].strip()


def _is_broken_timing(line: str, *, is_at_head: bool) -> bool:
    """Tell broken timestamps from a text that holds an arrow: by their place, or by one side that is a time."""
    if "-->" not in line or not any(character.isdigit() for character in line):
        return False
    return is_at_head or any(read_time(side, 0, line=0, form=SUBRIP) for side in line.split("-->", 1))


def _preamble_faults(lines: list[str], end: int) -> Iterator[Fault]:
    first = next((index for index in range(end) if not _is_blank(lines, index)), None)
    if first is not None:
        why = "before the first timestamps" if end < len(lines) else "in a file without any timestamps"
        yield unreadable(first + 1, f"this text stands {why}: no cue could be made of it", lines[first])


def _broken_block(head: _Head, line: str, body: list[str]) -> Fault:
    text = next((part for part in body if part.strip()), "")
    detail = f"no two times could be read from this line, so its text {text[:60]!r} has no cue"
    return unreadable(head.index + 1, detail, line, column=len(line) - len(line.lstrip()) + 1)


def _cue(head: _Head, timing: Timing, source: Source, end: int, *, place: int) -> Cue:
    """Make a cue of its head and the lines up to, not including, the one with the index ``end``."""
    body = Spot(source.start(head.index + 1), source.start(end))
    plain, align = _without_markup(source.text[body.start : body.end], body.start)
    line_start = source.starts[head.index]
    return Cue(
        number=place if head.number is None else head.number,
        span=timing.span,
        lines=plain.lines,
        line=head.index + 1,
        column=timing.column,
        italic=plain.italic,
        align=align,
        start_spot=Spot(line_start + timing.start.start, line_start + timing.start.end),
        end_spot=Spot(line_start + timing.end.start, line_start + timing.end.end),
        body=body,
        origins=plain.origins,
    )


def _without_markup(text: str, offset: int) -> tuple[Plain, Align]:
    """Take markup out of a cue's text, which stands at an offset; the first place named in it counts, as in libass."""
    places: list[Align] = []
    plain = lay_lines(_pieces(text, offset, places))
    return plain, places[0] if places else Align.BOTTOM


def _pieces(text: str, offset: int, places: list[Align]) -> Iterator[Piece]:
    depth, is_switched, done = 0, False, 0
    for match in _MARKUP.finditer(text):
        yield text[done : match.start()], depth > 0 or is_switched, offset + done
        done = match.end()
        if (match[2] or "").lower() == "i":
            depth = max(0, depth - 1) if match[1] else depth + 1
        for setting in read_settings(match[0]) if match[0].startswith("{") else ():
            if setting.name == "an" and (place := place_in_picture(setting.value)):
                places.append(place)
            elif setting.name in ("i", "r"):
                is_switched = setting.name == "i" and setting.value == 1
    yield text[done:], depth > 0 or is_switched, offset + done


def render_subrip(track: Track, language: Language) -> str:
    """Write a track as SubRip, UTF-8 text with LF: cues by start, numbered from 1, blank lines dropped.

    Lines of right-to-left languages are isolated for players which do not look for their direction. A cue without text
    is left out, a time before zero is written as zero. U+2060 goes into text that players would take for markup.
    """
    return "".join(_block(number, cue) for number, cue in enumerate(sidecar_cues(track, language), start=1))


def _block(number: int, cue: SidecarCue) -> str:
    import srt  # noqa: PLC0415 - slow to load, and only a build writes

    lines = [f"<i>{_guarded(line)}</i>" if is_italic else _guarded(line) for line, is_italic in cue.lines]
    place = "" if cue.align is Align.BOTTOM else f"{{\\an{cue.align.value}}}"
    start, end = (timedelta(milliseconds=ms) for ms in (cue.span.start_ms, cue.span.end_ms))
    block: str = srt.Subtitle(index=number, start=start, end=end, content=place + "\n".join(lines)).to_srt()
    return block


def _guarded(line: str) -> str:
    """Break up what would be read as markup or timestamps."""
    line = _MARKUP.sub(lambda match: match[0][0] + _WORD_JOINER + match[0][1:], line)
    if "-->" in line or read_timing(line, line=0, form=SUBRIP):
        return break_arrows(line, _WORD_JOINER)
    return line
