from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import xmlschema

from babelreel.model.finding import Edit, Finding, Fix, Location, Severity
from babelreel.report.findings.github import render_findings_github
from babelreel.report.findings.gitlab import render_findings_gitlab
from babelreel.report.findings.jsonl import render_findings_jsonl
from babelreel.report.findings.junit import render_findings_junit
from babelreel.report.findings.rdjson import LONGEST_SUGGESTION, render_findings_rdjson
from babelreel.report.findings.sarif import render_findings_sarif
from babelreel.rules.check import CheckResult, check_track, join_results
from babelreel.rules.registry import find_rules
from support.marked import hungry, mark
from support.subjects import make_subject

FOLDER = Path(__file__).parent

TEXT = """\
1
00:00:01,000 --> 00:00:03,500
L’été, un <i>docteur</i>.
"""


def marked(severity: Severity = Severity.WARNING, **more: Any) -> CheckResult:  # noqa: ANN401 - passed on to mark
    return mark("docteur", TEXT, path="subtitles/fr.srt", severity=severity, **more)


def clean() -> CheckResult:
    return check_track(make_subject(TEXT), [hungry])


def parsed(text: str, name: str) -> Any:  # noqa: ANN401 - any JSON
    document = json.loads(text)
    schema = json.loads((FOLDER / f"{name}.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(document, schema)
    return document


def at(line: int, column: int, end_line: int = 0, end_column: int = 0, path: str = "a.srt", **more: Any) -> Finding:  # noqa: ANN401 - passed on
    where = Location(path=path, line=line, column=column, end_line=end_line, end_column=end_column)
    return Finding(code="TIM001", name="any", severity=Severity.ERROR, location=where, message="text", **more)


def test_jsonl_is_an_object_a_line_with_the_summary_last() -> None:
    *found, summary = [
        json.loads(line) for line in render_findings_jsonl(join_results([marked(), clean()])).splitlines()
    ]
    definitions = json.loads((files("babelreel.report.findings") / "check.schema.json").read_text("utf-8"))
    for kind, line in [("finding", found[0]), ("summary", summary)]:
        jsonschema.validate(line, {"$ref": f"#/$defs/{kind}", "$defs": definitions["$defs"]})
        assert line["kind"] == kind
    assert (len(found), summary["warnings"], summary["not_checked"][0]["code"]) == (1, 1, "ZZZ002")


def test_a_fix_is_told_with_its_edits() -> None:
    line = json.loads(render_findings_jsonl(marked(instead="médecin")).splitlines()[0])
    start = TEXT.index("docteur")
    assert line["fix"] == {
        "safe": True,
        "to_utf8": False,
        "edits": [{"start": start, "end": start + 7, "text": "médecin"}],
    }


def test_github_gets_a_command_for_each_finding_the_gravest_first() -> None:
    result = join_results([marked(Severity.INFO), marked(), marked(Severity.ERROR), clean()])
    assert render_findings_github(result) == (
        "::error file=subtitles/fr.srt,line=3,col=14,endColumn=21,title=ZZZ001 marked-text"
        "::this is marked (3 cps, limit 2 cps)\n"
        "::warning file=subtitles/fr.srt,line=3,col=14,endColumn=21,title=ZZZ001 marked-text"
        "::this is marked (3 cps, limit 2 cps)\n"
        "::notice file=subtitles/fr.srt,line=3,col=14,endColumn=21,title=ZZZ001 marked-text"
        "::this is marked (3 cps, limit 2 cps)\n"
        "::notice title=ZZZ002 hungry not checked::the film is not known; babelreel probe makes it known\n"
        "4 subtitle files, 4 lines: 1 error, 1 warning, 1 info\n"
    )


def test_github_gets_percent_comma_and_colon_escaped() -> None:
    finding = replace(at(1, 1, path="50%,a:b.srt"), message="100%: a, b")
    assert render_findings_github(CheckResult(findings=(finding,))).splitlines()[0] == (
        "::error file=50%25%2Ca%3Ab.srt,line=1,col=1,title=TIM001 any::100%25: a, b"
    )


def test_github_gets_a_finding_on_the_whole_file_without_a_line() -> None:
    printed = render_findings_github(CheckResult(findings=(at(0, 0),)))
    assert printed.startswith("::error file=a.srt,title=TIM001 any::text\n")


def test_gitlab_gets_severities_of_its_own_and_the_fingerprint() -> None:
    result = join_results([marked(Severity.INFO), marked(), marked(Severity.ERROR)])
    issues = parsed(render_findings_gitlab(result), "gitlab")
    assert [issue["severity"] for issue in issues] == ["info", "minor", "critical"]
    assert issues[0] == {
        "description": "marked-text: this is marked (3 cps, limit 2 cps)",
        "check_name": "ZZZ001",
        "fingerprint": result.findings[0].fingerprint,
        "severity": "info",
        "location": {"path": "subtitles/fr.srt", "lines": {"begin": 3}},
    }


def test_fingerprints_are_unique_and_do_not_depend_on_the_line() -> None:
    cues = "".join(f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\nA doctor, a doctor.\n\n" for n in (1, 2, 3))
    before = parsed(render_findings_gitlab(mark("doctor", cues)), "gitlab")
    after = parsed(render_findings_gitlab(mark("doctor", f"0\n00:00:00,000 --> 00:00:00,900\nHi.\n\n{cues}")), "gitlab")
    assert len({issue["fingerprint"] for issue in before}) == 6
    assert [issue["fingerprint"] for issue in before] == [issue["fingerprint"] for issue in after]
    assert [issue["location"] for issue in before] != [issue["location"] for issue in after]


def test_sarif_tells_place_rule_fix_and_fingerprint() -> None:
    result = join_results([marked(instead="médecin"), clean()])
    (run,) = parsed(render_findings_sarif(result), "sarif")["runs"]
    artifact = {"uri": "subtitles/fr.srt", "uriBaseId": "%SRCROOT%", "index": 1}
    region = {"startLine": 3, "startColumn": 14, "endLine": 3, "endColumn": 21}
    replacement = {
        "deletedRegion": {"charOffset": TEXT.index("docteur"), "charLength": 7},
        "insertedContent": {"text": "médecin"},
    }
    assert run["columnKind"] == "unicodeCodePoints"
    assert [each["location"]["uri"] for each in run["artifacts"]] == ["subtitles/en.srt", "subtitles/fr.srt"]
    assert run["results"] == [
        {
            "ruleId": "ZZZ001",
            "ruleIndex": 0,
            "level": "warning",
            "message": {"text": "this is marked (3 cps, limit 2 cps)"},
            "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
            "properties": {"cue": 1, "language": "fr", "measured": "3 cps", "limit": "2 cps"},
            "partialFingerprints": {"babelreel/v1": result.findings[0].fingerprint},
            "fixes": [
                {
                    "description": {"text": "A safe fix"},
                    "artifactChanges": [{"artifactLocation": artifact, "replacements": [replacement]}],
                }
            ],
        }
    ]
    assert run["invocations"][0]["toolConfigurationNotifications"] == [
        {
            "level": "note",
            "message": {"text": "ZZZ002 hungry was not checked: the film is not known; babelreel probe makes it known"},
            "associatedRule": {"id": "ZZZ002", "index": 1},
        }
    ]


def test_sarif_explains_the_rules_that_found_something() -> None:
    (short,) = find_rules("TIM005")
    result = check_track(make_subject("1\n00:00:01,000 --> 00:00:01,640\nGo.\n"), select=["TIM005"])
    (run,) = parsed(render_findings_sarif(result), "sarif")["runs"]
    (described,) = run["tool"]["driver"]["rules"]
    assert described["id"] == "TIM005"
    assert described["name"] == "ShortCue"
    assert described["shortDescription"]["text"] == short.explanation.partition("\n")[0]
    assert described["fullDescription"]["text"].startswith(f"{described['shortDescription']['text']} Why: ")
    assert described["help"] == {"text": short.explanation, "markdown": short.explanation}
    assert described["defaultConfiguration"] == {"level": "error"}
    assert run["results"][0]["ruleIndex"] == 0


@pytest.mark.parametrize(
    ("severity", "level"), [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "note")]
)
def test_sarif_has_levels_of_its_own(severity: Severity, level: str) -> None:
    (run,) = parsed(render_findings_sarif(marked(severity)), "sarif")["runs"]
    assert run["results"][0]["level"] == level


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("subtitles/mon été.srt", {"uri": "subtitles/mon%20%C3%A9t%C3%A9.srt", "uriBaseId": "%SRCROOT%"}),
        ("a:b%20?#.srt", {"uri": "a%3Ab%2520%3F%23.srt", "uriBaseId": "%SRCROOT%"}),
        ("caf\udce9.srt", {"uri": "caf%E9.srt", "uriBaseId": "%SRCROOT%"}),
        ("/films/a b.srt", {"uri": "file:///films/a%20b.srt"}),
    ],
)
def test_sarif_names_files_by_percent_encoded_uris(path: str, location: dict[str, str]) -> None:
    (run,) = parsed(render_findings_sarif(CheckResult(findings=(at(1, 1, path=path),))), "sarif")["runs"]
    assert run["artifacts"] == [{"location": location}]


