"""Compare findings with those known from before, so that only new ones are shown.

A baseline lets a project with many old findings hold new ones to the rules. It names findings by their fingerprints,
which stay the same when cues are added or moved elsewhere in the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from babelreel.errors import UsageError
from babelreel.graph.files import write_atomically
from babelreel.model.finding import Finding
from babelreel.model.json_codec import decode, encode, parse_json
from babelreel.regular_files import read_regular
from babelreel.rules.check import CheckResult
from babelreel.rules.file.syntax import unreadable_file
from babelreel.rules.habits import habit_fingerprints
from babelreel.system_errors import as_house_error, is_machine_fault, why_of

#: Counts up when an older file would be misread.
VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A known finding; all but the fingerprint is there for people who read the file."""

    fingerprint: str
    code: str
    path: str
    cue: int | None
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Baseline:
    """The file as it is written."""

    version: int
    findings: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A result without the findings that a baseline knows, how many these are, and the entries that are stale.

    An entry is stale when its file was checked and its finding is not there any more.
    """

    result: CheckResult
    known: int
    stale: tuple[Entry, ...]


def read_baseline(path: Path) -> tuple[Entry, ...]:
    """Read a baseline.

    Raises ``UsageError`` when it is missing or not a baseline, ``MachineError`` where the system refuses to read it.
    """
    try:
        return _known(parse_json(read_regular(path)))
    except OSError as error:
        if is_machine_fault(error):
            raise as_house_error(error, path) from error
        why, hint = why_of(error), "Write it with --write-baseline."
        raise UsageError(what="The baseline cannot be read.", where=str(path), why=why, hint=hint) from None
    except ValueError as error:
        hint = "Write it again with --write-baseline."
        raise UsageError(what="This file is not a baseline.", where=str(path), why=str(error), hint=hint) from None


def compare(result: CheckResult, entries: Iterable[Entry]) -> Compared:
    """Take the findings that are known out of a result."""
    entries = tuple(entries)
    known = {entry.fingerprint for entry in entries}
    found = {name for finding in result.findings for one in finding.each for name in _names(finding, one)}
    fresh = [each for finding in result.findings for each in _fresh(finding, known)]
    return Compared(
        result=replace(result, findings=tuple(sorted(fresh, key=lambda finding: finding.sort_key))),
        known=sum(not _fresh(finding, known) for finding in result.findings),
        stale=tuple(each for each in entries if result.covers(each.path) and each.fingerprint not in found),
    )


def _names(finding: Finding, one: Finding) -> tuple[str, ...]:
    """Name a finding, and one of those that it stands for, in each way in which a baseline may know it."""
    return (finding.fingerprint, one.fingerprint, *habit_fingerprints(one))


def _fresh(finding: Finding, known: set[str]) -> tuple[Finding, ...]:
    """Return what is new in a finding: all of it, nothing, or those that are where it has become a habit.

    A baseline that knows a habit knows each finding of its kind: there were more of them.
    """
    fresh = tuple(one for one in finding.each if known.isdisjoint(_names(finding, one)))
    return (finding,) if len(fresh) == len(finding.each) else fresh


def write_baseline(path: Path, findings: Iterable[Finding], kept: Iterable[Entry] = ()) -> None:
    """Make these findings the known ones, beside the entries to keep.

    A file that cannot be read is never known: as soon as it can be, its findings would be new ones.
    """
    known = (_entry_of(finding) for finding in findings if finding.code != unreadable_file.code)
    _write(path, (*kept, *known))


def prune_baseline(path: Path, compared: Compared) -> None:
    """Take the stale entries out of a baseline, and add nothing."""
    stale = set(compared.stale)
    _write(path, (entry for entry in read_baseline(path) if entry not in stale))


def _write(path: Path, entries: Iterable[Entry]) -> None:
    ordered = sorted(entries, key=lambda each: (each.path, each.code, each.fingerprint))
    document = encode(_Baseline(version=VERSION, findings=tuple(ordered)))
    write_atomically(path, (json.dumps(document, indent=2) + "\n").encode())


def _known(document: object) -> tuple[Entry, ...]:
    baseline = decode(document, _Baseline)
    if baseline.version != VERSION:
        raise ValueError(f"version {baseline.version}, not {VERSION}")
    return baseline.findings


def _entry_of(finding: Finding) -> Entry:
    return Entry(
        fingerprint=finding.fingerprint,
        code=finding.code,
        path=finding.location.path,
        cue=finding.location.cue,
        message=finding.message,
    )
