"""How does each line of a language fare with what was recorded for it?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from babelreel.model.language import Language
from babelreel.model.sound.placing import dead_air, lines_by_number, place_takes, samples_to_ms, usable_takes
from babelreel.model.sound.recordings import Dub, PlacedTake, Take
from babelreel.model.track import Cue, Track


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeRow:
    """One line: ``available_ms`` is the room that its voice has, ``recorded_ms`` how long it is as it was spoken.

    For a line that has no take the room is the line's own length, and the rest is empty. ``dead_air_ms`` is 0 where
    there is little.
    """

    cue: Cue
    available_ms: int
    recorded_ms: int = 0
    tempo: Fraction | None = None
    overrun_ms: int = 0
    dead_air_ms: int = 0
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeTable:
    """All lines of a language with their takes, overruns first, and what of the recordings is not used, and why."""

    language: Language
    dub: Dub
    rows: tuple[TakeRow, ...]
    unused: tuple[tuple[str, str], ...]


def tabulate_takes(language: Language, dub: Dub, track: Track, *, film_ms: int) -> TakeTable:
    """Place the takes of a dub and tell of each line what came of it; nothing is refused here."""
    placed = {each.take.line: each for each in place_takes(dub, track, film_ms=film_ms)}
    left = {each.line: each.left_ms for each in dead_air(placed.values(), track)}
    lines = lines_by_number(track)
    rows = [
        _row(cue, each, left)
        for cue in sorted(track.cues, key=lambda cue: cue.span.start_ms)
        if (each := placed.get(cue.number) if lines[cue.number] is cue else None) or cue.text.strip()
    ]
    return TakeTable(
        language=language,
        dub=dub,
        rows=tuple(sorted(rows, key=lambda row: not row.overrun_ms)),
        unused=tuple(_unused(dub, track)),
    )


def _row(cue: Cue, placed: PlacedTake | None, left: dict[int, int]) -> TakeRow:
    if placed is None:
        return TakeRow(cue=cue, available_ms=cue.span.duration_ms)
    return TakeRow(
        cue=cue,
        available_ms=samples_to_ms(placed.room),
        recorded_ms=samples_to_ms(placed.end - placed.first),
        tempo=placed.tempo,
        overrun_ms=-samples_to_ms(-placed.overrun),  # rounded up: a sample over is over
        dead_air_ms=left.get(cue.number, 0),
        path=placed.take.sound.path,
    )


def _unused(dub: Dub, track: Track) -> Iterator[tuple[str, str]]:
    used, lines = usable_takes(dub, track), lines_by_number(track)
    why = _why_no_whole(dub)
    if dub.whole and why:
        yield dub.whole.path, why
    for take in dub.takes:
        if used.get(take.line) is not take:
            yield take.sound.path, _why_unused(take, lines)
    for sound in dub.strays:
        yield sound.path, sound.fault or "its name is not the number of a line"


def _why_no_whole(dub: Dub) -> str:
    """Say why a recording of the whole film is not used; empty if it is, or if there is none."""
    whole = dub.whole
    if whole is None or whole.fault:
        return whole.fault if whole else ""
    if whole.is_guide:
        return "it is a guide track"
    if whole.is_silent:
        return "there is nothing to hear in it"
    return "there are takes of single lines beside it" if dub.takes else ""


def _why_unused(take: Take, lines: dict[int, Cue]) -> str:
    if take.sound.fault:
        return take.sound.fault
    if take.line not in lines:
        return f"there is no line {take.line}"
    return "there is nothing to hear in it" if take.sound.is_silent else f"line {take.line} has another take"
