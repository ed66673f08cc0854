"""List the files that show whether this is the same program as in an earlier run, line by line."""

from __future__ import annotations

import sys
import sysconfig
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

import babelreel
from babelreel.graph.digests import stamp_of

#: How the record of an installed library ends, whose name holds the library's own name and version.
_RECORDS = (".dist-info", ".egg-info")


@cache
def program_state() -> str:
    """Name this program: a digest of the stamps of its files, and the version of Python.

    They are looked at once: a program that is replaced while it runs goes on as it was.
    """
    stamps = [(str(path), stamp_of(path)) for path in program_files() if path.exists()]
    return sha256(repr((sys.version, stamps)).encode("utf-8", "surrogatepass")).hexdigest()


def program_files() -> Iterator[Path]:
    """Yield the program's own files, and of its libraries what changes when one is installed.

    Those are the folders of this Python, and the records of all libraries on ``sys.path``, in its order, for the first
    one of a name is what runs: in the user's own folder, in those of ``PYTHONPATH``, or in the system's, seen from a
    virtual environment.
    """
    package = Path(babelreel.__file__).parent
    yield from (path for path in sorted(package.rglob("*")) if path.is_file() and path.suffix != ".pyc")
    yield from (Path(sysconfig.get_path(name)) for name in ("purelib", "platlib"))
    for folder in dict.fromkeys(sys.path):
        yield from _records_in(Path(folder))


def _records_in(folder: Path) -> tuple[Path, ...]:
    """List the records in a folder of libraries, by name, or the folder itself where it is an archive."""
    try:
        return tuple(sorted(path for path in folder.iterdir() if path.suffix in _RECORDS))
    except NotADirectoryError:
        return (folder,)
    except OSError:  # a place where nothing is, or may be read, has no libraries for us
        return ()
