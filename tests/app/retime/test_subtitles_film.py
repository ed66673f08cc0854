"""Of which film are the subtitles, and who may say so?"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

import pytest

from babelreel.app.kept_versions import undo
from babelreel.app.project.fingerprints import fingerprint_path, subtitles_path
from babelreel.app.retime.plan import plan_moves, write_moves
from babelreel.app.retime.subtitles_film import known_owner, render_owner, said_to_fit
from babelreel.config.read import read_project
from babelreel.errors import NoSpaceError, UsageError
from babelreel.model.film.fingerprint import Fingerprint, pack_fingerprint
from babelreel.model.film.time_map import TimeMap
from babelreel.model.project import Project
from support.tracks import srt

OLD, NEW = b"the old film", b"the new film"


def digest(film: bytes) -> str:
    return sha256(film).hexdigest()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Give a project whose old film was probed, and in which the new one lies now."""
    for folder in ("subtitles", "video"):
        (tmp_path / folder).mkdir()
    (tmp_path / "subtitles" / "en.srt").write_text(srt((1000, 3000, "Call 112.")), "utf-8")
    (tmp_path / "video" / "master.mp4").write_bytes(NEW)
    project = read_project(tmp_path)
    nothing = {"pictures": b"", "contrasts": b"", "sounds": b"", "levels": b""}
    film = Fingerprint(digest=digest(OLD), duration_ms=1000, rate=Fraction(25), **nothing)
    fingerprint_path(project).write_bytes(pack_fingerprint(film))
    return project


def test_who_moves_all_by_hand_says_that_they_fit_and_undo_takes_that_back(project: Project) -> None:
    assert known_owner(project) is None
    assert said_to_fit(project) == digest(NEW)
    write_moves(project, replace(plan_moves(project, TimeMap.shifted(2000)), film=digest(NEW)), "shift --by=2s")
    assert known_owner(project) == digest(NEW)
    assert said_to_fit(project) is None
    undo(project)
    assert not subtitles_path(project).exists()
    assert said_to_fit(project) == digest(NEW)


def test_who_moves_nothing_may_say_so_too(project: Project) -> None:
    moves = replace(plan_moves(project, TimeMap.shifted(0)), film=digest(NEW))
    assert write_moves(project, moves, "shift --by=0s") == ()
    assert known_owner(project) == digest(NEW)
    with pytest.raises(UsageError, match="nothing to undo"):
        undo(project)


def test_nothing_is_said_of_a_film_that_is_not_there_or_of_which_nothing_is_kept(project: Project) -> None:
    film = project.root / "video" / "master.mp4"
    film.write_bytes(OLD)
    assert said_to_fit(project) is None
    film.unlink()
    assert said_to_fit(project) is None
    film.write_bytes(NEW)
    fingerprint_path(project).unlink()
    assert said_to_fit(project) is None


def test_where_nothing_can_be_written_they_are_still_of_the_old_film(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    subtitles_path(project).write_bytes(render_owner(digest(OLD)))

    def full(path: Path, _: bytes) -> None:
        raise NoSpaceError(what="The disk is full.", where=str(path))

    moves = replace(plan_moves(project, TimeMap.shifted(2000)), film=digest(NEW))
    rewrite = "babelreel.app.retime.plan.rewrite_atomically"
    monkeypatch.setattr(rewrite, full)
    with pytest.raises(NoSpaceError):
        write_moves(project, moves, "shift --by=2s")
    assert known_owner(project) == digest(OLD)


@pytest.mark.parametrize("content", [b"", b"<<<<<<< ours\n", b"[]", b'{"subtitles_are_of_film": 7}'])
def test_a_damaged_file_is_told_for_a_guess_may_move_all_twice(project: Project, content: bytes) -> None:
    subtitles_path(project).write_bytes(content)
    with pytest.raises(UsageError, match="nobody can tell of which film"):
        known_owner(project)
