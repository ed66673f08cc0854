"""What is in a subtitle file, whatever its format?

A reader never drops anything: what it cannot make a cue of becomes a ``Fault``, and a rule reports it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from babelreel.model.timecode import Span


class Format(StrEnum):
    """The formats that can be read, by file name ending."""

    SRT = "srt"
    VTT = "vtt"
    ASS = "ass"
    SSA = "ssa"


class FaultKind(StrEnum):
    """What a reader can find wrong with the form of a file."""

    UNREADABLE_CUE = "unreadable-cue"
    """No cue could be made of these lines."""
    TIMESTAMP_FORM = "timestamp-form"
    """The time could be read, but is not written in the format's own form."""
    LEGACY_ENCODING = "legacy-encoding"
    """The bytes are not UTF-8; the text was decoded with the code page named in the detail."""
    UNDECODABLE = "undecodable"
    """The bytes are in no encoding that the language uses; U+FFFD stands for what was lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that a reader found wrong at a place (line and column from 1) of the file.

    ``detail`` says in plain words what was found; ``text`` is the offending text, at most one line of it.
    """

    kind: FaultKind
    line: int
    column: int
    detail: str
    text: str = ""


class Align(StrEnum):
    r"""Where a cue stands in the picture: the nine places of ASS ``\an``, named by row and column."""

    BOTTOM_LEFT = "1"
    BOTTOM = "2"
    BOTTOM_RIGHT = "3"
    MIDDLE_LEFT = "4"
    MIDDLE = "5"
    MIDDLE_RIGHT = "6"
    TOP_LEFT = "7"
    TOP = "8"
    TOP_RIGHT = "9"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One timed text.

    ``number`` is the number written in the file, or the cue's place (from 1) where the format has none.
    ``lines`` is plain text without markup, in logical order, NFC is not forced; ``italic`` tells for each line whether
    all of it was set in italics. ``line`` is the source line (from 1) of the timestamps, ``column`` where they start.
    """

    number: int
    span: Span
    lines: tuple[str, ...]
    line: int = 0
    column: int = 1
    italic: tuple[bool, ...] = ()
    align: Align = Align.BOTTOM

    @property
    def text(self) -> str:
        """The lines joined by newlines."""
        return "\n".join(self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """All cues of one language, in the order of the file.

    ``language`` is a BCP 47 tag, ``path`` is relative to the project with ``/``. ``encoding`` is the Python codec that
    the bytes were read with.
    """

    language: str
    path: str
    format: Format
    cues: tuple[Cue, ...]
    faults: tuple[Fault, ...] = ()
    encoding: str = "utf-8"
