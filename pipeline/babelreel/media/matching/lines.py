"""Propose lines along which an old film's time may run in a new one.

A line says that ``new = offset + rate * old`` holds for some stretch of the film. Moments that look or sound alike in
both films vote for the lines that lead through them; the lines with the most votes are looked at closely.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from babelreel.media.matching.signs import Places, Signs, Times
from babelreel.model.film.change.fingerprint import STEP_MS

#: How a film comes to run faster or slower, as new duration / old duration: frames of one rate shown at another.
RATES: tuple[Fraction, ...] = (
    Fraction(1),
    Fraction(24, 25),
    Fraction(25, 24),
    Fraction(1000, 1001),
    Fraction(1001, 1000),
    Fraction(24000, 25025),
    Fraction(25025, 24000),
)
#: Votes are counted in bins of so many ms, three of which make a line: so edges of bins separate no neighbours.
_BIN_MS = 40
#: Lines that are examined at once.
_MOST_LINES = 48
#: A key of the sound, or a picture, that is there so often says nothing about where.
_MOST_ALIKE = 24
#: The same sound some steps later is part of a key.
_LATER = 5
#: Pictures are alike that differ in so few of 64 bits; one is a new one from twice as many on.
_ALIKE_BITS = 5
_NEW_BITS = 6
#: What a line needs: a second of sound has five to thirty votes, a cut has eight.
_LEAST_VOTES = 8.0
_PICTURE_VOTES = 8.0
#: A rate with less than this share of the votes of the best one is not looked at again.
_FAINT = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """``new_ms = offset_ms + rate * old_ms``."""

    offset_ms: float
    rate: Fraction

    def at(self, old_ms: Times) -> Times:
        """Compute the new times of old ones."""
        return self.offset_ms + float(self.rate) * old_ms


@dataclass(frozen=True, slots=True, kw_only=True)
class Votes:
    """Moments that are alike in both films, in ms, and what each of these votes is worth."""

    old_ms: Times
    new_ms: Times
    worth: Times


def propose_lines(
    old: Signs, new: Signs, *, old_wanted: NDArray[np.bool_] | None = None, new_wanted: NDArray[np.bool_] | None = None
) -> list[Line]:
    """Propose the lines that most speaks for, the best first; only frames that are wanted vote."""
    each = [
        _votes_of_sound(old, new, old_wanted, new_wanted),
        _votes_of_pictures(old, new, old_wanted, new_wanted),
    ]
    votes = Votes(
        old_ms=np.concatenate([one.old_ms for one in each]),
        new_ms=np.concatenate([one.new_ms for one in each]),
        worth=np.concatenate([one.worth for one in each]),
    )
    return [*_best_lines(votes)]


def _best_lines(votes: Votes) -> Iterator[Line]:
    """Take the line with the most votes, and ask the votes that did not go to it again."""
    rates = RATES
    for _ in range(_MOST_LINES):
        found = [_peak(votes, rate) for rate in rates]
        most = max(found, key=lambda one: one[0])
        if most[1] is None:
            return
        yield most[1]
        # only rates that something speaks for are asked again
        rates = tuple(rate for rate, one in zip(rates, found, strict=True) if one[0] >= _FAINT * most[0])
        others = np.abs(votes.new_ms - most[1].at(votes.old_ms)) > 2 * _BIN_MS
        votes = Votes(old_ms=votes.old_ms[others], new_ms=votes.new_ms[others], worth=votes.worth[others])


def _peak(votes: Votes, rate: Fraction) -> tuple[float, Line | None]:
    """Find the line of a rate with the most votes, and how many these are; none where it could be chance."""
    if not len(votes.old_ms):
        return 0.0, None
    offsets = votes.new_ms - float(rate) * votes.old_ms
    bins = np.rint((offsets - offsets.min()) / _BIN_MS).astype(np.int64)
    counted = np.bincount(bins + 1, weights=votes.worth, minlength=int(bins.max()) + 3)
    joined = counted[:-2] + counted[1:-1] + counted[2:]
    usual = joined.mean()
    place = int(joined.argmax())
    if joined[place] < max(_LEAST_VOTES, usual + 6 * np.sqrt(usual)):
        return 0.0, None
    near = np.abs(bins - place) <= 1
    return float(joined[place]), Line(offset_ms=float(np.median(offsets[near])), rate=rate)


def _votes_of_sound(
    old: Signs, new: Signs, old_wanted: NDArray[np.bool_] | None, new_wanted: NDArray[np.bool_] | None
) -> Votes:
    old_keys, old_steps = _sound_keys(old, old_wanted)
    new_keys, new_steps = _sound_keys(new, new_wanted)
    pairs = _join(old_keys, new_keys)
    return Votes(
        old_ms=old_steps[pairs[0]] * float(STEP_MS),
        new_ms=new_steps[pairs[1]] * float(STEP_MS),
        worth=np.ones(len(pairs[0])),
    )


def _sound_keys(film: Signs, wanted: NDArray[np.bool_] | None) -> tuple[NDArray[np.uint32], Places]:
    """Compute 24 bits for each step of the sound that is not silence; return them with the steps."""
    count = max(0, len(film.sounds) - _LATER)
    heard = film.is_heard[:count] & film.is_heard[_LATER : _LATER + count]
    if wanted is not None:
        heard &= wanted[np.minimum(film.frame_of_steps(count), len(wanted) - 1)] if len(wanted) else False
    steps = np.flatnonzero(heard)
    keys = film.sounds[steps].astype(np.uint32) << 8 | film.sounds[steps + _LATER].astype(np.uint32) & 0xFF
    return np.asarray(keys, np.uint32), steps


def _join(old: NDArray[np.uint32], new: NDArray[np.uint32]) -> tuple[Places, Places]:
    """Find the places of equal keys, pair by pair, without those that are common."""
    order = np.argsort(new, kind="stable")
    ordered = new[order]
    first, behind = np.searchsorted(ordered, old, "left"), np.searchsorted(ordered, old, "right")
    counts = behind - first
    own = np.sort(old)
    own_counts = np.searchsorted(own, old, "right") - np.searchsorted(own, old, "left")
    counts[(counts > _MOST_ALIKE) | (own_counts > _MOST_ALIKE)] = 0
    places = np.repeat(np.arange(len(old)), counts)
    within = np.arange(len(places)) - np.repeat(np.cumsum(counts) - counts, counts)
    return places, order[np.repeat(first, counts) + within]


def _votes_of_pictures(
    old: Signs, new: Signs, old_wanted: NDArray[np.bool_] | None, new_wanted: NDArray[np.bool_] | None
) -> Votes:
    old_frames, new_frames = _telling_frames(old, old_wanted), _telling_frames(new, new_wanted)
    before: list[Places] = []
    after: list[Places] = []
    worth: list[Times] = []
    for frame in old_frames:
        alike = np.bitwise_count(new.pictures[new_frames] ^ old.pictures[frame]) <= _ALIKE_BITS
        found = new_frames[alike]
        if 0 < len(found) <= _MOST_ALIKE:
            before.append(np.full(len(found), frame))
            after.append(found)
            worth.append(np.full(len(found), _PICTURE_VOTES / len(found)))
    if not before:
        nothing = np.zeros(0)
        return Votes(old_ms=nothing, new_ms=nothing, worth=nothing)
    return Votes(
        old_ms=np.concatenate(before) * old.frame_ms,
        new_ms=np.concatenate(after) * new.frame_ms,
        worth=np.concatenate(worth),
    )


def _telling_frames(film: Signs, wanted: NDArray[np.bool_] | None) -> Places:
    """Choose the frames that look unlike the one that was taken last: those behind cuts, and some of what moves."""
    changes = np.concatenate(([64], np.bitwise_count(film.pictures[1:] ^ film.pictures[:-1])))[: len(film.pictures)]
    moved = np.cumsum(changes) // (2 * _NEW_BITS)
    new = np.concatenate(([True], moved[1:] != moved[:-1]))[: len(film.pictures)]
    new &= film.is_seen
    if wanted is not None:
        new &= wanted[: len(new)]
    return np.flatnonzero(new)
