"""What do we know of a language: its codes, its own name, its script and the way it is written?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Direction(StrEnum):
    """The way a script runs."""

    LTR = "ltr"
    RTL = "rtl"


class Counting(StrEnum):
    """How the length of a text is counted for reading speed and line length."""

    GRAPHEMES = "graphemes"
    """Each grapheme cluster counts one."""
    EAST_ASIAN = "east-asian"
    """Half-width characters count one half, as Netflix counts Chinese."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language as the files, the players and the viewers name it.

    ``tag`` is BCP 47; ``iso639_t`` goes into MP4, ``iso639_b`` into Matroska; ``script`` is ISO 15924 (``Latn``).
    """

    tag: str
    name: str
    own_name: str
    iso639_t: str
    iso639_b: str
    script: str
    direction: Direction = Direction.LTR
    counting: Counting = Counting.GRAPHEMES
    has_italics: bool = True
    breaks_at_spaces: bool = True

    @property
    def is_rtl(self) -> bool:
        """Tell whether the script runs from right to left."""
        return self.direction is Direction.RTL


def _latin(tag: str, name: str, own_name: str, iso639_t: str, iso639_b: str) -> Language:
    return Language(tag=tag, name=name, own_name=own_name, iso639_t=iso639_t, iso639_b=iso639_b, script="Latn")


def _arabic(tag: str, name: str, own_name: str, iso639_t: str, iso639_b: str) -> Language:
    return Language(
        tag=tag,
        name=name,
        own_name=own_name,
        iso639_t=iso639_t,
        iso639_b=iso639_b,
        script="Arab",
        direction=Direction.RTL,
        has_italics=False,
    )


#: The thirteen languages of the campaign, in its own order; any other tag goes through ``babelreel.config``.
BUILTIN_LANGUAGES: tuple[Language, ...] = (
    _latin("fr", "French", "Français", "fra", "fre"),
    _latin("en", "English", "English", "eng", "eng"),
    _latin("nl", "Dutch", "Nederlands", "nld", "dut"),
    _latin("de", "German", "Deutsch", "deu", "ger"),
    _arabic("ar", "Arabic", "العربية", "ara", "ara"),
    _latin("vi", "Vietnamese", "Tiếng Việt", "vie", "vie"),
    Language(
        tag="zh-Hans",
        name="Chinese (Simplified)",
        own_name="中文（简体）",
        iso639_t="zho",
        iso639_b="chi",
        script="Hans",
        counting=Counting.EAST_ASIAN,
        has_italics=False,
        breaks_at_spaces=False,
    ),
    _latin("sq", "Albanian", "shqip", "sqi", "alb"),
    _latin("ro", "Romanian", "română", "ron", "rum"),
    Language(tag="bg", name="Bulgarian", own_name="български", iso639_t="bul", iso639_b="bul", script="Cyrl"),
    _arabic("ps", "Pashto", "پښتو", "pus", "pus"),
    _arabic("fa", "Persian", "فارسی", "fas", "per"),
    _latin("pcm", "Nigerian Pidgin", "Naijíriá Píjin", "pcm", "und"),
)
