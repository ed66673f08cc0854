from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from babelreel.model.language import CAMPAIGN
from babelreel.model.profile import find_profile
from babelreel.model.timecode import Span
from babelreel.model.track import Cue, Format, Track
from babelreel.rules.check import check_track
from babelreel.rules.rule import Subject
from subjects import found, make_known_film, make_subject

CLEAN = """\
1
00:00:01,000 --> 00:00:03,000
You have rights.

2
00:00:03,080 --> 00:00:05,000
A doctor is free.
"""


def one_cue(duration_ms: int) -> str:
    return f"1\n00:00:00,000 --> 00:00:0{duration_ms // 1000},{duration_ms % 1000:03d}\nIt is free.\n"


def two_cues(gap_ms: int) -> str:
    return f"1\n00:00:01,000 --> 00:00:03,000\nOne\n\n2\n00:00:03,{gap_ms:03d} --> 00:00:05,000\nTwo\n"


def track_of(spans: list[tuple[int, int]], format_: Format = Format.SRT) -> Track:
    cues = tuple(
        Cue(number=number, span=Span(start_ms=start, end_ms=end), lines=("text",), line=4 * number - 2)
        for number, (start, end) in enumerate(spans, start=1)
    )
    return Track(language="en", path="en.srt", format=format_, cues=cues)


def cues_found(track: Track, code: str) -> set[int | None]:
    subject = Subject(track=track, language=CAMPAIGN[1], profile=find_profile("en"))
    return {each.location.cue for each in check_track(subject, select=[code]).findings}


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


def test_an_overlap_is_not_also_a_short_gap() -> None:
    text = """\
1
00:00:10,000 --> 00:00:12,640
You can ask for an interpreter.

2
00:00:12,000 --> 00:00:14,000
It is free.
"""
    assert found(text) == ["6:1 error TIM003 640 ms"]


def test_an_overlap_with_a_cue_far_above_is_found_and_named() -> None:
    text = """\
7
00:00:10,000 --> 00:00:16,500
You can ask for an interpreter.

8
00:00:12,000 --> 00:00:14,000
It is free.

9
00:00:16,000 --> 00:00:18,000
Nobody may refuse.
"""
    subject = make_subject(text)
    finding = check_track(subject, select=["TIM003"]).findings[-1]
    assert found(text) == ["6:1 error TIM003 4500 ms", "10:1 error TIM003 500 ms"]
    assert "cue 7 (line 2)" in finding.message
    assert finding.location.cue == 9


def test_cues_that_meet_do_not_overlap_but_leave_no_gap() -> None:
    assert found(two_cues(0)) == ["6:1 warning TIM004 0 ms"]


@pytest.mark.parametrize(
    ("rate", "shortest_gap_ms"),
    [
        (Fraction(24), 63),  # one and a half frames: 62.5 ms
        (Fraction(25), 60),
        (Fraction(30000, 1001), 51),  # 50.05 ms
        (Fraction(50), 30),
    ],
)
def test_a_gap_is_two_frames_of_the_film_less_half_a_frame(rate: Fraction, shortest_gap_ms: int) -> None:
    film = make_known_film(rate=rate)
    assert found(two_cues(shortest_gap_ms), film=film) == []
    assert found(two_cues(shortest_gap_ms - 1), film=film) == [f"6:1 warning TIM004 {shortest_gap_ms - 1} ms"]


def test_a_gap_names_its_limit_at_the_rate_of_the_film() -> None:
    subject = make_subject(two_cues(40), film=make_known_film(rate=Fraction(24000, 1001)))
    (finding,) = check_track(subject).findings
    assert finding.limit == "83 ms"
    assert "2 frames at 23.976 frames a second" in finding.message
    assert "assumed" not in finding.message


def test_a_gap_says_that_the_rate_is_assumed_while_the_film_is_unknown() -> None:
    (finding,) = check_track(make_subject(two_cues(40))).findings
    assert finding.limit == "80 ms"
    assert "25 frames a second, which is assumed" in finding.message


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
    assert found(one_cue(shortest_ms - 1), film=film) == [f"2:1 error TIM005 {shortest_ms - 1} ms"]


