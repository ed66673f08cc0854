"""Read files that somebody else may have put there: never one without an end, and none above a given size."""

from __future__ import annotations

import errno
import os
import stat
from io import BufferedReader
from pathlib import Path

#: Windows has neither: pipes do not lie in folders there, and a file is opened as text unless one asks for bytes.
_WITHOUT_WAITING = getattr(os, "O_NONBLOCK", 0)
_AS_BYTES = getattr(os, "O_BINARY", 0)

#: No description, list or table of ours has a tenth of this.
MOST_BYTES = 1 << 26
_READ_BYTES = 1 << 20


def read_regular(path: Path | str, most_bytes: int = MOST_BYTES) -> bytes:
    """Read a whole file.

    Raises ``OSError`` for anything but a file, such as a folder, a device, or a pipe that nobody may ever write to, and
    ``ValueError`` for more than ``most_bytes``; neither is read.
    """
    handle = _open(path)
    try:  # a hundred thousand small files are read by a plan: no objects, and as few calls as can be
        size = os.fstat(handle).st_size
        if size > most_bytes:
            raise ValueError(f"larger than {most_bytes >> 20} MiB")
        content = os.read(handle, size + 1)
        if len(content) == size:
            return content
        parts = [content]  # it changes while it is read, or the system gives less at once
        while parts[-1]:
            parts.append(os.read(handle, _READ_BYTES))
        return b"".join(parts)
    finally:
        os.close(handle)


def open_regular(path: Path) -> BufferedReader:
    """Open a file to read it; raises ``OSError`` for anything else, without waiting for it."""
    return os.fdopen(_open(path), "rb")


def _open(path: Path | str) -> int:
    _refuse_others(os.stat(path).st_mode)  # noqa: PTH116 -- takes twice as long otherwise; opening a device may act
    # it may have become a pipe since
    handle = os.open(path, os.O_RDONLY | _WITHOUT_WAITING | _AS_BYTES)
    try:
        _refuse_others(os.fstat(handle).st_mode)
    except OSError:
        os.close(handle)
        raise
    return handle


def _refuse_others(mode: int) -> None:
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, _kind(mode))


def real_path(path: Path) -> Path:
    """Return where a path leads through all links, absolute; for a link that leads in a circle, its own place.

    In some versions of Python, ``Path.resolve`` then ends with an error other than ``OSError``.
    """
    return Path(os.path.realpath(path))


def is_taken(path: Path) -> bool:
    """Tell whether anything is at a place, be it a link that leads to nothing.

    Raises ``OSError`` where the system does not say: ``os.path.lexists`` would then say that there is nothing.
    """
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def _kind(mode: int) -> str:
    kinds = {stat.S_IFDIR: "a folder", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket"}
    return f"it is {kinds.get(stat.S_IFMT(mode), 'a device')}, and no file"
