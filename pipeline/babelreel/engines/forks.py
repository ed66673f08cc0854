"""Do the same with many values on several cores, in forks of this process: they have loaded all that it has."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

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
    from babelreel.engines.fork_pool import share_out  # noqa: PLC0415 - a small check need not wait for it

    found = share_out(lambda place: work(values[place]), heaviest_first, processes)
    return [found[place] if place in found else work(value) for place, value in enumerate(values)]


def _cores() -> int:
    """Count the cores that this process may use; one where forks are not safe, as on macOS."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1
