"""Does a fix never write over what somebody else did meanwhile?"""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from babelreel.app.check.fixed_tracks import repair_project, write_repaired
from babelreel.app.kept_versions import undo
from babelreel.app.project.described_film import FilmToCheck
from babelreel.app.project.subtitles_film import SubtitlesFilm, begin_owner, known_owner
from babelreel.config.read import read_project
from babelreel.errors import LockedError, UsageError
from babelreel.graph.files import rewrite_atomically
from babelreel.model.project import Project
from babelreel.report.findings.wording import not_checked
from support.subjects import make_known_film
from support.tracks import srt


def test_a_file_that_was_changed_meanwhile_is_left_as_it_is_and_so_are_the_others(tmp_path: Path) -> None:
    (tmp_path / "subtitles").mkdir()
    for tag in ("fr", "en"):
        (tmp_path / "subtitles" / f"{tag}.srt").write_text(srt("Un  avocat."), "utf-8")
    project = read_project(tmp_path)
    repaired = repair_project(project)
    assert repaired.repaired == 2
    (tmp_path / "subtitles" / "fr.srt").write_text(srt("Une  avocate."), "utf-8")
    with pytest.raises(LockedError, match="was changed while"):
        write_repaired(project, repaired)
    assert (tmp_path / "subtitles" / "fr.srt").read_text("utf-8") == srt("Une  avocate.")
    assert (tmp_path / "subtitles" / "en.srt").read_text("utf-8") == srt("Un  avocat.")
    write_repaired(project, repair_project(project))
    assert (tmp_path / "subtitles" / "fr.srt").read_text("utf-8") == srt("Une avocate.")


STARTS = tuple(1000 + 3000 * each + 700 * (each * each % 7) for each in range(20))


def late_french(root: Path) -> tuple[Project, Path, str]:
    """Give a project whose French track comes 2 s late, with the folder of its take, and what is kept of that."""
    (root / "subtitles").mkdir()
    takes = root / "video" / "stems" / "fr"
    takes.mkdir(parents=True)
    (takes / "01.flac").write_bytes(b"a sound")
    kept = '["01.flac"]\ntext = "Oui."\nstart = "00:00:0{}.500"\nsha256 = "0"\n'
    (takes / "takes.toml").write_text(kept.format(3), "utf-8")
    for tag, late_ms in (("en", 0), ("fr", 2000)):
        lines = srt(*((start + late_ms, start + late_ms + 2000) for start in STARTS))
        (root / "subtitles" / f"{tag}.srt").write_text(lines, "utf-8")
    return read_project(root), takes, kept


def test_a_track_that_moves_as_a_whole_takes_along_what_is_kept_of_its_takes(tmp_path: Path) -> None:
    project, takes, kept = late_french(tmp_path)
    write_repaired(project, repair_project(project, select=("PAR003",)))
    assert (takes / "takes.toml").read_text("utf-8") == kept.format(3)
    write_repaired(project, repair_project(project, select=("PAR003",), with_unsafe=True))
    assert "00:00:01,000 -->" in (tmp_path / "subtitles" / "fr.srt").read_text("utf-8")
    assert (takes / "takes.toml").read_text("utf-8") == kept.format(1)
    assert set(undo(project).restored) == {"subtitles/fr.srt", "video/stems/fr/takes.toml"}
    assert (takes / "takes.toml").read_text("utf-8") == kept.format(3)


