"""Is every stored file that the disk damaged found when it is read, and made again?

BABELREEL_CHAOS_RUNS says how many files are damaged one by one; the whole of them takes some minutes.
"""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest

from support.projects import babelreel, snapshot
from support.publications import copy_publication

RUNS = int(os.environ.get("BABELREEL_CHAOS_RUNS", "5"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_publication(tmp_path_factory.mktemp("store") / "film")


@pytest.fixture
def root(built: Path, tmp_path: Path) -> Path:
    """A project whose store is whole and whose publication is gone: all that is stored has to be read."""
    copied = tmp_path / "film"
    shutil.copytree(built, copied, symlinks=True)
    shutil.rmtree(copied / "output")
    return copied


def luck(seed: int | str) -> random.Random:
    return random.Random(seed)  # noqa: S311 - damage, not a secret


def stored(root: Path) -> list[Path]:
    return sorted((root / ".babelreel/store/files").glob("??/*"))


def flip(path: Path, chance: random.Random) -> None:
    """Change one bit, as a failing disk does: size and times stay."""
    times = path.stat()
    content = bytearray(path.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.chmod(0o644)
    path.write_bytes(content)
    path.chmod(0o444)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def assert_whole(root: Path, built: Path) -> None:
    assert snapshot(root / "output") == snapshot(built / "output")
    assert babelreel(root, "verify", "--deep").code == 0


@pytest.mark.parametrize("seed", range(RUNS))
def test_a_file_with_one_flipped_bit_is_made_again(root: Path, built: Path, seed: int) -> None:
    files = [path for path in stored(root) if path.stat().st_size]
    flip(luck(seed).choice(files) if len(files) > RUNS else files[seed % len(files)], luck(seed))
    result = babelreel(root, "build")
    assert result.code == 0, result.err
    assert_whole(root, built)


def test_a_store_without_one_whole_file_is_made_again(root: Path, built: Path) -> None:
    for path in stored(root):
        if path.stat().st_size:
            flip(path, luck(path.name))
    result = babelreel(root, "build")
    assert result.code == 0, result.err
    assert "damaged on the disk, and " in result.err
    assert_whole(root, built)


def test_a_file_that_vanished_is_made_again(root: Path, built: Path) -> None:
    luck(1).choice(stored(root)).unlink()
    assert babelreel(root, "build").code == 0
    assert_whole(root, built)


@pytest.mark.parametrize("seed", range(RUNS))
def test_a_key_with_one_flipped_bit_is_a_key_of_nothing(root: Path, built: Path, seed: int) -> None:
    chance = luck(seed)
    flip(chance.choice(sorted((root / ".babelreel/store/keys").glob("??/*"))), chance)
    result = babelreel(root, "build")
    assert result.code == 0, result.err
    assert_whole(root, built)
