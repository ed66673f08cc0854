"""Gather what pages show of what is published, and what the manifest says of its languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from babelreel.delivery.site.search_metadata import describe_film
from babelreel.delivery.site.site_content import Site, SiteLanguage, SitePair, Tile
from babelreel.model.delivery.manifest import PublishedFile, PublishedLanguage, PublishedPair, Role
from babelreel.model.delivery.published_paths import language_dir, language_page
from babelreel.model.language import Language
from babelreel.model.project import Project
from babelreel.model.track import Cue
from babelreel.model.visible_text import visible_cues
from babelreel.timedtext.formats.webvtt import read_webvtt

#: What pages are made of has other roles: pages never follow from pages.
_MADE_HERE = frozenset({Role.PAGE, Role.TRANSCRIPT, Role.CHAPTERS, Role.OFFLINE})


def without_pages(files: Mapping[str, PublishedFile]) -> dict[str, PublishedFile]:
    """Leave out what is made anew of the rest: pages, and the files that hold them."""
    return {path: file for path, file in files.items() if file.role not in _MADE_HERE}


def site_of(
    project: Project,
    languages: tuple[Language, ...],
    files: Mapping[str, PublishedFile],
    read: Callable[[str], bytes],
) -> Site | None:
    """Gather all that pages show; ``None`` if no language is published, or if the project wants no pages.

    ``read`` returns the content of a published file: the text of a page is that of the WebVTT file beside it, whatever
    has become of the track since.
    """
    every = tuple(each for language in languages if (each := _language(project, language, files, read)))
    found = tuple(each for each in every if each.videos or not each.is_for_the_deaf)
    if not found or not project.delivery.has_pages:
        return None
    return Site(
        title=project.title,
        slug=project.slug,
        reference=project.reference,
        address=project.delivery.address,
        date=project.delivery.date,
        languages=found,
        shared=tuple(file for _, file in sorted(without_pages(files).items()) if not file.language),
        campaign=project.campaign,
        tiles=_tiles(files, read),
        pairs=tuple(_pairs(project, found, files)),
        more_texts=tuple(each for each in every if each not in found),
    )


def _pairs(
    project: Project, languages: Iterable[SiteLanguage], files: Mapping[str, PublishedFile]
) -> Iterator[SitePair]:
    """Find the pairs of which both languages are published with their text."""
    texts = {each.tag: each for each in languages if each.has_text}
    shown = without_pages(files)
    for pair in project.delivery.pairs:
        if pair.first in texts and pair.second in texts:
            own = tuple(file for _, file in sorted(shown.items()) if file.language == pair.tag)
            yield SitePair(pair=pair, first=texts[pair.first], second=texts[pair.second], files=own)


def _tiles(files: Mapping[str, PublishedFile], read: Callable[[str], bytes]) -> tuple[Tile, ...]:
    track = next((path for path, file in files.items() if file.role is Role.STORYBOARD and path.endswith(".vtt")), "")
    if not track:
        return ()
    cues = read_webvtt(read(track).decode("utf-8", "replace"), language="", path=track).cues
    folder = track.rpartition("/")[0]
    return tuple(Tile(start_ms=cue.span.start_ms, text=f"{folder}/{cue.lines[0]}") for cue in cues if cue.lines)


def describe_languages(
    project: Project,
    languages: tuple[Language, ...],
    files: Mapping[str, PublishedFile],
    read: Callable[[str], bytes],
) -> tuple[PublishedLanguage, ...]:
    """Describe each language that has a file as the manifest has it; ``read`` as in ``site_of``."""
    found = (each for language in languages if (each := _language(project, language, files, read)))
    return tuple(_described(each, files) for each in found)


def describe_pairs(project: Project, files: Mapping[str, PublishedFile]) -> tuple[PublishedPair, ...]:
    """Say of each pair that has a file what the manifest tells of it."""
    tags = {file.language for file in files.values()}
    return tuple(
        PublishedPair(
            tag=pair.tag,
            languages=pair.tags,
            dir=language_dir(pair.tag),
            page=page if (page := language_page(pair.tag)) in files else "",
        )
        for pair in project.delivery.pairs
        if pair.tag in tags
    )


def _described(language: SiteLanguage, files: Mapping[str, PublishedFile]) -> PublishedLanguage:
    page = language_page(language.tag)
    return PublishedLanguage(
        tag=language.tag,
        name=language.language.own_name,
        english_name=language.language.name,
        direction=language.language.direction.value,
        dir=language_dir(language.tag),
        title=language.title,
        title_language=language.title_tag,
        description=describe_film(language),
        page=page if page in files else "",
        credits=language.credits,
    )


def _language(
    project: Project, language: Language, files: Mapping[str, PublishedFile], read: Callable[[str], bytes]
) -> SiteLanguage | None:
    shown = without_pages(files)
    own = tuple(file for _, file in sorted(shown.items()) if file.language == language.tag)
    if not own:
        return None
    title = project.settings_of(language).title
    bare = SiteLanguage(
        language=language,
        title=title or project.title,
        title_tag=language.tag if title else project.reference,
        cues=(),
        files=own,
        credits=project.credits_of(language.tag).shown,
    )
    return replace(bare, cues=_cues(read(bare.vtt), language)) if bare.vtt else bare


def _cues(content: bytes, language: Language) -> tuple[Cue, ...]:
    """Read what was published, even by an earlier version, or changed since."""
    return visible_cues(read_webvtt(content.decode("utf-8", "replace"), language=language.tag, path="").cues)
