"""Build several films in one run.

Each film has a thread of its own that looks at it, plans, waits for its work and publishes; one loop with one pool does
the work of all. Films are looked at one after another, in their order, while the work of those before is done, and each
is published as soon as its own is: the others never wait for it, and what is wrong with it stops none of them.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from babelreel.app.build.build import Run, build_with, open_results, tell_line
from babelreel.app.build.request import Request
from babelreel.app.build.unchanged import recall_build
from babelreel.engines.engine import Engine
from babelreel.engines.outcome import Outcome
from babelreel.engines.pool import EquippedPool
from babelreel.engines.run import Loop
from babelreel.errors import BabelreelError, PartialBuildError, StoppedError
from babelreel.graph.event import Listener
from babelreel.graph.plan import Plan, for_film
from babelreel.graph.store import Store
from babelreel.model.delivery.build_summary import FilmResult
from babelreel.model.project import Project
from babelreel.report.safe_text import printable

#: So many films are looked at, worked on or published at once at most: each keeps its plan in memory.
_MOST_AT_ONCE = 32
#: After Ctrl-C, films that are being published are given this long; a publication that is cut off is finished later.
_GRACE_S = 10.0
#: Waiting is cut in pieces of this length: on Windows Ctrl-C does not interrupt a wait.
_WAIT_S = 0.5


def build_films(  # noqa: PLR0913 - a build has these sides
    films: Mapping[str, Callable[[], Project]],
    request: Request,
    *,
    engine: Engine,
    keep_going: bool,
    listener: Listener,
    told: Callable[[FilmResult], None],
) -> Sequence[FilmResult]:
    """Build films by name; the settings of each are read when it is its turn, and ``told`` gets each result at once.

    ``told`` and ``listener`` are called from several threads. What stops one film is in its result. Raises what is no
    ``BabelreelError``: a bug of ours, once all films have ended. After Ctrl-C, what is not done has a ``StoppedError``;
    where something else stopped the others, it has a ``PartialBuildError``, and its code is not that of the run.
    """
    stop = threading.Event()
    with engine.pool(stop) as pool:
        loop = Loop(pool, listener, stop, keep_going=keep_going)
        crew = _Crew(
            films,
            request,
            partial(open_results, engine, listener=listener),
            partial(tell_line, listener),
            pool,
            loop,
            stop,
            told,
            keep_going=keep_going,
        )
        thread = threading.Thread(target=crew.build_all, name="films", daemon=True)
        thread.start()
        try:
            with suppress(BabelreelError):  # it is in the result of each film
                loop.work()
        finally:  # also after a bug: no film is to go on by itself
            crew.begin_no_more()
            limit = time.monotonic() + _GRACE_S if stop.is_set() else float("inf")
            while thread.is_alive() and time.monotonic() < limit:
                thread.join(_WAIT_S)
    return crew.results()


class _Crew:
    """The threads of the films, and what came of each."""

    def __init__(  # noqa: PLR0913, PLR0917 - what all films share
        self,
        films: Mapping[str, Callable[[], Project]],
        request: Request,
        open_store: Callable[[Project], Store],
        warn: Callable[[str], None],
        pool: EquippedPool,
        loop: Loop,
        stop: threading.Event,
        told: Callable[[FilmResult], None],
        *,
        keep_going: bool,
    ) -> None:
        self._films, self._request, self._pool, self._loop = films, request, pool, loop
        self._open_store, self._warn = open_store, warn
        self._stop, self._told, self._keep_going = stop, told, keep_going
        self._is_ending = threading.Event()
        self._at_once = threading.BoundedSemaphore(_MOST_AT_ONCE)
        self._results: dict[str, FilmResult] = {}
        self._bugs: list[BaseException] = []

    def build_all(self) -> None:
        """Begin with one film after another, each when the one before is looked at; wait for all."""
        threads = []
        for film in self._films:
            self._at_once.acquire()
            is_planned = threading.Event()
            thread = threading.Thread(target=self._build, args=(film, is_planned), name=f"film {film}", daemon=True)
            thread.start()
            threads.append(thread)
            is_planned.wait()
        for thread in threads:
            thread.join()
        self._loop.close()

    def begin_no_more(self) -> None:
        """Look at no film any more that did not begin; from any thread."""
        self._is_ending.set()

    def results(self) -> Sequence[FilmResult]:
        """List what came of each film, in their order; raises the first bug."""
        for bug in self._bugs:
            raise bug
        return [self._results.get(film) or FilmResult(film=film, error=self._not_done()) for film in self._films]

    def _build(self, film: str, is_planned: threading.Event) -> None:
        try:
            self._results[film] = self._result(film, partial(self._run, film, is_planned))
            self._told(self._results[film])
        except BaseException as bug:  # noqa: BLE001 - raised when all films have ended
            self._bugs.append(bug)
        finally:
            is_planned.set()
            self._at_once.release()

    def _result(self, film: str, run: Run) -> FilmResult:
        if self._stop.is_set() or self._is_ending.is_set():
            return FilmResult(film=film, error=self._not_done())
        begun = time.monotonic()
        try:
            project = self._films[film]()
            summary = recall_build(project, self._request, begun) or build_with(
                run,
                project,
                self._request,
                self._open_store(project),
                keep_going=self._keep_going,
                warn=lambda line: self._warn(f"{printable(film)}: {line}"),
            )
        except StoppedError as error:
            return FilmResult(film=film, error=error if self._stop.is_set() else self._not_done())
        except BabelreelError as error:
            return FilmResult(film=film, error=error)
        return FilmResult(film=film, summary=summary)

    def _run(self, film: str, is_planned: threading.Event, plan: Plan, store: Store, **tools: Any) -> Outcome:  # noqa: ANN401 - what the pool learns of a film
        tools.pop("on_first", None)  # the loop works for all films, and publishes for none
        self._pool.equip(film, store, **tools)
        outcome = self._loop.add(for_film(plan, film), store)
        is_planned.set()
        return outcome.result()

    def _not_done(self) -> BabelreelError:
        what, hint = "Stopped before this film was done.", "Run the same command again to go on."
        if self._stop.is_set():
            return StoppedError(what=what, hint=hint)
        return PartialBuildError(what=what, why="another film stopped them all", hint=hint)
