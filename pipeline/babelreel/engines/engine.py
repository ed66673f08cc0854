"""Decide who does the work of a build, and where its results lie."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from babelreel.engines.cluster_settings import refuse_open, refuse_unusable, require_cluster
from babelreel.engines.pool import EquippedPool
from babelreel.engines.threads import thread_pool
from babelreel.errors import UsageError
from babelreel.model.cluster import Cluster, EngineKind, Machine


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """This machine, with ``jobs`` threads that take ``memory_bytes`` together (``None``: a share of the machine).

    With a ``cluster`` its workers do all that is worth sending. ``store`` is the address of results that several
    machines share, empty where each project keeps its own.
    """

    jobs: int
    memory_bytes: int | None = None
    cluster: Cluster | None = None
    store: str = ""

    @contextmanager
    def pool(self, stop: threading.Event) -> Iterator[EquippedPool]:
        """Provide a pool for the block; no cluster is asked before there is something to do.

        Raises ``UsageError`` for a cluster that may not be used.
        """
        with thread_pool(jobs=self.jobs, stop=stop, memory_bytes=self.memory_bytes) as own:
            if self.cluster is None:
                yield own
                return
            from babelreel.engines.cluster_pool import cluster_pool  # noqa: PLC0415 -- loads Dask

            with cluster_pool(self.cluster, own, store_address=self.store) as pool:
                yield pool


def engine_of(machine: Machine, *, jobs: int, memory_bytes: int | None) -> Engine:
    """Return the engine that a machine's settings name.

    Raises ``UsageError`` for a cluster that is described incompletely, cannot be used, or is open to others.
    """
    if machine.kind is EngineKind.LOCAL:
        return Engine(jobs=jobs, memory_bytes=memory_bytes, store=machine.store)
    if not machine.scheduler or not machine.store:
        missing = "there is no scheduler" if not machine.scheduler else "there is no store that all machines see"
        raise UsageError(
            what="The engine “dask” has to be told where its workers are.",
            why=missing,
            hint="Name them, for example: “babelreel build --engine dask --scheduler tls://HOST:8786 "
            "--store s3://BUCKET/FOLDER”.",
        )
    refuse_open(machine.scheduler)
    require_cluster()
    refuse_unusable(machine)
    cluster = Cluster(scheduler=machine.scheduler, tls=machine.tls, wait_s=machine.wait_s)
    return Engine(jobs=jobs, memory_bytes=memory_bytes, cluster=cluster, store=machine.store)
