"""An interpreter's film in ``video/signed/`` is published for the page of its language, if it goes with the film."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from shutil import copytree

import jsonschema
import pytest

from babelreel.delivery import manifest as manifest_writer
from support.films import make_film
from support.manifests import manifest
from support.projects import AR, FILES_ONLY, FR, babelreel, make_project

#: The film with the interpreter in its picture is small here.
SETTINGS = f'slug = "film"\n{FILES_ONLY}[renditions.signed-720p]\nenabled = true\nlong_px = 320\nshort_px = 180\n'
SIGNED, PICTURED = "fr/film.fr.signed.mp4", "fr/film.fr.signed-720p.mp4"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build French with an interpreter, and Arabic without one; nothing changes it."""
    root = make_project(tmp_path_factory.mktemp("signed") / "film", {"fr.srt": FR, "ar.srt": AR}, settings=SETTINGS)
    (root / "video/signed").mkdir()
    # 40 ms longer than the film: less than anybody sees
    make_film(root / "video/signed/fra.mov", seconds=Fraction(51, 25), size="240x320", picture="testsrc")
    result = babelreel(root, "build")
    assert result.code == 0, result.err
    return root


def copy_of(built: Path, folder: Path) -> Path:
    return Path(copytree(built, folder / "film"))


def test_it_is_published_small_and_without_sound(built: Path) -> None:
    (entry,) = [file for file in manifest(built)["files"] if file["role"] == "signed"]
    assert (entry["path"], entry["language"], entry["text"]) == (SIGNED, "fr", "none")
    assert (entry["width"], entry["height"], entry["duration"]) == (240, 320, 2.04)
    assert "mp4a" not in entry["mime"]
    schema = json.loads((Path(manifest_writer.__file__).parent / "manifest.schema.json").read_text("utf-8"))
    jsonschema.validate(manifest(built), schema)
    assert babelreel(built, "verify", "--deep").code == 0


def test_search_engines_are_told_of_it_on_that_page_alone(built: Path) -> None:
    told = {tag: '"signLanguage"' in (built / f"output/{tag}/index.html").read_text("utf-8") for tag in ("fr", "ar")}
    assert told == {"fr": True, "ar": False}


def test_an_edited_text_makes_nothing_of_it_anew(built: Path, tmp_path: Path) -> None:
    root = copy_of(built, tmp_path)
    (root / "subtitles/fr.srt").write_text(FR.replace("112", "114"), "utf-8")
    tasks = {task["name"] for task in babelreel(root, "plan", "--json").document["tasks"]}
    assert "captions fr" in tasks
    # where both are seen in one picture, the text is in it
    assert {name for name in tasks if "signed" in name} == {
        "picture signed-720p part 1 fr signed fr",
        "file signed-720p fr",
    }


def test_one_that_is_not_as_long_as_the_film_is_told_and_what_was_published_stays(built: Path, tmp_path: Path) -> None:
    root = copy_of(built, tmp_path)
    (root / "video/signed/fra.mov").unlink()
    make_film(root / "video/signed/fr.mp4", seconds=Fraction(5, 2), size="240x320")
    result = babelreel(root, "build")
    assert result.code == 3
    assert "it is 0.5 s longer than the film" in result.err
    assert "the earlier version stays: fr" in result.err
    for path in (SIGNED, PICTURED):
        assert (root / "output" / path).read_bytes() == (built / "output" / path).read_bytes()
    assert "signed-720p in fr is not made again: what is published of it stays" in result.err
    assert "signLanguage" in (root / "output/fr/index.html").read_text("utf-8")
    assert (root / "output/fr/film.fr.phone-360p.mp4").exists()


def test_a_file_that_is_no_film_takes_no_language_away(built: Path, tmp_path: Path) -> None:
    root = copy_of(built, tmp_path)
    (root / "video/signed/ar.mp4").write_bytes(b"no film")
    result = babelreel(root, "build")
    assert result.code == 3
    assert "published without its interpreter: ar" in result.err
    assert (root / "output" / SIGNED).exists()
    assert manifest(root)["status"] == "partial"


