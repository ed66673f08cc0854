"""What may be removed, because it can be made again?"""

from __future__ import annotations

from babelreel.app.build.publish import unpublish
from babelreel.app.project.master import PROBES
from babelreel.app.project.tools import TOOLS
from babelreel.graph.clean import clean
from babelreel.graph.files import house_errors
from babelreel.model.project import Project


def clean_project(project: Project, *, with_output: bool) -> int:
    """Remove the store and the caches, and with ``with_output`` what was published; gives the bytes that are free now.

    Files that babelreel did not make stay where they are, also inside its own folders.
    """
    freed = _clean_caches(project) + clean(project.state_dir)
    return freed + unpublish(project.root / project.output_dir) if with_output else freed


def _clean_caches(project: Project) -> int:
    freed = 0
    with house_errors(project.state_dir):
        for name in (PROBES, TOOLS):
            folder = project.state_dir / name
            for path in folder.glob("*.json"):
                freed += path.stat().st_size
                path.unlink()
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
    return freed
