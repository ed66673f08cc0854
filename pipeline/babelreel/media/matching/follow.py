"""Find which parts of the old film follow which lines: what is found says what to expect of the rest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from babelreel.media.matching.evidence import Differences, Pair, Scales
from babelreel.media.matching.lines import RATES, Line, propose_lines
from babelreel.media.matching.path import NONE, Part, follow_lines
from babelreel.media.matching.signs import Times

#: The film is followed by blocks of 200 ms; the edges are found to the frame afterwards.
_BLOCK_MS = 200
#: Where a line may have been put by votes, and where it is looked for.
_OFF_MS = 120
_STEP_MS = 10
#: What is shorter is not looked for again.
_LEAST_MS = 800
_ROUNDS = 3
#: How often what is expected is learned from what was found.
_LEARNED = 3
#: Blocks around one that tell together whether a sound or picture is found elsewhere too, and how far that is at least.
_AROUND = 5
_ELSEWHERE_MS = 200
#: A part may run at another rate than most of the film if so much speaks for it.
_OTHER_RATE = 12.0
#: The same as a share of what speaks for it, where each frame of the old film is one frame of the new one.
_BY_FRAME = 0.1
#: Rates that differ by no more cannot be told apart in short parts: the plainer one is taken.
_NEARLY = Fraction(1, 500)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Followed:
    """The parts that were found, the lines that these follow or might have, and what differences say.

    ``worth`` is all that speaks for it.
    """

    parts: tuple[Part, ...]
    lines: tuple[Line, ...]
    scales: Scales
    worth: float


def follow(pair: Pair) -> Followed:
    """Find the way; each round looks closer at the lines it took, and for others where it found none."""
    lines = propose_lines(pair.old, pair.new)
    found = max((_way(pair, lines, scales) for scales in pair.first_scales()), key=lambda one: one.worth)
    for _ in range(_ROUNDS):
        lines = _settle(pair, found)
        more = propose_lines(pair.old, pair.new, old_wanted=_unfound(pair, found), new_wanted=_unused(pair, found))
        lines = _distinct(pair, [*lines, *more])
        again = _way(pair, lines, found.scales)
        if again.parts == found.parts and again.lines == found.lines:
            return again
        found = again
    return found


def _way(pair: Pair, lines: list[Line], scales: Scales) -> Followed:
    differences = [pair.differences(line) for line in lines]
    frames = len(pair.old.pictures)
    block = max(1, round(_BLOCK_MS / pair.old.frame_ms))
    parts: list[Part] = []
    worth = 0.0
    for _ in range(_LEARNED):
        gains = _gains(pair, lines, differences, scales, block)
        parts = follow_lines(gains, block, frames)
        own = [part for part in parts if part.line != NONE]
        worth = sum(float(gains[part.line, part.first // block : -(-part.behind // block)].sum()) for part in own)
        if not own:
            break
        scales = pair.scales_of([_cut(differences[part.line], part) for part in own])
    return Followed(parts=tuple(parts), lines=tuple(lines), scales=scales, worth=worth)


def _gains(pair: Pair, lines: list[Line], found: list[Differences], scales: Scales, block: int) -> NDArray[np.float32]:
    """Measure what speaks for each line at each block; what is found in many places says little of any."""
    blocks = -(-len(pair.old.pictures) // block)
    pictures = np.zeros((len(lines), blocks), np.float32)
    sounds = np.zeros((len(lines), blocks), np.float32)
    for number, each in enumerate(found):
        picture, sound = pair.weigh(each, scales)
        pictures[number], sounds[number] = _by_blocks(picture, block), _by_blocks(sound, block)
    if not lines:
        return pictures
    middles = (np.arange(blocks) + 0.5) * block * pair.old.frame_ms
    places = np.stack([line.at(middles) for line in lines])
    return _shared_out(pictures, places) + _shared_out(sounds, places)


def _by_blocks(values: NDArray[np.float32], block: int) -> NDArray[np.float32]:
    padded = np.pad(values, (0, -len(values) % block))
    return np.asarray(padded.reshape(-1, block).sum(axis=1), np.float32)


def _shared_out(gains: NDArray[np.float32], places: Times) -> NDArray[np.float32]:
    """Divide what speaks for lines by the number of places that it speaks for, at each block.

    So music that comes again and again, or a picture that stands still, does not prove where it belongs.
    """
    near = np.ones(_AROUND) / _AROUND
    steady = np.stack([np.convolve(row, near, "same") for row in gains])
    best = steady.argmax(axis=0)
    columns = np.arange(gains.shape[1])
    others = (np.abs(places - places[best, columns]) > _ELSEWHERE_MS) & (steady > steady[best, columns] / 2)
    count = 1 + np.where(steady[best, columns] > 0, others.sum(axis=0), 0)
    return np.where(gains > 0, gains / count, gains).astype(np.float32)


def _cut(found: Differences, part: Part) -> Differences:
    span = slice(part.first, part.behind)
    return Differences(picture=found.picture[span], sound=found.sound[span], is_inside=found.is_inside[span])


def _settle(pair: Pair, found: Followed) -> list[Line]:
    """Put each line that is followed where most speaks for it, at a plain rate unless much speaks for another."""
    parts = [part for part in found.parts if part.line != NONE]
    lines = list(found.lines)
    main = main_rate(parts, found.lines) or Fraction(1)
    for number in {part.line for part in parts}:
        own = [part for part in parts if part.line == number]
        best, line = _placed(pair, lines[number], own, found.scales)
        middle = (own[0].first + own[-1].behind) / 2 * pair.old.frame_ms
        near = (rate for rate in RATES if abs(rate / line.rate - 1) < _NEARLY)
        for rate in dict.fromkeys((Fraction(1), *near, main)):
            if line.rate == rate:
                break
            same = Line(offset_ms=float(line.at(np.array([middle]))[0] - float(rate) * middle), rate=rate)
            other, moved = _placed(pair, same, own, found.scales)
            if other > best - _margin(pair, same, best):
                line = moved
                break
        lines[number] = line
    return lines


def _margin(pair: Pair, line: Line, best: float) -> float:
    """Say how much less may speak for a plain rate than for another one.

    Where each frame stays one frame, the new film most likely is the old one, shown faster or slower. Sound that was
    stretched with a small drift must not speak for a neighbour of that rate, 24 ms away after 24 s. A film that
    does run at the other rate shows it as it goes on.
    """
    return max(_OTHER_RATE, _BY_FRAME * best) if is_by_frame(pair, line) else _OTHER_RATE


def main_rate(parts: list[Part], lines: tuple[Line, ...]) -> Fraction | None:
    """Find the rate that most frames follow."""
    totals: dict[Fraction, int] = {}
    for part in parts:
        rate = lines[part.line].rate
        totals[rate] = totals.get(rate, 0) + part.behind - part.first
    return max(totals, key=lambda rate: totals[rate], default=None)


def _placed(pair: Pair, line: Line, parts: list[Part], scales: Scales) -> tuple[float, Line]:
    """Look for the offset near a line's own for which most speaks, and put it upon whole frames where they match."""
    offsets = line.offset_ms + np.arange(-_OFF_MS, _OFF_MS + 1, _STEP_MS)
    if pair.old.frame_ms * float(line.rate) == pair.new.frame_ms or is_by_frame(pair, line):
        middle = round(line.offset_ms / pair.new.frame_ms)
        offsets = (middle + np.arange(-3, 4)) * pair.new.frame_ms
    values = [total(pair, replace(line, offset_ms=float(offset)), parts, scales) for offset in offsets]
    best = max(values)
    good = np.flatnonzero(np.array(values) >= best - 1e-3 * abs(best) - 0.05)
    middle = int(good[len(good) // 2])
    return best, replace(line, offset_ms=float(offsets[middle]))


def is_by_frame(pair: Pair, line: Line) -> bool:
    """Tell whether each frame of the old film is one frame of the new one, along a line."""
    return abs(pair.old.frame_ms * float(line.rate) / pair.new.frame_ms - 1) < 1e-6  # noqa: PLR2004 - rounding


def total(pair: Pair, line: Line, parts: list[Part], scales: Scales) -> float:
    """Add up what speaks for a line in some parts."""
    value = 0.0
    for part in parts:
        picture, sound = pair.weigh(pair.differences(line, part.first, part.behind), scales, part.first)
        value += float(picture.sum() + sound.sum())
    return value


def _unfound(pair: Pair, found: Followed) -> NDArray[np.bool_]:
    wanted = np.zeros(len(pair.old.pictures), np.bool_)
    least = _LEAST_MS / pair.old.frame_ms
    for part in found.parts:
        if part.line == NONE and part.behind - part.first >= least:
            wanted[part.first : part.behind] = True
    return wanted


def _unused(pair: Pair, found: Followed) -> NDArray[np.bool_]:
    wanted = np.ones(len(pair.new.pictures), np.bool_)
    for part in found.parts:
        if part.line != NONE:
            edges = np.array([part.first, part.behind]) * pair.old.frame_ms
            first, behind = np.rint(found.lines[part.line].at(edges) / pair.new.frame_ms).astype(int)
            wanted[max(0, first) : max(0, behind)] = False
    return wanted


def _distinct(pair: Pair, lines: list[Line]) -> list[Line]:
    """Leave out lines that lead to the same frames as one before them, for all of the film."""
    kept: list[Line] = []
    ends = np.array([0.0, len(pair.old.pictures) * pair.old.frame_ms])
    for line in lines:
        if all(np.abs(line.at(ends) - other.at(ends)).max() >= pair.old.frame_ms / 2 for other in kept):
            kept.append(line)
    return kept
