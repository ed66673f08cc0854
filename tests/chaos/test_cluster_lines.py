"""What becomes of a build by a cluster whose lines are cut, or lead to a store that fails?

BABELREEL_CHAOS_RUNS says how many seeds the faults of the store are thrown with.
"""

from __future__ import annotations

import itertools
import os
import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from support.bucket_server import serve_bucket
from support.cluster_builds import Building, assert_nothing_left, assert_same, build, environment, set_delay, start
from support.clusters import Cluster, cluster, needs_signals, wait_until
from support.flaky_proxy import Fault, flaky_proxy
from support.projects import snapshot
from support.severed_line import line_to

pytestmark = needs_signals

RUNS = int(os.environ.get("BABELREEL_CHAOS_RUNS", "1"))

#: babelreel with less patience, so that a test need not wait for half a minute of silence.
_IMPATIENT = """\
from datetime import timedelta
from babelreel import cli
from babelreel.graph import bucket

bucket.SILENCE, bucket.PATIENCE = timedelta(seconds=2), timedelta(seconds=90)
cli.main()
"""


def test_a_worker_whose_line_is_cut_is_given_up_and_takes_part_again_later(
    house: Path, project: Path, machines: Cluster
) -> None:
    machines.start_scheduler(ttl_s=4)
    with line_to(machines.port) as line:
        machines.start_worker("alder", scheduler=f"tcp://127.0.0.1:{line.port}")
        building = Building(project, machines)
        wait_until(lambda: bool(machines.working()), "somebody works")
        line.cut()
        wait_until(lambda: "was lost" in building.said, "it is given up")
        line.repair()  # there is no other worker

        assert building.ended() == 0, building.said
        assert building.said.count("takes part, with 1 slot") > 1
        assert_same(project, house)
        assert_nothing_left(machines)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    with serve_bucket(tmp_path_factory.mktemp("weed")) as env:
        yield env


def port_of(server: Mapping[str, str]) -> int:
    port = urlsplit(server["AWS_ENDPOINT_URL"]).port
    assert port
    return port


def test_a_coordinator_whose_line_to_the_store_is_cut_goes_on_when_it_passes_again(
    house: Path, project: Path, tmp_path: Path, server: Mapping[str, str]
) -> None:
    set_delay(house, "0.5")
    given = {**environment(house), **server}
    with (
        cluster(tmp_path / "cluster", environment=given, store="s3://films/severed") as machines,
        line_to(port_of(server)) as line,
    ):
        start(machines, "alder")
        through = {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{line.port}"}
        building = Building(project, machines, program=(sys.executable, "-c", _IMPATIENT), env=through)
        wait_until(lambda: bool(machines.working()), "somebody works")
        line.cut()
        time.sleep(5)  # longer than one answer is waited for
        assert building.process.poll() is None, building.said
        line.repair()

        assert building.ended() == 0, building.said
        assert_same(project, house)
        assert_nothing_left(machines)


_FAULTS = (Fault.BUSY, Fault.LOST, Fault.CUT, Fault.CONFLICT)


def one_of_five(dice: random.Random) -> Callable[[str, str], Fault]:
    """Do one of these to each fifth request, half of the time 503, so that luck leaves none of them out."""
    order = [Fault.BUSY] * 2 + list(_FAULTS)
    dice.shuffle(order)
    number = itertools.count(dice.randrange(5))

    def choose(_method: str, _path: str) -> Fault:
        turn, place = divmod(next(number), 5)
        return Fault.NONE if place else order[turn % len(order)]

    return choose


@pytest.mark.parametrize("seed", range(RUNS))
def test_a_build_that_a_store_locks_out_goes_on_through_one_that_fails_in_one_of_five_requests(
    seed: int, house: Path, project: Path, tmp_path: Path, server: Mapping[str, str]
) -> None:
    set_delay(house, "")
    dice = random.Random(seed)  # noqa: S311 - no secret
    with flaky_proxy(port_of(server)) as proxy:
        given = {**environment(house), **server, "AWS_ENDPOINT_URL": f"http://127.0.0.1:{proxy.port}"}
        with cluster(tmp_path / "cluster", environment=given, store=f"s3://films/flaky-{seed}") as machines:
            start(machines, "alder")
            locked_from = dice.randrange(5, 12)  # of the objects that are written
            proxy.choose = lambda method, _path: (
                Fault.FORBIDDEN if proxy.seen["PUT"] >= locked_from and method != "HEAD" else Fault.NONE
            )
            locked = build(project, machines)
            locked_out = snapshot(project / "output")
            proxy.choose = one_of_five(dice)
            again = build(project, machines)

    assert locked.code == 4, locked.err
    assert "does not let us in" in locked.err
    assert given["AWS_SECRET_ACCESS_KEY"] not in locked.err
    assert "manifest.json" not in locked_out
    assert again.code == 0, again.err
    assert all(proxy.done[each] for each in _FAULTS), proxy.done
    assert_same(project, house)
