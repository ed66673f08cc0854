"""Say what holds for every call of babelreel, whatever lies in the project.

It ends with an exit code of its own and never with 70, prints no control character, and writes nothing outside of the
project and the folder for temporary files.
"""

from __future__ import annotations

import io
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

#: What steers a terminal, or is no text: all control characters but tab, line feed, and carriage return before one.
CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]|\r(?!\n)")
_OWN_CODES = frozenset(range(7))
#: What is told where the bound of memory is reached.
_EXHAUSTED = "There is not enough memory."
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

#: Folders below which something may be written; empty while nobody watches.
_allowed: list[str] = []
_trespasses: list[str] = []
_is_hooked: list[bool] = []


class BrokenPromiseError(AssertionError):
    """A call did what none may do."""


@contextmanager
def watched(*folders: Path) -> Iterator[None]:
    """See that nothing is written but below these folders."""
    if not _is_hooked:
        sys.addaudithook(_see)
        _is_hooked.append(True)
    _trespasses.clear()
    _allowed[:] = [os.path.realpath(folder) for folder in folders]
    try:
        yield
    finally:
        _allowed.clear()
    if _trespasses:
        raise BrokenPromiseError(f"written outside of the project: {_trespasses[:3]}")


def call(root: Path, *arguments: str) -> tuple[int, str]:
    """Run babelreel in this process, and give its exit code and all that it printed."""
    from babelreel import cli  # noqa: PLC0415 - in the worker only

    out = io.StringIO()
    sys.argv = ["babelreel", "-C", str(root), *arguments]
    os.chdir(root)
    with watched(root, Path(tempfile.gettempdir())), redirect_stdout(out), redirect_stderr(out):
        code = cli._run()  # noqa: SLF001 - the whole program less its exit
    text = out.getvalue()
    if code not in _OWN_CODES or _EXHAUSTED in text:
        raise BrokenPromiseError(f"{' '.join(arguments)} ended with {code}: {text[-1500:]}")
    refuse_control(text, " ".join(arguments))
    return code, text


def refuse_control(text: str, where: str) -> None:
    """Raise ``BrokenPromiseError`` for a text with a control character."""
    found = CONTROL.search(text)
    if found:
        around = text[max(0, found.start() - 40) : found.end() + 40]
        raise BrokenPromiseError(f"{where} gave U+{ord(found[0]):04X} in {around!r}")


def refuse_published_control(output: Path) -> None:
    """Look for control characters in every text that is published."""
    for path in sorted(output.rglob("*")):
        if path.suffix in {".vtt", ".srt", ".html", ".mpd", ".m3u8", ".json", ".txt", ".js", ".svg"} and path.is_file():
            refuse_control(path.read_text("utf-8"), path.name)


def _see(event: str, arguments: tuple[object, ...]) -> None:
    if not _allowed:
        return
    if event == "open":
        path, mode, flags = arguments
        is_written = isinstance(flags, int) and bool(flags & _WRITING)
        if isinstance(path, str | bytes | Path) and (is_written or (isinstance(mode, str) and set(mode) & set("wax+"))):
            _judge(event, path)
    elif event in {"os.rename", "os.link", "os.symlink"}:
        _judge(event, arguments[1])
    elif event in {"os.remove", "os.rmdir", "os.mkdir", "os.truncate", "os.chmod", "os.utime"}:
        _judge(event, arguments[0], arguments[-1] if event in {"os.remove", "os.rmdir"} else -1)


def _judge(event: str, path: object, folder_number: object = -1) -> None:
    """Note what is done outside; a path may be relative to a folder that was opened before, as in ``shutil.rmtree``."""
    if not isinstance(path, str | bytes | Path):
        return
    name = os.fsdecode(path)
    if folder_number != -1:
        name = os.path.join(os.readlink(f"/proc/self/fd/{folder_number}"), name)  # noqa: PTH115, PTH118 - see below
    folder, own = os.path.split(os.path.abspath(name))  # noqa: PTH100 - in a hook that sees each file
    place = f"{os.path.realpath(folder)}/{own}/"
    if name != os.devnull and not any(place.startswith(f"{each}/") for each in _allowed):
        _trespasses.append(f"{event} {name}")
