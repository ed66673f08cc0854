"""What can the readers of a page take along, and which films can its player change to?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from babelreel.delivery.site.films import Films, films_of
from babelreel.delivery.site.page_text import render_duration, render_size
from babelreel.delivery.site.site_content import Site, SiteFile, SiteLanguage
from babelreel.model.delivery.manifest import Role
from babelreel.model.language_facts import PageWords


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A line of the list of downloads; ``kind`` is what the file is, ``is_saved`` whether a click saves it."""

    path: str
    label: str
    kind: str
    size: str
    duration: str
    is_saved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A film that the player can change to; ``of`` is the language that is heard, where that has to be said.

    ``address`` names the version of the page's own films only: a page knows nothing of another language that an edit
    there could change.
    """

    address: str
    label: str
    size: str = ""
    of: SiteLanguage | None = None
    is_burned: bool = False
    is_light: bool = False


def list_choices(site: Site, language: SiteLanguage, films: Films, words: PageWords) -> Iterator[Choice]:
    """Give the film that is played first, then the original sound of a dubbed one, then one that saves data."""
    label = words.dubbed if language.is_dubbed else words.film
    of = language if language.is_dubbed else None
    yield Choice(
        address=films.main.address,
        label=label,
        size=render_size(films.main.bytes, words),
        of=of,
        is_burned=films.is_burned,
    )
    original = next((each for each in site.languages if each.tag == site.reference != language.tag), None)
    there = films_of(site, original) if original and not original.is_dubbed and language.is_dubbed else None
    if original and there:
        yield Choice(address=there.main.path, label=words.original_sound, of=original, is_burned=there.is_burned)
    if films.light:
        size = render_size(films.light.bytes, words)
        yield Choice(address=films.light.address, label=words.save_data, size=size, is_light=True)


def list_downloads(
    site: Site, language: SiteLanguage, texts: tuple[SiteFile, ...], words: PageWords
) -> Iterator[Download]:
    """Give the language's own files, with what they are and cost; ``texts`` are those made together with the page."""
    for video in (each for each in language.videos if not site.is_page_only(each, language)):
        label = words.film_phone if site.is_burned(video, language) else words.film
        kind = f"MP4 {video.width_px}×{video.height_px}"
        yield _download(video.path, label, kind, video.bytes, words, video.duration_ms)
    for file in language.files:
        if file.role is Role.CAPTIONS:
            yield _download(file.path, words.subtitles, _kind(file.path), file.bytes, words)
    for text in texts:
        label = words.transcript if text.role is Role.TRANSCRIPT else words.website
        yield _download(text.path, label, _kind(text.path), len(text.content), words)
    for file in language.files:
        if file.role is Role.LEAFLET:
            yield _download(file.path, words.leaflet, _kind(file.path), file.bytes, words)


def _download(path: str, label: str, kind: str, size: int, words: PageWords, duration_ms: int = 0) -> Download:  # noqa: PLR0913, PLR0917 - a line of the list has these parts
    return Download(
        path=path,
        label=label,
        kind=kind,
        size=render_size(size, words),
        duration=render_duration(duration_ms, words) if duration_ms else "",
        is_saved=not path.endswith((".html", ".txt", ".pdf")),
    )


def _kind(path: str) -> str:
    return path.rsplit(".", 1)[-1].upper()
