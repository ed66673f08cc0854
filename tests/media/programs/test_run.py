from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from babelreel.errors import BabelreelError, MachineError, StoppedError, ToolError
from babelreel.media.programs.locate import Ffmpeg
from babelreel.media.programs.log import Log
from babelreel.media.programs.run import run_ffmpeg

FOREVER = ("-re", "-f", "lavfi", "-i", "testsrc2=size=64x64:rate=25", "-c:v", "libx264", "file:forever.mkv")


def run(ffmpeg: Ffmpeg, folder: Path, *argv: str, cancel_after_s: float = 1e9, stall_s: float = 60) -> list[float]:
    told: list[float] = []
    end = time.monotonic() + cancel_after_s
    run_ffmpeg(
        ffmpeg.path,
        argv,
        cwd=folder,
        duration_ms=2000,
        report=told.append,
        is_cancelled=lambda: time.monotonic() > end,
        stall_s=stall_s,
    )
    return told


def children() -> set[str]:
    """Name the programs that this process has started and that still run, with their numbers."""
    tasks = Path("/proc/self/task").glob("*/children")
    pids = {pid for task in tasks for pid in task.read_text(encoding="ascii").split()}
    return {f"{Path('/proc', pid, 'comm').read_text(encoding='utf-8').strip()} {pid}" for pid in pids}


@contextlib.contextmanager
def leaving_no_child() -> Iterator[None]:
    """Look for programs that were started here and still run; other tests have theirs, such as a browser's driver."""
    before = children()
    yield
    assert children() - before == set()


needs_proc = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for processes in Linux' /proc")


