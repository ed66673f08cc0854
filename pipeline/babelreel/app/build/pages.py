"""Which pages follow from what is published?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from babelreel.delivery.site.pages import render_site
from babelreel.delivery.site.site_content import Site, SiteFile, SiteLanguage
from babelreel.model.delivery.manifest import PublishedFile, Role
from babelreel.model.film.encoding_ladder import Text
from babelreel.model.language import Language
from babelreel.model.project import Project
from babelreel.model.track import Cue
from babelreel.timedtext.formats.webvtt import read_webvtt

#: What pages are made of has other roles: pages never follow from pages.
_MADE_HERE = frozenset({Role.PAGE, Role.TRANSCRIPT})


def without_pages(files: Mapping[str, PublishedFile]) -> dict[str, PublishedFile]:
    """Leave out what ``make_pages`` makes anew of the rest."""
    return {path: file for path, file in files.items() if file.role not in _MADE_HERE}


def make_pages(
    project: Project,
    languages: tuple[Language, ...],
    files: Mapping[str, PublishedFile],
    read: Callable[[str], bytes],
) -> tuple[SiteFile, ...]:
    """Render the pages of what is published, which are none if no language is, or if the project wants none.

    ``read`` gives the content of a published file: the text of a page is that of the WebVTT file beside it, whatever
    has become of the track since.
    """
    found = tuple(each for language in languages if (each := _language(project, language, files, read)))
    if not found or not project.delivery.has_pages:
        return ()
    site = Site(
        title=project.title,
        slug=project.slug,
        reference=project.reference,
        address=project.delivery.address,
        languages=found,
        shared=tuple(file for _, file in sorted(files.items()) if not file.language),
        burned=frozenset(rung.name for rung in project.rungs if rung.text is Text.BURN_IN),
    )
    return render_site(site)


def _language(
    project: Project, language: Language, files: Mapping[str, PublishedFile], read: Callable[[str], bytes]
) -> SiteLanguage | None:
    own = tuple(file for _, file in sorted(files.items()) if file.language == language.tag)
    if not own:
        return None
    title = project.settings_of(language).title
    bare = SiteLanguage(
        language=language,
        title=title or project.title,
        title_tag=language.tag if title else project.reference,
        cues=(),
        files=own,
    )
    return replace(bare, cues=_cues(read(bare.vtt), language)) if bare.vtt else bare


def _cues(content: bytes, language: Language) -> tuple[Cue, ...]:
    return read_webvtt(content.decode("utf-8"), language=language.tag, path="").cues
