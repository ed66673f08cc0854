"""Do exceptions that name a cue by its number follow it, when the cues are numbered anew?"""

from __future__ import annotations

from pathlib import Path

import pytest

from babelreel.app.check.fixed_tracks import repair_project, write_repaired
from babelreel.app.kept_versions import undo
from babelreel.config.read import read_project
from babelreel.model.project import Project

#: The number 2 is missing; line 3 is too fast for anybody.
TRACK = """\
1
00:00:01,000 --> 00:00:03,000
You have rights.

3
00:00:05,000 --> 00:00:05,900
Police, rescue, and a lawyer.

4
00:00:08,000 --> 00:00:10,000
It is free.
"""
EXCEPTION = """\
[[check.allow]]
rules = ["RDG"]
file = "{}"
cue = {}  # the sign
reason = "a sign that everybody knows"
"""


def project(root: Path, *exceptions: str, tags: tuple[str, ...] = ("en",)) -> Project:
    (root / "subtitles").mkdir()
    for tag in tags:
        (root / "subtitles" / f"{tag}.srt").write_text(TRACK, "utf-8")
    (root / "babelreel.toml").write_text("\n".join(exceptions), "utf-8")
    return read_project(root)


def settings(root: Path) -> str:
    return (root / "babelreel.toml").read_text("utf-8")


def codes(of: Project) -> list[str]:
    return [each.code for each in repair_project(of).result.findings if each.code.startswith(("RDG", "ALW"))]


def test_an_exception_follows_its_cue_and_undo_brings_both_back(tmp_path: Path) -> None:
    here = project(tmp_path, EXCEPTION.format("en.srt", 3))
    repaired = repair_project(here)
    assert not [each for each in repaired.result.findings if each.code.startswith(("RDG", "ALW"))]
    write_repaired(here, repaired)
    assert settings(tmp_path) == EXCEPTION.format("en.srt", 2)
    assert "\n2\n00:00:05,000" in (tmp_path / "subtitles/en.srt").read_text("utf-8")
    assert codes(read_project(tmp_path)) == []
    undo(here)
    assert settings(tmp_path) == EXCEPTION.format("en.srt", 3)
    assert (tmp_path / "subtitles/en.srt").read_text("utf-8") == TRACK


def test_one_for_all_files_follows_where_all_of_them_are_numbered_alike(tmp_path: Path) -> None:
    here = project(tmp_path, EXCEPTION.format("*.srt", 3), tags=("en", "fr"))
    write_repaired(here, repair_project(here))
    assert settings(tmp_path) == EXCEPTION.format("*.srt", 2)


def test_one_that_would_mean_two_cues_stays_and_is_told(tmp_path: Path) -> None:
    here = project(tmp_path, EXCEPTION.format("*.srt", 3), tags=("en", "fr"))
    repaired = repair_project(here, ["en"])
    assert [each.cue for each in repaired.followed.lost] == [3]
    write_repaired(here, repaired)
    assert settings(tmp_path) == EXCEPTION.format("*.srt", 3)


@pytest.mark.parametrize("number", [2, 9])
def test_one_that_named_no_cue_is_told_for_it_may_name_one_now(tmp_path: Path, number: int) -> None:
    here = project(tmp_path, EXCEPTION.format("en.srt", number))
    assert [each.cue for each in repair_project(here).followed.lost] == [number]


def test_one_whose_cue_keeps_its_number_stays(tmp_path: Path) -> None:
    here = project(tmp_path, EXCEPTION.format("en.srt", 1))
    followed = repair_project(here).followed
    assert (followed.settings, followed.lost) == (None, ())


def test_where_it_cannot_be_found_in_the_settings_it_is_told(tmp_path: Path) -> None:
    table = '{ rules = ["RDG"], file = "en.srt", cue = 3, reason = "a sign" }'
    here = project(tmp_path, f"[check]\nallow = [{table}]\n")
    followed = repair_project(here).followed
    assert (followed.settings, [each.cue for each in followed.lost]) == (None, [3])
