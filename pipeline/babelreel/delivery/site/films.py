"""Choose those of a language's films that the player of a page shows.

Text comes from tracks, so a film without text in its picture is wanted; phones' own files have it there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from babelreel.delivery.site.site_content import Site, SiteLanguage
from babelreel.model.delivery.manifest import PublishedFile
from babelreel.model.film.ladder.little_data import LITTLE_DATA_RUNG
from babelreel.model.timecode import MS_PER_SECOND

#: The short side of what a page plays, and of what a phone plays: more cannot be seen there, and costs data.
_PAGE_PX, _PHONE_PX = 720, 480
#: More than that the film of little data never has, unless a project says so; files do not tell.
_MOST_FRAMES_A_SECOND = int(LITTLE_DATA_RUNG.max_rate)


@dataclass(frozen=True, slots=True, kw_only=True)
class Films:
    """The films of one player.

    ``main`` is what is played; ``is_burned`` says that there was none but with its text in the picture. ``light`` is a
    smaller one without text, for small screens and for who wants to save data; it may be missing. ``little`` takes its
    place in browsers that play AV1 smoothly; it may be missing too.
    """

    main: PublishedFile
    is_burned: bool
    light: PublishedFile | None
    little: PublishedFile | None = None


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
    is_burned, little = playable is burned, language.little
    is_wanted = is_smaller and not is_burned and little is not None and little.bytes < light.bytes
    return Films(
        main=main, is_burned=is_burned, light=light if is_smaller else None, little=little if is_wanted else None
    )


def decoding_of(film: PublishedFile) -> Mapping[str, Any]:
    """Say what a browser is asked of a film before it is offered: ``mediaCapabilities.decodingInfo`` takes it as it is.

    https://www.w3.org/TR/media-capabilities/#mediaconfiguration
    """
    mime, _, codecs = film.mime.partition("; codecs=")
    picture, *sounds = codecs.strip('"').split(", ")
    rate = round(film.bytes * 8 * MS_PER_SECOND / max(film.duration_ms, 1))
    video = {"width": film.width_px, "height": film.height_px, "bitrate": rate, "framerate": _MOST_FRAMES_A_SECOND}
    asked: dict[str, Any] = {"type": "file", "video": {"contentType": f'{mime}; codecs="{picture}"', **video}}
    if sounds:
        asked["audio"] = {"contentType": f'{mime.replace("video", "audio")}; codecs="{sounds[0]}"'}
    return asked


def _largest_within(files: list[PublishedFile], short_px: int) -> PublishedFile:
    """Choose the largest of the files (largest first) that is not larger than a length, else the smallest."""
    return next((file for file in files if _short_px(file) <= short_px), files[-1])


def _short_px(file: PublishedFile) -> int:
    return min(file.width_px, file.height_px)
