"""A check on several cores finds the same, in the same order, as on one."""

from __future__ import annotations

import pickle
import shutil
import sys
from pathlib import Path

import pytest

from babelreel.app.check import check_project as checking
from babelreel.app.check.check_project import check_project
from babelreel.app.voices.stems import Stems
from babelreel.config.project_folder import read_project_folder
from babelreel.engines import forks
from babelreel.rules.check import CheckResult
from babelreel.rules.registry import RULES
from support.projects import AR, FR, counting_ffmpeg, make_project
from support.sounds import tone, write_wave

SUBTITLES = Path(__file__).parents[3] / "subtitles"


def found(folder: Path, monkeypatch: pytest.MonkeyPatch, *, cores: int) -> CheckResult:
    with monkeypatch.context() as patch:
        patch.setattr(forks, "_cores", lambda: cores)
        patch.setattr(checking, "_LEAST_BYTES", 1)
        return check_project(read_project_folder(folder))


@pytest.mark.skipif(sys.platform != "linux", reason="no other system forks")
def test_all_cores_find_what_one_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "subtitles"
    folder.mkdir()
    for tag in ("ar", "en", "fr", "vi", "zh-Hans"):
        shutil.copy(SUBTITLES / f"{tag}.srt", folder)
    (folder / "vi.srt").write_bytes(b"\xff\xfe\x00")
    (folder / "en.srt").write_text("1\n00:00:05,000 --> 00:00:04,000\n<i>Hello  there\n", "utf-8")
    one, three = (found(tmp_path, monkeypatch, cores=cores) for cores in (1, 3))
    assert one.findings
    assert one.not_checked
    assert three == one


@pytest.mark.skipif(sys.platform != "linux", reason="no other system forks")
def test_music_and_effects_are_listened_to_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make_project(tmp_path / "project", {"fr.srt": FR, "ar.srt": AR})
    (folder / "video/stems").mkdir(parents=True)
    for number, name in enumerate(("fr", "ar", "me")):
        write_wave(folder / "video/stems" / f"{name}.wav", tone(0.2, hz=300 + 50 * number))
    program, notes = counting_ffmpeg(tmp_path / "bin")
    monkeypatch.setattr(Stems, "_locate", lambda _: program)
    found(folder, monkeypatch, cores=2)
    assert len(notes.read_text().splitlines()) == 3


def test_a_rule_that_was_sent_to_another_process_is_the_rule_itself() -> None:
    assert all(pickle.loads(pickle.dumps(rule)) is rule for rule in RULES)  # noqa: S301 - our own bytes
