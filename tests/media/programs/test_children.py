from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest

from babelreel.media.programs.children import ask_program, child_environment, find_program

#: A script whose child of its own holds on to its output for as long as nobody ends it.
LEAVES_A_CHILD = "echo first; sleep 600 & echo $! > child; echo last"
#: The same with a child in a session of its own, which no signal to the group reaches.
LEAVES_A_DAEMON = "echo first; setsid sleep 20 & echo last"


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(") ")[2][0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def is_ended(pid: int) -> bool:
    """Say whether a process ends: a killed one closes its files first, and is gone a moment later."""
    deadline = time.monotonic() + 10
    while is_running(pid) and time.monotonic() < deadline:
        time.sleep(0.01)
    return not is_running(pid)


def script(folder: Path, name: str, text: str) -> Path:
    program = folder / name
    program.write_text(f"#!/bin/sh\n{text}\n")
    program.chmod(0o755)
    return program


def ask(text: str, timeout_s: float = 60, given: bytes = b"", most_bytes: int = 1 << 20) -> bytes:
    return ask_program(("sh", "-c", text), timeout_s=timeout_s, given=given, most_bytes=most_bytes)


def test_a_program_reads_a_question_and_gives_its_answer() -> None:
    question = b"x" * 200_000  # more than a pipe holds, while the answer is written already
    assert ask("cat; echo no error of ours >&2", given=question) == question


def test_a_child_that_holds_the_output_is_ended_and_keeps_nobody_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert ask(LEAVES_A_CHILD) == b"first\nlast\n"
    assert is_ended(int(Path("child").read_text("ascii")))


def test_a_daemon_that_holds_the_output_keeps_nobody_waiting() -> None:
    start = time.monotonic()
    assert ask(LEAVES_A_DAEMON) == b"first\nlast\n"
    assert time.monotonic() - start < 15


def test_a_program_that_takes_too_long_is_ended_with_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(subprocess.TimeoutExpired):
        ask(f"{LEAVES_A_CHILD}; wait", timeout_s=1)
    assert is_ended(int(Path("child").read_text("ascii")))


def test_an_answer_without_end_is_cut() -> None:
    with pytest.raises(subprocess.SubprocessError, match="more than 1000 bytes"):
        ask("yes", most_bytes=1000)


def test_a_program_that_fails_is_told() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        ask("echo answer; exit 3")


def test_what_would_steer_ffmpeg_reaches_no_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FFREPORT", "file=/tmp/x")
    monkeypatch.setenv("KEPT", "1")
    assert "FFREPORT" not in child_environment()
    assert child_environment({"TZ": "UTC"})["KEPT"] == "1"
    assert ask("echo $FFREPORT$KEPT") == b"1\n"


def test_a_program_in_the_current_folder_is_none_of_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script(tmp_path, "ffmpeg-of-a-stranger", "touch owned")
    (tmp_path / "bin").mkdir()
    own = script(tmp_path / "bin", "ffmpeg-of-ours", "")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", os.pathsep.join(("", ".", "bin", str(tmp_path / "bin"))))
    assert find_program("ffmpeg-of-a-stranger") is None
    assert find_program("ffmpeg-of-ours") == own
    assert find_program("./ffmpeg-of-a-stranger") == tmp_path / "ffmpeg-of-a-stranger"  # who names it means it
