"""How often is a film decoded for what is kept of it?"""

from __future__ import annotations

from pathlib import Path

import pytest

from babelreel.app.project.fingerprints import known_fingerprint
from babelreel.app.project.look_closely import describe_film
from babelreel.app.project.master import known_film, look_at_film, open_digests, see_shots
from babelreel.app.retime.kept_films import present_fingerprint, remember_film
from babelreel.config.read import read_project
from babelreel.errors import ToolError
from babelreel.model.project import Project
from support.films import ffmpeg_of_tests, make_colour_cuts
from support.projects import make_project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    film = make_colour_cuts(tmp_path / "film.mp4", cuts=(17, 48), sound=True)
    return read_project(make_project(tmp_path / "project", film=film))


@pytest.fixture
def broken(tmp_path: Path) -> str:
    """Give an ffmpeg that decodes nothing: who needs it fails."""
    program = tmp_path / "ffmpeg"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    return str(program)


def test_the_pass_that_finds_the_shots_is_enough_for_the_fingerprint(project: Project, broken: str) -> None:
    _, info = describe_film(project)
    kept = known_fingerprint(remember_film(project, info, broken))
    assert kept is not None
    assert kept.frames == 68
    assert kept.digest == info.digest


def test_what_conform_has_looked_at_is_not_decoded_again(project: Project, broken: str) -> None:
    path, info = look_at_film(project, open_digests(project))
    with pytest.raises(ToolError):
        present_fingerprint(project, broken)
    taken = present_fingerprint(project, None)
    assert present_fingerprint(project, broken) == taken
    assert see_shots(project, path, info, Path(broken)).shots == (17, 48)
    assert known_fingerprint(remember_film(project, info, broken)) == taken


def test_a_film_whose_shots_a_build_has_found_keeps_them(project: Project) -> None:
    path, info = look_at_film(project, open_digests(project))
    see_shots(project, path, info, ffmpeg_of_tests().path)
    taken = present_fingerprint(project, None)
    assert describe_film(project)[1].shots == (17, 48)
    for note in project.notes_dir.glob("fingerprint/*"):
        note.write_bytes(b"{}")  # damaged
    assert present_fingerprint(project, None) == taken


def test_a_fingerprint_that_lies_there_is_not_taken_again(project: Project, broken: str) -> None:
    _, info = describe_film(project)
    path = remember_film(project, info, None)
    for note in project.notes_dir.glob("*/*"):
        note.unlink()
    content = path.read_bytes()
    describe_film(project)
    assert not list(project.notes_dir.glob("fingerprint/*"))
    assert known_film(project) == info
    assert remember_film(project, info, broken).read_bytes() == content
