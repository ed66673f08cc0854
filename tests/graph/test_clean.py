from __future__ import annotations

from pathlib import Path

import pytest

from babelreel.errors import LockedError
from babelreel.graph.clean import clean
from babelreel.graph.files import write_atomically
from babelreel.graph.folder_store import FolderStore
from babelreel.graph.lock import hold_project
from babelreel.graph.notes import Notes, Topic
from babelreel.model.project import NOTES


def fill(state: Path) -> None:
    store = FolderStore(state / "store")
    with store.workspace() as folder:
        (folder / "film").write_bytes(b"abc")
        store.add({"outputs": ["film"]}, {"film": folder / "film"})
    store.remember({"task": "key"})
    Notes(state / NOTES).keep(Topic(name="ffmpeg", version=1, read=str), "key", "9")
    for folder in (state, state / NOTES / "ffmpeg", next((state / "store" / "files").iterdir())):
        (folder / ".babelreel-0123456789abcdef").write_bytes(b"half")


def test_everything_that_we_made_goes(tmp_path: Path) -> None:
    fill(tmp_path / ".babelreel")
    (tmp_path / "video").mkdir()
    assert clean(tmp_path / ".babelreel") > len(b"abc")
    assert [each.name for each in tmp_path.iterdir()] == ["video"]


def test_what_somebody_else_put_there_stays(tmp_path: Path) -> None:
    fill(tmp_path)
    mine = tmp_path / "store/files/ab/notes.txt", tmp_path / "notes/ffmpeg/mine.json"
    for path in mine:
        path.parent.mkdir(exist_ok=True)
        path.write_text("mine")
    clean(tmp_path)
    assert {each for each in tmp_path.rglob("*") if each.is_file()} == {*mine}


def test_nothing_is_removed_under_a_running_build(tmp_path: Path) -> None:
    fill(tmp_path)
    with hold_project(tmp_path):
        before = sorted(tmp_path.rglob("*"))
        with pytest.raises(LockedError):
            clean(tmp_path)
        assert set(before) <= set(tmp_path.rglob("*"))


def test_what_earlier_versions_noted_goes_too_and_what_lies_beside_it_stays(tmp_path: Path) -> None:
    for name in ("probes/1.json", "tools/1.json", "digests.json", "last-build.json", "tools/notes.txt"):
        write_atomically(tmp_path / name, b"{}")
    assert clean(tmp_path) == 8
    assert [path.name for path in tmp_path.rglob("*")] == ["tools", "notes.txt"]


def test_clean_project_has_nothing_to_clean(tmp_path: Path) -> None:
    assert clean(tmp_path / ".babelreel") == 0
    assert not (tmp_path / ".babelreel").exists()
