"""Run plans: the work that takes longest first, each task as soon as what it needs is there.

The loop decides what is done next and where; a pool does it. A pool decides nothing, so that every
pool makes the same results. One loop may do the plans of several films: the work of the one that came first goes first,
and that of the others fills the slots that it leaves.
"""

from __future__ import annotations

import signal
import threading
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from types import FrameType

from babelreel.engines.outcome import Outcome
from babelreel.engines.plan_state import OnFirst, PlanState
from babelreel.engines.pool import Ended, Offer, Pool
from babelreel.errors import StoppedError
from babelreel.graph.event import Listener, WorkerLost, WorkerRefused
from babelreel.graph.plan import Plan
from babelreel.graph.store import Store
from babelreel.graph.task import Task

#: Waiting is cut in pieces of this length: on Windows Ctrl-C does not interrupt a wait.
_WAIT_SECONDS = 0.5
#: With fewer goes waiting for each worker of a film, one more is of more use to the next film. Of 30 films on 100
#: workers (benchmarks/simulate_cluster.py) each is fetched 57 times without a bound, 14 times with 4, and 9 times with
#: 8; but with 8 half of the films are ready after 4.5 minutes instead of 3.2.
_GOES_A_WORKER = 4


def run_plan(  # noqa: PLR0913 -- a plan, where its results are, who does it, and who hears of it, each by name
    plan: Plan,
    store: Store,
    pool: Pool,
    *,
    listener: Listener,
    keep_going: bool = True,
    stop: threading.Event | None = None,
    on_first: OnFirst | None = None,
) -> Outcome:
    """Do what the plan says with the pool's workers, and return the result of every task.

    ``on_first`` is called once, from this thread and while work goes on, when all is done that the plan has come first.

    A task that fails takes those that need it with it, and without ``keep_going`` all that are not done. Ctrl-C, or
    ``stop`` set from another thread, cancels the running tasks and raises ``StoppedError``; a full disk cancels them
    and raises ``NoSpaceError``. Any exception but a ``BabelreelError`` is a bug, and raised; the pool then ends
    the others. What was finished before is kept in every case. ``listener`` is called from this thread only.
    """
    loop = Loop(pool, listener, stop or threading.Event(), keep_going=keep_going)
    outcome = loop.add(plan, store, on_first)
    loop.close()
    loop.work()
    return outcome.result()


