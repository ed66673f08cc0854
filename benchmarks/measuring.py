"""Measure what a command costs, with all that it starts: wall time, processor seconds, memory."""

from __future__ import annotations

import os
import resource
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_SAMPLE_S = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one or several commands cost."""

    wall_s: float = 0.0
    cpu_s: float = 0.0
    peak_mb: int = 0
    stderr: str = ""

    def __add__(self, other: Cost) -> Cost:
        """Give what both cost one after the other."""
        return Cost(
            wall_s=self.wall_s + other.wall_s,
            cpu_s=self.cpu_s + other.cpu_s,
            peak_mb=max(self.peak_mb, other.peak_mb),
            stderr=other.stderr,
        )

    def __mul__(self, factor: float) -> Cost:
        """Give what a command costs that has so many times the work."""
        return Cost(wall_s=self.wall_s * factor, cpu_s=self.cpu_s * factor, peak_mb=self.peak_mb)


def run(command: Sequence[str | Path], *, cwd: Path, stop_after_s: float | None = None) -> Cost:
    """Run a command and measure it; one that fails ends the benchmark. ``stop_after_s`` is when Ctrl-C comes."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    log = cwd / "benchmark.log"
    with (
        log.open("wb") as stderr,
        subprocess.Popen(
            [str(word) for word in command], cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=stderr
        ) as process,
    ):
        peak = _Peak(process.pid)
        peak.start()
        try:
            process.wait(stop_after_s)
        except subprocess.TimeoutExpired:
            process.send_signal(2)
            process.wait()
        peak.end()
    text = log.read_text("utf-8", "replace")
    if process.returncode and stop_after_s is None:
        raise SystemExit(f"{' '.join(str(word) for word in command)[:300]}\n{text[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall_s=time.monotonic() - begun, cpu_s=cpu_s, peak_mb=peak.bytes >> 20, stderr=text)


class _Peak(threading.Thread):
    """Adds up the memory of a process and its descendants, many times a second (Linux; elsewhere it stays 0)."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._done = threading.Event()
        self.bytes = 0

    def run(self) -> None:
        while not self._done.wait(_SAMPLE_S):
            self.bytes = max(self.bytes, sum(_resident(pid) for pid in _tree(self._pid)))

    def end(self) -> None:
        self._done.set()
        self.join()


def _tree(pid: int) -> Iterator[int]:
    yield pid
    children: list[str] = []
    with suppress(OSError):  # it has ended
        for task in list(Path(f"/proc/{pid}/task").glob("*/children")):
            children += task.read_text().split()
    for child in children:
        yield from _tree(int(child))


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError, ValueError):
        return 0
