"""Choose the folder in which files may be published.

A setting can come with a project that somebody else made; a folder that is named in the call was named by its user. In
neither may anything be published among what the project itself is made of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from babelreel.errors import UsageError
from babelreel.model.project import STATE, Project
from babelreel.regular_files import real_path

_GIT = Path(".git")


def choose_output(project: Project, asked: Path | None = None, named: str = "--output") -> Project:
    """Return the project with the folder of the call as its output folder, or with its own.

    ``named`` is the option or setting that ``asked`` comes from. Raises ``UsageError`` where the folder is, holds or
    lies in one of the project's own, and where the project's setting leads out of it.
    """
    if asked is not None:
        refuse_own_folder(project, asked.absolute(), named)
        return replace(project, output_dir=asked.absolute())
    why = output_fault(project)
    if why:
        raise UsageError(
            what=f"Nothing is published in “{project.output_dir}”: {why}",
            where=str(project.config_path or project.root),
            hint='Name a folder of its own there ([paths] output = "output"), or in the command: “build --output DIR”.',
        )
    return project


def refuse_own_folder(project: Project, folder: Path, named: str) -> None:
    """Raise ``UsageError`` where files would be published, or sent, among what the project is made of."""
    why = _own_folder_fault(project, real_path(folder))
    if why:
        raise UsageError(
            what=f"Nothing is published in this folder: {why}.",
            where=str(folder),
            hint=f"Choose another one for {named}.",
        )


def output_fault(project: Project) -> str:
    """Say why nothing may be published in the folder that a project names; empty where it may."""
    root = real_path(project.root)
    output = real_path(root / project.output_dir)
    if output != root and not output.is_relative_to(root):
        return "it lies outside of the project"
    return _own_folder_fault(project, output)


def _own_folder_fault(project: Project, output: Path) -> str:
    """Say which of the project's own folders a folder is, lies in or holds; empty where it is free."""
    root = real_path(project.root)
    if root.is_relative_to(output):
        return "it is the project itself" if output == root else "the project lies in it"
    for folder, whose in _own_folders(project):
        other = real_path(root / folder)
        if output == other:
            return f"it is {whose}"
        if output.is_relative_to(other):
            return f"it lies in {whose}"
        if other.is_relative_to(output):
            return f"{whose} lies in it"
    return ""


def _own_folders(project: Project) -> Iterator[tuple[Path, str]]:
    """List the folders of what people put into the project, and what each is to them."""
    yield project.video_dir, "your folder of films"
    yield project.subtitles_dir, "your folder of subtitles"
    yield _GIT, "the folder of git"
    yield Path(STATE), "the folder of what babelreel keeps"
    fonts = (each.font for each in project.languages if each.font)
    logos = (each for each in (project.campaign.brand.logo, project.cards.logo) if each)
    kinds = ((fonts, "your folder of fonts"), (logos, "the folder of your logo"))
    for files, whose in kinds:
        yield from ((each.parent, whose) for each in files if each.parent != Path())
