"""Find the times in files that people edit: SubRip, WebVTT, ASS and SSA."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from babelreel.model.file_position import Spot
from babelreel.model.track import Cue, Format, Track
from babelreel.timedtext.formats.substation.event_lines import (
    BINARY_SECTIONS,
    EVENT_COLUMNS,
    TIMED_EVENTS,
    columns_of,
    fields_of,
    heading_in,
    time_in,
)
from babelreel.timedtext.formats.timestamp import FORMS, WEBVTT, read_time
from babelreel.timedtext.formats.webvtt_spans import STAMP
from babelreel.timedtext.positions import lines_of
from babelreel.timedtext.retiming.clocks import WallClock
from babelreel.timedtext.retiming.layout import Kind, Layout, Stamp, TimedLine, written_times

#: A comment above a cue that belongs to it alone.
_OWN_NOTE = re.compile(r"NOTE[ \t]+babelreel:[^\r\n]*(?:\r\n|\r|\n)(?:[ \t]*(?:\r\n|\r|\n))+\Z")
_LONGEST_NOTE = 2000


def layout_of_edited(track: Track) -> Layout:
    """Find the times of a track in its file."""
    is_substation = track.format in {Format.ASS, Format.SSA}
    lines = tuple(_events(track) if is_substation else (_line(track, cue) for cue in track.cues))
    text = track.source.text
    written = written_times(text, (spot for line in lines for _, spot in line.times))
    stamps = written_times(text, (stamp.time for line in lines for stamp in line.stamps))
    form = FORMS[track.format]
    return Layout(
        text=text,
        lines=lines,
        clock=WallClock.of(form, written, stamps),
        stamp_clock=WallClock.of(form, stamps, written),
        has_order=not is_substation,
    )


def _line(track: Track, cue: Cue) -> TimedLine:
    return TimedLine(
        number=cue.number,
        text=cue.text,
        start_ms=Fraction(cue.span.start_ms),
        end_ms=Fraction(cue.span.end_ms),
        times=((Kind.START, cue.start_spot), (Kind.END, cue.end_spot)),
        stamps=tuple(_stamps(track, cue)) if track.format is Format.VTT else (),
        whole=_whole(track, cue),
    )


def _stamps(track: Track, cue: Cue) -> Iterator[Stamp]:
    text = track.source.text[cue.body.start : cue.body.end]
    for match in STAMP.finditer(text) if "<" in text else ():
        tag = Spot(*match.span()).moved(cue.body.start)
        time = read_time(match[0][1:-1], 0, line=0, form=WEBVTT)
        if time:
            yield Stamp(time_ms=time.ms, time=Spot(time.start, time.end).moved(tag.start + 1), tag=tag)


def _whole(track: Track, cue: Cue) -> Spot:
    """Find a cue from its number, or its identifier, to the end of its text, without the blank lines behind it."""
    source = track.source
    start = source.starts[cue.line - 1]
    if cue.number_spot.end > cue.number_spot.start:
        start = min(start, source.starts[source.place(cue.number_spot.start)[0] - 1])
    elif track.format is Format.VTT:
        if cue.line > 1 and (above := source.line(cue.line - 1)) and above.strip() and "-->" not in above:
            start = source.starts[cue.line - 2] if _is_identifier(track, cue) else start
        note = _OWN_NOTE.search(source.text, max(0, start - _LONGEST_NOTE), start)
        start = note.start() if note and note.start() in source.starts else start
    body = source.text[cue.body.start : cue.body.end]
    end = cue.body.start + len(body.rstrip())
    return Spot(start, max(end, cue.end_spot.end))


def _is_identifier(track: Track, cue: Cue) -> bool:
    """Tell whether the line above a cue of WebVTT is its own: a blank line, or the header, is above it."""
    above = track.source.line(cue.line - 2) if cue.line > 2 else ""  # noqa: PLR2004 - the line above that
    return not above.strip()


def _events(track: Track) -> Iterator[TimedLine]:
    """Yield every event, also those that are no cues: comments, drawings, sounds."""
    cues = {cue.line: cue for cue in track.cues}
    section, columns = "", EVENT_COLUMNS[track.format]
    for number, line in enumerate(lines_of(track.source), start=1):
        stripped = line.strip()
        if heading := heading_in(stripped, section):
            section = heading
            continue
        key, colon, rest = stripped.partition(":")
        key = key.strip().lower() if colon and section not in BINARY_SECTIONS else ""
        if key == "format" and section == "[events]":
            found = columns_of(rest)
            columns = found if {"start", "end", "text"} <= set(found) and found[-1] == "text" else columns
        elif key == "dialogue" or (key in TIMED_EVENTS and section == "[events]"):
            yield from _event(track, line, number, columns, cues.get(number))


def _event(track: Track, line: str, number: int, columns: list[str], cue: Cue | None) -> Iterator[TimedLine]:
    fields = dict(fields_of(line, columns))
    if not {"start", "end", "text"} <= fields.keys():
        return
    start, end = (time_in(line, fields[name], number) for name in ("start", "end"))
    if start and end:
        first = track.source.starts[number - 1]
        yield TimedLine(
            number=cue.number if cue else 0,
            text=cue.text if cue else line[slice(*fields["text"])],
            start_ms=Fraction(start.ms),
            end_ms=Fraction(end.ms),
            times=(
                (Kind.START, Spot(start.start, start.end).moved(first)),
                (Kind.END, Spot(end.start, end.end).moved(first)),
            ),
            effects=Spot(*fields["text"]).moved(first),
            whole=Spot(first, track.source.start(number)),
            is_read=cue is not None,
        )
