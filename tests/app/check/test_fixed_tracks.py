"""Does a fix never write over what somebody else did meanwhile?"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from babelreel.app.check.fixed_tracks import repair_project, write_repaired
from babelreel.app.kept_versions import undo
from babelreel.app.project.subtitles_film import SubtitlesFilm, begin_owner, known_owner
from babelreel.config.read import read_project
from babelreel.errors import LockedError, UsageError
from babelreel.graph.files import rewrite_atomically
from babelreel.model.project import Project
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


def late_french(root: Path) -> tuple[Project, Path, str]:
    """Give a project whose French track comes 2 s late, with the folder of its take, and what is kept of that."""
    starts = [1000 + 3000 * each + 700 * (each * each % 7) for each in range(20)]
    (root / "subtitles").mkdir()
    takes = root / "video" / "stems" / "fr"
    takes.mkdir(parents=True)
    (takes / "01.flac").write_bytes(b"a sound")
    kept = '["01.flac"]\ntext = "Oui."\nstart = "00:00:0{}.500"\nsha256 = "0"\n'
    (takes / "takes.toml").write_text(kept.format(3), "utf-8")
    for tag, late_ms in (("en", 0), ("fr", 2000)):
        lines = srt(*((start + late_ms, start + late_ms + 2000) for start in starts))
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


def test_a_track_that_moves_as_a_whole_is_of_the_film_that_lies_there(tmp_path: Path) -> None:
    project, _, _ = late_french(tmp_path)
    (tmp_path / "video" / "master.mp4").write_bytes(b"the new film")
    old, new = SubtitlesFilm(film="a" * 64), sha256(b"the new film").hexdigest()
    begin_owner(project, old)
    write_repaired(project, repair_project(project, select=("PAR003",), with_unsafe=True))
    assert known_owner(project) == SubtitlesFilm(film=old.film, others={"fr": new})
    undo(project)
    assert known_owner(project) == old


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
    with pytest.raises(UsageError, match="moved twice"):
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
