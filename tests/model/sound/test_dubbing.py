from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from babelreel.languages.find import find_language
from babelreel.model.sound.dubbing import Dubbing, Verdict, decide_dubbing
from babelreel.model.sound.placing import BREATH_MS, FASTEST, fit_tempo
from babelreel.model.sound.recordings import Dub, SoundInfo, Take
from babelreel.model.track import Track
from support.dubs import take, track

SECOND = 48_000


def decide(found: Track, *takes: Take, whole: SoundInfo | None = None, film_ms: int | None = 60_000) -> Dubbing:
    dub = Dub(language="fr", path="video/stems/fr", takes=takes, whole=whole)
    return decide_dubbing(dub, found, film_ms=film_ms, profile=find_language("fr").limits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A take that is heard, with the line and the room that it has, so that a test can say all in one row."""

    line: int
    sound: SoundInfo
    start: int
    first: int
    end: int
    tempo: Fraction
    length: int
    room: int | None
    overrun: int


def place(found: Track, *takes: Take, film_ms: int = 60_000) -> tuple[Placed, ...]:
    return tuple(
        Placed(
            line=line.cue.number,
            sound=heard.sound,
            start=heard.start,
            first=heard.first,
            end=heard.end,
            tempo=heard.tempo,
            length=heard.length,
            room=line.room,
            overrun=line.overrun,
        )
        for line in decide(found, *takes, film_ms=film_ms).lines
        if (heard := line.heard)
    )


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
    assert 95_900 < placed.length <= 96_000 == placed.room


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
    assert [(each.line, each.room) for each in placed] == [(1, 45_600), (2, 45_600)]


def test_takes_that_cannot_be_heard_are_not_placed() -> None:
    found = track((1, 0, 1000), (2, 2000, 3000), (3, 4000, 5000))
    faulty, silent, stray = take(1, fault="it is no sound"), take(2, first=48_000, end=48_000), take(9)
    assert [each.line for each in place(found, faulty, silent, stray, take(3))] == [3]


def test_of_two_takes_of_a_line_the_first_by_name_is_placed() -> None:
    one, two = take(1, path="video/stems/fr/1.flac"), take(1, path="video/stems/fr/1.wav")
    assert [each.sound for each in place(track((1, 0, 1000)), two, one)] == [one.sound]


def test_of_two_lines_with_one_number_the_first_in_time_is_meant() -> None:
    placed = place(track((7, 5000, 6000), (7, 1000, 2000)), take(7, end=6 * SECOND))
    # the other one is a line all the same: 4 s less a breath
    assert [(each.start, each.room) for each in placed] == [(SECOND, 189_600)]


def test_a_line_at_the_time_of_another_leaves_no_room() -> None:
    placed = place(track((1, 1000, 2000), (2, 1000, 2000)), take(1), take(2))
    assert [each.room for each in placed] == [0, 59 * SECOND]
    assert placed[0].overrun == placed[0].length


def test_a_line_that_goes_on_long_after_its_take_has_dead_air() -> None:
    found = track((1, 0, 3000), (2, 4000, 10_000), (3, 11_000, 17_000), (4, 18_000, 20_000))
    takes = (take(1), take(2, end=4 * SECOND), take(3, end=2 * SECOND), take(4, end=500 * 48))
    lines = decide(found, *takes).lines
    # 2 of 3 s; 2 of 6 s, less than half; 4 of 6 s; 1.5 of 2 s, which is not more than 1.5
    assert [Verdict.DEAD_AIR in line.verdicts for line in lines] == [True, False, True, False]
    assert [line.dead_air for line in lines] == [96_000, 96_000, 192_000, 72_000]


def test_an_overrun_of_less_than_a_millisecond_is_none() -> None:
    found = track((1, 1000, 2000), (2, 2050, 5000))
    # a second has room: 62 461 samples are 48 047 when they run 1.3 times as fast, 62 463 are 48 048
    almost, over = (decide(found, take(1, end=end)).lines[0] for end in (62_461, 62_463))
    assert (almost.overrun_ms, Verdict.OVERRUN in almost.verdicts) == (0, False)
    assert (over.overrun_ms, Verdict.OVERRUN in over.verdicts) == (1, True)


def test_while_the_film_is_not_known_only_its_end_is_no_bound() -> None:
    found = track((1, 1000, 2000), (2, 4000, 5000))
    first, last = decide(found, take(1), take(2, end=9 * SECOND), film_ms=None).lines
    assert (first.room, last.room) == (141_600, None)
    assert last.heard is not None
    assert last.heard.tempo == 1
    assert not last.verdicts


def test_a_recording_of_the_whole_film_is_heard_in_stretches_up_to_its_end() -> None:
    whole = SoundInfo(path="video/stems/fr.wav", samples=3 * SECOND, end=3 * SECOND)
    dubbing = decide(track((1, 1000, 2000), (2, 2500, 4000), (3, 5000, 6000)), whole=whole)
    stretches = [line.heard and (line.heard.start, line.heard.first, line.heard.end) for line in dubbing.lines]
    assert stretches == [(48_000, 48_000, 96_000), (120_000, 120_000, 144_000), None]
    assert [each.sound for each in dubbing.heard] == [whole]


def test_a_recording_of_the_whole_film_is_cut_with_the_film_where_nothing_is_lost() -> None:
    silence_after = SoundInfo(path="fr.wav", samples=9 * SECOND, end=4 * SECOND)
    voice_after = replace(silence_after, end=8 * SECOND)
    ends = [
        decide(track((1, 0, 1000)), whole=whole, film_ms=6000).heard[0].end for whole in (silence_after, voice_after)
    ]
    assert ends == [6 * SECOND, 8 * SECOND]


def test_a_guide_is_never_heard() -> None:
    guide = replace(take(1), sound=replace(take(1).sound, is_guide=True))
    assert decide(track((1, 0, 1000)), guide).heard == ()
    assert decide(track((1, 0, 1000)), whole=guide.sound).heard == ()


LENGTHS = st.integers(min_value=1, max_value=400_000)
#: A voice of two milliseconds at least: one in less than the millisecond by which a take may run over is none.
VOICES = st.integers(min_value=96, max_value=400_000)
CUES = st.lists(st.tuples(st.integers(0, 59_000), st.integers(1, 4000), VOICES), min_size=1, max_size=12)


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
    assert all(each.start == starts[each.line] and 1 <= each.tempo <= FASTEST for each in placed)
    for each, following in pairwise(placed):
        if not each.overrun:
            assert each.start + each.length + BREATH_MS * 48 < following.start + 48  # a millisecond is allowed
    assert all(each.overrun or each.start + each.length < 60_000 * 48 + 48 for each in placed)
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
