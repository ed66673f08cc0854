"""What did a build do, and what could it not do?"""

from __future__ import annotations

from dataclasses import dataclass

from babelreel.errors import BabelreelError, PartialBuildError


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A language that is not, or not wholly, published, and the first reason.

    ``tag`` is empty for what belongs to no language, and the name of a file where nobody knows its language.
    ``is_published`` says that all is there, but without the language's own voice.
    """

    tag: str
    error: BabelreelError
    is_published: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedRendition:
    """A rendition that the film cannot have, why, and what to do about it; all others are made."""

    name: str
    why: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildSummary:
    """What a build did.

    ``skipped`` are renditions that this film cannot have, ``choices`` what was chosen for it (``tell_choices``).
    ``warnings`` counts the findings of this severity. ``made`` counts the tasks that ran, ``kept`` those whose result
    was there already; ``files`` and ``size`` describe what is published now, ``written`` and ``removed`` what changed
    of it.
    """

    output: str
    languages: int
    failures: tuple[Failure, ...]
    skipped: tuple[SkippedRendition, ...]
    choices: tuple[str, ...]
    warnings: int
    made: int
    kept: int
    files: int
    size: int
    written: int
    removed: int
    seconds: float

    @property
    def exit_code(self) -> int:
        """0 when every language is published, 3 when some are, the first failure's own code when none is."""
        if not self.failures:
            return 0
        return PartialBuildError.exit_code if self.files else self.failures[0].error.exit_code
