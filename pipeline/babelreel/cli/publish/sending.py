"""Send a publication, for the verbs that make one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from babelreel.app.project.output_folder import refuse_own_folder
from babelreel.app.publish.places import open_place
from babelreel.app.publish.sending import send_project
from babelreel.graph.bucket_address import folder_of, is_bucket
from babelreel.model.delivery.published_paths import MANIFEST
from babelreel.model.project import Project
from babelreel.report.console.published.publication import render_sent
from babelreel.report.reader.speaking import tell


@contextmanager
def then_send(project: Project, address: str) -> Iterator[None]:
    """Send what the block publishes; an address or a key that does not fit is reported before the block begins."""
    if not is_bucket(address):
        refuse_own_folder(project, folder_of(address, project.root), "--publish")
    place = open_place(address, root=project.root)
    place.read(MANIFEST)  # a place that refuses even a look says so before a build, not after it
    yield
    tell(render_sent(send_project(project, place)))
