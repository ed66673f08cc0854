from __future__ import annotations

import re
import time
from dataclasses import replace

import pytest

from babelreel.model.file_position import Source
from babelreel.model.finding import Finding, Location, Severity
from babelreel.report.findings.full import render_findings_full
from babelreel.rules.check import CheckResult, check_track
from support.marked import mark
from support.subjects import make_known_film, make_subject

ENGLISH = """\
9
00:00:01,000 --> 00:00:03,000
You have <i>rights</i>.
A doctor is free.
"""


def excerpt(result: CheckResult) -> list[str]:
    """Give the lines with a gutter, and the rows of carets below them."""
    return [line for line in render_findings_full(result).splitlines() if re.match(r" *\d* \|", line)]


def test_a_finding_is_a_line_the_cue_with_carets_and_what_helps() -> None:
    assert render_findings_full(mark("rights|doctor", ENGLISH, instead="x")) == (
        "subtitles/en.srt:3:13: warning ZZZ001 marked-text: this is marked (3 cps, limit 2 cps)\n"
        "2 | 00:00:01,000 --> 00:00:03,000\n"
        "3 | You have <i>rights</i>.\n"
        "  |             ^^^^^^\n"
        "4 | A doctor is free.\n"
        "  help: babelreel explain ZZZ001\n"
        "  can be repaired: babelreel check --fix\n"
        "\n"
        "subtitles/en.srt:4:3: warning ZZZ001 marked-text: this is marked (3 cps, limit 2 cps)\n"
        "2 | 00:00:01,000 --> 00:00:03,000\n"
        "3 | You have <i>rights</i>.\n"
        "4 | A doctor is free.\n"
        "  |   ^^^^^^\n"
        "  help: babelreel explain ZZZ001\n"
        "  can be repaired: babelreel check --fix\n"
        "\n"
        "1 subtitle file, 1 line: 2 warnings\n"
    )


def test_a_fix_that_is_not_safe_says_so() -> None:
    result = mark("doctor", ENGLISH, instead="x")
    (finding,) = result.findings
    assert finding.fix
    unsafe = replace(result, findings=(replace(finding, fix=replace(finding.fix, is_safe=False)),))
    assert "  can be repaired: babelreel check --fix --unsafe-fixes\n" in render_findings_full(unsafe)


def test_a_point_has_one_caret_at_the_time_of_the_cue() -> None:
    result = check_track(make_subject("1\n00:00:01,000 --> 00:00:01,640\nGo.\n"), select=["TIM005"])
    assert excerpt(result) == ["2 | 00:00:01,000 --> 00:00:01,640", "  | ^", "3 | Go."]


def test_a_finding_on_the_whole_file_shows_no_line() -> None:
    result = check_track(make_subject(b"", film=make_known_film()))
    assert render_findings_full(result).splitlines()[:2] == [
        "subtitles/en.srt: error SYN003 empty-track: there is no text with times in the file",
        "  help: babelreel explain SYN003",
    ]


def test_a_stretch_over_several_lines_is_marked_on_each() -> None:
    where = Location(path="a.srt", line=1, column=3, end_line=3, end_column=2)
    finding = Finding(code="TIM001", name="any", severity=Severity.ERROR, location=where, message="text")
    result = CheckResult(findings=(finding,), sources={"a.srt": Source.of("abcd\nefg\r\nhij")})
    assert excerpt(result) == ["1 | abcd", "  |   ^^", "2 | efg", "  | ^^^", "3 | hij", "  | ^"]


@pytest.mark.parametrize(
    ("text", "pattern", "path", "row"),
    [
        ("一个医生在这里。", "医生", "zh-Hans.srt", "  |     ^^^^"),  # two ideographs of two cells before it
        ("ﾊﾝｶｸ x", "x", "zh-Hans.srt", "  |      ^"),  # half-width
        ("Ｆｕｌｌ x", "x", "en.srt", "  |          ^"),  # full-width
        ("e\u0301te\u0301 x", "x", "fr.srt", "  |     ^"),  # combining accents take no cell
        ("Quoi\u202f? x", "x", "fr.srt", "  |        ^"),  # a narrow space does
        ("a\u202eb x", "x", "en.srt", "  |          ^"),  # six characters stand for the control: \u202e
        ("a\u200d\u200cb x", "x", "en.srt", "  |    ^"),  # joiners take no cell
        ("👩 x", "x", "en.srt", "  |    ^"),
    ],
)
def test_carets_stand_below_what_they_mean_in_cells_of_a_terminal(text: str, pattern: str, path: str, row: str) -> None:
    result = mark(pattern, f"1\n00:00:01,000 --> 00:00:03,000\n{text}\n", path=f"subtitles/{path}")
    assert excerpt(result)[2] == row


