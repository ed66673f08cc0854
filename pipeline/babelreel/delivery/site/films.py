"""Which of a language's films does the player of a page show?

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

    ``main`` is what is played; ``is_burned`` says that there was none but with its text in the picture. ``phone`` is a
    smaller one without text for small screens, ``light`` the smallest with its text in the picture, for who wants to
    save data; either may be missing.
    """

    main: PublishedFile
    is_burned: bool
    phone: PublishedFile | None
    light: PublishedFile | None


def films_of(site: Site, language: SiteLanguage) -> Films | None:
    """Choose the films of a language's player, or ``None`` where no film of it is published."""
    burned = [file for file in language.videos if site.is_burned(file, language)]
    free = [file for file in language.videos if not site.is_burned(file, language)]
    if not burned and not free:
        return None
    main = _largest_within(free or burned, _PAGE_PX)
    phone = _largest_within(free, _PHONE_PX) if free else None
    light = burned[-1] if free and burned and burned[-1].bytes < main.bytes else None
    is_smaller = phone is not None and phone.path != main.path and _short_px(phone) <= _PHONE_PX
    return Films(main=main, is_burned=not free, phone=phone if is_smaller else None, light=light)


def _largest_within(files: list[PublishedFile], short_px: int) -> PublishedFile:
    """Give the largest of the files (largest first) that is not larger than a length, else the smallest."""
    return next((file for file in files if _short_px(file) <= short_px), files[-1])


def _short_px(file: PublishedFile) -> int:
    return min(file.width_px, file.height_px)
