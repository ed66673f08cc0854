"""Take stills of the film with each line, exactly as it is burned in.

Stills are kept in a store of their own, beside that of builds: they may be taken while a build runs.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from babelreel.app.build.choosing.buildable import subtitles_of
from babelreel.app.build.footage import needed_extras, see_film
from babelreel.app.project.master import look_at_film, open_digests, see_shots
from babelreel.app.project.subtitle_files import TrackFile
from babelreel.app.project.tools import usable_ffmpeg
from babelreel.engines.engine import Engine
from babelreel.engines.outcome import Outcome
from babelreel.engines.run_with import run_with
from babelreel.errors import BabelreelError, RefusedError, ToolError, UsageError
from babelreel.graph.digests import DigestCache
from babelreel.graph.event import Event, Listener
from babelreel.graph.folder_store import FolderStore
from babelreel.graph.plan import make_plan
from babelreel.graph.store import Entry
from babelreel.graph.task import Program, Task
from babelreel.media.programs.locate import Ffmpeg
from babelreel.model.film.ladder.encoding_ladder import Frame, Rung, Text, film_rungs, select_rungs
from babelreel.model.project import Project
from babelreel.model.track import Track
from babelreel.rules.ledger.standing import TrackStanding
from babelreel.stages.inputs import Film, Subtitles
from babelreel.stages.stills.line_stills import PlannedStill, StillsOf, plan_line_stills

#: What may be kept of stills that nobody asked for the last time: some thousand lines, or edits taken back.
_SPARE_BYTES = 500_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Lines of one language at one rung: ``places`` are those of their cues in ``text.track``."""

    text: Subtitles
    rung: Rung
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenStill:
    """A still in the store: ``EXACT`` is a PNG of what goes to the encoder, ``LIGHT`` a JPEG of it to be sent."""

    entry: Entry
    store: FolderStore

    def read(self, name: str) -> bytes:
        """Read the bytes of one of both; raises ``DamagedError`` for what the disk cannot read back."""
        return self.store.read(self.entry.digests[name])


#: The still of a line, or why there is none: the film never shows it, or it could not be drawn.
Taken = TakenStill | BabelreelError


class LineStills:
    """The stills of one project's film, as the film and the settings are now; safe for several threads."""

    def __init__(self, project: Project, film: Film, ffmpeg: Ffmpeg, digests: DigestCache) -> None:
        self._project, self._film, self._ffmpeg, self._digests = project, film, ffmpeg, digests
        self.store = FolderStore(project.stills_dir)
        """Where stills lie, and pages of them that were printed."""

    @property
    def rungs(self) -> tuple[Rung, ...]:
        """The sizes of the film into which text is drawn, as the project lists them."""
        video = self._film.video
        suiting = select_rungs(self._project.rungs, video.display_width_px, video.display_height_px)
        return tuple(rung for rung in suiting if rung.text is Text.BURN_IN)

    def rung(self, name: str = "") -> Rung:
        """Find a size by its name, or the film's largest; ``UsageError`` for one into which no text is drawn."""
        rungs = self.rungs
        found = next((rung for rung in rungs if rung.name == name), None) if name else None
        if not name and rungs:
            found = max(film_rungs(rungs) or rungs, key=lambda rung: (rung.short_px, rung.long_px))
        if found is None:
            names = ", ".join(rung.name for rung in rungs)
            raise UsageError(
                what=f"There is no size “{name}” of this film with text in its picture."
                if name
                else "No text is drawn.",
                where=str(self._project.config_path or ""),
                why=f"those with text in the picture are: {names}" if names else "no size has its text in the picture",
                hint=f"Ask for {rungs[0].name}." if rungs else 'Give one of them text = "burn-in" in babelreel.toml.',
            )
        return found

    def frame(self, rung: Rung) -> Frame:
        """Return the size and rate of the film at a rung."""
        return self._film.frame(rung)

    def text(self, file: TrackFile, track: Track, standing: TrackStanding | None) -> Subtitles:
        """Return a track as it is drawn, whether or not it is saved, and whatever is wrong with it.

        ``standing`` says whether it is marked as a draft. Raises ``UsageError`` for a font of the project's own.
        """
        return subtitles_of(self._project, file, track, standing, self._digests)

    def take(
        self,
        wanted: Iterable[Lines],
        *,
        jobs: int = 1,
        listener: Listener | None = None,
        stop: threading.Event | None = None,
    ) -> tuple[Mapping[int, Taken], ...]:
        """Take the stills of lines, by their places, for each language and rung that is wanted, in that order.

        What was taken before of the same picture and the same text is not taken again; where only the text is another
        one, the film is not looked at. Raises ``MachineError``,
        ``NoSpaceError``, ``StoppedError``, and ``UsageError`` for a film that changed meanwhile.
        """
        planned = [self._plan(lines) for lines in wanted]
        stills = [each for one in planned for each in one.values() if isinstance(each, PlannedStill)]
        tasks = {task.name: task for each in stills for task in (each.frame, each.drawn)}
        programs = {self._ffmpeg.identity: self._ffmpeg.path}
        outcome = self.run(tasks.values(), programs, jobs=jobs, listener=listener, stop=stop)
        results: Mapping[str, Taken] = {
            name: TakenStill(entry=entry, store=self.store) for name, entry in outcome.entries.items()
        } | dict(outcome.failures)
        return tuple(
            {place: results[each.drawn.name] if isinstance(each, PlannedStill) else each for place, each in one.items()}
            for one in planned
        )

    def run(
        self,
        tasks: Iterable[Task],
        programs: Mapping[Program, Path],
        *,
        jobs: int = 1,
        listener: Listener | None = None,
        stop: threading.Event | None = None,
    ) -> Outcome:
        """Do tasks with their results in the store of stills; a failure of one is among what came of it.

        Raises what ``take`` raises.
        """
        outcome = run_with(
            Engine(jobs=jobs),
            make_plan(tasks, self.store),
            self.store,
            listener=listener or _unheard,
            stop=stop,
            digest=self._digests.digest,
            programs=programs,
        )
        for error in outcome.failures.values():
            if not isinstance(error, ToolError):
                raise error
        if outcome.ran:
            self.store.collect(outcome.entries.values(), spare_bytes=_SPARE_BYTES)
        return outcome

    def _plan(self, lines: Lines) -> Mapping[int, PlannedStill | RefusedError]:
        stills = StillsOf(
            film=self._film,
            ffmpeg=self._ffmpeg,
            styles=self._project.styles,
            subtitles=lines.text,
            rung=lines.rung,
        )
        return plan_line_stills(stills, lines.places)


def open_stills(project: Project, ffmpeg: str | None = None) -> LineStills:
    """Look at the film as a build does; the first time that takes as long as it takes a build to begin.

    Raises ``FilmError`` for a film that cannot be built, and ``MachineError`` without a fit ffmpeg.
    """
    digests = open_digests(project)
    try:
        path, info = look_at_film(project, digests)
        found = usable_ffmpeg(project, ffmpeg, digests, needed_extras(info))
        film = see_film(project, path, see_shots(project, path, info, found.path))
    finally:
        digests.save()
    FolderStore(project.stills_dir).sweep()
    return LineStills(project, film, found, digests)


def _unheard(event: Event) -> None:
    """Tell nobody."""
