from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from babelreel.app.publish.history import History

resource = pytest.importorskip("resource", reason="Windows has no limits")


def test_half_of_a_publication_for_which_there_is_no_room_is_not_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "old"
    old.mkdir()
    (old / "a.vtt").write_bytes(b"small")
    (old / "b.mp4").write_bytes(bytes(200_000))

    def on_another_disk(*_paths: object) -> None:
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))

    monkeypatch.setattr(Path, "replace", on_another_disk)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, limits[1]))
    try:
        history = History(folder=tmp_path / "earlier")
        history.keep(old)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(history.folder.iterdir()) == []
    assert sorted(path.name for path in old.iterdir()) == ["a.vtt", "b.mp4"]


def test_a_pipe_with_the_name_of_something_half_written_stops_nothing(tmp_path: Path) -> None:
    history = History(folder=tmp_path / "earlier")
    history.folder.mkdir()
    os.mkfifo(history.folder / ".babelreel-000001")
    old = tmp_path / "old"
    old.mkdir()
    history.keep(old)
    assert [path.name for path in history.generations()] == ["000001"]
    history.sweep()
