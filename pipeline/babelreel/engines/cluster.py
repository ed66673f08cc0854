"""Talk to Dask: only this module and ``cluster_tls`` do. Dask is a remote pool that decides nothing.

Each order is submitted under a key of its own to one named worker; Dask does not repeat, move or spill any.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import os
import secrets
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

import distributed

from babelreel.engines.cluster_notes import Answered, Came, Failed, Gone, Note, Progressed, Sent
from babelreel.engines.cluster_settings import CACHE, refuse_open
from babelreel.engines.cluster_tls import security
from babelreel.engines.cluster_worker import FACTS, Station, default_cache, do_order, prepare
from babelreel.engines.handshake import Facts, read_facts
from babelreel.engines.reaching import why_unreachable
from babelreel.errors import MachineError, UsageError
from babelreel.model.cluster import Cluster
from babelreel.system_errors import why_of

#: A scheduler that is there answers in milliseconds; one try waits this long, and another follows.
_TRY_S = 2
#: An answer of some kilobytes that does not come in this time will not come.
_ANSWER_S = 30
#: Dask logs what it thinks of lost connections; we say it in our words.
_LOGGERS = ("distributed", "tornado")


class Link:
    """A connection to a scheduler; what happens there is noted, and read by one thread."""

    def __init__(self, cluster: Cluster) -> None:
        refuse_open(cluster.scheduler)
        for name in (*logging.root.manager.loggerDict, *_LOGGERS):  # Dask sets the level of each of its own
            if name.partition(".")[0] in _LOGGERS:
                logging.getLogger(name).setLevel(logging.CRITICAL)
        self._cluster = cluster
        self._client: distributed.Client | None = None
        self._notes: SimpleQueue[Note] = SimpleQueue()
        self._open: set[str] = set()
        """The keys of orders of which something is still to be heard."""
        self._futures: dict[str, distributed.Future] = {}
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self.was_there = False
        """Whether the scheduler has been reached."""
        self._security, self._context = security(cluster.scheduler, cluster.tls, role="client")
        self.topic = f"babelreel-{secrets.token_hex(8)}"
        self.why = ""
        """What kept us from the scheduler at the last try, as far as that is known."""

    @property
    def is_connected(self) -> bool:
        """Tell whether the scheduler is there."""
        return self._client is not None and self._client.status == "running"

    def connect(self) -> bool:
        """Try once to reach the scheduler; tell whether it is there now.

        Raises ``UsageError``, if it was never there so far, for what waiting does not change.
        """
        self.close()
        self.why = self._why_unreachable()
        if self.why:  # Dask would wait for ever for one that listens but does not answer
            return False
        try:
            client = distributed.Client(
                self._cluster.scheduler,
                timeout=_TRY_S,
                security=self._security,
                set_as_default=False,
                name="babelreel",
            )
        except (OSError, TimeoutError):
            return False
        self.was_there = True
        client.subscribe_topic("all", self._hear)
        client.subscribe_topic(self.topic, self._hear_progress)
        self._client = client
        self._notes.put(Came())
        return True

    def _why_unreachable(self) -> str:
        try:
            return why_unreachable(self._cluster.scheduler, self._context)
        except UsageError as error:
            if self.was_there:  # a name, or a certificate, may come back as its scheduler does
                return error.what
            raise

    def close(self) -> None:
        """Disconnect from the scheduler, and drop all that was ordered."""
        client, self._client = self._client, None
        with self._lock:
            self._open.clear()
            self._futures.clear()
        if client:
            with suppress(Exception):  # it may be closing already, or its scheduler gone
                client.close(timeout=_TRY_S)

    def workers(self) -> Mapping[str, Facts | None]:
        """Ask which workers there are, and what each says of itself; without an answer, note to ask again."""
        if not self._client:
            return {}
        try:
            known = self._client.sync(self._client.scheduler.identity, n_workers=-1, callback_timeout=_ANSWER_S)
        except (OSError, TimeoutError):
            self._notes.put(Came())
            return {}
        return {address: read_facts(told.get(FACTS)) for address, told in known["workers"].items()}

    def new_key(self) -> str:
        """Return a key that no order has had, for one that will be sent."""
        key = f"{self.topic}-{next(self._numbers)}"
        with self._lock:
            self._open.add(key)
        return key

    def is_open(self, key: str) -> bool:
        """Tell whether an order is still wanted, from any thread."""
        return key in self._open

    def order(self, key: str, address: str, content: bytes) -> None:
        """Have a worker do an order, if it is still wanted, and answer under its key. From any thread."""
        with self._lock:
            if self._client is None or key not in self._open:
                return
            try:
                future = self._client.submit(
                    do_order,
                    key,
                    content,
                    key=key,
                    workers=[address],
                    allow_other_workers=False,
                    pure=False,
                    retries=0,
                )
            except Exception:  # noqa: BLE001 -- Dask's, of a connection that was closed just now
                self.note(Answered(key=key, content=None))
                return
            self._futures[key] = future
            self.note(Sent(key=key))
        future.add_done_callback(lambda done: self._answered(key, done))

    def note(self, note: Note) -> None:
        """Note what happened, from any thread."""
        self._notes.put(note)

    def cancel(self, keys: list[str]) -> None:
        """End orders soon, and begin none that is not sent yet; nothing more is reported of them."""
        with self._lock:
            self._open.difference_update(keys)
            futures = [self._futures.pop(key) for key in keys if key in self._futures]
        if self._client and futures:
            with suppress(Exception):  # the scheduler may be gone, and all with it
                self._client.cancel(futures, force=True)

    def notes(self, timeout_s: float) -> list[Note]:
        """Wait until something happens, but no longer than ``timeout_s``; return all notes so far."""
        found: list[Note] = []
        with suppress(Empty):
            found.append(self._notes.get(timeout=timeout_s))
            while True:
                found.append(self._notes.get_nowait())
        return found

    def _hear(self, event: tuple[float, Mapping[str, Any]]) -> None:
        _, told = event
        if told.get("action") == "add-worker":
            self._notes.put(Came())
        elif told.get("action") == "remove-worker":
            self._notes.put(Gone(address=told["worker"], is_expected=bool(told.get("expected"))))

    def _hear_progress(self, event: tuple[float, Mapping[str, Any]]) -> None:
        _, told = event
        self._notes.put(Progressed(key=told["key"], share=told["share"]))

    def _answered(self, key: str, future: distributed.Future) -> None:
        """Note the result of an order; in a thread of Dask's that does nothing else."""
        with self._lock:
            self._open.discard(key)
            if self._futures.pop(key, None) is None:
                return
        self._notes.put(_answer_note(key, future))


