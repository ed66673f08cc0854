"""Remember the digests of large files, so that they need not be read again."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from babelreel.graph.files import UNFINISHED, digest_file
from babelreel.graph.notes import Notes, Topic
from babelreel.model.json_codec import decode
from babelreel.system_errors import house_errors

#: A file that changed this shortly before it was hashed may change again within the same tick of the file system's
#: clock, unseen. Two seconds is the coarsest tick in use (FAT).
TICK_NS = 2_000_000_000

#: What changes whenever somebody writes to a file: its size, the times of its content and of its inode, the inode.
Stamp: TypeAlias = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """A digest, and the stamp that the file had."""

    stamp: Stamp
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Files:
    """What is known of files, by absolute paths."""

    files: Mapping[str, _Known]


_DIGESTS = Topic(name="digests", version=1, read=lambda document: decode(document, _Files))
#: All digests are one note.
_ALL = ""


class DigestCache:
    """Digests of large files, noted between runs and believed while size, times and inode stay the same.

    Times never decide that a file changed: a file with another stamp is read again. ``digest`` may be called from
    several threads.
    """

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        noted = notes.recall(_DIGESTS, _ALL)
        self._known = dict(noted.files) if noted else {}
        self._is_changed = False

    def digest(self, path: Path) -> str:
        """Return the SHA-256 of a file, as noted if its stamp is the known one; raises ``MachineError``."""
        name = os.path.abspath(path)  # noqa: PTH100 -- Path.absolute keeps "..", and resolve would follow links
        with house_errors(path):
            stamp = stamp_of(path)
        known = self._known.get(name)
        if known and known.stamp == stamp:
            return known.digest
        begun_ns = disk_time_ns(self._notes.folder)
        digest = digest_file(path)
        with house_errors(path):
            is_still = stamp_of(path) == stamp
        if is_still and max(stamp[1], stamp[2]) < begun_ns - TICK_NS:
            self._known[name] = _Known(stamp=stamp, digest=digest)
            self._is_changed = True
        return digest

    def forget(self) -> None:
        """Read each file again: bytes on a failing disk change, and their stamp does not."""
        self._known.clear()
        self._is_changed = True

    def save(self) -> None:
        """Note what was learnt, if anything was."""
        if self._is_changed:
            self._notes.keep(_DIGESTS, _ALL, _Files(files=dict(sorted(self._known.items()))))
            self._is_changed = False


def forget_digests(notes: Notes) -> None:
    """Forget all digests, so that each file is read again: a failing disk changes content without changing a stamp."""
    notes.forget(_DIGESTS, _ALL)


def disk_time_ns(folder: Path) -> int:
    """Read the clock that stamps files in a folder, or ours where that is earlier.

    A network disk has a clock of its own, and where it lags a file that has just changed looks old. A folder
    that is not there lies on the disk of the nearest one above it that is; where nothing may be written, only our own
    clock is known.
    """
    now_ns = time.time_ns()
    there = next(each for each in (folder.absolute(), *folder.absolute().parents) if each.is_dir())
    with suppress(OSError), tempfile.TemporaryFile(dir=there, prefix=UNFINISHED) as file:
        return min(now_ns, os.fstat(file.fileno()).st_mtime_ns)
    return now_ns


def stamp_of(path: Path | str) -> Stamp:
    """Return a file's stamp; raises ``OSError`` when it is not there."""
    stat = os.stat(path)  # noqa: PTH116 -- two hundred thousand published files are asked for: a Path of each costs more
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino
