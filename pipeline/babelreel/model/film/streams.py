"""The streams that a film's file holds, which of them are taken, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class StreamKind(StrEnum):
    """What a stream of a file is."""

    PICTURE = "picture"
    SOUND = "sound"
    TEXT = "text"
    DATA = "data"
    ATTACHMENT = "attachment"


class Reason(StrEnum):
    """Why a stream is taken, or is not."""

    ONLY = "only"
    """There is no other one, or none that is the film's own."""
    DEFAULT = "default"
    """The file says that players begin with it."""
    LANGUAGE = "language"
    """It alone is in the language that is spoken in the film."""
    SETTINGS = "settings"
    """babelreel.toml says so."""
    OTHER = "other"
    """Another one is taken."""
    COVER = "cover"
    """It is a single picture: a cover or a thumbnail."""
    ASIDE = "aside"
    """A flag says that it goes beside the film: a commentary, a description, music without voices."""
    EMPTY = "empty"
    """It holds nothing."""
    UNKNOWN = "unknown"
    """Nothing here can decode it."""
    UNUSED = "unused"
    """Streams of its kind are never taken: texts come from the project, data and attachments do not reach viewers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileStream:
    """One stream of a film's file.

    ``index`` counts all streams from 0, as ffmpeg does; ``number`` counts those of its kind from 1, as people do and
    babelreel.toml does. ``language`` and ``title`` are the file's own words, ``flags`` are ffmpeg's dispositions.
    ``packets`` are those that a player would show or let hear.
    """

    index: int
    kind: StreamKind
    number: int
    codec: str
    language: str
    title: str
    flags: tuple[str, ...]
    packets: int
    is_taken: bool
    why: Reason
    channels: int | None = None
    width_px: int | None = None
    height_px: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamWishes:
    """What a project asks for: the number of a picture, the number or the language of a sound; ``None``: the usual.

    ``language`` is the tag of the language that is spoken in the film; it decides where nothing else does.
    """

    picture: int | None = None
    sound: int | str | None = None
    language: str = ""


def tell_stream(stream: FileStream) -> str:
    """Describe a stream in a line, by the number that babelreel.toml has for it: ``sound 2: aac, 2 channels, deu``."""
    shape = f"{stream.width_px}x{stream.height_px}" if stream.width_px else ""
    heard = f"{stream.channels} channel{'s' if stream.channels > 1 else ''}" if stream.channels else ""
    language = "" if stream.language == "und" else stream.language
    title = f"“{stream.title}”" if stream.title else ""
    told = (stream.codec or "of an unknown form", shape, heard, language, title, *stream.flags)
    return f"{stream.kind} {stream.number}: {', '.join(each for each in told if each)}"
