"""Make a track that nobody edits from texts with times, whatever their format."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from babelreel.model.timecode import Span, render_timestamp
from babelreel.model.track import Align, Cue, Fault, FaultKind, Format, Track
from babelreel.timedtext.file_size import refuse_cues
from babelreel.timedtext.formats.faults import FaultList
from babelreel.timedtext.formats.markup import Piece, lay_lines

_HOUR_MS = 3_600_000
#: Programmes on tape begin at ten o'clock, and no film is as long as that (EBU R 58 has the hour of the timecode free).
TAPE_START_MS = 10 * _HOUR_MS


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """A text and when it is shown; each piece is a stretch of it, and whether that is in italics."""

    start_ms: int
    end_ms: int
    pieces: tuple[tuple[str, bool], ...]
    align: Align = Align.BOTTOM


def make_track(
    texts: Sequence[Timed], *, language: str, path: str, format_: Format, faults: Iterable[Fault] = ()
) -> Track:
    """Make a track of texts in their order; cues are numbered from 1 and have no place in the file.

    Times that all begin at ten hours are taken for those of a tape, and counted from there; a fault says so.
    Raises ``TrackError`` for more than 100 000 cues.
    """
    refuse_cues(len(texts), path)
    told = FaultList()
    told.extend(faults)
    start_ms = min((text.start_ms for text in texts), default=0)
    if TAPE_START_MS <= start_ms < TAPE_START_MS + _HOUR_MS:
        told.add(foreign_fault("the first line is at " + _clock(start_ms) + ": ten hours were taken off all times"))
        texts = [_moved(text, -TAPE_START_MS) for text in texts]
    cues = tuple(_cue(number, text) for number, text in enumerate(texts, start=1))
    return Track(language=language, path=path, format=format_, cues=cues, faults=told.kept())


def foreign_fault(detail: str, kind: FaultKind = FaultKind.READ_OTHERWISE, text: str = "") -> Fault:
    """Make a fault of a file without lines."""
    return Fault(kind=kind, line=0, column=1, detail=detail, text=text)


def unreadable_track(detail: str, *, language: str, path: str, format_: Format) -> Track:
    """Make the track of a file of which nothing could be read."""
    fault = foreign_fault(detail, FaultKind.UNREADABLE_FILE)
    return Track(language=language, path=path, format=format_, cues=(), faults=(fault,))


def _moved(text: Timed, by_ms: int) -> Timed:
    return replace(text, start_ms=text.start_ms + by_ms, end_ms=text.end_ms + by_ms)


def _cue(number: int, text: Timed) -> Cue:
    pieces: list[Piece] = [(piece, is_italic, 0) for piece, is_italic in text.pieces]
    plain = lay_lines(pieces)
    span = Span(start_ms=text.start_ms, end_ms=text.end_ms)
    return Cue(number=number, span=span, lines=plain.lines, italic=plain.italic, align=text.align)


def _clock(ms: int) -> str:
    return render_timestamp(ms, ".")
