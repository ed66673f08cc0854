"""Choose those of a language's films that the player of a page shows.

Text comes from tracks, so a film without text in its picture is wanted; phones' own files have it there.
"""

from __future__ import annotations

from dataclasses import dataclass

from babelreel.delivery.site.site_content import Site, SiteLanguage
from babelreel.model.delivery.manifest import PublishedFile

#: The short side of what a page plays, and of what a phone plays: more cannot be seen there, and costs data.
_PAGE_PX, _PHONE_PX = 720, 480


@dataclass(frozen=True, slots=True, kw_only=True)
class Films:
    """The films of one player.

    ``main`` is what is played; ``is_burned`` says that there was none but with its text in the picture. ``light`` is a
    smaller one without text, for small screens and for who wants to save data; it may be missing.
    """

    main: PublishedFile
    is_burned: bool
    light: PublishedFile | None


def films_of(site: Site, language: SiteLanguage) -> Films | None:
    """Choose the films of a language's player, or ``None`` where no film of it is published."""
    burned = [file for file in language.videos if site.is_burned(file, language)]
    made_for_pages = [file for file in language.videos if site.is_page_only(file, language)]
    free = [file for file in language.videos if file not in burned and file not in made_for_pages]
    playable = free or made_for_pages or burned
    if not playable:
        return None
    main = _largest_within(playable, _PAGE_PX)
    light = (made_for_pages or [_largest_within(playable, _PHONE_PX)])[0]
    is_smaller = light.bytes < main.bytes and _short_px(light) <= _PHONE_PX
    return Films(main=main, is_burned=playable is burned, light=light if is_smaller else None)


def _largest_within(files: list[PublishedFile], short_px: int) -> PublishedFile:
    """Choose the largest of the files (largest first) that is not larger than a length, else the smallest."""
    return next((file for file in files if _short_px(file) <= short_px), files[-1])


def _short_px(file: PublishedFile) -> int:
    return min(file.width_px, file.height_px)
