"""What do the lines of a WebVTT file say, and how is a track written as one?

Reads as browsers do (W3C WebVTT, section 6), but reports what they drop in silence.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from babelreel.model.language import Language
from babelreel.model.source import Source, Spot
from babelreel.model.timecode import render_timestamp
from babelreel.model.track import Align, Cue, Fault, Format, Track
from babelreel.timedtext.markup import Piece, lay_lines, place_in_picture
from babelreel.timedtext.sidecar import SidecarCue, sidecar_cues
from babelreel.timedtext.source import unreadable
from babelreel.timedtext.timestamp import WEBVTT, Timing, has_arrow, read_timing

_HEADER = re.compile(r"WEBVTT(?:[ \t].*)?")
_COMMENT = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t].*)?")

# <i>, </i>, <v Roger>, <c.loud>, <lang nl>, <00:00:01.500>; "<3" is no tag. It stops at the next "<": linear time.
_TAG = re.compile(r"<(/?[A-Za-z][^<>]*|[\d:.]+[:.][\d:.]+)>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_LINE_SETTING = re.compile(r"line:(-?\d{1,6})(?:\.\d{0,6})?(%?)(?:,\w{1,10})?")

#: ``line:0`` to ``line:4``, and shares under a third, are the top row; a picture holds some 15 lines of text.
_LAST_TOP_LINE = 4
_TOP_PERCENT, _MIDDLE_PERCENT = 33, 66

_ROWS = ("", " line:50%", " line:0")
_COLUMNS = (" align:left", "", " align:right")

# Lines of a block with the index (from 0) of the first of them.
_Block = tuple[int, list[str]]


def read_webvtt(text: str, *, language: str, path: str) -> Track:
    """Read a WebVTT text; what cannot be read is a fault of the track, never an exception.

    Of the cue settings ``line`` gives the row of ``Align``, ``align:left`` and ``align:right`` its column; ``start``
    and ``end`` depend on the direction of the text and are taken as centred.
    """
    source = Source.of(text)
    lines = source.lines
    lines[0] = lines[0].removeprefix("\ufeff")
    cues: list[Cue] = []
    faults: list[Fault] = []
    if not _HEADER.fullmatch(lines[0]):
        detail = "the file does not begin with WEBVTT, so browsers refuse it whole; its cues were read nevertheless"
        faults.append(unreadable(1, detail, lines[0]))
    for block in _blocks(lines):
        _read_block(block, source, cues, faults)
    return Track(language=language, path=path, format=Format.VTT, cues=tuple(cues), faults=tuple(faults), source=source)


def _blocks(lines: list[str]) -> Iterator[_Block]:
    """Cut what follows the header at empty lines."""
    start = _header_end(lines)
    for index in range(start, len(lines) + 1):
        if index == len(lines) or not lines[index]:
            if index > start:
                yield start, lines[start:index]
            start = index + 1


def _header_end(lines: list[str]) -> int:
    """Skip the header's own lines (``Kind: captions``), also of a misspelt one; timestamps end it at once."""
    if not lines[0].upper().startswith("WEBVTT"):
        return 0
    return next((index for index, line in enumerate(lines) if not line or has_arrow(line)), len(lines))


def _read_block(block: _Block, source: Source, cues: list[Cue], faults: list[Fault]) -> None:
    first, lines = block
    heads = [index for index, line in enumerate(lines) if "-->" in line or read_timing(line, line=0, form=WEBVTT)]
    if _COMMENT.fullmatch(lines[0]):
        faults.extend(_comment_faults(first, lines, heads))
        return
    faults.extend(_lost_lines(first, lines[: heads[0]] if heads else lines, has_cue=bool(heads)))
    for head, end in zip(heads, [*heads[1:], len(lines)], strict=False):  # no head: the end alone
        number = first + head + 1
        timing = read_timing(lines[head], line=number, form=WEBVTT)
        if timing is None:
            detail = "no two times could be read from this line, so the text below it has no cue"
            faults.append(unreadable(number, detail, lines[head]))
        else:
            faults.extend(timing.faults)
            cues.append(_cue(timing, source, first + head, first + end, place=len(cues) + 1))


