"""Make the file that holds all that a language needs without a network.

It follows from what is published, as pages do, and is made together with them: the store holds what costs more than
the copying of a film.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import partial
from os import SEEK_END
from tempfile import TemporaryFile
from typing import BinaryIO

from babelreel.app.publish.staging import Write
from babelreel.delivery.offline_zip import write_zip
from babelreel.delivery.site.pages import render_bundle
from babelreel.delivery.site.site_content import Site, SiteFile, SiteLanguage
from babelreel.graph.files import UNFINISHED
from babelreel.model.delivery.manifest import PublishedFile, Role
from babelreel.model.project import Project
from babelreel.system_errors import house_errors


def make_zip(
    project: Project, site: Site, language: SiteLanguage, read: Callable[[str], bytes]
) -> tuple[PublishedFile, Write] | None:
    """Describe the ZIP of a language as it is published, with what writes it; ``None`` where it has no film.

    ``read`` returns the content of a published file. To know its digest a ZIP is written once into a file without a
    name, of which nothing is left however this ends.
    """
    parts = render_bundle(site, language)
    if not parts:
        return None
    write = partial(_write, f"{project.slug}.{language.tag}", tuple(parts), read)
    size, digest = _measured(project, write)
    file = PublishedFile(
        path=site.paths.offline_zip(language.tag),
        role=Role.OFFLINE,
        language=language.tag,
        mime="application/zip",
        bytes=size,
        sha256=digest,
        state=next((each.state for each in parts if isinstance(each, PublishedFile) and each.state), ""),
    )
    return file, write


def _write(top: str, parts: Sequence[SiteFile | PublishedFile], read: Callable[[str], bytes], target: BinaryIO) -> None:
    write_zip(target, ((f"{top}/{each.path}", _content(each, read)) for each in parts))


def _measured(project: Project, write: Write) -> tuple[int, str]:
    with house_errors(project.state_dir), TemporaryFile(dir=project.state_dir, prefix=UNFINISHED) as file:
        write(file)
        size = file.seek(0, SEEK_END)
        file.seek(0)
        return size, hashlib.file_digest(file, "sha256").hexdigest()


def _content(part: SiteFile | PublishedFile, read: Callable[[str], bytes]) -> bytes:
    return part.content if isinstance(part, SiteFile) else read(part.path)
