from __future__ import annotations

from pathlib import Path

import pytest

from babelreel.errors import LockedError, MachineError
from babelreel.graph.lock import hold_project


def test_second_run_is_refused_while_the_first_holds_the_project(tmp_path: Path) -> None:
    state = tmp_path / ".babelreel"
    with hold_project(state):
        with pytest.raises(LockedError) as caught, hold_project(state):
            pass
        assert caught.value.exit_code == 5
        assert str(state) in caught.value.where
        assert caught.value.hint
    with hold_project(state):
        assert state.is_dir()


def test_lock_is_let_go_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(KeyError), hold_project(tmp_path):
        raise KeyError
    with hold_project(tmp_path):
        assert (tmp_path / "lock").exists()


def test_folder_that_cannot_be_made_is_a_machine_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(MachineError), hold_project(tmp_path / "file" / ".babelreel"):
        pass
