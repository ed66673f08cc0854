"""Make what follows from published files: the pages, and for each language a file that holds all it needs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import TypeAlias

from babelreel.app.build.results.offline_zips import make_zip
from babelreel.app.publish.staging import Write
from babelreel.delivery.published_file import describe_content
from babelreel.delivery.site.pages import render_language, render_shared
from babelreel.delivery.site.site_content import Site, SiteLanguage
from babelreel.model.delivery.manifest import PublishedFile, Role
from babelreel.model.project import Project
from babelreel.stages.memory import Memory

#: A file as it is published, and its bytes, or what writes them; ``None`` where it lies published already.
Made: TypeAlias = tuple[PublishedFile, bytes | Write | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeBefore:
    """What earlier builds made for languages: a memory, and a look whether a file is published as it says."""

    memory: Memory
    is_published: Callable[[PublishedFile], bool]

    def look_at(self, seen: Site, language: SiteLanguage) -> str:
        """Name all that the files of a language follow from; empty where that is of an earlier state."""
        if any(file.state for file in (*language.files, *seen.shared)):
            return ""
        of_all = (getattr(seen, each.name) for each in fields(seen) if each.name != "languages")
        others = (each for each in seen.languages if each is not language)
        return self.memory.look_at(*of_all, *others, own=language)

    def find(self, tag: str, looked_at: str) -> Sequence[PublishedFile]:
        """Find the files of a language, if all of them are published as they would be made; else none."""
        lines = self.memory.recall(_name(tag), looked_at) or () if looked_at else ()
        try:
            files = [_read(line, tag) for line in lines]
        except (ValueError, TypeError):  # nothing that was written here
            return ()
        return files if all(map(self.is_published, files)) else ()

    def keep(self, tag: str, looked_at: str, files: Sequence[PublishedFile]) -> None:
        """Remember the files of a language."""
        lines = [_written(file) for file in files]
        if looked_at and [_read(line, tag) for line in lines] == files:
            self.memory.keep(_name(tag), looked_at, lines)


def make_site_files(
    project: Project, site: Site, read: Callable[[str], bytes], before: MadeBefore | None = None
) -> Iterator[Made]:
    """Make all files of a site, without the states of pages; those of a language that did not change are not rendered.

    ``read`` returns the content of a published file.
    """
    for language, seen in site.views:
        looked_at = before.look_at(seen, language) if before else ""
        known = before.find(language.tag, looked_at) if before else ()
        yield from ((file, None) for file in known)
        if not known:
            made = list(_make(project, seen, language, read))
            if before:
                before.keep(language.tag, looked_at, [file for file, _ in made])
            yield from made
    yield from ((describe_content(page, page.content), page.content) for page in render_shared(site))


def _make(project: Project, seen: Site, language: SiteLanguage, read: Callable[[str], bytes]) -> Iterator[Made]:
    yield from ((describe_content(page, page.content), page.content) for page in render_language(seen, language))
    if zipped := make_zip(project, seen, language, read):
        yield zipped


def _name(tag: str) -> str:
    return f"pages.{tag}"


def _written(file: PublishedFile) -> str:
    return json.dumps([file.path, file.role.value, file.mime, file.bytes, file.sha256])


def _read(line: str, tag: str) -> PublishedFile:
    path, role, mime, size, digest = json.loads(line)
    return PublishedFile(path=path, role=Role(role), language=tag, mime=mime, bytes=size, sha256=digest)
