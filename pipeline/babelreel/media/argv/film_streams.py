"""Name the picture and the sound of a film that were chosen when it was probed, as ffmpeg takes them."""

from __future__ import annotations

from babelreel.model.film.media import MediaInfo
from babelreel.model.film.streams import FileStream, StreamKind

#: The first picture that is not a cover, and the first sound: the streams of nearly every film.
_FIRST_PICTURE, _FIRST_SOUND = "0:V:0", "0:a:0"
_COVER = "attached_pic"


def picture_of(film: MediaInfo, *, place: int = 0) -> str:
    """Name the picture of a film that is the first input, or that in another ``place``, as ``-map`` and filters do."""
    pictures = [each for each in film.streams if each.kind is StreamKind.PICTURE]
    words = _words([each for each in pictures if _COVER not in each.flags], _FIRST_PICTURE)
    return f"{place}{words.removeprefix('0')}"


def sound_of(film: MediaInfo) -> str:
    """Name the sound of a film that is the first input, as ``-map`` and filters take it."""
    return _words([each for each in film.streams if each.kind is StreamKind.SOUND], _FIRST_SOUND)


def _words(streams: list[FileStream], first: str) -> str:
    """Name a stream by its place in the file; the first of its kind by its kind, as when the film had no choice."""
    taken = next((each for each in streams if each.is_taken), None)
    return f"0:{taken.index}" if taken and taken is not streams[0] else first
