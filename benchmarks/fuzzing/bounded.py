"""Bound the time and memory of each input, without a process for each.

A worker takes one number after the other and tells what came of it. Whoever takes too long is ended, and the next
worker goes on with the next number.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Self, TypeAlias

#: Checks one input, made from a number; whatever it raises is a fault.
Check: TypeAlias = Callable[[int], None]
#: Makes what all inputs of a group share, in a folder of its own, and gives the check.
Prepare: TypeAlias = Callable[[Path], Check]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What one input may take: time of the processor (a busy machine is no fault), and memory beside what was there."""

    cpu_s: float
    memory_bytes: int
    #: Whoever waits takes no time of the processor.
    waiting_factor: int = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """An input that broke a promise."""

    seed: int
    why: str


@dataclass(slots=True, kw_only=True)
class Tally:
    """What came of a group."""

    runs: int = 0
    seconds: float = 0
    slowest_s: float = 0
    slowest_seed: int = 0
    most_bytes: int = 0
    faults: int = 0


def check_all(prepare: Prepare, seeds: range, bounds: Bounds, tally: Tally) -> Iterator[Fault]:
    """Check the inputs of all these numbers, and give the faults as they are found."""
    begun, seed = time.monotonic(), seeds.start
    while seed < seeds.stop:
        folder = Path(tempfile.mkdtemp(prefix="babelreel-fuzz-"))
        try:
            with _Worker(prepare, folder, bounds) as worker:
                while seed < seeds.stop and worker.is_usable:
                    if why := worker.check(seed, tally):
                        tally.faults += 1
                        yield Fault(seed=seed, why=why)
                    seed += 1
                    tally.runs += 1
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    tally.seconds = time.monotonic() - begun


class _Worker:
    def __init__(self, prepare: Prepare, folder: Path, bounds: Bounds) -> None:
        self._bounds = bounds
        context = multiprocessing.get_context("fork")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(prepare, folder, bounds, theirs))
        self._process.start()
        theirs.close()
        self.is_usable = True

    def __enter__(self) -> Self:
        if not self._pipe.poll(300) or self._pipe.recv() != "ready":
            raise RuntimeError("a worker could not be made ready")
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def check(self, seed: int, tally: Tally) -> str:
        before, begun = _cpu_s(self._process.pid), time.monotonic()
        self._pipe.send(seed)
        while not self._pipe.poll(0.25):
            taken, waited = _cpu_s(self._process.pid) - before, time.monotonic() - begun
            if not self._process.is_alive():
                break
            if taken > self._bounds.cpu_s or waited > self._bounds.cpu_s * self._bounds.waiting_factor:
                self._end()
                return f"over {self._bounds.cpu_s} s: {taken:.1f} s of the processor in {waited:.1f} s"
        try:
            why, taken, most = self._pipe.recv()
        except (EOFError, ConnectionError):
            self._process.join()
            self.is_usable = False
            return f"the process ended with {self._process.exitcode}"
        if taken > tally.slowest_s:
            tally.slowest_s, tally.slowest_seed = taken, seed
        tally.most_bytes = max(tally.most_bytes, most)
        return str(why)

    def _end(self) -> None:
        self.is_usable = False
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid or 0, signal.SIGKILL)
        self._process.join()
        self._pipe.close()


def _work(prepare: Prepare, folder: Path, bounds: Bounds, pipe: Connection) -> None:
    os.setsid()
    check = prepare(folder)
    _bound_memory(bounds.memory_bytes)
    pipe.send("ready")
    while True:
        try:
            seed = pipe.recv()
        except EOFError:
            return
        begun, before = time.process_time(), _resident_bytes()
        why = ""
        try:
            check(seed)
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is what we are looking for
            why = f"{type(error).__name__}: {str(error)[:2000]}"
        pipe.send((why, time.process_time() - begun, max(0, _resident_bytes() - before)))


def _bound_memory(memory_bytes: int) -> None:
    """Let the worker, and each program that it starts, take so much beside what it has taken already."""
    taken = int(Path("/proc/self/statm").read_text().split()[5]) * resource.getpagesize()  # data and stacks
    resource.setrlimit(resource.RLIMIT_DATA, (taken + memory_bytes, resource.RLIM_INFINITY))


def _resident_bytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _cpu_s(pid: int | None) -> float:
    """Give the time of the processor that a process, and the children that it has waited for, have taken."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
