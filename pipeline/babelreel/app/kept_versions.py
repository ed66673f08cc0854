"""What were the volunteer's own files before a verb wrote them, and how do they come back?"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath

from babelreel.app.project.inventory import leads_out, relative_path
from babelreel.errors import UsageError
from babelreel.graph.files import remove_folder, rewrite_atomically, write_atomically
from babelreel.graph.lock import hold_ledgers
from babelreel.model.project import Project
from babelreel.regular_files import read_regular, real_path
from babelreel.system_errors import house_errors

#: Versions of so many calls are kept; a file of subtitles has 20 kB.
_MOST_KEPT = 100
_FOLDER = re.compile(r"\d{6}")
_INDEX = "index.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """What was put back: the verb that had written the files, and their paths; ``removed`` were not there before."""

    verb: str
    restored: tuple[str, ...]
    removed: tuple[str, ...]


def keep_versions(project: Project, verb: str, files: Mapping[Path, bytes | None]) -> None:
    """Keep what is now in the places of files that are to be written with these bytes (``None``: to be removed).

    To be called before the first is written; raises ``MachineError`` or ``NoSpaceError``, and then nothing is lost.
    A call that goes on where one was stopped between two files is of that one's version.
    """
    _drop_unwritten(project)
    if _goes_on(project, files):
        return
    folder = _versions(project)
    number = max((int(each.name) for each in _kept(project)), default=0) + 1
    place = folder / f"{number:06d}"
    listed = []
    for index, (path, content) in enumerate(files.items()):
        is_there = path.is_file()
        if is_there:
            with house_errors(path):
                write_atomically(place / f"{index}.before", path.read_bytes())
        listed.append(
            {
                "path": relative_path(project, path),
                "before": f"{index}.before" if is_there else None,
                "after": None if content is None else sha256(content).hexdigest(),
            }
        )
    # last: a version without it is none
    write_atomically(place / _INDEX, json.dumps({"verb": verb, "files": listed}, indent=1).encode())
    for old in _kept(project)[:-_MOST_KEPT]:
        _let_go(old)


def undo(project: Project) -> Undone:
    """Put back the files of the last call that wrote any, all or none; a second call goes one further back.

    Raises ``UsageError`` where nothing is kept, and where a file was changed since by somebody else.
    """
    with hold_ledgers(project.state_dir):
        kept = _kept(project)
        if not kept:
            raise UsageError(
                what="there is nothing to undo",
                hint="what receive, approve, check --fix and the studio write can be undone, and nothing else",
            )
        verb, files = _read(kept[-1])
        plan = {project.root / path: (kept[-1] / before if before else None, after) for path, before, after in files}
        contents = {path: _before(project, path, before, after) for path, (before, after) in plan.items()}
        restored, removed = [], []
        for path, content in contents.items():
            if content is None:
                with house_errors(path):
                    path.unlink(missing_ok=True)
                removed.append(relative_path(project, path))
            else:
                rewrite_atomically(real_path(path), content) if path.is_file() else write_atomically(path, content)
                restored.append(relative_path(project, path))
        _let_go(kept[-1])
    return Undone(verb=verb, restored=tuple(restored), removed=tuple(removed))


def _drop_unwritten(project: Project) -> None:
    """Let the last versions go of which nothing is written, or all is put back: their calls were stopped there.

    ``undo`` does not: who calls it again after a stop wants no more than that one call undone.
    """
    for folder in reversed(_kept(project)):
        if not all(now == before for _, before, now, _ in _states(project, folder)):
            return
        _let_go(folder)


def _goes_on(project: Project, files: Mapping[Path, bytes | None]) -> bool:
    """Tell whether these are the files that the last call was stopped before, to be written as it would have done."""
    kept = _kept(project)
    if not kept:
        return False
    left = {path: after for path, before, now, after in _states(project, kept[-1]) if now == before}
    return left == {path: None if content is None else sha256(content).hexdigest() for path, content in files.items()}


def _states(project: Project, folder: Path) -> Iterator[tuple[Path, bytes | None, bytes | None, str | None]]:
    """Give each file of a version with what it held before, what it holds now, and the digest of what it was to hold.

    Nothing is given of a version that cannot be read, and of a file that leads out of the project.
    """
    try:
        _, files = _read(folder)
    except UsageError:  # "undo" says so
        yield project.root, b"", None, None
        return
    for path, before, after in files:
        place = project.root / path
        with house_errors(place):
            now = place.read_bytes() if place.is_file() else None
            yield place, (folder / before).read_bytes() if before else None, now, after


def _before(project: Project, path: Path, before: Path | None, after: str | None) -> bytes | None:
    """Give what a file held before; ``UsageError`` where it holds something else than what we wrote, or put back."""
    if leads_out(project, path):
        raise UsageError(what="nothing is put back through a link that leads out of the project", where=str(path))
    with house_errors(path):
        content = before.read_bytes() if before else None
        now = path.read_bytes() if path.is_file() else None
    if now != content and (None if now is None else sha256(now).hexdigest()) != after:
        raise UsageError(
            what="a file was changed since, and nothing is put back",
            where=str(path),
            why=f"the version before is kept in {before}" if before else "",
            hint="copy that file by hand, or go on from the present one",
        )
    return content


def _let_go(folder: Path) -> None:
    with house_errors(folder):
        (folder / _INDEX).unlink()  # first: what a stop leaves without it is no version
    remove_folder(folder)


def _read(folder: Path) -> tuple[str, list[tuple[str, str | None, str | None]]]:
    index = folder / _INDEX
    try:
        document = json.loads(read_regular(index))
        files = [
            (
                _inside(each["path"]),
                each["before"] and _name(folder, each["before"]),
                each["after"] and str(each["after"]),
            )
            for each in document["files"]
        ]
        return str(document["verb"]), files
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise UsageError(
            what="what was kept cannot be read",
            where=str(index),
            why=str(error),
            hint=f"remove the folder {folder.name} to go on with the version before it",
        ) from None


def _inside(path: str) -> str:
    parts = PurePosixPath(path)
    if b"\0" in os.fsencode(path):  # which raises ValueError, too, for what no system can name
        raise ValueError("a path holds a zero byte")
    if parts.is_absolute() or ".." in parts.parts:
        raise ValueError(f"{path} leads out of the project")
    return path


def _name(folder: Path, name: str) -> str:
    if not re.fullmatch(r"\d+\.before", name):
        raise ValueError(f"{name} is no name of ours")
    if not (folder / name).is_file():
        raise ValueError(f"{name} is gone")
    return name


def _versions(project: Project) -> Path:
    return project.state_dir / "versions"


def _kept(project: Project) -> list[Path]:
    folder = _versions(project)
    if not folder.is_dir():
        return []
    return sorted(each for each in folder.iterdir() if _FOLDER.fullmatch(each.name) and (each / _INDEX).is_file())
