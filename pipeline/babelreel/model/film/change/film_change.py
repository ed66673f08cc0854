"""Guess what became of a film that was replaced, from what is known of both.

The shots show it, and where there are few of them the voices: the moments of the old film lie, all by the same time
later or earlier, on those of the new one. A film that was played at another speed has the same frames in another time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median_low

from babelreel.model.film.media import MediaInfo
from babelreel.model.timecode import STANDARD_RATES, frames_to_ms

#: Shots of two films lie on one another to a frame, voices to what the detector can hear.
_SHOT_MS, _VOICE_MS = 45, 120
#: Fewer moments prove nothing. Of the moments of one film that fall into the other, so many must be found there: nearly
#: all cuts, or a scene is gone or new; most voices, since the detector hears some of them otherwise.
_FEWEST, _CUTS_FOUND, _VOICES_FOUND = 4, Fraction(95, 100), Fraction(85, 100)
#: What is said where nobody sees at a glance what became of a film.
ASK_EACH_SCENE = "First run babelreel conform --dry-run, which shows what moves"
#: The same, where nothing is kept of the old film.
ASK_WITH_OLD_FILM = "First run babelreel conform OLD.mp4 --dry-run, with your old film for OLD.mp4"
#: The call that says that nothing has to move.
FITS = "babelreel shift --by=0s"
#: More moments than this are not compared.
_MOST = 400
#: A frame more or less is lost where a film is encoded anew.
_FRAME_SLACK = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmChange:
    """All of the old film comes ``by_ms`` later in the new one, its times multiplied by ``rate`` before that."""

    by_ms: int = 0
    rate: Fraction = Fraction(1)

    @property
    def call(self) -> str:
        """The call that moves all subtitles; empty where none has to move."""
        if self.rate != 1:
            return f"babelreel stretch --by={self.rate}"
        return f"babelreel shift --by={shown_shift(self.by_ms)}" if self.by_ms else ""

    @property
    def seems(self) -> str:
        """What seems to have happened, as a sentence without its stop."""
        if self.rate != 1:
            return f"It seems to be the same film, {'slower' if self.rate > 1 else 'faster'}"
        if not self.by_ms:
            return "It seems to begin as before"
        length, way = shown_shift(abs(self.by_ms)).strip("+s"), "later" if self.by_ms > 0 else "earlier"
        return f"All of it seems to come {length} s {way}"

    def tell(self) -> str:
        """Say what seems to have happened, and which call repairs it, where one does."""
        off = "early" if self.rate > 1 or self.by_ms > 0 else "late"
        return f"{self.seems}: all subtitles that were not moved since are {off} ({self.call})"


def guess_change(old: MediaInfo, new: MediaInfo) -> FilmChange | None:
    """Tell how a film changed as a whole; ``None`` where that is unknown, as of one that was edited again."""
    return _speed(old, new) or _offset(old, new)


def shown_shift(by_ms: int) -> str:
    """Write a time to move by as "shift" takes it: +2.0s, -0.25s."""
    seconds, ms = divmod(abs(by_ms), 1000)
    return f"{'-' if by_ms < 0 else '+'}{seconds}.{f'{ms:03d}'.rstrip('0') or '0'}s"


def _speed(old: MediaInfo, new: MediaInfo) -> FilmChange | None:
    """Tell whether the new film has the old one's frames at another rate."""
    one, other = old.video, new.video
    if one is None or other is None or one.rate == other.rate or not {one.rate, other.rate} <= set(STANDARD_RATES):
        return None
    if abs(one.frames - other.frames) > _FRAME_SLACK:
        return None
    return FilmChange(rate=one.rate / other.rate)


def _offset(old: MediaInfo, new: MediaInfo) -> FilmChange | None:
    for moments, slack_ms, share in ((_shots, _SHOT_MS, _CUTS_FOUND), (_voices, _VOICE_MS, _VOICES_FOUND)):
        before, after = moments(old)[:_MOST], moments(new)[:_MOST]
        if min(len(before), len(after)) < _FEWEST:
            continue  # too few of these to prove anything, either way
        by_ms = _common_offset(before, after, slack_ms)
        there = _found_in(before, after, by_ms, new.duration_ms, slack_ms)
        back = _found_in(after, before, -by_ms, old.duration_ms, slack_ms)
        if min(there, back) < share:
            return None  # a scene is gone, is new, or stands in another place
        return FilmChange(by_ms=0 if abs(by_ms) <= slack_ms else by_ms)
    return None


def _shots(film: MediaInfo) -> list[int]:
    return [frames_to_ms(shot, film.video.rate) for shot in film.shots or ()] if film.video else []


def _voices(film: MediaInfo) -> list[int]:
    return [span.start_ms for span in film.speech or ()]


def _common_offset(old: Sequence[int], new: Sequence[int], slack_ms: int) -> int:
    """Find by how much most moments of one film are later in the other."""
    bins: Counter[int] = Counter((there - here) // slack_ms for here in old for there in new)
    best = max(bins, key=lambda place: (bins[place] + bins[place + 1], -abs(place)))
    return median_low(there - here for here in old for there in new if best <= (there - here) // slack_ms <= best + 1)


def _found_in(moments: Sequence[int], others: Sequence[int], by_ms: int, length_ms: int, slack_ms: int) -> Fraction:
    """Compute the share of the moments of a film, moved by a time into another one of a length, that are found there.

    None is found where fewer than four fall into it.
    """
    inside = [each + by_ms for each in moments if slack_ms < each + by_ms < length_ms - slack_ms]
    found = sum(any(abs(there - here) <= slack_ms for there in others) for here in inside)
    return Fraction(found, len(inside)) if len(inside) >= _FEWEST else Fraction(0)
