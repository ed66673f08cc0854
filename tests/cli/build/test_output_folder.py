"""Is nothing written where the folder for the web team must not be, and nothing of somebody else's touched?"""

from __future__ import annotations

from pathlib import Path

import pytest

from support.projects import FILES_ONLY, FR, babelreel, make_project, snapshot

SETTINGS = f"{FILES_ONLY}pages = false\n[renditions.web-720p]\nenabled = false\n"


def make(root: Path, output: str = "output") -> Path:
    return make_project(root, {"fr.srt": FR}, settings=f'{SETTINGS}[paths]\noutput = "{output}"\n')


@pytest.mark.parametrize(
    "output",
    [
        ".",
        "video",
        "subtitles",
        ".git",
        ".git/hooks",
        ".babelreel",
        ".babelreel/store",
        "../elsewhere",
        "video/out",
        "a/..",
    ],
)
def test_a_setting_cannot_make_any_folder_the_one_that_is_published(tmp_path: Path, output: str) -> None:
    refuses(make(tmp_path / "film", output), "build")


@pytest.mark.parametrize(
    "call", [["serve", "--no-browser"], ["clean", "--output"], ["verify"], ["withdraw", "fr"], ["rollback"]]
)
def test_no_verb_reads_or_writes_in_such_a_folder(tmp_path: Path, call: list[str]) -> None:
    refuses(make(tmp_path / "film", "../elsewhere"), *call)


def refuses(root: Path, *call: str) -> None:
    before = snapshot(root.parent)
    result = babelreel(root, *call)
    assert result.code == 2, result.err
    assert "Nothing is published in" in result.err
    assert snapshot(root.parent) == before


def test_a_link_that_leads_out_of_the_project_is_no_folder_of_it(tmp_path: Path) -> None:
    root = make(tmp_path / "film")
    (tmp_path / "elsewhere").mkdir()
    (root / "output").symlink_to(tmp_path / "elsewhere")
    assert babelreel(root, "build").code == 2
    assert snapshot(tmp_path / "elsewhere") == {}


def test_a_folder_that_is_named_in_the_call_may_be_anywhere(tmp_path: Path) -> None:
    root = make(tmp_path / "film", "../elsewhere")
    result = babelreel(root, "build", "--output", str(tmp_path / "site"))
    assert result.code == 0, result.err
    assert (tmp_path / "site/manifest.json").is_file()
    assert not (tmp_path / "elsewhere").exists()
    assert babelreel(root, "verify", str(tmp_path / "site")).code == 0
    assert babelreel(root, "withdraw", "fr", "--output", str(tmp_path / "site")).code == 0
    assert not (tmp_path / "site/fr").exists()
    assert babelreel(root, "rollback", "--output", str(tmp_path / "site")).code == 0
    assert (tmp_path / "site/fr/film.fr.vtt").is_file()


@pytest.mark.parametrize("name", ["fr/film.fr.vtt", "fr", "manifest.json", "SHA256SUMS"])
def test_a_file_that_no_manifest_lists_is_never_overwritten(tmp_path: Path, name: str) -> None:
    root = make(tmp_path / "film")
    mine = root / "output" / name
    mine.parent.mkdir(parents=True)
    mine.write_text('{"name": "mine"}', "utf-8")
    result = babelreel(root, "build")
    assert result.code == 2
    assert "Files are in the way" in result.err
    assert snapshot(root / "output") == {name: b'{"name": "mine"}'}


def test_a_file_that_no_manifest_lists_is_never_removed(tmp_path: Path) -> None:
    root = make(tmp_path / "film")
    assert babelreel(root, "build").code == 0
    (root / "output/fr/mine.html").write_text("mine")
    (root / "output/index.html").write_text("mine")  # the project wants no pages
    assert babelreel(root, "clean", "--output").code == 0
    assert snapshot(root / "output") == {"fr/mine.html": b"mine", "index.html": b"mine"}


def test_nothing_is_written_through_a_link_in_the_folder(tmp_path: Path) -> None:
    root = make(tmp_path / "film")
    (tmp_path / "elsewhere").mkdir()
    (root / "output").mkdir()
    (root / "output/fr").symlink_to(tmp_path / "elsewhere")
    result = babelreel(root, "build")
    assert result.code == 2
    assert "link" in result.err
    assert snapshot(tmp_path / "elsewhere") == {}


def test_a_link_in_the_place_of_a_published_file_is_replaced_and_not_followed(tmp_path: Path) -> None:
    root = make(tmp_path / "film")
    assert babelreel(root, "build").code == 0
    published = root / "output/fr/film.fr.srt"
    other = tmp_path / "precious.srt"
    other.write_bytes(published.read_bytes())
    published.unlink()
    published.symlink_to(other)
    (root / "subtitles/fr.srt").write_text(FR.replace("112", "101"), "utf-8")
    assert babelreel(root, "build").code == 0
    assert not published.is_symlink()
    assert b"101" in published.read_bytes()
    assert b"112" in other.read_bytes()


@pytest.mark.parametrize(
    ("option", "folder", "why"),
    [
        ("--output", "subtitles", "it is your folder of subtitles"),
        ("--output", "video/out", "it lies in your folder of films"),
        ("--output", "type", "it is your folder of fonts"),
        ("--output", "..", "the project lies in it"),
        ("--publish", "subtitles", "it is your folder of subtitles"),
    ],
)
def test_a_call_cannot_publish_among_what_the_project_is_made_of(
    tmp_path: Path, option: str, folder: str, why: str
) -> None:
    root = make_project(tmp_path / "film", {"fr.srt": FR}, settings=f'{SETTINGS}[language.fr]\nfont = "type/own.ttf"\n')
    before = snapshot(tmp_path)
    result = babelreel(root, "build", option, str(root / folder))
    assert result.code == 2, result.err
    assert why in result.err
    assert f"Choose another one for {option}." in result.err
    assert snapshot(tmp_path) == before
