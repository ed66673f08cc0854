"""What messengers and platforms take: one table of their limits, and what a pack for one of them is made of.

The limits were read on ``READ_ON`` at the places that ``Platform.sources`` names. Platforms change them without a word.
A change of one here changes the day as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

#: The day on which the limits were read.
READ_ON = "2026-11-30"

#: The folder of all packs, below ``output/``, and what lies in each of its folders beside the languages.
PACKS = "packs"
PACK_LIST = "pack.json"

_MINUTE_MS = 60_000
_MB, _GB = 1_000_000, 1_000_000_000


class FilmChoice(StrEnum):
    """Which film of a language goes into a pack."""

    LIGHTEST = "lightest"
    """The smallest picture with its text in it: readers pay for each megabyte."""
    LARGEST = "largest"
    """The largest picture with its text in it that the platform takes."""
    UPRIGHT = "upright"
    """The largest upright picture with its text in it, or the largest where none is upright."""
    TEXT_FREE = "text-free"
    """One film for all languages, without text in its picture: the platform shows the subtitles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """One messenger or platform, and what it takes.

    ``longest_ms`` and ``slowest_rate`` are 0 where there is no limit. ``most_text`` counts the code units of UTF-16
    in a caption; ``most_title`` is 0 where a post has no title of its own. ``takes_edit_lists`` says whether an MP4
    file may have edit lists, as all of ours do.
    """

    name: str
    title: str
    choice: FilmChoice
    most_bytes: int
    most_text: int
    sources: tuple[str, ...]
    shortest_ms: int = 0
    longest_ms: int = 0
    slowest_rate: Fraction = Fraction(0)
    most_title: int = 0
    takes_voice_message: bool = False
    takes_edit_lists: bool = True


PLATFORMS: tuple[Platform, ...] = (
    Platform(
        name="whatsapp",
        title="WhatsApp",
        choice=FilmChoice.LIGHTEST,
        most_bytes=16 * _MB,  # H.264 with one AAC sound
        most_text=1024,
        takes_voice_message=True,  # Opus in Ogg, one channel, 16 MB
        sources=("developers.facebook.com/docs/whatsapp/cloud-api/reference/media",),
    ),
    Platform(
        name="telegram",
        title="Telegram",
        choice=FilmChoice.LARGEST,
        most_bytes=50 * _MB,  # what a bot may send; people may send 2 GB
        most_text=1024,
        takes_voice_message=True,  # Opus in Ogg
        sources=("core.telegram.org/bots/api#sending-files", "core.telegram.org/bots/api#sendvideo"),
    ),
    Platform(
        name="tiktok",
        title="TikTok",
        choice=FilmChoice.UPRIGHT,
        most_bytes=4 * _GB,
        shortest_ms=3000,
        longest_ms=10 * _MINUTE_MS,
        slowest_rate=Fraction(23),
        most_text=2200,
        sources=("developers.tiktok.com/doc/content-posting-api-media-transfer-guide",),
    ),
    Platform(
        name="instagram",
        title="Instagram",
        choice=FilmChoice.UPRIGHT,
        most_bytes=300 * _MB,
        shortest_ms=3000,
        longest_ms=15 * _MINUTE_MS,
        slowest_rate=Fraction(23),
        most_text=2200,
        takes_edit_lists=False,
        sources=("developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media",),
    ),
    Platform(
        name="youtube",
        title="YouTube",
        choice=FilmChoice.TEXT_FREE,
        most_bytes=256 * _GB,
        longest_ms=15 * _MINUTE_MS,  # of an account that nobody confirmed by telephone; 12 hours of others
        most_title=100,
        most_text=5000,
        sources=("support.google.com/youtube/answer/71673", "support.google.com/youtube/answer/2734698"),
    ),
)


class Kind(StrEnum):
    """What a file of a pack is, and so how it is made."""

    FILM = "film"
    """A published film as it is."""
    FILM_WITHOUT_EDITS = "film without edit lists"
    """Picture and sound of a published film, copied into a file without edit lists."""
    VOICE_MESSAGE = "voice message"
    """The sound alone, as messengers play it at a touch."""
    SOUND = "sound"
    """The recorded voice of a language, as a sound to add to a film on the platform."""
    SUBTITLES = "subtitles"
    TEXT = "text"
    """What to paste beside the film."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedFile:
    """One file of a pack: ``path`` is below the pack's folder.

    ``language`` is empty for what all languages share. ``made_of`` is the SHA-256 of the published file that it was
    made of, for a text that of title and description; ``recipe`` says how. ``replaces`` is the SHA-256 of what may
    still lie in its place, because the run that was to exchange it was stopped.
    """

    path: str
    kind: Kind
    language: str
    bytes: int
    sha256: str
    made_of: str = ""
    recipe: str = ""
    replaces: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackList:
    """What ``pack.json`` says: which files are ours, of which publication, and whether all of them are there."""

    platform: str
    limits_read_on: str
    state: str
    is_whole: bool
    files: tuple[PackedFile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Something that a pack does not hold, and why; ``is_fault`` where somebody should do something about it.

    ``hint`` says what would help, where anything does.
    """

    language: str
    why: str
    hint: str = ""
    is_fault: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A pack that was made: ``folder`` is below ``output/``, ``written`` are the paths that are new or changed."""

    platform: Platform
    folder: str
    files: tuple[PackedFile, ...]
    written: tuple[str, ...]
    missing: tuple[Missing, ...]
