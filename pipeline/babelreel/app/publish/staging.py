"""Where does a publication wait until it takes the place of the one before? Whoever looks loads nothing more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, TypeAlias

#: Writes what is published into a file that can be sought in; the same bytes each time it is called.
Write: TypeAlias = Callable[[BinaryIO], None]
#: Where the bytes of a file to publish come from: another file, or they are at hand, or made when it is their turn.
Source: TypeAlias = Path | bytes | Write
#: Everything that is under way waits here, on the file system of its places; hidden, and ours by its name.
STAGING = ".incoming"


def is_interrupted(output: Path) -> bool:
    """Tell whether a run ended in the middle of its publishing."""
    return (output / STAGING).is_dir() and not (output / STAGING).is_symlink()
