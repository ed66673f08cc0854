"""Make a film for the studio that any browser plays and jumps in, while people are already at work."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from babelreel.app.build.choosing.buildable import font_file
from babelreel.app.build.footage import master_source, needed_extras, see_film_for
from babelreel.app.project.inventory import find_film
from babelreel.app.project.master import hear_sound, look_at_film, open_digests, see_and_hear, see_shots
from babelreel.app.project.tools import usable_ffmpeg
from babelreel.engines.engine import Engine
from babelreel.engines.run_with import run_with
from babelreel.errors import BabelreelError, StoppedError
from babelreel.fonts import LATIN, font_path
from babelreel.graph.digests import DigestCache
from babelreel.graph.event import Event, Listener, PlanStarted, TaskFinished
from babelreel.graph.folder_store import FolderStore
from babelreel.graph.plan import make_plan
from babelreel.graph.store import Entry
from babelreel.graph.task import Task
from babelreel.media.programs.locate import Ffmpeg
from babelreel.media.sound.peaks import PEAKS
from babelreel.model.film.ladder.default_rungs import STUDIO_RUNG
from babelreel.model.film.media import Fields, MediaInfo, VideoStream
from babelreel.model.film.treatment import Colours, treat
from babelreel.model.project import Project
from babelreel.stages.films.light_film import LIGHT_FILM, plan_light_film, plan_peaks
from babelreel.stages.inputs import Workshop
from babelreel.system_errors import house_errors

#: So much larger than the light film a master may be to be shown itself.
_MOST_TIMES = 2
#: So long Ctrl-C waits for what is at work. Looking for shots and speech cannot be stopped, and ends with the process.
_END_S = 0.5
#: From 0, as others work, to 19.
_POLITE = 10
_NO_FILM = "none"


class Stage(StrEnum):
    """How far the film is."""

    NONE = "none"
    """There is no film."""
    MAKING = "making"
    READY = "ready"
    AS_IS = "as-is"
    """The master is as light as a light film."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a studio has of its film so far.

    ``share`` is how much of the light film is made, from 0 to 1; ``light`` is where it lies. ``info`` knows shots and
    speech as soon as they are found, ``peaks`` are bytes of ``MeasurePeaks``. ``revision`` counts what became known.
    """

    stage: Stage
    share: float = 0.0
    light: Path | None = None
    info: MediaInfo | None = None
    peaks: bytes | None = None
    is_at_work: bool = False
    error: BabelreelError | None = None
    revision: int = 0


class StudioFilm:
    """Makes the light film of a project in a thread of its own, and says how far it is; safe for several threads."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._of = ""
        self._shown = Shown(stage=Stage.NONE)
        self._whole = self._left = 1

    def look(self, *, again: bool = False) -> Shown:
        """Say how far it is, and begin where the film is another one by now; ``again``: also where it failed before."""
        with self._lock:
            is_at_work = self._thread is not None and self._thread.is_alive()
            of = _state_of(self._project)
            if not is_at_work and (of != self._of or (again and self._shown.error)):
                self._of = of
                self._begin(has_film=of != _NO_FILM)
            is_at_work = self._thread is not None and self._thread.is_alive()
            return replace(self._shown, is_at_work=is_at_work)

    def _begin(self, *, has_film: bool) -> None:
        self._shown = Shown(stage=Stage.MAKING if has_film else Stage.NONE, revision=self._shown.revision + 1)
        if has_film:
            self._thread = threading.Thread(target=self._work, daemon=True, name="light film")
            self._thread.start()

    def close(self) -> None:
        """Let go of the work; what of it is done is done when a studio opens again."""
        self._stop.set()
        if self._thread:
            self._thread.join(_END_S)

    def _work(self) -> None:
        _yield_to_others()
        try:
            self._make()
        except StoppedError:
            pass
        except BabelreelError as error:
            self._fail(error)
        except Exception as fault:  # whatever it is, people see that nothing comes
            self._fail(BabelreelError(what="The light film could not be made.", why=repr(fault)))
            raise

    def _fail(self, error: BabelreelError) -> None:
        # what was made before is not taken away by what failed behind it
        stage = self._shown.stage
        self._tell(
            replace(self._shown, stage=stage if stage in {Stage.READY, Stage.AS_IS} else Stage.FAILED, error=error)
        )

    def _tell(self, shown: Shown) -> None:
        with self._lock:
            self._shown = replace(shown, revision=self._shown.revision + 1)

    def _make(self) -> None:
        digests = open_digests(self._project)
        with house_errors(self._project.state_dir):
            path, info = look_at_film(self._project, digests)
            ffmpeg = usable_ffmpeg(self._project, None, digests, needed_extras(info))
            digests.save()
            is_light = info.video is not None and _is_light(info, info.video)
            self._tell(replace(self._shown, info=info, stage=Stage.AS_IS if is_light else Stage.MAKING))
            maker = _Maker(self._project, path, ffmpeg, digests, self._stop)
            info = hear_sound(self._project, path, info)
            made = maker.run([plan_peaks(ffmpeg.identity, info, master_source(path, info))] if info.audio else [])
            for entry in made:
                self._tell(replace(self._shown, peaks=maker.store.read(entry.digests[PEAKS])))
            info = see_shots(self._project, path, info, ffmpeg.path)
            self._tell(replace(self._shown, info=info))
            if not is_light:
                made += maker.run(maker.plan(info), self._hear)
                self._tell(
                    replace(self._shown, stage=Stage.READY, light=maker.store.locate(made[-1].digests[LIGHT_FILM]))
                )
            maker.store.collect(made, spare_bytes=0)
            self._tell(replace(self._shown, info=see_and_hear(self._project, path, info, ffmpeg.path)))

    def _hear(self, event: Event) -> None:
        """Count what is done, by its weight."""
        if isinstance(event, PlanStarted):
            self._left = self._whole = sum(each.weight for each in event.tasks) or 1
        elif isinstance(event, TaskFinished):
            self._left -= event.task.weight
            with self._lock:
                self._shown = replace(self._shown, share=1 - max(0, self._left) / self._whole)


