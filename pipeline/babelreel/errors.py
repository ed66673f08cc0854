"""The errors that stop work, and the exit codes with which they end.

A broken subtitle rule is not here: it is a ``Finding``.

::

    BabelreelError               what, where, why, hint; exit code of its class
    ├── UsageError            2  the call or the project's files are not usable
    │   ├── ConfigError          babelreel.toml: carries all its faults at once
    │   ├── FilmError            no film, two films, a film nobody can decode
    │   └── TrackError           no tracks, an unknown tag, two files for one language
    ├── RefusedError          1  a language that is not published because of what was found in its track
    │   └── WithheldError        a person took it back, or its speaker has not agreed
    ├── StricterRuleError     3  a language keeps its earlier version: a rule of this version of babelreel finds a fault
    ├── UnapprovedError       1  a language keeps its earlier version until somebody approves the present one
    ├── ToolError             1  ffmpeg ended badly, or its result is not what was planned
    ├── PartialBuildError     3  some languages were built and published, others were not
    ├── MachineError          4  ffmpeg, fonts, or a folder that cannot be written
    │   └── DamagedError         a stored file that the disk does not return as it was
    ├── LockedError           5  another run holds the project
    ├── NoSpaceError          6  the disk is full
    └── StoppedError        130  the user pressed Ctrl-C

Any other exception that reaches the command line is a bug of ours: exit code 70. A run of several films ends with the
worst code of them: ``WORST_FIRST``.

Each has a ``Cause``. Only what the project's files say takes back what was published; the machine never does.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import Enum, auto
from typing import Any, ClassVar

#: Exit codes, the worst first: what stops every film, what the machine or another run prevents, what is wrong in the
#: project's own files, what of it failed, and what was done in part.
WORST_FIRST = (70, 130, 6, 4, 5, 2, 1, 3, 0)


class Cause(Enum):
    """What has to change before the same call succeeds."""

    CONTENT = auto()
    """The project's own files: what was published of it is taken back."""
    MACHINE = auto()
    """Anything else (memory, disk, rights, a program): what was published before stays."""
    APPROVAL = auto()
    """A person's word: what was published before stays until somebody says it."""


@dataclass(kw_only=True, eq=False)
class BabelreelError(Exception):
    """An error with all that its reader needs: at most four lines when printed.

    ``what`` went wrong, ``where`` (path or key, may be empty), ``why`` (cause, may be empty) and a ``hint``
    that says what to do. None holds a newline when printed: ``lines`` folds them.
    """

    exit_code: ClassVar[int] = 70
    cause: ClassVar[Cause] = Cause.MACHINE

    what: str
    where: str = ""
    why: str = ""
    hint: str = ""

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def lines(self) -> tuple[str, ...]:
        """Return the message as one to four lines, without empty ones."""
        labelled = (
            ("", self.what),
            ("where: ", self.where),
            ("why: ", self.why),
            ("hint: ", self.hint),
        )
        return tuple(label + " ".join(text.split()) for label, text in labelled if text)

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), {f.name: getattr(self, f.name) for f in fields(self)})


def _rebuild(kind: type[BabelreelError], values: dict[str, Any]) -> BabelreelError:
    """Unpickle a keyword-only error (``Exception`` would call it with positional arguments)."""
    return kind(**values)


@dataclass(kw_only=True, eq=False)
class UsageError(BabelreelError):
    """The call, or what lies in the project folder, cannot be used."""

    exit_code = 2


@dataclass(kw_only=True, eq=False)
class ConfigError(UsageError):
    """babelreel.toml, or a file that it names, has faults; ``faults`` holds one line for each of them."""

    faults: tuple[str, ...] = ()

    def lines(self) -> tuple[str, ...]:
        """Return the message with its faults in its ``why``, still in at most four lines: the first twenty."""
        return (
            BabelreelError(
                what=self.what,
                where=self.where,
                why="; ".join(_shortened(self.faults)) or self.why,
                hint=self.hint,
            )
        ).lines()


#: Nobody reads more faults than these, or longer ones: the file is of another kind, or broken as a whole.
_MOST_FAULTS = 20
_MOST_FAULT_CHARS = 300


def _shortened(faults: tuple[str, ...]) -> tuple[str, ...]:
    first, rest = faults[:_MOST_FAULTS], len(faults) - _MOST_FAULTS
    told = tuple(each if len(each) <= _MOST_FAULT_CHARS else f"{each[:_MOST_FAULT_CHARS]}…" for each in first)
    return (*told, f"and {rest} more") if rest > 0 else told


@dataclass(kw_only=True, eq=False)
class FilmError(UsageError):
    """There is not exactly one film that can be decoded whole."""


@dataclass(kw_only=True, eq=False)
class TrackError(UsageError):
    """The subtitle files cannot be matched to languages, or one cannot be read at all."""


@dataclass(kw_only=True, eq=False)
class RefusedError(BabelreelError):
    """A language is not published because of what was found in its track; the others go on."""

    exit_code = 1
    cause = Cause.CONTENT


@dataclass(kw_only=True, eq=False)
class WithheldError(RefusedError):
    """A language, or its voice, that a person does not want published: no earlier version stays in its place."""


@dataclass(kw_only=True, eq=False)
class StricterRuleError(BabelreelError):
    """A language keeps its earlier version: babelreel now refuses what it accepted before; the others go on."""

    exit_code = 3


@dataclass(kw_only=True, eq=False)
class UnapprovedError(BabelreelError):
    """A language keeps its earlier version, because nobody approved the present one; the others go on."""

    exit_code = 1
    cause = Cause.APPROVAL


@dataclass(kw_only=True, eq=False)
class PartialBuildError(BabelreelError):
    """Some languages are published, others failed or were refused."""

    exit_code = 3


@dataclass(kw_only=True, eq=False)
class MachineError(BabelreelError):
    """The machine lacks something that the work needs."""

    exit_code = 4


@dataclass(kw_only=True, eq=False)
class DamagedError(MachineError):
    """A stored file is gone, or is not what was stored; the task that made it has to make it again."""


@dataclass(kw_only=True, eq=False)
class LockedError(BabelreelError):
    """Another run works on this project."""

    exit_code = 5


@dataclass(kw_only=True, eq=False)
class NoSpaceError(BabelreelError):
    """The disk is full; what was finished before is kept."""

    exit_code = 6


@dataclass(kw_only=True, eq=False)
class ToolError(BabelreelError):
    """A program ended with an error, or made something else than was planned.

    ``log`` holds its last lines, for bug reports.
    """

    exit_code = 1

    log: tuple[str, ...] = ()


@dataclass(kw_only=True, eq=False)
class StoppedError(BabelreelError):
    """The user stopped the run; the next run goes on from what is kept."""

    exit_code = 130
