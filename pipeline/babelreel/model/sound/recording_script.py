"""What somebody who records a voice needs to know of each line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from babelreel.model.language import Language
from babelreel.model.sound.placing import NOTED_TEMPO
from babelreel.model.timecode import Span

#: Spaces that may be broken; a no-break space stays as it is.
_SPACES = re.compile(r"[ \t]+")


class Fit(StrEnum):
    """Whether a line can be spoken in the time there is for it, as far as an estimate can tell."""

    FITS = "fits"
    TIGHT = "tight"
    TOO_LONG = "too long"


class Recorded(StrEnum):
    """What already exists of a line."""

    NOTHING = "to record"
    OTHER_TEXT = "to record again"
    """It was changed after its take was recorded."""
    DONE = "recorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptLine:
    """One line to record.

    ``number`` is the cue's own. ``text`` is what to say, ``source_text`` what the film says there (empty where that is
    the same, or is not known); both as cues hold them, with newlines. ``room_ms`` is the time up to the next line, or
    the film's end, less a breath; ``spoken_ms`` an estimate of what it takes. ``take`` is the path of the recording,
    relative to the project: of the one that there is where ``recorded`` says that it is good, else of a new one.
    """

    number: int
    span: Span
    text: str
    source_text: str
    room_ms: int
    spoken_ms: int
    take: str
    recorded: Recorded = Recorded.NOTHING

    @property
    def fit(self) -> Fit:
        """Compare the estimate with the room."""
        if self.spoken_ms <= self.room_ms:
            return Fit.FITS
        return Fit.TIGHT if self.spoken_ms <= NOTED_TEMPO * self.room_ms else Fit.TOO_LONG


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingScript:
    """All lines of one language, in the order in which they are heard.

    ``source`` is the language that the film speaks. ``film_ms`` is ``None`` where the film is not known. ``repeated``
    are numbers that more than one line bears, so that their takes would have one name; ``silent`` are the numbers of
    cues without a word, of which there is no line.
    """

    title: str
    language: Language
    source: Language
    film_ms: int | None
    lines: tuple[ScriptLine, ...]
    takes_dir: str
    repeated: tuple[int, ...] = ()
    silent: tuple[int, ...] = ()

    def count(self, fit: Fit) -> int:
        """Count the lines with this estimate."""
        return sum(line.fit is fit for line in self.lines)

    def count_recorded(self, recorded: Recorded) -> int:
        """Count the lines with this state."""
        return sum(line.recorded is recorded for line in self.lines)


def flowing(text: str, language: Language) -> str:
    """Write a cue's text in one line: line breaks of a subtitle mean nothing to a voice."""
    joint = " " if language.breaks_at_spaces else ""
    lines = (_SPACES.sub(" ", line).strip(" ") for line in text.split("\n"))
    return joint.join(line for line in lines if line)
