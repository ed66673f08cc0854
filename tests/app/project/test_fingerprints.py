from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from babelreel.app.project.fingerprints import before_path, beside, fingerprint_path, known_fingerprint
from babelreel.config.read import read_project
from support.films import SAMPLE_FILM
from support.places import REPOSITORY


def test_what_is_kept_of_the_sample_is_about_the_sample() -> None:
    kept = known_fingerprint(fingerprint_path(read_project(REPOSITORY)))
    assert kept is not None
    assert kept.digest == sha256(SAMPLE_FILM.read_bytes()).hexdigest()
    assert (kept.duration_ms, kept.frames) == (87_880, 2197)


def test_a_fingerprint_lies_beside_the_description_and_that_of_the_version_before_too(tmp_path: Path) -> None:
    (tmp_path / "video").mkdir()
    (tmp_path / "video" / "my film.mov").touch()
    project = read_project(tmp_path)
    assert fingerprint_path(project) == tmp_path / "video" / "my film.fingerprint"
    assert before_path(project) == tmp_path / "video" / "my film.before.fingerprint"
    assert beside(tmp_path / "video" / "my film.probe.json") == fingerprint_path(project)


def test_what_is_no_fingerprint_is_as_none(tmp_path: Path) -> None:
    assert known_fingerprint(tmp_path / "missing.fingerprint") is None
    (tmp_path / "other.fingerprint").write_bytes(b"\x00\xff\n")
    assert known_fingerprint(tmp_path / "other.fingerprint") is None
    (tmp_path / "folder.fingerprint").mkdir()
    assert known_fingerprint(tmp_path / "folder.fingerprint") is None
