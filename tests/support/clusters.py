"""A cluster on this machine, for tests: a scheduler and workers, each a real process, that can be killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest

from support.films import ffmpeg_of_tests

#: An ffmpeg that waits before it begins as long as a file beside it says. Other files say what a subtitle to be drawn
#: has to hold for it to end the worker that runs it (deadly), to wait as long as that file is there (held), and to fail
#: (failing). Where there is a file for it (starts), it notes what it was given. Its own bytes are always the same.
_FFMPEG = """\
#!/bin/sh
here="{folder}"
draws() {{ [ -s "$here/$1" ] && grep -rqsF --include=cue.ass -f "$here/$1" .; }}
[ -f "$here/starts" ] && echo "$PWD: $(cat $(find . -name cue.ass) </dev/null | cksum) $*" >> "$here/starts"
if draws deadly; then kill -9 $PPID; fi
while draws held; do sleep 0.1; done
if draws failing; then exit 1; fi
[ -s "$here/delay" ] && [ "$1" != -version ] && sleep "$(cat "$here/delay")"
exec "{ffmpeg}" "$@"
"""

needs_signals = pytest.mark.skipif(os.name != "posix", reason="signals of Unix")


class Cluster:
    """A scheduler and its workers, in a folder; ``environment`` is what all of them, and a build, are given."""

    def __init__(self, folder: Path, environment: Mapping[str, str], store: str, protocol: str) -> None:
        self.folder, self.store = folder, store
        self.environment = {**os.environ, **environment}
        self.port = free_port()
        self._protocol = protocol
        self._scheduler: subprocess.Popen[bytes] | None = None
        self._workers: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def address(self) -> str:
        return f"{self._protocol}://127.0.0.1:{self.port}"

    @property
    def options(self) -> tuple[str, ...]:
        """The words with which a build uses this cluster."""
        return ("--engine", "dask", "--scheduler", self.address, "--store", self.store)

    def start_scheduler(self, *words: str, ttl_s: int = 300) -> None:
        program = (sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--no-dashboard")
        environment = self.environment | {"DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL": f"{ttl_s}s"}
        self._scheduler = self._start("scheduler", (*program, "--port", str(self.port), *words), environment)
        wait_until(lambda: _answers(self.port), "the scheduler answers")

    def kill_scheduler(self) -> None:
        assert self._scheduler
        self._scheduler.kill()
        self._scheduler.wait()

    def start_worker(
        self,
        name: str,
        *,
        cache: Path | None = None,
        scheduler: str | None = None,
        run_in: Sequence[str] = (),
        **environment: str,
    ) -> None:
        """Start a worker; ``run_in`` are the words of a program that runs it, ``scheduler`` is another way there."""
        words = ("worker", scheduler or self.address, "--store", self.store, "--slots", "1")
        place = cache or self.folder / f"cache-{name}"
        self._workers[name] = self._start(
            f"worker-{name}",
            (*run_in, sys.executable, "-m", "babelreel", *words, "--cache", str(place)),
            self.environment | environment,
        )

    def start_dask_worker(self, name: str, preload: Path) -> None:
        """Start a worker as other deployers do, with a module of ours that Dask loads before it takes part."""
        place = self.folder / f"cache-{name}"
        words = (
            *(sys.executable, "-m", "distributed.cli.dask_worker", self.address, "--preload", str(preload)),
            *("--no-nanny", "--no-dashboard", "--nthreads", "1", "--memory-limit", "0"),
            *("--local-directory", str(place / "dask")),
        )
        given = {"BABELREEL_STORE": self.store, "BABELREEL_CACHE": str(place)}
        self._workers[name] = self._start(f"worker-{name}", words, self.environment | given)

    def _start(self, name: str, words: tuple[str, ...], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(words, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text("utf-8", "replace")

    def process_of(self, name: str) -> psutil.Process:
        """Give the process that does a worker's work: the one that its supervisor started last."""
        found: list[psutil.Process] = []

        def is_there() -> bool:
            found[:] = [
                each
                for each in psutil.Process(self._workers[name].pid).children()
                if "spawn_main" in " ".join(each.cmdline())
            ]
            return bool(found)

        wait_until(is_there, f"worker {name} has a process")
        return found[-1]

    def working(self) -> list[psutil.Process]:
        """Give the ffmpegs that run for any of the workers."""
        return [each for each in psutil.process_iter() if self._is_ours(each)]

    def _is_ours(self, process: psutil.Process) -> bool:
        with suppress(psutil.Error):
            place = process.cwd()
            return bool(place.startswith(str(self.folder))) and process.name() != "sleep" and process.pid != os.getpid()
        return False

    def stop(self) -> None:
        for each in self._workers.values():
            with suppress(psutil.Error):
                for child in psutil.Process(each.pid).children(recursive=True):
                    child.send_signal(signal.SIGCONT)
            each.terminate()
        for each in self._workers.values():
            try:
                each.wait(30)
            except subprocess.TimeoutExpired:
                each.kill()
                each.wait()
        self._workers.clear()
        if self._scheduler:
            self.kill_scheduler()


@contextmanager
def cluster(folder: Path, *, environment: Mapping[str, str], store: str, protocol: str = "tcp") -> Iterator[Cluster]:
    """Give a cluster without scheduler and workers, and end all that was started in the block."""
    made = Cluster(folder, environment, store, protocol)
    try:
        yield made
    finally:
        made.stop()


def slow_ffmpeg(folder: Path) -> Path:
    """Make the ffmpeg of a cluster; files beside it say how slow it is, and of which subtitle it dies."""
    folder.mkdir(parents=True)
    program = folder / "ffmpeg"
    program.write_text(_FFMPEG.format(folder=folder, ffmpeg=ffmpeg_of_tests().path), encoding="utf-8")
    program.chmod(0o755)
    return program


def wait_until(condition: Callable[[], bool], what: str, *, seconds: float = 120) -> None:
    """Wait until a condition holds; fail where it does not come to hold."""
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, f"waited {seconds:g} s until {what}"
        time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
