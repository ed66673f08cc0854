"""Plan what moves when a person says by how much, and what that person should look at before it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from babelreel.app.project.described_film import film_to_check
from babelreel.app.project.description_files import find_files_of_film
from babelreel.app.project.read_tracks import film_rate
from babelreel.app.project.stayed_files import stale_files
from babelreel.app.project.subtitles_film import (
    OwnerChange,
    known_owner,
    parts_of,
    present_film,
    said_to_fit,
    shown_part,
)
from babelreel.app.retime.amounts import is_known_rate
from babelreel.app.retime.beginnings import Beginning, shift_among, shift_of
from babelreel.app.retime.plan import Moves, plan_moves
from babelreel.app.retime.staying import Staying, with_stayed
from babelreel.errors import UsageError
from babelreel.model.counted import count
from babelreel.model.film.change.film_change import FilmChange, guess_change
from babelreel.model.film.change.time_map import TimeMap
from babelreel.model.project import Project
from babelreel.model.retiming import MovePlan
from babelreel.model.timecode import render_clock, render_timestamp
from babelreel.rules.base.track_sync import FEWEST_CUES, count_voiced

#: Lines run with the voices where so many of them begin with one; clearly fewer do after a wrong move.
_FITS, _CLEARLY = Fraction(6, 10), Fraction(4, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandMove:
    """What would be written, and why somebody should look at it first; without a doubt, nothing is asked."""

    moves: Moves
    doubts: tuple[str, ...] = ()


def plan_shift(project: Project, tags: tuple[str, ...], by_ms: int, beginning: Beginning | None) -> HandMove:
    """Move all by one amount, or what begins at a moment; chapters as the lines that they begin with.

    Raises ``UsageError`` where nothing begins there.
    """
    start_ms = beginning.start_ms if beginning else None
    starts = [each.start_ms for each in project.campaign.chapters] + [each.span.start_ms for each in project.signs]
    others = shift_among(starts, by_ms, start_ms)
    settled, is_last = _settled(project, tags), _is_last(project, tags)
    map_of = shift_of(by_ms, start_ms, film_rate(project))
    moves = plan_moves(project, others, tags, map_of, frozenset(settled), is_last=is_last)
    if beginning:
        if by_ms:
            _refuse_nothing(moves.plan, beginning)
        told = tuple(filter(None, (beginning.told, _inside(moves.plan, beginning))))
        moves = replace(moves, plan=replace(moves.plan, told=told, is_overtaken=True))
    moves = _with_settled(project, moves, settled)
    doubts = [
        *_voices_doubt(
            project, moves.plan, FilmChange(by_ms=by_ms), FilmChange(by_ms=-by_ms), lambda start: start - by_ms
        ),
        *_end_doubt(project, moves.plan),
    ]
    moves = _owned(project, moves, tags)
    if moves.owner is None and not by_ms:
        moves = _said_to_fit(project, moves, tags)
    return HandMove(moves=moves, doubts=tuple(doubts))


def plan_stretch(project: Project, tags: tuple[str, ...], rate: Fraction) -> HandMove:
    """Multiply all times."""
    settled, is_last = _settled(project, tags), _is_last(project, tags)
    moves = plan_moves(project, TimeMap.stretched(rate), tags, stays=frozenset(settled), is_last=is_last)
    moves = _with_settled(project, moves, settled)
    doubts = [] if is_known_rate(rate) else [f"{float(rate):.4g} is not the ratio of two common frame rates"]
    doubts += _voices_doubt(
        project, moves.plan, FilmChange(rate=rate), FilmChange(rate=1 / rate), lambda start: round(start / rate)
    )
    doubts += _end_doubt(project, moves.plan)
    return HandMove(moves=_owned(project, moves, tags), doubts=tuple(doubts))


def _settled(project: Project, tags: tuple[str, ...]) -> tuple[str, ...]:
    """Find the languages, and the chapters, that were moved to the film that lies there while others were not.

    Who moves all of them then means the others. Languages that are named move.
    """
    owner, film = known_owner(project), present_film(project)
    if tags or owner is None or film is None or owner.films == {film}:
        return ()
    return tuple(part for part in parts_of(project) if owner.of(part) == film)


def _is_last(project: Project, tags: tuple[str, ...]) -> bool:
    """Tell whether all are of the film that lies there once these languages moved."""
    change = said_to_fit(project, [file.tag for file in find_files_of_film(project, tags)]) if tags else None
    return change is not None and len(change.after.films) == 1


def _with_settled(project: Project, moves: Moves, settled: tuple[str, ...]) -> Moves:
    if not settled:
        return moves
    names = ", ".join(shown_part(project, part) for part in settled)
    told = f"fits this film already, and stays as it is: {names}"
    return replace(moves, plan=replace(moves.plan, told=(*moves.plan.told, told)))


def _owned(project: Project, moves: Moves, tags: tuple[str, ...]) -> Moves:
    owner, film = said_to_fit(project, moves.tags if tags else ()), present_film(project)
    return replace(moves, owner=with_stayed(project, owner, moves.stayed, film) if owner and film else owner)


def _said_to_fit(project: Project, moves: Moves, tags: tuple[str, ...]) -> Moves:
    """Take the word of a person that what stayed when the subtitles moved goes with the film that lies there."""
    owner = known_owner(project)
    meant = Staying(project=project, tags=frozenset(moves.tags), is_all=not tags, stays=frozenset(), is_last=not tags)
    found = {path for each in (meant.recordings(), meant.signed(), meant.scripts()) for path, _ in each}
    fitting = tuple(path for path in stale_files(project, present_film(project)) if path in found)
    if owner is None or not fitting:
        return moves
    after = replace(owner, stayed={path: each for path, each in owner.stayed.items() if path not in fitting})
    plan = replace(moves.plan, fitting=fitting)
    return replace(moves, plan=plan, owner=OwnerChange(before=owner, after=after))


def _refuse_nothing(plan: MovePlan, beginning: Beginning) -> None:
    if plan.unmoved or plan.chapters or plan.signs or any(track.moved for track in plan.tracks):
        return
    last_ms = max((line.old.start_ms for track in plan.tracks for line in track.lines), default=0)
    raise UsageError(
        what=f"No line begins at {render_timestamp(beginning.start_ms, '.')} or later. Nothing was moved.",
        why=f"the last one begins at {render_timestamp(last_ms, '.')}",
        hint="Name a line, or an earlier time: --from=0:49.5",
    )


def _inside(plan: MovePlan, beginning: Beginning) -> str:
    """Say in which lines the moment lies, which stay where they are."""
    moment = beginning.start_ms
    found = [
        f"line {line.number} of {track.language}"
        for track in plan.tracks
        for line in track.lines
        if line.number and not line.is_moved and line.old.start_ms < moment < line.old.end_ms
    ]
    if not found:
        return ""
    more = f" (and of {count(len(found) - 1, 'other')})" if len(found) > 1 else ""
    stays = f"{found[0]}{more} is shown at {render_timestamp(moment, '.')}"
    return f"{stays} and began before: it stays, and what follows moves"


def _is_opposite(one: FilmChange, other: FilmChange) -> bool:
    """Tell whether one change is the way back of the other, or at least in the other direction."""
    return one.by_ms * other.by_ms < 0 or (one.rate - 1) * (other.rate - 1) < 0


def _end_doubt(project: Project, plan: MovePlan) -> Iterator[str]:
    """Say that lines would start when the film is over, which started before its end."""
    film = film_to_check(project).film
    if film is None:
        return
    pairs = [(line.old.start_ms, line.new.start_ms) for track in plan.tracks for line in track.lines if line.new]
    gone = sum(old < film.duration_ms <= new for old, new in pairs)
    if gone:
        lines, end = count(len(pairs), "line"), render_clock(film.duration_ms)
        yield f"{gone} of {lines} would start after the end of the film ({end})"


def _voices_doubt(
    project: Project, plan: MovePlan, asked: FilmChange, other: FilmChange, turned: Callable[[int], int]
) -> Iterator[str]:
    """Say that the other way would fit, where the voices of the film, or what is known of its change, show it."""
    # a description is heard while nobody speaks
    shown = [line for track in plan.tracks if not track.is_spoken for line in track.lines]
    moved = [line for line in shown if line.number and line.is_moved and line.new]
    if not moved:
        return
    known = film_to_check(project)
    change = guess_change(known.stale, known.film) if known.stale and known.film else None
    if change and _is_opposite(change, asked):
        yield change.tell()
        return
    speech = known.film.speech if known.film else None
    if not speech or len(moved) < FEWEST_CUES:
        return
    old = [line.old.start_ms for line in moved]
    here, there, back = (
        count_voiced(starts, speech)
        for starts in (old, [line.new.start_ms for line in moved if line.new], [turned(start) for start in old])
    )
    if max(here, back) < max(_FITS * len(moved), _CLEARLY * there):
        return
    lines = count(len(moved), "line")
    if here >= back:
        yield f"now {here} of {lines} start when somebody starts to speak; after this, {there} would"
    else:
        yield (
            f"after this, {there} of {lines} would start when somebody starts to speak; "
            f"after {other.call}, {back} would"
        )
