"""How is a whole command stopped, or refused something, at any call that it or a program of its makes on our files?

A small library in C stands between the program and the system: see faulty_calls.c. Linux with gcc only.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from time import sleep
from types import MappingProxyType

import pytest

_CODE = Path(__file__).with_suffix(".c")

#: For tests that need the library: `.ci/run` installs gcc.
needs_gcc = pytest.mark.skipif(
    not sys.platform.startswith("linux") or not shutil.which("gcc"), reason="needs Linux and gcc"
)


class Kind(Enum):
    """Calls of one kind, by the letter that the library knows them by."""

    RENAME = "n"
    LINK = "l"
    UNLINK = "u"
    MKDIR = "m"
    FSYNC = "f"
    CHANGE = "c"
    OPEN_TO_WRITE = "o"
    WRITE = "w"
    OPEN = "i"
    READ = "r"
    LIST = "d"
    STAT = "s"


#: What changes the files of a project.
CHANGING = tuple(Kind)[:8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call: its number among those of its kind, its kind and what the system calls it, and on which file."""

    number: int
    kind: Kind
    name: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What goes wrong with the call of this number: ``error`` (an errno), or else a signal.

    Killed are the first program and the one that called. ``lasts``: each later call of these kinds fails as well.
    """

    kinds: tuple[Kind, ...]
    number: int
    error: int = 0
    signal: int = signal.SIGKILL
    lasts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultyRun:
    """How a command ended, and the calls that were counted (without a fault: all, else those that went wrong)."""

    code: int
    err: str
    calls: tuple[Call, ...]


def run_with(  # noqa: PLR0913 - a command, what happens to it, and what is watched
    root: Path,
    *words: str,
    fault: Fault | None = None,
    kinds: Sequence[Kind] = tuple(Kind),
    until: str = "",
    only: Path | None = None,
    environment: Mapping[str, str] = MappingProxyType({}),
) -> FaultyRun:
    """Run babelreel in a project, and let ``fault`` happen to its files and those in ``tmp`` and ``store`` beside it.

    ``tmp`` is where temporary files go, ``store`` where there may be a store that machines share. With ``only`` the
    calls on one file count, and no others. A command that waits is interrupted when ``until`` stands in what it says.
    ``environment`` is what it is given beside that of the first test that ran anything here.
    """
    place = root.parent
    log, told = place / "calls.txt", place / "told.txt"
    (place / "counter").write_bytes(bytes(16))
    log.unlink(missing_ok=True)
    told.write_bytes(b"")
    (place / "tmp").mkdir(exist_ok=True)
    variables = {**environment, **_variables(place, fault, kinds)}
    variables |= {"FAULTY_ROOTS": str(only.resolve())} if only else {}
    code = _program().run(root, words, variables, told, until)
    lines = log.read_text("utf-8", "surrogateescape").splitlines() if log.exists() else []
    return FaultyRun(code=code, err=told.read_text("utf-8", "replace"), calls=_calls(lines))


#: Waits with all modules loaded, which takes longer than most commands: each is run by a copy of this process.
_PROGRAM = """\
import ctypes, json, os, signal, sys
from pathlib import Path
import filelock, numpy
import babelreel.cli
from babelreel.app.build import build
import babelreel.cli.build.build, babelreel.cli.project.clean, babelreel.cli.project.probe
import babelreel.cli.subtitles.check
import babelreel.cli.publish.rollback, babelreel.cli.publish.serve, babelreel.cli.publish.verify
import babelreel.cli.publish.withdraw
from babelreel.media.sound.heard import film_sound, speech

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have asked us to ignore it
for line in sys.stdin:
    order = json.loads(line)
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_RDWR), 0)
        os.dup2(0, 1)
        os.dup2(os.open(order["told"], os.O_WRONLY), 2)
        os.chdir(order["root"])
        os.environ.update(order["variables"])
        sys.argv = ["babelreel", *order["words"]]
        ctypes.CDLL(None).faulty_begin()
        babelreel.cli.main()
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class _Program:
    """Runs commands, one after the other."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM],
            env={**os.environ, "LD_PRELOAD": str(_library()), "OPENBLAS_NUM_THREADS": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, root: Path, words: Sequence[str], variables: dict[str, str], told: Path, until: str) -> int:
        """Run a command in a process of its own and give its exit code."""
        order = {"root": str(root), "words": words, "variables": variables, "told": str(told)}
        given, answers = self._process.stdin, self._process.stdout
        assert given
        assert answers
        given.write(json.dumps(order) + "\n")
        given.flush()
        child = int(answers.readline())
        if until:
            threading.Thread(target=_interrupt, args=(child, told, until), daemon=True).start()
        return int(answers.readline())


def _interrupt(child: int, told: Path, until: str) -> None:
    with suppress(ProcessLookupError, FileNotFoundError):  # it ended otherwise
        for _ in range(600):
            if until in told.read_text("utf-8", "replace"):
                break
            sleep(0.05)
        sleep(0.5)  # it has said so just before it waits
        os.kill(child, signal.SIGINT)


@cache
def _program() -> _Program:
    return _Program()


def _variables(place: Path, fault: Fault | None, kinds: Sequence[Kind]) -> dict[str, str]:
    resolved = place.resolve()
    variables = {
        "FAULTY_ROOTS": ":".join(str(resolved / name) for name in ("film", "tmp", "store")),
        "FAULTY_KINDS": "".join(kind.value for kind in (fault.kinds if fault else kinds)),
        "FAULTY_COUNTER": str(place / "counter"),
        "FAULTY_LOG": str(place / "calls.txt"),
        "TMPDIR": str(place / "tmp"),
    }
    if fault:
        variables |= {"FAULTY_AT": str(fault.number), "FAULTY_ERRNO": str(fault.error)}
        variables |= {"FAULTY_SIGNAL": str(int(fault.signal)), "FAULTY_LASTS": str(int(fault.lasts))}
    return variables


@cache
def _library() -> Path:
    built = Path(mkdtemp(prefix="babelreel-faulty-")) / "faulty_calls.so"
    command = ["gcc", "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", str(built), str(_CODE), "-ldl"]
    subprocess.run(command, check=True, capture_output=True)
    return built


def _calls(lines: Sequence[str]) -> tuple[Call, ...]:
    """Read the log; a call is numbered among those of its kind."""
    counts = dict.fromkeys(Kind, 0)
    found = []
    for line in lines:
        _, letter, name, path = line.split(" ", 3)
        kind = Kind(letter)
        counts[kind] += 1
        found.append(Call(number=counts[kind], kind=kind, name=name, path=path))
    return tuple(found)
