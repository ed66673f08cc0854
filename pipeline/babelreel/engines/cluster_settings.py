"""What a cluster must be given, and the names that a worker's environment uses for it.

Nothing here loads Dask: what is missing is reported first.
"""

from __future__ import annotations

import importlib.util
import ipaddress
from collections.abc import Mapping
from contextlib import suppress
from urllib.parse import urlsplit

from babelreel.engines.reaching import papers_of, tls_context
from babelreel.errors import MachineError, UsageError
from babelreel.model.cluster import Machine

#: The environment of a worker: the shared store, the folder and bound of its cache, its memory.
STORE, CACHE, CACHE_GB, MEMORY_MB = "BABELREEL_STORE", "BABELREEL_CACHE", "BABELREEL_CACHE_GB", "BABELREEL_MEMORY_MB"


def environment_of_worker(machine: Machine, *, memory_mb: int | None) -> Mapping[str, str]:
    """Return what a worker reads from its environment; raises ``UsageError`` and ``MachineError`` for wrong values."""
    refuse_open(machine.scheduler)
    require_cluster()
    refuse_unusable(machine)
    given = {STORE: machine.store, CACHE: machine.cache, CACHE_GB: machine.cache_gb, MEMORY_MB: memory_mb}
    return {name: str(value) for name, value in given.items() if value}


def require_cluster() -> None:
    """Raise ``MachineError`` where Dask or the library for stores is not installed."""
    if not all(importlib.util.find_spec(name) for name in ("distributed", "obstore")):
        raise MachineError(
            what="This babelreel was installed without what a cluster needs.",
            hint="Install it: “python3 -m pip install 'babelreel[cluster]'”.",
        )


def refuse_open(address: str) -> None:
    """Refuse a scheduler that others could reach and give work to; raises ``UsageError``."""
    scheme, host = _parts(address)
    if scheme not in {"tls", "tcp"} or not host:
        raise UsageError(what="This is no address of a scheduler.", where=address, hint="Write tls://HOST:8786.")
    if scheme == "tcp" and not _is_loopback(host):
        raise UsageError(
            what="tcp:// is open to whoever reaches it, and may be used on one machine only.",
            where=address,
            why="who reaches a scheduler runs programs on all its workers",
            hint="Give the cluster certificates and write tls://; docs/cluster.md shows how.",
        )


def _parts(address: str) -> tuple[str, str]:
    """Return how an address begins, and its host, which is empty where host or port are impossible."""
    with suppress(ValueError):
        parts = urlsplit(address)
        if parts.port != 0 and not any((parts.path.strip("/"), parts.query, parts.fragment, "@" in parts.netloc)):
            return parts.scheme, parts.hostname or ""
    return "", ""


def refuse_unusable(machine: Machine) -> None:
    """Refuse files for tls:// that machine.toml names and nobody can use; raises ``UsageError``."""
    papers = papers_of(machine.tls)
    if papers and machine.scheduler.startswith("tls:"):
        tls_context(papers)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return False