class _Maker:
    """Does tasks for a studio's film, in a store of their own and with half of the machine."""

    def __init__(
        self, project: Project, path: Path, ffmpeg: Ffmpeg, digests: DigestCache, stop: threading.Event
    ) -> None:
        self._project, self._path, self._ffmpeg, self._digests, self._stop = project, path, ffmpeg, digests, stop
        self.store = FolderStore(project.light_film_dir)
        self.store.sweep()

    def plan(self, info: MediaInfo) -> tuple[Task, ...]:
        """Plan the light film of a master whose shots are known."""
        workshop = Workshop(
            film=see_film_for(self._project, self._path, info, STUDIO_RUNG),
            ffmpeg=self._ffmpeg,
            styles=self._project.styles,
            latin_font=font_file(font_path(LATIN), self._digests),
            sound=self._project.sound,
        )
        return plan_light_film(workshop).tasks

    def run(self, tasks: Iterable[Task], listener: Listener | None = None) -> list[Entry]:
        """Do tasks, and return their results in their order; raises the first error of one."""
        plan = make_plan(tasks, self.store)
        outcome = run_with(
            Engine(jobs=max(1, (os.cpu_count() or 1) // 2)),
            plan,
            self.store,
            listener=listener or _unheard,
            keep_going=False,
            stop=self._stop,
            digest=self._digests.digest,
            programs={self._ffmpeg.identity: self._ffmpeg.path},
        )
        for error in outcome.failures.values():
            raise error
        return [outcome.entries[step.task.name] for step in plan.steps]


def _yield_to_others() -> None:
    """Let this thread, and all that it starts, work when nobody else wants to: people wait for answers of the page."""
    if sys.platform == "linux":  # elsewhere it would hold for the whole studio
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _POLITE)


def _unheard(event: Event) -> None:
    """Tell nobody."""


def _state_of(project: Project) -> str:
    """Say which film lies there, in which state."""
    try:
        path = find_film(project)
        found = path.stat()
    except (BabelreelError, OSError):
        return _NO_FILM
    return f"{path} {found.st_mtime_ns} {found.st_size} {found.st_ino}"


def _is_light(info: MediaInfo, video: VideoStream) -> bool:
    """Tell whether any browser plays a master as it is, as easily, and with the times that lines have."""
    is_simple = not (video.is_variable_rate or video.slow_rate or video.later_shapes or video.hidden or info.start_us)
    is_whole = video.fields is Fields.NONE and treat(video).colours is Colours.KEPT and video.start_ms == 0
    size = video.display_width_px * video.display_height_px
    return (
        is_simple
        and is_whole
        and (video.codec, video.pixel_format) == ("h264", "yuv420p")
        and size <= _MOST_TIMES * STUDIO_RUNG.long_px * STUDIO_RUNG.short_px
        and "mp4" in info.container
        and [each.codec for each in info.audio] in ([], ["aac"])
    )
