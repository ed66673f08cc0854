"""Is a damaged earlier publication ever published, and is it in the way of anything that has nothing to do with it?

BABELREEL_CHAOS_RUNS says how many files are damaged one by one.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import babelreel.cli.build.build as _build  # noqa: F401 - what all runs load
import babelreel.cli.project.clean as _clean  # noqa: F401 - as above
import babelreel.cli.publish.rollback as _rollback  # noqa: F401 - as above
import babelreel.cli.publish.verify as _verify  # noqa: F401 - as above
from support.damages import DAMAGES, rewrite
from support.forked import forked
from support.projects import FR, babelreel, snapshot
from support.publications import EDITED, LEAST, copy_publication

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="only Unix forks")

RUNS = int(os.environ.get("BABELREEL_CHAOS_RUNS", "4"))


class Film:
    """A project that was published twice; it is as it was then after each ``restore``."""

    def __init__(self, folder: Path) -> None:
        self.root = copy_publication(folder / "film", LEAST)
        self.before = snapshot(self.root / "output")
        (self.root / "subtitles/fr.srt").write_text(EDITED, "utf-8")
        assert babelreel(self.root, "build").code == 0
        self.now = snapshot(self.root / "output")
        shutil.copytree(self.root, folder / "kept", symlinks=True)
        self._kept = folder / "kept"

    @property
    def earlier(self) -> Path:
        (folder,) = (self.root / ".babelreel/earlier").iterdir()
        return folder

    def restore(self) -> None:
        for name in ("output", ".babelreel/earlier", "subtitles"):
            place = self.root / name
            if place.is_dir() and not place.is_symlink():
                shutil.rmtree(place)
            else:
                place.unlink(missing_ok=True)
            shutil.copytree(self._kept / name, self.root / name, symlinks=True)

    def files(self) -> list[Path]:
        return sorted(path for path in self.earlier.rglob("*") if path.is_file() and not path.is_symlink())


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Film:
    return Film(tmp_path_factory.mktemp("earlier"))


def assert_taken_back_as_far_as_it_is_whole(film: Film, case: str) -> bool:
    """Roll back; tell whether that was done."""
    result = forked(film.root, "rollback")
    assert result.code in {0, 2, 3}, f"{case}: {result.err}"
    assert result.code == 0 or "earlier publication" in result.err, f"{case}: {result.err}"
    found = snapshot(film.root / "output")
    if result.code == 3:  # pages, and what describes the rest, speak of what is there
        lost = {path for path in film.before if path not in found}
        assert lost, case
        assert any(path in result.err for path in lost), case
        kept = {path for path in found if path.endswith((".mp4", ".vtt", ".srt", ".jpg"))}
        assert {path: found[path] for path in kept} == {path: film.before[path] for path in kept}, case
    else:
        assert found == (film.now if result.code else film.before), case
    assert forked(film.root, "verify").code == 0, case
    return result.code != 2


def test_what_is_damaged_is_never_published_again(film: Film) -> None:
    kinds = list(DAMAGES)
    for number in range(RUNS):
        film.restore()
        chance = random.Random(f"earlier {number}")  # noqa: S311 - it must come again
        files = [each for each in film.files() if each.stat().st_size]
        kind, path = kinds[number % len(kinds)], chance.choice(files)
        case = f"case {number}: {path.relative_to(film.root)}, {kind}"
        DAMAGES[kind](path, files, chance)
        assert_taken_back_as_far_as_it_is_whole(film, case)


def test_a_manifest_that_says_something_else_by_one_bit_is_not_believed(film: Film) -> None:
    film.restore()
    (path,) = (each for each in film.files() if each.name == "manifest.json")
    content = path.read_bytes()
    assert content.count(b'"fr/') > 1
    rewrite(path, content.replace(b'"fr/', b'"fv/', 1))  # "r" and "v" differ in one bit: it is JSON all the same
    assert not assert_taken_back_as_far_as_it_is_whole(film, "manifest")


def become_file(path: Path) -> None:
    shutil.rmtree(path)
    path.write_bytes(b"")


def become_pipe(path: Path) -> None:
    shutil.rmtree(path)
    os.mkfifo(path)


@pytest.mark.parametrize("damage", [become_file, become_pipe])
@pytest.mark.parametrize("level", [0, 1])
def test_what_stands_in_the_place_of_their_folder_hinders_no_build(
    film: Film, damage: Callable[[Path], None], level: int
) -> None:
    film.restore()
    damage(film.earlier / "000001" if level else film.earlier.parent)
    assert not assert_taken_back_as_far_as_it_is_whole(film, f"level {level}")
    (film.root / "subtitles/fr.srt").write_text(FR, "utf-8")
    result = forked(film.root, "build")
    assert result.code == 0, result.err
    assert snapshot(film.root / "output") == film.before
    assert forked(film.root, "verify").code == 0
    clean = forked(film.root, "clean")
    assert clean.code == 0, clean.err
