from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from babelreel.languages.find import builtin_languages, find_language
from babelreel.model.film.media import MediaInfo
from babelreel.model.finding import Finding, Fix
from babelreel.model.timecode import Span
from babelreel.model.track import Cue, Format, Track
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.check import check_track
from support.checking import apply_fix, findings, fixed, found
from support.subjects import make_known_film, make_subject
from support.tracks import srt


def two_cues(gap_ms: int) -> str:
    return f"1\n00:00:01,000 --> 00:00:03,000\nOne\n\n2\n00:00:03,{gap_ms:03d} --> 00:00:05,000\nTwo\n"


def track_of(spans: list[tuple[int, int]], format_: Format = Format.SRT) -> Track:
    cues = tuple(
        Cue(number=number, span=Span(start_ms=start, end_ms=end), lines=("text",), line=4 * number - 2)
        for number, (start, end) in enumerate(spans, start=1)
    )
    return Track(language="en", path="en.srt", format=format_, cues=cues)


def cues_found(track: Track, code: str, saying: str = "") -> set[int | None]:
    subject = TrackSubject(track=track, language=builtin_languages()[1], profile=find_language("en").limits)
    told = check_track(subject, select=[code]).findings
    return {each.location.cue for finding in told for each in finding.each if saying in each.message}


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
    assert "line 7 (at 0:10)" in finding.message
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
    assert "25 frames a second (assumed" in finding.message


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
    assert found(text, path="subtitles/en.ass", select=["TIM"]) == []


SPANS = st.lists(
    st.tuples(st.integers(0, 400), st.integers(-5, 80)).map(lambda pair: (pair[0] * 50, (pair[0] + pair[1]) * 50)),
    max_size=12,
)


@settings(deadline=None)
@given(SPANS)
def test_every_cue_that_overlaps_an_earlier_one_is_found_or_the_one_that_covers_it(
    spans: list[tuple[int, int]],
) -> None:
    track = track_of(spans)
    in_time = sorted((cue for cue in track.cues if cue.span.duration_ms > 0), key=lambda cue: cue.span)
    expected = {
        cue.number
        for place, cue in enumerate(in_time)
        if any(cue.span.overlaps(earlier.span) for earlier in in_time[:place])
    }
    lasting: dict[int | None, set[int | None]] = {
        earlier.number: {cue.number for cue in in_time[place + 1 :] if cue.span.overlaps(earlier.span)}
        for place, earlier in enumerate(in_time)
    }
    told = cues_found(track, "TIM003")
    assert told <= expected | {number for number, covered in lasting.items() if len(covered) >= 3}
    assert expected <= told.union(*(lasting[number] for number in told))


def test_one_mistyped_end_is_one_error() -> None:
    text = srt((1000, 61_000), *((3000 * at, 3000 * at + 2000) for at in range(1, 20)))
    assert found(text, select=["TIM003"]) == ["2:1 error TIM003 58000 ms"]
    two_voices = srt((1000, 8000), (3000, 4000), (5000, 6000))
    assert [each.split()[0] for each in found(two_voices, select=["TIM003"])] == ["6:1", "10:1"]


def test_a_frame_that_two_cues_share_is_told_and_repaired() -> None:
    assert found(srt((1000, 3040), (3000, 5000)), select=["TIM003"]) == ["6:1 info TIM003 40 ms"]
    assert found(srt((1000, 3041), (3000, 5000)), select=["TIM003"]) == ["6:1 error TIM003 41 ms"]
    (finding,) = findings(srt((1000, 3040), (3000, 5000)), select=["TIM003"])
    assert finding.fix is not None


@settings(deadline=None)
@given(SPANS)
def test_no_fault_of_a_cue_is_reported_under_two_names(spans: list[tuple[int, int]]) -> None:
    track = track_of(spans)
    unshown = cues_found(track, "TIM001") | cues_found(track, "TIM002")
    short, long = cues_found(track, "TIM005"), cues_found(track, "TIM006")
    overlapping, close, late = cues_found(track, "TIM003"), cues_found(track, "TIM004"), cues_found(track, "TIM007")
    assert unshown == {cue.number for cue in track.cues if cue.span.duration_ms <= 0}
    assert not unshown & (short | long | overlapping | close | late)
    # a cue that does not end may well begin too soon after the one before
    assert not (overlapping & close) - cues_found(track, "TIM003", saying="is its end mistyped")
    assert not short & long


@pytest.mark.parametrize(
    ("rate", "first_ms", "last_ms"),
    [
        # more than two and a half frames, and less than half a second without half a frame
        (Fraction(24), 105, 479),  # 104.2 and 479.2: 3 to 11 frames
        (Fraction(24000, 1001), 105, 479),  # 104.3 and 479.6
        (Fraction(25), 100, 499),  # 3 to 12 frames
        (Fraction(30), 84, 483),  # 3 to 14 frames
        (Fraction(50), 50, 489),  # 3 to 24 frames
    ],
)
def test_a_gap_is_two_frames_or_half_a_second(rate: Fraction, first_ms: int, last_ms: int) -> None:
    film = make_known_film(rate=rate)
    assert found(two_cues(first_ms), film=film, select=["TIM"]) == [f"6:1 info TIM009 {first_ms} ms"]
    assert found(two_cues(last_ms), film=film, select=["TIM"]) == [f"6:1 info TIM009 {last_ms} ms"]
    assert found(two_cues(first_ms - 1), film=film, select=["TIM"]) == []
    assert found(two_cues(last_ms + 1), film=film, select=["TIM"]) == []


def test_a_gap_is_not_closed_over_a_cue_that_lasts_no_time() -> None:
    over = findings(srt((1000, 3000), (3100, 3100), (3320, 5000)), select="TIM009")
    behind = findings(srt((1000, 3000), (3320, 5000), (6000, 6000)), select="TIM009")
    assert [each.fix is not None for each in over] == [False]
    assert [each.fix is not None for each in behind] == [True]