def test_sarif_puts_what_is_about_the_whole_file_on_its_first_line() -> None:
    (run,) = parsed(render_findings_sarif(CheckResult(findings=(at(0, 0),))), "sarif")["runs"]
    assert run["results"][0]["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}


def test_junit_has_a_suite_for_each_track_and_a_test_that_passed_where_it_is_clean() -> None:
    result = join_results([marked(Severity.ERROR), clean()])
    text = render_findings_junit(result)
    xmlschema.XMLSchema(str(FOLDER / "junit.xsd")).validate(text)
    short = result.findings[0].fingerprint[:8]
    assert text == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<testsuites name="babelreel check" tests="3" failures="1" errors="0">\n'
        '  <testsuite name="subtitles/en.srt" tests="1" failures="0" errors="0" skipped="0">\n'
        '    <testcase classname="subtitles/en.srt" name="no findings"/>\n'
        "  </testsuite>\n"
        '  <testsuite name="subtitles/fr.srt" tests="1" failures="1" errors="0" skipped="0">\n'
        f'    <testcase classname="subtitles/fr.srt" name="ZZZ001 marked-text {short}">\n'
        '      <failure type="error" message="this is marked (3 cps, limit 2 cps)">'
        "subtitles/fr.srt:3:14: error ZZZ001 marked-text\n"
        "this is marked (3 cps, limit 2 cps)\n"
        "L’été, un docteur.</failure>\n"
        "    </testcase>\n"
        "  </testsuite>\n"
        '  <testsuite name="not checked" tests="1" failures="0" errors="0" skipped="1">\n'
        '    <testcase classname="not checked" name="ZZZ002 hungry">\n'
        '      <skipped message="the film is not known; babelreel probe makes it known"/>\n'
        "    </testcase>\n"
        "  </testsuite>\n"
        "</testsuites>\n"
    )


