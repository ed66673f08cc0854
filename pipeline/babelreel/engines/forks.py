"""Do the same with many values on several cores, in forks of this process: they have loaded all that it has."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import BinaryIO, Final, NoReturn, TypeVar

_Value = TypeVar("_Value")
_Result = TypeVar("_Result")

#: More forks would not be done sooner: what each computes for itself (patterns, word lists) would outweigh its share.
_MOST = 8
_PLACE_BYTES: Final = 4
#: A pipe takes so many places without a reader: 64 KiB on Linux, less where a user has many pipes.
_MOST_SHARES = 1024


def map_in_forks(
    work: Callable[[_Value], _Result], values: Sequence[_Value], *, weights: Sequence[int], least_weight: int
) -> list[_Result]:
    """Call ``work`` with each value, and list the results in the order of the values.

    There are as many processes as cores, but each has work of ``least_weight`` at least: what starts late, or is not on
    Linux, or has threads, does everything itself. What a fork could not do or send, this process does again, so that
    ``work`` may raise: what it raises for the first of the values is raised here. It must be free to be called twice.
    """
    processes = min(_cores(), _MOST, len(values), sum(weights) // max(1, least_weight))
    if processes < 2 or threading.active_count() > 1:  # noqa: PLR2004 - a fork of a process with threads may hang
        return [work(each) for each in values]
    heaviest_first = sorted(range(len(values)), key=lambda place: -weights[place])
    shares = [heaviest_first[first::_MOST_SHARES] for first in range(min(len(values), _MOST_SHARES))]
    found = _shared_out(lambda place: work(values[place]), shares, processes)
    return [found[place] if place in found else work(value) for place, value in enumerate(values)]


def _cores() -> int:
    """Count the cores that this process may use; one where forks are not safe, as on macOS."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def _shared_out(work: Callable[[int], _Result], shares: Sequence[Sequence[int]], processes: int) -> dict[int, _Result]:
    """Let this process and forks of it take the shares one by one; list what came back, by its place."""
    queue, forks = _queue(len(shares)), list[tuple[int, BinaryIO]]()
    found = dict[int, _Result]()
    try:
        for _ in range(processes - 1):
            with suppress(OSError):  # no more processes are allowed: the others do it
                forks.append(_fork(work, shares, queue))
        found |= _done(work, shares, queue)
        for _, answers in forks:
            with suppress(EOFError, pickle.UnpicklingError):  # it was killed, for want of memory
                found |= pickle.load(answers)  # noqa: S301 - from a fork of this process
        return found
    finally:
        os.close(queue)
        for process, answers in forks:
            answers.close()
            os.kill(process, signal.SIGKILL)  # it has sent all, or nobody waits for it
            os.waitpid(process, 0)


def _queue(count: int) -> int:
    """Fill a pipe with the places of all shares: each process reads the next one, and the end when there is none."""
    reads, writes = os.pipe()
    os.write(writes, b"".join(place.to_bytes(_PLACE_BYTES) for place in range(count)))
    os.close(writes)
    return reads


def _taken(queue: int) -> Iterator[int]:
    while place := os.read(queue, _PLACE_BYTES):
        yield int.from_bytes(place)


def _done(work: Callable[[int], _Result], shares: Sequence[Sequence[int]], queue: int) -> dict[int, _Result]:
    found = dict[int, _Result]()
    for share in _taken(queue):
        for place in shares[share]:
            with suppress(Exception):  # it is done again where it can be raised in its turn
                found[place] = work(place)
    return found


def _fork(work: Callable[[int], _Result], shares: Sequence[Sequence[int]], queue: int) -> tuple[int, BinaryIO]:
    reads, writes = os.pipe()
    try:
        process = os.fork()
    except OSError:
        os.close(reads)
        os.close(writes)
        raise
    if process == 0:
        _answer(work, shares, queue, writes)
    os.close(writes)
    return process, os.fdopen(reads, "rb")


def _answer(work: Callable[[int], _Result], shares: Sequence[Sequence[int]], queue: int, writes: int) -> NoReturn:
    """Take shares until there is none, send what was found, and end without what else Python does at an end."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # the first process says that it was interrupted
        found = _done(work, shares, queue)
        with os.fdopen(writes, "wb") as answers:
            pickle.dump(found, answers, pickle.HIGHEST_PROTOCOL)
    finally:
        os._exit(0)
