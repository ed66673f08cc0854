from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from babelreel.model.film.media import MediaInfo
from babelreel.model.finding import Finding
from babelreel.model.timecode import frames_to_ms
from babelreel.rules.check import check_track
from support.checking import apply_fix, findings, fixed, found
from support.subjects import make_known_film, make_subject
from support.tracks import srt

#: Cuts at 4, 8 and 12 seconds of 25 frames.
FILM = make_known_film(20_000, shots=(100, 200, 300))


def test_cues_that_begin_and_end_with_a_shot_are_right() -> None:
    assert found(srt((4000, 7920), (8000, 11_920), (12_000, 15_000)), film=FILM, select=["FLM"]) == []


def test_cues_far_from_any_cut_are_right() -> None:
    assert found(srt((4520, 7480), (8520, 11_480)), film=FILM, select=["FLM"]) == []


def test_a_cue_may_run_over_a_cut_when_it_is_seen_long_enough_on_both_sides() -> None:
    assert found(srt((7480, 8520)), film=FILM, select=["FLM"]) == []


@pytest.mark.parametrize("frames", [1, 12])
def test_a_cue_that_starts_after_a_cut_starts_with_it(frames: int) -> None:
    text = srt((4000 + 40 * frames, 6000))
    unit = "frame" if frames == 1 else "frames"
    assert found(text, film=FILM, select=["FLM"]) == [f"2:1 info FLM001 {frames} {unit}"]
    assert fixed(text, film=FILM, select="FLM", is_safe=False) == srt((4000, 6000))


def test_a_cue_starts_after_a_cut_at_the_examples_of_the_field() -> None:
    assert found(srt((4280, 6000)), film=FILM, select=["FLM"]) == ["2:1 info FLM001 7 frames"]


@pytest.mark.parametrize(
    ("rate", "half"),
    [
        (Fraction(24000, 1001), 12),
        (Fraction(24), 12),
        (Fraction(25), 13),
        (Fraction(30000, 1001), 15),
        (Fraction(50), 25),
        (Fraction(60), 30),
    ],
)
def test_half_a_second_is_counted_in_frames_of_the_film(rate: Fraction, half: int) -> None:
    film = make_known_film(20_000, rate, shots=(200,))
    end_ms = frames_to_ms(200, rate) + 3000
    near, far = (srt((frames_to_ms(200 + frames, rate), end_ms)) for frames in (half - 1, half))
    assert found(near, film=film, select=["FLM"]) == [f"2:1 info FLM001 {half - 1} frames"]
    assert found(far, film=film, select=["FLM"]) == []
    assert fixed(near, film=film, select="FLM", is_safe=False) == srt((frames_to_ms(200, rate), end_ms))


def test_the_cue_before_gives_way_to_one_that_moves_to_the_cut() -> None:
    # 10 frames after the cut, and the cue before ends two frames before that
    text = srt((5000, 8320), (8400, 10_000))
    assert found(text, film=FILM, select=["FLM", "TIM"]) == ["6:1 info FLM001 10 frames"]
    assert fixed(text, film=FILM, select="FLM", is_safe=False) == srt((5000, 7920), (8000, 10_000))


def test_a_cue_close_before_the_cut_is_joined_to_one_that_moves_there() -> None:
    text = srt((5000, 7800), (8200, 10_000))
    assert fixed(text, film=FILM, select="FLM", is_safe=False) == srt((5000, 7920), (8000, 10_000))


def test_there_is_no_fix_where_the_cue_before_would_be_too_short() -> None:
    text = srt((7480, 8320), (8400, 10_000))
    (finding,) = check_track(make_subject(text, film=FILM), select=["FLM"]).findings
    assert (finding.code, finding.fix) == ("FLM001", None)


@pytest.mark.parametrize("frames", [0, 1, 3, 12])
def test_a_cue_that_ends_near_a_cut_ends_two_frames_before_it(frames: int) -> None:
    text = srt((5000, 8000 - 40 * frames))
    unit = "frame" if frames == 1 else "frames"
    assert found(text, film=FILM, select=["FLM"]) == [f"2:1 info FLM002 {frames} {unit}"]
    assert fixed(text, film=FILM, select="FLM", is_safe=False) == srt((5000, 7920))


def test_a_cue_ends_before_a_cut_at_the_examples_of_the_field() -> None:
    assert found(srt((5000, 7760)), film=FILM, select=["FLM"]) == ["2:1 info FLM002 6 frames"]
    assert found(srt((5000, 7920)), film=FILM, select=["FLM"]) == []
    assert found(srt((5000, 7480)), film=FILM, select=["FLM"]) == []