def test_the_share_done_grows_and_stays_below_one(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    told = run(
        ffmpeg, tmp_path, "-re", "-f", "lavfi", "-i", "testsrc2=size=64x64:duration=2", "-c:v", "mpeg4", "file:o.mkv"
    )

    assert told == sorted(told)
    assert told
    assert all(0 < share <= 1 for share in told)


def test_an_error_names_its_reason_and_keeps_the_log(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    with pytest.raises(ToolError) as caught:
        run(ffmpeg, tmp_path, "-i", "file:nothing.mp4", "file:o.mp4")

    assert "No such file" in caught.value.why
    assert caught.value.log


def test_a_film_that_breaks_off_is_an_error_and_not_a_short_film(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    run(ffmpeg, tmp_path, "-f", "lavfi", "-i", "testsrc2=duration=1", "-movflags", "+faststart", "file:whole.mp4")
    whole = (tmp_path / "whole.mp4").read_bytes()
    (tmp_path / "cut.mp4").write_bytes(whole[: len(whole) * 3 // 4])

    with pytest.raises(ToolError):
        run(ffmpeg, tmp_path, "-i", "file:cut.mp4", "-c:v", "libx264", "file:o.mp4")


@needs_proc
def test_a_cancelled_run_stops_soon_and_leaves_no_process(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    with leaving_no_child(), pytest.raises(StoppedError) as caught:
        run(ffmpeg, tmp_path, *FOREVER, cancel_after_s=0.5)

    assert caught.value.exit_code == 130


@needs_proc
def test_a_child_that_is_stuck_is_ended(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    fifo = tmp_path / "stuck.mp4"
    os.mkfifo(fifo)
    holder = os.open(fifo, os.O_RDWR)
    try:
        with leaving_no_child(), pytest.raises(ToolError, match="did not move for 1 seconds"):
            run(ffmpeg, tmp_path, "-i", f"file:{fifo.name}", "file:o.mp4", stall_s=1)
    finally:
        os.close(holder)


@needs_proc
def test_an_interrupt_while_waiting_leaves_no_process(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    def interrupt() -> bool:
        raise KeyboardInterrupt

    with leaving_no_child(), pytest.raises(KeyboardInterrupt):
        run_ffmpeg(ffmpeg.path, FOREVER, cwd=tmp_path, duration_ms=1, report=lambda _: None, is_cancelled=interrupt)


KILLED_PARENT = """
import os, sys
from pathlib import Path
from babelreel.media.programs.run import run_ffmpeg

def die(share):
    os.kill(os.getpid(), 9)

run_ffmpeg(Path(sys.argv[1]), sys.argv[2:], cwd=Path.cwd(), duration_ms=1, report=die, is_cancelled=lambda: False)
"""


def working_in(folder: Path) -> list[str]:
    """Name the programs of anybody that run in a folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it ended just now, or is not ours to look at
            if (process / "cwd").readlink() == folder:
                found.append((process / "comm").read_text(encoding="utf-8").strip())
    return found


@pytest.mark.skipif(not shutil.which("setpriv"), reason="only util-linux can end a child when its parent is killed")
def test_a_killed_parent_takes_its_ffmpeg_along(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    parent = subprocess.run(
        [sys.executable, "-c", KILLED_PARENT, str(ffmpeg.path), *FOREVER], cwd=tmp_path, check=False
    )

    assert parent.returncode == -9
    assert (tmp_path / "forever.mkv").exists()
    end = time.monotonic() + 5
    while working_in(tmp_path) and time.monotonic() < end:
        time.sleep(0.05)
    assert working_in(tmp_path) == []


def test_many_lines_on_stderr_do_not_hang_it(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    log = run_ffmpeg(
        ffmpeg.path,
        ("-v", "trace", "-f", "lavfi", "-i", "testsrc2=duration=1:size=64x64", "-f", "null", "-"),
        cwd=tmp_path,
        duration_ms=1000,
        report=lambda _: None,
        is_cancelled=lambda: False,
    )

    assert 0 < len(log.tail) <= 40


def test_a_full_disk_is_told_as_such(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full, which only Linux has")
    with pytest.raises(BabelreelError) as caught:
        run(ffmpeg, tmp_path, "-f", "lavfi", "-i", "testsrc2=duration=1", "-f", "mpegts", "file:/dev/full")

    assert caught.value.exit_code == 6


def test_a_folder_that_cannot_be_written_is_the_machines_fault(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    tmp_path.chmod(0o555)

    with pytest.raises(MachineError) as caught:
        run(ffmpeg, tmp_path, "-f", "lavfi", "-i", "testsrc2=duration=1", "file:o.mp4")

    assert caught.value.exit_code == 4


def test_a_program_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(MachineError, match="cannot be started"):
        run(Ffmpeg(path=tmp_path / "nothing", version="", digest=""), tmp_path, "-i", "x")


def test_ffreport_writes_no_file_of_ours(ffmpeg: Ffmpeg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FFREPORT", f"file={tmp_path}/report.log")

    run(ffmpeg, tmp_path, "-f", "lavfi", "-i", "testsrc2=duration=1:size=64x64", "-f", "null", "-")

    assert not (tmp_path / "report.log").exists()


def test_runs_from_many_threads_do_not_disturb_one_another(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    logs: list[Log] = []

    def work(number: int) -> None:
        argv = ("-f", "lavfi", "-i", "testsrc2=duration=1:size=64x64", f"file:{number}.mkv")
        logs.append(
            run_ffmpeg(
                ffmpeg.path, argv, cwd=tmp_path, duration_ms=1, report=lambda _: None, is_cancelled=lambda: False
            )
        )

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(logs) == 4


@needs_proc
def test_a_child_that_ffmpeg_leaves_behind_is_ended_and_keeps_nobody_waiting(tmp_path: Path) -> None:
    wrapper = tmp_path / "ffmpeg"
    wrapper.write_text("#!/bin/sh\nsleep 600 &\necho out_time_us=1000\n")
    wrapper.chmod(0o755)

    run_ffmpeg(wrapper, (), cwd=tmp_path, duration_ms=1, report=lambda _: None, is_cancelled=lambda: False)

    assert working_in(tmp_path) == []