def _comment_faults(first: int, lines: list[str], heads: list[int]) -> Iterator[Fault]:
    for head in heads:
        detail = "timestamps in a comment: some players show them as a cue, others do not; they were left out"
        yield unreadable(first + head + 1, detail, lines[head])


def _lost_lines(first: int, lines: list[str], *, has_cue: bool) -> Iterator[Fault]:
    """Report lines which belong to no cue; the one before the timestamps is the cue's identifier."""
    lost = lines[:-1] if has_cue else lines
    if any(line.strip() for line in lost):
        detail = "text without timestamps is shown by no player (an empty line ends a cue); it was left out"
        yield unreadable(first + 1, detail, lost[0])


def _cue(timing: Timing, source: Source, head: int, end: int, *, place: int) -> Cue:
    """Make a cue of the line of timestamps with the index ``head`` and the lines up to, not including, ``end``."""
    body = Spot(source.start(head + 1), source.start(end))
    plain = lay_lines(_pieces(source.text[body.start : body.end], body.start))
    line_start = source.starts[head]
    return Cue(
        number=place,
        span=timing.span,
        lines=plain.lines,
        line=head + 1,
        column=timing.column,
        italic=plain.italic,
        align=_align(timing.settings),
        start_spot=Spot(line_start + timing.start.start, line_start + timing.start.end),
        end_spot=Spot(line_start + timing.end.start, line_start + timing.end.end),
        body=body,
        origins=plain.origins,
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
    """Give the first place of the row (1 bottom, 4 middle, 7 top); negative lines count from the bottom."""
    if not is_percent:
        return 7 if 0 <= value <= _LAST_TOP_LINE else 1
    return 7 if value <= _TOP_PERCENT else 4 if value <= _MIDDLE_PERCENT else 1


def _pieces(text: str, offset: int) -> Iterator[Piece]:
    depth, done = 0, 0
    for match in _TAG.finditer(text):
        yield from _unescaped(text[done : match.start()], offset + done, is_italic=depth > 0)
        done = match.end()
        if match[1] == "/i":
            depth = max(0, depth - 1)
        elif match[1] == "i" or match[1].startswith(("i.", "i ")):
            depth += 1
    yield from _unescaped(text[done:], offset + done, is_italic=depth > 0)


def _unescaped(text: str, offset: int, *, is_italic: bool) -> Iterator[Piece]:
    """Resolve entities of bounded length: ``html.unescape`` alone raises on numbers of thousands of digits."""
    done = 0
    for match in _ENTITY.finditer(text):
        meant = html.unescape(match[0]).replace("\r", "\n")
        if meant != match[0]:
            yield text[done : match.start()], is_italic, offset + done
            yield meant, is_italic, offset + match.start()
            done = match.end()
    yield text[done:], is_italic, offset + done


def render_webvtt(track: Track, language: Language) -> str:
    """Write a track as WebVTT, UTF-8 text with LF: cues by start, identified by numbers from 1, blank lines dropped.

    Lines of right-to-left languages are isolated for players which do not look for their direction. A cue without text
    is left out, a time before zero is written as zero.
    """
    blocks = (_block(number, cue) for number, cue in enumerate(sidecar_cues(track, language), start=1))
    return "WEBVTT\n" + "".join(blocks)


def _block(number: int, cue: SidecarCue) -> str:
    start, end = (render_timestamp(ms, ".") for ms in (cue.span.start_ms, cue.span.end_ms))
    lines = [f"<i>{_escaped(line)}</i>" if is_italic else _escaped(line) for line, is_italic in cue.lines]
    text = "\n".join(lines)
    return f"\n{number}\n{start} --> {end}{_settings(cue.align)}\n{text}\n"


def _escaped(line: str) -> str:
    return html.escape(line, quote=False)


def _settings(align: Align) -> str:
    row, column = divmod(int(align) - 1, 3)
    return _ROWS[row] + _COLUMNS[column]
