"""Turn what the reader of a file found wrong into breaches of rules."""

from __future__ import annotations

from collections.abc import Iterator

from babelreel.model.file_position import Source
from babelreel.model.finding import Edit, Fix, Severity
from babelreel.model.track import Fault, FaultKind
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.cue_lines import cue_on_line
from babelreel.rules.base.subject import TrackSubject

#: Said once of all of the file, at the place where it shows first.
_ABOUT_THE_FILE = frozenset({FaultKind.LEGACY_ENCODING, FaultKind.WIDE_ENCODING, FaultKind.UNDECODABLE})


def fault_breaches(subject: TrackSubject, kind: FaultKind, severity: Severity | None = None) -> Iterator[Breach]:
    """Report what the reader found of one kind, at the places where it found it, with its fix."""
    source = subject.track.source
    for fault in subject.track.faults:
        if fault.kind is kind:
            rest_of_line = len(source.line(fault.line)) - fault.column + 1
            yield Breach(
                message=f"{fault.detail}: “{fault.text}”" if fault.text else fault.detail,
                cue=None if kind in _ABOUT_THE_FILE else cue_on_line(subject, fault.line),
                line=fault.line,
                column=fault.column,
                length=max(0, min(fault.length, rest_of_line)),
                severity=severity,
                fix=_fault_fix(fault, source),
            )


def _fault_fix(fault: Fault, source: Source) -> Fix | None:
    if fault.repaired is None:
        return None
    start = source.start(fault.line - 1) + fault.column - 1
    return Fix(
        edits=(Edit(start=start, end=start + fault.length, text=fault.repaired),),
        is_safe=fault.is_evident,
    )
