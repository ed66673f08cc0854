"""Do the same with many values on several cores, in forks of this process: they have loaded all that it has."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from babelreel.engines.parent import end_with_parent

_Value = TypeVar("_Value")
_Result = TypeVar("_Result")

#: More forks would not be done sooner: what each computes for itself (patterns, word lists) would outweigh its share.
_MOST = 8


def map_in_forks(
    work: Callable[[_Value], _Result], values: Sequence[_Value], *, weights: Sequence[int], least_weight: int
) -> list[_Result]:
    """Call ``work`` with each value, and list the results in the order of the values.

    There are as many forks as cores, but each has work of ``least_weight`` at least: with less, on other systems than
    Linux, or with threads, this process does everything itself. It also does again what a fork could not do or send,
    so that ``work`` may raise: what it raises for the first of the values is raised here. It must be free to be called
    twice.
    """
    processes = min(_cores(), _MOST, len(values), sum(weights) // max(1, least_weight))
    if processes < 2 or threading.active_count() > 1:  # noqa: PLR2004 - a fork of a process with threads may hang
        return [work(each) for each in values]
    heaviest_first = sorted(range(len(values)), key=lambda place: -weights[place])
    found = _shared_out(lambda place: work(values[place]), heaviest_first, processes)
    return [found[place] if place in found else work(value) for place, value in enumerate(values)]


def _cores() -> int:
    """Count the cores that this process may use; one where forks are not safe, as on macOS."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def _shared_out(work: Callable[[int], _Result], places: Sequence[int], processes: int) -> Mapping[int, _Result]:
    """Let forks do the work for the places, in their order; gives what came back."""
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - a small check need not wait for it
    from multiprocessing import get_context  # noqa: PLC0415 - see above

    found = dict[int, _Result]()
    # what a fork inherits is not sent: the work may be a function within a function
    pool = ProcessPoolExecutor(processes, get_context("fork"), initializer=_begin, initargs=(work,))
    try:
        with suppress(Exception):  # no more processes are allowed
            for place, future in [(place, pool.submit(_do, place)) for place in places]:
                with suppress(Exception):  # it raised, or was killed, for want of memory
                    found[place] = future.result()
    finally:
        pool.shutdown(cancel_futures=True)
    return found


_work: Callable[[int], Any]
"""What this fork does."""


def _begin(work: Callable[[int], Any]) -> None:
    global _work  # noqa: PLW0603 - a fork has no other place for what it inherits
    _work = work
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # the first process says that it was interrupted
    end_with_parent()  # killed, it could not tell that there is no more to do


def _do(place: int) -> Any:  # noqa: ANN401 - as the work
    return _work(place)
