"""Of which film are the subtitles, and who may say so?"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

import pytest

from babelreel.app.kept_versions import undo
from babelreel.app.project.fingerprints import fingerprint_path, subtitles_path
from babelreel.app.project.subtitles_film import (
    SubtitlesFilm,
    built_owner,
    known_owner,
    parse_owner,
    parts_of,
    presumed_owner,
    remember_built,
    render_owner,
    said_to_fit,
    shown_part,
)
from babelreel.app.retime.plan import Moves, plan_moves
from babelreel.app.retime.write_moves import write_moves
from babelreel.config.read import read_project
from babelreel.errors import NoSpaceError, UsageError
from babelreel.model.film.change.fingerprint import Fingerprint, pack_fingerprint
from babelreel.model.film.change.time_map import TimeMap
from babelreel.model.project import Project
from support.subjects import make_known_film
from support.tracks import srt

BAD_PART = b'{"subtitles_are_of_film": "%s", "but": {"fr": 7}}' % (b"a" * 64)
OLD, NEW = b"the old film", b"the new film"


def digest(film: bytes) -> str:
    return sha256(film).hexdigest()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Give a project whose old film was probed, and in which the new one lies now."""
    for folder in ("subtitles", "video"):
        (tmp_path / folder).mkdir()
    for tag in ("en", "fr"):
        (tmp_path / "subtitles" / f"{tag}.srt").write_text(srt((1000, 3000, "Call 112.")), "utf-8")
    (tmp_path / "video" / "master.mp4").write_bytes(NEW)
    project = read_project(tmp_path)
    probed(project)
    return project


def probed(project: Project) -> None:
    """Let the old film be the one that "probe" has seen."""
    nothing = {"pictures": b"", "contrasts": b"", "sounds": b"", "levels": b""}
    film = Fingerprint(digest=digest(OLD), duration_ms=1000, rate=Fraction(25), **nothing)
    fingerprint_path(project).write_bytes(pack_fingerprint(film))


def shifted(project: Project, by_ms: int, *tags: str) -> Moves:
    """Plan a shift as "babelreel shift" does."""
    moves = plan_moves(project, TimeMap.shifted(by_ms), tags)
    return replace(moves, owner=said_to_fit(project, tags))


def test_who_moves_all_by_hand_says_that_they_fit_and_undo_takes_that_back(project: Project) -> None:
    assert known_owner(project) is None
    write_moves(project, shifted(project, 2000), "shift --by=2s")
    assert known_owner(project) == SubtitlesFilm(film=digest(NEW))
    assert said_to_fit(project) is None
    undo(project)
    assert known_owner(project) == SubtitlesFilm(film=digest(OLD))
    assert said_to_fit(project) is not None


def test_who_moves_nothing_may_say_so_too_and_take_it_back(project: Project) -> None:
    assert write_moves(project, shifted(project, 0), "shift --by=0s") == ()
    assert known_owner(project) == SubtitlesFilm(film=digest(NEW))
    undo(project)
    assert known_owner(project) == SubtitlesFilm(film=digest(OLD))


@pytest.mark.parametrize(
    ("tables", "expected"),
    [
        (("sign",), "the words in the picture"),
        (("chapter",), "the chapters"),
        (("chapter", "sign"), "the chapters and the words in the picture"),
    ],
)
def test_what_has_times_in_the_settings_is_called_what_it_is(
    project: Project, tables: tuple[str, ...], expected: str
) -> None:
    written = {
        "sign": '[[sign]]\nname = "court"\nfrom = "0:01"\nto = "0:03"\ntext = { en = "Court" }\n',
        "chapter": '[[chapter]]\nstart = "0:01"\ntitle = { en = "Court" }\n',
    }
    (project.root / "babelreel.toml").write_text("".join(written[each] for each in tables), "utf-8")
    found = read_project(project.root)
    assert [shown_part(found, part) for part in parts_of(found)] == ["en", "fr", expected]


@pytest.fixture
def built(project: Project) -> Project:
    """Give a project of ten lines in each language that was built with the old film and never probed."""
    fingerprint_path(project).unlink()
    timed(project, "en", 0)
    timed(project, "fr", 0)
    remember_built(project, replace(make_known_film(), digest=digest(OLD)))
    return project


def timed(project: Project, tag: str, *later_ms: int) -> None:
    """Write ten lines, one every two seconds, later by these in turn, the last of them for all that follow."""
    by_ms = [*later_ms, *[later_ms[-1]] * (10 - len(later_ms))]
    lines = ((2000 * at + by, 2000 * at + by + 1500, "Call 112.") for at, by in enumerate(by_ms))
    (project.root / "subtitles" / f"{tag}.srt").write_text(srt(*lines), "utf-8")


def test_of_which_film_a_language_is_that_was_timed_anew_since_the_build_is_told_of_it_alone(built: Project) -> None:
    assert presumed_owner(built, digest(NEW)) == built_owner(built, digest(NEW)) == SubtitlesFilm(film=digest(OLD))
    timed(built, "en", 700)
    expected = SubtitlesFilm(film=digest(OLD), others={"en": digest(NEW)})
    assert presumed_owner(built, digest(NEW)) == built_owner(built, digest(NEW)) == expected
    timed(built, "fr", 0, 0, 0, 0, 0, 700)  # a scene came in
    assert presumed_owner(built, digest(NEW)) is built_owner(built, digest(NEW)) is None


