"""What becomes of a build by a cluster when its store is tidied, robbed, or used by a machine whose clock is off?"""

from __future__ import annotations

import json
import os
import random
import shutil
import time
from datetime import datetime, timedelta
from pathlib import Path

from support.cluster_builds import Building, assert_nothing_left, assert_same, environment
from support.clusters import Cluster, needs_signals
from support.projects import babelreel
from support.recipes import program

pytestmark = needs_signals


def age(store: Path, days: int) -> None:
    """Make all that lies in a store so much older."""
    then = time.time() - timedelta(days=days).total_seconds()
    for path in store.rglob("*"):
        if path.is_file():
            os.utime(path, (then, then))


def let_a_day_pass(store: Path) -> None:
    """Make what garbage was seen to be seen a day earlier."""
    marks = store / "gc/marks.json"
    noted = json.loads(marks.read_bytes())
    for seen in noted.values():
        for name, since in seen.items():
            seen[name] = (datetime.fromisoformat(since) - timedelta(days=1)).isoformat()
    marks.write_text(json.dumps(noted))


def test_a_build_goes_on_while_its_store_is_tidied_and_robbed_and_a_worker_lives_in_another_day(
    house: Path, project: Path, machines: Cluster, tmp_path: Path
) -> None:
    store = Path(machines.store)
    before = Path(shutil.copytree(project, tmp_path / "before/film"))
    assert babelreel(before, "build", "--store", machines.store, env=environment(house)).code == 0
    garbage = len(list(store.glob("keys/*/*")))
    age(store, 3)
    assert babelreel(tmp_path, "gc", machines.store, "--days", "1").code == 0
    let_a_day_pass(store)  # all of it may go now
    robbed = random.Random(14)  # noqa: S311 - no secret
    for path in robbed.sample(sorted(store.glob("keys/*/*")), garbage // 2):
        path.unlink()
    for path in robbed.sample(sorted(store.glob("blobs/*/*")), 3):
        path.unlink()

    machines.start_scheduler()
    machines.start_worker("alder", run_in=(program("faketime"), "-f", "+1d"))
    machines.start_worker("birch", run_in=(program("faketime"), "-f", "-1d"))
    building = Building(project, machines)
    told = []
    while building.process.poll() is None:
        told.append(babelreel(tmp_path, "gc", machines.store, "--days", "1"))

    assert building.ended() == 0, building.said
    assert_same(project, house)
    assert [each.err for each in told if each.code] == []
    late = Path(shutil.copytree(house / "fresh", tmp_path / "late/film"))
    again = babelreel(late, "build", "--store", machines.store, env=environment(house))
    assert (again.code, "made again" in again.err) == (0, False), again.err
    assert_same(late, house)
    assert_nothing_left(machines)
