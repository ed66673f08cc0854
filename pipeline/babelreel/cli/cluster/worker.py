"""``babelreel worker``."""

from __future__ import annotations

import os
import signal
import threading
from dataclasses import replace
from pathlib import Path

import click

from babelreel.config.machine import read_machine
from babelreel.errors import UsageError
from babelreel.model.cluster import Cluster
from babelreel.report.reader.speaking import tell


@click.command()
@click.argument("scheduler", required=False, metavar="[SCHEDULER]")
@click.option(
    "--store", metavar="PLACE", help="The store of the cluster: s3://BUCKET/FOLDER, gs://, az:// or a folder."
)
@click.option(
    "--slots",
    type=click.IntRange(min=1),
    default=os.cpu_count() or 1,
    metavar="N",
    help="How many steps run at the same time.  [default: one per processor]",
)
@click.option(
    "--memory",
    "memory_mb",
    type=click.IntRange(min=100),
    metavar="MB",
    help="How much memory they may take together.  [default: a quarter of the machine's]",
)
@click.option("--cache", type=click.Path(file_okay=False, path_type=Path), metavar="DIR", help="Where films are kept.")
@click.option("--cache-gb", type=click.FloatRange(min=0.1), metavar="GB", help="How much is kept there.  [default: 50]")
def worker(  # noqa: PLR0913, PLR0917 - one parameter per option
    scheduler: str | None,
    store: str | None,
    slots: int,
    memory_mb: int | None,
    cache: Path | None,
    cache_gb: float | None,
) -> None:
    """Work for the builds of other machines, through the scheduler at tls://HOST:8786, until you press Ctrl-C.

    All machines of a cluster need the same babelreel and ffmpeg, and reach the same store. What you do not name
    here is taken from BABELREEL_SCHEDULER, BABELREEL_STORE and this machine's machine.toml; the store's credentials
    are taken from where its cloud keeps them.
    """
    from babelreel.engines.cluster_settings import environment_of_worker  # noqa: PLC0415 - not loaded for the help
    from babelreel.engines.worker_process import keep_working  # noqa: PLC0415 - as above

    machine = read_machine()
    machine = replace(
        machine,
        scheduler=scheduler or machine.scheduler,
        store=store or machine.store,
        cache=cache or machine.cache,
        cache_gb=cache_gb or machine.cache_gb,
    )
    if not machine.scheduler or not machine.store:
        raise UsageError(
            what="This worker does not know which cluster to work for.",
            why="no scheduler is named" if not machine.scheduler else "no store is named",
            hint="Name one, for example: “babelreel worker tls://HOST:8786 --store s3://BUCKET/FOLDER”.",
        )
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda _number, _frame: stop.set())
    cluster = Cluster(scheduler=machine.scheduler, tls=machine.tls, wait_s=machine.wait_s)
    keep_working(
        cluster,
        environment_of_worker(machine, memory_mb=memory_mb),
        slots=slots,
        stop=stop,
        tell=tell,
    )
