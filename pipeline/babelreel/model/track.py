"""What is in a subtitle file, whatever its format.

A reader never drops anything: anything that cannot become a cue becomes a ``Fault``, and a rule reports it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum

from babelreel.model.file_position import Source, Spot
from babelreel.model.timecode import Span


class Format(StrEnum):
    """The formats that can be read: those that people edit, by file name ending, and those that are read only."""

    SRT = "srt"
    VTT = "vtt"
    ASS = "ass"
    SSA = "ssa"

    SBV = "sbv"
    """YouTube's SubViewer."""
    TTML = "ttml"
    """Timed Text of the W3C: IMSC, EBU-TT-D, DFXP."""
    STL = "stl"
    """EBU Tech 3264."""
    MICRODVD = "microdvd"
    MPL2 = "mpl2"
    TRANSCRIPT = "transcript"
    """JSON of YouTube or Whisper."""

    @property
    def is_read_only(self) -> bool:
        """Tell whether cues have no place in the file: findings name the cue, and nothing is ever fixed."""
        return self not in _EDITABLE

    @property
    def has_times_to_move(self) -> bool:
        """Tell whether its times can be written anew, as those of lines that move with the film."""
        return self in _EDITABLE or self in _RETIMED


#: The formats of which it is known where in the file everything stands.
_EDITABLE = frozenset({Format.SRT, Format.VTT, Format.ASS, Format.SSA})
#: The others of which it is known where their times stand.
_RETIMED = frozenset({Format.SBV, Format.MICRODVD, Format.MPL2})


class FaultKind(StrEnum):
    """What a reader can find wrong with the form of a file."""

    UNREADABLE_FILE = "unreadable-file"
    """Nothing of what the file holds could be understood."""
    CLOSED_FILE = "closed-file"
    """The system did not let the file be read: what it holds may be as right as ever."""
    UNREADABLE_CUE = "unreadable-cue"
    """No cue could be made of these lines."""
    TIMESTAMP_FORM = "timestamp-form"
    """The time could be read, but is not written in the format's own form."""
    LEGACY_ENCODING = "legacy-encoding"
    """The bytes are not UTF-8; the text was decoded with the code page named in the detail."""
    WIDE_ENCODING = "wide-encoding"
    """The bytes are UTF-16 or UTF-32."""
    UNDECODABLE = "undecodable"
    """The bytes are in no encoding that the language uses; U+FFFD stands for what was lost."""
    MISSING_BLANK_LINE = "missing-blank-line"
    """A cue begins right below the text of the one before."""
    BLANK_LINE = "blank-line"
    """A blank line stands before or inside of a cue's text."""
    MISSING_TIMESTAMPS = "missing-timestamps"
    """A number begins a cue that has no line of times; its text was read as that of the cue before."""
    STRAY_TEXT = "stray-text"
    """Text that belongs to no cue."""
    TEXT_BESIDE_TIMESTAMPS = "text-beside-timestamps"
    """Text on the line of the times."""
    PLACEMENT = "placement"
    """SubRip: coordinates or settings behind the times, which are not heeded."""
    READ_OTHERWISE = "read-otherwise"
    """A format that is read only: something was understood otherwise than it is written."""
    MISNAMED_FILE = "misnamed-file"
    """The name of the file does not say in which language it is."""
    RIVAL_FILE = "rival-file"
    """Another file is in the same language, and nobody can tell which one is meant."""
    UNUSED_FILE = "unused-file"
    """Nothing is made of the file."""

    VTT_HEADER = "vtt-header"
    """The file does not begin with WEBVTT."""
    VTT_TIMESTAMP = "vtt-timestamp"
    """The time could be read, but no browser reads it, and none shows the cue."""
    VTT_SETTING = "vtt-setting"
    """A cue setting is unknown, repeated, or has a value that it cannot have."""
    VTT_REPEATED_IDENTIFIER = "vtt-repeated-identifier"
    VTT_ARROW_IN_IDENTIFIER = "vtt-arrow-in-identifier"
    VTT_REGION = "vtt-region"
    """A region is not defined as it must be."""
    VTT_UNDEFINED_REGION = "vtt-undefined-region"
    VTT_LATE_BLOCK = "vtt-late-block"
    """A STYLE or REGION block stands below a cue."""
    VTT_COMMENTED_CUE = "vtt-commented-cue"
    """Timestamps stand in a NOTE, STYLE or REGION block."""
    VTT_SPAN = "vtt-span"
    """A tag is not written as it must be."""
    VTT_CUE_TIMESTAMP = "vtt-cue-timestamp"
    """A timestamp inside of a cue's text is out of order, or outside of the cue."""
    VTT_LESS_THAN = "vtt-less-than"
    """``<`` that begins no tag."""
    VTT_AMPERSAND = "vtt-ampersand"
    """``&`` that begins no character reference."""

    ASS_SECTION = "ass-section"
    """A section that every file must have is missing."""
    ASS_FORMAT_LINE = "ass-format-line"
    """A Format line lacks fields, or has the text not as its last."""
    ASS_STYLE = "ass-style"
    """A style has another number of fields than its section names."""
    ASS_UNDEFINED_STYLE = "ass-undefined-style"
    ASS_UNKNOWN_LINE = "ass-unknown-line"
    """A section, or a line in one, that the format does not know."""
    ASS_RESOLUTION = "ass-resolution"
    """PlayResX and PlayResY are missing or no sizes."""
    ASS_SCRIPT_TYPE = "ass-script-type"
    ASS_DRAWING = "ass-drawing"
    """An event draws and says nothing."""
    ASS_HIDDEN = "ass-hidden"
    """Text that is wholly transparent."""
    ASS_PLACEMENT = "ass-placement"
    """Events have a place that is more than one of nine."""
    ASS_LOOK = "ass-look"
    """Events look as no cue can."""


