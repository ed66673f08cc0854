from __future__ import annotations

from dataclasses import replace

import pytest

from babelreel.model.track import Track
from babelreel.rules.check import CheckResult, check_track
from babelreel.rules.fixing import repair
from support.checking import fixed, found
from support.subjects import make_subject


def numbered(*numbers: str, line_end: str = "\n") -> str:
    """Write a cue of two seconds for each number; an empty number is left out."""
    cues = (
        f"{number}\n00:00:{second:02d},000 --> 00:00:{second + 2:02d},000\nYou have rights.\n"
        for number, second in zip(numbers, range(0, 60, 3), strict=False)
    )
    return "\n".join(cues).replace("\n\n0", "\n0").replace("\n", line_end).lstrip("\r\n")


@pytest.mark.parametrize("numbers", [("1", "2", "3"), ("0", "1", "2"), ("28", "29"), ("0001", "0002"), ("7",)])
def test_numbers_that_count_up_one_by_one_are_right_wherever_they_begin(numbers: tuple[str, ...]) -> None:
    assert found(numbered(*numbers), select=["SRT"]) == []


def test_a_hole_in_the_numbers_is_reported_once_and_all_behind_it_numbered_anew() -> None:
    text = numbered("1", "2", "4", "5")
    assert found(text) == ["9:1 warning SRT001 4"]
    assert fixed(text, select="SRT001") == numbered("1", "2", "3", "4")


@pytest.mark.parametrize(
    ("numbers", "places"),
    [
        (("1", "2", "2", "3"), ["9:1"]),
        (("1", "1", "1", "1"), ["5:1"]),
        (("1", "3", "3", "4"), ["5:1"]),
        (("1", "2", "9", "4"), ["9:1"]),
        (("1", "3", "4", "6"), ["5:1", "13:1"]),
        (("1", "", "3", "4"), ["5:1"]),
        (("1", "", "", "4"), ["5:1"]),
        (("", "", "", ""), ["1:1"]),
        (("1", "2.", "3", "4"), ["5:1"]),
        (("١", "2", "3", "4"), ["1:1"]),
    ],
)
def test_each_stretch_of_wrong_numbers_is_reported_and_one_pass_repairs_them_all(
    numbers: tuple[str, ...], places: list[str]
) -> None:
    text = numbered(*numbers, line_end="\r\n")
    assert [each.split()[0] for each in found(text, select=["SRT"])] == places
    assert fixed(text, select="SRT001") == numbered("1", "2", "3", "4", line_end="\r\n")


def test_a_number_with_a_mark_of_direction_keeps_it() -> None:
    text = "1\n00:00:01,000 --> 00:00:03,000\nنعم\n\n\u200f3\n00:00:04,000 --> 00:00:06,000\nلا\n"
    assert found(text, path="subtitles/ar.srt", select=["SRT"]) == ["5:2 warning SRT001 3"]
    assert fixed(text, path="subtitles/ar.srt", select="SRT001") == text.replace("\u200f3", "\u200f2")


def test_the_number_of_a_cue_that_cannot_be_read_is_no_hole() -> None:
    text = numbered("1", "2", "3").replace("00:00:03,000", "00:00:0E,000")
    assert found(text, select=["SRT", "SYN"]) == ["6:1 error SYN001"]


def test_other_formats_have_no_numbers() -> None:
    text = "WEBVTT\n\n5\n00:01.000 --> 00:02.000\nYes.\n\n3\n00:03.000 --> 00:04.000\nNo.\n"
    assert found(text, path="subtitles/en.vtt", select=["SRT"]) == []


NO_TIMES = """\
1
00:00:01,000 --> 00:00:03,000
You have rights.

2
A doctor is free.

3
00:00:07,000 --> 00:00:09,000
Ask for one.
"""


def test_a_number_without_times_is_an_error_and_not_a_blank_line_in_a_cue() -> None:
    assert found(NO_TIMES, select=["SRT", "SYN"]) == ["5:1 error SRT002"]


def test_a_number_whose_cue_was_deleted_is_found_too() -> None:
    assert found(NO_TIMES.replace("A doctor is free.\n", ""), select=["SRT", "SYN"]) == ["5:1 error SRT002"]


def test_a_telephone_number_after_a_blank_line_is_text() -> None:
    text = NO_TIMES.replace("2\nA doctor is free.\n", "112\n").replace("3\n00:", "2\n00:")
    assert found(text, select=["SRT", "SYN"]) == ["4:1 warning SYN006"]


@pytest.mark.parametrize("behind", ["X1:100 X2:620 Y1:420 Y2:480", "line:0 align:left"])
def test_what_players_of_subrip_do_not_heed_behind_the_times_is_told(behind: str) -> None:
    text = f"1\n00:00:01,000 --> 00:00:03,000  {behind} \nYou have rights.\n"
    assert found(text) == ["2:30 info SRT003"]
    (finding,) = check_track(make_subject(text)).findings
    assert behind in finding.message
    assert fixed(text, select="SRT003", is_safe=False) == text.replace(f"  {behind} ", "")


@pytest.mark.parametrize("gap", ["\n", ""], ids=["apart", "right above the times"])
def test_no_fix_numbers_over_a_number_that_somebody_says(gap: str) -> None:
    text = (
        "00:00:01,000 --> 00:00:04,000\nCall this number now:\n\n112\n"
        f"{gap}00:00:05,000 --> 00:00:08,000\nIt is free.\n"
    )
    subject = make_subject(text)
    language = subject.language

    def check(track: Track) -> CheckResult:
        return check_track(replace(subject, track=track))

    done = repair(text.encode(), check, subject.track, language=language, with_unsafe=True).data.decode()
    first, second = (cue.text for cue in make_subject(done).track.cues)
    assert (first.split(), second) == (["Call", "this", "number", "now:", "112"], "It is free.")
