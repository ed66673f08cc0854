"""Find, start and end a program of the machine, so that nothing of it is left and nothing steers it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

#: Variables that would change what a program of ours does: FFREPORT makes ffmpeg write a log file where it likes, the
#: others change its presets, its colours, and the log of Chromium.
_UNWANTED_VARIABLES = frozenset(
    {"FFREPORT", "FFMPEG_DATADIR", "AV_LOG_FORCE_COLOR", "AV_LOG_FORCE_NOCOLOR", "AV_LOG_FORCE_256COLOR"}
    | {"CHROME_LOG_FILE", "CHROMIUM_FLAGS", "CHROMIUM_USER_FLAGS", "CHROME_HEADLESS"}
)
#: Time that is left for what a program has written to be read, once it has ended.
GRACE_S = 3.0
_CHUNK_BYTES = 1 << 16


def child_environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return our environment without what would steer a program, and with ``more``."""
    return {name: value for name, value in os.environ.items() if name not in _UNWANTED_VARIABLES} | dict(more or {})


def find_program(name: str) -> Path | None:
    """Find a program by its path, or by its name in the folders of the PATH.

    The current folder is never one of them: it may be a stranger's project, and Windows would look there first.
    """
    if os.path.dirname(name):  # noqa: PTH120 - "./ffmpeg" has a folder, and Path would take it off
        found = shutil.which(name)
        return Path(found).absolute() if found else None
    folders = (Path(each) for each in os.environ.get("PATH", os.defpath).split(os.pathsep) if each)
    tried = (shutil.which(str(folder / name)) for folder in folders if folder.is_absolute())
    return next((Path(found) for found in tried if found), None)


def ask_program(words: Sequence[str], *, timeout_s: float, given: bytes = b"", most_bytes: int = 1 << 24) -> bytes:
    """Run a program that answers a question, and return what it writes; ``given`` is what it reads.

    Raises ``OSError`` when it cannot be started, and ``subprocess.SubprocessError`` when it ends badly, takes too long
    or writes more than ``most_bytes``. None of its children is left, not even one that holds on to its output.
    """
    with TemporaryFile() as read:
        read.write(given)
        read.seek(0)
        process = subprocess.Popen(  # noqa: S603 - no shell; the words are ours
            words,
            stdin=read,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=child_environment(),
            start_new_session=True,
        )
    answer = bytearray()
    reader = threading.Thread(target=_take, args=(process, answer, most_bytes), daemon=True)
    reader.start()
    try:
        process.wait(timeout_s)
    finally:
        end_group(process)
        reader.join(GRACE_S)
    if len(answer) > most_bytes:
        raise subprocess.SubprocessError(f"it said more than {most_bytes} bytes")
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(words))
    return bytes(answer)


def _take(process: subprocess.Popen[bytes], answer: bytearray, most_bytes: int) -> None:
    stream = process.stdout
    if stream is None:
        raise AssertionError  # it is a pipe
    with stream:
        while chunk := stream.read1(_CHUNK_BYTES):  # type: ignore[attr-defined]  # a pipe is buffered, which its type does not say
            answer += chunk
            if len(answer) > most_bytes:
                end_group(process)
                return


def end_group(process: subprocess.Popen[Any]) -> None:
    """End a program that leads its own group, with all its children, whether or not it has ended by itself."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):  # macOS says the latter of a group without living members
        pass
    except AttributeError:  # Windows has no groups
        process.kill()
    process.wait()


def join_reader(reader: threading.Thread, stream: IO[Any] | None) -> None:
    """Wait until a stream of a program that has ended is read to its end, but not for one that somebody else holds."""
    reader.join(GRACE_S)
    if stream and not reader.is_alive():  # closing it would wait for the reader
        with suppress(OSError):
            stream.close()
