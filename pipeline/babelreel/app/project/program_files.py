"""Is this the same program as in an earlier run, line by line?"""

from __future__ import annotations

import sysconfig
from collections.abc import Iterator
from pathlib import Path

import babelreel


def program_files() -> Iterator[Path]:
    """Give the program's own files, and the folders of its libraries, which change when one is installed."""
    package = Path(babelreel.__file__).parent
    yield from (path for path in sorted(package.rglob("*")) if path.is_file() and path.suffix != ".pyc")
    yield from (Path(sysconfig.get_path(name)) for name in ("purelib", "platlib"))
