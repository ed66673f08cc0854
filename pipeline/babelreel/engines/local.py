"""Run a plan on this machine."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from babelreel.engines.outcome import Outcome
from babelreel.engines.run import run_plan
from babelreel.engines.threads import thread_pool
from babelreel.graph.event import Listener
from babelreel.graph.files import digest_file
from babelreel.graph.plan import Plan
from babelreel.graph.store import Store
from babelreel.graph.task import Program


def run_here(  # noqa: PLR0913 -- a plan and its store, and what a caller may want otherwise, each by name
    plan: Plan,
    store: Store,
    *,
    jobs: int,
    listener: Listener,
    keep_going: bool = True,
    stop: threading.Event | None = None,
    digest: Callable[[Path], str] = digest_file,
    memory_bytes: int | None = None,
    programs: Mapping[Program, Path] = MappingProxyType({}),
) -> Outcome:
    """Do what the plan says in ``jobs`` threads, as ``run_plan`` and ``thread_pool`` say."""
    with thread_pool(jobs=jobs, stop=stop, memory_bytes=memory_bytes) as pool:
        pool.equip(plan.film, store, digest, programs)
        return run_plan(plan, store, pool, listener=listener, keep_going=keep_going, stop=stop)