def test_a_cue_of_twenty_frames_at_24_frames_a_second_is_long_enough() -> None:
    assert found(one_cue(833), film=make_known_film(rate=Fraction(24))) == []


def test_a_cue_may_be_half_a_frame_longer_than_the_limit() -> None:
    film = make_known_film(rate=Fraction(25))
    assert found(one_cue(7020), film=film) == []
    assert found(one_cue(7021), film=film) == ["2:1 warning TIM006 7021 ms"]


def test_the_limits_are_those_of_the_profile() -> None:
    profile = replace(find_profile("en"), shortest_ms=2000, longest_ms=3000, gap_frames=5)
    assert found(one_cue(1500), profile=profile) == ["2:1 error TIM005 1500 ms"]
    assert found(one_cue(3500), profile=profile) == ["2:1 warning TIM006 3500 ms"]
    assert found(two_cues(170), profile=replace(profile, shortest_ms=833)) == ["6:1 warning TIM004 170 ms"]


OUT_OF_ORDER = """\
1
00:00:14,000 --> 00:00:16,000
It is free.

2
00:00:10,000 --> 00:00:12,000
You can ask for an interpreter.

3
00:00:18,000 --> 00:00:20,000
Nobody may refuse.
"""


def test_a_cue_that_starts_before_the_one_above_is_out_of_order() -> None:
    assert found(OUT_OF_ORDER) == ["6:1 warning TIM007 4000 ms"]


def test_one_mistyped_time_is_one_cue_out_of_order_and_not_all_below_it() -> None:
    mistyped = OUT_OF_ORDER.replace("00:00:14,000 --> 00:00:16,000", "00:59:14,000 --> 00:59:16,000")
    assert found(mistyped) == ["6:1 warning TIM007 3544000 ms"]


def test_cues_in_the_same_moment_are_in_order() -> None:
    assert cues_found(track_of([(0, 1000), (0, 2000)]), "TIM007") == set()


def test_an_ass_file_may_be_in_any_order() -> None:
    text = """\
[Script Info]
ScriptType: v4.00+

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:14.00,0:00:16.00,Default,,0,0,0,,It is free.
Dialogue: 0,0:00:10.00,0:00:12.00,Default,,0,0,0,,You can ask for an interpreter.
"""
    assert found(text, path="subtitles/en.ass") == []


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


SPANS = st.lists(
    st.tuples(st.integers(0, 400), st.integers(-5, 80)).map(lambda pair: (pair[0] * 50, (pair[0] + pair[1]) * 50)),
    max_size=12,
)


@settings(deadline=None)
@given(SPANS)
def test_every_cue_that_overlaps_an_earlier_one_is_found_and_no_other(spans: list[tuple[int, int]]) -> None:
    track = track_of(spans)
    in_time = sorted((cue for cue in track.cues if cue.span.duration_ms > 0), key=lambda cue: cue.span)
    expected = {
        cue.number
        for place, cue in enumerate(in_time)
        if any(cue.span.overlaps(earlier.span) for earlier in in_time[:place])
    }
    assert cues_found(track, "TIM003") == expected


@settings(deadline=None)
@given(SPANS)
def test_no_fault_of_a_cue_is_reported_under_two_names(spans: list[tuple[int, int]]) -> None:
    track = track_of(spans)
    unshown = cues_found(track, "TIM001") | cues_found(track, "TIM002")
    short, long = cues_found(track, "TIM005"), cues_found(track, "TIM006")
    overlapping, close, late = cues_found(track, "TIM003"), cues_found(track, "TIM004"), cues_found(track, "TIM007")
    assert unshown == {cue.number for cue in track.cues if cue.span.duration_ms <= 0}
    assert not unshown & (short | long | overlapping | close | late)
    assert not overlapping & close
    assert not short & long
