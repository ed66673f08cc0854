"""Do one task, from its inputs to its stored result."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from babelreel.errors import BabelreelError, MachineError, NoSpaceError, StoppedError, ToolError, UsageError
from babelreel.graph.plan import task_document
from babelreel.graph.store import Entry, Store
from babelreel.graph.task import (
    BatchAction,
    Input,
    Literal,
    Program,
    ReportProgress,
    SourceFile,
    TakenIn,
    Task,
    Workspace,
    keep_memory,
)
from babelreel.system_errors import as_house_error, house_errors, is_machine_fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbench:
    """What all tasks of a run share; safe for several threads.

    ``digest`` returns the SHA-256 of a source file as it is now, so that a file that was changed during use is
    noticed: a stat cache's method makes that cheap. ``programs`` says where the programs lie on this machine.
    """

    store: Store
    is_cancelled: Callable[[], bool]
    digest: Callable[[Path], str]
    programs: Mapping[Program, Path]

    def make_all(
        self,
        tasks: Sequence[Task],
        entries: Mapping[str, Entry],
        report: ReportProgress,
        release: Callable[[], None] = keep_memory,
    ) -> tuple[Entry | BabelreelError, ...]:
        """Do tasks as ``make`` does; when that fails, one by one, to know which of them is to blame.

        Raises ``NoSpaceError`` and ``StoppedError``, which end the whole run.
        """
        if len(tasks) > 1:
            try:
                return self.make(tasks, entries, report, release)
            except (NoSpaceError, StoppedError):
                raise
            except BabelreelError:
                pass
            release = keep_memory  # it was given back, and each is now made again
        return tuple(self._make_alone(task, entries, report, release) for task in tasks)

    def _make_alone(
        self, task: Task, entries: Mapping[str, Entry], report: ReportProgress, release: Callable[[], None]
    ) -> Entry | BabelreelError:
        try:
            return self.make((task,), entries, report, release)[0]
        except (NoSpaceError, StoppedError):
            raise
        except BabelreelError as error:
            return error

    def make(
        self,
        tasks: Sequence[Task],
        entries: Mapping[str, Entry],
        report: ReportProgress,
        release: Callable[[], None] = keep_memory,
    ) -> tuple[Entry, ...]:
        """Do a task, or those of a batch in one go, in folders of their own and store what they made.

        ``entries`` holds the results of the tasks they need. Raises the action's error; ``ToolError`` when an output is
        missing; ``UsageError`` when a source file changed meanwhile; ``NoSpaceError`` or ``MachineError`` when the disk
        is full or refuses.
        """
        with self.store.workspace() as root:
            folders = [root] if len(tasks) == 1 else [root / str(place) for place in range(len(tasks))]
            for task, folder in zip(tasks, folders, strict=True):
                self._prepare(task, folder, entries)
            try:
                _perform(tasks, [self._workspace(each, report, release) for each in folders])
            except (NoSpaceError, StoppedError):
                raise
            except (BabelreelError, OSError):
                self.refuse_changed(tasks)  # that a file has changed meanwhile says more than the error that it caused
                raise
            made = [
                {name: _made(task, folder, name) for name in task.outputs}
                for task, folder in zip(tasks, folders, strict=True)
            ]
            self.refuse_changed(tasks)
            return tuple(
                self.store.add(task_document(task, entries), outputs, is_shared=not task.is_cheap)
                for task, outputs in zip(tasks, made, strict=True)
            )

    def _workspace(self, folder: Path, report: ReportProgress, release: Callable[[], None]) -> Workspace:
        return Workspace(
            folder=folder,
            report=report,
            is_cancelled=self.is_cancelled,
            program=self._program,
            release=release,
        )

    def _program(self, program: Program) -> Path:
        try:
            return self.programs[program]
        except KeyError:
            raise MachineError(
                what=f"This work needs {program.name} {program.version}, which is not the one of this machine.",
                hint="Run the same command again; if it happens again, install that version here.",
            ) from None

    def _prepare(self, task: Task, folder: Path, entries: Mapping[str, Entry]) -> None:
        for each in task.inputs:
            self._lay_out(each, folder / each.name, entries)
        for name in task.outputs:
            with house_errors(folder):
                (folder / name).parent.mkdir(parents=True, exist_ok=True)

    def refuse_changed(self, tasks: Sequence[Task]) -> None:
        """Raise ``UsageError`` when a file that these tasks start from is not what it was when they were planned."""
        sources = {each.path: each for task in tasks for each in task.inputs if isinstance(each, SourceFile)}
        for each in sources.values():
            try:
                is_same = self.digest(each.path) == each.digest
            except MachineError as error:
                raise _changed_meanwhile(each, f"it cannot be read any more ({error.why})") from error
            if not is_same:
                raise _changed_meanwhile(each)

    def _lay_out(self, each: Input, target: Path, entries: Mapping[str, Entry]) -> None:
        with house_errors(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(each, Literal):
                target.write_bytes(each.content)
                return
        if isinstance(each, SourceFile):
            _link(each.path, target)
        elif isinstance(each, TakenIn):
            _link(self.store.fetch(each.digest), target)
        else:
            _link(self.store.fetch(entries[each.task].digests[each.output]), target)


def _link(source: Path, target: Path) -> None:
    """Make a file appear under another name, for reading: as a link if the system has links, else as a copy."""
    with house_errors(source):
        absolute = source.resolve(strict=True)
    with house_errors(target):
        for link in (os.symlink, os.link):
            try:
                link(absolute, target)
            except (OSError, NotImplementedError):  # Windows without the right to link, or another disk
                continue
            return
        shutil.copyfile(absolute, target)


def _perform(tasks: Sequence[Task], workspaces: Sequence[Workspace]) -> None:
    first = tasks[0].action
    try:
        if len(tasks) == 1:
            first.perform(workspaces[0])
        else:
            cast("BatchAction", first).perform_batch(workspaces, [task.action for task in tasks])
    except OSError as error:
        if is_machine_fault(error):
            raise as_house_error(error, Path(error.filename or workspaces[0].folder)) from error
        raise  # a file that is not where the action looks for it is a bug


def _made(task: Task, folder: Path, name: str) -> Path:
    path = folder / name
    if not path.is_file():
        raise ToolError(
            what=f"A step of the work ended without its result: {name} was not made.",
            where=task.name,
            hint="Run the same command again; if it happens again, report it with the output of babelreel doctor.",
        )
    return path


def _changed_meanwhile(source: SourceFile, why: str = "") -> BabelreelError:
    return UsageError(
        what=f"{source.path.name} was changed while it was being used.",
        where=str(source.path),
        why=why,
        hint="Let whatever writes to it come to an end, then run the same command again.",
    )
