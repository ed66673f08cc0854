"""Tell a folder that is a project from one that somebody took for one.

A verb that works on a project reads it here, before anything is written: in a wrong folder nothing is left behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from babelreel.config.read import CONFIG_NAME, read_project
from babelreel.errors import UsageError
from babelreel.model.delivery.published_paths import MANIFEST
from babelreel.model.project import Project
from babelreel.regular_files import is_taken

_PARENTS, _MOST_LOOKED_AT, _MOST_NAMED = 2, 500, 3


def read_project_folder(root: Path) -> Project:
    """Read the project of a folder, as ``read_project`` does; raises ``UsageError`` for a folder that is none.

    One is known by its babelreel.toml, its folder of films or of subtitles, or by what it published.
    """
    project = read_project(root)
    if project.config_path is None and not _is_project(project.root):
        raise _no_project(project.root)
    return project


def _is_project(folder: Path) -> bool:
    marks = (CONFIG_NAME, "video", "subtitles", f"output/{MANIFEST}")
    return any(is_taken(folder / mark) for mark in marks)


def _no_project(root: Path) -> UsageError:
    near = list(islice(_near(root), _MOST_NAMED))
    places = " or ".join(f"“{each}”" for each in near)
    return UsageError(
        what="This folder is not a project.",
        where=str(root),
        why=f"it holds no {CONFIG_NAME}, no folder video and no folder subtitles",
        hint=f"Did you mean {places}? Go there: cd {_quoted(near[0])}"
        if near
        else "Go into the folder of your film with cd, or make one: “babelreel init my-film”.",
    )


def _near(root: Path) -> Iterator[str]:
    """Name the projects in a folder, and the one that the folder lies in, as ``cd`` takes them."""
    with suppress(OSError):
        for each in sorted(islice(root.iterdir(), _MOST_LOOKED_AT)):
            if each.is_dir() and not each.name.startswith(".") and _is_project(each):
                yield each.name
    for steps, folder in enumerate(islice(root.parents, _PARENTS), start=1):
        with suppress(OSError):
            if is_taken(folder / CONFIG_NAME):
                yield "/".join([".."] * steps)


def _quoted(name: str) -> str:
    return f'"{name}"' if " " in name else name
