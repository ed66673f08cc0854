"""Is a fault that runs through a whole file told once, with all its places, and repaired at all of them?"""

from __future__ import annotations

import json

import pytest

from babelreel.app.check.baseline import Entry, compare
from babelreel.languages.find import find_language
from babelreel.model.finding import Finding
from babelreel.model.policy import Allowance
from babelreel.report.findings.csv import render_findings_csv
from babelreel.report.findings.full import render_findings_full
from babelreel.report.findings.json import render_findings_json
from babelreel.report.findings.junit import render_findings_junit
from babelreel.report.findings.sarif import render_findings_sarif
from babelreel.rules.check import CheckResult, check_track
from babelreel.rules.fixing import repair
from babelreel.timedtext.read import read_track
from support.subjects import make_subject
from support.tracks import srt


def spaced(marked: int, cues: int, *, plain: str = "Come here.") -> str:
    """Write a track in which the first cues have a space before their mark."""
    texts = ["Come here !" if each < marked else plain for each in range(cues)]
    return srt(*((2000 * at, 2000 * at + 1900, text) for at, text in enumerate(texts)))


def checked(text: str, code: str = "SPC004") -> CheckResult:
    return check_track(make_subject(text), select=[code])


def told(result: CheckResult) -> list[tuple[int | None, int, str]]:
    return [(each.location.cue, len(each.each), each.measured) for each in result.findings]


def test_what_is_at_every_tenth_cue_is_told_once() -> None:
    result = checked(spaced(10, 100))
    assert [each.message for each in result.findings] == [
        "throughout the file: there is a space before a punctuation mark that belongs to the word before it"
    ]
    assert [each.measured for each in result.findings] == ["10 times in 10 of 100 lines"]


def test_what_is_at_fewer_cues_is_told_at_each_of_them() -> None:
    exclaimed = "Come here! Come! Come!"  # so that the spaced marks are few among all marks
    assert len(checked(spaced(10, 101, plain=exclaimed)).findings) == 10
    assert len(checked(spaced(9, 19, plain=exclaimed)).findings) == 9


def test_in_a_short_film_it_is_every_second_cue() -> None:
    assert told(checked(spaced(5, 10))) == [(1, 5, "5 times in 5 of 10 lines")]
    assert len(checked(spaced(5, 11)).findings) == 5
    assert len(checked(spaced(4, 4)).findings) == 4


def test_what_is_at_every_second_place_that_could_have_it_is_told_once_however_many_cues_there_are() -> None:
    text = (
        spaced(12, 200) + "\n" + srt(*((1_000_000 + 3000 * at, 1_002_000 + 3000 * at) for at in range(12)), text="Go!")
    )
    (finding,) = checked(text).findings
    assert finding.message == "throughout the file: a space stands before “!”"
    assert finding.measured == "12 of 24 places"
    one_more = text + "\n" + srt((2_000_000, 2_002_000), text="Go!")
    assert len(checked(one_more).findings) == 12


def test_an_error_and_a_warning_of_one_rule_are_two_faults() -> None:
    fast = srt(*((3000 * at, 3000 * at + 1800) for at in range(20)), text="Unaccompanied schoolchildren understand.")
    faster = srt(
        *((90_000 + 3000 * at, 91_200 + 3000 * at) for at in range(20)), text="Unaccompanied schoolchildren learn."
    )
    result = checked(f"{fast}\n{faster.replace('learn', 'understand')}", "RDG001")
    assert [(each.severity.value, len(each.each)) for each in result.findings] == [("warning", 20), ("error", 20)]


def test_what_differs_from_the_reference_is_told_each_time() -> None:
    times = [(60_000 * at, 60_000 * at + 2000) for at in range(24)]  # further apart than a translation may lag
    english = srt(*((*time, f"I am {20 + at} years old.") for at, time in enumerate(times)))
    # every second number is another one; where hardly any had its like, the two tracks would not belong together
    dutch = srt(*((*time, f"Ik ben {20 + at + 40 * (at % 2)} jaar oud.") for at, time in enumerate(times)))
    result = check_track(make_subject(dutch, "nl", reference=english), select=["FCT001"])
    assert len(result.findings) == 12


