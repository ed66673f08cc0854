r"""Read a SubRip file.

The srt package writes SubRip (``sidecar``), but does not read it: it names neither line nor column, takes ``,5`` for
5 ms, and either raises at the first oddity or skips it in silence. This reader goes over the lines once: a line of
timestamps makes a cue, whatever stands between two of them belongs to the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from babelreel.model.file_position import Source, Spot
from babelreel.model.track import Align, Cue, Fault, FaultKind, Format, Track
from babelreel.timedtext.file_size import refuse_cues
from babelreel.timedtext.formats.faults import FaultList
from babelreel.timedtext.formats.markup import (
    Piece,
    Plain,
    lay_lines,
    lay_whole_lines,
    place_in_picture,
    read_settings,
    unescaped,
)
from babelreel.timedtext.formats.subrip_blocks import NUMBER, Head, blocks_of, is_blank
from babelreel.timedtext.formats.timestamp import (
    Timing,
    skip_gap,
)
from babelreel.timedtext.positions import clip, fault_at, line_end, lines_of, missing_blank_line, unreadable

_COORDINATE = re.compile(r"[XY][12]:\d{1,6}")


_SETTING = re.compile(r"[A-Za-z][A-Za-z0-9]{0,15}:\S")


#: What players take for markup. Both alternatives stop at the next opening sign, so no text is looked at twice.
MARKUP = re.compile(r"<(/?)(i|b|u|s|font)(?:[ \t][^<>\r\n]*)?/?>|\{\\[^{}\r\n]*\}", re.IGNORECASE)


#: The same, and what stands for a line end or a no-break space; in a path of Windows (C:\New) it does not.
_TOKEN = re.compile(
    rf"{MARKUP.pattern}|(?P<path>\b[a-z]:\\[^\s<>{{}}&]*)|(?P<end><br[ \t]*/?>|(?-i:\\N))|(?P<space>(?-i:\\h))",
    re.IGNORECASE,
)


_MEANT = {"end": "\n", "space": "\u00a0"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """A text and its lines."""

    source: Source
    lines: list[str]


def read_subrip(text: str, *, language: str, path: str) -> Track:
    """Read a SubRip text; what cannot be read is a fault of the track, never an exception.

    Only a file with more than 100 000 cues raises ``TrackError``.
    """
    source = Source.of(text)
    lines = lines_of(source)
    file = _File(source=source, lines=lines)
    cues: list[Cue] = []
    faults = FaultList()
    first: int | None = None
    for count, (head, end) in enumerate(blocks_of(lines), start=1):
        refuse_cues(count, path)
        if first is None:
            first = head.first
        elif not is_blank(lines, head.first - 1):
            faults.add(missing_blank_line(source, head.first, "a blank line is missing above this row"))
        if head.timing is None:
            faults.add(_broken_block(head, lines[head.at], lines[head.at + 1 : end]))
            continue
        if head.timing.faults:
            faults.extend(head.timing.faults)
        if head.timing.rest < len(lines[head.at]):
            faults.extend(_rest_faults(source, head.at, head.timing))
        cues.append(_cue(file, head, head.timing, end, place=len(cues) + 1))
        if _has_blank_line(lines, head, cues[-1]):
            faults.extend(_blank_faults(file, head, end, cues[-1]))
    faults.extend(_preamble_faults(lines, first))
    return Track(language=language, path=path, format=Format.SRT, cues=tuple(cues), faults=faults.kept(), source=source)


def _preamble_faults(lines: list[str], end: int | None) -> Iterator[Fault]:
    """Report text above the first block, which begins at the index ``end``, or all the text if there is none."""
    above = range(len(lines) if end is None else end)
    first = next((index for index in above if not is_blank(lines, index)), None)
    if first is None:
        return
    if end is not None:
        detail = "this text stands above the first times, so no player shows it"
        yield Fault(
            kind=FaultKind.STRAY_TEXT,
            line=first + 1,
            column=1,
            detail=detail,
            text=clip(lines[first]),
            length=len(lines[first]),
        )
    else:
        detail = "this text stands in a file without any times, so no player shows it"
        yield unreadable(first + 1, detail, lines[first])


def _broken_block(head: Head, line: str, body: list[str]) -> Fault:
    text = next((part for part in body if part.strip()), "")
    detail = f"no two times can be read in this row, so no player shows its text {text[:60]!r}"
    return unreadable(head.at + 1, detail, line, column=len(line) - len(line.lstrip()) + 1)


def _rest_faults(source: Source, index: int, timing: Timing) -> Iterator[Fault]:
    """Report what stands behind the times."""
    line, start_of_line = source.line(index + 1), source.starts[index]
    start, end = skip_gap(line, timing.rest), len(line.rstrip())
    if start >= end:
        return
    words = line[start:end].split()
    spot = Spot(start_of_line + timing.rest, start_of_line + len(line))
    if all(_COORDINATE.fullmatch(word) for word in words):
        detail = "hardly any player follows coordinates after the times, and babelreel's files are made without them"
        kind, repaired = FaultKind.PLACEMENT, ""
    elif all(_SETTING.match(word) for word in words):
        detail = "SubRip has no such settings, and players ignore them"
        kind, repaired = FaultKind.PLACEMENT, ""
    else:
        detail = "no player shows text after the times; it was left out"
        kind, repaired = FaultKind.TEXT_BESIDE_TIMESTAMPS, line_end(source, index) + line[start:end]
    fault = fault_at(source, spot, kind, detail, repaired=repaired)
    shown = Spot(start_of_line + start, start_of_line + end)
    yield replace(fault, text=clip(source.text[shown.start : shown.end]), is_evident=False)


def _has_blank_line(lines: list[str], head: Head, cue: Cue) -> bool:
    return bool(cue.lines) and ("" in cue.lines or is_blank(lines, head.at + 1))


def _blank_faults(file: _File, head: Head, end: int, cue: Cue) -> Iterator[Fault]:
    """Report blank lines before and between the lines of a cue's text, and numbers of cues without timestamps."""
    lines, source = file.lines, file.source
    filled = [index for index in range(head.at + 1, end) if not is_blank(lines, index)]
    for above, index in zip([head.at, *filled], filled, strict=False):
        if index == above + 1:
            continue
        number = NUMBER.fullmatch(lines[index])
        is_next = number is not None and int(number[1]) == cue.number + 1
        if number and (is_next or (index + 1 < end and not is_blank(lines, index + 1))):
            detail = f"no times follow this number, so its text was read as a part of line {cue.number}"
            spot = Spot(source.start(index), source.start(index) + len(lines[index]))
            yield fault_at(source, spot, FaultKind.MISSING_TIMESTAMPS, detail)
            continue
        detail = f"players end the text at this blank line, and do not show what follows: {clip(lines[index])!r}"
        spot = Spot(source.start(above + 1), source.start(index))
        yield replace(fault_at(source, spot, FaultKind.BLANK_LINE, detail, repaired=""), is_evident=False)


