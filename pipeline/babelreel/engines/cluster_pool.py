"""Do jobs on other machines, by way of Dask; what is cheap is done here, where its result is wanted."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import monotonic
from types import MappingProxyType

from babelreel.engines.cluster import Link
from babelreel.engines.cluster_notes import Answered, Came, Failed, Gone, Note, Progressed, Sent, Unsent
from babelreel.engines.handshake import refusal
from babelreel.engines.placing import Parcel, Placing
from babelreel.engines.pool import Ended, Job, Offer
from babelreel.engines.senders import Senders
from babelreel.engines.threads import ThreadPool
from babelreel.engines.travelling import Answer, Order, pack, products_of, sources_of, unpack_answer
from babelreel.engines.workbench import Workbench
from babelreel.errors import BabelreelError, MachineError, StoppedError
from babelreel.graph.event import (
    ClusterState,
    PoolEvent,
    TaskProgressed,
    Told,
    WorkerJoined,
    WorkerLost,
    WorkerRefused,
    WorkPlacedAgain,
)
from babelreel.graph.files import digest_file
from babelreel.graph.store import Entry, Store
from babelreel.graph.task import Program
from babelreel.model.cluster import Cluster

#: The two pools are looked at in turns.
_POLL_S = 0.05
_STATE_S = 1.0
_PAUSE_S = 0.5


@contextmanager
def cluster_pool(cluster: Cluster, own: ThreadPool, *, store_address: str) -> Iterator[DaskPool]:
    """Provide a pool of all workers of a cluster for the block; ``own`` does what is cheap.

    The scheduler is asked when there is work to do. Raises ``UsageError`` for an address that is open to others.
    """
    pool = DaskPool(Link(cluster), own, cluster, store_address=store_address)
    try:
        yield pool
    finally:
        pool.close()


class DaskPool:
    """All workers of a cluster, and this machine for what is cheap. ``equip`` may be called from any thread."""

    def __init__(self, link: Link, own: ThreadPool, cluster: Cluster, *, store_address: str) -> None:
        self._link, self._own, self._cluster = link, own, cluster
        self._store_address, self._store_id = store_address, ""
        self._senders = Senders()
        self._placing = Placing()
        self._parcels: dict[str, tuple[Parcel, str]] = {}
        """What is under way, by its key, and on which worker."""
        self._benches: dict[str, Workbench] = {}
        self._programs: set[Program] = set()
        self._refused: dict[str, tuple[str, str]] = {}
        """Who does not take part, by address: what it is called, and why."""
        self._taking_in: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._told: list[Ended | PoolEvent] = []
        self._stored_bytes, self._state_s = 0, 0.0
        self._lost_s: float | None = None
        self._tried_s = 0.0
        self._alone_s: float | None = None
        self._is_cancelled = False

    def equip(
        self,
        film: str,
        store: Store,
        digest: Callable[[Path], str] = digest_file,
        programs: Mapping[Program, Path] = MappingProxyType({}),
    ) -> None:
        """Say what the tasks of a film work with, as ``ThreadPool.equip``; workers have to have the same programs."""
        self._own.equip(film, store, digest, programs)
        self._benches[film] = Workbench(
            store=store, is_cancelled=lambda: self._is_cancelled, digest=digest, programs=programs
        )
        self._programs |= programs.keys()
        self._store_id = store.identity  # all films of a run are in one store

    def offers(self) -> Sequence[Offer]:
        """Offer this machine for what is cheap, and the free workers for the rest, once what was lost is placed."""
        self._place_again()
        own = (replace(offer, is_cheap=True) for offer in self._own.offers())
        return (*own, *self._placing.offers())

    def start(self, job: Job, offer: Offer) -> None:
        """Begin a job, here or elsewhere."""
        if offer.worker:
            self._send(self._placing.place(job, offer.worker), offer.worker)
        else:
            self._own.start(job, offer)

    def next_events(self, timeout_s: float) -> Sequence[Ended | PoolEvent]:
        """Wait until something happens, and return all events so far.

        Connects to the scheduler the first time. Raises ``MachineError`` when it, or the last worker, has been gone for
        longer than the set wait.
        """
        deadline = monotonic() + timeout_s
        while True:
            self._see_to_scheduler()
            self._told += self._own.next_events(0)
            notes = self._link.notes(_POLL_S)
            for note in notes:
                self._take(note)
            if any(isinstance(note, Came) for note in notes):  # once, though a hundred may come
                self._look_at_workers()
            self._see_to_workers()
            self._place_again()  # the loop asks for offers only while it has work of its own
            if self._told or monotonic() >= deadline:
                events, self._told = self._told, []
                return events

    def cancel(self) -> None:
        """Have all running actions see that they are cancelled, here and elsewhere."""
        self._is_cancelled = True
        self._own.cancel()
        self._link.cancel(list(self._parcels))
        self._parcels.clear()
        self._told += self._placing.stop()

    def close(self) -> None:
        """Drop all work, and the scheduler, without waiting for what takes long to be sent."""
        self.cancel()
        self._senders.close()
        self._link.close()

    def _place_again(self) -> None:
        for parcel, address in self._placing.place_again():
            self._told.append(WorkPlacedAgain(worker=self._placing.name(address), tasks=parcel.tasks))
            self._send(parcel, address)

    def _send(self, parcel: Parcel, address: str) -> None:
        key = self._link.new_key()
        self._parcels[key] = (parcel, address)
        self._senders.submit(parcel.job.film, partial(self._send_order, key, parcel, address))

    def _send_order(self, key: str, parcel: Parcel, address: str) -> None:
        """Store what an order needs and send it; in a thread, which ends early where that is not wanted."""
        try:
            if not self._link.is_open(key):
                return
            bench = self._benches[parcel.job.film]
            bench.refuse_changed(parcel.tasks)
            for digest, path in sources_of(parcel.tasks).items():
                with self._taking_in[digest]:  # a film is sent once, though many jobs begin with it
                    if not self._link.is_open(key):
                        return
                    bench.store.take_in(path, digest)
            bench.store.share(products_of(parcel.tasks, parcel.job.entries))
            content = pack(
                Order(tasks=parcel.tasks, keys=parcel.keys, entries=parcel.job.entries, topic=self._link.topic)
            )
            self._link.order(key, address, content)
        except Exception as error:  # noqa: BLE001 -- the loop raises what is a bug
            self._link.note(Unsent(key=key, error=error))

    def _take(self, note: Note) -> None:
        if isinstance(note, Came):
            return
        if isinstance(note, Gone):
            self._lose(note.address, is_blamed=not note.is_expected)
        elif isinstance(note, Progressed):
            tasks = self._parcels[note.key][0].tasks if note.key in self._parcels else ()
            self._told += [TaskProgressed(task=task, share=min(max(note.share, 0.0), 1.0)) for task in tasks]
        elif note.key not in self._parcels:  # it was lost, or stopped, and is done again elsewhere
            return
        elif isinstance(note, Sent):
            self._parcels[note.key][0].is_sent = True
        elif isinstance(note, Unsent):
            self._give_up(*self._parcels.pop(note.key), note.error)
        else:
            self._settle(*self._parcels.pop(note.key), _answer_of(note))

    def _give_up(self, parcel: Parcel, address: str, error: Exception) -> None:
        """Let a parcel fail, wherever it is done; any error but a ``BabelreelError`` ends the run."""
        if isinstance(error, BabelreelError):
            self._told += filter(None, [self._placing.fail(parcel, address, error)])
        else:
            self._told.append(Ended(job=parcel.job, fault=error))

    def _settle(self, parcel: Parcel, address: str, answer: Answer) -> None:
        if answer.bug:
            self._give_up(parcel, address, RuntimeError(f"on {self._placing.name(address)}: {answer.bug}"))
            return
        try:
            self._benches[parcel.job.film].refuse_changed(parcel.tasks)
        except BabelreelError as error:
            self._give_up(parcel, address, error)
            return
        artifacts = [each for made in answer.results if isinstance(made, Entry) for each in made.artifacts]
        self._stored_bytes += sum(each.size for each in artifacts)
        ended, reason = self._placing.answer(parcel, address, answer)
        if reason:
            self._refuse(address, self._placing.name(address), f"{reason.what} {reason.why}".strip())
        self._told += filter(None, [ended])

    def _look_at_workers(self) -> None:
        known = self._link.workers()
        for address, facts in known.items():
            if address in self._placing or address in self._refused:
                continue
            why = refusal(facts, store=self._store_address, store_id=self._store_id, programs=self._programs)
            if facts is None or why:
                self._refuse(address, facts.machine if facts else address, why)
            else:
                self._placing.join(address, facts)
                self._told.append(WorkerJoined(worker=self._placing.name(address), slots=facts.slots))

    def _refuse(self, address: str, name: str, why: str) -> None:
        self._refused[address] = (name, why)
        self._told.append(WorkerRefused(worker=name, why=why, address=address))

    def _lose(self, address: str, *, is_blamed: bool) -> None:
        self._refused.pop(address, None)
        if address not in self._placing:
            return
        name = self._placing.name(address)
        lost = [key for key, (_, at) in self._parcels.items() if at == address]
        self._link.cancel(lost)  # else a worker that comes back at this address would get them
        for key in lost:
            del self._parcels[key]
        requeued, ended = self._placing.lose(address, is_blamed=is_blamed)
        self._told += [WorkerLost(worker=name, requeued=requeued, address=address), *ended]

    def _see_to_scheduler(self) -> None:
        if self._link.is_connected or self._is_cancelled:
            return
        if self._lost_s is None:
            self._lost_s = monotonic()
            if self._link.was_there:
                self._told.append(Told(text="the scheduler is gone; it is waited for"))
            for address in self._placing:
                self._lose(address, is_blamed=False)
            self._refused.clear()
        if monotonic() - self._tried_s < _PAUSE_S:
            return
        is_back = self._link.was_there
        if self._link.connect():
            self._lost_s = None
            self._told += [Told(text="the scheduler is there again")] if is_back else []
        elif monotonic() - self._lost_s > self._cluster.wait_s:
            raise _no_scheduler(self._cluster, self._link.why)
        self._tried_s = monotonic()

    def _see_to_workers(self) -> None:
        if monotonic() - self._state_s >= _STATE_S:
            self._state_s = monotonic()
            slots, busy = self._placing.slots
            state = ClusterState(workers=self._placing.usable, slots=slots, busy=busy, stored_bytes=self._stored_bytes)
            self._told.append(state)
        is_at_work = not (self._placing.is_idle and self._own.is_idle)
        if self._placing.usable or is_at_work or self._is_cancelled or not self._link.is_connected:
            self._alone_s = None
        elif self._alone_s is None:
            self._alone_s = monotonic()
        elif monotonic() - self._alone_s > self._cluster.wait_s:
            raise self._no_worker()

    def _no_worker(self) -> MachineError:
        why = "; ".join(f"{name}: {why}" for name, why in sorted(self._refused.values()))
        return MachineError(
            what=f"No worker has taken part for {self._cluster.wait_s} seconds.",
            where=self._cluster.scheduler,
            why=why or "none is connected to the scheduler",
            hint="Start workers with the same babelreel (babelreel worker), then run the same command again.",
        )


def _answer_of(note: Answered | Failed) -> Answer:
    if isinstance(note, Failed):
        return Answer(fault=MachineError(what="The worker could not do its work.", why=note.why))
    return unpack_answer(note.content) if note.content else Answer(fault=StoppedError(what="The answer was lost."))


def _no_scheduler(cluster: Cluster, why: str) -> MachineError:
    return MachineError(
        what=f"The scheduler did not answer for {cluster.wait_s} seconds.",
        where=cluster.scheduler,
        why=why,
        hint="See that it runs and can be reached, then run the same command again: what is done is kept.",
    )
