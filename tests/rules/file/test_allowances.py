from __future__ import annotations

import pytest

from babelreel.errors import UsageError
from babelreel.model.policy import Allowance
from babelreel.rules.check import check_track
from support.checking import found
from support.subjects import make_subject

SHORT = """\
WEBVTT

NOTE babelreel: allow short-cue: the film shows this sign for half a second

00:01.000 --> 00:01.500
Exit

00:03.000 --> 00:03.500
Free
"""
SRT = """\
1
00:00:01,000 --> 00:00:01,500
Exit

2
00:00:03,000 --> 00:00:03,500
Free
"""


def codes_with(allowance: Allowance, *, ignore: tuple[str, ...] = ()) -> list[str]:
    result = check_track(make_subject(SRT), select=["TIM", "ALW"], ignore=ignore, allow=[allowance])
    return [f"{each.location.line} {each.code}" for each in result.findings]


def test_an_exception_in_the_file_covers_the_next_cue_and_no_other() -> None:
    assert found(SHORT, path="subtitles/en.vtt") == ["8:1 warning TIM005 500 ms"]


def test_an_exception_in_the_file_that_covers_nothing_is_reported_where_it_stands() -> None:
    repaired = SHORT.replace("01.500", "02.500").replace("03.500", "05.500")
    assert found(repaired, path="subtitles/en.vtt") == ["3:1 warning ALW001"]


def test_an_exception_with_no_cue_below_it_is_unused() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:03.000\nYou have rights.\n\nNOTE babelreel: allow short-cue: old\n"
    assert found(text, path="subtitles/en.vtt") == ["6:1 warning ALW001"]


def test_an_exception_from_a_rule_that_does_not_exist_is_unused() -> None:
    misspelt = SHORT.replace("short-cue", "shrot-cue").replace("01.500", "02.500").replace("03.500", "05.500")
    assert found(misspelt, path="subtitles/en.vtt") == ["3:1 warning ALW001"]


def test_an_exception_in_the_file_needs_a_reason() -> None:
    bare = SHORT.replace(": the film shows this sign for half a second", "").replace("03.500", "05.500")
    assert found(bare, path="subtitles/en.vtt") == ["3:1 warning ALW002"]


def test_an_ass_file_makes_exceptions_in_comments() -> None:
    text = """\
[Script Info]
ScriptType: v4.00+

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
; babelreel: allow TIM005, long-cue: a sign
Dialogue: 0,0:00:01.00,0:00:01.50,Default,,0,0,0,,Exit
"""
    result = check_track(make_subject(text, path="subtitles/en.ass"), select=["TIM", "ALW"])
    assert result.findings == ()


def test_the_text_of_a_subrip_cue_makes_no_exception() -> None:
    text = SRT.replace("Exit", "NOTE babelreel: allow short-cue: no")
    result = check_track(make_subject(text), select=["TIM", "ALW"])
    assert [each.code for each in result.findings] == ["TIM005", "TIM005"]


@pytest.mark.parametrize(
    ("allowance", "expected"),
    [
        (Allowance(rules=("short-cue",), file="en.srt", cue=1, reason="a sign"), ["6 TIM005"]),
        (Allowance(rules=("TIM",), file="subtitles/*.srt", text="Free", reason="a sign"), ["2 TIM005"]),
        (Allowance(rules=("TIM005",), file="e?.srt", reason="signs only"), []),
        (Allowance(rules=("TIM005",), file="fr.srt", cue=1, reason="another file"), ["2 TIM005", "6 TIM005"]),
        (Allowance(rules=("TIM005",), file="en.srt", cue=7, reason="gone"), ["0 ALW001", "2 TIM005", "6 TIM005"]),
        (Allowance(rules=("long-cue",), file="en.srt", cue=1, reason="old"), ["0 ALW001", "2 TIM005", "6 TIM005"]),
    ],
)
def test_an_exception_of_the_project_covers_what_it_names(allowance: Allowance, expected: list[str]) -> None:
    assert codes_with(allowance) == expected


def test_an_exception_from_a_rule_that_was_not_run_is_not_called_unused() -> None:
    allowance = Allowance(rules=("long-cue",), file="en.srt", cue=1, reason="old")
    assert codes_with(allowance, ignore=("TIM006", "TIM005")) == []


def test_an_exception_from_a_rule_that_could_not_be_checked_is_not_called_unused() -> None:
    allowance = Allowance(rules=("past-end-of-film",), file="en.srt", cue=2, reason="the credits come later")
    assert codes_with(allowance, ignore=("TIM005",)) == []


def test_a_rule_that_does_not_exist_in_an_exception_of_the_project_is_a_fault_of_its_file() -> None:
    with pytest.raises(UsageError, match="TMI"):
        codes_with(Allowance(rules=("TMI",), file="en.srt", reason="a typing mistake"))
