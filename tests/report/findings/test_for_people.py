from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from babelreel.model.finding import Finding, Location, Severity
from babelreel.report.console.tracks.statistics import render_statistics
from babelreel.report.findings.csv import render_findings_csv
from babelreel.report.findings.formats import render_findings
from babelreel.report.findings.grouped import render_findings_grouped
from babelreel.report.findings.markdown import ROWS, render_findings_markdown
from babelreel.rules.check import CheckResult, check_track, join_results
from support.marked import hungry, mark
from support.subjects import make_subject

TEXT = """\
1
00:00:01,000 --> 00:00:03,500
A doctor is free.
A doctor is here.
"""

MESSAGE = "this is marked (3 cps, limit 2 cps)"


def result() -> CheckResult:
    film = check_track(make_subject(TEXT), [hungry])
    french = mark("docteur", TEXT.replace("doctor", "docteur"), path="subtitles/fr.srt", severity=Severity.ERROR)
    return replace(join_results([mark("doctor", TEXT), french, film]), tracks=2, cues=2)


def test_grouped_findings_stand_below_their_file() -> None:
    assert render_findings_grouped(result()) == (
        "subtitles/en.srt\n"
        f"  3:3  warning  ZZZ001 marked-text: {MESSAGE}\n"
        f"  4:3  warning  ZZZ001 marked-text: {MESSAGE}\n"
        "\n"
        "subtitles/fr.srt\n"
        f"  3:3  error    ZZZ001 marked-text: {MESSAGE}\n"
        f"  4:3  error    ZZZ001 marked-text: {MESSAGE}\n"
        "\n"
        "not checked: ZZZ002 (the film is not known; babelreel probe makes it known)\n"
        "2 subtitle files, 2 lines: 2 errors, 2 warnings\n"
    )


def test_a_row_of_the_spreadsheet_has_times_and_the_whole_text_of_the_cue() -> None:
    text = render_findings_csv(mark("is free", TEXT))
    assert text == (
        '\ufeff"language","file","cue","time in","time out","text",'
        '"severity","code","rule","message","measured","limit"\r\n'
        '"en","subtitles/en.srt","1","00:00:01,000","00:00:03,500","A doctor is free. / A doctor is here.",'
        '"warning","ZZZ001","marked-text","this is marked","3 cps","2 cps"\r\n'
    )


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("- Bonjour. - Salut.", "'- Bonjour. - Salut."),
        ("=1+1", "'=1+1"),
        ("  @a", "'  @a"),
        ("＝1", "'＝1"),
        ("a;=1", "a;'=1"),
        ("a=1, b-2", "a=1, b-2"),
        ("می\u200cدانی", "می\u200cدانی"),
        ("Quoi\u202f?", "Quoi\u202f?"),
        ("a\u202eb\tc", "a\\u202eb\\tc"),
    ],
)
def test_cells_are_safe_and_stay_readable(text: str, cell: str) -> None:
    (finding,) = mark("free", TEXT).findings
    rows = list(
        csv.DictReader(io.StringIO(render_findings_csv(CheckResult(findings=(replace(finding, context=text),)))))
    )
    assert rows[0]["text"] == cell


@pytest.mark.parametrize("name", ["concise", "csv", "github", "gitlab", "junit", "markdown", "rdjson", "sarif"])
def test_marks_of_direction_are_no_escapes_in_sentences_but_what_turns_text_is(name: str) -> None:
    (finding,) = mark("free", TEXT).findings
    marked = replace(finding, message="“\u200fتو\u200f” stands\u00a0here \u202etwice")
    text = render_findings(CheckResult(findings=(marked,)), name)
    assert "200f" not in text
    assert "\u200f" not in text
    assert "stands here" in text
    assert "\\u202etwice" in text


def test_what_is_about_no_cue_has_no_time() -> None:
    printed = render_findings_csv(check_track(make_subject(b""), select=["SYN003"]))
    assert printed.splitlines()[1].startswith('"en","subtitles/en.srt","","","","","error","SYN003"')


def test_the_page_has_a_table_with_the_gravest_first() -> None:
    row = "`3 cps` | `2 cps` |"
    assert render_findings_markdown(result()) == (
        "### babelreel check\n"
        "\n"
        "2 subtitle files, 2 lines: **2 errors, 2 warnings**\n"
        "\n"
        "| severity | rule | place | line | what | measured | limit |\n"
        "| --- | --- | --- | --- | --- | --- | --- |\n"
        f"| error | `ZZZ001 marked-text` | `subtitles/fr.srt:3:3` | 1 | `this is marked` | {row}\n"
        f"| error | `ZZZ001 marked-text` | `subtitles/fr.srt:4:3` | 1 | `this is marked` | {row}\n"
        f"| warning | `ZZZ001 marked-text` | `subtitles/en.srt:3:3` | 1 | `this is marked` | {row}\n"
        f"| warning | `ZZZ001 marked-text` | `subtitles/en.srt:4:3` | 1 | `this is marked` | {row}\n"
        "\n"
        "- not checked: ZZZ002 (the film is not known; babelreel probe makes it known)\n"
    )


def test_a_page_without_findings_has_no_table() -> None:
    assert render_findings_markdown(CheckResult(tracks=13, cues=325)) == (
        "### babelreel check\n\n13 subtitle files, 325 lines: **nothing found**\n"
    )


def test_a_page_with_very_many_findings_shows_the_first_and_counts_the_rest() -> None:
    (finding,) = mark("free", TEXT).findings
    printed = render_findings_markdown(CheckResult(findings=(finding,) * (ROWS + 7)))
    assert printed.count("| warning |") == ROWS
    assert printed.endswith("\n\nand 7 more\n")


def count(code: str, severity: Severity) -> Finding:
    return Finding(code=code, name="any", severity=severity, location=Location(path="a.srt"), message="text")


def test_statistics_count_each_rule_the_most_frequent_first() -> None:
    (fixable,) = mark("free", TEXT, instead="x").findings
    warnings = [count("TIM002", Severity.WARNING) for _ in range(11)]
    found = (fixable, count("TIM001", Severity.ERROR), *warnings, count("TIM002", Severity.ERROR))
    assert render_statistics(CheckResult(findings=found)) == (
        "12  error    TIM002 any\n 1  error    TIM001 any\n 1  warning  ZZZ001 marked-text (1 can be repaired)\n"
    )
    assert json.loads(render_statistics(CheckResult(findings=found), as_json=True))[2] == {
        "code": "ZZZ001",
        "name": "marked-text",
        "severity": "warning",
        "count": 1,
        "fixable": 1,
    }


def test_statistics_of_nothing_are_empty() -> None:
    assert render_statistics(CheckResult()) == ""
    assert json.loads(render_statistics(CheckResult(), as_json=True)) == []
