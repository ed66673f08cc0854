"""Are joined files kept once, where they are published, and never at the price of safety?"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest

from support.projects import babelreel, snapshot
from support.publications import copy_publication

FILMS = {"video", "archive"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_publication(tmp_path_factory.mktemp("kept") / "film")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_publication(tmp_path / "film")


def stored(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / ".babelreel/store/files").glob("??/*")}


def films(root: Path) -> dict[str, str]:
    """Give the digest of every film that is published, by its path."""
    files = json.loads((root / "output/manifest.json").read_text("utf-8"))["files"]
    return {each["path"]: each["sha256"] for each in files if each["role"] in FILMS}


def test_the_store_has_what_films_are_joined_from_and_not_the_films(built: Path) -> None:
    assert len(films(built)) == 7, "two sizes and the film of pages, in two languages, and an archive file"
    assert stored(built).keys().isdisjoint(films(built).values())


def test_what_somebody_does_to_a_published_film_never_reaches_the_store(root: Path) -> None:
    before, kept = snapshot(root / "output"), stored(root)
    for path in films(root):
        (root / "output" / path).chmod(0o644)
        with (root / "output" / path).open("rb+") as file:  # in place, as tools that synchronise folders do
            file.write(b"\0" * 4096)
    assert stored(root) == kept
    for digest, content in kept.items():
        assert hashlib.sha256(content).hexdigest() == digest

    result = babelreel(root, "build")

    assert result.code == 0, result.err
    assert snapshot(root / "output") == before
    assert stored(root).keys() == kept.keys()


def test_a_film_that_is_gone_is_all_that_is_joined_again(root: Path) -> None:
    before = snapshot(root / "output")
    gone = next(path for path in films(root) if path.endswith("fr.phone-360p.mp4"))
    (root / "output" / gone).unlink()
    (planned,) = babelreel(root, "plan", "--json").document["tasks"]
    assert (planned["name"], planned["reason"]) == (
        "file phone-360p fr",
        "its published file was changed or removed",
    )
    result = babelreel(root, "build")
    assert result.code == 0, result.err
    assert snapshot(root / "output") == before


def test_a_bit_that_flips_in_a_published_film_is_found_by_verify_and_put_right(root: Path) -> None:
    before = snapshot(root / "output")
    (path, *_) = (root / "output" / each for each in films(root))
    times = path.stat()
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert babelreel(root, "verify").code == 1
    result = babelreel(root, "build")
    assert result.code == 0, result.err
    assert snapshot(root / "output") == before
