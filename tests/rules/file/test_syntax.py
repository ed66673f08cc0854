from __future__ import annotations

import pytest

from babelreel.model.track import Fault, FaultKind, Format, Track
from babelreel.rules.check import check_track
from support.checking import findings, fixed, found
from support.subjects import make_subject


def test_a_line_without_two_times_is_an_unreadable_cue_and_is_quoted() -> None:
    text = """\
1
00:00:01,000 --> 00:00:03,000
You have rights.

2
00:00:O4,000 --> 00:00:06,000
A doctor is free.
"""
    (finding,) = check_track(make_subject(text)).findings
    assert found(text) == ["6:1 error SYN001"]
    assert finding.name == "unreadable-cue"
    assert "00:00:O4,000 --> 00:00:06,000" in finding.message


def test_a_timestamp_in_another_form_is_reported_at_its_column() -> None:
    text = """\
1
00:00:01,000 --> 00:00:03.000
You have rights.
"""
    assert found(text) == ["2:18 warning SYN002"]


def test_a_short_arrow_is_understood_and_reported() -> None:
    text = """\
1
00:00:01,000 -> 00:00:03,000
You have rights.
"""
    assert found(text) == ["2:14 warning SYN002"]


def test_every_timestamp_in_another_form_is_reported() -> None:
    text = """\
1
00:00:01,5 --> 00:00:03,5
You have rights.
"""
    assert found(text) == ["2:1 warning SYN002", "2:16 warning SYN002"]


def test_a_file_of_no_bytes_is_an_empty_track() -> None:
    assert found(b"") == ["0:0 error SYN003"]


def test_a_webvtt_file_with_nothing_but_a_note_is_an_empty_track() -> None:
    assert found("WEBVTT\n\nNOTE to be translated\n", path="subtitles/en.vtt") == ["0:0 error SYN003"]


def test_a_file_whose_cues_cannot_be_read_is_empty_too() -> None:
    assert found("You have rights.\nA doctor is free.\n") == ["0:0 error SYN003", "1:1 error SYN001"]


def test_a_cue_without_text_is_reported_and_not_dropped() -> None:
    text = """\
1
00:00:01,000 --> 00:00:03,000

2
00:00:04,000 --> 00:00:06,000
A doctor is free.
"""
    assert found(text) == ["2:1 warning SYN004"]


def test_a_cue_with_nothing_but_markup_has_no_text() -> None:
    text = """\
1
00:00:01,000 --> 00:00:03,000
<i> </i>
"""
    assert found(text) == ["2:1 warning SYN004"]


def shown_at(line: str) -> str:
    return f"1\n{line}\nYou have rights.\n"


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("00:00:01.000 --> 00:00:03,000", "00:00:01,000 --> 00:00:03,000"),
        ("00:01,000 --> 00:03,000", "00:00:01,000 --> 00:00:03,000"),
        ("0:00:01,000 --> 000:00:03", "00:00:01,000 --> 00:00:03,000"),
        ("00:00:01,000 -> 00:00:03,000", "00:00:01,000 --> 00:00:03,000"),
        ("00:00:01,000-->00:00:03,000", "00:00:01,000 --> 00:00:03,000"),
        ("00:00:01,000 00:00:03,000", "00:00:01,000 --> 00:00:03,000"),
        ("00:00:01,000\u200f --> 00:00:03,000", "00:00:01,000 --> 00:00:03,000"),
        ("٠٠:٠٠:٠١,٠٠٠ --> 00:00:03,000", "00:00:01,000 --> 00:00:03,000"),
    ],
)
def test_a_time_that_can_mean_one_thing_only_is_written_anew(written: str, right: str) -> None:
    assert fixed(shown_at(written), select="SYN002") == shown_at(right)
    assert found(shown_at(right)) == []


