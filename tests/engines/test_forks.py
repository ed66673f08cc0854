"""The same work in several processes: nothing that it finds, raises or says depends on how many there are."""

from __future__ import annotations

import multiprocessing
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from babelreel.engines import forks
from babelreel.engines.forks import map_in_forks

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="no other system forks")

_Result = TypeVar("_Result")


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have two cores, whatever the machine has."""
    monkeypatch.setattr(forks, "_cores", lambda: 2)


def mapped(work: Callable[[int], _Result], count: int, *, least: int = 1) -> list[_Result]:
    """Do the work with as many numbers, each as heavy as it is large."""
    return map_in_forks(work, range(count), weights=range(count), least_weight=least)


def both(folder: Path) -> Callable[[int], int]:
    """Make work that waits, with its first value, until two processes are at work; its result is its process."""

    def work(_: int) -> int:
        (folder / str(os.getpid())).touch()
        end = time.monotonic() + 30
        while len(list(folder.iterdir())) < 2 and time.monotonic() < end:
            time.sleep(0.001)
        return os.getpid()

    return work


def test_results_stand_in_the_order_of_the_values() -> None:
    assert mapped(lambda each: each * each, 50) == [each * each for each in range(50)]


def test_two_processes_share_the_work(tmp_path: Path) -> None:
    processes = mapped(both(tmp_path), 6)
    assert len(set(processes)) == 2


def test_more_values_than_fit_in_the_queue_are_all_done() -> None:
    assert mapped(str, 3000) == [str(each) for each in range(3000)]


def test_little_work_is_done_by_this_process_alone(tmp_path: Path) -> None:
    def work(_: int) -> int:
        (tmp_path / str(os.getpid())).touch()
        return os.getpid()

    assert set(mapped(work, 6, least=100)) == {os.getpid()}
    assert [each.name for each in tmp_path.iterdir()] == [str(os.getpid())]


def test_a_process_with_threads_does_not_fork() -> None:
    go = threading.Event()
    thread = threading.Thread(target=go.wait)
    thread.start()
    try:
        assert set(mapped(lambda _: os.getpid(), 6)) == {os.getpid()}
    finally:
        go.set()
        thread.join()


def test_what_the_first_of_the_values_raises_is_raised() -> None:
    def work(each: int) -> int:
        if each in {3, 5}:
            raise ValueError(str(each))
        return each

    with pytest.raises(ValueError, match=r"^3$"):
        mapped(work, 8)


def test_what_a_killed_fork_had_done_is_done_again(tmp_path: Path) -> None:
    parent, share = os.getpid(), both(tmp_path)

    def work(each: int) -> int:
        if share(each) != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return each

    assert mapped(work, 6) == list(range(6))


def test_what_cannot_be_sent_is_done_again(tmp_path: Path) -> None:
    share = both(tmp_path)

    def work(each: int) -> Callable[[], int]:
        share(each)
        return lambda: each  # functions of a function do not travel

    assert [each() for each in mapped(work, 6)] == list(range(6))


def test_where_no_process_may_be_added_this_one_does_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refuse)
    assert mapped(str, 4) == ["0", "1", "2", "3"]


def test_no_process_and_no_file_is_left_behind() -> None:
    files = Path("/proc/self/fd")
    before = len(list(files.iterdir()))
    mapped(str, 40)
    assert len(list(files.iterdir())) == before
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM])
def test_forks_end_with_the_process_that_made_them(ending: signal.Signals) -> None:
    """Each holds the end of a pipe: it is closed when nobody is left."""
    source, sink = os.pipe()
    process = subprocess.Popen([sys.executable, "-c", _WORKING], pass_fds=(sink,), stdout=subprocess.PIPE)
    os.close(sink)
    with os.fdopen(source, "rb", buffering=0) as left, process:
        assert process.stdout
        assert process.stdout.readline() == b"two are at work\n"
        process.send_signal(ending)
        assert process.wait() == -ending
        assert select.select([left], [], [], 30)[0] == [left]
        assert left.read(1) == b""


_WORKING = """
import os
import time
from babelreel.engines import forks

forks._cores = lambda: 2
read, write = os.pipe()

def work(place):
    os.write(write, b".")
    if not place:
        told = b""
        while len(told) < 2:
            told += os.read(read, 2)
        print("two are at work", flush=True)
    time.sleep(0.1 if place > 1 else 1000)

forks.map_in_forks(work, range(2), weights=[1, 1], least_weight=1)
"""
