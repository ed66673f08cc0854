"""Choose the line that each part of the old film follows.

The way through all lines that most speaks for, found by Viterbi's algorithm: changing to a line costs something; to
follow none is free, and says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

#: What a line must have for it, in natural logarithms, before it is followed: about a second of picture and sound.
ENTER = 9.0
#: No line at all.
NONE = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Frames of the old film, from ``first`` up to ``behind``, that follow one line (its number, or ``NONE``)."""

    first: int
    behind: int
    line: int


def follow_lines(gains: NDArray[np.float32], block: int, frames: int) -> list[Part]:
    """Find the parts of a film of so many frames; ``gains`` says for each line what speaks for it at each block."""
    lines, blocks = gains.shape
    gains = np.ascontiguousarray(gains.T)
    score = np.zeros(lines)
    none = float(ENTER) / 2  # the first line costs half: the film begins with something
    stays = np.zeros((blocks, lines), np.bool_)
    none_from = np.zeros(blocks, np.int32)
    best_from = np.zeros(blocks, np.int32)
    for number in range(blocks):
        best = int(score.argmax()) if lines else NONE
        top = score[best] if lines else -np.inf
        source, value = (best, top) if top > none else (NONE, none)
        best_from[number] = none_from[number] = source
        stays[number] = score >= value - ENTER
        score = np.where(stays[number], score, value - ENTER) + gains[number]
        none = value
    return _parts(_states(stays, best_from, score, none), block, frames)


def _states(
    stays: NDArray[np.bool_], best_from: NDArray[np.int32], score: NDArray[np.float64], none: float
) -> NDArray[np.int32]:
    blocks = len(stays)
    states = np.zeros(blocks, np.int32)
    state = int(score.argmax()) if len(score) and score.max() > none else NONE
    for number in range(blocks - 1, -1, -1):
        states[number] = state
        if state == NONE or not stays[number, state]:
            state = int(best_from[number])
    return states


def _parts(states: NDArray[np.int32], block: int, frames: int) -> list[Part]:
    if not len(states):
        return []
    edges = [0, *(np.flatnonzero(states[1:] != states[:-1]) + 1).tolist(), len(states)]
    return [
        Part(first=begin * block, behind=min(frames, end * block), line=int(states[begin]))
        for begin, end in pairwise(edges)
    ]
