"""Which file holds all that a language needs without a network?

It follows from what is published, as pages do, and is made together with them: the store holds what costs more than
the copying of a film.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from babelreel.app.build.pages import site_of
from babelreel.delivery.offline_zip import write_zip
from babelreel.delivery.site.pages import render_bundle
from babelreel.delivery.site.site_content import SiteFile
from babelreel.graph.files import digest_file, house_errors
from babelreel.model.delivery.manifest import PublishedFile, Role
from babelreel.model.language import Language
from babelreel.model.project import Project


def make_zips(
    project: Project,
    languages: tuple[Language, ...],
    files: Mapping[str, PublishedFile],
    read: Callable[[str], bytes],
    folder: Path,
) -> Iterator[tuple[PublishedFile, Path]]:
    """Write a ZIP for each language that has a page and a film into a folder; each is described as it is published.

    ``read`` gives the content of a published file. The files stay as long as the folder does: until they are published.
    """
    site = site_of(project, languages, files, read)
    if site is None:
        return
    for language in site.languages:
        parts = render_bundle(site, language)
        if not parts:
            continue
        path = site.paths.offline_zip(language.tag)
        target, top = folder / Path(path).name, f"{project.slug}.{language.tag}"
        with house_errors(folder):
            write_zip(target, ((f"{top}/{each.path}", _content(each, read)) for each in parts))
        yield (
            PublishedFile(
                path=path,
                role=Role.OFFLINE,
                language=language.tag,
                mime="application/zip",
                bytes=target.stat().st_size,
                sha256=digest_file(target),
                state=next((each.state for each in parts if isinstance(each, PublishedFile) and each.state), ""),
            ),
            target,
        )


def _content(part: SiteFile | PublishedFile, read: Callable[[str], bytes]) -> bytes:
    return part.content if isinstance(part, SiteFile) else read(part.path)