@pytest.mark.parametrize("written", ["00:00:01,5", "00:00:01,0005", "00:00:1,000", "00:00:61,000"])
def test_a_time_that_programs_read_differently_is_written_anew_when_asked_for(written: str) -> None:
    text = shown_at(f"{written} --> 00:01:03,000")
    assert found(fixed(text, select="SYN002", is_safe=False), select=["SYN"]) == []
    assert found(text, select=["SYN"]) == ["2:1 warning SYN002"]


def test_a_negative_time_is_reported_and_left_alone() -> None:
    text = shown_at("-00:00:01,000 --> 00:00:03,000")
    assert found(text, select=["SYN"]) == ["2:1 warning SYN002"]
    assert [each.fix for each in findings(text, select="SYN")] == [None]


@pytest.mark.parametrize("time", ["99:59:58,000 --> 99:59:59,999", "100:00:00,000 --> 100:00:02,000"])
def test_hours_have_two_digits_or_more(time: str) -> None:
    assert found(shown_at(time)) == []


@pytest.mark.parametrize(
    ("written", "right", "said"),
    [
        ("00:01,000 --> 00:03.000", "00:00:01.000 --> 00:03.000", "error VTT012"),
        ("0:00:01.000 --> 00:03.000", "00:00:01.000 --> 00:03.000", "warning SYN002"),
    ],
)
def test_a_time_of_webvtt_has_a_full_stop_and_two_digits_of_hours(written: str, right: str, said: str) -> None:
    text = f"WEBVTT\n\n{written}\nYou have rights.\n"
    assert found(text, path="subtitles/en.vtt") == [f"3:1 {said}"]
    assert fixed(text, path="subtitles/en.vtt", select=said.split()[1]) == text.replace(written, right)


def test_a_subrip_file_that_was_named_vtt_shows_nothing_and_can_be_fixed() -> None:
    text = "WEBVTT\n\n1\n00:00:01,000 --> 00:00:03,000\nYou have rights.\n"
    assert found(text, path="subtitles/en.vtt") == ["4:1 error VTT012", "4:18 error VTT012"]
    assert fixed(text, path="subtitles/en.vtt", select="VTT012") == text.replace(",000", ".000")


ASS = """\
[Script Info]
ScriptType: v4.00+
PlayResX: 384
PlayResY: 288

[V4+ Styles]
Format: Name, Fontname, Fontsize
Style: Default,Noto Sans,18

[Events]
Format: Start, End, Style, Text
Dialogue: 0:00:01.00,0:00:03.00,Default,You have rights.
"""


@pytest.mark.parametrize("written", ["00:00:01.00", "0:00:01:00", "0:00:01"])
def test_a_time_of_ass_has_one_digit_of_hours_and_two_behind_a_full_stop(written: str) -> None:
    text = ASS.replace("0:00:01.00", written)
    assert found(text, path="subtitles/en.ass") == ["12:11 warning SYN002"]
    assert fixed(text, path="subtitles/en.ass", select="SYN002") == ASS


def test_three_digits_in_ass_may_mean_another_time() -> None:
    text = ASS.replace("0:00:01.00", "0:00:01.000")
    assert fixed(text, path="subtitles/en.ass", select="SYN002", is_safe=False) == ASS


def test_two_times_without_an_arrow_are_no_text_of_the_cue_above() -> None:
    text = "1\n00:00:01,000 --> 00:00:03,000\nYou have rights.\n\n2\n00:00:04,000 00:00:06,000\nA doctor is free.\n"
    assert found(text) == ["6:13 warning SYN002"]


def test_opening_hours_are_no_timestamps() -> None:
    text = shown_at("00:00:01,000 --> 00:00:05,000").replace("You have rights.", "Open 09:00 - 17:00\n09:00 - 12:00")
    assert [each for each in found(text) if "LBR005" not in each] == []


CROWDED = """\
1
00:00:01,000 --> 00:00:03,000
You have rights.
2
00:00:04,000 --> 00:00:06,000
A doctor is free.
"""


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_blank_line_is_put_between_two_cues_with_the_line_end_in_use(line_end: str) -> None:
    text = CROWDED.replace("\n", line_end)
    assert found(text, select=["SYN"]) == ["4:1 warning SYN005"]
    assert fixed(text, select="SYN005") == CROWDED.replace("rights.\n", "rights.\n\n").replace("\n", line_end)


