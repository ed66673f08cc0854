"""Find a better place to break two lines of a cue, and tell whether they need a break at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from babelreel.model.finding import Fix
from babelreel.model.track import Cue
from babelreel.rules.base.passage import Passage
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.layout.break_edits import joining, moving_break
from babelreel.rules.layout.narrowest_picture import Narrowest, find_narrowest
from babelreel.rules.layout.torn_phrases import Neighbours, ends_sentence
from babelreel.timedtext.burnin.unspaced_breaks import is_after_pause, may_break
from babelreel.timedtext.words.counting import count_halves, is_wide
from babelreel.timedtext.words.function_words import fold, function_words_of, split_words

_WHOLE = 100
_LONGEST_SMALL_WORD = 20
_NEVER_AFTER_SPACE = tuple(".,;:!?،؛؟")

_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")


class Pair(NamedTuple):
    """A line of a cue (from 0) and the next one."""

    cue: Cue
    line: int
    above: str
    below: str

    @property
    def has_word_alone(self) -> bool:
        """Tell whether one of the lines is a single word."""
        return " " not in min(self.above, self.below, key=len).strip()

    def end_of_above(self, length: int) -> Passage:
        """Find the place of the last characters of the line above."""
        return Passage(self.cue, self.line, len(self.above) - length, len(self.above))

    def begin_of_below(self, length: int) -> Passage:
        """Find the place of the first characters of the line below."""
        return Passage(self.cue, self.line + 1, 0, length)


class Repairer:
    """Looks for a better place of a break in a subject."""

    def __init__(self, subject: TrackSubject) -> None:
        self.subject = subject
        self.neighbours = Neighbours(subject)
        self.is_chinese = not subject.language.breaks_at_spaces
        self._glue = "" if self.is_chinese else " "
        self._limit = 2 * subject.profile.cpl
        self._small_words = function_words_of(subject.language)

    @cached_property
    def _room(self) -> Narrowest | None:
        return find_narrowest(self.subject)

    def halves(self, line: str) -> int:
        """Count the characters of a line, in halves."""
        return count_halves(line, self.subject.language.counting)

    def joined(self, pair: Pair) -> str:
        """Join both lines into one."""
        return f"{pair.above}{self._glue}{pair.below}"

    def tears(self, pair: Pair) -> bool:
        """Tell whether the break tears apart what belongs together."""
        return self.neighbours.tear(pair.above, pair.below)

    def is_needless(self, pair: Pair) -> bool:
        """Tell whether both lines fit in one, and nothing speaks for two."""
        return (
            not ends_sentence(pair.above)
            and not (self.is_chinese and _are_of_two_scripts(pair))
            and self._fits(self.joined(pair))
        )

    def join(self, pair: Pair) -> Fix | None:
        """Put both lines on one; ``None`` where a space would be left over, or markup interferes."""
        if not self._joins_well(pair):
            return None
        return joining(self.subject.track, pair.cue, pair.line, self._glue)

    def repair(self, pair: Pair) -> Fix | None:
        """Put both lines on one, or else break them at the nearest good place."""
        return self.join(pair) if self.is_needless(pair) else self.better_break(pair)

    def better_break(self, pair: Pair) -> Fix | None:
        """Break the lines at the nearest good place; ``None`` where there is none, or markup interferes."""
        place = self.better_place(pair)
        if not place:
            return None
        behind = place - len(pair.above) - len(self._glue)
        to = (pair.line, place) if behind < 0 else (pair.line + 1, behind)
        return moving_break(self.subject.track, pair.cue, pair.line, to=to, glue=self._glue)

    def better_place(self, pair: Pair) -> int:
        """Find the good place for a break in both lines joined that is nearest to the present one; else 0."""
        text, now = self.joined(pair), len(pair.above)
        if not self._joins_well(pair) or self.halves(text) > 2 * self._limit + 2:
            return 0  # no break makes two lines of it which are short enough
        good = [place for place in self._places(text) if place != now and self._is_good(text, place)]
        return min(good, key=lambda place: (abs(place - now), place), default=0)

    def is_balanced(self, above: str, below: str) -> bool:
        """Tell whether the shorter line is as long as the profile wants it."""
        return self.percent(above, below) >= self.subject.profile.balance_percent

    def percent(self, above: str, below: str) -> int:
        """Compute the length of the shorter line in percent of the longer one."""
        shorter, longer = sorted((self.halves(above), self.halves(below)))
        return shorter * _WHOLE // max(1, longer)

    def _places(self, text: str) -> Iterator[int]:
        if self._glue:
            yield from (place for place, character in enumerate(text) if character == " ")
        else:
            yield from (
                place for place in range(1, len(text)) if is_after_pause(text[:place]) and may_break(text, place)
            )

    def _is_good(self, text: str, place: int) -> bool:
        above, below = text[:place], text[place + len(self._glue) :]
        return (
            above == above.strip() != ""
            and below == below.strip() != ""
            and self._fits(above)
            and self._fits(below)
            and (ends_sentence(above) or self.is_balanced(above, below))
            and not self.neighbours.tear(above, below)
            and not self._leaves_a_small_word(above)
        )

    def _leaves_a_small_word(self, above: str) -> bool:
        """Tell whether a line would end with a small word within its sentence, as in "as / long as"."""
        words = split_words(fold(above[-_LONGEST_SMALL_WORD:])) if above[-1:].isalpha() else []
        return bool(words) and words[-1] in self._small_words

    def _joins_well(self, pair: Pair) -> bool:
        """Tell whether one space between both lines is right: none stands there already, and no mark follows it."""
        return self.is_chinese or (
            pair.above == pair.above.rstrip()
            and pair.below == pair.below.lstrip()
            and not pair.below.startswith(_NEVER_AFTER_SPACE)
        )

    def _fits(self, line: str) -> bool:
        return self.halves(line) <= self._limit and (self._room is None or self._room.fits(line))


def _are_of_two_scripts(pair: Pair) -> bool:
    """Tell whether one line is Latin and the other one is not: the same sentence in two languages."""
    latin = [bool(_LATIN.search(line)) for line in (pair.above, pair.below)]
    square = [any(is_wide(each) for each in line) for line in (pair.above, pair.below)]
    return latin == square[::-1] and latin[0] != latin[1]