def test_an_interpreter_whose_disk_is_not_connected_stays(built: Path, tmp_path: Path) -> None:
    root = copy_of(built, tmp_path)
    before = (root / "output" / SIGNED).read_bytes()
    film = root / "video/signed/fra.mov"
    film.unlink()
    film.symlink_to("/nowhere/at/all.mov")
    for _ in range(2):
        result = babelreel(root, "build")
        assert result.code == 3
        assert "the link leads nowhere" in result.err
        assert "the earlier version stays: fr" in result.err
        assert (root / "output" / SIGNED).read_bytes() == before
        film.unlink(missing_ok=True)
        if film.parent.is_dir():
            film.parent.rmdir()
            film.parent.symlink_to("/nowhere/at/all")


def test_of_two_interpreters_none_is_taken(built: Path, tmp_path: Path) -> None:
    root = copy_of(built, tmp_path)
    (root / "video/signed/fr.mp4").write_bytes((root / "video/signed/fra.mov").read_bytes())
    result = babelreel(root, "build")
    assert result.code == 3
    assert "There are two films of an interpreter for fr." in result.err
    assert "the earlier version stays: fr" in result.err
    assert (root / "output" / SIGNED).exists()


def test_the_interpreter_of_a_language_that_waits_for_approval_is_no_stray_and_stays(
    built: Path, tmp_path: Path
) -> None:
    root = copy_of(built, tmp_path)
    with (root / "babelreel.toml").open("a", encoding="utf-8") as file:
        file.write('[publish]\nonly = "approved"\n')
    result = babelreel(root, "build")
    assert "nothing is made of it" not in result.err
    assert (root / "output" / SIGNED).exists()
    # nobody approved the text, but the interpreter took their word back: what is kept of French is kept without them
    with (root / "babelreel.toml").open("a", encoding="utf-8") as file:
        file.write("[consent.fr]\nsigner = false\n")
    babelreel(root, "build")
    assert not (root / "output" / SIGNED).exists()
    assert not (root / "output" / PICTURED).exists()
    assert "signLanguage" not in (root / "output/fr/index.html").read_text("utf-8")


def test_an_interpreter_who_has_not_agreed_is_not_published_and_that_is_told(built: Path, tmp_path: Path) -> None:
    root = copy_of(built, tmp_path)
    with (root / "babelreel.toml").open("a", encoding="utf-8") as file:
        file.write("[consent.fr]\nsigner = false\n")
    result = babelreel(root, "build")
    assert result.code == 3
    assert "The interpreter of fr is not published: they have not agreed." in result.err
    assert "published without its interpreter: fr" in result.err
    assert not (root / "output" / SIGNED).exists()
    assert not (root / "output" / PICTURED).exists()
    assert any(file["language"] == "fr" for file in manifest(root)["files"]), "the language itself stays"
    taken_back = babelreel(root, "rollback")
    assert taken_back.code == 2
    assert "has its interpreter, and the interpreter has not agreed" in taken_back.err
    assert not (root / "output" / SIGNED).exists()


def test_what_is_asked_for_of_the_films_sound_says_nothing_of_an_interpreters(built: Path, tmp_path: Path) -> None:
    root = copy_of(built, tmp_path)
    with (root / "babelreel.toml").open("a", encoding="utf-8") as file:
        file.write("[film]\nsound = 1\n")
    (root / "video/signed/fra.mov").unlink()
    make_film(root / "video/signed/fr.mp4", seconds=2, size="240x320", picture="testsrc", audio=None)
    result = babelreel(root, "build")
    assert "interpreter" not in result.err
    assert (root / "output" / SIGNED).exists()


def test_a_file_of_no_language_is_told(built: Path, tmp_path: Path) -> None:
    root = copy_of(built, tmp_path)
    (root / "video/signed/interpreter.mp4").write_bytes(b"")
    result = babelreel(root, "build")
    assert result.code == 0
    assert "video/signed/interpreter.mp4: nothing is made of it" in result.err


def test_of_one_that_is_taken_away_all_that_is_published_stays_and_that_is_told(built: Path, tmp_path: Path) -> None:
    root = copy_of(built, tmp_path)
    (root / "video/signed/fra.mov").unlink()
    result = babelreel(root, "build")
    assert result.code == 3
    assert "The film of the interpreter of fr is missing, and a published film shows them." in result.err
    for path in (SIGNED, PICTURED):
        assert (root / "output" / path).read_bytes() == (built / "output" / path).read_bytes()
    settings = (root / "babelreel.toml").read_text("utf-8")
    (root / "babelreel.toml").write_text(settings.replace("enabled = true", "enabled = false"), "utf-8")
    assert babelreel(root, "build").code == 0
    assert not list((root / "output").rglob("*signed*")), "nobody asks for it any more"
