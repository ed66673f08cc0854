from __future__ import annotations

import pytest

from babelreel.report.findings.formats import FORMATS, below, format_of, render_findings
from babelreel.rules.check import CheckResult
from support.marked import mark
from support.places import REPOSITORY

ROOT = REPOSITORY

TEXT = "1\n00:00:01,000 --> 00:00:03,500\nA doctor is free.\n"


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("a.json", "json"),
        ("out/A.JSON", "json"),
        ("a.jsonl", "jsonl"),
        ("a.sarif", "sarif"),
        ("a.sarif.json", "sarif"),
        ("gl-code-quality-report.json", "gitlab"),
        ("a.rdjson", "rdjson"),
        ("junit.xml", "junit"),
        ("for-translators.csv", "csv"),
        ("summary.md", "markdown"),
        ("a.txt", "concise"),
        ("a.html", None),
        ("json", None),
    ],
)
def test_the_ending_of_a_file_means_a_format(file: str, name: str | None) -> None:
    assert format_of(file) == name


def test_no_two_formats_share_an_ending() -> None:
    endings = [ending for each in FORMATS.values() for ending in each.endings]
    assert len(set(endings)) == len(endings)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_can_be_written_of_nothing(name: str) -> None:
    assert render_findings(CheckResult(), name).endswith("\n")


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_described_for_ci(name: str) -> None:
    endings = ", ".join(f"`{ending}`" for ending in FORMATS[name].endings)
    rows = (ROOT / "docs" / "ci.md").read_text("utf-8").splitlines()
    (row,) = [row for row in rows if row.startswith(f"| `{name}` |")]
    assert row.split(" | ")[-1].removesuffix("|").strip() == endings


def test_only_the_full_format_has_colours() -> None:
    result = mark("doctor", TEXT)
    assert [name for name in FORMATS if "\x1b" in render_findings(result, name, colour=True)] == ["full"]


def test_paths_can_begin_above_the_folder_of_the_project() -> None:
    result = mark("doctor", TEXT)
    moved = below(result, "films/rights/")
    assert [each.location.path for each in moved.findings] == ["films/rights/subtitles/en.srt"]
    assert list(moved.sources) == ["films/rights/subtitles/en.srt"]
    assert moved.findings[0].fingerprint == result.findings[0].fingerprint
    assert below(result, ".") == result
    absolute = mark("doctor", TEXT, path="/films/en.srt")
    assert below(absolute, "films") == absolute