def test_in_a_project_that_was_probed_too_each_language_is_told_of_by_itself(built: Project) -> None:
    probed(built)
    timed(built, "en", 700)
    assert presumed_owner(built, digest(NEW)) == SubtitlesFilm(film=digest(OLD), others={"en": digest(NEW)})
    assert presumed_owner(built, digest(OLD)) == SubtitlesFilm(film=digest(OLD))
    timed(built, "fr", 700)  # nothing is known of a film for all of them, but that it was probed
    assert presumed_owner(built, digest(NEW)) == SubtitlesFilm(film=digest(OLD))


def test_a_line_that_was_corrected_does_not_make_a_language_one_of_another_film(built: Project) -> None:
    timed(built, "en", 0, 0, 300, 0)
    assert built_owner(built, digest(NEW)) == SubtitlesFilm(film=digest(OLD))
    timed(built, "en", 0, 0, 300, 300, 0)
    assert built_owner(built, digest(NEW)) == SubtitlesFilm(film=digest(OLD), others={"en": digest(NEW)})


def test_one_language_may_be_moved_by_hand_before_the_others(project: Project) -> None:
    write_moves(project, shifted(project, 2000, "fr"), "shift fr --by=2s")
    assert known_owner(project) == SubtitlesFilm(film=digest(OLD), others={"fr": digest(NEW)})
    assert said_to_fit(project, ["fr"]) is None  # what is corrected later is no news
    undo(project)
    assert known_owner(project) == SubtitlesFilm(film=digest(OLD))
    for tag in ("fr", "en"):
        write_moves(project, shifted(project, 2000, tag), f"shift {tag} --by=2s")
    assert known_owner(project) == SubtitlesFilm(film=digest(NEW))


def test_what_undo_leaves_stays_of_the_film_that_it_was_moved_to(project: Project) -> None:
    write_moves(project, shifted(project, 2000), "shift --by=2s")
    french = project.root / "subtitles" / "fr.srt"
    moved = french.read_text("utf-8")
    french.write_text(moved.replace("112", "113"), "utf-8")
    done = undo(project)
    assert [path for path, _ in done.left] == ["subtitles/fr.srt"]
    assert known_owner(project) == SubtitlesFilm(film=digest(OLD), others={"fr": digest(NEW)})
    with pytest.raises(UsageError, match="changed since"):
        undo(project)
    french.write_text(moved, "utf-8")  # the edit is given up
    assert "subtitles/fr.srt" in undo(project).restored
    assert known_owner(project) == SubtitlesFilm(film=digest(OLD))


def test_with_films_outside_of_the_project_it_lies_where_undo_finds_it(tmp_path: Path) -> None:
    root, films = tmp_path / "project", tmp_path / "films"
    (root / "subtitles").mkdir(parents=True)
    films.mkdir()
    (root / "subtitles" / "en.srt").write_text(srt((1000, 3000, "Call 112.")), "utf-8")
    (root / "babelreel.toml").write_text('[paths]\nvideo = "../films"\n', "utf-8")
    (films / "master.mp4").write_bytes(NEW)
    project = read_project(root)
    probed(project)
    write_moves(project, shifted(project, 2000), "shift --by=2s")
    assert known_owner(project) == SubtitlesFilm(film=digest(NEW))
    assert subtitles_path(project) == root / "master.subtitles.json"
    assert [path.name for path in films.iterdir() if path.suffix == ".json"] == []
    undo(project)
    assert known_owner(project) == SubtitlesFilm(film=digest(OLD))


@pytest.mark.parametrize("others", [{}, {"fr": "b" * 64, "[[chapter]]": "c" * 64}])
def test_what_was_written_is_read_again(others: dict[str, str]) -> None:
    film = SubtitlesFilm(film="a" * 64, others=others)
    assert parse_owner(render_owner(film)) == film


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
    subtitles_path(project).write_bytes(render_owner(SubtitlesFilm(film=digest(OLD))))

    def full(path: Path, _: bytes) -> None:
        raise NoSpaceError(what="The disk is full.", where=str(path))

    moves = shifted(project, 2000)
    rewrite = "babelreel.app.retime.write_moves.rewrite_atomically"
    monkeypatch.setattr(rewrite, full)
    with pytest.raises(NoSpaceError):
        write_moves(project, moves, "shift --by=2s")
    assert known_owner(project) == SubtitlesFilm(film=digest(OLD))


@pytest.mark.parametrize("content", [b"", b"<<<<<<< ours\n", b"[]", b'{"subtitles_are_of_film": 7}', BAD_PART])
def test_a_damaged_file_is_told_for_a_guess_may_move_all_twice(project: Project, content: bytes) -> None:
    subtitles_path(project).write_bytes(content)
    with pytest.raises(UsageError, match="not clear which film"):
        known_owner(project)