@pytest.mark.parametrize(
    ("rule", "of", "is_moved"), [("FLM007", "old", False), ("FLM007", "new", True), ("PAR003", "old", True)]
)
def test_no_track_of_another_film_moves_to_the_voices_of_the_one_that_lies_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rule: str, of: str, *, is_moved: bool
) -> None:
    """One that moves to the times of the reference may: it is of the reference's film, whatever lies there."""
    project, _, _ = late_french(tmp_path)
    (tmp_path / "video" / "master.mp4").write_bytes(b"the new film")
    films = {"old": "a" * 64, "new": sha256(b"the new film").hexdigest()}
    begin_owner(project, owner := SubtitlesFilm(film=films["old"], others={"fr": films["new"]} if of == "new" else {}))
    speech = tuple((start, start + 2000) for start in STARTS) if rule == "FLM007" else None
    film = replace(make_known_film(90_000, speech=speech), digest=films["new"])
    monkeypatch.setattr("babelreel.app.check.fixed_tracks.film_to_check", lambda _: FilmToCheck(film=film))
    repaired = repair_project(project, select=(rule,), with_unsafe=True)
    write_repaired(project, repaired)
    found = [each.code for each in repaired.result.findings if each.language == "fr"]
    assert found == ([] if is_moved else [rule])
    begins = "00:00:01,000 -->" if is_moved else "00:00:03,000 -->"
    assert begins in (tmp_path / "subtitles" / "fr.srt").read_text("utf-8")
    assert known_owner(project) == owner


def test_who_was_moved_to_the_new_film_is_not_moved_back_to_an_original_that_was_not(tmp_path: Path) -> None:
    project, _, _ = late_french(tmp_path)
    french = (tmp_path / "subtitles" / "fr.srt").read_bytes()
    begin_owner(project, SubtitlesFilm(film="a" * 64, others={"fr": "b" * 64}))
    repaired = repair_project(project, select=("PAR",), ignore=("PAR004",), with_unsafe=True)
    assert (repaired.files, repaired.result.findings) == ((), ())
    assert {rule.code for rule in repaired.result.not_checked} == {"PAR001", "PAR002", "PAR003", "PAR005"}
    (told,) = not_checked(repaired.result)
    assert "a language and the original are of two films, since only one of them was moved" in told
    assert "babelreel conform" in told
    write_repaired(project, repaired)
    assert (tmp_path / "subtitles" / "fr.srt").read_bytes() == french


def test_before_all_are_moved_to_the_new_film_no_call_says_that_one_fits_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, _, _ = late_french(tmp_path)
    begin_owner(project, SubtitlesFilm(film="a" * 64))
    film = make_known_film(90_000)
    monkeypatch.setattr("babelreel.app.check.fixed_tracks.film_to_check", lambda _: FilmToCheck(film=film))
    (finding,) = repair_project(project, select=("PAR003",)).result.findings
    assert "babelreel shift" not in finding.message
    assert "move them to that one first, see FIL004" in finding.message


def test_fixes_that_were_killed_between_takes_and_track_do_not_move_the_takes_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, takes, kept = late_french(tmp_path)

    def killed(path: Path, content: bytes) -> None:
        if path.name == "fr.srt":
            raise KeyboardInterrupt
        rewrite_atomically(path, content)

    repaired = repair_project(project, select=("PAR003",), with_unsafe=True)
    monkeypatch.setattr("babelreel.app.check.fixed_tracks.rewrite_atomically", killed)
    with pytest.raises(KeyboardInterrupt):
        write_repaired(project, repaired)
    monkeypatch.undo()
    assert (takes / "takes.toml").read_text("utf-8") == kept.format(1)
    with pytest.raises(UsageError, match="some are moved, and others are not"):
        write_repaired(project, repair_project(project, select=("PAR003",), with_unsafe=True))
    undo(project)
    write_repaired(project, repair_project(project, select=("PAR003",), with_unsafe=True))
    assert (takes / "takes.toml").read_text("utf-8") == kept.format(1)


def test_a_track_does_not_move_without_takes_that_lie_outside_of_the_project(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    project, takes, kept = late_french(tmp_path)
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "fr"
    takes.rename(elsewhere)
    takes.symlink_to(elsewhere)
    before = (tmp_path / "subtitles" / "fr.srt").read_bytes()
    with pytest.raises(UsageError, match="without the notes on their takes"):
        write_repaired(project, repair_project(project, select=("PAR003",), with_unsafe=True))
    assert (elsewhere / "takes.toml").read_text("utf-8") == kept.format(3)
    assert (tmp_path / "subtitles" / "fr.srt").read_bytes() == before
