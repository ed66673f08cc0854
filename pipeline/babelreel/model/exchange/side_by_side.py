"""What all languages say at each line of a film, side by side."""

from __future__ import annotations

from dataclasses import dataclass

from babelreel.model.finding import Severity
from babelreel.model.language import Language
from babelreel.model.timecode import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidText:
    """What a language says, and the gravest of what the rules found there (``None``: nothing), in words."""

    text: str = ""
    severity: Severity | None = None
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBySide:
    """A row for each cue of the reference, and in it a text for each of the languages, in their order."""

    title: str
    languages: tuple[Language, ...]
    rows: tuple[tuple[Span, tuple[SaidText, ...]], ...]
