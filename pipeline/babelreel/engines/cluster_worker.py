"""A worker of a cluster: ``dask worker --preload babelreel.engines.cluster_worker``, or ``babelreel worker``.

What it works with stands in the environment, so that every deployer can say it. Credentials of the store come from
there as well, by the names of the cloud; none is kept, sent or logged.
"""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from babelreel.engines.cluster_settings import CACHE, CACHE_GB, MEMORY_MB, STORE
from babelreel.engines.handshake import Facts, own_facts
from babelreel.engines.memory_budget import worker_budget
from babelreel.engines.travelling import Answer, Order, pack, unpack_order
from babelreel.engines.workbench import Workbench
from babelreel.errors import BabelreelError, MachineError, StoppedError
from babelreel.graph.folder_store import FolderStore
from babelreel.graph.shared.opening import open_shared_store
from babelreel.graph.store import Entry, Store
from babelreel.graph.task import Program
from babelreel.media.programs.locate import find_ffmpeg
from babelreel.media.programs.temporary_folder import sweep_temporary_folders

if TYPE_CHECKING:
    from distributed import Worker

#: Under this name a worker reports its ``Facts``.
FACTS = "babelreel"

#: Progress is reported at most so often: a hundred workers report to one scheduler.
_TELL_S = 2.0
#: What is kept of films and pieces where nobody says how much.
_CACHE_GB = 50
_GB, _MB = 1_000_000_000, 1_000_000
_LOG = logging.getLogger("babelreel.worker")


class Station:
    """Where orders are done, in threads of the worker; safe for several threads."""

    def __init__(self, store: Store, facts: Facts, programs: Mapping[Program, Path]) -> None:
        self.facts = facts
        self.tell: Callable[[str, Mapping[str, str | float]], None] = lambda _topic, _message: None
        """Takes what is told under a topic, from any thread."""
        self._store, self._programs = store, programs
        self._cancelled: dict[str, threading.Event] = {}
        self._used_bytes = 0
        self._room = threading.Condition()

    def do(self, key: str, content: bytes) -> bytes:
        """Do an order, but for what is in the store already; ``key`` names it to ``cancel``."""
        order = unpack_order(content)
        cancelled = self._cancelled.setdefault(key, threading.Event())
        try:
            with self._memory(order.memory_bytes, cancelled):
                return pack(self._answer(key, order, cancelled))
        except BabelreelError as error:  # of the disk or the store, or it was stopped
            return pack(Answer(fault=error))
        except Exception:  # noqa: BLE001 -- a bug is reported where somebody reads it
            return pack(Answer(bug=traceback.format_exc()))
        finally:
            self._cancelled.pop(key, None)

    def cancel(self, key: str) -> None:
        """Have an order end soon; its answer is read by nobody."""
        self._cancelled.setdefault(key, threading.Event()).set()

    def cancel_all(self) -> None:
        """Have all orders end soon."""
        for event in list(self._cancelled.values()):
            event.set()

    def _answer(self, key: str, order: Order, cancelled: threading.Event) -> Answer:
        found = self._store.find(order.keys)
        # it was lost there, or another worker made it meanwhile: the sender would not ask for what is there
        if found and self._store.drop_damaged(found.values()):
            found = self._store.find(order.keys)
        left = [task for task, each in zip(order.tasks, order.keys, strict=True) if each not in found]
        bench = Workbench(
            store=self._store,
            is_cancelled=cancelled.is_set,
            digest=lambda _path: "",  # there is no file of the user's here
            programs=self._programs,
        )
        made: Iterator[Entry | BabelreelError]
        made = iter(bench.make_all(left, order.entries, self._reporter(key, order.topic)) if left else ())
        return Answer(results=tuple(found[each] if each in found else next(made) for each in order.keys))

    def _reporter(self, key: str, topic: str) -> Callable[[float], None]:
        last_s = monotonic()

        def report(share: float) -> None:
            nonlocal last_s
            if monotonic() - last_s >= _TELL_S:
                last_s = monotonic()
                self.tell(topic, {"key": key, "share": share})

        return report

    @contextmanager
    def _memory(self, wanted_bytes: int, cancelled: threading.Event) -> Iterator[None]:
        """Wait until there is room: several coordinators may reckon with the same memory."""
        with self._room:
            while self._used_bytes and self._used_bytes + wanted_bytes > self.facts.memory_bytes:
                if cancelled.is_set():
                    raise StoppedError(what="Stopped.")
                self._room.wait(0.2)
            self._used_bytes += wanted_bytes
        try:
            yield
        finally:
            with self._room:
                self._used_bytes -= wanted_bytes
                self._room.notify_all()


#: What this process works with, once it has begun.
_STATIONS: list[Station] = []


def do_order(key: str, content: bytes) -> bytes:
    """Do an order on this worker: what coordinators submit."""
    return _STATIONS[-1].do(key, content)


def prepare(slots: int) -> None:
    """Make this process ready to do orders; raises what ``open_station`` raises, in babelreel's words, not Dask's."""
    _STATIONS.append(open_station(slots))


async def dask_setup(worker: Worker) -> None:
    """Make a Dask worker one of babelreel's, before it takes part; Dask calls this."""
    from babelreel.engines.cluster import follow_orders  # noqa: PLC0415 -- it loads Dask, which is there now

    if not _STATIONS:
        await asyncio.to_thread(prepare, worker.state.nthreads)
    station = _STATIONS[-1]
    worker.startup_information[FACTS] = lambda _worker: station.facts.document()
    await follow_orders(worker, station)


def open_station(slots: int) -> Station:
    """Find the store, the cache and ffmpeg as the environment says; raises ``BabelreelError`` for what is missing."""
    address = os.environ.get(STORE, "")
    if not address:
        raise MachineError(
            what="This worker was not told which store it works for.",
            hint=f"Set {STORE}, or start it with “babelreel worker SCHEDULER --store s3://BUCKET/FOLDER”.",
        )
    memory_bytes = int(os.environ.get(MEMORY_MB) or 0) * _MB or worker_budget()
    local = FolderStore(Path(os.environ.get(CACHE) or default_cache()))
    local.sweep()
    sweep_temporary_folders()
    cache_bytes = int(float(os.environ.get(CACHE_GB) or _CACHE_GB) * _GB)
    store = open_shared_store(address, local, warn=_LOG.warning, cache_bytes=cache_bytes)
    ffmpeg = find_ffmpeg()
    facts = own_facts(
        machine=socket.gethostname(),
        store=address,
        store_id=store.identity,
        slots=slots,
        memory_bytes=memory_bytes,
        ffmpeg=ffmpeg.identity,
    )
    return Station(store, facts, {ffmpeg.identity: ffmpeg.path})


def default_cache() -> Path:
    """Return the folder in which this machine keeps what it fetched, unless another is named."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "babelreel" / "worker"