#: Faults of a track of which nothing is known.
NOTHING_KNOWN = frozenset({FaultKind.UNREADABLE_FILE, FaultKind.CLOSED_FILE})
#: Faults for which a file is not read at all, or not used.
_OF_WHOLE_FILES = NOTHING_KNOWN | {FaultKind.MISNAMED_FILE, FaultKind.RIVAL_FILE, FaultKind.UNUSED_FILE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that a reader found wrong at a place (line and column from 1) of the file.

    ``detail`` says in plain words what was found; ``text`` is the offending text, at most one line of it. ``length``
    counts the characters that are at fault, line ends included. ``repaired`` is what should stand in their place, if
    that is known, and ``is_evident`` says that nothing else can have been meant.
    """

    kind: FaultKind
    line: int
    column: int
    detail: str
    text: str = ""
    length: int = 0
    repaired: str | None = None
    is_evident: bool = False


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


#: A cue that stands for music or a sound is wholly in such marks.
_MARKED = re.compile(r"[-–]? ?(?:[♪♫♬].*|\[[^\]]*\]|\([^)]*\)|（[^）]*）|【[^】]*】)", re.DOTALL)

#: From which index of a line on, at which offset of the file it stands; see ``Cue``.
Origins = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CueLook:
    """How the author of an ASS file wanted a cue to look.

    ``align`` is the one of nine places by which it is aligned at ``point``, the shares of the picture's width and
    height from the upper left; ``None`` where margins leave it where all such texts stand. Colours are ``#rrggbb``,
    ``size`` is the height of a line as a share of the picture's.
    """

    align: Align
    point: tuple[float, float] | None
    color: str
    outline_color: str
    size: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One timed text.

    ``number`` is the number written in the file, or the cue's place (from 1) where the format has none.
    ``lines`` is plain text without markup, in logical order, NFC is not forced; ``italic`` tells for each line whether
    all of it was set in italics. ``look`` is its author's, for who wants to keep that. ``line`` is the source line
    (from 1) of the timestamps, ``column`` where they start.

    The rest says where all this stands in the file, which does not belong to the cue itself: the spots of its start
    time, its end time and its text with markup, and the ``origins`` of each line: pairs of an index in the line and the
    offset of the character there; up to the next pair the file goes on as the line does. ``number_spot`` is where the
    number is written; without a number it is empty, at the place where the number belongs.
    """

    number: int
    span: Span
    lines: tuple[str, ...]
    line: int = 0
    column: int = 1
    italic: tuple[bool, ...] = ()
    align: Align = Align.BOTTOM
    look: CueLook | None = field(default=None, compare=False, repr=False)
    start_spot: Spot = field(default=Spot(0, 0), compare=False, repr=False)
    end_spot: Spot = field(default=Spot(0, 0), compare=False, repr=False)
    body: Spot = field(default=Spot(0, 0), compare=False, repr=False)
    number_spot: Spot = field(default=Spot(0, 0), compare=False, repr=False)
    origins: tuple[Origins, ...] = field(default=(), compare=False, repr=False)

    @property
    def text(self) -> str:
        """The lines joined by newlines."""
        lines = self.lines
        return lines[0] if len(lines) == 1 else "\n".join(lines)

    @property
    def is_spoken(self) -> bool:
        """Whether it is speech: not music, not a sound in brackets, not a sign in capitals (as Netflix sets it)."""
        return not (_MARKED.fullmatch(self.text.strip()) or self.text.isupper())

    def offset(self, line: int, index: int) -> int:
        """Find the offset in the file of the character at an index of a line (both from 0).

        The index behind the last character leads to the offset behind it. A cue without origins has offset 0
        everywhere.
        """
        origins = self.origins[line] if line < len(self.origins) else ()
        if not origins:
            return self.body.start
        if index and index == len(self.lines[line]):
            return self.offset(line, index - 1) + 1
        first, offset = origins[bisect_right(origins, index, key=lambda pair: pair[0]) - 1]
        return offset + index - first


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """All cues of one language, in the order of the file.

    ``language`` is a BCP 47 tag, ``path`` is relative to the project with ``/``. ``encoding`` is the Python codec that
    the bytes were read with, ``source`` the decoded text.
    """

    language: str
    path: str
    format: Format
    cues: tuple[Cue, ...]
    faults: tuple[Fault, ...] = ()
    encoding: str = "utf-8"
    source: Source = field(default=Source(), compare=False, repr=False)

    @property
    def is_unread(self) -> bool:
        """Tell whether the file was not read at all: then it says nothing that it has no cues."""
        return any(fault.kind in _OF_WHOLE_FILES for fault in self.faults)
