"""Choose the folder in which files may be published.

A setting can come with a project that somebody else made; a folder that is named in the call was named by its user.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from babelreel.errors import UsageError
from babelreel.model.project import STATE, Project
from babelreel.regular_files import real_path

_GIT = Path(".git")


def choose_output(project: Project, asked: Path | None = None) -> Project:
    """Return the project with the folder of the call as its output folder, or with its own.

    Raises ``UsageError`` where its own lies outside of the project, or is or holds a folder of something else.
    """
    if asked is not None:
        return replace(project, output_dir=asked.absolute())
    why = output_fault(project)
    if why:
        raise UsageError(
            what=f"Nothing is published in “{project.output_dir}”: {why}",
            where=str(project.config_path or project.root),
            hint='Name a folder of its own there ([paths] output = "output"), or in the command: “build --output DIR”.',
        )
    return project


def output_fault(project: Project) -> str:
    """Say why nothing may be published in the folder that a project names; empty where it may."""
    root = real_path(project.root)
    output = real_path(root / project.output_dir)
    if output == root or not output.is_relative_to(root):
        return "it is the project itself" if output == root else "it lies outside of the project"
    for folder in (project.video_dir, project.subtitles_dir, _GIT, Path(STATE)):
        other = real_path(root / folder)
        if output.is_relative_to(other):
            return f"“{folder}” is for something else"
        if other.is_relative_to(output):
            return f"“{folder}” lies in it"
    return ""
