"""What may be removed, because it can be made again?"""

from __future__ import annotations

from babelreel.app.build.publish import unpublish
from babelreel.app.build.unchanged import MEMO
from babelreel.app.project.master import PROBES
from babelreel.app.project.tools import TOOLS
from babelreel.graph.clean import clean
from babelreel.model.project import Project

#: What is kept beside the store, below the project's state folder.
_CACHES = (f"{PROBES}/*.json", f"{TOOLS}/*.json", MEMO)


def clean_project(project: Project, *, with_output: bool) -> int:
    """Remove the store and the caches, and with ``with_output`` what was published; gives the bytes that are free now.

    Files that babelreel did not make stay where they are, also inside its own folders.
    """
    freed = clean(project.state_dir, _CACHES)
    return freed + unpublish(project.root / project.output_dir) if with_output else freed
