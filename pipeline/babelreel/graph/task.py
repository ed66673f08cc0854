"""One piece of work, and everything that may change its result."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, TypeAlias

Json: TypeAlias = bool | int | str | Sequence["Json"] | Mapping[str, "Json"] | None

#: Tells how much of a task is done, from 0.0 to 1.0.
ReportProgress: TypeAlias = Callable[[float], None]


def keep_memory() -> None:
    """Hold the memory of a task to its end: the ``release`` of where nobody waits for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file that was there before the build; ``digest`` is its SHA-256, ``name`` what the work folder calls it.

    ``part`` is set where a task uses only a part of the file: the SHA-256 of that part, which then takes the place of
    the file's own in the key.
    """

    name: str
    path: Path
    digest: str
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """A ``SourceFile`` on a machine where it does not lie: the store was given its bytes."""

    name: str
    digest: str
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Literal:
    """Bytes that the plan itself made; they are written to the work folder under ``name``."""

    name: str
    content: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of the content, hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Produced:
    """The output of another task: ``task`` is its name, ``output`` the name it gave the file."""

    name: str
    task: str
    output: str


Input: TypeAlias = SourceFile | TakenIn | Literal | Produced


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A program that an action runs: its name, what it says of its version, and the SHA-256 of its file.

    ``digest`` is empty where keys hold the version alone. Its place differs from machine to machine, and is looked
    up where the work is done.
    """

    name: str
    version: str
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """Where an action works: an empty folder with its inputs in it under their names.

    ``report`` takes progress; ``is_cancelled`` is asked often, and an action that sees it true stops and raises
    ``StoppedError``. ``program`` says where on this machine a program lies; it raises ``MachineError`` where there is
    none. An action that needs no more of its task's memory, but time, calls ``release``: others may begin then.
    Whatever is not a planned output is thrown away with the folder.
    """

    folder: Path
    report: ReportProgress
    is_cancelled: Callable[[], bool]
    program: Callable[[Program], Path]
    release: Callable[[], None] = keep_memory


class Action(Protocol):
    """What a task does. Frozen, picklable, and described completely by ``document``."""

    def document(self) -> Mapping[str, Json]:
        """Return everything but the inputs that can change a byte of the outputs, as JSON without floats."""
        ...

    def perform(self, workspace: Workspace) -> None:
        """Make the outputs in the workspace's folder, or raise a ``BabelreelError`` and leave what it likes."""
        ...


class BatchAction(Action, Protocol):
    """An action that can be done together with others of its batch at less cost, each with the same bytes as alone."""

    def perform_batch(self, workspaces: Sequence[Workspace], actions: Sequence[Any], /) -> None:
        """Do all ``actions``, this one being the first; each has its own workspace, side by side in one folder.

        An error does not say which action is to blame.
        """
        ...


#: One for all tasks that need no other, which most are.
_NO_NEEDS = frozenset[str]()


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One action with its inputs and the names of its outputs.

    ``name`` is unique in a plan and stable between runs ("picture phone-480p fr"): the reason why a task runs again
    is found by comparing with the last run of the same name. ``language`` and ``rendition`` are empty where a task
    serves all. ``facts`` is what the inputs mean in the user's words (cues, style, settings); it takes part in the
    key and is what ``plan --why`` compares. The rest is no part of the key: ``numbers`` holds what the user calls
    the items of a fact (("cues", (17, 18)),), ``weight`` orders the work, longest first, ``memory_bytes`` is what
    it takes while it runs, and tasks that name the same ``batch`` have a ``BatchAction`` and are done together when
    due together, which takes ``batch_bytes`` once for all of them. ``handed_over`` are outputs that no task takes,
    joined at little cost from what the store has: once they are published it keeps them no longer. ``film`` says
    whose task it is where one run has several films: names and batches are a film's own. ``recipe`` is
    set where it is known already (see ``recipes_of``).
    """

    name: str
    kind: str
    action: Action
    inputs: tuple[Input, ...]
    outputs: tuple[str, ...]
    language: str = ""
    rendition: str = ""
    facts: Sequence[tuple[str, Json]] = ()
    numbers: Sequence[tuple[str, tuple[int, ...]]] = ()
    weight: int = 0
    memory_bytes: int = 0
    batch: str = ""
    batch_bytes: int = 0
    handed_over: tuple[str, ...] = ()
    film: str = ""
    recipe: str = ""
    needs: frozenset[str] = field(init=False, compare=False, repr=False)
    """Names of the tasks that must be done before."""

    def __post_init__(self) -> None:
        """Find once what it needs: a plan asks for that again and again."""
        needs = {each.task for each in self.inputs if isinstance(each, Produced)}
        object.__setattr__(self, "needs", frozenset(needs) if needs else _NO_NEEDS)

    @property
    def is_cheap(self) -> bool:
        """Whether making it again costs less than fetching it from another machine: files joined, texts written."""
        return self.weight == 0
