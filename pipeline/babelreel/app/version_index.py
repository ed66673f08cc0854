"""Read and write what a folder with earlier versions of files says of them."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from babelreel.errors import UsageError
from babelreel.graph.files import digest_file, write_atomically
from babelreel.model.project import Project
from babelreel.regular_files import read_regular
from babelreel.system_errors import why_of

#: The file that makes a folder a version; it is written last.
INDEX = "index.json"
#: The verbs that write a version for each line, which nobody remembers one by one.
_STEPPING = ("studio ", "take ")
_FOLDER = re.compile(r"\d{6}")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A file of a version: the name of what it held before, and the digests of what it may hold now, mostly the last.

    ``None`` stands for a file that is not there.
    """

    path: str
    before: str | None
    after: tuple[str | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What a call of a verb wrote over."""

    folder: Path
    verb: str
    files: tuple[KeptFile, ...]

    @property
    def is_step(self) -> bool:
        """Tell whether this is one of many small steps, and not what a person remembers."""
        return self.verb.startswith(_STEPPING)

    def before(self, file: KeptFile) -> str | None:
        """Return the digest of what a file held before."""
        return digest_file(self.folder / file.before) if file.before else None


def versions_folder(project: Project) -> Path:
    """Say where earlier versions of files are kept."""
    return project.state_dir / "versions"


def kept_folders(project: Project) -> list[Path]:
    """List the folders of all versions, the oldest first; one that a stop left half removed is none."""
    folder = versions_folder(project)
    if not folder.is_dir():
        return []
    return sorted(each for each in folder.iterdir() if _FOLDER.fullmatch(each.name) and (each / INDEX).is_file())


def write_index(version: Version) -> None:
    """Write what makes a folder a version, once all else lies in it."""
    listed = [{"path": each.path, "before": each.before, "after": list(each.after)} for each in version.files]
    write_atomically(version.folder / INDEX, json.dumps({"verb": version.verb, "files": listed}, indent=1).encode())


def read_version(folder: Path) -> Version:
    """Read what a version says; ``UsageError`` for one that is damaged."""
    index = folder / INDEX
    try:
        document = json.loads(read_regular(index))
        files = tuple(
            KeptFile(
                path=_inside(each["path"]),
                before=each["before"] and _name(folder, each["before"]),
                after=_digests(each["after"]),
            )
            for each in document["files"]
        )
        return Version(folder=folder, verb=str(document["verb"]), files=files)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise UsageError(
            what="What was kept cannot be read.",
            where=str(index),
            why=why_of(error) if isinstance(error, OSError) else "it is not as babelreel wrote it",
            hint=f"Remove the folder {folder.name} to go on with the version before it.",
        ) from None


def _digests(after: object) -> tuple[str | None, ...]:
    listed = after if isinstance(after, list) and after else [after]  # an earlier babelreel wrote the one digest
    return tuple(str(each) if each else None for each in listed)


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
