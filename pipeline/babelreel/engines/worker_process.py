"""Keep a worker of a cluster running: it is started again when it dies, and when its scheduler was gone."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from multiprocessing.connection import Connection
from time import monotonic
from typing import cast

from babelreel.engines.parent import end_with_parent
from babelreel.errors import BabelreelError, UsageError
from babelreel.model.cluster import Cluster

#: The pause before a worker is started again grows from the first of these to the second, in seconds.
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.5, 15.0
#: A worker that lived so long was well: its end says nothing about the next one.
_WELL_S = 60.0
_POLL_S = 0.2
#: The time that a worker has to end its work and say goodbye.
_GOODBYE_S = 10.0


def keep_working(
    cluster: Cluster, environment: Mapping[str, str], *, slots: int, stop: threading.Event, tell: Callable[[str], None]
) -> None:
    """Have a worker run in a process of its own, again and again, until ``stop`` is set.

    ``environment`` says what it works with, as ``cluster_worker`` reads it. Raises ``UsageError`` for settings
    that it cannot use, unless it worked with them before.
    """
    pause_s = _FIRST_PAUSE_S
    was_well = False
    while not stop.is_set():
        begun_s = monotonic()
        error = _work_once(cluster, environment, slots, stop)
        if stop.is_set():
            return
        is_well = monotonic() - begun_s > _WELL_S
        was_well = was_well or is_well
        if isinstance(error, UsageError) and not was_well:
            raise error
        for line in error.lines() if error else ():
            tell(line)
        pause_s = _FIRST_PAUSE_S if is_well else min(2 * pause_s, _LONGEST_PAUSE_S)
        tell(f"the worker has ended, and is started again in {pause_s:g} s")
        stop.wait(pause_s)


def _work_once(
    cluster: Cluster, environment: Mapping[str, str], slots: int, stop: threading.Event
) -> BabelreelError | None:
    """Have a worker run until it ends; return the error that it ended with, if it reports one."""
    context = multiprocessing.get_context("spawn")  # a fork of a process with threads can hang
    told, tell = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(cluster, dict(environment), slots, tell), name="babelreel worker")
    process.start()
    tell.close()
    try:
        while process.is_alive() and not stop.is_set():
            process.join(_POLL_S)
        with suppress(EOFError):  # it said nothing
            return cast("BabelreelError", told.recv()) if told.poll() else None
        return None
    finally:
        process.terminate()
        process.join(_GOODBYE_S)
        process.kill()
        process.join()
        told.close()


def _work(cluster: Cluster, environment: Mapping[str, str], slots: int, tell: Connection) -> None:
    """Be the worker; in a process of its own, which does not outlive the one that started it."""
    os.environ.update(environment)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda _number, _frame: stop.set())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the supervisor's, which lets us end in good order
    end_with_parent()
    from babelreel.engines.cluster import work  # noqa: PLC0415 -- Dask reads its environment when it is loaded

    with suppress(KeyboardInterrupt):
        try:
            asyncio.run(work(cluster, slots=slots, stop=stop))
        except BabelreelError as error:
            tell.send(error)
