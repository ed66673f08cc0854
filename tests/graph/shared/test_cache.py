from __future__ import annotations

import hashlib
import multiprocessing
import random
import threading
import time
from pathlib import Path

import pytest

from babelreel.graph import files, folder_store
from babelreel.graph.bucket import Bucket
from babelreel.graph.shared import cache
from support.shared_stores import Machine, MakeMachine

FILM = random.Random(1).randbytes(20 << 20)  # noqa: S311 -- the same in every process
DIGEST = hashlib.sha256(FILM).hexdigest()


def lying(machine: Machine) -> set[bytes]:
    return {path.read_bytes()[:1] for path in machine.local.files()}


@pytest.fixture
def worker(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A machine whose folder may hold 100 kB, and which thinks that nothing is in use for more than half a second."""
    monkeypatch.setattr(cache, "_IN_USE_S", 0.5)
    monkeypatch.setattr(cache.Cache.trim, "__kwdefaults__", {"in_use_s": 0.5})
    return Machine(address, tmp_path / "worker", cache_bytes=100_000)


def test_what_was_longest_without_use_goes_first_and_the_bound_holds(machine: MakeMachine, worker: Machine) -> None:
    made = {name: machine("here").add(name, out=name.encode() * 40_000).digests["out"] for name in "abcd"}
    for name in "aba":  # "a" is used again
        worker.store.fetch(made[name])
        time.sleep(0.6)
    worker.store.fetch(made["c"])
    assert lying(worker) == {b"a", b"c"}
    assert worker.local.size() <= 100_000
    time.sleep(0.6)
    worker.store.fetch(made["d"])
    assert lying(worker) == {b"c", b"d"}
    assert worker.store.fetch(made["a"]).read_bytes() == b"a" * 40_000  # it comes again


def test_what_is_in_use_stays_even_if_the_bound_does_not_hold(machine: MakeMachine, worker: Machine) -> None:
    made = [machine("here").add(name, out=name.encode() * 40_000).digests["out"] for name in "abcd"]
    paths = [worker.store.fetch(each) for each in made]
    assert all(path.is_file() for path in paths)


def test_a_full_disk_is_helped_by_what_can_be_brought_again(
    machine: MakeMachine, worker: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [machine("here").add(name, out=name.encode() * 40_000).digests["out"] for name in "ab"]
    worker.store.fetch(made[0])
    time.sleep(0.6)
    download = Bucket.download

    def full_once(self: Bucket, path: str, target: Path) -> bool:
        if list(worker.local.files()):
            raise OSError(28, "No space left on device")
        return download(self, path, target)

    monkeypatch.setattr(Bucket, "download", full_once)
    assert worker.store.fetch(made[1]).read_bytes() == b"b" * 40_000
    assert lying(worker) == {b"b"}


def test_a_projects_own_results_are_never_given_up_for_room(machine: MakeMachine) -> None:
    here = machine("here")
    entry = here.add("joined", is_shared=False, out=b"abc")
    assert not here.store._cache._make_room()
    assert here.find(entry) == entry


def test_collecting_spares_what_is_needed_and_lets_the_rest_go_by_age(
    machine: MakeMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache.Cache.trim, "__kwdefaults__", {"in_use_s": 0.0})
    here = machine("here")
    needed = here.add("needed", out=b"n" * 1000)
    for name in "abc":
        here.add(name, out=name.encode() * 1000)
    assert here.store.collect([needed], spare_bytes=1000) == 2000
    assert lying(here) == {b"n", b"c"}


def fetch_film(address: str, folder: Path, asked: str) -> None:
    """Fetch the film in a process of its own, and note each part that the store was asked for."""
    bring = Bucket._bring

    def counted(self: Bucket, path: str, target: Path, start: int, size: int) -> bool:
        with Path(asked).open("a", encoding="ascii") as file:
            file.write(f"{start}\n")
        time.sleep(0.2)
        return bring(self, path, target, start, size)

    Bucket._bring = counted  # type: ignore[method-assign]
    assert Machine(address, folder, cache_bytes=1 << 30).store.fetch(DIGEST).read_bytes() == FILM


def test_several_processes_of_one_machine_fetch_the_film_once(
    machine: MakeMachine, address: str, tmp_path: Path
) -> None:
    (tmp_path / "film.mp4").write_bytes(FILM)
    machine("here").store.take_in(tmp_path / "film.mp4", DIGEST)
    spawn = multiprocessing.get_context("spawn")
    asked = tmp_path / "asked"
    words = (address, tmp_path / "worker", str(asked))
    workers = [spawn.Process(target=fetch_film, args=words) for _ in range(3)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    assert [each.exitcode for each in workers] == [0, 0, 0]
    assert sorted(map(int, asked.read_text().split())) == [0, 8 << 20, 16 << 20]


def test_a_process_that_dies_while_it_fetches_keeps_nobody_waiting(
    machine: MakeMachine, address: str, tmp_path: Path
) -> None:
    (tmp_path / "film.mp4").write_bytes(FILM)
    machine("here").store.take_in(tmp_path / "film.mp4", DIGEST)
    spawn = multiprocessing.get_context("spawn")
    asked = tmp_path / "asked"
    dying = spawn.Process(target=fetch_film, args=(address, tmp_path / "worker", str(asked)))
    dying.start()
    deadline = time.monotonic() + 60
    while not asked.exists():
        assert dying.is_alive()
        assert time.monotonic() < deadline
        time.sleep(0.01)
    dying.kill()
    dying.join()
    other = Machine(address, tmp_path / "worker", cache_bytes=1 << 30)
    assert other.store.fetch(DIGEST).read_bytes() == FILM
    assert list(other.local.files()) == [other.local.locate(DIGEST)]


def test_a_large_file_is_read_once_by_a_process_as_long_as_nobody_writes_to_it(
    machine: MakeMachine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "_LARGE_BYTES", 1 << 20)
    (tmp_path / "film.mp4").write_bytes(FILM)
    machine("here").store.take_in(tmp_path / "film.mp4", DIGEST)
    there = machine("there")
    path = there.store.fetch(DIGEST)
    there.store.fetch(DIGEST)
    read: list[Path] = []
    digest_file = files.digest_file

    def noted(path: Path) -> str:
        read.append(path)
        return digest_file(path)

    monkeypatch.setattr("babelreel.graph.folder_store.digest_file", noted)
    there.store.fetch(DIGEST)
    assert read == []
    path.chmod(0o644)
    path.write_bytes(FILM[::-1])
    assert there.store.fetch(DIGEST).read_bytes() == FILM
    assert read


def test_threads_of_one_process_fetch_it_once(machine: MakeMachine, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = machine("here").add("a", out=b"abc")
    there = machine("there")
    asked: list[str] = []
    download = Bucket.download

    def slow(self: Bucket, path: str, target: Path) -> bool:
        asked.append(path)
        time.sleep(0.3)
        return download(self, path, target)

    monkeypatch.setattr(Bucket, "download", slow)
    threads = [threading.Thread(target=there.store.fetch, args=(entry.digests["out"],)) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(asked) == 1


def test_what_is_fetched_is_hashed_once(machine: MakeMachine, monkeypatch: pytest.MonkeyPatch) -> None:
    digest = machine("here").add("film", film=FILM).digests["film"]
    there = machine("there")
    hashed: list[Path] = []

    def counted(path: Path) -> str:
        hashed.append(path)
        return files.digest_file(path)

    monkeypatch.setattr(cache, "digest_file", counted)
    monkeypatch.setattr(folder_store, "digest_file", counted)
    assert there.store.fetch(digest).read_bytes() == FILM
    assert len([path for path in hashed if path.name == "blob"]) == 1, hashed
