from __future__ import annotations

import errno
import hashlib
import os
import time
from pathlib import Path

import pytest

from babelreel.errors import BabelreelError, MachineError, NoSpaceError
from babelreel.graph.files import (
    DigestCache,
    as_house_error,
    digest_file,
    house_errors,
    place_atomically,
    write_atomically,
)

OLD_NS = 1_500_000_000 * 10**9


def settle(path: Path) -> None:
    """Wait until the file's change lies so far back that the cache believes in it."""
    while time.time_ns() - path.stat().st_ctime_ns < 2_100_000_000:
        time.sleep(0.05)


def test_written_file_replaces_the_old_one_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "a: [1] \N{FILM FRAMES} سلام.txt"
    write_atomically(path, b"old")
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(path.parent.iterdir()) == [path]


def test_written_file_can_be_read_by_others(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        write_atomically(tmp_path / "page.html", b"")
    finally:
        os.umask(before)
    assert (tmp_path / "page.html").stat().st_mode & 0o777 == 0o644


def test_placed_copy_has_the_bytes_but_not_the_mode_and_time_of_its_source(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "deep" / "target"
    source.write_bytes(b"x" * 3_000_000)
    os.utime(source, ns=(OLD_NS, OLD_NS))
    source.chmod(0o444)
    place_atomically(source, target)
    assert target.read_bytes() == source.read_bytes()
    assert target.stat().st_mode & 0o200
    assert target.stat().st_mtime_ns != OLD_NS


def test_failed_write_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    (tmp_path / "film").mkdir()
    with pytest.raises(MachineError) as caught:
        place_atomically(Path(__file__), tmp_path / "film")
    assert caught.value.where == str(tmp_path / "film")
    assert [each.name for each in tmp_path.iterdir()] == ["film"]


def test_missing_source_is_named_in_the_error(tmp_path: Path) -> None:
    with pytest.raises(MachineError) as caught:
        place_atomically(tmp_path / "gone.mp4", tmp_path / "target")
    assert caught.value.where == str(tmp_path / "gone.mp4")
    assert not (tmp_path / "target").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the always full device is Linux's")
def test_full_disk_is_a_no_space_error() -> None:
    with pytest.raises(NoSpaceError) as caught, house_errors(Path("/dev/full")):
        Path("/dev/full").write_bytes(b"x")
    assert caught.value.where == "/dev/full"
    assert caught.value.exit_code == 6


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, NoSpaceError),
        (errno.EDQUOT, NoSpaceError),
        (errno.EROFS, MachineError),
        (errno.EACCES, MachineError),
        (errno.EPERM, MachineError),
        (errno.EIO, MachineError),
    ],
)
def test_system_errors_become_errors_with_a_place_and_a_hint(number: int, kind: type[BabelreelError]) -> None:
    error = as_house_error(OSError(number, os.strerror(number)), Path("output/fr"))
    assert type(error) is kind
    assert error.where == "output/fr"
    assert error.why == os.strerror(number)
    assert error.hint


def test_digest_is_sha_256(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    assert digest_file(tmp_path / "a") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_settled_file_is_not_read_again_and_a_touched_one_is(tmp_path: Path) -> None:
    film, kept = tmp_path / "film", tmp_path / "state" / "digests.json"
    film.write_bytes(b"abc")
    settle(film)
    cache = DigestCache(kept)
    digest = cache.digest(film)
    cache.save()
    # a wrong digest in the file shows whether the cache was believed
    kept.write_text(kept.read_text().replace(digest, "f" * 64))
    assert DigestCache(kept).digest(film) == "f" * 64
    os.utime(film, ns=(OLD_NS, OLD_NS))
    assert DigestCache(kept).digest(film) == digest


def test_changed_content_is_seen_even_when_size_and_time_are_put_back(tmp_path: Path) -> None:
    film = tmp_path / "film"
    film.write_bytes(b"abc")
    os.utime(film, ns=(OLD_NS, OLD_NS))
    settle(film)
    cache = DigestCache(tmp_path / "digests.json")
    cache.digest(film)
    film.write_bytes(b"xyz")
    os.utime(film, ns=(OLD_NS, OLD_NS))
    assert cache.digest(film) == hashlib.sha256(b"xyz").hexdigest()


def test_file_that_has_just_changed_is_not_remembered(tmp_path: Path) -> None:
    film = tmp_path / "film"
    film.write_bytes(b"abc")
    cache = DigestCache(tmp_path / "digests.json")
    cache.digest(film)
    cache.save()
    assert not (tmp_path / "digests.json").exists()


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"version":2,"files":{}}', b'{"version":1,"files":{"a":[1]}}', b"\xff\xfe\x00"]
)
def test_corrupt_cache_counts_as_empty(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "digests.json").write_bytes(content)
    (tmp_path / "film").write_bytes(b"abc")
    assert DigestCache(tmp_path / "digests.json").digest(tmp_path / "film") == hashlib.sha256(b"abc").hexdigest()


def test_missing_film_is_a_machine_error(tmp_path: Path) -> None:
    with pytest.raises(MachineError):
        DigestCache(tmp_path / "digests.json").digest(tmp_path / "film")
