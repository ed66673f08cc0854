"""Run a plan in this process, as tests do."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from babelreel.engines.engine import Engine
from babelreel.engines.outcome import Outcome
from babelreel.engines.run_with import run_with
from babelreel.graph.event import Listener
from babelreel.graph.files import digest_file
from babelreel.graph.plan import Plan
from babelreel.graph.store import Store
from babelreel.graph.task import Program


def run_here(  # noqa: PLR0913 -- as run_with
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
    """Do what the plan says in ``jobs`` threads of this process, as ``run_with``."""
    engine = Engine(jobs=jobs, memory_bytes=memory_bytes)
    return run_with(
        engine, plan, store, listener=listener, keep_going=keep_going, stop=stop, digest=digest, programs=programs
    )
