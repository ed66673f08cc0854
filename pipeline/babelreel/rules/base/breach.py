"""What a rule says of what it found, and the place of it."""

from __future__ import annotations

from dataclasses import dataclass

from babelreel.model.file_position import Source
from babelreel.model.finding import Fix, Location, Severity
from babelreel.model.track import Cue, Track
from babelreel.rules.base.passage import Passage

#: More is no cue that anybody reads; each finding keeps a copy.
_CONTEXT_LINES, _CONTEXT_LENGTH = 20, 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """What a rule found in a track: the engine adds code, name, severity and language to make a ``Finding`` of it.

    The place is ``passage``, or ``line`` and ``column`` (up to ``length`` characters further), or else that of ``cue``;
    with none of them it is the file as a whole. ``also`` are further cues of which the same is said. ``severity``
    replaces that of the rule.
    """

    message: str
    cue: Cue | None = None
    also: tuple[Cue, ...] = ()
    passage: Passage | None = None
    line: int = 0
    column: int = 1
    length: int = 0
    measured: str = ""
    limit: str = ""
    severity: Severity | None = None
    fix: Fix | None = None
    chances: int = 0

    @property
    def about(self) -> Cue | None:
        """The cue that the breach is about, if it is about one."""
        return self.passage.cue if self.passage else self.cue

    def location(self, track: Track) -> Location:
        """Find the place of the breach in the file of a track."""
        cue = self.about
        number = cue.number if cue else None
        if track.format.is_read_only:
            return Location(path=track.path, cue=number)
        if self.passage:
            spot = self.passage.spot
            line, column = track.source.place(spot.start)
            end_line, end_column = track.source.place(spot.end)
        else:
            line, column = (self.line, self.column) if self.line else (cue.line, cue.column) if cue else (0, 0)
            end_line, end_column = (line, column + self.length) if self.length else (0, 0)
        return Location(path=track.path, line=line, column=column, cue=number, end_line=end_line, end_column=end_column)

    def context(self, source: Source) -> str:
        """Return the text that the breach is about: of its cue, else its line, else nothing; 20 lines at most."""
        return context_of(self.about) if self.about else source.line(self.line).strip()[:_CONTEXT_LENGTH]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingBreach:
    """What a rule found in the sound, or the folder of sounds, at ``path``.

    ``cue`` is the line that it is about. ``severity`` replaces that of the rule. ``chances``
    counts the places of the file that could have the same fault, where that is known.
    """

    path: str
    message: str
    cue: Cue | None = None
    measured: str = ""
    limit: str = ""
    severity: Severity | None = None


def context_of(cue: Cue) -> str:
    """Cut the text of a cue down to what a finding keeps: 20 lines at most, each no longer than can be read."""
    return "\n".join(line[:_CONTEXT_LENGTH] for line in cue.lines[:_CONTEXT_LINES])
