"""Read a WebVTT file.

Reads as browsers do (W3C WebVTT, section 6), but reports what they drop in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from babelreel.model.file_position import Source, Spot
from babelreel.model.track import Align, Cue, Fault, FaultKind, Format, Track
from babelreel.timedtext.file_size import refuse_cues
from babelreel.timedtext.formats.faults import FaultList
from babelreel.timedtext.formats.markup import Piece, lay_lines, lay_whole_lines, place_in_picture, unescaped
from babelreel.timedtext.formats.timestamp import WEBVTT, Timing, has_arrow, read_timing
from babelreel.timedtext.formats.webvtt_settings import read_region, setting_faults
from babelreel.timedtext.formats.webvtt_spans import span_faults
from babelreel.timedtext.positions import clip, fault_at, line_end, lines_of, missing_blank_line

_HEADER = re.compile(r"WEBVTT(?:[ \t].*)?")
#: Times as browsers read them ("collect a WebVTT timestamp"); a cue with others is not shown.
_SHOWN = re.compile(r"\s*(?:\d+:)?[0-5]\d:[0-5]\d\.\d{3}\s*-->\s*(?:\d+:)?[0-5]\d:[0-5]\d\.\d{3}(?!\d)", re.ASCII)
_MISSPELT = re.compile(r" *WEBVTT\s?", re.IGNORECASE)
_COMMENT = re.compile(r"(NOTE|STYLE|REGION)(?:[ \t].*)?")
_NUMBER = re.compile(r"\d{1,9}[ \t]*")

# <i>, </i>, <v Roger>, <c.loud>, <lang nl>, <00:00:01.500>; "<3" is no tag. It stops at the next "<": linear time.
_TAG = re.compile(r"<(/?[A-Za-z][^<>]*|(?=[\d:.]\d*[:.][\d:.])[\d:.]++)>")
_RUBY = {"rt": "(", "/rt": ")"}
_LINE_SETTING = re.compile(r"line:(-?\d{1,6})(?:\.\d{0,6})?(%?)(?:,\w{1,10})?")

#: ``line:0`` to ``line:4``, and shares under a third, are the top row; a picture holds some 15 lines of text.
_LAST_TOP_LINE = 4
_TOP_PERCENT, _MIDDLE_PERCENT = 33, 66


@dataclass(slots=True, kw_only=True)
class _Reading:
    """What has been read so far; the one value here that changes."""

    source: Source
    lines: list[str]
    path: str
    cues: list[Cue] = field(default_factory=list)
    faults: FaultList = field(default_factory=FaultList)
    identifiers: dict[str, int] = field(default_factory=dict)
    regions: set[str] = field(default_factory=set)

    def add(self, kind: FaultKind, index: int, detail: str) -> None:
        """Report a whole line, by its index from 0."""
        start = self.source.starts[index]
        self.faults.add(fault_at(self.source, Spot(start, start + len(self.lines[index])), kind, detail))


def read_webvtt(text: str, *, language: str, path: str) -> Track:
    """Read a WebVTT text; what cannot be read is a fault of the track, never an exception.

    Of the cue settings ``line`` sets the row of ``Align``, ``align:left`` and ``align:right`` its column; ``start``
    and ``end`` depend on the direction of the text and are taken as centred. Only a file with more than 100 000 cues
    raises ``TrackError``.
    """
    source = Source.of(text)
    lines = lines_of(source)
    reading = _Reading(source=source, lines=lines, path=path)
    start = _header_end(lines)
    reading.faults.extend(_header_faults(source, lines, start))
    for first, end in _blocks(lines, start):
        _read_block(reading, first, end)
    return Track(
        language=language,
        path=path,
        format=Format.VTT,
        cues=tuple(reading.cues),
        faults=reading.faults.kept(),
        source=source,
    )


def _header_end(lines: list[str]) -> int:
    """Skip the header's own lines (``Kind: captions``), also of a misspelt one; timestamps end it at once."""
    if not lines[0].lstrip(" ").upper().startswith("WEBVTT"):
        return 0
    return next((index for index, line in enumerate(lines) if not line or has_arrow(line)), len(lines))


