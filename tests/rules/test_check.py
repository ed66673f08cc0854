from __future__ import annotations

from babelreel.model.finding import Severity
from babelreel.rules.check import CheckResult, check_track, join_results
from support.subjects import make_subject

# In the order of the rules, TIM001 (line 10) comes before TIM003 (line 6).
FAULTY = """\
1
00:00:01,000 --> 00:00:03,000
You have rights.

2
00:00:02,000 --> 00:00:05,000
A doctor is free.

3
00:00:09,000 --> 00:00:08,000
Nobody may refuse.

4
00:00:10,000 --> 00:00:20,000
You are not alone.
"""

CLEAN = """\
1
00:00:01,000 --> 00:00:03,000
Tu as des droits.
"""


def test_findings_come_in_the_order_of_the_file() -> None:
    result = check_track(make_subject(FAULTY))
    assert [(each.location.line, each.code) for each in result.findings] == [
        (6, "TIM003"),
        (10, "TIM001"),
        (14, "TIM006"),
    ]


def test_a_result_counts_tracks_cues_and_severities() -> None:
    result = check_track(make_subject(FAULTY))
    assert (result.tracks, result.cues) == (1, 4)
    assert [result.count(each) for each in Severity] == [2, 1, 0]


def test_only_chosen_rules_are_run_or_reported_as_not_checked() -> None:
    subject = make_subject(FAULTY)
    assert [each.code for each in check_track(subject, select=["TIM001"]).findings] == ["TIM001"]
    assert [each.code for each in check_track(subject, ignore=["TIM001", "TIM003"]).findings] == ["TIM006"]
    assert check_track(subject, select=["TIM001"]).not_checked == ()
    assert [each.code for each in check_track(subject, select=["TIM008"]).not_checked] == ["TIM008"]


def test_joined_results_are_in_the_order_of_the_project_with_each_unchecked_rule_once() -> None:
    english = check_track(make_subject(FAULTY), select=["TIM"])
    french = check_track(make_subject(CLEAN, path="subtitles/fr.srt"), select=["TIM"])
    german = check_track(make_subject(FAULTY, path="subtitles/de.srt"), select=["TIM"])
    joined = join_results([english, french, german])
    assert joined.findings == german.findings + english.findings
    assert (joined.tracks, joined.cues) == (3, 9)
    assert len({each.code for each in joined.not_checked}) == len(joined.not_checked)
    assert "TIM008" in {each.code for each in joined.not_checked}


def test_no_tracks_make_an_empty_result() -> None:
    assert join_results([]) == CheckResult()
