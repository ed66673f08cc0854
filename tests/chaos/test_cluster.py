"""Does a build by a cluster publish what one by this machine does, whatever becomes of scheduler and workers?

Schedulers and workers are real processes on this machine, and the ffmpeg that all use can be made slow, or deadly.
BABELREEL_CHAOS_RUNS says at how many moments a worker is killed.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

from support.bucket_server import serve_bucket
from support.cluster_builds import (
    Building,
    assert_nothing_left,
    assert_same,
    build,
    environment,
    set_delay,
    start,
)
from support.clusters import Cluster, cluster, needs_signals, slow_ffmpeg, wait_until
from support.projects import babelreel, snapshot

pytestmark = needs_signals

RUNS = int(os.environ.get("BABELREEL_CHAOS_RUNS", "2"))


def test_two_workers_publish_the_bytes_that_one_machine_does_and_a_second_build_needs_none(
    house: Path, project: Path, machines: Cluster
) -> None:
    start(machines, "alder", "birch")

    built = build(project, machines)

    assert built.code == 0, built.err
    assert_same(project, house)
    assert built.err.count("takes part, with 1 slot") == 2
    machines.stop()
    again = build(project, machines)
    assert (again.code, "nothing to do" in again.err) == (0, True), again.err


def test_a_bucket_does_as_well_as_a_folder_and_its_secret_is_told_to_nobody(
    house: Path, project: Path, tmp_path: Path
) -> None:
    with (
        serve_bucket(tmp_path / "bucket") as bucket,
        cluster(tmp_path / "cluster", environment={**environment(house), **bucket}, store="s3://films/br") as machines,
    ):
        start(machines, "alder")
        built = build(project, machines)
        logs = "".join(machines.log(name) for name in ("scheduler", "worker-alder"))

    assert built.code == 0, built.err
    assert_same(project, house)
    assert "takes part" in built.err
    assert bucket["AWS_SECRET_ACCESS_KEY"] not in logs + built.err


@pytest.mark.parametrize("seed", range(RUNS))
def test_a_worker_that_is_killed_costs_what_it_was_doing(
    house: Path, project: Path, machines: Cluster, seed: int
) -> None:
    start(machines, "alder", "birch")
    building = Building(project, machines)
    wait_until(lambda: bool(machines.working()), "somebody works")
    time.sleep(random.Random(seed).random() * 2)  # noqa: S311 - no secret
    machines.process_of("alder").kill()

    assert building.ended() == 0, building.said
    assert "was lost" in building.said
    assert_same(project, house)
    assert_nothing_left(machines)


def test_a_worker_that_stands_still_is_given_up_and_its_late_answer_does_no_harm(
    house: Path, project: Path, machines: Cluster
) -> None:
    machines.start_scheduler(ttl_s=4)
    for name in ("alder", "birch"):
        machines.start_worker(name)
    building = Building(project, machines)
    wait_until(lambda: bool(machines.working()), "somebody works")
    stopped = machines.process_of("alder")
    stopped.suspend()

    assert building.ended() == 0, building.said
    assert_same(project, house)
    assert "was lost" in building.said
    stopped.resume()
    assert_nothing_left(machines)
    assert_same(project, house)


def test_a_scheduler_that_comes_back_is_waited_for(house: Path, project: Path, machines: Cluster) -> None:
    start(machines, "alder", "birch")
    building = Building(project, machines)
    wait_until(lambda: bool(machines.working()), "somebody works")
    machines.kill_scheduler()
    machines.start_scheduler()

    assert building.ended() == 0, building.said
    assert "the scheduler is there again" in building.said
    assert_same(project, house)


def test_without_a_scheduler_the_build_ends_and_the_next_one_goes_on(
    house: Path, project: Path, machines: Cluster
) -> None:
    set_delay(house, "2")
    start(machines, "alder")
    building = Building(project, machines)
    wait_until(lambda: "part 1 of" in building.said or "sound" in building.said, "something is done elsewhere")
    machines.kill_scheduler()

    assert building.ended() == 4, building.said
    assert "The scheduler did not answer for 20 seconds" in building.said
    assert not (project / "output/manifest.json").exists()
    assert_nothing_left(machines)
    machines.start_scheduler()
    again = build(project, machines)
    assert again.code == 0, again.err
    assert ", 0 done already" not in again.err
    assert_same(project, house)


def test_a_worker_with_another_ffmpeg_is_refused_in_words_that_name_both(
    project: Path, machines: Cluster, tmp_path: Path
) -> None:
    foreign = slow_ffmpeg(tmp_path / "foreign")
    machines.start_scheduler()
    machines.start_worker("oak", BABELREEL_FFMPEG=str(foreign))

    built = build(project, machines, "--wait", "5")

    assert built.code == 4, built.err
    assert "No worker has taken part for 5 seconds" in built.err
    assert built.err.count("it has ffmpeg") >= 1
    assert ", this build " in built.err


def test_a_step_that_ends_its_workers_fails_its_language_alone(house: Path, project: Path, machines: Cluster) -> None:
    (house / "bin/deadly").write_text("Appelle 112")
    start(machines, "alder", "birch")

    built = build(project, machines)

    assert built.code == 3, built.err
    assert "ended 3 workers" in built.err
    published, whole = snapshot(project / "output"), snapshot(house / "local/film/output")
    missing = {"fr/film.fr.phone-360p.mp4"}  # the one that shows the line
    described = {"manifest.json", "SHA256SUMS"}
    assert whole.keys() - published.keys() == missing
    assert not [name for name in published.keys() - described if published[name] != whole[name]]
    assert_nothing_left(machines)


@pytest.mark.parametrize("size", ["100k", "400k"], ids=["film", "scratch"])
def test_a_worker_with_a_full_disk_is_set_aside(
    size: str, house: Path, project: Path, machines: Cluster, tmp_path: Path
) -> None:
    """The film does not find room there, or what the work makes of it."""
    cache = tmp_path / "small"
    cache.mkdir()
    small = ("mount", "-t", "tmpfs", "-o", f"size={size}", "none", cache)
    if subprocess.run(small, check=False, capture_output=True).returncode:
        pytest.skip("only root mounts a small disk")
    try:
        machines.start_scheduler()
        machines.start_worker("alder", cache=cache)
        machines.start_worker("birch")
        built = build(project, machines)
        machines.stop()
    finally:
        subprocess.run(("umount", "-l", cache), check=True)

    assert built.code == 0, built.err
    assert "does not take part: " in built.err
    assert "No space" in built.err or "full" in built.err
    assert_same(project, house)


def test_a_build_that_is_stopped_leaves_no_ffmpeg_on_any_worker(house: Path, project: Path, machines: Cluster) -> None:
    set_delay(house, "")
    start(machines, "alder")
    building = Building(project, machines)
    wait_until(lambda: "to do" in building.said, "it is planned, for which ffmpeg works here")
    set_delay(house, "30")
    wait_until(lambda: bool(machines.working()), "somebody works")
    building.process.send_signal(signal.SIGINT)

    assert building.ended() == 130, building.said
    wait_until(lambda: not machines.working(), "its ffmpeg has ended", seconds=5)


@pytest.mark.parametrize("words", [("worker",), ("build", "--engine", "dask")])
def test_an_address_that_others_reach_without_a_certificate_is_refused(
    house: Path, project: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    address = ("--scheduler", "tcp://192.0.2.1:8786") if words[0] == "build" else ("tcp://192.0.2.1:8786",)

    run = babelreel(project, *words, *address, "--store", str(tmp_path / "store"), env=environment(house))

    assert run.code == 2, run.err
    assert "tcp:// is open to whoever reaches it" in run.err


def test_a_scheduler_that_is_not_there_is_said(project: Path, machines: Cluster) -> None:
    built = build(project, machines, "--wait", "1")

    assert built.code == 4, built.err
    assert "The scheduler did not answer for 1 seconds" in built.err
