"""The formats in which findings can be written, and the one that a file name means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from types import MappingProxyType

from babelreel.model.finding import Finding
from babelreel.report.findings.concise import render_findings_concise
from babelreel.report.findings.csv import render_findings_csv
from babelreel.report.findings.full import render_findings_full
from babelreel.report.findings.github import render_findings_github
from babelreel.report.findings.gitlab import render_findings_gitlab
from babelreel.report.findings.grouped import render_findings_grouped
from babelreel.report.findings.json import render_findings_json
from babelreel.report.findings.jsonl import render_findings_jsonl
from babelreel.report.findings.junit import render_findings_junit
from babelreel.report.findings.markdown import render_findings_markdown
from babelreel.report.findings.rdjson import render_findings_rdjson
from babelreel.report.findings.sarif import render_findings_sarif
from babelreel.report.findings.wording import closing
from babelreel.rules.check import CheckResult


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsFormat:
    """A format: how it is written, and the endings of files (lower case) that mean it."""

    render: Callable[[CheckResult], str]
    endings: tuple[str, ...] = ()


#: By name, for people first.
FORMATS: Mapping[str, FindingsFormat] = MappingProxyType(
    {
        "full": FindingsFormat(render=render_findings_full),
        "concise": FindingsFormat(render=render_findings_concise, endings=(".txt",)),
        "grouped": FindingsFormat(render=render_findings_grouped),
        "csv": FindingsFormat(render=render_findings_csv, endings=(".csv",)),
        "markdown": FindingsFormat(render=render_findings_markdown, endings=(".md", ".markdown")),
        "json": FindingsFormat(render=render_findings_json, endings=(".json",)),
        "jsonl": FindingsFormat(render=render_findings_jsonl, endings=(".jsonl", ".ndjson")),
        "github": FindingsFormat(render=render_findings_github),
        "gitlab": FindingsFormat(
            render=render_findings_gitlab,
            endings=("codequality.json", "code-quality.json", "code-quality-report.json"),
        ),
        "sarif": FindingsFormat(render=render_findings_sarif, endings=(".sarif", ".sarif.json")),
        "junit": FindingsFormat(render=render_findings_junit, endings=(".xml",)),
        "rdjson": FindingsFormat(render=render_findings_rdjson, endings=(".rdjson", "rdjson.json")),
    }
)


def render_findings(
    result: CheckResult, name: str, *, colour: bool = False, columns: int | None = None, is_quiet: bool = False
) -> str:
    """Write the findings in a format of ``FORMATS``; only the full one knows colours and the columns of a terminal.

    ``is_quiet`` leaves out what stands below the findings in the formats for people.
    """
    if is_quiet:
        return render_findings(result, name, colour=colour, columns=columns).removesuffix(closing(result, columns))
    is_full = name == "full"
    return render_findings_full(result, colour=colour, columns=columns) if is_full else FORMATS[name].render(result)


def format_of(file_name: str) -> str | None:
    """Name the format that a file name means by its ending, the longest first; ``None`` for none."""
    endings = {ending: name for name, each in FORMATS.items() for ending in each.endings}
    fitting = [ending for ending in endings if file_name.lower().endswith(ending)]
    return endings[max(fitting, key=len)] if fitting else None


def told_apart(result: CheckResult, film: str) -> CheckResult:
    """Make the fingerprints of one film's findings differ from those of other films: files may be named alike."""
    findings = (
        replace(
            each, fingerprint=sha256(f"{film}\0{each.fingerprint}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
        )
        for each in result.findings
    )
    return replace(result, findings=tuple(findings))


def below(result: CheckResult, folder: str) -> CheckResult:
    """Put the project's folder before the paths: CI services want them from the root of the repository.

    ``folder`` is relative, with ``/``; absolute paths stay. Fingerprints stay too: they do not depend on where the
    project lies.
    """
    prefix = "" if folder in {"", "."} else folder.rstrip("/") + "/"

    def moved(path: str) -> str:
        return path if path.startswith("/") else prefix + path

    def shifted(finding: Finding) -> Finding:
        return replace(finding, location=replace(finding.location, path=moved(finding.location.path)))

    findings = tuple(sorted(map(shifted, result.findings), key=lambda finding: finding.sort_key))
    sources = {moved(path): text for path, text in result.sources.items()}
    return replace(
        result,
        findings=findings,
        sources=sources,
        others=frozenset(map(moved, result.others)),
        closed=frozenset(map(moved, result.closed)),
    )
