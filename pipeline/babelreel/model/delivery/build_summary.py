"""What a build did, and what it could not do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from babelreel.errors import WORST_FIRST, BabelreelError, PartialBuildError, StoppedError


class Fate(StrEnum):
    """What became of a language that could not be built as the project asks for."""

    NOT_PUBLISHED = "not published"
    """It, or a part of it, is not there."""
    EARLIER = "the earlier version stays"
    """What was published before is there; what this machine could make of the present state is there too."""
    WITHOUT_DUB = "published without its dub"
    WITHOUT_NAME = "published without the sound of its name"
    WITHOUT_SIGN = "published without its interpreter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A language that is not, or not wholly, published as the project asks for, and the first reason.

    ``tag`` is empty for what belongs to no language, and the name of a file where nobody knows its language.
    ``taken`` counts the files of it that were published before, and went with this build.
    """

    tag: str
    error: BabelreelError
    fate: Fate = Fate.NOT_PUBLISHED
    taken: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedRendition:
    """A rendition that is not made, why, and what to do about it; all others are made.

    ``name`` is what people read, ``rendition`` its name in the project. ``tag`` is the language of which it is not
    made, or the pair; empty where the film itself cannot have it. Without a ``rendition`` none is made.
    ``is_of_machine`` says that another machine could make it. ``is_kept`` says that its earlier version is published.
    """

    name: str
    why: str
    hint: str
    rendition: str = ""
    tag: str = ""
    is_of_machine: bool = False
    is_kept: bool = False

    @property
    def is_missed(self) -> bool:
        """Whether it was asked for and could be there: with another text, or on another machine."""
        return bool(self.tag) or self.is_of_machine


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplacedFilm:
    """The film is not that of the subtitles, which are probably at the wrong times: what is known, and what to call."""

    told: str
    call: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildSummary:
    """What a build did.

    ``skipped`` are renditions that were not made, ``choices`` what was chosen for it (``tell_choices``).
    ``warnings`` counts the findings of this severity. ``made`` counts the tasks that ran, ``kept`` those whose result
    was there already; ``files`` and ``size`` describe what is published now, ``written`` and ``removed`` what changed
    of it. ``has_results`` says that something is published that did not fail. ``repaired`` counts the stored files that
    were damaged, or gone, and were made again; ``restored`` the published ones that were, and were put back.
    ``replaced``: what is published should not be handed on.
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
    has_results: bool = True
    repaired: int = 0
    restored: int = 0
    replaced: ReplacedFilm | None = None

    @property
    def exit_code(self) -> int:
        """0 when all is published, 3 when some is, the first failure's own code when nothing is.

        Something is missing where a rendition could be made with another text, or on another machine. One that the film
        cannot have in any language is not: it is too long for its bound.
        """
        if not self.failures:
            return PartialBuildError.exit_code if any(each.is_missed for each in self.skipped) else 0
        return PartialBuildError.exit_code if self.has_results else self.failures[0].error.exit_code


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmResult:
    """What came of one film among several: a summary, or the error for which nothing of it was done."""

    film: str
    summary: BuildSummary | None = None
    error: BabelreelError | None = None

    @property
    def was_stopped(self) -> bool:
        """Tell whether it was not done because the run was stopped: by Ctrl-C, or with another film."""
        return isinstance(self.error, StoppedError | PartialBuildError)

    @property
    def exit_code(self) -> int:
        """The code that a build of this film alone would end with."""
        if self.error:
            return self.error.exit_code
        return self.summary.exit_code if self.summary else 0


def worst_code(codes: Iterable[int]) -> int:
    """Choose the exit code of a run of several films: the worst of theirs."""
    return min(codes, key=WORST_FIRST.index, default=0)
