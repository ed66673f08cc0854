"""Which numbers and addresses does a track give, when, and in which does it differ from the reference?

Digits of every script count as one, and so do all ways to part them: ``116 000``, ``116.000`` and ``۱۱۶۰۰۰`` are the
same. Translations reorder, merge and split sentences, so a figure is looked for in a window of time, not in one cue.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from babelreel.languages.find import builtin_languages
from babelreel.model.language import Language
from babelreel.model.track import Cue
from babelreel.rules.base.passage import Passage, TextIndex
from babelreel.rules.parity.alignment import Alignment
from babelreel.rules.parity.number_words import is_afternoon, scaled
from babelreel.timedtext.words.phone_numbers import find_phone_numbers

#: How far apart two sentences can stand and still be translations of one another: longer than any cue.
WINDOW_MS = 10_000

# "1, 3, 7" are three numbers
_NUMBER = re.compile(r"\d+(?:(?![,،] )[ \u00a0\u2007\u2009\u202f.,'’\u066b\u066c/:\-\u2010-\u2013]{1,2}\d+)*")
#: One number, not several in groups: as it may stand before "million".
_PLAIN = re.compile(r"\d{1,12}(?:[.,]\d{1,2})?")
#: "1 3" and "2,1" are places or fractions, and so is "1/12".
_SMALL_PARTS = re.compile(r"\d(?:[ ,]\d)+|\d/\d{1,2}|\d{1,2}/\d")

#: What makes a number a part of a formula: "x = 2", "3x", "c2", "f(2)", "-1/12", "[1 2]".
_BEFORE_IN_FORMULA = re.compile(r"[=*^×÷·√<>≈≤≥−_/|\[{]\s?$|[A-Za-zα-ω]\(?$|(?:^|\W)-$|\+\s?$")
#: "(1, 0, -2)".
_BEFORE_IN_PLACE, _BEHIND_IN_PLACE = re.compile(r"[(\[][-\d.,،\s]*$"), re.compile(r"[-\d.,،\s]*[)\]]")
_LONGEST_PLACE = 40
_BEHIND_IN_FORMULA = re.compile(r"\s?[=+*^×÷·√<>≈≤≥−_|\]}]|/|[a-gi-ln-rtv-zπθ](?![^\W\d_])")
_GROUP = re.compile(r"\d+")

#: "5 p.m." is 17 in most languages.
_AFTERNOON = re.compile(r"\s?p\.?\s?m\b", re.IGNORECASE)

#: What an international number is written with and without: "+32 (0)2 205 44 44".
_TRUNK_ZERO = re.compile(r"\(0\)")

#: How far before a number a word stands that tells to dial it.
_CALL_WITHIN = 40
_LONGEST_SHORT_NUMBER = 6
_LONGEST_SCALE = 30
_NOON = 12

#: So many digits are left of a phone number that lost some: "116" of "116 000".
_FEWEST_LEFT = 3

#: Two cues that say the same begin so near to one another, if they are not longer.
_BESIDE_MS = 2000

#: How many numbers may be the one with a mistake: the next ones.
_NEXT = 50


class Figure(NamedTuple):
    """A number as it is compared: all its ``digits`` in a row, the ``groups`` they stand in, and when it is shown.

    One that ``is_phone_like`` is dialled wherever it stands, and one that ``is_called`` because a word says so.
    What ``is_in_formula`` is no fact that a reader acts on.
    """

    digits: str
    groups: tuple[str, ...]
    is_phone_like: bool
    is_called: bool
    at_ms: int
    passage: Passage
    is_in_formula: bool = False

    @property
    def is_dialled(self) -> bool:
        """Tell whether a child may dial it."""
        return self.is_phone_like or self.is_called


class Difference(NamedTuple):
    """What the reference gives and the track does not, and what the track gives in its place; one may be missing."""

    theirs: Figure | None
    ours: Figure | None


def find_figures(texts: TextIndex, alignment: Alignment, language: Language) -> list[Figure]:
    """Give the numbers of a track in order of time, which is that of the reference."""
    phones = list(find_phone_numbers(texts.text))
    figures = [_phone(match, texts, alignment) for match in phones]
    ends, call = [match.end() for match in phones], _call_pattern(language.phrases.calls)
    for passage, match in texts.search(_NUMBER):
        place = bisect_right(ends, match.start())
        if place == len(phones) or match.end() <= phones[place].start():
            figures.append(_number(match, passage, alignment, call, language))
    return sorted(figures, key=lambda figure: figure.at_ms)


def _phone(match: re.Match[str], texts: TextIndex, alignment: Alignment) -> Figure:
    passage = texts.passage(*match.span())
    groups = tuple(_plain_group(each) for each in _GROUP.findall(_TRUNK_ZERO.sub(" ", match[0])))
    digits = ("+" if match[0].startswith("+") else "") + "".join(groups)
    return Figure(digits, groups, True, False, _at(passage.cue, alignment), passage)  # noqa: FBT003 - named in the class


def _number(
    match: re.Match[str], passage: Passage, alignment: Alignment, call: re.Pattern[str], language: Language
) -> Figure:
    text = match.string
    groups = tuple(_plain_group(each) for each in _GROUP.findall(match[0]))
    digits = ("+" if text[max(0, match.start() - 1)] == "+" else "") + "".join(groups)
    groups, digits = _in_full(match, groups, digits, language)
    before = text[max(0, match.start() - _CALL_WITHIN) : match.start()]
    is_called = 3 <= len(digits) <= _LONGEST_SHORT_NUMBER and call.search(before) is not None  # noqa: PLR2004 - as 112
    at_ms, is_in_formula = _at(passage.cue, alignment), not is_called and _is_in_formula(match)
    return Figure(digits, groups, False, is_called, at_ms, passage, is_in_formula)  # noqa: FBT003 - as above


def _in_full(
    match: re.Match[str], groups: tuple[str, ...], digits: str, language: Language
) -> tuple[tuple[str, ...], str]:
    """Give a number with what the words behind it make of it: "5 p.m." is 17, "4 billion" 4 000 000 000."""
    text, first = match.string, int(groups[0][:3])
    behind = text[match.end() : match.end() + _LONGEST_SCALE]
    if _PLAIN.fullmatch(match[0]) and (whole := scaled(match[0], behind, language)):
        return (str(whole[0]),), str(whole[0])
    is_time = len(digits) <= 2 or (":" in match[0] and len(groups) == 2)  # noqa: PLR2004 - "5", "5:30"
    if is_time and 0 < first < _NOON and _is_afternoon(match, language):
        groups = (str(first + _NOON), *groups[1:])
        return groups, "".join(groups)
    return groups, digits


def _is_afternoon(match: re.Match[str], language: Language) -> bool:
    text = match.string
    return bool(_AFTERNOON.match(text, match.end())) or is_afternoon(text, *match.span(), language)


def _is_in_formula(match: re.Match[str]) -> bool:
    line_start = match.string.rfind("\n", 0, match.start()) + 1
    before = match.string[max(line_start, match.start() - 3) : match.start()]
    behind = match.string[match.end() : match.end() + 3].partition("\n")[0]
    if _BEFORE_IN_PLACE.search(match.string[line_start : match.start()][-_LONGEST_PLACE:]):
        behind_place = match.string[match.end() : match.end() + _LONGEST_PLACE].partition("\n")[0]
        place = _BEHIND_IN_PLACE.match(behind_place)
        if place and ("," in place[0] or match.string[match.start() - 1] in ", -"):
            return True
    return bool(
        _BEFORE_IN_FORMULA.search(before) or _BEHIND_IN_FORMULA.match(behind) or _SMALL_PARTS.fullmatch(match[0])
    )


def _plain_group(digits: str) -> str:
    return digits if digits.isascii() else "".join(str(int(digit)) for digit in digits)


def _at(cue: Cue, alignment: Alignment) -> int:
    return alignment.at(cue.span).start_ms


@cache
def _call_pattern(own: frozenset[str]) -> re.Pattern[str]:
    """Find the words that go before a number that is dialled: a language's own, and those of the languages we know.

    Before a number, none of them means anything else in another language.
    """
    words = own.union(*(language.phrases.calls for language in builtin_languages()))
    return re.compile("|".join(map(_word_pattern, sorted(words))), re.IGNORECASE)


def _word_pattern(word: str) -> str:
    return ("" if word.startswith("*") else r"\b") + re.escape(word.strip("*")) + ("" if word.endswith("*") else r"\b")


def compare_figures(theirs: Sequence[Figure], ours: Sequence[Figure]) -> Iterator[Difference]:
    """Give what differs between the numbers of the reference and those of a track, in order of time.

    A number that stands on both sides, though not equally often or at another time, is no difference by itself.
    """
    left, over = _unmatched(theirs, ours)
    known = {_dialled_form(each.digits) for each in theirs}, {_dialled_form(each.digits) for each in ours}
    for missing, extra in _clusters(left, over):
        if "".join(each.digits for each in missing) == "".join(each.digits for each in extra):
            continue
        for difference in _pairs(missing, extra):
            alone = difference.theirs if difference.ours is None else difference.ours if not difference.theirs else None
            if alone is None or _dialled_form(alone.digits) not in known[0 if alone is difference.ours else 1]:
                yield difference


def _dialled_form(digits: str) -> str:
    """Write ``+32 2 205 44 44``, ``0032 2 205 44 44`` and ``02 205 44 44`` in one way: without code and zero."""
    international = re.fullmatch(r"(?:\+|00)32(\d{8,9})", digits)
    if international:
        return international[1]
    return digits[1:] if re.fullmatch(r"0\d{8,11}", digits) else digits.lstrip("+")


def _unmatched(theirs: Sequence[Figure], ours: Sequence[Figure]) -> tuple[list[Figure], list[Figure]]:
    """Cross out what both have within the window, the earliest first."""
    waiting: dict[str, deque[Figure]] = defaultdict(deque)
    for figure in theirs:
        waiting[_dialled_form(figure.digits)].append(figure)
    left, over = [], []
    for figure in ours:
        queue = waiting[_dialled_form(figure.digits)]
        while queue and queue[0].at_ms < figure.at_ms - WINDOW_MS:
            left.append(queue.popleft())
        if queue and queue[0].at_ms <= figure.at_ms + WINDOW_MS:
            queue.popleft()
        else:
            over.append(figure)
    left.extend(figure for queue in waiting.values() for figure in queue)
    return sorted(left, key=lambda figure: figure.at_ms), over


def _clusters(left: list[Figure], over: list[Figure]) -> Iterator[tuple[list[Figure], list[Figure]]]:
    """Put together what stands close in time: each lot ends where the window of its first figure ends."""
    both = [(each, True) for each in left] + [(each, False) for each in over]
    both.sort(key=lambda pair: pair[0].at_ms)
    times = [each.at_ms for each, _ in both]
    start = 0
    while start < len(both):
        end = bisect_right(times, times[start] + WINDOW_MS)
        lot = both[start:end]
        yield [each for each, is_theirs in lot if is_theirs], [each for each, is_theirs in lot if not is_theirs]
        start = end


def _pairs(missing: list[Figure], extra: list[Figure]) -> Iterator[Difference]:
    """Pair the numbers that differ; a number whose groups all stand on the other side is only parted differently."""
    lacking = _with_other_groups(missing, extra)
    added = _with_other_groups(extra, missing)
    for figure in lacking:
        partner = next((each for each in added[:_NEXT] if _can_stand_for(each, figure)), None)
        if partner:
            added.remove(partner)
        yield Difference(figure, partner)
    yield from (Difference(None, each) for each in added)


def _can_stand_for(figure: Figure, other: Figure) -> bool:
    """Tell whether one number may be the other one with a mistake.

    One that is dialled keeps about its length, or is the beginning of the other: digits were lost at its end. Any other
    is said while the other one is.
    """
    if figure.is_dialled or other.is_dialled:
        lengths = len(_dialled_form(figure.digits)), len(_dialled_form(other.digits))
        return max(lengths) - min(lengths) <= 1 or _is_rest_of(figure, other) or _is_rest_of(other, figure)
    lasts_ms = max(figure.passage.cue.span.duration_ms, other.passage.cue.span.duration_ms)
    is_beside = abs(figure.at_ms - other.at_ms) <= max(lasts_ms, _BESIDE_MS)
    return is_beside and _may_be_mistyped(figure.digits, other.digits)


def _may_be_mistyped(digits: str, other: str) -> bool:
    """Tell whether a number has as many digits as another one, or only lost or got some."""
    shorter, longer = sorted((digits, other), key=len)
    rest = iter(longer)
    return len(digits) == len(other) or all(digit in rest for digit in shorter)


def _is_rest_of(figure: Figure, phone: Figure) -> bool:
    """Tell whether a number is the beginning of a phone number whose end was lost."""
    rest, whole = _dialled_form(figure.digits).lstrip("0"), _dialled_form(phone.digits).lstrip("0")
    return phone.is_phone_like and _FEWEST_LEFT <= len(rest) < len(whole) and whole.startswith(rest)


def _with_other_groups(figures: list[Figure], others: list[Figure]) -> list[Figure]:
    bag = Counter(bare for other in others for bare in _bare_groups(other))
    return [
        figure
        for figure in figures
        if Counter(_bare_groups(figure)) - bag or any(_is_rest_of(figure, other) for other in others[:_NEXT])
    ]


def _bare_groups(figure: Figure) -> list[str]:
    """Give the groups without what dates, hours and prices are written with or without: "09" is "9", ",00" nothing."""
    first, *rest = figure.groups
    return [first.lstrip("0") or first, *(bare for each in rest if (bare := _bare(each)))]


def _bare(group: str) -> str:
    return group.lstrip("0") if len(group) <= 2 else group  # noqa: PLR2004 - cents, minutes, days and months
