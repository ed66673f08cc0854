"""Does a finding about a sound, which has no lines, look right in every format?"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import xmlschema

from babelreel.report.findings.formats import FORMATS, below, render_findings
from babelreel.rules.check import CheckResult
from support.checking import check_sounds
from support.subjects import make_dub, make_known_film, make_subject

FOLDER = Path(__file__).parent

TEXT = """\
1
00:00:01,000 --> 00:00:03,000
Tu as des droits.

2
00:00:06,000 --> 00:00:08,000
Le médecin est
gratuit.
"""
TOLD = "the take of line 2 is too long, even 1.3 times as fast: shorten the text or record it again"
PATH = "video/stems/fr/02.wav"


def result() -> CheckResult:
    # from 6 s to the end of the film there are 3.9 s; 7410 ms last 5700 when they run 1.3 times as fast
    dub = make_dub({"01.wav": 2000, "02.wav": 7410}, language="fr")
    return check_sounds(make_subject(TEXT, "fr", film=make_known_film(9900)), dub=dub, select=["DUB"])


def document(name: str) -> Any:  # noqa: ANN401 - any JSON
    found = json.loads(render_findings(result(), name))
    schema = FOLDER / f"{name}.schema.json"
    if schema.exists():
        jsonschema.validate(found, json.loads(schema.read_text("utf-8")))
    return found


def test_every_format_names_the_sound_and_the_rule() -> None:
    for name in FORMATS:
        text = render_findings(result(), name)
        assert PATH in text, name
        assert "DUB012" in text, name


def test_people_see_the_sound_and_the_text_that_is_spoken_in_it() -> None:
    assert render_findings(result(), "full") == (
        f"{PATH}: error DUB012 take-too-long: {TOLD} (1.8 s over)\n"
        " | Le médecin est\n"
        " | gratuit.\n"
        "  help: babelreel explain DUB012\n"
        "\n"
        "1 subtitle file, 2 lines: 1 error\n"
    )


def test_a_line_of_its_own_has_the_sound_as_its_place() -> None:
    line = f"{PATH}: error DUB012 take-too-long: {TOLD} (1.8 s over)"
    assert render_findings(result(), "concise").splitlines()[0] == line


def test_grouped_by_the_sound() -> None:
    head, row = render_findings(result(), "grouped").splitlines()[:2]
    assert (head, row.split()[:3]) == (PATH, ["file", "error", "DUB012"])


def test_translators_see_the_cue_and_its_times() -> None:
    _, row = csv.reader(io.StringIO(render_findings(result(), "csv").lstrip("\ufeff")))
    assert row[:6] == ["fr", PATH, "2", "00:00:06,000", "00:00:08,000", "Le médecin est / gratuit."]


def test_a_page_has_the_sound_and_the_cue_in_its_table() -> None:
    (row,) = [line for line in render_findings(result(), "markdown").splitlines() if "DUB012" in line]
    assert row.startswith(f"| error | `DUB012 take-too-long` | `{PATH}` | 2 |")


@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_programs_get_the_cue_and_no_line(name: str) -> None:
    text = render_findings(result(), name)
    found = json.loads(text)["findings"][0] if name == "json" else json.loads(text.splitlines()[0])
    assert [found[key] for key in ("path", "line", "column", "cue", "start_ms")] == [PATH, 0, 0, 2, 6000]


def test_github_gets_the_file_alone() -> None:
    assert render_findings(result(), "github").startswith(f"::error file={PATH},title=DUB012 take-too-long::the take")


def test_gitlab_gets_the_first_line() -> None:
    (issue,) = document("gitlab")
    assert issue["location"] == {"path": PATH, "lines": {"begin": 1}}


def test_sarif_gets_the_sound_as_an_artifact() -> None:
    (run,) = document("sarif")["runs"]
    assert [each["location"]["uri"] for each in run["artifacts"]] == ["subtitles/fr.srt", PATH]
    (found,) = run["results"]
    place = found["locations"][0]["physicalLocation"]
    assert (place["artifactLocation"]["index"], place["region"]) == (1, {"startLine": 1})
    assert (found["properties"]["cue"], found["properties"]["language"]) == (2, "fr")


def test_rdjson_gets_no_range() -> None:
    (found,) = document("rdjson")["diagnostics"]
    assert found["location"] == {"path": PATH}


def test_junit_has_a_suite_for_the_sound_beside_that_of_the_track() -> None:
    text = render_findings(result(), "junit")
    xmlschema.XMLSchema(str(FOLDER / "junit.xsd")).validate(text)
    assert '<testsuite name="subtitles/fr.srt" tests="1" failures="0"' in text
    assert f'<testsuite name="{PATH}" tests="1" failures="1"' in text
    assert "Le médecin est\ngratuit.</failure>" in text


def test_the_paths_of_sounds_can_begin_above_the_project_too() -> None:
    moved = below(result(), "films/rights")
    assert [each.location.path for each in moved.findings] == [f"films/rights/{PATH}"]
    assert moved.covers(f"films/rights/{PATH}")
    assert not moved.covers(PATH)
