"""How do tests run babelreel in a process of its own without paying for its imports each time?

A server, one for each worker of pytest, has imported babelreel and nothing else. For each run it makes a copy of
itself, which takes the folder, the words, the environment and the output of the run, and ends as a program of its own
would. The imports are more than nine tenths of a short verb. Runs of one server share the seed of Python's hashes: a
test that compares the bytes of two runs sets ``PYTHONHASHSEED`` for one, which gets a new process.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import pkgutil
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import NoReturn

#: What the environment says to Python and to its libraries before our first line runs: it needs a new process.
_READ_AT_START = ("PYTHON", "LANG", "LC_", "LD_", "MALLOC_", "OMP_", "OPENBLAS_", "TZ")
#: A message that certainly goes through the line at once.
_MESSAGE_BYTES = 100_000
#: They load what the plain install has not.
_OPTIONAL = ("babelreel.engines.cluster", "babelreel.graph.bucket")


def can_start_warm(words: tuple[str, ...], environment: Mapping[str, str]) -> bool:
    """Whether a copy of the server does what a new process would."""
    return (
        sys.platform == "linux"  # whose lines keep messages apart, and carry files
        and len(_message(Path.cwd(), words, environment)) < _MESSAGE_BYTES
        and _read_at_start(environment) == _read_at_start(_server()[1])
    )


def run_warm(
    root: Path, words: tuple[str, ...], environment: Mapping[str, str], *, seconds: float | None
) -> tuple[int, str, str]:
    """Run the program in a folder; gives its exit code, output and errors.

    Raises ``TimeoutExpired`` when it was killed after so many seconds, as ``subprocess.run`` does.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        reply, theirs = os.pipe()
        try:
            with os.fdopen(theirs, "wb") as end:
                fds = [out.fileno(), err.fileno(), end.fileno()]
                socket.send_fds(_server()[0], [_message(root, words, environment)], fds)
            code = _exit_code(reply, words, seconds)
        finally:
            os.close(reply)
        told = []
        for file in (out, err):
            file.seek(0)
            told.append(file.read().decode())
    return code, told[0], told[1]


def _exit_code(reply: int, words: tuple[str, ...], seconds: float | None) -> int:
    pid = int.from_bytes(os.read(reply, 4), "big")
    is_done = False
    try:
        is_done = bool(select.select([reply], [], [], seconds)[0])
    finally:
        if not is_done:
            os.kill(pid, signal.SIGKILL)
    if not is_done:
        raise subprocess.TimeoutExpired(words, seconds or 0)
    return os.waitstatus_to_exitcode(int.from_bytes(os.read(reply, 4), "big"))


def _read_at_start(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name.startswith(_READ_AT_START)}


def _message(root: Path, words: tuple[str, ...], environment: Mapping[str, str]) -> bytes:
    return json.dumps([os.fspath(root), words, dict(environment)]).encode()


@cache
def _server() -> tuple[socket.socket, dict[str, str]]:
    """Start the server; gives the line to it and the environment that it was started in. It ends with the line."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        words = [sys.executable, __file__, str(theirs.fileno())]
        process = subprocess.Popen(
            words, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )

    def end() -> None:
        ours.close()
        process.wait()

    atexit.register(end)
    return ours, dict(os.environ)


def _serve(line: socket.socket) -> tuple[bytes, list[int]]:
    """Wait for runs; returns in each copy that is to be one, with its message and the files for its output."""
    while True:
        message, fds, _flags, _address = socket.recv_fds(line, 2 * _MESSAGE_BYTES, 3)
        if not message:
            os._exit(0)
        if os.fork() == 0:
            line.close()
            reply = fds.pop()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            run = os.fork()
            if run == 0:
                os.close(reply)
                return message, fds
            _watch(run, reply)
        for each in fds:
            os.close(each)


def _watch(run: int, reply: int) -> NoReturn:
    """Tell the number of a run, and how it ended; this copy of the server does nothing else."""
    try:
        os.write(reply, run.to_bytes(4, "big"))
        status = os.waitpid(run, 0)[1]
        with suppress(BrokenPipeError):  # the test waits no longer, and has killed the run
            os.write(reply, status.to_bytes(4, "big"))
    finally:
        os._exit(0)


def _load() -> None:
    import babelreel  # noqa: PLC0415 - in the server alone

    for module in pkgutil.walk_packages(babelreel.__path__, "babelreel."):
        if not module.name.startswith(_OPTIONAL) and not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    gc.freeze()  # what all copies share is not written to by their collectors


def _main() -> None:
    del sys.path[0]  # the folder of this file
    interrupted = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the runs; the server ends with its line
    line = socket.socket(fileno=int(sys.argv[1]))
    _load()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the copies that watch
    message, fds = _serve(line)
    signal.signal(signal.SIGINT, interrupted)
    for target, file in enumerate(fds, start=1):
        os.dup2(file, target)
        os.close(file)
    root, words, environment = json.loads(message)
    os.chdir(root)
    os.environ.clear()
    os.environ.update(environment)
    tempfile.tempdir = None  # it is asked for again, in this environment
    sys.path.insert(0, str(Path.cwd()))  # as "python -m" has it
    sys.argv = ["babelreel", *words]
    runpy.run_module("babelreel", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    _main()
