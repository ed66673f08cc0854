from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from babelreel.app.build import footage
from babelreel.app.build.footage import look_at_footage
from babelreel.media.probe.film import probe_media
from babelreel.model.film.media import MediaInfo
from babelreel.model.project import Project
from support.films import make_film

RATES = (Fraction(25), Fraction(25, 2))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(root=tmp_path, title="Film", slug="film")


@pytest.fixture
def film(tmp_path: Path) -> tuple[Path, MediaInfo]:
    path = make_film(tmp_path / "film.mp4", seconds=10, size="64x64", codec=("libx264", "-g", "25"))
    return path, probe_media(path, digest="d")


def test_a_film_is_read_once(project: Project, film: tuple[Path, MediaInfo], monkeypatch: pytest.MonkeyPatch) -> None:
    first = look_at_footage(project, *film, RATES)
    monkeypatch.setattr(footage, "read_footage", None)
    assert look_at_footage(project, *film, reversed(RATES)) == first
    assert [len(first[rate]) for rate in RATES] == [2, 2]


def test_another_grid_is_read_anew(project: Project, film: tuple[Path, MediaInfo]) -> None:
    path, info = film
    look_at_footage(project, path, info, RATES)
    found = look_at_footage(project, path, replace(info, shots=(100,)), RATES)
    assert [each.cell.end for each in found[Fraction(25)]] == [100, 250]


def test_a_damaged_note_is_no_note(project: Project, film: tuple[Path, MediaInfo]) -> None:
    first = look_at_footage(project, *film, RATES)
    (kept,) = project.notes_dir.glob("footage/*")
    kept.write_text(kept.read_text().replace("25", "x"))
    assert look_at_footage(project, *film, RATES) == first
