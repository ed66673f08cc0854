from __future__ import annotations

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from babelreel.errors import DamagedError, LockedError
from babelreel.graph.bucket import Bucket, Stat
from babelreel.graph.key import key_of
from babelreel.graph.shared.layout import blob_path, key_path
from babelreel.graph.shared.opening import open_shared
from babelreel.graph.store import Entry
from support.shared_stores import MakeMachine, document, in_both

pytestmark = in_both

LARGE = os.urandom(20 << 20)


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def objects(address: str) -> dict[str, int]:
    return open_shared(address).sizes()


def replace_blob(address: str, digest: str, content: bytes) -> None:
    bucket = open_shared(address)
    bucket.delete([blob_path(digest)])
    bucket.put(blob_path(digest), content)


def test_what_one_machine_made_is_found_and_fetched_on_another(machine: MakeMachine, address: str) -> None:
    here, there = machine("here"), machine("there")
    entry = here.add("a", film=LARGE, log=b"", text=b"subtitles")
    assert entry.key == key_of(document("a", "film", "log", "text"))
    assert there.store.find([entry.key, "0" * 64]) == {entry.key: entry}
    assert there.store.document(entry.key) == document("a", "film", "log", "text")
    assert there.store.fetch(entry.digests["film"]).read_bytes() == LARGE
    assert there.store.read(entry.digests["log"]) == b""
    assert there.store.locate(entry.digests["text"]).read_bytes() == b"subtitles"
    blobs = {blob_path(sha256(content)): len(content) for content in (LARGE, b"", b"subtitles")}
    assert objects(address).items() >= blobs.items()
    assert key_path(entry.key) in objects(address)


