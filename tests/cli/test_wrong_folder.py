"""A verb that is called in a wrong folder, or beside settings with another name, says so and leaves nothing behind."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from babelreel.system_errors import as_house_error
from support.projects import FR, babelreel

VERBS: tuple[tuple[str, ...], ...] = (
    *(("build",), ("check",), ("plan",), ("status",), ("probe",), ("verify",), ("pack", "whatsapp"), ("proof",)),
    *(("send", "fr"), ("receive", "fr.xlsx"), ("approve", "fr", "--by", "Amina"), ("undo",), ("clean",), ("serve",)),
    *(("studio", "--no-browser"), ("dub", "script"), ("dub", "takes"), ("dub", "report"), ("dub", "remember")),
    *(("withdraw", "fr"), ("rollback",), ("shift", "--by=1s"), ("stretch", "--by=25/24"), ("conform",)),
)


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_in_a_folder_that_is_no_project_nothing_is_done_and_the_project_near_it_is_named(
    verb: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "sintel film/subtitles").mkdir(parents=True)
    result = babelreel(tmp_path, *verb, seconds=30)
    assert (result.code, result.out) == (2, "")
    assert "This folder is not a project." in result.err
    assert '“sintel film”? Go there: cd "sintel film"' in result.err
    assert [path.name for path in tmp_path.iterdir()] == ["sintel film"]


def test_from_within_a_project_the_way_up_is_named(tmp_path: Path) -> None:
    (tmp_path / "babelreel.toml").write_text('title = "Rights"\n', "utf-8")
    (tmp_path / "subtitles").mkdir()
    assert "cd .." in babelreel(tmp_path / "subtitles", "build").err


def test_where_there_is_no_project_near_one_can_be_made(tmp_path: Path) -> None:
    (tmp_path / "a/b/c").mkdir(parents=True)
    assert "babelreel init my-film" in babelreel(tmp_path / "a/b/c", "build").err


def test_a_file_may_be_checked_anywhere(tmp_path: Path) -> None:
    (tmp_path / "fr.srt").write_text(FR, "utf-8")
    result = babelreel(tmp_path, "check", "fr.srt", "--fail-on", "error")
    assert result.code == 0, result.err


@pytest.mark.parametrize(
    "name", ["babelreel.toml.txt", "babelreel (1).toml", "babelreel.toml.toml", "Babelreel.TOML.txt"]
)
def test_settings_under_another_name_are_named(name: str, tmp_path: Path) -> None:
    (tmp_path / "subtitles").mkdir()
    (tmp_path / "subtitles/fr.srt").write_text(FR, "utf-8")
    (tmp_path / name).write_text('title = "Rights"\n', "utf-8")
    result = babelreel(tmp_path, "check")
    assert result.code == 2
    assert f"The settings are in “{name}”" in result.err
    assert "Rename it to babelreel.toml" in result.err


@pytest.mark.parametrize("name", ["babelreel.toml.bak2/x", "babelreel.toml.example", "babelreel.txt", "notes.toml"])
def test_other_files_are_no_settings(name: str, tmp_path: Path) -> None:
    (tmp_path / "subtitles").mkdir()
    (tmp_path / "subtitles/fr.srt").write_text(FR, "utf-8")
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("", "utf-8")
    assert babelreel(tmp_path, "check", "--fail-on", "error").code == 0


def test_a_file_where_a_folder_must_be_is_named_and_no_disk_is_blamed(tmp_path: Path) -> None:
    blocked = tmp_path / "output"
    blocked.touch()
    for error in (NotADirectoryError(errno.ENOTDIR, "Not a directory"), FileExistsError(errno.EEXIST, "File exists")):
        told = as_house_error(error, blocked / "fr" / "film.mp4")
        assert (told.what, told.where) == ("A file is where a folder must be.", str(blocked))
        assert "disk" not in told.hint
