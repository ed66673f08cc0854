"""Where does a publication wait until it takes the place of the one before? Whoever looks loads nothing more."""

from __future__ import annotations

from pathlib import Path

#: Everything that is under way waits here, on the file system of its places; hidden, and ours by its name.
STAGING = ".incoming"


def is_interrupted(output: Path) -> bool:
    """Tell whether a run ended in the middle of its publishing."""
    return (output / STAGING).is_dir() and not (output / STAGING).is_symlink()
