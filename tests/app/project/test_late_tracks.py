"""Is a track read again exactly when something that it follows from has changed?"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from babelreel.app.project import late_tracks, read_tracks
from babelreel.app.project.late_tracks import load_late
from babelreel.app.project.read_tracks import load_track
from babelreel.app.project.subtitle_files import TrackFile, look_at_folder
from babelreel.config.read import read_project
from babelreel.model.late_track import LateTrack
from babelreel.model.project import Project
from babelreel.model.track import FaultKind, Track
from babelreel.model.visible_text import visible_track
from babelreel.timedtext.burnin.drawable import undrawable_in_track
from support.projects import make_project

FR = """\
1
00:00:00,200 --> 00:00:01,040
Vos droits.

2
00:00:01,120 --> 00:00:02,000
Appelez le 112
"""
SETTINGS = """\
reference = "fr"
languages = ["fr"]
[language.fr]
file = "fr.toml"
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_project(tmp_path / "film", {"fr.srt": FR}, settings=SETTINGS)
    (root / "fr.toml").write_text('name = "French"\n', "utf-8")
    return root


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The files that were parsed, by what they hold."""
    contents: list[bytes] = []

    def parse(project: Project, file: TrackFile, data: bytes) -> Track:
        contents.append(data)
        return track_of(project, file, data)

    track_of = read_tracks.track_of
    monkeypatch.setattr(read_tracks, "track_of", parse)
    monkeypatch.setattr(late_tracks, "track_of", parse)
    return contents


def load(root: Path) -> Track:
    project = read_project(root)
    (file,) = look_at_folder(project).tracks
    return load_late(project, file)


def test_what_is_known_is_parsed_when_its_cues_are_asked_for(root: Path, parsed: list[bytes]) -> None:
    load(root)
    parsed.clear()
    track = load(root)
    assert isinstance(track, LateTrack)
    assert (track.language, track.path, track.cue_count) == ("fr", "subtitles/fr.srt", 2)
    assert not track.is_unread
    assert undrawable_in_track(track, None) == ()
    seen = visible_track(track)
    assert parsed == []
    assert [cue.text for cue in track.cues] == ["Vos droits.", "Appelez le 112"]
    assert [cue.text for cue in seen.cues] == ["Vos droits.", "Appelez le 112"]
    assert parsed == [FR.encode()]


def test_it_is_the_track_that_is_read_at_once(root: Path) -> None:
    load(root)
    late, project = load(root), read_project(root)
    at_once = load_track(project, look_at_folder(project).tracks[0])
    assert late == at_once
    assert at_once == late
    assert repr(late) == repr(at_once)
    assert hash(late) == hash(at_once)
    assert late.source.text == FR
    assert replace(late, cues=()) == replace(at_once, cues=())
    sent = pickle.loads(pickle.dumps(late))  # noqa: S301 -- made here
    assert type(sent) is Track
    assert sent == at_once


def with_text(old: str, new: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        path = root / "subtitles/fr.srt"
        before = path.stat()
        path.write_text(FR.replace(old, new), "utf-8")
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    return change


@pytest.mark.parametrize(
    "change",
    [
        with_text("droits", "devoir"),
        with_text("02,000", "01,900"),
        lambda root: (root / "fr.toml").write_text('name = "Français"\n', "utf-8"),
    ],
    ids=["text of the same length", "time", "language's file"],
)
def test_another_file_or_language_is_another_track(root: Path, change: Callable[[Path], None]) -> None:
    before = load(root)
    change(root)
    after, again = load(root), load(root)
    assert isinstance(before, LateTrack)
    assert isinstance(after, LateTrack)
    assert isinstance(again, LateTrack)
    assert after.identity != before.identity
    assert again.identity == after.identity
    assert again.source.text == (root / "subtitles/fr.srt").read_text("utf-8")


def test_another_program_reads_all_again(root: Path, parsed: list[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    load(root)
    parsed.clear()
    monkeypatch.setattr(late_tracks, "program_state", lambda: "another one")
    load(root)
    assert parsed == [FR.encode()]


def test_cues_are_those_of_the_file_as_it_was_when_it_was_looked_at(root: Path) -> None:
    load(root)
    track = load(root)
    with_text("droits", "devoirs")(root)
    assert track.cues[0].text == "Vos droits."


def test_what_no_font_can_draw_is_found_again(root: Path) -> None:
    with_text("droits", "\U0001f600")(root)
    assert [character for _, character in undrawable_in_track(load(root), None)] == ["\U0001f600"]
    assert [character for _, character in undrawable_in_track(load(root), None)] == ["\U0001f600"]


def test_a_file_that_cannot_be_read_any_more_says_so(root: Path) -> None:
    load(root)
    path = root / "subtitles/fr.srt"
    path.unlink()
    path.mkdir()
    assert [fault.kind for fault in load(root).faults] == [FaultKind.CLOSED_FILE]
    path.rmdir()
    path.write_bytes(b"\0" * 100)
    assert load(root).faults
