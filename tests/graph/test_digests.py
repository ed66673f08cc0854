from __future__ import annotations

import hashlib
import os
import tempfile
import time
from pathlib import Path

import pytest

from babelreel.errors import MachineError
from babelreel.graph.digests import DigestCache, disk_time_ns
from babelreel.graph.notes import Notes

OLD_NS = 1_500_000_000 * 10**9


def settle(path: Path) -> None:
    """Wait until the file's change lies so far back that the cache believes in it."""
    while time.time_ns() - path.stat().st_ctime_ns < 2_100_000_000:
        time.sleep(0.05)


def test_settled_file_is_not_read_again_and_a_touched_one_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    film, notes = tmp_path / "film", Notes(tmp_path / "notes")
    film.write_bytes(b"abc")
    settle(film)
    cache = DigestCache(notes)
    digest = cache.digest(film)
    cache.save()
    # a wrong digest shows that the file was read
    monkeypatch.setattr("babelreel.graph.digests.digest_file", lambda _: "f" * 64)
    assert DigestCache(notes).digest(film) == digest
    os.utime(film, ns=(OLD_NS, OLD_NS))
    assert DigestCache(notes).digest(film) == "f" * 64


def test_changed_content_is_seen_even_when_size_and_time_are_put_back(tmp_path: Path) -> None:
    film = tmp_path / "film"
    film.write_bytes(b"abc")
    os.utime(film, ns=(OLD_NS, OLD_NS))
    settle(film)
    cache = DigestCache(Notes(tmp_path / "notes"))
    cache.digest(film)
    film.write_bytes(b"xyz")
    os.utime(film, ns=(OLD_NS, OLD_NS))
    assert cache.digest(film) == hashlib.sha256(b"xyz").hexdigest()


def test_file_that_has_just_changed_is_not_remembered(tmp_path: Path) -> None:
    film = tmp_path / "film"
    film.write_bytes(b"abc")
    cache = DigestCache(Notes(tmp_path / "notes"))
    cache.digest(film)
    cache.save()
    assert not (tmp_path / "notes").exists()


def test_missing_film_is_a_machine_error(tmp_path: Path) -> None:
    with pytest.raises(MachineError):
        DigestCache(Notes(tmp_path / "notes")).digest(tmp_path / "film")


def test_file_that_has_just_changed_is_not_remembered_on_a_disk_whose_clock_lags(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    film, ours = tmp_path / "film", time.time_ns
    film.write_bytes(b"abc")
    monkeypatch.setattr(time, "time_ns", lambda: ours() + 3600 * 10**9)  # the disk is an hour behind
    cache = DigestCache(Notes(tmp_path / "notes"))
    cache.digest(film)
    cache.save()
    assert not (tmp_path / "notes").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["film"]


def test_a_disk_that_says_no_time_is_asked_by_our_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_options: object) -> None:
        raise PermissionError

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    before_ns = time.time_ns()
    assert before_ns <= disk_time_ns(tmp_path / "not" / "there") <= time.time_ns()
