"""The campaign's logo as it is published: pages and leaflets show the same file."""

from __future__ import annotations

from babelreel.graph.actions import Keep
from babelreel.graph.task import Literal, Task
from babelreel.model.delivery.manifest import Deliverable, Role
from babelreel.model.delivery.published_paths import asset

TASK = "logo"
_MIMES = {"svg": "image/svg+xml", "png": "image/png"}


def plan_logo(logo: Literal) -> tuple[tuple[Task, ...], tuple[Deliverable, ...]]:
    """Plan the logo, whose name is ``logo.svg`` or ``logo.png``."""
    task = Task(name=TASK, kind="logo", action=Keep(), inputs=(logo,), outputs=(logo.name,))
    published = Deliverable(
        path=asset(logo.name), role=Role.BRAND, language="", task=TASK, output=logo.name, mime=mime_of_logo(logo)
    )
    return (task,), (published,)


def mime_of_logo(logo: Literal) -> str:
    """Return the type of the logo's file."""
    return _MIMES[logo.name.rpartition(".")[2]]
