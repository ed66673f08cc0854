"""How do tests run babelreel many times without paying for its start each time?"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from support.projects import Result


def nothing() -> None:
    """Prepare nothing."""


def forked(root: Path, *arguments: str, prepare: Callable[[], None] = nothing) -> Result:
    """Run the program in a copy of this process that stands in a project's folder; ``prepare`` is called in it before.

    What the copy loads is lost with it: what all runs need is to be imported by the test.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if child == 0:
            try:
                os.chdir(root)
                os.dup2(out.fileno(), 1)
                os.dup2(err.fileno(), 2)
                _run(arguments, prepare)
            finally:
                os._exit(99)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        told = []
        for file in (out, err):
            file.seek(0)
            told.append(file.read().decode())
    return Result(code=code, out=told[0], err=told[1])


def _run(arguments: tuple[str, ...], prepare: Callable[[], None]) -> None:
    from babelreel.cli import main  # noqa: PLC0415 - it takes the time that is to be saved, once for all

    sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123 - the process ends with it
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - as above
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - as above
    sys.argv = ["babelreel", *arguments]
    try:
        prepare()
        main()
    except SystemExit as end:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(end.code if isinstance(end.code, int) else 0)