def test_an_exception_for_a_cue_is_no_place_of_the_habit() -> None:
    allowance = Allowance(rules=("SPC004",), file="en.srt", text="Come here !", reason="a title")
    subject = make_subject(spaced(10, 20))
    assert check_track(subject, select=["SPC004"], allow=[allowance]).findings == ()
    first = Allowance(rules=("SPC004",), file="en.srt", cue=1, reason="a title")
    result = check_track(make_subject(spaced(12, 20)), select=["SPC004"], allow=[first])
    assert told(result) == [(2, 11, "11 times in 11 of 20 lines")]


def entries(result: CheckResult) -> list[Entry]:
    return [
        Entry(fingerprint=each.fingerprint, code=each.code, path=each.location.path, cue=None, message=each.message)
        for each in result.findings
    ]


def test_a_baseline_that_knows_a_habit_knows_it_with_more_and_with_fewer_places() -> None:
    known = entries(checked(spaced(20, 100)))
    for marked in (30, 12, 5):
        compared = compare(checked(spaced(marked, 100)), known)
        assert (compared.result.findings, compared.stale) == ((), ())
    assert compare(checked(spaced(0, 100)), known).stale == tuple(known)


def test_of_a_new_habit_only_the_places_are_told_that_a_baseline_does_not_know() -> None:
    known = entries(checked(spaced(9, 100)))
    compared = compare(checked(spaced(11, 100)), known)
    assert [len(each.each) for each in compared.result.findings] == [1, 1]
    assert compared.stale == ()


def test_the_name_of_a_habit_does_not_change_with_its_places() -> None:
    one, other = checked(spaced(10, 100)).findings, checked(spaced(30, 90)).findings
    assert [each.fingerprint for each in one] == [each.fingerprint for each in other]


def test_a_fix_is_made_at_all_places() -> None:
    data = spaced(20, 40).encode()
    language = find_language("en")
    track = read_track(data, language=language, path="subtitles/en.srt")
    done = repair(data, lambda each: check_track(make_subject(each)), track, language=language, with_unsafe=False)
    assert b"here !" not in done.data
    assert len(done.repaired) == 20


@pytest.fixture
def result() -> CheckResult:
    return checked(spaced(60, 100))


def only(result: CheckResult) -> Finding:
    (finding,) = result.findings
    return finding


def test_people_see_the_first_place_and_where_the_others_are(result: CheckResult) -> None:
    shown = render_findings_full(result)
    assert shown.count("SPC004") == 2  # the line of the finding, and the help
    assert "  also in lines 2, 3, 4," in shown
    assert ", 41 and 19 more\n" in shown
    assert "1 subtitle file, 100 lines: 1 warning\n" in shown


def test_programs_read_the_count_and_every_place(result: CheckResult) -> None:
    (finding,) = json.loads(render_findings_json(result))["findings"]
    assert (finding["count"], len(finding["places"])) == (60, 60)
    assert [place["cue"] for place in finding["places"][:3]] == [1, 2, 3]
    assert finding["places"][0]["message"] == "a space stands before “!”"
    assert len(finding["fix"]["edits"]) == 60


def test_services_get_one_result(result: CheckResult) -> None:
    (shown,) = json.loads(render_findings_sarif(result))["runs"][0]["results"]
    assert (shown["occurrenceCount"], len(shown["relatedLocations"])) == (60, 59)
    assert render_findings_junit(result).count("<failure") == 1
    assert "also in lines 2, 3, 4," in render_findings_junit(result)


def test_translators_get_a_row_for_each_place(result: CheckResult) -> None:
    assert render_findings_csv(result).count("Come here !") == 60