def test_right_to_left_lines_are_isolated_and_the_place_is_told_in_words() -> None:
    text = "1\n00:00:01,000 --> 00:00:03,000\nتو حق داری، می\u200cدانی (12).\n"
    assert excerpt(mark("حق", text, path="subtitles/fa.srt")) == [
        "2 | 00:00:01,000 --> 00:00:03,000",
        "3 | \u2067تو حق داری، می\u200cدانی (12).\u2069",
        "  | ^ columns 4 to 5: \u2068“حق”\u2069",
    ]


def test_a_latin_line_with_a_word_from_right_to_left_keeps_its_direction() -> None:
    text = "1\n00:00:01,000 --> 00:00:03,000\nSay سلام (12) to the doctor.\n"
    assert excerpt(mark("سلام", text))[1:] == [
        "3 | \u2066Say سلام (12) to the doctor.\u2069",
        "  | ^ columns 5 to 8: \u2068“سلام”\u2069",
    ]


def test_a_message_with_right_to_left_letters_does_not_turn_the_numbers_behind_it() -> None:
    text = "1\n00:00:01,000 --> 00:00:03,000\nتو\n"
    result = mark("تو", text, path="subtitles/fa.srt")
    told = replace(result, findings=(replace(result.findings[0], message="not “تو”"),))
    printed = render_findings_full(told)
    assert printed.splitlines()[0].endswith(": \u2068not “تو”\u2069 (3 cps, limit 2 cps)")


def test_bidi_controls_in_a_file_are_seen_and_do_nothing() -> None:
    text = "1\n00:00:01,000 --> 00:00:03,000\n\u202bتو\u202c \u2069x\n"
    assert excerpt(mark("x", text, path="subtitles/fa.srt"))[1] == "3 | \u2067\\u202bتو\\u202c \\u2069x\u2069"


def test_a_long_line_is_shown_around_the_caret() -> None:
    text = f"1\n00:00:01,000 --> 00:00:03,000\n{'a' * 500}doctor{'b' * 500}\n"
    assert excerpt(mark("doctor", text))[1:] == [
        f"3 | …{'a' * 23}doctor{'b' * 41}…",
        f"  |  {' ' * 23}^^^^^^",
    ]


def test_a_long_cue_is_shown_around_the_caret() -> None:
    lines = [f"line {number}" for number in range(1, 31)]
    text = "\n".join(["1", "00:00:01,000 --> 00:00:03,000", *lines])
    shown = [row for row in excerpt(mark("line 20", text)) if "line" in row]
    assert shown == [f"{number + 2} | line {number}" for number in range(16, 24)]


def test_the_gutter_is_as_wide_as_the_largest_number() -> None:
    text = "\n" * 8 + ENGLISH
    assert excerpt(mark("rights", text))[:3] == [
        "10 | 00:00:01,000 --> 00:00:03,000",
        "11 | You have <i>rights</i>.",
        "   |             ^^^^^^",
    ]


def test_there_is_no_colour_unless_asked_for() -> None:
    result = mark("rights", ENGLISH)
    assert "\x1b" not in render_findings_full(result)
    coloured = render_findings_full(result, colour=True)
    assert "\x1b[33m\x1b[1mwarning\x1b[0m" in coloured
    assert "\x1b[33m\x1b[1m            ^^^^^^\x1b[0m" in coloured


def test_many_findings_in_a_line_of_megabytes_are_drawn_without_reading_it_each_time() -> None:
    source = Source.of("قa" * 5_000_000)
    found = [
        Finding(
            code="TIM001",
            name="any",
            severity=Severity.ERROR,
            location=Location(path="a.srt", line=1, column=1 + number * 10_000, end_line=1, end_column=9_000_000),
            message="text",
        )
        for number in range(500)
    ]
    start = time.process_time()
    render_findings_full(CheckResult(findings=tuple(found), sources={"a.srt": source}))
    assert time.process_time() - start < 10  # it takes a fifth of a second; reading all would take minutes
