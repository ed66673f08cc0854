"""Does a track get from its project what its file does not tell?"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from babelreel.app.project.choose_tracks import find_tracks
from babelreel.app.project.read_tracks import load_track
from babelreel.config.read import read_project
from babelreel.model.film.media import MediaInfo
from babelreel.model.film.media_json import media_document
from babelreel.model.json_codec import render_json
from babelreel.model.track import FaultKind, Track
from support.subjects import make_known_film


def load(root: Path, film: MediaInfo | None) -> Track:
    """Load a track of frames, in a project whose film is described so."""
    for name in ("subtitles", "video"):
        (root / name).mkdir()
    (root / "subtitles/fr.sub").write_text("{24}{48}Bonjour\n")
    if film:
        (root / "video/master.probe.json").write_text(render_json(media_document(film)))
    project = read_project(root)
    (file,) = find_tracks(project)
    return load_track(project, file)


@pytest.mark.parametrize(("rate", "start_ms"), [(Fraction(24), 1000), (Fraction(25), 960)])
def test_frames_are_those_of_the_film_that_was_probed(tmp_path: Path, rate: Fraction, start_ms: int) -> None:
    track = load(tmp_path, make_known_film(rate=rate))
    assert [cue.span.start_ms for cue in track.cues] == [start_ms]
    assert [fault.kind for fault in track.faults] == [FaultKind.READ_OTHERWISE]


def test_frames_are_no_times_where_the_film_has_no_one_rate_or_is_not_known(tmp_path: Path) -> None:
    film = make_known_film()
    assert film.video
    changing = replace(film, video=replace(film.video, is_variable_rate=True))
    for name, each in (("changing", changing), ("unknown", None)):
        (tmp_path / name).mkdir()
        (fault,) = load(tmp_path / name, each).faults
        assert fault.kind is FaultKind.UNREADABLE_FILE
