from __future__ import annotations

import hashlib
import json
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from babelreel.errors import UsageError
from babelreel.graph.bucket import Bucket
from babelreel.graph.shared import pins
from babelreel.graph.shared.collected import Collected
from babelreel.graph.shared.garbage import collect_garbage
from babelreel.graph.shared.layout import MARKS, blob_path, key_path
from babelreel.graph.shared.opening import open_shared
from babelreel.graph.store import Entry
from support.shared_stores import MakeMachine, in_both

HOUR, LONG = timedelta(hours=1), timedelta(days=1)
#: Buckets tell whole seconds, and nobody can set their clock.
SECOND = timedelta(seconds=1)


def gc(address: str, *, grace: timedelta | None = None, is_dry: bool = False) -> Collected:
    """Collect what was without use for an hour, and was seen to be so an hour ago; in a bucket: for a second."""
    time_s = SECOND if "://" in address else HOUR
    return collect_garbage(open_shared(address), unused=time_s, grace=grace or time_s, is_dry=is_dry)


def pause(address: str) -> None:
    """Let two hours pass: all that lies in a folder becomes older; in a bucket, two seconds and a half."""
    if "://" in address:
        time.sleep(2.5)
        return
    for path in Path(address).rglob("*"):
        if path.is_file():
            with suppress(FileNotFoundError):  # a pin that was just renewed
                then = path.stat().st_mtime - 2 * HOUR.total_seconds()
                os.utime(path, (then, then))
    marks = Path(address) / MARKS
    if marks.exists():
        noted = json.loads(marks.read_text())
        earlier = {
            kind: {name: (datetime.fromisoformat(since) - 2 * HOUR).isoformat() for name, since in seen.items()}
            for kind, seen in noted.items()
        }
        marks.write_text(json.dumps(earlier))


def paths(address: str) -> set[str]:
    return {path for path in open_shared(address).sizes() if path.startswith(("blobs/", "keys/", "damaged/"))}


@in_both
def test_what_nobody_used_goes_after_it_was_seen_twice_and_entries_go_with_all_their_blobs(
    machine: MakeMachine, address: str
) -> None:
    entry = machine("here").add("a", film=b"abc", text=b"12345")
    pause(address)
    there = paths(address)
    seen = gc(address)
    assert (seen.removed_results, seen.waiting_results, seen.waiting_blobs, seen.waiting_bytes) == (0, 1, 2, 8)
    assert paths(address) == there
    pause(address)
    dry = gc(address, is_dry=True)
    assert paths(address) == there
    done = gc(address)
    assert done == dry
    assert (done.removed_results, done.removed_blobs, done.removed_bytes, done.kept_results) == (1, 2, 8, 0)
    assert paths(address) == set()
    assert machine("there").find(entry) is None


def test_what_is_young_stays_and_so_do_blobs_that_an_entry_still_leads_to(machine: MakeMachine, address: str) -> None:
    machine("here").add("old", film=b"abc", text=b"old")
    pause(address)
    machine("here").add("young", film=b"abc")
    gc(address)
    pause(address)
    young = machine("here").add("young", film=b"abc")
    user = machine("user")
    with user.hold():
        user.find(young)
        done = gc(address)
        assert (done.removed_results, done.removed_blobs) == (1, 1)  # "old" and its text
        assert user.store.read(young.digests["film"]) == b"abc"


def test_a_day_must_pass_between_the_two_looks(machine: MakeMachine, address: str) -> None:
    entry = machine("here").add("a", film=b"abc")
    for _ in range(3):
        pause(address)
        assert gc(address, grace=LONG).removed_results == 0
    assert machine("there").find(entry) == entry


def test_a_result_that_was_found_counts_as_used_after_the_run_has_ended(machine: MakeMachine, address: str) -> None:
    used, idle = machine("here").add("used", film=b"abc"), machine("here").add("idle", film=b"xyz")
    pause(address)
    gc(address)
    pause(address)
    user = machine("user")
    with user.hold():
        assert user.find(used) == used
    done = gc(address)
    assert (done.removed_results, done.kept_results) == (1, 1)
    assert machine("there").store.find([used.key, idle.key]) == {used.key: used}
    pins = [path for path in open_shared(address).sizes() if path.startswith("pins/")]
    assert len(pins) == 1
    assert "run-" not in pins[0]  # the pins of the run itself are gone
    pause(address)
    gc(address)
    assert not [path for path in open_shared(address).sizes() if path.startswith("pins/")]


def wait_for_renewal(address: str) -> None:
    deadline = time.monotonic() + 60
    while all(each.modified.timestamp() < time.time() - 60 for each in open_shared(address).list("pins")):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_the_film_stays_while_a_run_uses_it(
    machine: MakeMachine, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pins, "_RENEWAL_S", 0.2)
    (tmp_path / "film.mp4").write_bytes(b"film")
    here, digest = machine("here"), hashlib.sha256(b"film").hexdigest()
    with here.hold():
        here.store.take_in(tmp_path / "film.mp4", digest)
        for _ in range(3):
            pause(address)
            wait_for_renewal(address)
            gc(address)
    assert machine("there").store.read(digest) == b"film"


