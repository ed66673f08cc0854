from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from support.films import make_film
from support.projects import FR, babelreel, make_project, snapshot


def children_of(pid: int) -> list[str]:
    listed = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, check=True, text=True).stdout
    return [line for line in listed.splitlines()[1:] if int(line.split()[1]) == pid]


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent the POSIX way")
def test_ctrl_c_stops_cleanly_and_the_next_run_goes_on(tmp_path: Path) -> None:
    film = make_film(tmp_path / "long.mp4", seconds=12, size="1280x720")
    root = make_project(tmp_path / "project", {"fr.srt": FR, "nl.srt": FR}, film=film)
    command = [sys.executable, "-m", "babelreel", "build", "--jobs", "1"]
    with subprocess.Popen(command, cwd=root, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as run:
        assert run.stderr is not None
        lines = [run.stderr.readline() for _ in range(2)]  # the plan, and the first pieces that are done
        assert re.match(r"\[\d+/\d+\] ", lines[1])
        deadline = time.monotonic() + 60
        while not children_of(run.pid) and time.monotonic() < deadline:
            time.sleep(0.02)
        os.kill(run.pid, signal.SIGINT)
        rest = run.stderr.read()
    assert run.returncode == 130
    assert "kept" in rest
    assert "again" in rest
    assert not (root / "output").exists()
    assert children_of(run.pid) == []

    again = babelreel(root, "build")
    assert again.code == 0
    assert ", 0 done already" not in again.err.splitlines()[0]

    fresh = make_project(tmp_path / "fresh" / "project", {"fr.srt": FR, "nl.srt": FR}, film=film)
    assert babelreel(fresh, "build").code == 0
    assert snapshot(root / "output") == snapshot(fresh / "output")