class Loop:
    """Does the plans that threads hand to it, each of another film, with one pool."""

    def __init__(self, pool: Pool, listener: Listener, stop: threading.Event, *, keep_going: bool) -> None:
        self._pool, self._tell, self._stop, self._keep_going = pool, listener, stop, keep_going
        self._arrivals: SimpleQueue[PlanState | None] = SimpleQueue()
        self._is_closed = False
        self._has_ended = False
        self._ending = threading.Lock()
        self._is_interrupted = False
        self._is_given_up = False
        self._runs: dict[str, PlanState] = {}
        """By film, in the order in which they came."""
        self._workers: defaultdict[str, set[str]] = defaultdict(set)
        """Those that have worked for each film, and can work on."""
        self._running: set[tuple[Store, str]] = set()
        """The keys that are being worked on, and where their results will be: stores are equal where these meet."""

    def add(self, plan: Plan, store: Store, on_first: OnFirst | None = None) -> Future[Outcome]:
        """Hand a plan over, from any thread; its result is as ``run_plan`` says. One plan of a film at a time."""
        run = PlanState(plan, store, on_first)
        with self._ending:
            if self._has_ended:
                raise run.stopped()
            self._arrivals.put(run)
        return run.outcome

    def close(self) -> None:
        """Say, from any thread, that no more plans will come."""
        self._arrivals.put(None)

    def work(self) -> None:
        """Do all plans until it is closed and they are done, or all must stop; in the thread that hears Ctrl-C."""
        try:
            with self._hearing_ctrl_c():
                self._work()
        except BaseException as error:
            self._refuse_more()
            for run in self._runs.values():
                run.remember()
                run.outcome.set_exception(error)
            raise
        self._refuse_more()

    @contextmanager
    def _hearing_ctrl_c(self) -> Iterator[None]:
        """Note Ctrl-C for the block instead of raising it anywhere: what has just ended would be lost with it.

        A second one is raised, for whoever will not wait.
        """
        before = signal.getsignal(signal.SIGINT)
        if threading.current_thread() is not threading.main_thread() or before is not signal.default_int_handler:
            yield  # it is ignored, or somebody else's
            return

        def note(number: int, frame: FrameType | None) -> None:
            if self._is_interrupted:
                signal.default_int_handler(number, frame)
            self._is_interrupted = True

        signal.signal(signal.SIGINT, note)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)

    def _refuse_more(self) -> None:
        with self._ending, suppress(Empty):
            self._has_ended = True
            while True:
                run = self._arrivals.get_nowait()
                if run:
                    run.outcome.set_exception(run.stopped())

    def _work(self) -> None:
        while self._take_in():
            while not self._must_stop() and self._start_next():
                pass
            self._give_outcomes()
            for each in self._runs.values() if not self._must_stop() else ():
                each.tell_first()
            if self._runs:  # even where nothing runs: a worker is waited for
                if self._must_stop():
                    self._pool.cancel()
                for ended in self._next_ended():
                    self._settle(ended)

    def _take_in(self) -> bool:
        """Begin the plans that came, waiting for one where there is nothing else to do; tell whether there are more."""
        with suppress(Empty):
            while not (self._is_closed or self._must_stop()):
                run = self._arrivals.get(block=not self._runs, timeout=_WAIT_SECONDS)
                if run is None:
                    self._is_closed = True
                else:
                    self._runs[run.film] = run
                    run.begin(self._tell)
        return bool(self._runs) or not (self._is_closed or self._must_stop())

    def _must_stop(self) -> bool:
        if self._is_interrupted:
            self._stop.set()
        return self._is_given_up or self._stop.is_set()

    def _start_next(self) -> bool:
        """Begin what is next, on the first worker that has room for it; tell whether there was one."""
        if not any(run.ready for run in self._runs.values()):
            return False
        for offer in self._pool.offers():
            run = self._run_for(offer)
            if run and (tasks := self._take(run, offer)):
                self._start(run, tasks, offer)
                return True
        return False

    def _take(self, run: PlanState, offer: Offer) -> tuple[Task, ...]:
        """Choose what a worker does for a plan: what has no room now does not hold up what takes none."""
        tasks = run.ready.take(offer.room_bytes, offer.share_bytes, is_cheap=offer.is_cheap)
        if tasks or offer.is_cheap is not None:
            return tasks
        return run.ready.take(offer.room_bytes, offer.share_bytes, is_cheap=True)

    def _run_for(self, offer: Offer) -> PlanState | None:
        """Choose the plan that a worker will work for, if any has work for it: one whose film it holds before others.

        Else it is the first that has enough waiting for one more worker, so that films are ready one after the other,
        and yet not every worker fetches every film.
        """
        waiting = [run for run in self._runs.values() if run.ready.has(offer.is_cheap)]
        held = next((run for run in waiting if run.film in offer.films), None)
        if held or not waiting or not offer.worker:  # this machine has them all
            return held or next(iter(waiting), None)
        return max(waiting, key=self._need_of_workers)

    def _need_of_workers(self, run: PlanState) -> int:
        """Compute how much a film needs one more of the workers elsewhere: most if it has none, however short it is."""
        joined = len(self._workers[run.film])
        return min(run.ready.count_dear() // (1 + joined), _GOES_A_WORKER) if joined else _GOES_A_WORKER

    def _start(self, run: PlanState, tasks: tuple[Task, ...], offer: Offer) -> None:
        job = run.job_of(tasks, {key for store, key in self._running if store == run.store})
        if job:
            self._running |= {(run.store, key) for key in job.keys}
            if offer.worker:
                self._workers[run.film].add(offer.worker)
            self._pool.start(job, offer)

    def _next_ended(self) -> list[Ended]:
        """Wait until something happens, pass progress on, and return the jobs that ended, in the order of the plans."""
        ended = []
        for event in self._pool.next_events(_WAIT_SECONDS):
            if isinstance(event, Ended):
                ended.append(event)
                store = self._runs[event.job.film].store
                self._running.difference_update((store, key) for key in event.job.keys)
                continue
            if isinstance(event, WorkerLost | WorkerRefused):
                for workers in self._workers.values():
                    workers.discard(event.address)
            self._tell(event)
        films = list(self._runs)
        return sorted(ended, key=lambda each: (films.index(each.job.film), self._runs[each.job.film].place(each.job)))

    def _settle(self, ended: Ended) -> None:
        if ended.fault and not (isinstance(ended.fault, StoppedError) and self._must_stop()):
            raise ended.fault
        ending = self._runs[ended.job.film]
        has_failed = ending.settle(ended)
        self._is_given_up = self._is_given_up or (has_failed and not self._keep_going)
        for run in self._runs.values():
            if run.store == ending.store:
                run.release(ended.job.keys)

    def _give_outcomes(self) -> None:
        """Release the plans that are done; where all must stop, those of which nothing runs any more."""
        busy = {film for film, run in self._runs.items() if run.is_running}
        for film, run in list(self._runs.items()):
            if run.is_settled or (self._must_stop() and film not in busy):
                del self._runs[film]
                self._workers.pop(film, None)
                run.remember()
                if run.is_settled or (run.has_failed and not self._stop.is_set()):
                    run.outcome.set_result(run.sum_up())
                else:
                    run.outcome.set_exception(run.stopped())
