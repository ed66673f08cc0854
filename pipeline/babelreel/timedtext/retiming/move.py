"""Rewrite a subtitle file when the film's time has moved.

Only the digits of times change, and lines that the new film no longer has go. What was written is read again: a file
that would say anything else than was meant is refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from pathlib import PurePosixPath

from babelreel.model.film.change.time_map import Fate, TimeMap
from babelreel.model.finding import Edit
from babelreel.model.language import Language
from babelreel.model.retiming import MovedLine
from babelreel.model.timecode import Span
from babelreel.model.track import FaultKind, Format, Track
from babelreel.timedtext.encoding.decode import decode, encode_like
from babelreel.timedtext.positions import clip
from babelreel.timedtext.read import read_track
from babelreel.timedtext.retiming.clocks import Clock, to_step
from babelreel.timedtext.retiming.edited_files import layout_of_edited
from babelreel.timedtext.retiming.foreign_lines import layout_of_frame_lines, layout_of_sbv
from babelreel.timedtext.retiming.layout import Layout, TimedLine, UnmovableError
from babelreel.timedtext.retiming.rewritten import NewTimes, edits_of, order_of, written

#: Faults of files in which there are times that no line is read from.
_UNREAD = frozenset({FaultKind.UNREADABLE_CUE, FaultKind.MISSING_TIMESTAMPS, FaultKind.VTT_COMMENTED_CUE})
#: Steps of clocks whose times are whole milliseconds.
_EXACT_STEPS = frozenset({Fraction(1), Fraction(10), Fraction(100)})


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedFile:
    """The new bytes of a file, and what became of each of its lines, in the order of the old file.

    ``numbers`` are those by which lines were known, each with the one that it has now; ``None`` where the line is gone,
    or where several had the number.
    """

    data: bytes
    lines: tuple[MovedLine, ...]
    numbers: Mapping[int, int | None]


def move_times(  # noqa: PLR0913 - a file in two forms, and how it is moved
    data: bytes,
    track: Track,
    time_map: TimeMap,
    *,
    language: Language,
    shortest_ms: int,
    film_rate: Fraction | None = None,
    written_rate: Fraction | None = None,
) -> MovedFile:
    """Move all times of the file ``data``, which was read as ``track``.

    Of a line of which an edit left pieces, the longest stays if it lasts ``shortest_ms``, or all of the line did not;
    else the line goes. Frames of a file that does not say how many make a second were counted at ``written_rate``, at
    which ``track`` was read (where it is not given, at ``film_rate``), and will be at ``film_rate``. Raises
    ``UnmovableError`` where a line would begin before the film, and for a file that cannot be written so.
    """
    _refuse_unread(track)
    layout = _layout(data, track, language, film_rate, written_rate or film_rate)
    mover = _Mover(time_map=time_map, clock=layout.clock, shortest_ms=shortest_ms, is_regridded=layout.is_regridded)
    new = _with_some_time(layout.lines, [mover.new_times(line) for line in layout.lines], layout.clock)
    _refuse_early(layout, new)
    order = order_of(layout, new)
    text = written(layout, new, order, time_map)
    moved = encode_like(data, text, encoding=decode(data, language).encoding)
    if moved is None:
        raise UnmovableError("its letters cannot be written again as they are: save it as UTF-8 first")
    after = read_track(moved, language=language, path=track.path, film_rate=film_rate)
    _refuse_misread(layout, [(layout.lines[place], new[place]) for place in order], after)
    stays = (layout.lines[place].number for place in order if layout.lines[place].is_read)
    found = dict(zip(stays, (cue.number for cue in after.cues), strict=True))
    count = Counter(cue.number for cue in track.cues)
    return MovedFile(
        data=moved,
        lines=tuple(map(mover.told, layout.lines, new)),
        numbers={number: found.get(number) if count[number] == 1 else None for number in count},
    )


def time_edits(track: Track, time_map: TimeMap) -> tuple[Edit, ...]:
    """Make the edits that move all times of a track whose file people edit, none where nothing moves.

    Raises ``UnmovableError`` where a line would go, change its place, or begin before the film.
    """
    _refuse_unread(track)
    layout = layout_of_edited(track)
    mover = _Mover(time_map=time_map, clock=layout.clock, shortest_ms=0)
    new = _with_some_time(layout.lines, [mover.new_times(line) for line in layout.lines], layout.clock)
    _refuse_early(layout, new)
    order = order_of(layout, new)
    if order != list(range(len(layout.lines))):
        raise UnmovableError("lines of it would go, or change places")
    edits = sorted(edits_of(layout, new, order, time_map), key=lambda edit: edit.start)
    return tuple(edit for edit in edits if edit.text != layout.text[edit.start : edit.end])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mover:
    time_map: TimeMap
    clock: Clock
    shortest_ms: int
    is_regridded: bool = False

    def new_times(self, line: TimedLine) -> NewTimes:
        """Find the times of the longest piece that is left of a line."""
        old = line.span
        time_map = self.time_map.followed_by(old)
        moved = time_map.moved_span(old)
        piece = moved.longest
        if piece is None:
            return NewTimes(fate=Fate.LOST)
        if moved.fate is not Fate.WHOLE and piece.duration_ms < min(self.shortest_ms, old.duration_ms):
            return NewTimes(fate=Fate.LOST)
        start_ms, end_ms = self._start(time_map, line, old, piece), self._end(time_map, line, old, piece)
        return NewTimes(fate=moved.fate, start_ms=start_ms, end_ms=end_ms)

    def _start(self, time_map: TimeMap, line: TimedLine, old: Span, piece: Span) -> Fraction:
        stretch, step = time_map.stretch_at(old.start_ms), self.clock.step_ms
        if stretch and stretch.at(old.start_ms) == piece.start_ms:
            return self._moved(line.start_ms, old.start_ms, piece.start_ms, is_shift=stretch.rate == 1)
        return ceil(piece.start_ms / step) * step  # where an edit cut it: not before the cut

    def _end(self, time_map: TimeMap, line: TimedLine, old: Span, piece: Span) -> Fraction:
        stretch = time_map.stretch_at(max(old.start_ms, old.end_ms - 1))
        step = self.clock.step_ms
        if stretch and stretch.at(old.end_ms) == piece.end_ms:
            return self._moved(line.end_ms, old.end_ms, piece.end_ms, is_shift=stretch.rate == 1)
        return floor(piece.end_ms / step) * step

    def told(self, line: TimedLine, times: NewTimes) -> MovedLine:
        """Say what became of a line."""
        old, new = line.span, times.span
        is_short = new is not None and new.duration_ms < self.shortest_ms <= old.duration_ms
        return MovedLine(number=line.number, text=line.text, old=old, new=new, fate=times.fate, is_too_short=is_short)

    def _moved(self, exact_ms: Fraction, old_ms: int, new_ms: int, *, is_shift: bool) -> Fraction:
        """Move a time of the clock: what only moves, moves by whole steps, so that the way back restores it."""
        if is_shift and self.is_regridded:
            return to_step(exact_ms + new_ms - old_ms, self.clock.step_ms)
        if is_shift:
            return exact_ms + to_step(new_ms - old_ms, self.clock.step_ms)
        return to_step(new_ms, self.clock.step_ms)


def _refuse_unread(track: Track) -> None:
    unread = next((fault for fault in track.faults if fault.kind in _UNREAD), None)
    if unread:
        where = f"line {unread.line}: " if unread.line else ""
        raise UnmovableError(
            f"not all of it can be read, and that part would stay where it is ({where}{unread.detail})"
        )


def _layout(
    data: bytes, track: Track, language: Language, film_rate: Fraction | None, written_rate: Fraction | None
) -> Layout:
    if not track.format.is_read_only:
        return layout_of_edited(track)
    text = decode(data, language).text
    match track.format:
        case Format.SBV:
            return layout_of_sbv(track, text)
        case Format.MICRODVD | Format.MPL2:
            return layout_of_frame_lines(track, text, film_rate, written_rate)
        case _:
            ending = PurePosixPath(track.path).suffix.lower()
            raise UnmovableError(f"babelreel cannot change the times in a {ending} file", is_foreign=True)


def _with_some_time(lines: Sequence[TimedLine], new: Sequence[NewTimes], clock: Clock) -> list[NewTimes]:
    """Let a line that lasted some time, and would last none by rounding, last one step where there is room."""
    starts = sorted(each.start_ms for each in new if each.start_ms is not None)
    return [
        NewTimes(fate=times.fate, start_ms=times.start_ms, end_ms=times.start_ms + clock.step_ms)
        if times.start_ms is not None
        and times.end_ms == times.start_ms
        and line.end_ms > line.start_ms
        and not any(times.start_ms < each < times.start_ms + clock.step_ms for each in starts)
        and starts.count(times.start_ms) == 1
        else times
        for line, times in zip(lines, new, strict=True)
    ]


def _refuse_early(layout: Layout, new: Sequence[NewTimes]) -> None:
    early = [
        line
        for line, times in zip(layout.lines, new, strict=True)
        if line.is_read
        and times.start_ms is not None
        and min(times.start_ms, times.end_ms) < 0 <= min(line.start_ms, line.end_ms)
    ]
    if early:
        text = " ".join(early[0].text.split())
        raise UnmovableError(
            f"line {early[0].number} would begin before the film, “{clip(text)}”"
            if len(early) == 1
            else f"{len(early)} lines would begin before the film, the first is line {early[0].number}, “{clip(text)}”",
            is_early=True,
        )


def _refuse_misread(layout: Layout, meant: Sequence[tuple[TimedLine, NewTimes]], after: Track) -> None:
    """Raise ``UnmovableError`` where the new file is not read as it was meant; frames are read to a millisecond."""
    cues = [(line, times) for line, times in meant if line.is_read]
    slack = 0 if layout.clock.step_ms in _EXACT_STEPS else 1
    if len(cues) != len(after.cues) or not all(
        line.text == cue.text
        and times.start_ms is not None
        and abs(round(times.start_ms) - cue.span.start_ms) <= slack
        and abs(round(times.end_ms) - cue.span.end_ms) <= slack
        for (line, times), cue in zip(cues, after.cues, strict=True)
    ):
        raise UnmovableError("with new times, it could not be read correctly")
