from __future__ import annotations

from babelreel.rules.check import check_track
from subjects import found, make_subject


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
