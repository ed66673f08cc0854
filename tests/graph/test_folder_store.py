from __future__ import annotations

import errno
import os
import threading
from pathlib import Path

import pytest

from babelreel.errors import DamagedError
from babelreel.graph.folder_store import FolderStore
from babelreel.graph.key import key_of
from babelreel.graph.store import Entry
from babelreel.graph.task import Json
from babelreel.graph.workfolders import WorkFolders


def document(label: str, *outputs: str) -> dict[str, Json]:
    return {"kind": label, "outputs": sorted(outputs)}


def add(store: FolderStore, label: str, **contents: bytes) -> Entry:
    with store.workspace() as folder:
        for name, content in contents.items():
            (folder / name).write_bytes(content)
        return store.add(document(label, *contents), {name: folder / name for name in contents})


def stored(store: FolderStore, key: str) -> Entry | None:
    return store.find([key]).get(key)


def corrupt(path: Path, content: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(content)


def test_what_was_added_is_found(tmp_path: Path) -> None:
    entry = add(FolderStore(tmp_path), "a", film=b"abc", log=b"")
    assert entry.key == key_of(document("a", "film", "log"))
    found = stored(FolderStore(tmp_path), entry.key)
    assert found == entry
    assert [(each.name, each.size) for each in entry.artifacts] == [("film", 3), ("log", 0)]
    assert FolderStore(tmp_path).locate(entry.digests["film"]).read_bytes() == b"abc"
    assert FolderStore(tmp_path).document(entry.key) == document("a", "film", "log")


def test_asking_an_empty_store_writes_nothing(tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "store")
    assert stored(store, "0" * 64) is None
    assert store.last_keys() == {}
    assert store.size() == 0
    assert list(tmp_path.iterdir()) == []


def test_stored_files_are_read_only_and_stored_once(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    one, other = add(store, "a", film=b"abc"), add(store, "b", copy=b"abc", more=b"abc")
    assert one.digests["film"] == other.digests["copy"] == other.digests["more"]
    assert store.locate(one.digests["film"]).stat().st_mode & 0o777 == 0o444
    assert store.size() == 3


@pytest.mark.parametrize("content", [b"abX", b"ab", b"", b"abcd"])
def test_damaged_file_is_a_miss_and_heals(tmp_path: Path, content: bytes) -> None:
    store = FolderStore(tmp_path)
    entry = add(store, "a", film=b"abc")
    corrupt(store.locate(entry.digests["film"]), content)
    assert stored(store, entry.key) is None
    assert not store.locate(entry.digests["film"]).exists()
    assert add(store, "a", film=b"abc") == entry
    assert stored(store, entry.key) == entry


@pytest.mark.parametrize("place", ["files/??/*", "keys/??/*.jsonl"])
def test_folder_in_the_place_of_a_file_is_a_miss_and_is_moved_aside(tmp_path: Path, place: str) -> None:
    store = FolderStore(tmp_path)
    entry = add(store, "a", film=b"abc")
    (path,) = tmp_path.glob(place)
    path.unlink()
    path.mkdir()
    (path / "notes.txt").write_bytes(b"mine")
    assert stored(store, entry.key) is None
    assert store.drop_damaged([entry]) == ("files" in place)
    assert add(store, "a", film=b"abc") == entry
    assert stored(store, entry.key) == entry
    assert [each.read_bytes() for each in path.parent.glob("*/notes.txt")] == [b"mine"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only Unix has pipes in folders")
def test_a_pipe_in_the_place_of_a_file_is_a_miss_and_nobody_waits_for_it(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    entry = add(store, "a", film=b"abc")
    store.remember({"a": entry.key})
    for place in ("keys/??/*.jsonl", "files/??/*", "last.json"):
        (path,) = tmp_path.glob(place)
        path.unlink()
        os.mkfifo(path)
        assert (stored(store, entry.key) is None) == (place != "last.json")
        assert (store.last_keys() == {}) == (place == "last.json")
        if place == "files/??/*":
            with pytest.raises(DamagedError):
                store.read(entry.digests["film"])
        assert add(store, "a", film=b"abc") == entry
        store.remember({"a": entry.key})
        assert stored(store, entry.key) == entry


def test_a_link_to_nowhere_among_the_stored_files_counts_as_nothing_needed(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    entry = add(store, "a", film=b"abc")
    path = store.locate(entry.digests["film"])
    path.unlink()
    path.symlink_to("/nowhere/at/all")
    (tmp_path / "keys" / "00").mkdir(exist_ok=True)
    (tmp_path / "keys" / "00" / ("0" * 64 + ".jsonl")).mkdir()
    assert store.size() < 100
    store.collect((), spare_bytes=0)
    assert stored(store, entry.key) is None


def test_damaged_file_is_replaced_when_another_task_makes_the_same(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    entry = add(store, "a", film=b"abc")
    corrupt(store.locate(entry.digests["film"]), b"abX")
    add(store, "b", film=b"abc")
    assert store.locate(entry.digests["film"]).read_bytes() == b"abc"
    assert stored(store, entry.key) == entry


def test_missing_file_is_a_miss(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    entry = add(store, "a", film=b"abc", log=b"x")
    store.locate(entry.digests["log"]).unlink()
    assert stored(store, entry.key) is None


def test_touched_file_is_read_once_more_and_believed(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    entry = add(store, "a", film=b"abc")
    path = store.locate(entry.digests["film"])
    stamped = path.stat().st_mtime_ns
    path.touch()
    assert path.stat().st_mtime_ns != stamped
    assert stored(store, entry.key) == entry
    assert path.stat().st_mtime_ns == stamped


@pytest.mark.parametrize(
    ("old", "new"),
    [(b'"digest":"b', b'"digest":"c'), (b'"kind":"a"', b'"kind":"b"'), (b'{"film":', b'{"fiLm":'), (b"{", b"")],
)
def test_damaged_key_file_is_a_miss(tmp_path: Path, old: bytes, new: bytes) -> None:
    entry = add(FolderStore(tmp_path), "a", film=b"abc")
    (path,) = tmp_path.glob("keys/??/*.jsonl")
    assert old in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(old, new, 1))
    assert stored(FolderStore(tmp_path), entry.key) is None


def test_linked_output_is_copied_and_its_file_left_alone(tmp_path: Path) -> None:
    store, users = FolderStore(tmp_path / "store"), tmp_path / "users.srt"
    users.write_bytes(b"1\n")
    users.chmod(0o640)
    before = users.stat()
    with store.workspace() as folder:
        (folder / "soft").symlink_to(users)
        (folder / "hard").hardlink_to(users)
        for name in ("soft", "hard"):
            entry = store.add(document(name, name), {name: folder / name})
            store.locate(entry.digests[name]).unlink()
    after = users.stat()
    assert users.read_bytes() == b"1\n"
    assert (after.st_mode, after.st_mtime_ns, after.st_ino) == (before.st_mode, before.st_mtime_ns, before.st_ino)


def test_last_keys_are_kept_for_other_tasks(tmp_path: Path) -> None:
    FolderStore(tmp_path).remember({"a": "1", "b": "2"})
    FolderStore(tmp_path).remember({"b": "3"})
    assert FolderStore(tmp_path).last_keys() == {"a": "1", "b": "3"}
    (tmp_path / "last.json").write_bytes(b"[")
    assert FolderStore(tmp_path).last_keys() == {}
    (tmp_path / "last.json").unlink()
    (tmp_path / "last.json").mkdir()
    FolderStore(tmp_path).remember({"b": "3"})
    assert FolderStore(tmp_path).last_keys() == {"b": "3"}


def test_many_threads_add_and_find_the_same(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    found: list[Entry | None] = []

    def work(number: int) -> None:
        for each in range(10):
            entry = add(store, f"task {each}", film=b"same", own=bytes([each]))
            if number % 2:
                found.append(stored(store, entry.key))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 20
    assert None not in found
    assert store.size() == len(b"same") + 10


def test_a_file_that_the_disk_does_not_give_back_once_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = FolderStore(tmp_path)
    digest = add(store, "a", out=b"the bytes").digests["out"]
    real, opened = os.open, []

    def open_badly(path: Path, *arguments: int, **named: int) -> int:
        if str(path).endswith(digest):
            opened.append(path)
            if len(opened) == 1:
                raise OSError(errno.EIO, "Input/output error")
        return real(path, *arguments, **named)

    monkeypatch.setattr(os, "open", open_badly)
    assert store.read(digest) == b"the bytes"
    assert len(opened) > 1


def test_workspace_is_removed_with_all_that_is_in_it(tmp_path: Path) -> None:
    store, film = FolderStore(tmp_path / "store"), tmp_path / "film"
    film.write_bytes(b"abc")
    with store.workspace() as folder:
        (folder / "fonts").mkdir()
        (folder / "film").symlink_to(film)
    assert not folder.exists()
    assert film.read_bytes() == b"abc"


def test_folders_of_the_dead_are_swept_and_those_of_the_living_stay(tmp_path: Path) -> None:
    living = WorkFolders(tmp_path)
    with living.folder() as used:
        dead = tmp_path / "dead"
        (dead / "task").mkdir(parents=True)
        (dead / "owner").touch()
        with WorkFolders(tmp_path).folder():
            assert not dead.exists()
            assert used.exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="only Unix forks")
@pytest.mark.parametrize("has_work", [True, False])
def test_folder_of_a_killed_process_is_swept(tmp_path: Path, *, has_work: bool) -> None:
    process = os.fork()
    if process == 0:
        with WorkFolders(tmp_path).folder() as folder:
            (folder / "half a film").touch()
            os._exit(0)  # no clean-up, as when killed
    os.waitpid(process, 0)
    assert list(tmp_path.glob("*/*/half a film"))
    if has_work:
        with WorkFolders(tmp_path).folder():
            assert not list(tmp_path.glob("*/*/half a film"))
    else:
        WorkFolders(tmp_path).sweep()
        assert not list(tmp_path.glob("*/*"))


def test_where_nobody_ever_worked_nothing_is_made_by_sweeping(tmp_path: Path) -> None:
    WorkFolders(tmp_path / "none").sweep()
    assert list(tmp_path.iterdir()) == []


def aged(tmp_path: Path, store: FolderStore) -> tuple[Entry, Entry, Entry]:
    """FolderStore three results of 10 bytes, the first one being the oldest."""
    entries = add(store, "a", out=b"a" * 10), add(store, "b", out=b"b" * 10), add(store, "c", out=b"c" * 10)
    for place, entry in enumerate(entries):
        os.utime(tmp_path / "keys" / entry.key[:2] / f"{entry.key}.jsonl", (1000 + place, 1000 + place))
    return entries


def test_what_is_not_needed_goes_oldest_first_until_the_rest_fits(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    old, middle, new = aged(tmp_path, store)
    assert store.collect([new], spare_bytes=10) == 10
    assert [stored(store, each.key) is not None for each in (old, middle, new)] == [False, True, True]
    assert store.size() == 20


def test_what_is_needed_stays_however_little_may_be_spared(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    old, middle, new = aged(tmp_path, store)
    assert store.collect([old, new], spare_bytes=0) == 10
    assert [stored(store, each.key) is not None for each in (old, middle, new)] == [True, False, True]


def test_nothing_goes_as_long_as_there_is_room(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    aged(tmp_path, store)
    assert store.collect([], spare_bytes=30) == 0
    assert store.size() == 30


def test_bytes_that_a_needed_result_shares_with_an_old_one_stay(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    add(store, "old", out=b"same", more=b"x" * 100)
    needed = add(store, "needed", out=b"same")
    assert store.collect([needed], spare_bytes=0) == 100
    assert stored(store, needed.key) == needed


def test_bytes_are_read_and_hashed_before_they_are_used(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    entry = add(store, "a", out=b"abc")
    path = store.fetch(entry.digests["out"])
    times = path.stat()
    corrupt(path, b"abX")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))  # a disk that fails changes no time
    assert stored(store, entry.key) == entry
    with pytest.raises(DamagedError, match="damaged"):
        store.fetch(entry.digests["out"])
    assert stored(store, entry.key) is None


def test_bytes_that_are_read_are_those_that_were_stored(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    entry = add(store, "a", out=b"abc", gone=b"def")
    assert store.read(entry.digests["out"]) == b"abc"
    corrupt(store.locate(entry.digests["out"]), b"abX")
    store.locate(entry.digests["gone"]).unlink()
    for digest in entry.digests.values():
        with pytest.raises(DamagedError, match="damaged"):
            store.read(digest)
        assert not store.locate(digest).exists()


def test_damaged_and_missing_files_are_counted_and_dropped(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    entry = add(store, "a", good=b"abc", damaged=b"def", gone=b"ghi")
    corrupt(store.locate(entry.digests["damaged"]), b"deX")
    store.locate(entry.digests["gone"]).unlink()
    assert store.drop_damaged([entry, entry]) == 2
    assert [path.name for path in tmp_path.glob("files/*/*")] == [entry.digests["good"]]


def test_what_was_handed_over_is_found_where_its_bytes_lie_published(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    entry = add(store, "a", film=b"abc", facts=b"{}")
    film = entry.digests["film"]
    assert store.hand_over([film, "0" * 64]) == 3
    assert store.size() == 2
    assert store.find([entry.key], {entry.key: [film]}) == {entry.key: entry}
    assert store.read(entry.digests["facts"]) == b"{}"
    store.locate(entry.digests["facts"]).unlink()
    assert not store.find([entry.key], {entry.key: [film]}), "all else has to be here"


def test_what_was_handed_over_and_lies_nowhere_has_to_be_made_again(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    entry, other = add(store, "a", film=b"abc"), add(store, "b", film=b"xyz")
    store.hand_over([entry.digests["film"]])
    assert not store.find([entry.key], {other.key: [entry.digests["film"]]}), "published of another key alone"
    assert add(store, "a", film=b"abc") == entry
    assert stored(store, entry.key) == entry


def test_room_is_counted_without_what_was_handed_over(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    old, middle, new = aged(tmp_path, store)
    store.hand_over([new.digests["out"]])
    assert store.collect([new], spare_bytes=10) == 10
    assert [stored(store, each.key) is not None for each in (old, middle)] == [False, True]
