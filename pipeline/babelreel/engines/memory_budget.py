"""Decide how much memory all encoders together may take on this machine."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

#: The share of the machine's memory that a build takes at most: people go on working while it runs.
SHARE_OF_MACHINE = 4
#: Assumed as the machine's memory where the system does not report it (Windows): what the smallest laptops have.
_UNKNOWN_BYTES = 8_000_000_000
#: What a container may use (control groups, version 2 and 1); "max" or a number beyond all memory means no limit.
_LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))


def memory_budget() -> int:
    """Compute a quarter of the memory of the machine, or of the container that this runs in, in bytes."""
    return min(_machine_bytes(), *_container_bytes()) // SHARE_OF_MACHINE


def _machine_bytes() -> int:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return _UNKNOWN_BYTES


def _container_bytes() -> list[int]:
    found = []
    for path in _LIMITS:
        with suppress(OSError, ValueError):
            found.append(int(path.read_text(encoding="ascii")))
    return found or [_machine_bytes()]
