from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from babelreel.model.film.change.time_map import END_MS, Fate, Stretch, TimeMap
from babelreel.model.timecode import Span

TIMES = st.integers(0, 400_000)
RATES = st.sampled_from([Fraction(1), Fraction(25, 24), Fraction(24, 25), Fraction(1001, 1000), Fraction(7, 3)])


def span(start_ms: int, end_ms: int) -> Span:
    return Span(start_ms=start_ms, end_ms=end_ms)


@st.composite
def time_maps(draw: st.DrawFn) -> TimeMap:
    """Some films: parts of the old one are dropped, put into another order, played at another speed."""
    old: list[tuple[Span, Fraction]] = []
    now = 0
    for gap, length in draw(st.lists(st.tuples(st.integers(0, 5000), st.integers(1, 60_000)), min_size=1, max_size=6)):
        old.append((span(now + gap, now + gap + length), draw(RATES)))
        now += gap + length
    laid: list[Stretch] = []
    free = 0
    for each, rate in draw(st.permutations(old)):
        stretch = Stretch(old=each, new_start_ms=free + draw(st.integers(0, 5000)), rate=rate)
        laid.append(stretch)
        free = stretch.new.end_ms
    return TimeMap(stretches=tuple(sorted(laid, key=lambda each: each.old)))


def trimmed() -> TimeMap:
    """The scene from 0:10 to 0:20 is gone, and all begins five seconds later."""
    return TimeMap(
        stretches=(
            Stretch(old=span(0, 10_000), new_start_ms=5000),
            Stretch(old=span(20_000, END_MS), new_start_ms=15_000),
        )
    )


def test_a_longer_opening_moves_every_moment_by_as_much() -> None:
    moved = TimeMap.shifted(2000)
    assert [moved.moved(ms) for ms in (0, 1, 3_600_000)] == [2000, 2001, 3_602_000]


def test_a_shift_from_a_moment_on_leaves_what_is_before_it() -> None:
    moved = TimeMap.shifted(1500, from_ms=10_000)
    assert [moved.moved(ms) for ms in (0, 9999, 10_000)] == [0, 9999, 11_500]


def test_what_comes_earlier_takes_the_place_of_what_was_before_it() -> None:
    moved = TimeMap.shifted(-1500, from_ms=10_000)
    assert [moved.moved(ms) for ms in (8499, 8500, 9999, 10_000)] == [8499, None, None, 8500]


def test_a_shift_to_before_the_beginning_gives_times_below_zero_for_the_caller_to_refuse() -> None:
    assert TimeMap.shifted(-2000).moved(500) == -1500


def test_a_film_of_24_frames_a_second_played_at_25_ends_after_24_25ths_of_its_time() -> None:
    moved = TimeMap.stretched(Fraction(24, 25))
    assert [moved.moved(ms) for ms in (0, 1000, 3_600_000)] == [0, 960, 3_456_000]


def test_a_scene_that_is_gone_has_no_moments_and_a_cue_in_it_is_lost() -> None:
    assert trimmed().moved(15_000) is None
    assert trimmed().moved_span(span(12_000, 18_000)).fate is Fate.LOST


@pytest.mark.parametrize(
    ("old", "fate", "pieces"),
    [
        (span(1000, 3000), Fate.WHOLE, [span(6000, 8000)]),
        (span(8000, 12_000), Fate.CLIPPED, [span(13_000, 15_000)]),
        (span(19_000, 21_000), Fate.CLIPPED, [span(15_000, 16_000)]),
        (span(9000, 21_000), Fate.CLIPPED, [span(14_000, 16_000)]),
        (span(10_000, 10_000), Fate.LOST, []),
        (span(500, 500), Fate.WHOLE, [span(5500, 5500)]),
        (span(700, 500), Fate.WHOLE, [span(5700, 5500)]),
    ],
)
def test_of_a_cue_stays_what_the_cut_left_of_it(old: Span, fate: Fate, pieces: list[Span]) -> None:
    moved = trimmed().moved_span(old)
    assert (moved.fate, list(moved.pieces)) == (fate, pieces)