def test_orphans_of_a_killed_writer_go_and_young_ones_stay(machine: MakeMachine, address: str) -> None:
    entry = machine("here").add("a", film=b"abc")
    open_shared(address).delete([key_path(entry.key)])
    gc(address, grace=LONG)
    pause(address)
    assert paths(address) == {blob_path(entry.digests["film"])}
    gc(address)
    pause(address)
    assert gc(address).removed_blobs == 1


def test_what_a_killed_writer_had_begun_goes_from_a_folder_after_a_day(tmp_path: Path, machine: MakeMachine) -> None:
    """It lies beside the name that it was to get, and no list of the store shows it."""
    share = tmp_path / "share"
    entry = machine("here").add("a", film=b"abc")
    blob = share / blob_path(entry.digests["film"])
    old, young = (blob.with_name(f"{blob.name}#{number}") for number in (1, 2))
    theirs = blob.with_name("notes of meeting#1")
    for path in (old, young, theirs):
        path.write_bytes(b"ab")
    for path in (old, theirs):
        os.utime(path, (time.time() - 90_000,) * 2)
    assert gc(str(share), grace=LONG, is_dry=True) == gc(str(share), grace=LONG)
    assert [path.exists() for path in (old, young, theirs)] == [False, True, True]
    assert machine("there").store.read(entry.digests["film"]) == b"abc"


def test_what_is_made_again_while_garbage_is_collected_keeps_its_blobs(
    machine: MakeMachine, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At every object that is removed, somebody makes the result again: whoever finds it then finds its bytes."""
    entry = machine("here").add("a", film=b"abc")
    pause(address)
    gc(address)
    pause(address)
    delete = Bucket.delete

    def make_again(self: Bucket, gone: list[str]) -> None:
        delete(self, gone)
        if any(path.startswith("keys/") for path in gone):
            machine("other").add("a", film=b"abc")

    monkeypatch.setattr(Bucket, "delete", make_again)
    gc(address)
    monkeypatch.undo()
    reader = machine("reader")
    assert reader.find(entry) == entry
    assert reader.store.read(entry.digests["film"]) == b"abc"


@pytest.mark.parametrize("moment", ["keys", "blobs"])
def test_whoever_finds_a_result_just_before_it_goes_can_still_fetch_it(
    moment: str, machine: MakeMachine, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = machine("here").add("a", film=b"abc")
    user = machine("user")
    pause(address)
    gc(address)
    pause(address)
    delete = Bucket.delete
    finds: list[object] = []

    def find_before(self: Bucket, gone: list[str]) -> None:
        if not finds and any(path.startswith(f"{moment}/") for path in gone):
            finds.append(user.find(entry))
        delete(self, gone)

    monkeypatch.setattr(Bucket, "delete", find_before)
    with user.hold():
        gc(address)
        monkeypatch.undo()
        assert finds == [entry if moment == "keys" else None]
        if moment == "keys":
            assert user.store.read(entry.digests["film"]) == b"abc"
            assert machine("other").find(entry) == entry  # the entry was put back


def test_builds_go_on_while_garbage_is_collected_again_and_again(
    machine: MakeMachine, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two builds use half of what lies there for long, and make as much anew; the other half goes meanwhile."""
    monkeypatch.setattr(pins, "_RENEWAL_S", 0.05)
    before = [machine("before").add(f"{each}", film=b"%d" % each, text=b"the same") for each in range(20)]
    pause(address)
    gc(address)
    pause(address)  # all of it may go now
    all_found = threading.Barrier(3)

    def build(number: int) -> list[Entry]:
        user = machine(f"user {number}")
        entries = []
        with user.hold():
            assert len(user.store.find([each.key for each in before[10:]])) == 10
            all_found.wait(60)
            for each in range(10, 30):
                entries.append(user.add(f"{each}", film=b"%d" % each, text=b"the same"))
                time.sleep(0.05)
            for entry in entries:
                assert machine(f"fresh {number}").store.read(entry.digests["film"])
        return entries

    removed = 0
    with ThreadPoolExecutor(2) as pool:
        builds = [pool.submit(build, number) for number in range(2)]
        all_found.wait(60)
        while not all(each.done() for each in builds):
            removed += gc(address).removed_results
    assert removed == 10
    assert builds[0].result() == builds[1].result()
    assert len(machine("late").store.find([each.key for each in builds[0].result()])) == 20


def test_a_place_that_is_no_store_is_left_alone(address: str) -> None:
    bucket = open_shared(address)
    bucket.delete(["probe"])
    with pytest.raises(UsageError, match="no shared store"):
        collect_garbage(bucket, unused=LONG)
    assert bucket.sizes() == {}


def test_what_is_not_ours_stays(machine: MakeMachine, address: str) -> None:
    machine("here").add("a", film=b"abc")
    bucket = open_shared(address)
    theirs = {f"{folder}/{name}": 4 for folder in ("blobs/ab", "keys/ab", "pins") for name in ("notes.txt", "ab" * 16)}
    for path in theirs:
        bucket.put(path, b"mine")
    for _ in range(2):
        pause(address)
        gc(address)
    assert bucket.sizes().items() >= {path: size for path, size in theirs.items() if "pins" not in path}.items()