def _answer_note(key: str, future: distributed.Future) -> Failed | Answered:
    """Fetch the result of an order; one that cannot be fetched is lost with its worker, but lies in the store."""
    with suppress(Exception):
        if future.status == "error":
            return Failed(key=key, why=str(future.exception(timeout=_ANSWER_S)))
        if future.status == "finished":
            return Answered(key=key, content=future.result(timeout=_ANSWER_S))
    return Answered(key=key, content=None)


class _Following(distributed.WorkerPlugin):  # type: ignore[misc] # Dask takes no other
    """Tells a station which of its orders nobody waits for any more."""

    name = "babelreel"

    def __init__(self, station: Station) -> None:
        self._station = station

    def setup(self, worker: distributed.Worker) -> None:
        self._station.tell = worker.log_event

    def transition(self, key: str, start: str, finish: str, **_: object) -> None:
        if start in {"executing", "long-running"} and finish not in {"memory", "error", "executing", "long-running"}:
            self._station.cancel(key)

    def teardown(self, worker: distributed.Worker) -> None:  # noqa: ARG002 -- as Dask calls it
        self._station.cancel_all()


async def follow_orders(worker: distributed.Worker, station: Station) -> None:
    """Have a worker tell its station what is cancelled, and send what that tells."""
    await worker.plugin_add(_Following(station), catch_errors=False)


async def work(cluster: Cluster, *, slots: int, stop: threading.Event) -> None:
    """Be a worker of a cluster until its scheduler is gone, or ``stop`` is set.

    Raises ``MachineError`` when the scheduler or the store does not answer, and ``UsageError`` for one that cannot be
    used.
    """
    refuse_open(cluster.scheduler)
    safe, context = security(cluster.scheduler, cluster.tls, role="worker")
    if why := why_unreachable(cluster.scheduler, context):
        raise _unanswered(cluster, why)
    await asyncio.to_thread(prepare, slots)
    try:
        worker = await distributed.Worker(
            cluster.scheduler,
            nthreads=slots,
            memory_limit=0,  # it would count this process and not ffmpeg; we reckon ourselves
            security=safe,
            preload=["babelreel.engines.cluster_worker"],
            name=f"babelreel-{secrets.token_hex(4)}",
            dashboard_address="127.0.0.1:0",  # Dask opens it beside TLS
            death_timeout=cluster.wait_s,
            local_directory=str(Path(os.environ.get(CACHE) or default_cache()) / "dask"),
        )
    except (OSError, TimeoutError) as error:
        raise _unanswered(cluster, why_of(error)) from error
    while worker.status in {distributed.Status.running, distributed.Status.paused} and not stop.is_set():  # noqa: ASYNC110 -- of threads
        await asyncio.sleep(0.2)
    await worker.close()


def _unanswered(cluster: Cluster, why: str) -> MachineError:
    return MachineError(
        what="The scheduler does not answer.",
        where=cluster.scheduler,
        why=why,
        hint="See that it runs and can be reached; it is tried again.",
    )
