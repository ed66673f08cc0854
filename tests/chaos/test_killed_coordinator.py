"""A coordinator is killed at a call that puts a file in place: does the next one publish what an undisturbed one does?

See test_killed_anywhere.py for the variables. The calls come in another order each time, for several threads make them.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.cluster_builds import WAIT, assert_nothing_left, assert_same, environment, set_delay, start
from support.clusters import Cluster, cluster
from support.faulty_calls import Fault, FaultyRun, Kind, needs_gcc, run_with
from support.stopped_verbs import leftovers, luck

pytestmark = needs_gcc

RUNS = int(os.environ.get("BABELREEL_CHAOS_RUNS", "2"))
SEED = os.environ.get("BABELREEL_CHAOS_SEED", "14")
#: A build of the small project makes more of them than this: the last of these put what it publishes in place.
CALLS = {Kind.RENAME: 54, Kind.FSYNC: 84}


@pytest.fixture
def machines(house: Path, tmp_path: Path) -> Iterator[Cluster]:
    """Give a cluster whose store the calls of a build are counted in."""
    set_delay(house, "")
    with cluster(tmp_path / "cluster", environment=environment(house), store=str(tmp_path / "store")) as made:
        yield made


def run(project: Path, machines: Cluster, house: Path, fault: Fault | None = None) -> FaultyRun:
    words = (*machines.options, *WAIT)
    return run_with(project, "build", *words, fault=fault, kinds=tuple(CALLS), environment=environment(house))


@pytest.mark.parametrize("number", range(RUNS))
def test_a_coordinator_that_is_killed_leaves_all_in_order_for_the_next(
    number: int, house: Path, project: Path, machines: Cluster
) -> None:
    kind = tuple(CALLS)[number % len(CALLS)]
    call = luck(SEED, "coordinator", number).randrange(1, CALLS[kind])
    start(machines, "alder")

    killed = run(project, machines, house, Fault(kinds=(kind,), number=call))
    told = f"seed {SEED}, {kind.name} {call}: {killed}"
    assert killed.code == -signal.SIGKILL, told
    assert_nothing_left(machines)
    again = run(project, machines, house)

    assert again.code == 0, f"{told}: {again.err}"
    assert_same(project, house)
    assert leftovers(project) == [], told