def test_a_gap_is_left_open_when_closing_it_would_make_the_cue_too_long() -> None:
    text = "1\n00:00:01,000 --> 00:00:07,900\nOne\n\n2\n00:00:08,{} --> 00:00:10,000\nTwo\n"
    assert found(text.format("080"), select=["TIM"]) == ["6:1 info TIM009 180 ms"]  # 1,000 to 8,000: just 7 s
    assert found(text.format("081"), select=["TIM"]) == []


@pytest.mark.parametrize("cut_ms", [2920, 3000, 3160])
def test_a_gap_at_a_shot_change_is_left_to_the_shots(cut_ms: int) -> None:
    film = make_known_film(shots=(cut_ms // 40,))
    assert found(two_cues(200), film=film, select=["TIM"]) == []


@pytest.mark.parametrize("cut_ms", [2440, 3200, 4000])
def test_a_gap_up_to_a_shot_change_is_to_be_closed(cut_ms: int) -> None:
    film = make_known_film(shots=(cut_ms // 40,))
    assert found(two_cues(200), film=film, select=["TIM"]) == ["6:1 info TIM009 200 ms"]


def fixes(text: str, code: str, *, film: MediaInfo | None = None) -> list[Fix | None]:
    return [each.fix for each in findings(text, film=film, select=code)]


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("TIM003", two_cues(0).replace("00:00:03,000 -->", "00:00:02,960 -->"), "02,880"),
        ("TIM004", two_cues(40), "02,960"),
        ("TIM009", two_cues(240), "03,160"),
    ],
)
def test_the_earlier_cue_ends_two_frames_before_the_later_one(code: str, before: str, after: str) -> None:
    assert fixed(before, select=code, is_safe=False) == before.replace("--> 00:00:03,000", f"--> 00:00:{after}")


def test_the_gap_is_that_of_the_film() -> None:
    film = make_known_film(rate=Fraction(24000, 1001))  # two frames are 83.4 ms
    assert fixed(two_cues(0), select="TIM004", is_safe=False, film=film) == two_cues(0).replace(
        "--> 00:00:03,000", "--> 00:00:02,917"
    )


def test_a_fix_in_an_ass_file_has_steps_of_ten_milliseconds() -> None:
    text = (
        "[Script Info]\nScriptType: v4.00+\n\n[Events]\n"
        "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
        "Dialogue: 0,0:00:01.00,0:00:03.00,Default,,0,0,0,,One\nDialogue: 0,0:00:03.00,0:00:05.00,Default,,0,0,0,,Two\n"
    )
    film = make_known_film(rate=Fraction(24000, 1001))
    after = fixed(text, select="TIM004", is_safe=False, film=film, path="subtitles/en.ass")
    assert after == text.replace("0:00:01.00,0:00:03.00", "0:00:01.00,0:00:02.91")
    assert found(after, film=film, path="subtitles/en.ass", select=["TIM"]) == []


def test_nothing_is_shortened_that_could_then_not_be_read() -> None:
    # 31 characters at 17 a second are 1824 ms: 1840 are left, then 1820
    text = two_cues(40).replace("One", "Guardianship-interpreter-lawyer").replace("00:00:01,000", "00:00:01,120")
    assert fixed(text, select="TIM004", is_safe=False) == text.replace("00:00:03,000", "00:00:02,960")
    assert fixes(text.replace("00:00:01,120", "00:00:01,140"), "TIM004") == [None]
    assert fixes(two_cues(40).replace("00:00:01,000", "00:00:02,130"), "TIM004") == [None]  # 830 ms are too short


def test_a_real_overlap_has_no_fix() -> None:
    assert fixes(two_cues(0).replace("00:00:03,000 -->", "00:00:02,900 -->"), "TIM003") == [None]


NEAR_TIMES = st.lists(
    st.tuples(st.sampled_from([-1700, -60, -20, 0, 10, 40, 60, 80, 100, 300, 500, 900]), st.integers(-1, 250)),
    min_size=1,
    max_size=8,
)

RATES = st.sampled_from([Fraction(24000, 1001), Fraction(24), Fraction(25), Fraction(50), Fraction(60)])


def laid_out(steps: list[tuple[int, int]]) -> str:
    """Write a track of pairs: the gap to the cue above, and how long the cue lasts, in units of 33 ms."""
    spans, end = [], 2000
    for gap, length in steps:
        start = max(0, end + gap)
        end = max(0, start + 33 * length)
        spans.append((start, end))
    return srt(*spans, text="One two")


def told(text: str, film: MediaInfo) -> dict[tuple[str, int | None], Finding]:
    found_here = findings(text, film=film, select="TIM")
    return {(each.code, each.location.cue): each for finding in found_here for each in finding.each}


@settings(deadline=None, max_examples=400)
@given(NEAR_TIMES, RATES, st.integers(1500, 12_000))
def test_a_fix_takes_its_own_finding_away_and_brings_no_other(
    steps: list[tuple[int, int]], rate: Fraction, duration_ms: int
) -> None:
    film = make_known_film(duration_ms, rate)
    text = laid_out(steps)
    before = told(text, film)
    fixable = {place: finding for place, finding in before.items() if finding.fix}
    assume(fixable)
    for place, finding in fixable.items():
        after = told(apply_fix(text, finding), film)
        assert place not in after
        # which cue an overlap is told of changes with the others: one that covered three may cover two afterwards
        assert {each for each in after if each[0] != "TIM003"} <= set(before)
        assert "TIM003" in {code for code, _ in before} or "TIM003" not in {code for code, _ in after}
