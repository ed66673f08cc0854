"""Find the numbers that a track and its reference no longer share, in figures or in words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from babelreel.model.language import Language
from babelreel.model.language_facts import NumberWords
from babelreel.model.track import Cue, Track
from babelreel.rules.alignment.alignment import Alignment
from babelreel.rules.alignment.of_subject import alignment_of
from babelreel.rules.base.memo import remembered
from babelreel.rules.base.passage import TextIndex
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.parity.figures import Figure, find_figures
from babelreel.rules.parity.number_differences import LAG_MS, WINDOW_MS, Difference, compare_figures
from babelreel.rules.parity.number_words import is_decimal_said, is_said, numbers_said, roman_numbers

#: Digits of the longest number that people say in words.
_LONGEST_IN_WORDS = 15
#: Twelve.
LAST_SHORT_WORD = 12


@remembered
def number_differences(subject: TrackSubject) -> tuple[Difference, ...]:
    """Find what differs between the numbers of a track and those of its reference."""
    return tuple(_differences(subject))


def _differences(subject: TrackSubject) -> Iterator[Difference]:
    if subject.reference:
        reference = subject.reference
        their_language, own_language = subject.language_of(reference.language), subject.language
        if not (their_language.numbers.words and own_language.numbers.words):  # 4 here may be 4 billion there
            their_language, own_language = (
                replace(each, numbers=NumberWords()) for each in (their_language, own_language)
            )
        theirs = _figures_in(reference).read_in(their_language)
        yield from compare_figures(theirs, find_figures(subject.texts, alignment_of(subject), own_language))


class _Figures:
    """The numbers of the reference, found once: the tracks of all languages are put beside the same one."""

    def __init__(self, reference: Track) -> None:
        self._texts = TextIndex(reference.cues)
        self._known: dict[bool, list[Figure]] = {}

    def read_in(self, language: Language) -> list[Figure]:
        """Find them in the language of the reference, with its words for numbers or without."""
        has_words = bool(language.numbers.words)
        if has_words not in self._known:
            self._known[has_words] = find_figures(self._texts, Alignment(), language)
        return self._known[has_words]


_figures_in = remembered(_Figures)


def in_figures_on_both_sides(subject: TrackSubject, differences: Iterable[Difference]) -> Iterator[Difference]:
    """Leave out the numbers of formulas, and those that the other side may say in words."""
    if subject.reference is None:
        return
    theirs_words = Words(subject.reference.cues, Alignment(), subject.language_of(subject.reference.language))
    ours_words = Words(subject.track.cues, alignment_of(subject), subject.language)
    are_known = theirs_words.are_known and ours_words.are_known
    for theirs, ours in differences:
        if theirs and ours and not are_known and min(map(value_of, (theirs, ours))) <= LAST_SHORT_WORD:
            continue
        if theirs and ours and _figures(theirs) == _figures(ours):
            continue  # with another word behind it
        within_ms = WINDOW_MS if theirs and ours else LAG_MS
        rest = (
            theirs if theirs and not (theirs.is_in_formula or ours_words.say(theirs, within_ms)) else None,
            ours if ours and not (ours.is_in_formula or theirs_words.say(ours, within_ms)) else None,
        )
        if theirs and ours and None not in rest and abs(value_of(theirs) - value_of(ours)) == LAST_SHORT_WORD:
            continue  # five o'clock and 17 o'clock
        if theirs and ours and _is_decade(theirs.digits, ours.digits):
            continue
        if any(rest):
            yield Difference(*rest)


class Words:
    """What a track says in words, at any time."""

    def __init__(self, cues: Sequence[Cue], alignment: Alignment, language: Language) -> None:
        self._language, self._track, self._alignment = language, cues, alignment
        self.are_known = bool(language.numbers.words)

    @cached_property
    def _cues(self) -> list[tuple[int, str]]:
        """The texts with their times, in order: most tracks differ in no number, and nobody asks for them."""
        return sorted((self._alignment.at(cue.span).start_ms, cue.text) for cue in self._track)

    def say(self, figure: Figure, within_ms: int) -> bool:
        """Tell whether a number may be said in words, or in Roman figures, near to its time."""
        first = bisect_left(self._cues, (figure.at_ms - within_ms, ""))
        last = bisect_left(self._cues, (figure.at_ms + within_ms, ""))
        if len(figure.digits) > _LONGEST_IN_WORDS:
            return False
        text, value = "\n".join(text for _, text in self._cues[first:last]), value_of(figure)
        if value in roman_numbers(text):
            return True
        said = numbers_said(text, self._language)
        return is_said(value, said) or (len(figure.groups) > 1 and is_decimal_said(figure.groups, said))


def _is_decade(digits: str, other: str) -> bool:
    """Tell whether one is a year that begins a decade, and the other says "the 90s" or "20 世纪 90 年代"."""
    short, year = sorted((digits, other), key=len)
    return len(short) == 2 and len(year) == 4 and year[0] in "12" and year.endswith(short) and short[1] == "0"  # noqa: PLR2004


def _figures(figure: Figure) -> list[str]:
    return [each for each in figure.passage.text if each.isdecimal()]


def value_of(figure: Figure) -> int:
    """Compute the number that a figure means, from its first fifteen digits."""
    return int(figure.digits.lstrip("+")[:_LONGEST_IN_WORDS] or 0)