def test_an_entry_is_there_only_when_all_its_bytes_are(machine: MakeMachine, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    create, put = Bucket.create, Bucket.put

    def noted_create(self: Bucket, path: str, content: bytes) -> Stat | None:
        order.append(path)
        return create(self, path, content)

    def noted_put(self: Bucket, path: str, content: Path | bytes) -> None:
        order.append(path)
        put(self, path, content)

    monkeypatch.setattr(Bucket, "create", noted_create)
    monkeypatch.setattr(Bucket, "put", noted_put)
    here = machine("here")
    entry = here.add("a", film=LARGE, text=b"subtitles")
    written = [path for path in order if path.startswith(("blobs/", "keys/"))]
    assert sorted(written[:2]) == sorted(blob_path(each) for each in entry.digests.values())
    assert written[2:] == [key_path(entry.key)]


def test_the_first_of_two_writers_wins_and_the_other_is_given_its_result_and_a_warning(machine: MakeMachine) -> None:
    here, there = machine("here"), machine("there")
    first = here.add("a", film=b"one")
    assert there.add("a", film=b"two") == first
    assert there.find(first) == first
    assert there.store.read(first.digests["film"]) == b"one"
    assert [each[:37] for each in there.warnings] == ["Not the same bytes on two machines: f"]
    assert (sha256(b"two")[:12] in there.warnings[0], sha256(b"one")[:12] in there.warnings[0]) == (True, True)
    assert (here.warnings, machine("again").add("a", film=b"one")) == ([], first)


def test_sixteen_writers_at_once_all_hold_the_same_result(machine: MakeMachine) -> None:
    machines = [machine(str(number)) for number in range(16)]
    with ThreadPoolExecutor(16) as pool:
        entries = list(pool.map(lambda pair: pair[1].add("a", film=b"%d" % pair[0]), enumerate(machines)))
    assert len(set(entries)) == 1
    assert sum(bool(each.warnings) for each in machines) == 15


def test_what_is_not_shared_stays_on_its_machine_and_is_found_there_only(machine: MakeMachine, address: str) -> None:
    here, there = machine("here"), machine("there")
    entry = here.add("joined", is_shared=False, film=b"abc")
    assert (here.find(entry), there.find(entry)) == (entry, None)
    assert blob_path(entry.digests["film"]) not in objects(address)
    here.store.share(entry.digests.values())
    assert there.store.read(entry.digests["film"]) == b"abc"


def test_a_file_of_the_users_is_taken_in_by_its_digest_and_stays_what_it_is(
    machine: MakeMachine, tmp_path: Path
) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(LARGE)
    before = film.stat()
    machine("here").store.take_in(film, sha256(LARGE))
    assert machine("there").store.fetch(sha256(LARGE)).read_bytes() == LARGE
    after = film.stat()
    assert (after.st_ino, after.st_mode, after.st_ctime_ns) == (before.st_ino, before.st_mode, before.st_ctime_ns)


def test_a_blob_that_vanished_is_a_miss_until_it_is_made_again(machine: MakeMachine, address: str) -> None:
    here, there = machine("here"), machine("there")
    entry = here.add("a", film=b"abc", text=b"subtitles")
    open_shared(address).delete([blob_path(entry.digests["film"])])
    assert there.find(entry) == entry  # entries are believed
    with pytest.raises(DamagedError, match="in the shared store is gone"):
        there.store.fetch(entry.digests["film"])
    assert there.find(entry) is None
    third = machine("third")
    assert third.store.drop_damaged([entry]) == 1
    assert third.find(entry) is None
    assert here.add("a", film=b"abc", text=b"subtitles") == entry  # who made it first makes it again
    assert [each.find(entry) for each in (there, third)] == [entry, entry]
    assert there.store.read(entry.digests["film"]) == b"abc"


def test_a_blob_that_became_another_is_never_given_and_is_put_right_by_who_makes_it_again(
    machine: MakeMachine, address: str
) -> None:
    here, there, third = machine("here"), machine("there"), machine("third")
    entry = here.add("a", film=b"abc")
    replace_blob(address, entry.digests["film"], b"abX")  # of the same length: only reading it tells
    with pytest.raises(DamagedError):
        there.store.fetch(entry.digests["film"])
    assert third.store.drop_damaged([entry]) == 1  # which has not read it
    assert (there.find(entry), third.find(entry)) == (None, None)
    assert machine("fourth").add("a", film=b"abc") == entry
    assert third.store.read(third.store.find([entry.key])[entry.key].digests["film"]) == b"abc"
    assert not [path for path in objects(address) if path.startswith("damaged/")]


def test_a_lost_result_that_comes_out_otherwise_takes_the_place_of_the_entry(
    machine: MakeMachine, address: str
) -> None:
    here, there, third = machine("here"), machine("there"), machine("third")
    lost = here.add("a", film=b"one")
    assert third.find(lost) == lost
    open_shared(address).delete([blob_path(lost.digests["film"])])
    made = there.add("a", film=b"two")
    assert made.digests == {"film": sha256(b"two")}
    assert machine("fourth").find(lost) == made
    assert third.store.drop_damaged([lost]) == 1
    assert third.find(lost) == made


def test_a_file_that_was_taken_in_and_vanished_is_put_back(machine: MakeMachine, address: str, tmp_path: Path) -> None:
    here, there = machine("here"), machine("there")
    (tmp_path / "film.mp4").write_bytes(b"film")
    here.store.take_in(tmp_path / "film.mp4", sha256(b"film"))
    open_shared(address).delete([blob_path(sha256(b"film"))])
    with pytest.raises(DamagedError):
        there.store.fetch(sha256(b"film"))
    assert here.store.drop_damaged([]) == 0
    assert there.store.read(sha256(b"film")) == b"film"


@pytest.mark.parametrize("content", [b"", b"{}\n{}", b"\xff", b"[]\n[]"])
def test_an_entry_that_is_none_is_a_miss_and_is_written_anew(
    content: bytes, machine: MakeMachine, address: str
) -> None:
    here = machine("here")
    entry = here.add("a", film=b"abc")
    open_shared(address).put(key_path(entry.key), content)
    there = machine("there")
    assert there.find(entry) is None
    assert there.add("a", film=b"abc") == entry
    assert machine("third").find(entry) == entry


def test_a_damaged_file_of_this_machine_is_brought_again(machine: MakeMachine) -> None:
    entry: Entry = machine("here").add("a", film=b"abc")
    there = machine("there")
    path = there.store.fetch(entry.digests["film"])
    path.chmod(0o644)
    path.write_bytes(b"abX")
    assert there.store.fetch(entry.digests["film"]).read_bytes() == b"abc"


def test_asking_for_thousands_of_keys_asks_for_many_at_a_time(
    machine: MakeMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = machine("here")
    entries = [here.add(str(number), text=b"x") for number in range(3)]
    at_once = most = 0
    read = Bucket.read

    def counted(self: Bucket, path: str) -> bytes | None:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        try:
            return read(self, path)
        finally:
            at_once -= 1

    monkeypatch.setattr(Bucket, "read", counted)
    absent = [sha256(b"%d" % number) for number in range(1000)]
    found = machine("there").store.find([*(each.key for each in entries), *absent])
    assert found == {each.key: each for each in entries}
    assert 8 <= most <= 64


def test_a_blob_that_vanished_and_is_sound_here_is_put_back_without_being_made_again(
    machine: MakeMachine, address: str
) -> None:
    here, there = machine("here"), machine("there")
    entry = here.add("a", film=b"abc")
    own = here.add("joined", is_shared=False, film=b"joined")
    there.store.fetch(entry.digests["film"])
    open_shared(address).delete([blob_path(entry.digests["film"])])
    assert there.store.drop_damaged([entry]) == 0
    assert machine("third").store.read(entry.digests["film"]) == b"abc"
    assert here.store.drop_damaged([entry, own]) == 0
    assert blob_path(own.digests["film"]) not in objects(address)  # which nobody else needs
    here.local.locate(own.digests["film"]).unlink()
    assert here.store.drop_damaged([entry, own]) == 1


def test_what_is_shared_already_is_not_brought_here_to_be_shared(machine: MakeMachine) -> None:
    entry = machine("here").add("a", film=b"abc")
    there = machine("there")
    there.store.share(there.store.find([entry.key])[entry.key].digests.values())
    assert list(there.local.files()) == []


def test_a_project_is_held_by_one_machine_which_sees_whether_it_still_is(machine: MakeMachine, tmp_path: Path) -> None:
    here, there = machine("here"), machine("there")
    for each in (tmp_path / "here", tmp_path / "there"):
        each.mkdir(exist_ok=True)
    here.store.check_held()  # of nothing: a worker
    with here.store.hold("rights", tmp_path / "here"):
        here.store.check_held()
        with pytest.raises(LockedError), there.store.hold("rights", tmp_path / "there"):
            pass
        here.store.check_held()
    with there.store.hold("rights", tmp_path / "there"):
        there.store.check_held()
