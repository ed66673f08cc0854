"""Is every library seen that the program may run with, wherever it is installed?"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from babelreel.app.project.program_files import program_files


def test_records_of_libraries_are_seen_in_every_place_and_nothing_else_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for name in ("first/numpy-2.1.dist-info", "first/numpy", "second/numpy-1.26.4.egg-info"):
        (tmp_path / name).mkdir(parents=True)
    (first / "notes.txt").write_text("", "utf-8")
    archive = tmp_path / "libraries.zip"
    archive.write_bytes(b"")
    places = [str(first), str(second), str(archive), str(tmp_path / "nowhere"), str(first)]
    monkeypatch.setattr(sys, "path", [*places, *sys.path])

    seen = [path for path in program_files() if path.is_relative_to(tmp_path)]

    assert seen == [first / "numpy-2.1.dist-info", second / "numpy-1.26.4.egg-info", archive]


def test_the_order_of_the_places_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    records = [tmp_path / name / "numpy-2.1.dist-info" for name in ("a", "b")]
    for record in records:
        record.mkdir(parents=True)
    usual = list(sys.path)
    for order in (records, records[::-1]):
        monkeypatch.setattr(sys, "path", [*(str(record.parent) for record in order), *usual])
        assert [path for path in program_files() if path in records] == order
