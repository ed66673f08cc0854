from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from babelreel.errors import MachineError, NoSpaceError
from babelreel.media.picture.shots import find_shots
from babelreel.media.probe.film import probe_media
from babelreel.media.programs import temporary_folder as module
from babelreel.media.programs.locate import Ffmpeg
from babelreel.media.programs.temporary_folder import temporary_folder
from support.films import make_colour_cuts


@pytest.fixture(autouse=True)
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the system keeps temporary files: one of this test alone."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def files_below(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and path.name not in {"claim", "owner"})


def test_a_folder_is_empty_and_gone_afterwards(system: Path) -> None:
    with temporary_folder() as folder:
        assert folder.is_relative_to(system)
        assert list(folder.iterdir()) == []
        (folder / "a").write_bytes(b"1")
    assert not folder.exists()
    assert list(files_below(system)) == []


@pytest.mark.parametrize("again", ["with temporary_folder(): pass", "sweep_temporary_folders()"])
def test_what_a_killed_run_left_is_removed_by_the_next(system: Path, again: str) -> None:
    program = """
import os, signal
from babelreel.media.programs.temporary_folder import temporary_folder
with temporary_folder() as folder:
    (folder / "half.f32").write_bytes(b"1")
    os.kill(os.getpid(), signal.SIGKILL)
"""
    killed = subprocess.run([sys.executable, "-c", program], env={**os.environ, "TMPDIR": str(system)}, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert [path.name for path in files_below(system)] == ["half.f32"]
    # the folders of a process are looked through when it asks for its first one
    again = f"from babelreel.media.programs.temporary_folder import *\n{again}"
    subprocess.run([sys.executable, "-c", again], env={**os.environ, "TMPDIR": str(system)}, check=True)
    assert list(files_below(system)) == []


def full(_folder: Path) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_shots_of_which_the_disk_took_only_some_are_none(
    ffmpeg: Ffmpeg, tmp_path: Path, system: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    film = make_colour_cuts(tmp_path / "film.mp4", cuts=(17, 48))
    info = probe_media(film, digest="00")
    monkeypatch.setattr(module, "_prove_room", full)
    with pytest.raises(NoSpaceError) as caught:
        find_shots(ffmpeg.path, film, info)
    assert caught.value.where == str(system)


def test_a_full_disk_is_told_with_the_folder_that_the_system_names(system: Path) -> None:
    with pytest.raises(NoSpaceError) as caught, temporary_folder() as folder:
        raise OSError(errno.ENOSPC, "No space left on device", str(folder / "a"))
    assert caught.value.where == str(system)


def test_another_disk_that_is_full_keeps_its_name(tmp_path: Path) -> None:
    with pytest.raises(NoSpaceError) as caught, temporary_folder():
        raise NoSpaceError(what="The disk is full.", where=str(tmp_path / "guide.flac"))
    assert caught.value.where == str(tmp_path / "guide.flac")


def test_a_fault_of_the_work_is_no_fault_of_the_disk() -> None:
    with pytest.raises(FileNotFoundError), temporary_folder():
        raise FileNotFoundError(errno.ENOENT, "No such file", "film.mp4")


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="each user has temporary files of his own here")
def test_a_folder_that_somebody_else_made_is_refused(system: Path, tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    (system / f"babelreel-{os.getuid()}").symlink_to(tmp_path / "theirs")
    with pytest.raises(MachineError, match="not ours"), temporary_folder():
        pass
