"""Run one plan, here or elsewhere."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from babelreel.engines.engine import Engine
from babelreel.engines.outcome import Outcome
from babelreel.engines.plan_state import OnFirst
from babelreel.engines.run import run_plan
from babelreel.graph.event import Listener
from babelreel.graph.files import digest_file
from babelreel.graph.plan import Plan
from babelreel.graph.store import Store
from babelreel.graph.task import Program


def run_with(  # noqa: PLR0913 -- a plan and its store, and what a caller may want otherwise, each by name
    engine: Engine,
    plan: Plan,
    store: Store,
    *,
    listener: Listener,
    keep_going: bool = True,
    stop: threading.Event | None = None,
    digest: Callable[[Path], str] = digest_file,
    programs: Mapping[Program, Path] = MappingProxyType({}),
    on_first: OnFirst | None = None,
) -> Outcome:
    """Do what the plan says with an engine, as ``run_plan`` and ``Engine.pool`` say."""
    stop = stop or threading.Event()
    with engine.pool(stop) as pool:
        pool.equip(plan.film, store, digest, programs)
        return run_plan(plan, store, pool, listener=listener, keep_going=keep_going, stop=stop, on_first=on_first)
