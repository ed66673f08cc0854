"""Choose the engine that the options of a verb, the environment and this machine's file name together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import click

from babelreel.config.machine import read_machine
from babelreel.engines.engine import Engine, engine_of
from babelreel.model.cluster import EngineKind

_OPTIONS = (
    click.option(
        "--engine",
        "kind",
        type=click.Choice([kind.value for kind in EngineKind]),
        help="Who does the work: this machine, or a cluster's workers.  [default: as machine.toml says, else local]",
    ),
    click.option(
        "--scheduler",
        metavar="ADDRESS",
        help="Address of the cluster's scheduler: tls://HOST:8786.  [default: $BABELREEL_SCHEDULER, else machine.toml]",
    ),
    click.option(
        "--store",
        metavar="PLACE",
        help="Where machines share results: s3://BUCKET/FOLDER, gs://, az:// or a folder.  "
        "[default: $BABELREEL_STORE, else machine.toml]",
    ),
    click.option(
        "--wait",
        "wait_s",
        type=click.IntRange(min=1),
        metavar="S",
        help="How many seconds to wait for the scheduler, or for a usable worker.  [default: machine.toml, else 60]",
    ),
)


def engine_options(verb: Callable[..., Any]) -> Callable[..., Any]:
    """Add to a verb the options that say who does the work."""
    for option in reversed(_OPTIONS):
        verb = option(verb)
    return verb


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineChoice:
    """What the options of a call say of the engine; ``None`` where they say nothing."""

    kind: str | None = None
    scheduler: str | None = None
    store: str | None = None
    wait_s: int | None = None

    def engine(self, *, jobs: int, memory_bytes: int | None) -> Engine:
        """Put together what was said; an option comes first, then the environment, then the file.

        Raises ``ConfigError`` and ``UsageError`` for what cannot be used.
        """
        machine = read_machine()
        machine = replace(
            machine,
            kind=EngineKind(self.kind) if self.kind else machine.kind,
            scheduler=self.scheduler or machine.scheduler,
            store=self.store or machine.store,
            wait_s=self.wait_s or machine.wait_s,
        )
        return engine_of(machine, jobs=jobs, memory_bytes=memory_bytes)
