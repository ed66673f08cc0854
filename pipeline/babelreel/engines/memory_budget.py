"""Decide how much memory all encoders together may take on this machine."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

#: What a build takes at most on a machine at which people go on working: a share of its memory, and so much in bytes.
#: More makes nothing faster: in this much, the pieces of a cell in some ten languages are encoded in one go.
SHARE_OF_MACHINE, MOST_BYTES = 8, 1_500_000_000
#: The share of a worker of a cluster, where nobody sits.
SHARE_OF_WORKER = 4
#: Assumed as the machine's memory where the system does not report it (Windows): what the smallest laptops have.
_UNKNOWN_BYTES = 8_000_000_000
#: What a container may use (control groups, version 2 and 1); "max" or a number beyond all memory means no limit.
_LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))


def memory_budget() -> int:
    """Compute an eighth of the memory of the machine, or of the container that this runs in, but at most 1.5 GB."""
    return min(min(_machine_bytes(), *_container_bytes()) // SHARE_OF_MACHINE, MOST_BYTES)


def worker_budget() -> int:
    """Compute a quarter of the memory of the machine, or of the container that this runs in, in bytes."""
    return min(_machine_bytes(), *_container_bytes()) // SHARE_OF_WORKER


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