def test_the_blank_line_never_joins_with_the_line_end_above_it() -> None:
    text = CROWDED.replace("rights.\n", "rights.\r")
    assert fixed(text, select="SYN005") == text.replace("\r", "\r\r")


def test_a_webvtt_cue_without_a_blank_line_before_it() -> None:
    text = "WEBVTT\n00:01.000 --> 00:03.000\nYou have rights.\n00:04.000 --> 00:06.000\nA doctor is free.\n"
    assert found(text, path="subtitles/en.vtt") == ["2:1 warning SYN005", "4:1 warning SYN005"]
    assert fixed(text, path="subtitles/en.vtt", select="SYN005") == (
        "WEBVTT\n\n00:01.000 --> 00:03.000\nYou have rights.\n\n00:04.000 --> 00:06.000\nA doctor is free.\n"
    )


def test_a_number_that_webvtt_shows_as_text_is_parted_from_it_when_asked_for() -> None:
    text = "WEBVTT\n\n1\n00:01.000 --> 00:03.000\nYou have rights.\n2\n00:04.000 --> 00:06.000\nA doctor is free.\n"
    assert found(text, path="subtitles/en.vtt", select=["SYN"]) == ["6:1 warning SYN005"]
    assert fixed(text, path="subtitles/en.vtt", select="SYN005", is_safe=False) == text.replace("2\n", "\n2\n")


def test_a_blank_line_within_a_text_is_reported_and_taken_out_when_asked_for() -> None:
    text = "1\n00:00:01,000 --> 00:00:03,000\n\nYou have\n \n\nrights.\n\n\n2\n00:00:04,000 --> 00:00:06,000\nYes.\n"
    assert found(text, select=["SYN"]) == ["3:1 warning SYN006", "5:1 warning SYN006"]
    assert fixed(text, select="SYN006", is_safe=False) == (
        "1\n00:00:01,000 --> 00:00:03,000\nYou have\nrights.\n\n\n2\n00:00:04,000 --> 00:00:06,000\nYes.\n"
    )


def test_blank_lines_between_cues_may_be_many() -> None:
    assert found(CROWDED.replace("2\n", "\n \n\t\n2\n", 1)) == []


def test_text_before_the_first_cue_is_never_seen() -> None:
    assert found("Our film\n\n" + shown_at("00:00:01,000 --> 00:00:03,000")) == ["1:1 error SYN007"]


def test_text_that_no_webvtt_cue_holds_is_never_seen() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:03.000\nYou have\n\nrights.\n"
    assert found(text, path="subtitles/en.vtt", select=["SYN"]) == ["6:1 error SYN007"]


def test_text_behind_the_times_is_never_seen() -> None:
    text = "1\r\n00:00:01,000 --> 00:00:03,000  You have\r\nrights.\r\n"
    assert found(text) == ["2:30 error SYN008"]
    assert (
        fixed(text, select="SYN008", is_safe=False) == "1\r\n00:00:01,000 --> 00:00:03,000\r\nYou have\r\nrights.\r\n"
    )


def test_text_behind_the_times_of_webvtt_is_never_seen() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:03.000 line:0 You have\nrights.\n"
    assert found(text, path="subtitles/en.vtt") == ["3:32 error SYN008"]


def test_of_a_file_that_cannot_be_read_nothing_else_is_said_and_nothing_silences_it() -> None:
    fault = Fault(kind=FaultKind.UNREADABLE_FILE, line=0, column=1, detail="Permission denied")
    track = Track(language="en", path="subtitles/en.srt", format=Format.SRT, cues=(), faults=(fault,))
    assert found(track) == ["0:0 error SYN009"]
    assert found(track, select=["TIM"]) == ["0:0 error SYN009"]
    (finding,) = check_track(make_subject(track), ignore=["SYN"]).findings
    assert finding.message == "the file cannot be read: Permission denied"
