"""Show people how a film became another one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from babelreel.model.counted import count
from babelreel.model.film.change.film_match import TOLD_SLACK_MS, Doubt, FilmMatch, FoundPart
from babelreel.model.film.change.time_map import Fate
from babelreel.model.retiming import MovedLine, MovePlan
from babelreel.model.timecode import MS_PER_SECOND, Span, render_timestamp
from babelreel.report.console.columns import with_text, wrapped
from babelreel.report.reader.speaking import in_table
from babelreel.report.safe_text import printable, render_json

_DOUBTS = {
    Doubt.LITTLE: "there is too little to recognise it by",
    Doubt.ELSEWHERE: "it would fit elsewhere as well",
    Doubt.REPLACED: "the new film shows and says something else here",
}
_MOST_TOLD = 20
#: What is new for a shorter time needs no text.
_SHORT_MS = 500


def render_match(match: FilmMatch, doubtful: Sequence[tuple[str, MovedLine]]) -> str:
    """Write a row for each part of the old film, then what is new, then what is in doubt; 80 columns."""
    return "".join(f"{line}\n" for line in (*_table(match), *_new(match), *_doubtful(doubtful)))


def render_stays(stays: Mapping[str, bool]) -> str:
    """Name the languages that do not move, each with whether it is of the new film already."""
    told = {True: "of the new film already", False: "of yet another film: name that one, and --lang"}
    lines = []
    for is_new, why in told.items():
        parts = ", ".join(part for part, each in stays.items() if each is is_new)
        lines += [wrapped(f"stays as it is, {why}: {printable(parts)}")] if parts else []
    return "".join(f"{line}\n" for line in lines)


def _table(match: FilmMatch) -> Iterator[str]:
    old, new, moved, known = map(in_table, ("old film", "new film", "moved by", "known by"))
    yield f"{old:<28}  {new:<12}  {moved:>12}  {known}"
    rows = [(part.stretch.old, part) for part in match.parts] + [(span, None) for span in match.vanished]
    for span, part in sorted(rows, key=lambda row: row[0]):
        if part is None:
            yield f"{_span(span)}  {in_table('gone')}"
            continue
        stretch = part.stretch
        moved = f"{(stretch.new_start_ms - stretch.old.start_ms) / MS_PER_SECOND:+.3f} s"
        yield f"{_span(span)}  {_time(stretch.new_start_ms):<12}  {moved:>12}  {in_table(part.basis.value)}"
        yield from _notes(match, part)


def _notes(match: FilmMatch, part: FoundPart) -> Iterator[str]:
    rate = part.stretch.rate
    if rate != 1:
        yield f"  runs {'faster' if rate < 1 else 'slower'}: it lasts {rate} of its time"
    yield from (f"  not sure: {_DOUBTS[doubt]}" for doubt in part.doubts)
    for name, edge, slack in (
        ("begins", part.stretch.old.start_ms, part.start_slack_ms),
        ("ends", part.stretch.old.end_ms, part.end_slack_ms),
    ):
        if slack > TOLD_SLACK_MS and 0 < edge < match.old_ms:
            yield f"  not sure: where it {name}, within {slack / MS_PER_SECOND:.2f} s, because nothing changes there"


def _new(match: FilmMatch) -> Iterator[str]:
    if match.is_reordered:
        yield "parts of the film changed places"
    spans = [span for span in match.added if span.duration_ms >= _SHORT_MS]
    yield from (f"new, and without any text: {_span(span)} of the new film" for span in spans)


def _doubtful(lines: Sequence[tuple[str, MovedLine]]) -> Iterator[str]:
    for language, line in lines[:_MOST_TOLD]:
        yield with_text(f"not sure: {printable(language)} line {line.number}", line.text)
    if len(lines) > _MOST_TOLD:
        yield f"not sure: and {count(len(lines) - _MOST_TOLD, 'line')} more"


def _span(span: Span) -> str:
    return f"{_time(span.start_ms)} to {_time(span.end_ms)}"


def _time(time_ms: int) -> str:
    return render_timestamp(time_ms, ".")


def render_match_json(match: FilmMatch, plan: MovePlan, doubtful: Sequence[tuple[str, MovedLine]]) -> str:
    """Write the same for programs: times in ms."""
    document = {
        "old_ms": match.old_ms,
        "new_ms": match.new_ms,
        "is_sure": match.is_sure,
        "is_reordered": match.is_reordered,
        "parts": [_part(part) for part in match.parts],
        "gone": [[span.start_ms, span.end_ms] for span in match.vanished],
        "new": [[span.start_ms, span.end_ms] for span in match.added],
        "languages": {
            track.language: {
                "lines": len(track.lines),
                "moved": track.moved,
                "shortened": track.count(Fate.CLIPPED),
                "cut": track.count(Fate.CUT),
                "gone": track.count(Fate.LOST),
                "in_doubt": [line.number for language, line in doubtful if language == track.language],
            }
            for track in plan.tracks
        },
        "stays": [*plan.recordings, *plan.signed, *plan.scripts],
        "unmoved": [{"path": each.path, "why": each.why} for each in plan.unmoved],
    }
    return render_json(document)


def _part(part: FoundPart) -> dict[str, Any]:
    stretch = part.stretch
    return {
        "old_ms": [stretch.old.start_ms, stretch.old.end_ms],
        "new_ms": [stretch.new.start_ms, stretch.new.end_ms],
        "rate": str(stretch.rate),
        "known_by": part.basis.value,
        "doubts": [doubt.value for doubt in part.doubts],
        "open_ms": [part.start_slack_ms, part.end_slack_ms],
    }
