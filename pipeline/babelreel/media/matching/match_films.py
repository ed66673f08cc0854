"""Find how an old film became a new one."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from babelreel.media.matching.edges import Piece, find_edges
from babelreel.media.matching.evidence import Pair
from babelreel.media.matching.follow import Followed, follow, is_by_frame, total
from babelreel.media.matching.lines import Line
from babelreel.media.matching.path import Part
from babelreel.media.matching.signs import Signs
from babelreel.model.film.change.film_match import Basis, Doubt, FilmMatch, FoundPart
from babelreel.model.film.change.fingerprint import Fingerprint
from babelreel.model.film.change.time_map import Stretch
from babelreel.model.timecode import Span, frames_to_ms

#: What must speak for a part, in natural logarithms, before it is believed, and more than for it elsewhere.
_ENOUGH = 14.0
_CLEARLY = 8.0
#: What one of picture and sound must have for it, to be what a part is known by.
_TELLS = 6.0
#: By so many frames a part may lie elsewhere without anybody seeing it; further than that is another place.
_SHIFTS = (2, 3, 4, 6, 9, 14, 22, 35, 60, 100)


def match_films(old: Fingerprint, new: Fingerprint) -> FilmMatch:
    """Find the parts of an old film in a new one, to the frame; what is not certain is marked."""
    pair = Pair(Signs.of(old), Signs.of(new))
    found = follow(pair)
    pieces = find_edges(pair, found.parts, found.lines, found.scales)
    parts = (_found_part(pair, piece, found, old, new) for piece in pieces)
    whole = [part for part in parts if part.stretch.old.duration_ms > 0 and part.stretch.new.duration_ms > 0]
    return FilmMatch(old_ms=old.duration_ms, new_ms=new.duration_ms, parts=tuple(_apart(whole)))


def _apart(parts: list[FoundPart]) -> Iterator[FoundPart]:
    """Take away the millisecond that two parts share by rounding, in the new film."""
    starts = sorted(part.stretch.new.start_ms for part in parts)
    for part in parts:
        new, old = part.stretch.new, part.stretch.old
        later = next((start for start in starts if start > new.start_ms), None)
        end_ms = old.end_ms
        while later is not None and part.stretch.at(end_ms) > later and end_ms > old.start_ms + 1:
            end_ms -= 1
        span = Span(start_ms=old.start_ms, end_ms=end_ms)
        stretch = Stretch(old=span, new_start_ms=part.stretch.new_start_ms, rate=part.stretch.rate)
        yield FoundPart(
            stretch=stretch,
            basis=part.basis,
            doubts=part.doubts,
            start_slack_ms=part.start_slack_ms,
            end_slack_ms=part.end_slack_ms,
        )


def _found_part(pair: Pair, piece: Piece, found: Followed, old: Fingerprint, new: Fingerprint) -> FoundPart:
    basis, doubts = _judge(pair, piece, found)
    return FoundPart(
        stretch=_stretch(pair, piece, old, new),
        basis=basis,
        doubts=doubts,
        start_slack_ms=round(piece.start_slack * pair.old.frame_ms),
        end_slack_ms=round(piece.end_slack * pair.old.frame_ms),
    )


def _stretch(pair: Pair, piece: Piece, old: Fingerprint, new: Fingerprint) -> Stretch:
    first_ms = frames_to_ms(piece.first, old.rate)
    is_last = piece.behind >= len(pair.old.pictures)
    end_ms = (
        max(old.duration_ms, frames_to_ms(piece.behind, old.rate)) if is_last else frames_to_ms(piece.behind, old.rate)
    )
    if is_by_frame(pair, piece.line):
        frames = round(piece.line.offset_ms / pair.new.frame_ms)
        start_ms = round(Fraction(1000 * (piece.first + frames)) / new.rate)
    else:
        start_ms = round(float(piece.line.at(np.array([float(first_ms)]))[0]))
    start_ms = max(0, start_ms)
    room = new.duration_ms + 1000 - start_ms
    end_ms = min(end_ms, first_ms + max(1, int(room / piece.line.rate)))
    return Stretch(old=Span(start_ms=first_ms, end_ms=end_ms), new_start_ms=start_ms, rate=piece.line.rate)


def _judge(pair: Pair, piece: Piece, found: Followed) -> tuple[Basis, tuple[Doubt, ...]]:
    part = Part(first=piece.first, behind=piece.behind, line=0)
    picture, sound = pair.weigh(pair.differences(piece.line, piece.first, piece.behind), found.scales, piece.first)
    seen, heard = float(picture.sum()), float(sound.sum())
    if piece.is_patched:
        return Basis.NEITHER, (Doubt.REPLACED,)
    basis = {
        (True, True): Basis.BOTH,
        (True, False): Basis.PICTURE,
        (False, True): Basis.SOUND,
    }.get((seen >= _TELLS, heard >= _TELLS), Basis.NEITHER)
    doubts = [
        Doubt.LITTLE if seen + heard < _ENOUGH else None,
        Doubt.ELSEWHERE if seen + heard - _best_elsewhere(pair, piece, part, found) < _CLEARLY else None,
    ]
    return basis, tuple(doubt for doubt in doubts if doubt)


def _best_elsewhere(pair: Pair, piece: Piece, part: Part, found: Followed) -> float:
    """Measure what speaks for the same frames in the best other place."""
    shifts = (sign * by * pair.new.frame_ms for by in _SHIFTS for sign in (-1, 1))
    others = [Line(offset_ms=piece.line.offset_ms + shift, rate=piece.line.rate) for shift in shifts]
    middle = np.array([(piece.first + piece.behind) / 2 * pair.old.frame_ms])
    here = piece.line.at(middle)[0]
    others += [line for line in found.lines if abs(line.at(middle)[0] - here) > 1.5 * pair.new.frame_ms]
    return max((total(pair, line, [part], found.scales) for line in others), default=0.0)
