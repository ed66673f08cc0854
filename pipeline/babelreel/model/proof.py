"""What is shown of each line when a language is read beside its film."""

from __future__ import annotations

from dataclasses import dataclass

from babelreel.model.finding import Finding, Severity
from babelreel.model.language import Language
from babelreel.model.ledger.entries import State
from babelreel.model.timecode import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a person said of a line, by whom and on which day (empty where nobody did), and what changed since.

    ``source_before`` and ``source_now`` are empty where the film says the same, ``text_before`` where the line does.
    """

    state: State
    by: str = ""
    on: str = ""
    comment: str = ""
    source_before: str = ""
    source_now: str = ""
    text_before: str = ""

    @property
    def is_of_now(self) -> bool:
        """Tell whether it was said of the line and the film as they are."""
        return not (self.source_before or self.source_now or self.text_before)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofLine:
    """One line: its text and what the film says there, what is wrong with it, and what was said of it.

    ``picture`` is a JPEG of it as burned in; where there is none, ``why`` tells the reason.
    """

    number: int
    span: Span
    text: str
    source: str
    picture: bytes
    why: tuple[str, ...]
    findings: tuple[Finding, ...]
    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofSheet:
    """All lines of one language in the order of the file, at the size ``rung``; texts hold nothing that is not seen.

    ``findings`` are about the file as a whole. ``source`` is the language of the film, ``None`` where that is this one.
    """

    title: str
    language: Language
    source: Language | None
    rung: str
    width_px: int
    height_px: int
    lines: tuple[ProofLine, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def approved(self) -> int:
        """How many lines are approved as they are now."""
        return sum(line.said.state is State.APPROVED and line.said.is_of_now for line in self.lines)

    @property
    def without_picture(self) -> int:
        """How many lines could not be shown."""
        return sum(not line.picture for line in self.lines)

    def count(self, severity: Severity) -> int:
        """Count the findings of a severity."""
        found = (*self.findings, *(each for line in self.lines for each in line.findings))
        return sum(each.severity is severity for each in found)
