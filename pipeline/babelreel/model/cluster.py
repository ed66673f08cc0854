"""The other machines that work for this one, and how to reach them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

#: How long a worker, or a scheduler, is waited for.
DEFAULT_WAIT_S = 60


class EngineKind(StrEnum):
    """Who does the work."""

    LOCAL = "local"
    DASK = "dask"


@dataclass(frozen=True, slots=True, kw_only=True)
class TlsFiles:
    """The files by which machines of a cluster know one another: the authority, and this machine's own."""

    ca: Path | None = None
    cert: Path | None = None
    key: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """A scheduler's address, and how long it, and a first worker, are waited for."""

    scheduler: str
    tls: TlsFiles = field(default_factory=TlsFiles)
    wait_s: int = DEFAULT_WAIT_S


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """What this machine uses beside itself; empty and ``None`` where it uses nothing."""

    store: str = ""
    cache: Path | None = None
    cache_gb: float | None = None
    kind: EngineKind = EngineKind.LOCAL
    scheduler: str = ""
    tls: TlsFiles = field(default_factory=TlsFiles)
    wait_s: int = DEFAULT_WAIT_S