def test_a_cue_in_whose_middle_a_new_scene_was_put_is_cut_in_two() -> None:
    moved = TimeMap.shifted(10_000, from_ms=5000).moved_span(span(4000, 7000))
    assert (moved.fate, moved.pieces) == (Fate.CUT, (span(4000, 5000), span(15_000, 17_000)))
    assert moved.longest == span(15_000, 17_000)


def test_what_began_before_the_moment_and_goes_on_is_not_moved_and_what_ended_by_then_gives_way() -> None:
    for by_ms in (2000, -2000):
        there = TimeMap.shifted(by_ms, from_ms=17_000)
        for old, new in (
            (span(16_000, 30_000), span(16_000, 30_000)),
            (span(10_000, 20_000), span(10_000, 20_000)),
            (span(17_000, 18_000), span(17_000 + by_ms, 18_000 + by_ms)),
            (span(10_000, 17_000), span(10_000, 17_000 + min(by_ms, 0))),
        ):
            assert there.followed_by(old).moved_span(old).pieces == (new,)


def test_scenes_that_changed_places_take_their_cues_with_them() -> None:
    swapped = TimeMap(
        stretches=(
            Stretch(old=span(0, 1000), new_start_ms=2000),
            Stretch(old=span(1000, 3000), new_start_ms=0),
        )
    )
    assert (swapped.moved(500), swapped.moved(1500)) == (2500, 500)


@pytest.mark.parametrize(
    "stretches",
    [
        (Stretch(old=span(0, 1000), new_start_ms=0), Stretch(old=span(999, 2000), new_start_ms=5000)),
        (Stretch(old=span(0, 1000), new_start_ms=0), Stretch(old=span(1000, 2000), new_start_ms=999)),
        (Stretch(old=span(1000, 2000), new_start_ms=0), Stretch(old=span(0, 1000), new_start_ms=5000)),
        (Stretch(old=span(5, 5), new_start_ms=0),),
        (Stretch(old=span(0, 5), new_start_ms=0, rate=Fraction(0)),),
    ],
)
def test_two_moments_of_one_film_are_never_one_moment_of_the_other(stretches: tuple[Stretch, ...]) -> None:
    with pytest.raises(ValueError, match="stretch"):
        TimeMap(stretches=stretches)


@given(moved=time_maps(), one=st.tuples(TIMES, TIMES), other=st.tuples(TIMES, TIMES))
def test_cues_that_did_not_overlap_do_not_overlap_in_the_new_film(
    moved: TimeMap, one: tuple[int, int], other: tuple[int, int]
) -> None:
    first, second = (span(min(each), max(each)) for each in (one, other))
    if not first.overlaps(second) and first.duration_ms and second.duration_ms:
        assert not any(
            left.overlaps(right) for left in moved.moved_span(first).pieces for right in moved.moved_span(second).pieces
        )


@given(moved=time_maps(), one=TIMES, other=TIMES)
def test_the_order_of_moments_stays_within_a_stretch(moved: TimeMap, one: int, other: int) -> None:
    first, second = sorted((one, other))
    found = moved.stretch_at(first)
    if found and found is moved.stretch_at(second):
        assert found.at(first) <= found.at(second)


@given(moved=time_maps(), one=st.tuples(TIMES, TIMES))
def test_a_whole_cue_is_as_long_as_the_speed_says(moved: TimeMap, one: tuple[int, int]) -> None:
    cue = span(min(one), max(one))
    inside = moved.stretch_at(cue.start_ms)
    if inside and cue.end_ms <= inside.old.end_ms:
        piece = moved.moved_span(cue).longest
        assert piece
        assert abs(piece.duration_ms - cue.duration_ms * inside.rate) <= 1


@given(by_ms=st.integers(-10_000, 10_000), time_ms=st.integers(10_000, 400_000))
def test_a_shift_there_and_back_is_none(by_ms: int, time_ms: int) -> None:
    there = TimeMap.shifted(by_ms).moved(time_ms)
    assert there is not None
    assert TimeMap.shifted(-by_ms).moved(there) == time_ms
