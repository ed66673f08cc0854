"""What is in an archive file, which holds every sound and every text of a film."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from babelreel.model.language import Language


class Container(StrEnum):
    """The forms of an archive file, by its ending."""

    MKV = "mkv"
    MP4 = "mp4"

    @property
    def mime(self) -> str:
        """The media type."""
        return "video/x-matroska" if self is Container.MKV else "video/mp4"

    def code_of(self, language: Language) -> str:
        """Return the three letters that this container knows a language by; ``und`` where it has none for it."""
        return language.iso639_b if self is Container.MKV else language.iso639_t


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveTrack:
    """One sound or text: ``name`` is what players show, ``file`` the file in the work folder that holds it.

    ``texts`` counts the packets of a text that hold any; it is 0 for a sound.
    """

    language: Language
    name: str
    file: str
    texts: int = 0
