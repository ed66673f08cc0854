from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from babelreel.model.sound.placing import BREATH_MS, FASTEST, DeadAir, dead_air, fit_tempo, place_takes
from babelreel.model.sound.recordings import Dub, PlacedTake, Take
from babelreel.model.track import Track
from support.dubs import take, track

SECOND = 48_000


def place(found: Track, *takes: Take, film_ms: int = 60_000) -> tuple[PlacedTake, ...]:
    return place_takes(Dub(language="fr", path="video/stems/fr", takes=takes), found, film_ms=film_ms)


def test_a_voice_begins_when_its_line_does_and_not_when_its_recording_does() -> None:
    (placed,) = place(track((1, 2500, 4000)), take(1, first=9_000, end=50_000))
    assert (placed.start, placed.first, placed.end) == (120_000, 9_000, 50_000)


def test_the_pause_after_a_line_is_used_before_a_voice_is_sped_up() -> None:
    # the line is 1 s long, 2.95 s may be used
    found = track((1, 1000, 2000), (2, 4000, 5000))
    (placed,) = place(found, take(1, end=2 * SECOND + 45_600))
    assert placed.room == 141_600
    assert placed.tempo == 1
    assert placed.overrun == 0


def test_what_does_not_fit_is_sped_up_no_more_than_it_needs() -> None:
    found = track((1, 1000, 2000), (2, 3050, 5000))
    (placed,) = place(found, take(1, end=110_000))  # 2 s of room: 1.14583... times as fast
    assert placed.tempo == Fraction(1146, 1000)
    assert 95_900 < placed.length <= placed.room == 96_000


def test_what_fits_at_no_tempo_is_placed_at_the_fastest_and_keeps_an_overrun() -> None:
    found = track((1, 1000, 2000), (2, 2050, 5000))
    (placed,) = place(found, take(1, end=78_000))
    assert placed.tempo == FASTEST
    assert placed.overrun == 60_000 - 48_000


def test_nothing_is_slowed_down() -> None:
    (placed,) = place(track((1, 0, 9000)), take(1, end=4_800))
    assert placed.tempo == 1


def test_the_last_line_may_last_until_the_film_ends() -> None:
    (placed,) = place(track((1, 1000, 2000)), take(1, end=5 * SECOND), film_ms=6000)
    assert placed.room == 5 * SECOND
    assert placed.tempo == 1


@pytest.mark.parametrize(
    ("between", "room"),
    [
        ((2, 2000, 2500, "Oui."), 45_600),  # a line that nobody has recorded
        ((2, 2000, 2500, " "), 93_600),  # a cue without text, and nobody has recorded it either
    ],
)
def test_a_voice_runs_into_no_line_that_has_text(between: tuple[int, int, int, str], room: int) -> None:
    placed = place(track((1, 1000, 1500), between, (3, 3000, 4000)), take(1), take(3))
    assert placed[0].room == room


def test_a_recorded_cue_without_text_is_a_line() -> None:
    placed = place(track((1, 1000, 1500), (2, 2000, 2500, ""), (3, 3000, 4000)), take(1), take(2))
    assert [(each.take.line, each.room) for each in placed] == [(1, 45_600), (2, 45_600)]


def test_takes_that_cannot_be_heard_are_not_placed() -> None:
    found = track((1, 0, 1000), (2, 2000, 3000), (3, 4000, 5000))
    faulty, silent, stray = take(1, fault="it is no sound"), take(2, first=48_000, end=48_000), take(9)
    assert [each.take.line for each in place(found, faulty, silent, stray, take(3))] == [3]


def test_of_two_takes_of_a_line_the_first_by_name_is_placed() -> None:
    one, two = take(1, path="video/stems/fr/1.flac"), take(1, path="video/stems/fr/1.wav")
    assert [each.take for each in place(track((1, 0, 1000)), two, one)] == [one]


def test_of_two_lines_with_one_number_the_first_in_time_is_meant() -> None:
    placed = place(track((7, 5000, 6000), (7, 1000, 2000)), take(7, end=6 * SECOND))
    # the other one is a line all the same: 4 s less a breath
    assert [(each.start, each.room) for each in placed] == [(SECOND, 189_600)]


def test_a_line_at_the_time_of_another_leaves_no_room() -> None:
    placed = place(track((1, 1000, 2000), (2, 1000, 2000)), take(1), take(2))
    assert [each.room for each in placed] == [0, 59 * SECOND]
    assert placed[0].overrun == placed[0].length


def test_lines_that_go_on_long_after_their_take_are_told() -> None:
    found = track((1, 0, 3000), (2, 4000, 7001), (3, 8000, 9000))
    placed = place(found, take(1), take(2, end=47_000), take(3))
    # 2 s are left of the first, 2.021 of the second (1001 samples more than 2 s and a millisecond)
    assert dead_air(placed, found) == (DeadAir(line=1, left_ms=2000), DeadAir(line=2, left_ms=2021))


LENGTHS = st.integers(min_value=1, max_value=400_000)
CUES = st.lists(st.tuples(st.integers(0, 59_000), st.integers(1, 4000), LENGTHS), min_size=1, max_size=12)


@settings(deadline=None, max_examples=120)
@given(CUES, st.randoms(use_true_random=False))
def test_placed_takes_keep_their_start_their_order_and_their_distance(
    drawn: list[tuple[int, int, int]], shuffled: object
) -> None:
    found = track(*[(number, start, start + length) for number, (start, length, _) in enumerate(drawn, start=1)])
    takes = [take(number, first=7, end=7 + length) for number, (_, _, length) in enumerate(drawn, start=1)]
    shuffled.shuffle(takes)  # type: ignore[attr-defined] # hypothesis gives a random.Random
    placed = place(found, *takes)
    starts = {cue.number: cue.span.start_ms * 48 for cue in found.cues}
    assert [each.start for each in placed] == sorted(starts.values())
    assert all(each.start == starts[each.take.line] and 1 <= each.tempo <= FASTEST for each in placed)
    for each, following in pairwise(placed):
        if not each.overrun:
            assert each.start + each.length + BREATH_MS * 48 <= following.start
    assert all(each.overrun or each.start + each.length <= 60_000 * 48 for each in placed)
    # what has an overrun could not have been saved
    assert all(each.overrun == 0 or each.tempo == FASTEST for each in placed)


@settings(deadline=None, max_examples=200)
@given(LENGTHS, LENGTHS)
def test_a_tempo_that_fits_is_the_least_in_thousandths(natural: int, room: int) -> None:
    tempo = fit_tempo(natural, room)
    if natural <= FASTEST * room:
        assert natural / tempo <= room
        assert tempo == 1 or natural / (tempo - Fraction(1, 1000)) > room
    else:
        assert tempo == FASTEST


def test_a_take_changes_its_own_place_only() -> None:
    found = track((1, 0, 1000), (2, 2000, 3000))
    before = place(found, take(1), take(2))
    other = replace(take(1), sound=replace(take(1).sound, end=60_000))
    assert place(found, other, take(2))[1] == before[1]
