"""Remove what can be made again."""

from __future__ import annotations

from babelreel.app.publish.history import settle
from babelreel.app.publish.publish import unpublish
from babelreel.graph.clean import clean
from babelreel.model.project import Project


def clean_project(project: Project, *, with_output: bool) -> int:
    """Remove the store and the notes, and with ``with_output`` what was published; return the bytes freed.

    Files that babelreel did not make stay where they are, also inside its own folders.
    """
    output = project.root / project.output_dir
    settle(project, output)
    freed = unpublish(output) if with_output else 0
    return freed + clean(project.state_dir)
