"""Say what it means when the system refuses something, in babelreel's own words."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from babelreel.errors import BabelreelError, MachineError, NoSpaceError, UsageError

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_FORBIDDEN = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_EXHAUSTED = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EFBIG, errno.EAGAIN})
#: Names that no file of this system can have: an error that the person who gave them can correct.
_IMPOSSIBLE = frozenset({errno.ENAMETOOLONG})
#: A file stands where a folder is needed: on the way to a path, or where one is to be made.
_IN_THE_WAY = frozenset({errno.ENOTDIR, errno.EEXIST})
_MOST_TOLD_CHARS = 200
#: How Python begins what it says of a refusal.
_NUMBER = re.compile(r"\[(?:Errno|WinError) -?\d+\] *")
#: A disk that fails, or is not connected any more; not every system knows all of these.
_FAILING = frozenset(
    getattr(errno, name)
    for name in ("EIO", "ESTALE", "ENXIO", "ENODEV", "EREMOTEIO", "EUCLEAN", "ENOTCONN", "ETIMEDOUT", "EHOSTDOWN")
    if hasattr(errno, name)
)


def is_machine_fault(error: OSError) -> bool:
    """Tell whether the disk is full, fails or forbids writing, or a limit is reached, be it that of a name's length.

    A link that leads back to itself counts too: its target cannot be reached. No program can help that.
    """
    return error.errno in _FULL | _FORBIDDEN | _EXHAUSTED | _FAILING | _IMPOSSIBLE | {errno.ELOOP}


def why_of(error: Exception) -> str:
    """Say in the system's words why something failed, without the number that it has for that."""
    words = error.strerror if isinstance(error, OSError) else ""
    return words or _NUMBER.sub("", str(error))


def as_house_error(error: OSError, path: Path) -> BabelreelError:
    """Say in babelreel's own words what the system refused to do with ``path``.

    A full disk or quota becomes a ``NoSpaceError``, an impossible name a ``UsageError``, anything else a
    ``MachineError``.
    """
    why = why_of(error)
    if error.errno in _IMPOSSIBLE:
        told = str(path)
        return UsageError(
            what="No file can have this name.",
            where=told if len(told) <= _MOST_TOLD_CHARS else f"{told[:_MOST_TOLD_CHARS]}…",
            why=why,
            hint="Give it a shorter name.",
        )
    if error.errno == errno.ELOOP:
        return MachineError(
            what="A link leads back to itself, and to no file.",
            where=str(path),
            why=why,
            hint="Let it lead to the file or folder that is meant, or put that in its place; then run the same command "
            "again.",
        )

    if error.errno in _FULL:
        return NoSpaceError(
            what="The disk is full.",
            where=str(path),
            why=why,
            hint="Make room (at least as much as output/ takes), then run the same command again.",
        )
    if error.errno in _FORBIDDEN:
        return MachineError(
            what="A file or folder cannot be used: the system does not allow it.",
            where=str(path),
            why=why,
            hint="Allow your user to read and write there, or work on a copy of the project somewhere else.",
        )
    if error.errno in _EXHAUSTED:
        return MachineError(
            what="The system has reached a limit.",
            where=str(path),
            why=why,
            hint="Close other programs or raise the limit (ulimit -a shows them), then run the same command again.",
        )
    return _of_a_place(error, path, why)


def _of_a_place(error: OSError, path: Path, why: str) -> MachineError:
    if error.errno in _IN_THE_WAY:
        return MachineError(
            what="A file is where a folder must be.",
            where=str(_file_in_the_way(path)),
            hint="Move this file to another place, or rename it. Then run the same command again.",
        )
    return MachineError(
        what="A file or folder cannot be used.",
        where=str(path),
        why=why,
        hint="See that it is there and that its disk is connected, then run the same command again.",
    )


def _file_in_the_way(path: Path) -> Path:
    """Find the file on the way to a path, or at its end."""
    return next((each for each in (path, *path.parents) if each.exists() and not each.is_dir()), path)


@contextmanager
def house_errors(path: Path) -> Iterator[None]:
    """Turn each ``OSError`` of the block into an error of babelreel's own about ``path``."""
    try:
        yield
    except OSError as error:
        raise as_house_error(error, path) from error
