"""A recording or an interpreter's film that was made for the film before is told until another one lies there."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copytree

import pytest

from support.films import make_film
from support.projects import AR, FILES_ONLY, FR, babelreel, make_project
from support.sounds import tone, write_wave

SETTINGS = (
    f'slug = "film"\nreference = "fr"\n{FILES_ONLY}'
    "[renditions.web-720p]\nenabled = false\n[renditions.signed-720p]\nenabled = true\nlong_px = 320\nshort_px = 180\n"
)
SIGNED, PICTURED = "fr/film.fr.signed.mp4", "fr/film.fr.signed-720p.mp4"
STAYED = ("video/signed/fr.mp4", "video/stems/ar.wav", "video/stems/fr.ad.wav", "video/stems/me.wav")


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a film, replace it by another one of the same length, and move the lines to that."""
    root = make_project(tmp_path_factory.mktemp("stayed") / "film", {"fr.srt": FR, "ar.srt": AR}, settings=SETTINGS)
    for folder in ("signed", "stems"):
        (root / "video" / folder).mkdir()
    make_film(root / STAYED[0], seconds=2, size="160x90", picture="testsrc")
    for path in STAYED[1:]:
        write_wave(root / path, tone(2))
    assert babelreel(root, "probe").code == 0
    babelreel(root, "build")
    assert all((root / "output" / path).exists() for path in (SIGNED, PICTURED))
    make_film(root / "video/master.mp4", seconds=2, size="320x180", picture="testsrc")
    done = babelreel(root, "shift", "--by=-40ms")
    assert done.code == 0, done.err
    for path in STAYED:
        assert path in done.out
    assert "video/signed/fr.mp4, the film of an\n  interpreter" in done.out
    assert babelreel(root, "probe").code == 0
    return root


@pytest.fixture
def root(moved: Path, tmp_path: Path) -> Path:
    return Path(copytree(moved, tmp_path / "film"))


def told(root: Path) -> set[str]:
    """List what check says was made for the film before."""
    findings = babelreel(root, "check", "--select=FIL005", "--format=json").document["findings"]
    return {finding["path"] for finding in findings}


def test_they_are_told_and_no_interpreter_is_published_until_the_files_change(root: Path) -> None:
    assert told(root) == set(STAYED)
    said = " ".join(babelreel(root, "status").out.split())
    assert all(f"{path}: it was made for the earlier film" in said for path in STAYED)
    for _ in range(2):
        built = babelreel(root, "build")
        assert built.code == 3
        assert "The interpreter of fr is not published: it would not be in step with the film." in built.err
        assert "published without its interpreter: fr" in built.err
        assert not any((root / "output" / path).exists() for path in (SIGNED, PICTURED))
        assert all(f"{path}: it was made for the earlier film" in built.err for path in STAYED[1:])
    assert "signLanguage" not in (root / "output/fr/index.html").read_text("utf-8")

    make_film(root / STAYED[0], seconds=2, size="160x90")
    write_wave(root / STAYED[1], tone(2, hz=300))
    assert told(root) == set(STAYED[2:])
    babelreel(root, "build")
    assert (root / "output" / SIGNED).exists()
    assert (root / "output" / PICTURED).exists()


def test_whoever_knows_that_they_fit_says_so_and_can_take_it_back(root: Path) -> None:
    done = babelreel(root, "shift", "ar", "--by=0s")
    assert "it is noted that these files fit this film" in done.err
    assert "fits this film: video/stems/ar.wav" in done.out
    assert told(root) == set(STAYED) - {STAYED[1]}
    assert babelreel(root, "undo").code == 0
    assert told(root) == set(STAYED)
    assert babelreel(root, "shift", "--by=0s").code == 0
    assert told(root) == set()
    assert "nothing was written" in babelreel(root, "shift", "--by=0s").err


def test_undo_and_the_return_of_the_old_film_make_them_right_again(root: Path) -> None:
    new = (root / "video/master.mp4").read_bytes()
    make_film(root / "video/master.mp4", seconds=2, size="320x180")
    assert babelreel(root, "shift", "--by=+40ms").code == 0
    assert told(root) == set()
    # and wrong again with the other one, though nobody made them for the film that lay there between
    (root / "video/master.mp4").write_bytes(new)
    assert babelreel(root, "shift", "--by=-40ms").code == 0
    assert told(root) == set(STAYED)
    for _ in range(3):
        assert babelreel(root, "undo").code == 0
    assert "made_for_another_film" not in (root / "video/master.subtitles.json").read_text("utf-8")


def test_without_the_film_they_are_told_as_well(root: Path) -> None:
    (root / "video/master.mp4").unlink()
    assert told(root) == set(STAYED)


def test_one_language_after_the_other_leaves_none_out(root: Path) -> None:
    assert babelreel(root, "undo").code == 0
    assert told(root) == set()
    assert babelreel(root, "shift", "fr", "--by=-40ms").code == 0
    assert told(root) == {"video/signed/fr.mp4", "video/stems/fr.ad.wav"}
    assert babelreel(root, "shift", "ar", "--by=-40ms").code == 0
    assert told(root) == set(STAYED)
    noted = json.loads((root / "video/master.subtitles.json").read_bytes())["made_for_another_film"]
    assert noted.keys() == set(STAYED)


def test_one_of_another_length_takes_the_published_one_away_with_the_film_that_it_stood_beside(root: Path) -> None:
    assert babelreel(root, "undo").code == 0
    make_film(root / "video/master.mp4", seconds=3, size="320x180")
    built = babelreel(root, "build")
    assert "it is 1.0 s shorter than the film" in built.err
    assert not (root / "output" / SIGNED).exists()
    assert (root / "output" / PICTURED).exists()  # it has its own film in it
