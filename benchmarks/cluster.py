"""Measure what two workers gain over one, and what a cluster of one costs over no cluster.

    PYTHONPATH=pipeline:tests python benchmarks/cluster.py FOLDER [--minutes 3] [--languages 13] [--rounds 5]

One machine with two cores stands for several: each worker has a core and 70 % of its time; scheduler, store (SeaweedFS)
and coordinator share 60 % of one core, in every case. The rounds take turns: no cluster, one worker, two workers, and
two workers that already have the film. Control groups of Linux, and root, are needed; start it on a quiet machine.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from cells import prepare
from scaling.quotas import Quota, quota

from support.bucket_server import serve_bucket

_BABELREEL = (sys.executable, "-m", "babelreel")
_WORKER_SHARE, _HOME_SHARE = 0.7, 0.6
_START_S = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one build took: seconds, processor seconds of all that took part, and bytes over all lines."""

    wall_s: float
    cpu_s: float
    moved_bytes: int
    digest: str
    """The SHA-256 sums that were published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Where everything lies, and the shares of the machine."""

    root: Path
    caches: Path
    home: Quota
    workers: tuple[Quota, ...]
    env: Mapping[str, str]
    port: int


def main() -> None:
    """Take turns, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--minutes", type=float, default=3)
    parser.add_argument("--languages", type=int, default=13)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    folder = given.folder.resolve()
    root = prepare(folder, minutes=given.minutes, languages=given.languages, scripted=1, keep=False).root
    runs: dict[str, list[Run]] = {}
    with ExitStack() as stack:
        home = stack.enter_context(quota("babelreel-home", cores="0-1", share=_HOME_SHARE))
        workers = tuple(
            stack.enter_context(quota(f"babelreel-worker-{core}", cores=str(core), share=_WORKER_SHARE))
            for core in (0, 1)
        )
        shutil.rmtree(folder / "bucket", ignore_errors=True)
        env = stack.enter_context(serve_bucket(folder / "bucket", run_in=home.command))
        house = House(
            root=root,
            caches=folder / "caches",
            home=home,
            workers=workers,
            env={**os.environ, **env, "BABELREEL_STORE": ""},
            port=_free_port(),
        )
        for number in range(given.rounds):
            for name, run in _round(house, number):
                runs.setdefault(name, []).append(run)
                print(f"{name}: {run.wall_s:.1f} s, {run.cpu_s:.1f} s of the processor", file=sys.stderr, flush=True)
    _report(runs)


def _round(house: House, number: int) -> Iterator[tuple[str, Run]]:
    yield "local", _build(house, house.workers[:1], (), house.workers[0])
    shutil.rmtree(house.caches, ignore_errors=True)
    for count in (1, 2):
        with _cluster(house, f"s3://films/{number}-{count}", house.workers[:count]) as words:
            yield f"{count} workers", _build(house, house.workers[:count], words, house.home)
        if count == 1:
            shutil.rmtree(house.caches, ignore_errors=True)
    # the store is another one; the workers keep the film
    with _cluster(house, f"s3://films/{number}-warm", house.workers) as words:
        yield "2 workers, film there", _build(house, house.workers, words, house.home)


def _build(house: House, workers: tuple[Quota, ...], words: tuple[str, ...], where: Quota) -> Run:
    """Build everything anew; what was found out about the film is kept."""
    shutil.rmtree(house.root / "output", ignore_errors=True)
    for each in ("store", "earlier"):
        shutil.rmtree(house.root / ".babelreel" / each, ignore_errors=True)
    (house.root / ".babelreel/last-build.json").unlink(missing_ok=True)
    groups = {house.home, *workers}
    cpu_s, moved, begun = sum(each.cpu_s() for each in groups), _moved_bytes(), time.monotonic()
    jobs = () if words else ("--jobs", "1")
    subprocess.run(
        where.command((*_BABELREEL, "-C", house.root, "build", *jobs, *words)),
        env=house.env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return Run(
        wall_s=time.monotonic() - begun,
        cpu_s=sum(each.cpu_s() for each in groups) - cpu_s,
        moved_bytes=_moved_bytes() - moved,
        digest=(house.root / "output/SHA256SUMS").read_text("utf-8"),
    )


@contextmanager
def _cluster(house: House, store: str, workers: tuple[Quota, ...]) -> Iterator[tuple[str, ...]]:
    """Run a scheduler and workers, and give the words with which a build uses them."""
    address = f"tcp://127.0.0.1:{house.port}"
    scheduler = (sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1")
    commands = [house.home.command((*scheduler, "--port", str(house.port), "--no-dashboard"))]
    for number, worker in enumerate(workers):
        cache = house.caches / str(number)
        words = ("worker", address, "--store", store, "--slots", "1", "--memory", "4000", "--cache", cache)
        commands.append(worker.command((*_BABELREEL, *words)))
    with ExitStack() as stack:
        for command in commands:
            process = subprocess.Popen(
                command, env=house.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
            )
            stack.callback(_end, process)
            _wait_for(house.port)
        time.sleep(5)  # until the workers have come; the build would wait, and its waiting would count
        yield ("--engine", "dask", "--scheduler", address, "--store", store)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + _START_S
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the scheduler does not answer")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _moved_bytes() -> int:
    """Give the bytes that have gone over the loopback, which stands for all lines."""
    lines = Path("/proc/net/dev").read_text("ascii").splitlines()
    return int(next(line for line in lines if line.strip().startswith("lo:")).split()[1])


def _report(runs: Mapping[str, list[Run]]) -> None:
    print("| build | wall s, median | least | most | cpu s | MB over lines |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, each in runs.items():
        walls = [run.wall_s for run in each]
        figures = (statistics.median(walls), min(walls), max(walls), statistics.median(run.cpu_s for run in each))
        moved = statistics.median(run.moved_bytes for run in each) / 1e6
        print(f"| {name} | {' | '.join(f'{figure:.1f}' for figure in figures)} | {moved:.0f} |")
    walls_s = {name: statistics.median(run.wall_s for run in each) for name, each in runs.items()}
    print(f"\nefficiency T1/(2 T2): {walls_s['1 workers'] / 2 / walls_s['2 workers']:.2f}")
    print(f"overhead T1/local: {walls_s['1 workers'] / walls_s['local']:.2f}")
    digests = {run.digest for each in runs.values() for run in each}
    print(f"the bytes that were published: {'the same' if len(digests) == 1 else 'DIFFERENT'}")


if __name__ == "__main__":
    main()
