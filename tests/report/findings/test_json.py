from __future__ import annotations

import hashlib
import json
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from babelreel.report.findings.json import render_findings_json
from babelreel.rules.base.need import Need
from babelreel.rules.check import CheckResult, check_track, join_results
from babelreel.rules.registry import RULES
from support.subjects import make_known_film, make_subject

#: Of file, rule, text and how many such there were before, as the first 32 digits of a SHA-256.
FINGERPRINT = hashlib.sha256("subtitles/fa.srt\x00TIM005\x00تو حق داری.\x000".encode()).hexdigest()[:32]

PERSIAN = """\
3
00:00:01,000 --> 00:00:01,640
تو حق داری.

4
00:00:O4,000 --> 00:00:06,000
\x1b[2J \u202e
"""


def schema() -> Any:  # noqa: ANN401 - a JSON Schema is any JSON
    return json.loads((files("babelreel.report.findings") / "check.schema.json").read_text("utf-8"))


def document(result: CheckResult) -> Any:  # noqa: ANN401 - what a program reads is any JSON
    return json.loads(render_findings_json(result))


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


def test_a_finding_has_every_field_that_a_program_may_read() -> None:
    result = check_track(make_subject(PERSIAN, path="subtitles/fa.srt"), select=["TIM005"])
    assert document(result) == {
        "version": 1,
        "findings": [
            {
                "code": "TIM005",
                "name": "short-cue",
                "severity": "warning",
                "path": "subtitles/fa.srt",
                "line": 2,
                "column": 1,
                "end_line": 0,
                "end_column": 0,
                "cue": 3,
                "start_ms": 1000,
                "end_ms": 1640,
                "language": "fa",
                "message": "the line is gone before it can be read",
                "measured": "640 ms",
                "limit": "833 ms",
                "fixable": True,
                "fix": {
                    "safe": False,
                    "to_utf8": False,
                    # behind "3", the line end, the start time and the arrow; the shortest cue lasts 833 ms
                    "edits": [{"start": 19, "end": 31, "text": "00:00:01,833"}],
                },
                "fingerprint": FINGERPRINT,
                "count": 1,
                "places": [],
            }
        ],
        "summary": {"errors": 0, "warnings": 1, "infos": 0, "tracks": 1, "cues": 1, "not_checked": []},
    }


def test_a_rule_that_lacks_something_is_named_once_with_its_need() -> None:
    subjects = [make_subject(PERSIAN, path=f"subtitles/{tag}.srt") for tag in ("fa", "ar")]
    results = [check_track(subject, select=["TIM"]) for subject in subjects]
    assert document(join_results(results))["summary"]["not_checked"] == [
        {"code": "TIM008", "name": "past-end-of-film", "needs": ["film"]}
    ]


@pytest.mark.parametrize("content", [PERSIAN.encode(), b"", PERSIAN.encode("utf-16"), b"\xff\xfe\x00\xd8"])
def test_what_is_printed_follows_the_schema(content: bytes) -> None:
    result = check_track(make_subject(content, path="subtitles/fa.srt"))
    assert result.findings
    jsonschema.validate(document(result), schema())


@pytest.mark.parametrize(("field", "value"), [("severity", "fatal"), ("code", "TIM5"), ("line", None), ("cue", "3")])
def test_the_schema_refuses_a_finding_of_another_form(field: str, value: object) -> None:
    wrong = document(check_track(make_subject(PERSIAN, path="subtitles/fa.srt")))
    wrong["findings"][0][field] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, schema())


def test_the_schema_knows_every_need_and_every_rule() -> None:
    parts = schema()["$defs"]
    needs = parts["summary"]["properties"]["not_checked"]["items"]["properties"]["needs"]
    assert needs["items"]["enum"] == [need.value for need in Need]
    for rule in RULES:
        jsonschema.validate(rule.code, parts["code"])
        jsonschema.validate(rule.name, parts["name"])


def test_the_text_is_printable_ascii_whatever_the_files_hold() -> None:
    result = check_track(make_subject(PERSIAN, path="subtitles/\x1b\udc80/fa.srt", film=make_known_film()))
    text = render_findings_json(result)
    assert text.isascii()
    assert text.replace("\n", "").isprintable()
    assert json.loads(text)["findings"][0]["path"] == "subtitles/\x1b\udc80/fa.srt"
