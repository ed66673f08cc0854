"""How far does a cluster carry, and what is to be bought first? Asked of a real build's trace.

    PYTHONPATH=pipeline python benchmarks/simulate_cluster.py TRACE [--films 1 100] [--workers 1 2 10 100] [--gbit 1 10]

TRACE is what ``record_trace.py`` wrote. Efficiency is the share of their time in which workers worked;
``cores`` are those of the coordinator.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from statistics import median

from scaling.simulation import Cluster, Result, simulate
from scaling.trace import JobRecord, TaskRecord, read_trace

_HEAD = "films | cores | workers | Gbit/s | affinity | wall min | efficiency | loop min | GB | fetches | half ready min"


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("trace", type=Path)
    parser.add_argument("--films", type=int, nargs="+", default=[1, 100])
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 10, 100])
    parser.add_argument("--gbit", type=float, nargs="+", default=[1.0, 10.0])
    parser.add_argument("--home-cores", type=int, nargs="+", default=[4], help="cores of the coordinator")
    parser.add_argument("--without-affinity", action="store_true", help="also place jobs wherever there is room")
    given = parser.parse_args()
    tasks, jobs = read_trace(given.trace)
    print(f"| {_HEAD} |")
    print("|" + " ---: |" * len(_HEAD.split("|")))
    affinities = (True, False) if given.without_affinity else (True,)
    cases = product(given.films, given.home_cores, given.gbit, given.workers, affinities)
    for films, cores, gbit, workers, has_affinity in cases:
        cluster = Cluster(workers=workers, store_bps=gbit * 1e9, home_cores=cores, has_affinity=has_affinity)
        print(_row(tasks, jobs, films, cluster), flush=True)


def _row(tasks: Sequence[TaskRecord], jobs: Sequence[JobRecord], films: int, cluster: Cluster) -> str:
    result: Result = simulate(tasks, jobs, films=films, cluster=cluster)
    cells = (
        films,
        cluster.home_cores,
        cluster.workers,
        f"{cluster.store_bps / 1e9:g}",
        "yes" if cluster.has_affinity else "no",
        f"{result.wall_s / 60:.1f}",
        f"{result.work_s / result.wall_s / cluster.workers:.2f}",
        f"{result.loop_s / 60:.1f}",
        f"{result.moved_bytes / 1e9:.1f}",
        result.film_fetches,
        f"{median(result.ready_s) / 60:.1f}",
    )
    return f"| {' | '.join(str(each) for each in cells)} |"


if __name__ == "__main__":
    main()
