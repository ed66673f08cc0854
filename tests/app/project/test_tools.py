from __future__ import annotations

from pathlib import Path

import pytest

from babelreel.app.project.tools import usable_chromium
from babelreel.config.read import read_project
from babelreel.errors import MachineError


def test_a_chromium_that_failed_once_is_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "chromium"
    program.write_text(f"#!/bin/sh\ntest -e '{tmp_path}/memory' && echo Chromium 1.2.3\n")
    program.chmod(0o755)
    monkeypatch.setenv("BABELREEL_CHROMIUM", str(program))
    project = read_project(tmp_path)
    with pytest.raises(MachineError, match="cannot be run"):
        usable_chromium(project)
    (tmp_path / "memory").touch()
    found = usable_chromium(project)
    assert found is not None
    assert found.version == "Chromium 1.2.3"


def test_a_chromium_that_answered_is_not_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "chromium"
    program.write_text(f"#!/bin/sh\necho asked >> '{tmp_path}/asked'\necho Chromium 1.2.3\n")
    program.chmod(0o755)
    monkeypatch.setenv("BABELREEL_CHROMIUM", str(program))
    project = read_project(tmp_path)
    assert usable_chromium(project) == usable_chromium(project)
    assert (tmp_path / "asked").read_text("ascii") == "asked\n"
