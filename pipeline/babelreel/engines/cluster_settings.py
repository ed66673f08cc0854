"""What must a cluster be given, and which names does a worker's environment use for it?

Nothing here loads Dask: what is missing is said before.
"""

from __future__ import annotations

import importlib.util
import ipaddress
from collections.abc import Mapping
from contextlib import suppress
from urllib.parse import urlsplit

from babelreel.errors import MachineError, UsageError
from babelreel.model.cluster import Machine

#: The environment of a worker: the shared store, the folder and bound of its cache, its memory.
STORE, CACHE, CACHE_GB, MEMORY_MB = "BABELREEL_STORE", "BABELREEL_CACHE", "BABELREEL_CACHE_GB", "BABELREEL_MEMORY_MB"


def environment_of_worker(machine: Machine, *, memory_mb: int | None) -> Mapping[str, str]:
    """Give what a worker reads of its environment; raises what ``refuse_open`` and ``require_cluster`` raise."""
    refuse_open(machine.scheduler)
    require_cluster()
    given = {STORE: machine.store, CACHE: machine.cache, CACHE_GB: machine.cache_gb, MEMORY_MB: memory_mb}
    return {name: str(value) for name, value in given.items() if value}


def require_cluster() -> None:
    """Raise ``MachineError`` where Dask or the library for stores is not installed."""
    if not all(importlib.util.find_spec(name) for name in ("distributed", "obstore")):
        raise MachineError(
            what="This babelreel was installed without what a cluster needs.",
            hint="python3 -m pip install 'babelreel[cluster]'",
        )


def refuse_open(address: str) -> None:
    """Refuse a scheduler that others could reach and give work to; raises ``UsageError``."""
    parts = urlsplit(address)
    if parts.scheme not in {"tls", "tcp"} or not parts.hostname:
        raise UsageError(what="This is no address of a scheduler.", where=address, hint="Write tls://HOST:8786.")
    if parts.scheme == "tcp" and not _is_loopback(parts.hostname):
        raise UsageError(
            what="tcp:// is open to whoever reaches it, and may be used on one machine only.",
            where=address,
            why="who reaches a scheduler runs programs on all its workers",
            hint="Give the cluster certificates and write tls://; docs/cluster.md shows how.",
        )


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return False
