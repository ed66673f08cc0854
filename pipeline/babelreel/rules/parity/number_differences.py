"""Find the numbers in which a track differs from its reference.

Translations reorder, merge and split sentences, so a figure is looked for in a window of time, not in one cue.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from babelreel.rules.parity.figures import Figure

#: How far apart two sentences can stand and still be translations of one another: longer than any cue.
WINDOW_MS = 10_000

#: So many digits are left of a phone number that lost some: "116" of "116 000".
_FEWEST_LEFT = 3

#: Two cues that say the same begin so near to one another, if they are not longer.
_BESIDE_MS = 2000

#: A translation that lags says its numbers so much later.
LAG_MS = 30_000

#: So many numbers on both sides without their like, among those said within so long, are no mistakes any more.
_MANY, _ABOUT_MS = 3, 20_000

#: How many numbers may be the one with a mistake: the next ones.
_NEXT = 50


class Difference(NamedTuple):
    """What the reference has and the track has not, and what the track has in its place; one may be missing."""

    theirs: Figure | None
    ours: Figure | None


def compare_figures(theirs: Sequence[Figure], ours: Sequence[Figure]) -> Iterator[Difference]:
    """Find what differs between the numbers of the reference and those of a track, in order of time.

    A number that stands on both sides, though not equally often or at another time, is no difference by itself.
    """
    left, over = _in_step(*_unmatched(theirs, ours), [*theirs, *ours])
    left, over = _without_moved(_not_parted(left, ours), _not_parted(over, theirs))
    known = {_dialled_form(each.digits) for each in theirs}, {_dialled_form(each.digits) for each in ours}
    for missing, extra in _clusters(left, over):
        if "".join(each.digits for each in missing) == "".join(each.digits for each in extra):
            continue
        for difference in _pairs(missing, extra):
            if _change_places(difference, ours, theirs):
                continue
            alone = difference.theirs if difference.ours is None else difference.ours if not difference.theirs else None
            if alone is None or _dialled_form(alone.digits) not in known[0 if alone is difference.ours else 1]:
                yield difference


def _change_places(difference: Difference, ours: Sequence[Figure], theirs: Sequence[Figure]) -> bool:
    """Tell whether each of two numbers is said on the other side a little earlier or later."""
    one, other = difference
    return bool(one and other and not one.is_dialled and _is_near(one, ours) and _is_near(other, theirs))


def _is_near(figure: Figure, others: Sequence[Figure]) -> bool:
    first = bisect_left(others, figure.at_ms - LAG_MS, key=_time)
    last = min(bisect_right(others, figure.at_ms + LAG_MS, key=_time), first + _NEXT)
    return any(each.digits == figure.digits for each in others[first:last])


def _time(figure: Figure) -> int:
    return figure.at_ms


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


def _without_moved(left: Sequence[Figure], over: Sequence[Figure]) -> tuple[list[Figure], list[Figure]]:
    """Cross out what both have at some distance: a sentence stands further away, and no number is another one.

    Numbers that are dialled stay: in the place of another one they are wrong, however right they are elsewhere.
    """
    waiting: dict[str, list[Figure]] = defaultdict(list)
    for figure in left:
        waiting[figure.digits].append(figure)
    moved: set[int] = set()
    for figure in over:
        near = [each for each in waiting[figure.digits][:_NEXT] if abs(each.at_ms - figure.at_ms) <= LAG_MS]
        if near and not figure.is_dialled:
            other = min(near, key=lambda each: abs(each.at_ms - figure.at_ms))
            waiting[figure.digits].remove(other)
            moved.update((id(other), id(figure)))
    return [each for each in left if id(each) not in moved], [each for each in over if id(each) not in moved]


def _not_parted(figures: Sequence[Figure], others: Sequence[Figure]) -> list[Figure]:
    """Leave out what the other side has in other groups at that time: "35 over 43" for 35/43, 120 for 120/120."""
    others = [each for each in others if not each.is_dialled]
    times = [each.at_ms for each in others]
    rest = []
    for figure in figures:
        first = bisect_left(times, figure.at_ms - WINDOW_MS)
        last = min(bisect_right(times, figure.at_ms + WINDOW_MS), first + _NEXT)
        near = others[first:last]
        if figure.is_dialled or not _is_made_of_groups(figure, near):
            rest.append(figure)
    return rest


def _is_made_of_groups(figure: Figure, others: Sequence[Figure]) -> bool:
    rest = set(_bare_groups(figure))
    if len(figure.groups) == 1:
        return any(len(each.groups) > 1 and rest.issubset(_bare_groups(each)) for each in others)
    return rest.issubset(group for each in others for group in _bare_groups(each))


def _in_step(
    left: Sequence[Figure], over: Sequence[Figure], figures: Sequence[Figure]
) -> tuple[list[Figure], list[Figure]]:
    """Leave out what stands where hardly any number has its like: what is said there is said at another time."""
    lacking, extra, all_of_both = (_Times(each) for each in (left, over, figures))

    def is_comparable(figure: Figure) -> bool:
        many = lacking.near(figure), extra.near(figure)
        return figure.is_dialled or min(many) < _MANY or 2 * sum(many) <= all_of_both.near(figure)

    return list(filter(is_comparable, left)), list(filter(is_comparable, over))


class _Times:
    """When numbers are said."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        self._times = sorted(each.at_ms for each in figures)

    def near(self, figure: Figure) -> int:
        """Count those that are said at about the time of one."""
        at = figure.at_ms
        return bisect_right(self._times, at + _ABOUT_MS) - bisect_left(self._times, at - _ABOUT_MS)


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
    """Strip from the groups what dates, hours and prices may leave out: "09" becomes "9", ",00" nothing."""
    first, *rest = figure.groups
    return [first.lstrip("0") or first, *(bare for each in rest if (bare := _bare(each)))]


def _bare(group: str) -> str:
    return group.lstrip("0") if len(group) <= 2 else group  # noqa: PLR2004 - cents, minutes, days and months