def _header_faults(source: Source, lines: list[str], end: int) -> Iterator[Fault]:
    written = source.line(1).removeprefix("\ufeff")
    if not _HEADER.fullmatch(written):
        detail = "the file does not begin with WEBVTT, so browsers refuse it; babelreel read its lines all the same"
        start = len(source.line(1)) - len(written)
        repaired, length = "WEBVTT" + 2 * line_end(source, 0), 0
        if misspelt := _MISSPELT.match(written):
            length = misspelt.end()
            repaired = "WEBVTT " if length < len(written) else "WEBVTT"
        fault = fault_at(source, Spot(start, start + length), FaultKind.VTT_HEADER, detail, repaired=repaired)
        yield replace(fault, text=clip(lines[0]))
    elif 0 < end < len(lines) and lines[end]:
        yield missing_blank_line(source, end, "a blank line is missing below the header")


def _blocks(lines: list[str], start: int) -> Iterator[tuple[int, int]]:
    """Cut what follows the header at empty lines: the indices of the first line of each block and behind its last."""
    for index in range(start, len(lines) + 1):
        if index == len(lines) or not lines[index]:
            if index > start:
                yield start, index
            start = index + 1


def _read_block(reading: _Reading, first: int, end: int) -> None:
    lines = reading.lines
    heads = [index for index in range(first, end) if _is_head(lines[index])]
    if comment := _COMMENT.fullmatch(lines[first]):
        _read_comment(reading, comment[1], first, end, heads)
        return
    refuse_cues(len(reading.cues) + len(heads), reading.path)
    _read_above(reading, first, heads[0] if heads else end, has_cue=bool(heads))
    is_identifier = False
    for head, next_head in zip(heads, [*heads[1:], end], strict=False):  # no head: the end alone
        timing = read_timing(lines[head], line=head + 1, form=WEBVTT)
        if head != heads[0] and not is_identifier:
            _report_missing_blank(reading, head)
        is_identifier = timing is None and next_head == head + 1 < end
        if timing is None:
            _report_broken(reading, head, is_identifier=is_identifier)
            continue
        is_shown = _SHOWN.match(lines[head]) is not None
        reading.faults.extend(timing.faults if is_shown else map(_unshown, timing.faults))
        _read_cue(reading, timing, head, next_head)


def _unshown(fault: Fault) -> Fault:
    return replace(fault, kind=FaultKind.VTT_TIMESTAMP, detail=f"browsers do not show this line: {fault.detail}")


def _is_head(line: str) -> bool:
    return "-->" in line or (">" in line and read_timing(line, line=0, form=WEBVTT) is not None)


def _read_comment(reading: _Reading, kind: str, first: int, end: int, heads: list[int]) -> None:
    for head in heads:
        detail = f"times stand in a {kind} block: browsers show it as a line, other players do not; it was left out"
        reading.add(FaultKind.VTT_COMMENTED_CUE, head, detail)
    if kind != "NOTE" and reading.cues:
        detail = f"browsers ignore a {kind} block below the first line"
        reading.add(FaultKind.VTT_LATE_BLOCK, first, detail)
    elif kind == "REGION":
        start = reading.source.starts[first]
        block = reading.source.text[start : reading.source.start(end)]
        name, faults = read_region(block, start, reading.source)
        reading.faults.extend(faults)
        reading.regions.add(name)


def _read_above(reading: _Reading, first: int, end: int, *, has_cue: bool) -> None:
    """Report lines which belong to no cue; the one before the timestamps is the cue's identifier."""
    lost = reading.lines[first : max(first, end - 1) if has_cue else end]
    if any(line.strip() for line in lost):
        detail = "no player shows text without times (a blank line ends a text); it was left out"
        reading.add(FaultKind.STRAY_TEXT, first, detail)
    if has_cue and end > first:
        identifier = reading.lines[end - 1].strip()
        before = reading.identifiers.setdefault(identifier, end)
        if before != end:
            detail = f"another line, in row {before + 1} of the file, has the same identifier"
            reading.add(FaultKind.VTT_REPEATED_IDENTIFIER, end - 1, detail)


