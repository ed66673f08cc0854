from __future__ import annotations

import time
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from babelreel.model.timecode import Span
from babelreel.rules.alignment.alignment import Alignment, align, covered_ms, runs
from babelreel.rules.alignment.lines import IN_STEP, TOLERANCE_MS, Line

#: In-times with distances from one to seven seconds, none the same.
TIMES = tuple(600 + 3500 * place + 37 * place * place % 2100 for place in range(40))


def test_a_line_tells_where_a_time_belongs_and_how_late_it_is() -> None:
    line = Line(Fraction(24, 25), 100)
    assert line.at(25_000) == 24_100
    assert line.delay_ms(25_000) == 900


def test_the_same_times_are_in_step() -> None:
    assert align(TIMES, TIMES) == Alignment(IN_STEP, IN_STEP, 0)


def test_half_of_the_cues_merged_are_still_in_step() -> None:
    assert align(TIMES[::2], TIMES) == Alignment()
    assert align(TIMES, TIMES[::2]) == Alignment()


def test_a_shift_is_found_though_half_of_the_cues_are_merged() -> None:
    found = align(tuple(each + 1700 for each in TIMES[::2]), TIMES)
    assert found.line == Line(Fraction(1), -1700)


def test_in_times_that_scatter_around_a_shift_do_not_drift() -> None:
    random = Random(5)  # noqa: S311 - the same times in every run
    for _ in range(60):
        theirs = [1000 + 3700 * place + random.randint(-900, 900) for place in range(24)]
        ours = [each + 1340 + random.randint(-180, 180) for each in theirs]
        found = align(tuple(ours), tuple(theirs))
        assert found.line == found.later
        assert found.line.slope == 1
        assert abs(found.line.shift_ms + 1340) <= 150


@pytest.mark.parametrize("rate", [Fraction(1001, 1000), Fraction(1000, 1001)])
@pytest.mark.parametrize("minutes", [5, 6, 12])
def test_a_rate_that_is_off_by_a_thousandth_is_no_shift_over_a_few_minutes(minutes: int, rate: Fraction) -> None:
    random = Random(7)  # noqa: S311 - the same times in every run
    theirs = [1000 + 4000 * place + random.randint(-900, 900) for place in range(15 * minutes)]
    found = align(tuple(int(each / rate) + random.randint(-20, 20) for each in theirs), tuple(theirs))
    assert found.line.slope == rate
    assert abs(found.line.shift_ms) <= 30


def test_a_shift_is_found_though_the_second_half_is_missing() -> None:
    assert align(tuple(each - 900 for each in TIMES[:20]), TIMES).line == Line(Fraction(1), 900)


def test_a_rate_is_found_by_its_fraction() -> None:
    assert align(tuple(each * 25 // 24 for each in TIMES), TIMES).line.slope == Fraction(24, 25)
    assert align(tuple(each * 24 // 25 for each in TIMES), TIMES).line.slope == Fraction(25, 24)


def test_a_jump_is_found_where_it_is() -> None:
    found = align(tuple(each + (4000 if each > 70_000 else 0) for each in TIMES), TIMES)
    assert (found.line, found.later) == (IN_STEP, Line(Fraction(1), -4000))
    assert found.turn_ms == min(each for each in TIMES if each > 70_000) + 4000


def test_without_cues_enough_nothing_is_claimed() -> None:
    assert align(tuple(each + 500 for each in TIMES[:9]), TIMES[:9]) == Alignment()
    assert align((), TIMES) == align(TIMES, ()) == Alignment()


CHANCE = Random(12)  # noqa: S311 - times that follow no rule, the same in every run
#: A reference that draws breath after every third cue, and a translation that begins with it there and nowhere else.
BREATHS = tuple(12_000 * place + CHANCE.randrange(3000) for place in range(50))
REFERENCE = tuple(
    start + step for start in BREATHS for step in (0, CHANCE.randrange(2000, 4000), CHANCE.randrange(6000, 9000))
)
CUT_DIFFERENTLY = tuple(start + step for start in BREATHS for step in (0, CHANCE.randrange(4400, 5600)))


def test_cues_that_are_cut_at_other_places_are_in_step_by_those_after_a_pause() -> None:
    assert align(CUT_DIFFERENTLY, REFERENCE) == Alignment()


@pytest.mark.parametrize("shift_ms", [700, -2000, 5000, -20_000, 55_000])
def test_a_shift_of_cues_that_are_cut_at_other_places_is_found(shift_ms: int) -> None:
    found = align(tuple(each + shift_ms for each in CUT_DIFFERENTLY), REFERENCE)
    assert found.line.slope == 1
    assert abs(found.line.shift_ms + shift_ms) <= TOLERANCE_MS


@pytest.mark.parametrize("slope", [Fraction(24, 25), Fraction(25, 24)])
def test_a_rate_of_cues_that_are_cut_at_other_places_is_found(slope: Fraction) -> None:
    found = align(tuple(round(each / slope) for each in CUT_DIFFERENTLY), REFERENCE)
    assert found.line.slope == slope


def test_where_chance_would_do_as_well_nothing_is_sure() -> None:
    by_chance = tuple(CHANCE.randrange(600_000) for _ in range(100))
    assert align(by_chance, REFERENCE) == Alignment(is_sure=False)


def test_covered_time_is_counted_once_where_covers_overlap() -> None:
    spans = [Span(start_ms=0, end_ms=1000), Span(start_ms=2000, end_ms=3000), Span(start_ms=5000, end_ms=5000)]
    cover = [Span(start_ms=500, end_ms=900), Span(start_ms=700, end_ms=2100), Span(start_ms=2900, end_ms=2800)]
    assert covered_ms(spans, cover) == [500, 100, 0]


def test_runs_are_first_and_last_places() -> None:
    assert list(runs([True, True, False, True])) == [(0, 1), (3, 3)]
    assert list(runs([])) == []


SPAN = st.tuples(st.integers(0, 60), st.integers(0, 20)).map(lambda pair: Span(start_ms=pair[0], end_ms=sum(pair)))


@settings(deadline=None)
@given(st.lists(SPAN, max_size=8), st.lists(SPAN, max_size=8))
def test_covered_time_is_that_of_the_milliseconds_that_are_covered(spans: list[Span], cover: list[Span]) -> None:
    under = {each for span in cover for each in range(span.start_ms, span.end_ms)}
    assert covered_ms(spans, cover) == [len(under & set(range(each.start_ms, each.end_ms))) for each in spans]


@settings(deadline=None)
@given(st.lists(st.integers(-1000, 100_000), max_size=40), st.lists(st.integers(-1000, 100_000), max_size=40))
def test_any_times_can_be_aligned(track: list[int], reference: list[int]) -> None:
    found = align(tuple(track), tuple(reference))
    assert found == align(tuple(reversed(track)), tuple(reference))


def test_ten_times_the_cues_take_about_ten_times_the_time() -> None:
    def seconds(cues: int) -> float:
        reference = tuple(range(0, 3500 * cues, 3500))
        started = time.process_time()
        align(tuple(each + 1234 + each % 1234 for each in reference), reference)
        return time.process_time() - started

    assert seconds(50_000) < 40 * max(seconds(5_000), 0.01)
