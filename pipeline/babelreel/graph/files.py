"""Put a file in its place whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
import shutil
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_IMODE
from typing import BinaryIO

from babelreel.errors import DamagedError
from babelreel.regular_files import open_regular
from babelreel.system_errors import house_errors

if sys.platform != "win32":
    import fcntl

#: Begins the name of a file that is not whole yet; what a killed run leaves behind can be known by it.
UNFINISHED = ".babelreel-"
_UNFINISHED_NAME = re.compile(rf"{re.escape(UNFINISHED)}[0-9a-f]{{16}}")

#: Folders that this process has swept.
_SWEPT: set[Path] = set()
_SWEEPING = threading.Lock()

#: What file systems answer that cannot flush a folder: those of the network, of macOS, and of programs (FUSE).
_NOT_FOR_FOLDERS = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EBADF})


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that a reader, or a power cut, sees the old content or the new one and nothing in between.

    Folders on the way are made. Raises ``NoSpaceError`` or ``MachineError``.
    """
    with replacing(path) as target:
        target.write(content)


def rewrite_atomically(path: Path, content: bytes) -> None:
    """Rewrite a file of the user's as ``write_atomically`` does; its permissions and its owner stay.

    Where the system does not let us hand it to its owner, it is ours. A link is replaced by a file.
    """
    with house_errors(path):
        before = path.stat()
    with replacing(path) as target:
        target.write(content)
        if hasattr(os, "fchown"):  # Windows has neither
            with suppress(PermissionError):
                os.fchown(target.fileno(), before.st_uid, before.st_gid)
            os.fchmod(target.fileno(), S_IMODE(before.st_mode))


def place_atomically(source: Path, target: Path, *, digest: str = "") -> None:
    """Copy the bytes of ``source``, and nothing else of it, to ``target`` as ``write_atomically`` writes them.

    Raises ``DamagedError`` when they do not have the SHA-256 that was given; then nothing is written.
    """
    seen = hashlib.sha256()
    if digest and not source.exists():
        raise damaged(source)
    with house_errors(source), source.open("rb") as taken, replacing(target) as placed:
        while chunk := taken.read(1 << 20):
            seen.update(chunk)
            placed.write(chunk)
        if digest and seen.hexdigest() != digest:
            raise damaged(source)


def move_verified(source: Path, target: Path, *, digest: str) -> None:
    """Do what ``place_atomically`` does with a file of ours that is not needed where it is, and may be gone then.

    Nothing is copied where one file system holds both. The file becomes as one that was written now.
    """
    if not source.exists() or digest_file(source) != digest:
        raise damaged(source)
    with replacing(target):  # it shows with which rights files are made here
        pass
    with house_errors(target):
        mode = S_IMODE(target.stat().st_mode)
        try:
            target.unlink()  # Windows replaces no file that is read-only, and none by one that is
            source.chmod(mode)
            move_flushed(source, target)
        except OSError:
            place_atomically(source, target, digest=digest)
        else:
            os.utime(target)


def move_flushed(path: Path, target: Path) -> None:
    """Move a whole file on one file system so that a power cut leaves it in either place; raises ``OSError``."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    path.replace(target)
    sync_folder(target.parent)


def damaged(path: Path) -> DamagedError:
    """Return the error for a stored file that is gone, or is not what was stored."""
    return DamagedError(
        what="A file in .babelreel/ was damaged on the disk.",
        where=str(path),
        hint="Run the same command again: then it is made again. If this happens again, have the disk examined.",
    )


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a new file to write to, which takes the place of ``path`` when the block ends well.

    Raises what ``write_atomically`` raises.
    """
    # mkstemp is not used: its files are private to the user, and a web server must be able to read these
    unfinished = path.with_name(f"{UNFINISHED}{secrets.token_hex(8)}")
    with house_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        _sweep_once(path.parent)
        try:
            with unfinished.open("xb") as file, _claimed(file):
                yield file
                file.flush()
                os.fsync(file.fileno())
                file.close()  # Windows renames no open file
                unfinished.replace(path)
        except BaseException:
            with suppress(OSError):
                unfinished.unlink()
            raise
        sync_folder(path.parent)


def make_way(path: Path) -> None:
    """Move aside a folder that stands where a file of ours must be: what somebody put into it stays.

    Only for places in a folder of ours; on a read-only disk it stays there.
    """
    if path.is_dir() and not path.is_symlink():
        with suppress(OSError):
            path.rename(path.with_name(f"{path.name}.{secrets.token_hex(4)}"))


def remove_folder(path: Path) -> None:
    """Remove a folder with all that is in it, as far as the system lets us; anything but a folder stays.

    ``shutil.rmtree`` opens a pipe that stands in its place, and waits for ever.
    """
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)


@contextmanager
def _claimed(file: BinaryIO) -> Iterator[None]:
    """Hold a file that is not whole yet, even once it is closed; the system releases it when this process ends."""
    if sys.platform == "win32":  # it removes no file that is open
        yield
        return
    held = os.dup(file.fileno())
    try:
        with suppress(OSError):  # some network file systems cannot
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(held)


def sweep_unfinished(folders: Iterable[Path]) -> None:
    """Remove the files in these folders that killed runs left half written; what a living run is writing stays."""
    for folder in folders:
        with suppress(OSError):
            for path in [each for each in folder.iterdir() if _UNFINISHED_NAME.fullmatch(each.name)]:
                _remove_dead(path)


def _sweep_once(folder: Path) -> None:
    """Sweep a folder before the first file is written there: two threads at once would take each other's for dead."""
    with _SWEEPING:
        if folder not in _SWEPT:
            sweep_unfinished((folder,))
            _SWEPT.add(folder)


def _remove_dead(path: Path) -> None:
    with suppress(OSError), open_regular(path) as file:
        if sys.platform != "win32":
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # refused while its writer lives
            path.unlink()
            return
    if sys.platform == "win32":
        with suppress(OSError):
            path.unlink()


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last through a power cut, where the system can do that."""
    if not hasattr(os, "O_DIRECTORY"):  # Windows does not open folders
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _NOT_FOR_FOLDERS:
            raise
    finally:
        os.close(handle)


def digest_file(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, hexadecimal; raises ``MachineError`` when it cannot be read."""
    with house_errors(path), open_regular(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