def _report_missing_blank(reading: _Reading, head: int) -> None:
    """Report timestamps below a text; a number between them is taken for the text's last line, as browsers do."""
    detail = "a blank line is missing above this row"
    if _NUMBER.fullmatch(reading.lines[head - 1]) and not _is_head(reading.lines[head - 2]):
        detail += f", so {reading.lines[head - 1].strip()} is shown as a part of the text above"
        reading.faults.add(missing_blank_line(reading.source, head - 1, detail, is_evident=False))
    else:
        reading.faults.add(missing_blank_line(reading.source, head, detail))


def _report_broken(reading: _Reading, head: int, *, is_identifier: bool) -> None:
    if is_identifier:
        detail = "an identifier must not hold -->: browsers take it for times"
        reading.add(FaultKind.VTT_ARROW_IN_IDENTIFIER, head, detail)
    else:
        detail = "no two times can be read in this row, so browsers do not show the text below it"
        reading.add(FaultKind.UNREADABLE_CUE, head, detail)


def _read_cue(reading: _Reading, timing: Timing, head: int, end: int) -> None:
    """Make a cue of the line of timestamps with the index ``head`` and the lines up to, not including, ``end``."""
    source, line_start, start, settings = reading.source, reading.source.starts[head], head + 1, ""
    body = Spot(source.start(start), source.start(end))
    text = source.text[body.start : body.end]
    if "<" in text or "&" in text:
        plain = lay_lines(_pieces(text, body.start))
        reading.faults.extend(span_faults(text, body.start, timing.span, source))
    else:
        plain = lay_whole_lines(reading.lines[start:end], source.starts[start:end])
    if timing.rest < len(reading.lines[head]):
        settings = reading.lines[head][timing.rest :]
        reading.faults.extend(setting_faults(settings, line_start + timing.rest, source, reading.regions))
    reading.cues.append(
        Cue(
            number=len(reading.cues) + 1,
            span=timing.span,
            lines=plain.lines,
            line=head + 1,
            column=timing.column,
            italic=plain.italic,
            align=_align(settings.split()) if settings else Align.BOTTOM,
            start_spot=timing.start.moved(line_start),
            end_spot=timing.end.moved(line_start),
            body=body,
            origins=plain.origins,
        )
    )


def _align(settings: Iterable[str]) -> Align:
    row, column = 1, 1
    for setting in settings:
        if match := _LINE_SETTING.fullmatch(setting):
            row = _row(int(match[1]), is_percent=bool(match[2]))
        elif setting in ("align:left", "align:right"):
            column = 0 if setting.endswith("left") else 2
    return place_in_picture(row + column) or Align.BOTTOM


def _row(value: int, *, is_percent: bool) -> int:
    """Find the first place of the row (1 bottom, 4 middle, 7 top); negative lines count from the bottom."""
    if not is_percent:
        return 7 if 0 <= value <= _LAST_TOP_LINE else 1
    return 7 if value <= _TOP_PERCENT else 4 if value <= _MIDDLE_PERCENT else 1


def _pieces(text: str, offset: int) -> Iterator[Piece]:
    depth, done = 0, 0
    for match in _TAG.finditer(text):
        yield from unescaped(text[done : match.start()], offset + done, is_italic=depth > 0, with_beginnings=True)
        done = match.end()
        if match[1] in _RUBY:  # a reading stands above its word; in a line it stands in brackets behind it
            yield _RUBY[match[1]], depth > 0, offset + match.start()
        elif match[1] == "/i":
            depth = max(0, depth - 1)
        elif match[1] == "i" or match[1].startswith(("i.", "i ")):
            depth += 1
    yield from unescaped(text[done:], offset + done, is_italic=depth > 0, with_beginnings=True)
