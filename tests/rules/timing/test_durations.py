from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from babelreel.languages.find import find_language
from babelreel.model.film.media import MediaInfo
from babelreel.model.finding import Fix
from babelreel.rules.check import check_track
from support.checking import findings, fixed, found
from support.subjects import make_known_film, make_subject
from support.tracks import srt

CLEAN = """\
1
00:00:01,000 --> 00:00:03,000
You have rights.

2
00:00:03,080 --> 00:00:05,000
A doctor is free.
"""


def one_cue(duration_ms: int) -> str:
    return f"1\n00:00:00,000 --> 00:00:0{duration_ms // 1000},{duration_ms % 1000:03d}\nWelcome.\n"


def test_a_track_within_all_limits_has_no_finding() -> None:
    assert found(CLEAN, film=make_known_film(5000)) == []


def test_a_cue_that_ends_before_it_starts_has_this_one_fault() -> None:
    text = """\
1
00:00:12,000 --> 00:00:10,500
You can ask for an interpreter.

2
00:00:10,600 --> 00:00:12,500
It is free.
"""
    assert found(text) == ["2:1 error TIM001 -1500 ms"]


def test_a_cue_without_duration_has_this_one_fault() -> None:
    text = """\
1
00:00:10,000 --> 00:00:14,000
You can ask for an interpreter.

2
00:00:12,000 --> 00:00:12,000
It is free.
"""
    assert found(text) == ["6:1 error TIM002 0 ms"]


@pytest.mark.parametrize(
    ("rate", "shortest_ms"),
    [
        (Fraction(24), 813),  # 833 less 20.8
        (Fraction(25), 813),
        (Fraction(50), 823),
    ],
)
def test_a_cue_may_be_half_a_frame_shorter_than_the_limit(rate: Fraction, shortest_ms: int) -> None:
    film = make_known_film(rate=rate)
    assert found(one_cue(shortest_ms), film=film) == []
    assert found(one_cue(shortest_ms - 1), film=film) == [f"2:1 warning TIM005 {shortest_ms - 1} ms"]


def test_a_cue_that_is_gone_in_half_a_second_is_an_error() -> None:
    film = make_known_film(rate=Fraction(25))  # half a frame is 20 ms
    assert found(one_cue(480), film=film, select=["TIM005"]) == ["2:1 warning TIM005 480 ms"]
    assert found(one_cue(479), film=film, select=["TIM005"]) == ["2:1 error TIM005 479 ms"]


def test_a_short_cue_without_text_has_one_fault() -> None:
    assert found("1\n00:00:01,000 --> 00:00:01,300\n\n", select=["TIM", "SYN004"]) == ["2:1 warning SYN004"]


def test_a_cue_of_twenty_frames_at_24_frames_a_second_is_long_enough() -> None:
    assert found(one_cue(833), film=make_known_film(rate=Fraction(24))) == []


def test_a_cue_may_be_half_a_frame_longer_than_the_limit() -> None:
    film = make_known_film(rate=Fraction(25))
    assert found(one_cue(7020), film=film) == []
    assert found(one_cue(7021), film=film) == ["2:1 warning TIM006 7021 ms"]


def test_the_limits_are_those_of_the_profile() -> None:
    profile = replace(find_language("en").limits, shortest_ms=2000, longest_ms=3000, gap_frames=5)
    assert found(one_cue(1500), profile=profile) == ["2:1 warning TIM005 1500 ms"]
    assert found(one_cue(3500), profile=profile) == ["2:1 warning TIM006 3500 ms"]
    two = srt((1000, 3000, "It is free."), (3170, 5000, "Ask for it."))
    assert found(two, profile=replace(profile, shortest_ms=833)) == ["6:1 warning TIM004 170 ms"]


def test_a_cue_that_starts_when_the_film_has_ended_is_lost() -> None:
    assert found(CLEAN, film=make_known_film(3080)) == ["6:1 error TIM008 00:00:03,080"]


def test_a_cue_that_ends_a_frame_after_the_film_is_cut_off() -> None:
    assert found(CLEAN, film=make_known_film(4960)) == ["6:1 warning TIM008 00:00:05,000"]


def test_a_cue_may_end_less_than_a_frame_after_the_film() -> None:
    assert found(CLEAN, film=make_known_film(4961)) == []


def test_the_end_of_an_unknown_film_is_not_checked() -> None:
    subject = make_subject(CLEAN)
    assert [rule.code for rule in check_track(subject, select=["TIM"]).not_checked] == ["TIM008"]
    assert check_track(replace(subject, film=make_known_film()), select=["TIM"]).not_checked == ()


def fixes(text: str, code: str, *, film: MediaInfo | None = None) -> list[Fix | None]:
    return [each.fix for each in findings(text, film=film, select=code)]


def test_a_short_cue_ends_later_where_there_is_room() -> None:
    text = "1\n00:00:01,000 --> 00:00:01,500\nOne\n\n2\n00:00:0{} --> 00:00:05,000\nTwo\n"
    assert fixed(text.format("3,000"), select="TIM005", is_safe=False) == text.format("3,000").replace(
        "01,500", "01,833"
    )
    # 1,913 is two frames on; up to there 1,833 would leave a gap that is to be closed
    assert fixed(text.format("2,200"), select="TIM005", is_safe=False) == text.format("2,200").replace(
        "01,500", "02,120"
    )
    assert fixes(text.format("1,880"), "TIM005") == [None]
    assert fixes(text.format("3,000"), "TIM005", film=make_known_film(1800)) == [None]


def test_what_is_shown_after_the_film_is_cut_off_and_that_is_safe() -> None:
    film = make_known_film(4900)
    assert fixed(CLEAN, select="TIM008", film=film) == CLEAN.replace("00:00:05,000", "00:00:04,900")
    assert fixes(CLEAN, "TIM008", film=make_known_film(3900)) == [None]  # 820 ms would be too short
    assert fixes(CLEAN, "TIM008", film=make_known_film(3000)) == [None]  # it starts after the film
