"""How is one task done, from its inputs to its stored result?"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from babelreel.errors import BabelreelError, ToolError, UsageError
from babelreel.graph.files import as_house_error, house_errors, is_machine_fault
from babelreel.graph.store import Entry, Store
from babelreel.graph.task import Input, Json, Literal, ReportProgress, SourceFile, Task, Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbench:
    """What all tasks of a run share; safe for several threads.

    ``digest`` gives the SHA-256 of a source file as it is now, by which a file that was changed while it was used is
    found out: a stat cache's method makes that cheap.
    """

    store: Store
    is_cancelled: Callable[[], bool]
    digest: Callable[[Path], str]

    def make(
        self, task: Task, document: Mapping[str, Json], entries: Mapping[str, Entry], report: ReportProgress
    ) -> Entry:
        """Do a task in a folder of its own and store what it made.

        ``entries`` holds the results of the tasks it needs, ``document`` is its key document. Raises the action's
        error; ``ToolError`` when an output is missing; ``UsageError`` when a source file changed meanwhile;
        ``NoSpaceError`` or ``MachineError`` when the disk is full or refuses.
        """
        with self.store.workspace() as folder:
            for each in task.inputs:
                self._lay_out(each, folder / each.name, entries)
            for name in task.outputs:
                with house_errors(folder):
                    (folder / name).parent.mkdir(parents=True, exist_ok=True)
            _perform(task, Workspace(folder=folder, report=report, is_cancelled=self.is_cancelled))
            outputs = {name: _made(task, folder, name) for name in task.outputs}
            for each in task.inputs:
                if isinstance(each, SourceFile) and self.digest(each.path) != each.digest:
                    raise _changed_meanwhile(each)
            return self.store.add(document, outputs)

    def _lay_out(self, each: Input, target: Path, entries: Mapping[str, Entry]) -> None:
        with house_errors(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(each, Literal):
                target.write_bytes(each.content)
                return
        if isinstance(each, SourceFile):
            _link(each.path, target)
        else:
            _link(self.store.path(entries[each.task].digests[each.output]), target)


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


def _perform(task: Task, workspace: Workspace) -> None:
    try:
        task.action.perform(workspace)
    except OSError as error:
        if is_machine_fault(error):
            raise as_house_error(error, Path(error.filename or workspace.folder)) from error
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


def _changed_meanwhile(source: SourceFile) -> BabelreelError:
    return UsageError(
        what=f"{source.path.name} was changed while it was being used.",
        where=str(source.path),
        hint="Let whatever writes to it come to an end, then run the same command again.",
    )