def position(line: int, column: int) -> dict[str, int]:
    return {"line": line, "column": column}


def test_rdjson_counts_columns_in_bytes_of_utf8() -> None:
    # L’été, un <i>: the apostrophe has three bytes, each é two, so that column 14 is byte 18
    (diagnostic,) = parsed(render_findings_rdjson(marked(instead="médecin")), "rdjson")["diagnostics"]
    place = {"start": position(3, 18), "end": position(3, 25)}
    assert diagnostic == {
        "message": "marked-text: this is marked (3 cps, limit 2 cps)",
        "location": {"path": "subtitles/fr.srt", "range": place},
        "severity": "WARNING",
        "code": {"value": "ZZZ001"},
        "suggestions": [{"range": place, "text": "médecin"}],
    }


def test_rdjson_makes_one_suggestion_of_the_edits_that_belong_together() -> None:
    edits = (Edit(start=26, end=32, text="B"), Edit(start=19, end=25, text="A"))
    result = marked()
    (finding,) = result.findings
    changed = replace(result, findings=(replace(finding, fix=Fix(edits=edits)),))
    (diagnostic,) = parsed(render_findings_rdjson(changed), "rdjson")["diagnostics"]
    # line 2 begins at offset 2, line 3 at offset 32
    assert diagnostic["suggestions"] == [
        {"range": {"start": position(2, 18), "end": position(3, 1)}, "text": f"A{TEXT[25]}B"}
    ]


def test_rdjson_makes_no_suggestion_of_half_a_file() -> None:
    edits = (Edit(start=0, end=1, text="2"), Edit(start=LONGEST_SUGGESTION + 1, end=LONGEST_SUGGESTION + 1, text="x"))
    finding = at(1, 1, fix=Fix(edits=edits))
    (diagnostic,) = parsed(render_findings_rdjson(CheckResult(findings=(finding,))), "rdjson")["diagnostics"]
    assert "suggestions" not in diagnostic


def test_rdjson_gives_a_finding_on_the_whole_file_no_range() -> None:
    (diagnostic,) = parsed(render_findings_rdjson(CheckResult(findings=(at(0, 0),))), "rdjson")["diagnostics"]
    assert diagnostic["location"] == {"path": "a.srt"}


def test_rdjson_gives_a_point_the_same_start_and_end() -> None:
    (diagnostic,) = parsed(render_findings_rdjson(CheckResult(findings=(at(2, 5),))), "rdjson")["diagnostics"]
    assert diagnostic["location"]["range"] == {"start": position(2, 5), "end": position(2, 5)}
