"""What if the system does not list the earlier publications?"""

from __future__ import annotations

from pathlib import Path

import pytest

from babelreel.app.publish.history import History


def test_a_folder_that_is_refused_costs_nothing_that_was_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    history, old = History(folder=tmp_path / "earlier"), tmp_path / "old"
    old.mkdir()
    (old / "a.txt").write_text("a", "utf-8")

    def refuse(_folder: Path) -> None:
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(Path, "iterdir", refuse)
        history.keep(old)
    assert [(each / "a.txt").read_text("utf-8") for each in history.generations()] == ["a"]
