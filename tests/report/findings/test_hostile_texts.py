"""No text of a cue, name of a file or message reaches anything but a reader's eyes."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
import xmlschema
from hypothesis import given, settings
from markdown_it import MarkdownIt

from babelreel.model.finding import Severity
from babelreel.report.console.tracks.statistics import render_statistics
from babelreel.report.findings.formats import FORMATS, render_findings
from babelreel.report.safe_text import printable
from babelreel.rules.check import CheckResult
from support.hostile import corpus, results

FOLDER = Path(__file__).parent

#: What no report may hold: all control characters but the line feed, and what turns or hides text.
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff]")
ISOLATES = "\u2066\u2067\u2068"


def on_all(check: Callable[[CheckResult], None]) -> Callable[[], None]:
    """Run a check on the corpus and on whatever hypothesis makes of it."""

    @settings(deadline=None, max_examples=60)
    @given(result=results())
    def fuzzed(result: CheckResult) -> None:
        check(result)

    def both() -> None:
        check(corpus())
        fuzzed()

    return both


def steering(text: str) -> Iterator[str]:
    """Give each line that a terminal or a CI service would obey."""
    for line in text.split("\n"):
        if CONTROL.search(line) or line.lstrip().startswith("::") or re.search(r"##(|vso|teamcity)\[", line):
            yield line


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"full", "github", "csv"}))
def test_no_line_steers_a_terminal_or_a_ci_service(name: str) -> None:
    @on_all
    def check(result: CheckResult) -> None:
        text = render_findings(result, name)
        assert not list(steering(text))
        assert text.endswith("\n")
        text.encode()

    check()


def test_the_full_format_holds_no_controls_but_its_own_isolates_closed_on_each_line() -> None:
    @on_all
    def check(result: CheckResult) -> None:
        text = render_findings(result, "full")
        for line in text.split("\n"):
            depth = 0
            for char in line:
                depth += (char in ISOLATES) - (char == "\u2069")
                assert depth >= 0
            assert depth == 0
        assert not list(steering(re.sub("[\u2066-\u2069]", "", text)))

    check()


def test_colours_are_the_only_escape_sequences() -> None:
    @on_all
    def check(result: CheckResult) -> None:
        coloured = render_findings(result, "full", colour=True)
        assert re.sub("\x1b\\[[0-9]+m", "", coloured) == render_findings(result, "full")

    check()


def test_statistics_steer_nothing() -> None:
    @on_all
    def check(result: CheckResult) -> None:
        assert not list(steering(render_statistics(result)))
        assert not list(steering(render_statistics(result, as_json=True)))

    check()


def obeyed(log: str) -> list[tuple[str, dict[str, str], str]]:
    """Do as the runner of GitHub does: give the commands of a log, with properties and data unescaped."""

    def plain(text: str, *more: tuple[str, str]) -> str:
        for escape, char in (("%0D", "\r"), ("%0A", "\n"), *more, ("%25", "%")):
            text = text.replace(escape, char)
        return text

    commands = []
    for line in re.split("\r\n|\r|\n", log):
        if not line.lstrip().startswith("::"):
            assert "##[" not in line
            continue
        head, _, data = line.lstrip()[2:].partition("::")
        name, _, written = head.partition(" ")
        pairs = (pair.partition("=")[::2] for pair in written.split(",") if pair)
        properties = {key: plain(value, ("%3A", ":"), ("%2C", ",")) for key, value in pairs}
        commands.append((name, properties, plain(data)))
    return commands


def test_github_obeys_one_command_for_each_finding_and_no_other() -> None:
    @on_all
    def check(result: CheckResult) -> None:
        commands = obeyed(render_findings(result, "github"))
        assert len(commands) == len(result.findings) + len(result.not_checked)
        order = {"error": 0, "warning": 1, "notice": 2}
        assert [order[name] for name, _, _ in commands] == sorted(order[name] for name, _, _ in commands)
        files = [properties["file"] for _, properties, _ in commands if "file" in properties]
        assert sorted(files) == sorted(printable(finding.location.path) for finding in result.findings)
        for _, properties, data in commands:
            assert set(properties) <= {"file", "line", "col", "endColumn", "title"}
            assert not list(steering(f"{'|'.join(properties.values())}|{data}"))

    check()


def test_no_cell_of_the_spreadsheet_is_a_formula_whatever_parts_the_cells() -> None:
    formula = re.compile(r"\s*[=+\-@＝＋－＠\t\r]")

    @on_all
    def check(result: CheckResult) -> None:
        text = render_findings(result, "csv")
        assert text.startswith("\ufeff")
        lines = text[1:].split("\r\n")
        assert not list(steering("\n".join(lines)))
        assert len(lines) == len(result.findings) + 2
        rows = list(csv.reader(io.StringIO(text[1:], newline="")))
        assert {len(row) for row in rows} == {12}
        for separator in ",;\t":
            for row in csv.reader(lines, delimiter=separator):
                assert not [cell for cell in row if formula.match(cell)]

    check()


def test_xml_holds_each_finding_as_text() -> None:
    schema = xmlschema.XMLSchema(str(FOLDER / "junit.xsd"))

    @on_all
    def check(result: CheckResult) -> None:
        text = render_findings(result, "junit")
        schema.validate(text)
        root = ET.fromstring(text)  # noqa: S314 - our own, and without a document type
        failures = [each.get("type") for each in root.iter("failure")]
        assert sorted(map(str, failures)) == sorted(finding.severity.value for finding in result.findings)
        cases = len(list(root.iter("testcase")))
        assert root.get("tests") == str(cases)
        assert cases == sum(int(suite.get("tests", "")) for suite in root)

    check()


@pytest.mark.parametrize("dialect", ["commonmark", "gfm-like"])
def test_markdown_makes_a_table_of_the_findings_and_nothing_else(dialect: str) -> None:
    # without the part for bare links, which needs another package: no text stands outside of code
    reader = MarkdownIt(dialect, {"linkify": False}).enable("table")

    @on_all
    def check(result: CheckResult) -> None:
        tokens = reader.parse(render_findings(result, "markdown"))
        inside = [child for token in tokens for child in token.children or ()]
        assert {token.type for token in inside} <= {"text", "code_inline", "strong_open", "strong_close"}
        blocks = {token.type.removesuffix("_open").removesuffix("_close") for token in tokens}
        table = {"table", "thead", "tbody", "tr", "th", "td"}
        assert blocks <= table | {"heading", "inline", "paragraph", "bullet_list", "list_item"}
        count = len(result.findings)
        assert [token.type for token in tokens].count("td_open") == 7 * count
        outside = "".join(child.content for child in inside if child.type == "text")
        assert not re.search(r"[@<|`]|https?:|www\.|#[0-9]|owned|evil", outside)

    check()


def schema(name: str) -> Any:  # noqa: ANN401 - a JSON Schema is any JSON
    return json.loads((FOLDER / f"{name}.schema.json").read_text("utf-8"))


@pytest.mark.parametrize("name", ["sarif", "rdjson"])
def test_json_of_any_text_follows_the_schema(name: str) -> None:
    validator = jsonschema.Draft202012Validator(schema(name))

    @on_all
    def check(result: CheckResult) -> None:
        text = render_findings(result, name)
        assert text.isascii()
        validator.validate(json.loads(text))

    check()


def test_code_quality_of_any_text_follows_the_schema_but_for_a_file_without_name() -> None:
    validator = jsonschema.Draft202012Validator(schema("gitlab"))

    @on_all
    def check(result: CheckResult) -> None:
        issues = json.loads(render_findings(result, "gitlab"))
        validator.validate([issue for issue in issues if issue["location"]["path"]])
        assert len({issue["fingerprint"] for issue in issues}) == len(result.findings)

    check()


def utf16(text: str) -> bytes:
    """Give what JSON can tell of a text: to it, two halves of a surrogate pair are the one character that they mean."""
    return text.encode("utf-16-le", "surrogatepass")


@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_programs_get_every_text_as_it_is(name: str) -> None:
    @on_all
    def check(result: CheckResult) -> None:
        text = render_findings(result, name)
        assert text.isascii()
        found = (
            json.loads(text)["findings"] if name == "json" else [json.loads(line) for line in text.splitlines()][:-1]
        )
        assert [utf16(each[key]) for each in found for key in ("path", "message", "measured")] == [
            utf16(value)
            for finding in result.findings
            for value in (finding.location.path, finding.message, finding.measured)
        ]

    check()


def test_the_corpus_has_findings_of_each_severity() -> None:
    assert all(corpus().count(severity) for severity in Severity)