def _cue(file: _File, head: Head, timing: Timing, end: int, *, place: int) -> Cue:
    """Make a cue of its head and the lines up to, not including, the one with the index ``end``."""
    source, start = file.source, head.at + 1
    line_start, number_start = source.starts[head.at], source.starts[head.first]
    body = Spot(source.start(start), source.start(end))
    if all(source.text.find(sign, *body) < 0 for sign in "<{&\\"):  # nearly always
        plain, align = lay_whole_lines(file.lines[start:end], source.starts[start:end]), Align.BOTTOM
    else:
        plain, align = _without_markup(source.text[body.start : body.end], body.start)
    return Cue(
        number=place if head.number is None else head.number,
        span=timing.span,
        lines=plain.lines,
        line=head.at + 1,
        column=timing.column,
        italic=plain.italic,
        align=align,
        start_spot=timing.start.moved(line_start),
        end_spot=timing.end.moved(line_start),
        body=body,
        number_spot=head.number_spot.moved(number_start),
        origins=plain.origins,
    )


def _without_markup(text: str, offset: int) -> tuple[Plain, Align]:
    """Take markup out of a cue's text, which stands at an offset; the first place named in it counts, as in libass."""
    places: list[Align] = []
    plain = lay_lines(_pieces(text, offset, places))
    return plain, places[0] if places else Align.BOTTOM


def _pieces(text: str, offset: int, places: list[Align]) -> Iterator[Piece]:
    depth, is_switched, is_drawing, done = 0, False, False, 0
    for match in (*_TOKEN.finditer(text), None):
        if not is_drawing:
            plain = text[done : match.start() if match else None]
            yield from unescaped(plain, offset + done, is_italic=depth > 0 or is_switched)
        if match is None:
            return
        done = match.end()
        if match.lastgroup and not is_drawing:
            yield _MEANT.get(match.lastgroup, match[0]), depth > 0 or is_switched, offset + match.start()
        if (match[2] or "").lower() == "i":
            depth = max(0, depth - 1) if match[1] else depth + 1
        for setting in read_settings(match[0]) if match[0].startswith("{") else ():
            if setting.name == "an" and (place := place_in_picture(setting.value)):
                places.append(place)
            elif setting.name == "p":
                is_drawing = bool(setting.value)
            elif setting.name in ("i", "r"):
                is_switched = setting.name == "i" and setting.value == 1
