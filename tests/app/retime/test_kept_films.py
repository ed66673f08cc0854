"""How often is a film decoded for what is kept of it?"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from babelreel.app.check.film_replaced import find_other_film
from babelreel.app.project.described_film import film_to_check
from babelreel.app.project.fingerprints import (
    before_path,
    earlier_path,
    fingerprint_path,
    kept_paths,
    known_fingerprint,
    subtitles_path,
)
from babelreel.app.project.look_closely import describe_film
from babelreel.app.project.master import known_film, look_at_film, open_digests, see_shots
from babelreel.app.project.subtitles_film import SubtitlesFilm, begin_owner, remember_built, render_owner
from babelreel.app.retime.kept_films import old_fingerprint, present_fingerprint, remember_film, settle
from babelreel.config.read import read_project
from babelreel.errors import ToolError, UsageError
from babelreel.graph.files import write_atomically
from babelreel.model.film.change.fingerprint import Fingerprint, pack_fingerprint
from babelreel.model.project import Project
from support.films import ffmpeg_of_tests, make_colour_cuts
from support.projects import make_project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    film = make_colour_cuts(tmp_path / "film.mp4", cuts=(17, 48), sound=True)
    return read_project(make_project(tmp_path / "project", film=film))


def test_what_was_noted_of_the_film_of_a_build_stands_for_the_old_one(project: Project) -> None:
    """Nobody ran "probe", and nobody said yet of which film the subtitles are."""
    digests = open_digests(project)
    _, info = look_at_film(project, digests)
    digests.save()
    noted = present_fingerprint(project, None)
    remember_built(project, info)
    make_colour_cuts(project.root / "video/master.mp4", cuts=(30, 61), sound=True)
    _, new = look_at_film(project, open_digests(project))
    assert old_fingerprint(project, None, new.digest, None) == (project.notes_dir, noted)
    other = find_other_film(project, film_to_check(project), None)
    assert other is not None
    assert (other.is_kept, other.call) == (True, "babelreel conform")
    # without the build nobody knows that the subtitles are of it
    for note in project.notes_dir.glob("built-film/*"):
        note.unlink()
    with pytest.raises(UsageError, match="babelreel does not know the earlier film"):
        old_fingerprint(project, None, new.digest, None)


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


def kept(digest: str) -> Fingerprint:
    """Give what is kept of some film."""
    return Fingerprint(
        digest=digest * 64, duration_ms=1000, rate=Fraction(25), pictures=b"", contrasts=b"", sounds=b"", levels=b""
    )


def known(project: Project) -> set[str]:
    return {found.digest[0] for path in kept_paths(project) if (found := known_fingerprint(path))}


@pytest.fixture
def of_two_films(project: Project) -> Project:
    """Give a project of which English is of film a, and French was moved to film b, which was probed."""
    fingerprint_path(project).write_bytes(pack_fingerprint(kept("b")))
    before_path(project).write_bytes(pack_fingerprint(kept("a")))
    begin_owner(project, SubtitlesFilm(film="a" * 64, others={"fr": "b" * 64}))
    return project


def test_no_film_is_lost_that_a_language_is_still_of_when_others_are_moved(of_two_films: Project) -> None:
    settle(of_two_films, kept("b"), kept("c"), SubtitlesFilm(film="a" * 64, others={"fr": "c" * 64}))
    assert known(of_two_films) == {"a", "b", "c"}
    write_atomically(subtitles_path(of_two_films), render_owner(SubtitlesFilm(film="a" * 64, others={"fr": "c" * 64})))
    assert old_fingerprint(of_two_films, None, "c" * 64, None) == (earlier_path(of_two_films, "a" * 64), kept("a"))
    assert old_fingerprint(of_two_films, None, "d" * 64, None, ("fr",))[1] == kept("c"), "that of the language"
    assert old_fingerprint(of_two_films, None, "d" * 64, None, ("en",))[1] == kept("a")
    settle(of_two_films, kept("a"), kept("c"), SubtitlesFilm(film="c" * 64))
    assert known(of_two_films) == {"a", "c"}
    assert len(kept_paths(of_two_films)) == 2


def test_a_third_film_that_is_probed_takes_the_place_of_none_that_a_language_is_of(of_two_films: Project) -> None:
    _, info = describe_film(of_two_films)
    remember_film(of_two_films, info, None)
    assert known(of_two_films) == {"a", "b", info.digest[0]}
    assert len(kept_paths(of_two_films)) == 3
