from __future__ import annotations

from dataclasses import replace

import pytest

from babelreel.model.finding import Finding, Location, Severity
from babelreel.report.findings.concise import render_findings_concise
from babelreel.report.findings.wording import MISSING, numbers
from babelreel.rules.base.need import Need
from babelreel.rules.check import CheckResult, check_track
from support.subjects import make_known_film, make_subject

FAULTY = """\
1
00:00:01,000 --> 00:00:01,640
Welcome.

2
00:00:01,400 --> 00:00:05,000
A doctor is free.
"""


def test_a_finding_is_one_line_with_place_rule_message_and_numbers() -> None:
    assert render_findings_concise(check_track(make_subject(FAULTY, film=make_known_film()), select=["TIM"])) == (
        "subtitles/en.srt:2:1: warning TIM005 short-cue: the line is gone before it can be read (0.6 s, limit 0.8 s)\n"
        "subtitles/en.srt:6:1: error TIM003 overlapping-cues: the line starts 0.2 s before line 1 (at 0:01) has ended\n"
        "1 subtitle file, 2 lines: 1 error, 1 warning\n"
    )


def test_a_finding_on_the_whole_file_has_no_line_and_no_empty_brackets() -> None:
    assert render_findings_concise(check_track(make_subject(b"", film=make_known_film()), select=["SYN"])) == (
        "subtitles/en.srt: error SYN003 empty-track: there is no text with times in the file\n"
        "1 subtitle file, 0 lines: 1 error\n"
    )


def test_what_was_not_checked_is_said_with_what_to_do() -> None:
    assert render_findings_concise(check_track(make_subject(FAULTY), select=["TIM008"])) == (
        "not checked: TIM008 (the film is not known; babelreel probe makes it known)\n"
        "1 subtitle file, 2 lines: nothing found\n"
    )


def test_every_need_that_can_hinder_a_rule_has_words_for_being_unmet() -> None:
    assert set(MISSING) == set(Need) - {Need.MIX}  # where nothing is published there is nothing to be heard


def test_the_summary_counts_each_severity() -> None:
    findings = tuple(
        Finding(code="TIM001", name="any", severity=severity, location=Location(path="a.srt"), message="text")
        for severity in (Severity.ERROR, Severity.WARNING, Severity.WARNING, Severity.INFO)
    )
    text = render_findings_concise(CheckResult(findings=findings, tracks=13, cues=1))
    assert text.splitlines()[-1] == "13 subtitle files, 1 line: 1 error, 2 warnings, 1 info"


def test_neither_cue_text_nor_file_name_can_steer_the_terminal() -> None:
    text = "\x1b]0;owned\x07 \x9b2J \u202eflipped\r 00:00 -->\nYou have rights.\n"
    printed = render_findings_concise(check_track(make_subject(text, path="subtitles/\x1b[2J\n\udc80/en.srt")))
    assert all(line.isprintable() for line in printed.split("\n"))
    assert printed.startswith("subtitles/\\x1b[2J\\n\\udc80/en.srt: error SYN003")
    assert "\\x1b]0;owned\\x07 \\x9b2J \\u202eflipped" in printed


@pytest.mark.parametrize(
    ("measured", "limit", "told"),
    [
        ("57384 ms", "1500 ms", "(57.4 s, limit 1.5 s)"),
        ("1498 ms", "1500 ms", "(1.498 s, limit 1.500 s)"),
        ("40 ms", "80 ms", "(0.04 s, limit 0.08 s)"),
        ("240 ms", "0 ms", "(0.2 s)"),
        ("+2003 ms", "", "(+2.0 s)"),
        ("21.4 cps", "20 cps", "(21.4 cps, limit 20 cps)"),
    ],
)
def test_times_are_told_in_seconds_with_the_decimals_that_tell_them_apart(measured: str, limit: str, told: str) -> None:
    (finding, _) = check_track(make_subject(FAULTY, film=make_known_film()), select=["TIM"]).findings
    assert numbers(replace(finding, measured=measured, limit=limit)) == f" {told}"


@pytest.mark.parametrize(
    ("message", "measured", "limit", "told"),
    [
        ("the number 3 stands where 2 belongs", "3", "2", ""),
        ("the recording comes 4.0 s too late", "+4000 ms", "500 ms", " (limit 0.5 s)"),
        ("12 of 20 lines are shown where nobody speaks", "12 of 20 lines", "", ""),
        ("too long, even 1.3 times as fast", "1800 ms over", "1.3 times as fast", " (1.8 s over)"),
        ("the line starts 14.0 s early", "4000 ms", "", " (4.0 s)"),
        ("3.5 times as long", "3", "2", " (3, limit 2)"),
        ("with its times multiplied by 1.04271", "1.04271", "1", ""),
    ],
)
def test_a_number_that_the_message_says_is_not_said_again(message: str, measured: str, limit: str, told: str) -> None:
    (finding, _) = check_track(make_subject(FAULTY, film=make_known_film()), select=["TIM"]).findings
    assert numbers(replace(finding, message=message, measured=measured, limit=limit)) == told
