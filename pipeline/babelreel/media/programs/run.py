"""Run ffmpeg so that it cannot hang, ask, outlive us, or fail unseen."""

from __future__ import annotations

import contextlib
import functools
import os
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

from babelreel.errors import MachineError, StoppedError, ToolError
from babelreel.media.argv.told_sums import telling_sums
from babelreel.media.programs.children import (
    GRACE_S,
    ask_program,
    child_environment,
    end_group,
    find_program,
    join_reader,
)
from babelreel.media.programs.log import LINE_CHARS, Log
from babelreel.media.programs.progress import Progress
from babelreel.system_errors import why_of

#: They stand before everything else: ffmpeg warns of them behind a file.
GLOBAL_FLAGS: tuple[str, ...] = (
    "-hide_banner",  # the banner would push the error out of the kept tail
    *("-v", "warning"),  # the log is read: below this, missing glyphs are not reported
    "-xerror",  # without it a film that breaks off half-way ends with exit code 0
    "-nostdin",  # otherwise ffmpeg reads the keyboard and leaves the terminal without echo
    "-nostats",  # progress comes from the next flag, in a form made for programs
    *("-progress", "pipe:1"),
    "-y",  # the folder is ours: there must be no question that nobody can answer
    *("-filter_threads", "1"),  # many tasks run side by side already
    *("-filter_complex_threads", "1"),
)

#: A child that has not moved for so long is stuck: a 4K frame on a slow machine takes seconds, not minutes.
STALL_S = 300.0
#: SVT-AV1 tells its settings, whatever the log's level, and would push the error out of the kept tail: warnings only.
_QUIET = {"SVT_LOG": "2"}
_POLL_S = 0.1
_ANSWER_TIMEOUT_S = 10.0


def run_ffmpeg(  # noqa: PLR0913 - one run has these sides, and a value to hold them would have one user
    ffmpeg_path: Path,
    argv: tuple[str, ...],
    *,
    cwd: Path,
    duration_ms: int,
    report: Callable[[float], None],
    is_cancelled: Callable[[], bool],
    env: Mapping[str, str] | None = None,
    stall_s: float = STALL_S,
    summed: Sequence[str] = (),
) -> Log:
    """Run ffmpeg in a folder, report the share done from this thread, and return its log.

    An exit code of 0 proves nothing: the caller must verify the result. Beside each output that is ``summed`` lies
    the sum of what ffmpeg meant to write (``telling_sums``). ``env`` is added to our environment. Raises
    ``ToolError`` (ended badly, or did not move for ``stall_s`` seconds), ``NoSpaceError``, ``MachineError`` (not
    allowed to write, or cannot be started), ``StoppedError``; no child is left in any case.
    """
    log, progress = Log(), Progress()
    process = _start(ffmpeg_path, telling_sums(argv, *summed), cwd, env)
    readers = (_reader(process.stderr, log.read), _reader(process.stdout, progress.read))
    try:
        _watch(process, progress, duration_ms=duration_ms, report=report, is_cancelled=is_cancelled, stall_s=stall_s)
    except ToolError as fault:
        _stop(process, readers)
        fault.log = tuple(log.tail)
        raise
    finally:
        _stop(process, readers)
    if process.returncode:
        raise log.failure(process.returncode, where=argv[-1] if argv else "", folder=str(cwd))
    return log


def _start(ffmpeg_path: Path, argv: tuple[str, ...], cwd: Path, env: Mapping[str, str] | None) -> subprocess.Popen[str]:
    try:
        if not os.access(ffmpeg_path, os.X_OK):  # behind setpriv its absence would be an exit code like any other
            raise FileNotFoundError("there is no such program")
        return subprocess.Popen(  # noqa: S603 - no shell; every word is built in argv/
            (*lifeline(), str(ffmpeg_path), *GLOBAL_FLAGS, *argv),
            cwd=cwd,
            env=child_environment({**_QUIET, **(env or {})}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",  # file names in messages may hold any byte
            start_new_session=True,  # Ctrl-C in the terminal reaches us only; we end the child in good order
        )
    except OSError as fault:
        raise MachineError(
            what="ffmpeg cannot be started.",
            where=str(ffmpeg_path),
            why=why_of(fault),
            hint="Run 'babelreel doctor' to see what is wrong with it.",
        ) from fault


@functools.cache
def lifeline() -> tuple[str, ...]:
    """Return the words before the command that make Linux end the child when the thread that started it dies.

    A killed parent would leave ffmpeg running for an hour. ``setpriv`` (util-linux) sets PR_SET_PDEATHSIG and becomes
    ffmpeg, under the same process number; doing it between fork and exec in Python can deadlock in a program with
    threads. Without ``setpriv`` (macOS, Alpine) only a parent killed outright leaves a child behind.
    """
    setpriv = find_program("setpriv")
    if not setpriv:
        return ()
    words = (str(setpriv), "--pdeathsig", "KILL")
    try:  # whether this setpriv knows the option: BusyBox's does not
        ask_program((*words, str(setpriv), "--version"), timeout_s=_ANSWER_TIMEOUT_S)
    except (OSError, subprocess.SubprocessError):
        return ()
    return words


def _watch(  # noqa: PLR0913 - the sides of run_ffmpeg, passed on
    process: subprocess.Popen[str],
    progress: Progress,
    *,
    duration_ms: int,
    report: Callable[[float], None],
    is_cancelled: Callable[[], bool],
    stall_s: float,
) -> None:
    """Wait for the end; report what is new; raise when cancelled or stuck."""
    told = 0.0
    while not _has_ended(process):
        if is_cancelled():
            raise StoppedError(what="Stopped.", hint="Run the same command again to go on.")
        if progress.idle_s() > stall_s:
            raise ToolError(
                what=f"ffmpeg did not move for {stall_s:g} seconds and was ended.",
                why="it may wait for a slow or sleeping disk, or the film may be broken",
                hint="Copy the film to a disk of this machine and run again.",
            )
        share = progress.share(duration_ms)
        if share > told:
            report(share)
            told = share


def _has_ended(process: subprocess.Popen[str]) -> bool:
    try:
        process.wait(_POLL_S)
    except subprocess.TimeoutExpired:
        return False
    return True


def _stop(process: subprocess.Popen[str], readers: tuple[threading.Thread, ...]) -> None:
    """End the child if it still runs, and its own children, and read both of its streams to their end."""
    if process.poll() is None:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(GRACE_S)
    end_group(process)
    for reader, stream in zip(readers, (process.stderr, process.stdout), strict=True):
        join_reader(reader, stream)


def _reader(stream: IO[str] | None, take: Callable[[Iterator[str]], None]) -> threading.Thread:
    """Drain a stream in a thread of its own: a full pipe would hang the child."""
    if stream is None:
        raise AssertionError  # both streams are pipes
    lines = iter(functools.partial(stream.readline, LINE_CHARS), "")
    thread = threading.Thread(target=take, args=(lines,), daemon=True)
    thread.start()
    return thread
