"""Have forks of this process do work; apart from what asks for them, for a small check need not load this."""

from __future__ import annotations

import signal
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from multiprocessing import get_context
from typing import Any, TypeVar

from babelreel.engines.parent import end_with_parent

_Result = TypeVar("_Result")


def share_out(work: Callable[[int], _Result], places: Sequence[int], processes: int) -> Mapping[int, _Result]:
    """Let forks do the work for the places, in their order; returns what came back."""
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