def test_the_end_of_a_cue_that_is_followed_closely_is_a_matter_of_the_gap() -> None:
    assert found(srt((5000, 7760), (8000, 9000)), film=FILM, select=["FLM", "TIM"]) == ["6:1 info TIM009 240 ms"]
    assert found(srt((5000, 8000), (8000, 9000)), film=FILM, select=["FLM", "TIM"]) == ["6:1 warning TIM004 0 ms"]


@pytest.mark.parametrize(("frames", "start_ms"), [(1, 8000), (9, 8000), (10, 7480), (12, 7480)])
def test_a_cue_that_starts_just_before_a_cut_is_moved_to_the_nearer_side(frames: int, start_ms: int) -> None:
    # half a second is 13 frames, three quarters of that 9.75: from 10 frames on it starts half a second before
    text = srt((8000 - 40 * frames, 10_000))
    unit = "frame" if frames == 1 else "frames"
    assert found(text, film=FILM, select=["FLM"]) == [f"2:1 warning FLM003 {frames} {unit}"]
    assert fixed(text, film=FILM, select="FLM", is_safe=False) == srt((start_ms, 10_000))


@pytest.mark.parametrize("frames", [1, 12])
def test_a_cue_that_ends_just_after_a_cut_ends_before_it(frames: int) -> None:
    text = srt((6000, 8000 + 40 * frames))
    unit = "frame" if frames == 1 else "frames"
    assert found(text, film=FILM, select=["FLM"]) == [f"2:1 warning FLM003 {frames} {unit}"]
    assert fixed(text, film=FILM, select="FLM", is_safe=False) == srt((6000, 7920))


def test_a_glimpse_over_a_cut_at_the_examples_of_the_field() -> None:
    assert found(srt((6000, 8200)), film=FILM, select=["FLM"]) == ["2:1 warning FLM003 5 frames"]


def test_what_could_then_not_be_read_is_not_shortened() -> None:
    text = srt((6000, 8200)).replace("It is free.", "You can always ask for an interpreter.")  # 38 characters: 2235 ms
    (finding,) = check_track(make_subject(text, film=FILM), select=["FLM"]).findings
    assert finding.fix is None


def test_where_the_film_cuts_twice_in_half_a_second_nothing_is_claimed() -> None:
    film = make_known_film(20_000, shots=(200, 212))
    assert found(srt((8200, 10_000)), film=film, select=["FLM"]) == []
    assert found(srt((6000, 8200)), film=film, select=["FLM"]) == []


def test_a_film_of_one_shot_has_nothing_to_keep_to() -> None:
    assert found(srt((4280, 6000)), film=make_known_film(shots=()), select=["FLM"]) == []


def test_shots_that_nobody_looked_for_are_not_checked() -> None:
    result = check_track(make_subject(srt((4280, 6000)), film=make_known_film()), select=["FLM001", "FLM002", "FLM003"])
    assert [rule.code for rule in result.not_checked] == ["FLM001", "FLM002", "FLM003"]


def told(text: str, film: MediaInfo) -> dict[tuple[str, int | None, str], Finding]:
    """Give what is found by code, cue and verb: "starts" or "ends"."""
    seen = [each for finding in findings(text, film=film, select=["TIM", "FLM"]) for each in finding.each]
    return {(each.code, each.location.cue, each.message.split()[2]): each for each in seen}


@example(steps=[(0, 3), (-3, 3), (3, 1)], shots=[], rate=Fraction(24000, 1001))
@settings(deadline=None, max_examples=300)
@given(
    st.lists(st.tuples(st.integers(-3, 40), st.integers(1, 80)), min_size=1, max_size=6),
    st.lists(st.integers(1, 120), max_size=6),
    st.sampled_from([Fraction(24000, 1001), Fraction(25), Fraction(50)]),
)
def test_a_fix_takes_its_own_finding_away_and_brings_no_other(
    steps: list[tuple[int, int]], shots: list[int], rate: Fraction
) -> None:
    cuts = tuple(50 + sum(shots[: each + 1]) for each in range(len(shots)))
    film = make_known_film(60_000, rate, shots=cuts)
    spans, end = [], 50
    for gap, length in steps:
        spans.append((frames_to_ms(end + gap, rate), frames_to_ms(end + gap + length, rate)))
        end += gap + length
    text = srt(*spans)
    before = told(text, film)
    fixable = {place: finding for place, finding in before.items() if finding.fix}
    assume(fixable)
    for place, finding in fixable.items():
        after = told(apply_fix(text, finding), film)
        assert place not in after
        assert set(after) <= set(before)
