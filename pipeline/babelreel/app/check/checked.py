"""What was found in a project's tracks, and what was read and heard for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from babelreel.app.project.subtitle_files import TrackFile
from babelreel.app.project.subtitles_film import SubtitlesFilm
from babelreel.errors import MachineError
from babelreel.model.film.change.other_film import OtherFilm
from babelreel.model.finding import Finding, Severity
from babelreel.model.sound.dubbing import Dubbing
from babelreel.model.track import Track
from babelreel.rules.check import CheckResult
from babelreel.rules.ledger.standing import TrackStanding
from babelreel.rules.registry import is_about_sound


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedTrack:
    """A track as it was read, what is heard of its language's recordings, and what the rules found in both.

    That of a voice without text (``file.is_voice``) has no cues. ``standing`` is what people said of its lines,
    ``None`` where nobody asks. ``closed_font`` is why its own font cannot be read, and what was found in the track is
    found with the bundled one then.
    """

    file: TrackFile
    track: Track
    dubbing: Dubbing | None
    result: CheckResult
    standing: TrackStanding | None = None
    closed_font: MachineError | None = None

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stop this language from being published."""
        return tuple(each for each in self._errors if not is_about_sound(each.code))

    @property
    def sound_errors(self) -> tuple[Finding, ...]:
        """The findings that keep this language's voice from being used."""
        return tuple(each for each in self._errors if is_about_sound(each.code))

    @property
    def _errors(self) -> Iterator[Finding]:
        return (finding for finding in self.result.findings if finding.severity is Severity.ERROR)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedProject:
    """The tracks of a project with what was found in them, and ``rest``, what was found in sounds of no track.

    ``other_film`` says how the film differs from the one that is described, where that is another one; ``films`` of
    which film each language is, where somebody knows it. ``stayed`` are the files that were made for the film before.
    """

    tracks: tuple[CheckedTrack, ...]
    rest: CheckResult
    other_film: OtherFilm | None = None
    films: SubtitlesFilm | None = None
    stayed: tuple[str, ...] = ()

    @property
    def warnings(self) -> int:
        """How many warnings there are in all."""
        return sum(each.count(Severity.WARNING) for each in (*(track.result for track in self.tracks), self.rest))
