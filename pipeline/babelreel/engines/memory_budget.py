"""Decide how much memory all encoders together may take on this machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath

#: What a build takes at most on a machine at which people go on working: a share of its memory, and so much in bytes.
#: More makes nothing faster: in this much, the pieces of a cell in some ten languages are encoded in one go.
SHARE_OF_MACHINE, MOST_BYTES = 8, 1_500_000_000
#: The share of a container, of a group of processes with a limit, and of a worker of a cluster: nobody sits there. In a
#: group of 2 GB an eighth costs a tenth more time, for each cell is decoded more often (benchmarks/README.md).
SHARE_OF_CONTAINER = SHARE_OF_WORKER = 4
#: Assumed as the machine's memory where the system does not report it (Windows): what the smallest laptops have.
_UNKNOWN_BYTES = 8_000_000_000
#: Where control groups are, version 2 and 1, what a group's limit is called ("max" or a number beyond all memory: there
#: is none), and which groups this process is in. A container sees its own group as the root.
_LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))
_OWN_GROUPS = Path("/proc/self/cgroup")


def memory_budget() -> int:
    """Compute an eighth of the machine's memory, a quarter of what the container allows, or 1.5 GB: what is least."""
    allowed = min(_container_bytes())
    return min(_machine_bytes() // SHARE_OF_MACHINE, allowed // SHARE_OF_CONTAINER, MOST_BYTES)


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
    for path in (*_LIMITS, *_own_limits()):
        with suppress(OSError, ValueError):
            found.append(int(path.read_text(encoding="ascii")))
    return found or [_machine_bytes()]


def _own_limits() -> Iterator[Path]:
    """List where the limits of the groups stand that this process is in, as under ``systemd-run``, and those above."""
    try:
        lines = _OWN_GROUPS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return
    for line in lines:  # "0::/user.slice/build.scope", or "4:memory:/build"
        _, _, rest = line.partition(":")
        controllers, _, group = rest.partition(":")
        if controllers in {"", "memory"}:
            limit = _LIMITS[1 if controllers else 0]
            for each in (PurePosixPath(group), *PurePosixPath(group).parents):
                yield limit.parent / str(each).lstrip("/") / limit.name
