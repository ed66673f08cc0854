"""Estimate how long the rest of a build takes, from what each kind of work has taken so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import monotonic

from babelreel.graph.task import Task

#: Seconds for one unit of weight: of a picture a pixel of a frame, of the others a millisecond of film. Measured on one
#: core, of which only the proportions count: what a kind takes here is learnt from its first task on.
_SECONDS_A_WEIGHT = {
    "picture": 2.9e-8,
    "quality": 2.9e-8,
    "frame": 2.9e-8,
    "mix": 2.9e-5,
    "bed": 2.9e-5,
    "sound": 4.6e-5,
    "poster": 1.3e-4,
    "pictures": 1.3e-4,
    "storyboard": 1.3e-4,
}
#: Seconds for a task whose work does not grow with the film: Chromium prints a leaflet.
_SECONDS_A_TASK = {"leaflet pdf": 1.5}
#: Seconds for a task without weight, and for each file that it joins.
_LEAST_S, _JOINED_S = 0.02, 0.025
_JOINING = frozenset({"file", "archive", "stream"})
#: Before so much is done the guess jumps about: a share of all, and seconds.
_TOO_LITTLE, _TOO_SOON_S = 0.02, 2


def expected_seconds(task: Task) -> float:
    """Compute what a task would take where the table was measured."""
    joined = len(task.inputs) if task.kind in _JOINING else 0
    alone_s = _SECONDS_A_TASK.get(task.kind, _LEAST_S)
    return alone_s + joined * _JOINED_S + task.weight * _SECONDS_A_WEIGHT.get(task.kind, 0.0)


@dataclass(slots=True)
class _Work:
    """One task: its kind, the seconds that were expected of it, and how much of it is done.

    ``silent_s`` is how long it was under way without saying how far it is: many say so when they are done.
    """

    kind: str
    expected_s: float
    share: float = 0.0
    silent_s: float = 0.0


@dataclass(slots=True)
class _Pace:
    """One kind of work: what is expected of it, how much of that is done, and how long that was under way."""

    expected_s: float = 0.0
    done_s: float = 0.0
    busy_s: float = 0.0

    def left_s(self, usual: float) -> float:
        """Compute how long the rest of it is under way; of a kind of which little is done, little is believed."""
        pace = (self.busy_s + usual * _LEAST_S) / (self.done_s + _LEAST_S)
        return max(0.0, self.expected_s - self.done_s) * pace


class TimeLeft:
    """Takes note of tasks as they begin and end. Tasks are known by their film and name; a batch is one piece of work.

    Each kind of work has a pace of its own: what its tasks took over what was expected. One that has not begun is
    taken to be as much slower or faster as all others were. ``clock`` returns seconds.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._begun = self._seen = clock()
        self._works: dict[tuple[str, str], _Work] = {}
        self._running: defaultdict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
        """The tasks of each piece of work that is under way."""
        self._paces: defaultdict[str, _Pace] = defaultdict(_Pace)
        self._busy_s = 0.0
        """How long all was under way, added up: twice the time that passed, where two things always are."""

    def plan(self, tasks: Iterable[Task]) -> None:
        """Take note of work to do; what is there already counts as nothing."""
        self._elapse()
        if not self._works:
            self._begun = self._seen
        for task in tasks:
            work = self._works[_name(task)] = _Work(kind=task.kind, expected_s=expected_seconds(task))
            self._paces[task.kind].expected_s += work.expected_s

    def start(self, task: Task) -> None:
        """Take note that a task begins."""
        self._elapse()
        self._running[_piece(task)].add(_name(task))

    def progress(self, task: Task, share: float) -> None:
        """Take note that so much of a task is done."""
        self._elapse()
        work = self._works.get(_name(task))
        if work:
            pace = self._paces[work.kind]
            pace.done_s += work.expected_s * (share - work.share)
            work.share = share
            if share:
                pace.busy_s += work.silent_s
                work.silent_s = 0.0

    def finish(self, task: Task, *, ran: bool = True) -> None:
        """Take note that a task is done; one that need not run after all is no work."""
        self.progress(task, 1.0 if ran else 0.0)
        work = self._works.get(_name(task))
        if work and not ran:
            self._paces[work.kind].expected_s -= work.expected_s
            work.expected_s = 0.0
        self._running[_piece(task)].discard(_name(task))
        if not self._running[_piece(task)]:
            del self._running[_piece(task)]

    def share(self) -> float:
        """Compute how much of the work is done, from 0.0 to 1.0."""
        expected_s = sum(each.expected_s for each in self._paces.values())
        return sum(each.done_s for each in self._paces.values()) / expected_s if expected_s > 0 else 0.0

    def seconds(self) -> float | None:
        """Estimate the seconds that are left; ``None`` while there is too little to go by."""
        self._elapse()
        spent_s = self._seen - self._begun
        if self.share() < _TOO_LITTLE or spent_s < _TOO_SOON_S or not self._busy_s:
            return None
        usual = sum(each.busy_s for each in self._paces.values()) / sum(each.done_s for each in self._paces.values())
        return sum(each.left_s(usual) for each in self._paces.values()) * spent_s / self._busy_s

    def _elapse(self) -> None:
        """Count the time since the last event for all that is under way."""
        now = self._clock()
        for names in self._running.values():
            works = [self._works[name] for name in names if name in self._works]
            whole = sum(each.expected_s for each in works)
            for each in works if whole else ():
                each.silent_s += (now - self._seen) * each.expected_s / whole
            self._busy_s += (now - self._seen) if whole else 0.0
        self._seen = now


def _name(task: Task) -> tuple[str, str]:
    return task.film, task.name


def _piece(task: Task) -> tuple[str, str]:
    return task.film, task.batch or task.name
