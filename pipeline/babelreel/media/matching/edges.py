"""Find the frame on which each part begins and ends, and resolve parts that overlap."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from babelreel.media.matching.evidence import Pair, Scales
from babelreel.media.matching.lines import Line
from babelreel.media.matching.path import NONE, Part

#: How far from where it was found by blocks an edge is looked for.
_NEAR_MS = 1500
#: A gap that is no longer, with the same line before and behind it, is filled: a title that came in, another picture.
_BRIDGED_MS = 10_000
#: One that lasts this long is reported.
_TOLD_MS = 400
#: Frames that a cut may be off, before both sides are made to touch.
_TOUCHES = 3
#: An edge lies here, as far as signs tell, where others have no more than this for them.
_SAME = 0.7
#: A frame's picture says more about an edge than its sound, which is spread over three frames.
_SOUND_SHARE = 0.12


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Piece:
    """Frames ``first`` up to ``behind`` of the old film that follow a line; slack in frames, where edges are open."""

    first: int
    behind: int
    line: Line
    start_slack: int = 0
    end_slack: int = 0
    is_patched: bool = False

    def new_edges(self, pair: Pair) -> tuple[int, int]:
        """Compute the frames of the new film at which it begins and ends."""
        edges = self.line.at(np.array([self.first, self.behind]) * pair.old.frame_ms) / pair.new.frame_ms
        return round(float(edges[0])), round(float(edges[1]))


def find_edges(pair: Pair, parts: tuple[Part, ...], lines: tuple[Line, ...], scales: Scales) -> list[Piece]:
    """Find the pieces of the film, in the order of the old one, that share no frame of either film."""
    found = [Piece(first=part.first, behind=part.behind, line=lines[part.line]) for part in parts if part.line != NONE]
    pieces = _bridged(pair, found)
    look = _Look(pair, scales)
    pieces = look.inner_edges(pieces)
    pieces = look.without_overlaps(pieces)
    pieces = look.closed(pieces)
    return [piece for piece in pieces if piece.behind > piece.first]


def _bridged(pair: Pair, pieces: list[Piece]) -> list[Piece]:
    """Fill gaps between pieces of one line: short ones are a flash, others a piece that is only patched."""
    joined: list[Piece] = []
    for piece in pieces:
        before = joined[-1] if joined else None
        gap_ms = (piece.first - before.behind) * pair.old.frame_ms if before else 0
        if before is None or before.line != piece.line or gap_ms > _BRIDGED_MS:
            joined.append(piece)
        elif gap_ms < _TOLD_MS and not before.is_patched:
            joined[-1] = replace(before, behind=piece.behind)
        else:
            joined += (replace(piece, first=before.behind, behind=piece.first, is_patched=True), piece)
    return joined


class _Look:
    """Looks at single frames."""

    def __init__(self, pair: Pair, scales: Scales) -> None:
        self._pair, self._scales = pair, scales
        self._near = round(_NEAR_MS / pair.old.frame_ms)
        self._frames = len(pair.old.pictures)

    def inner_edges(self, pieces: list[Piece]) -> list[Piece]:
        """Find where each piece ends and the next begins, one after the other."""
        done = list(pieces)
        for number, piece in enumerate(done):
            before = done[number - 1] if number else None
            if before and before.behind == piece.first and before.line == piece.line:
                continue
            if before and before.behind == piece.first:
                edge, slack = self._between(before, piece)
                done[number - 1] = replace(before, behind=edge, end_slack=slack)
                done[number] = replace(piece, first=edge, start_slack=slack)
                continue
            if before:
                end, slack = self._end(before, min(piece.first, before.behind + self._near))
                done[number - 1] = before = replace(before, behind=end, end_slack=slack)
            start, slack = self._start(piece, before.behind if before else 0)
            done[number] = replace(piece, first=start, start_slack=slack)
        if done:
            end, slack = self._end(done[-1], self._frames)
            done[-1] = replace(done[-1], behind=end, end_slack=slack)
        return done

    def without_overlaps(self, pieces: list[Piece]) -> list[Piece]:
        """Assign frames of the new film that two pieces lead to: to the piece with the most evidence."""
        done = sorted(pieces, key=lambda piece: piece.new_edges(self._pair))
        number = 1
        while number < len(done):
            before, after = done[number - 1], done[number]
            shared = before.new_edges(self._pair)[1] - after.new_edges(self._pair)[0]
            if shared > 0:
                both = [each for each in self._parted(before, after, shared) if each.behind > each.first]
                done[number - 1 : number + 1] = both
                done.sort(key=lambda piece: piece.new_edges(self._pair))
                number = max(1, number - 1)
                if len(both) == 2:  # noqa: PLR2004 - both are left, and touch now
                    number += 1
            else:
                number += 1
        return sorted(done, key=lambda piece: piece.first)

    def closed(self, pieces: list[Piece]) -> list[Piece]:
        """Let pieces touch that almost do: in the old film, or in the new one."""
        done = list(pieces)
        for number in range(1, len(done)):
            before, after = done[number - 1], done[number]
            old_gap = after.first - before.behind
            new_gap = after.new_edges(self._pair)[0] - before.new_edges(self._pair)[1]
            small = min(old_gap, new_gap)
            if 0 < small <= _TOUCHES and max(old_gap, new_gap) > 0:
                done[number - 1] = replace(before, behind=before.behind + small)
        return done

    def _speaks(self, line: Line, first: int, behind: int) -> NDArray[np.float64]:
        """Measure what speaks for a line at each frame, whether pictures stand still or not."""
        found = self._pair.differences(line, first, behind)
        picture = np.where(found.picture >= 0, self._scales.picture[found.picture], 0.0)
        sound = np.where(found.sound >= 0, self._scales.sound[found.sound], 0.0)
        return np.where(found.is_inside, picture + _SOUND_SHARE * sound, -9.0)

    def _between(self, before: Piece, after: Piece) -> tuple[int, int]:
        first = max((before.first + before.behind) // 2, before.behind - self._near)
        behind = min((after.first + after.behind + 1) // 2, after.first + self._near)
        one, other = self._speaks(before.line, first, behind), self._speaks(after.line, first, behind)
        left = np.concatenate(([0.0], np.cumsum(one)))
        right = np.concatenate((np.cumsum(other[::-1])[::-1], [0.0]))
        return _best_place(left + right, first, before.behind)

    def _end(self, piece: Piece, limit: int) -> tuple[int, int]:
        first = max((piece.first + piece.behind) // 2, piece.behind - self._near)
        behind = min(limit, piece.behind + self._near)
        speaks = self._speaks(piece.line, first, behind)
        values = np.concatenate(([0.0], np.cumsum(speaks)))
        return _best_place(values, first, behind)

    def _start(self, piece: Piece, limit: int) -> tuple[int, int]:
        first = max(limit, piece.first - self._near)
        behind = min((piece.first + piece.behind + 1) // 2, piece.first + self._near)
        speaks = self._speaks(piece.line, first, behind)
        values = np.concatenate((np.cumsum(speaks[::-1])[::-1], [0.0]))
        return _best_place(values, first, first)

    def _parted(self, before: Piece, after: Piece, shared: int) -> tuple[Piece, Piece]:
        """Divide frames that two pieces share in the new film: the first loses its last, the other its first ones."""
        frames = max(1, round(shared * self._pair.new.frame_ms / float(before.line.rate) / self._pair.old.frame_ms))
        if frames >= min(before.behind - before.first, after.behind - after.first):
            weaker = before if _worth(self, before) < _worth(self, after) else after
            gone = replace(weaker, behind=weaker.first)
            return (gone, after) if weaker is before else (before, gone)
        one = np.concatenate(([0.0], np.cumsum(self._speaks(before.line, before.behind - frames, before.behind))))
        other = self._speaks(after.line, after.first, after.first + frames)
        values = one + np.concatenate((np.cumsum(other[::-1])[::-1], [0.0]))
        kept, slack = _best_place(values, 0, frames)
        return (
            replace(before, behind=before.behind - frames + kept, end_slack=max(before.end_slack, slack)),
            replace(after, first=after.first + kept, start_slack=max(after.start_slack, slack)),
        )


def _worth(look: _Look, piece: Piece) -> float:
    return float(look._speaks(piece.line, piece.first, piece.behind).sum())  # noqa: SLF001 - of this module


def _best_place(values: NDArray[np.float64], first: int, wished: int) -> tuple[int, int]:
    """Find the place with the most for it, of several the one nearest to a wish, and how many frames these span."""
    good = np.flatnonzero(values >= values.max() - _SAME)
    best = good[np.abs(good + first - wished).argmin()] if len(good) > 1 else good[0]
    top = int(values.argmax())
    run = good[(np.abs(good - top) <= len(good))]
    slack = int(run[-1] - run[0]) if len(run) else 0
    exact = int(best) if slack > 2 else top  # noqa: PLR2004 - within two frames the best one is taken as it is
    return first + exact, slack
