"""Is a line heard in the studio as it is in the film that a build makes?"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import pytest
from numpy.typing import NDArray

from babelreel.app.build.planning import plan_project
from babelreel.app.build.request import Request
from babelreel.app.project.choose_tracks import find_tracks
from babelreel.app.project.read_tracks import load_track
from babelreel.app.voices.line_mix import AROUND_MS, LineMixes, MixedLine
from babelreel.config.read import read_project
from babelreel.engines.engine import Engine
from babelreel.engines.run_with import run_with
from babelreel.errors import UsageError
from babelreel.graph.folder_store import FolderStore
from babelreel.graph.plan import make_plan
from babelreel.media.sound.mix.mix_file import MIX
from babelreel.model.project import Project
from babelreel.stages.sound.mix import mix_name
from support.dubs import RATE, read_sound
from support.films import make_film
from support.projects import babelreel, make_project
from support.sounds import silence, tone, voice, write_wave
from support.tracks import srt

#: Three lines without a pause of a second between them, so that the film is down for all of them at once, and one far
#: away. The third has more to say than it has time for.
CUES = (
    (1000, 4000, "Tu as des droits."),
    (4500, 7500, "Demande de l'aide."),
    (8000, 10_500, "Appelle le 112 à toute heure."),
    (15_000, 17_000, "Tu n'es pas seul."),
    (18_500, 19_500, "♪ la la ♪"),
)
FILM_S = 20
#: Delivered voices are at -23 LUFS and those of a mix at -20, with 12 dB of headroom: no peak is limited.
LOUDER_DB = 9
#: One small file, so that the build is soon done.
SMALL = """\
slug = "film"
languages = ["fr"]
reference = "en"
[sound]
target = "ebu-r128"
[delivery]
streams = false
leaflets = false
pages = false
[renditions.web-1080p]
enabled = false
[renditions.web-720p]
enabled = false
[renditions.phone-480p]
enabled = false
[renditions.phone-360p]
preset = "veryfast"
"""


@cache
def template() -> Path:
    """Make a project with takes of four lines, all of them listened to; the second was spoken softly, and late."""
    folder = Path(mkdtemp(prefix="babelreel-mixes-"))
    film = make_film(folder / "film.mp4", seconds=FILM_S, size="160x90")
    root = make_project(folder / "film", {"fr.srt": srt(*CUES)}, film=film, settings=SMALL)
    takes = root / "video" / "stems" / "fr"
    takes.mkdir(parents=True)
    spoken = ((0.1, voice()), (1.5, voice() * 0.1), (0.3, np.concatenate([voice(), voice()])), (0.0, voice()))
    for line, (lead_s, samples) in enumerate(spoken, 1):
        write_wave(takes / f"{line:02}.wav", np.concatenate([silence(lead_s), samples, silence(0.4)]), byte_count=3)
    mixed(read_project(root), 3)
    return root


def dubbed(root: Path) -> Project:
    """Give a project with takes."""
    return read_project(shutil.copytree(template(), root))


def whole_mix(project: Project) -> NDArray[np.float64]:
    """Give the mix of the whole film: that of a build, or, where there was none, as a build makes it."""
    prepared, store = plan_project(project, Request()), FolderStore(project.store_dir)
    step = next(step for step in prepared.plan.steps if step.task.name == mix_name("fr"))
    entry = step.entry
    if entry is None:
        programs = prepared.workshop.programs
        plan = make_plan([step.task], store)
        entry = run_with(Engine(jobs=1), plan, store, listener=lambda _: None, programs=programs).entries[
            mix_name("fr")
        ]
    return read_sound(store.locate(entry.digests[MIX]))


def mixed(project: Project, place: int) -> MixedLine:
    file = find_tracks(project)[0]
    track = load_track(project, file)
    return LineMixes(project).mix(file, track, track.cues[place])


def samples_of(line: MixedLine, folder: Path) -> NDArray[np.float64]:
    path = folder / "line.flac"
    path.write_bytes(line.sound)
    return read_sound(path)


def refuse_difference(lines: Sequence[MixedLine], whole: NDArray[np.float64], folder: Path) -> None:
    """Hold lines to the mix of the whole film: as loud, and at the same place, sample by sample."""
    for line in lines:
        heard = samples_of(line, folder)
        start = line.start_ms * RATE // 1000
        there = whole[start : start + len(heard)] * 10 ** (LOUDER_DB / 20)
        assert np.abs(there).max() > 0.1, "else the comparison would say nothing"
        assert abs(20 * np.log10(np.sqrt(np.mean(heard**2) / np.mean(there**2)))) < 0.1
        # 16 bits, and filters to four times the rate and back: what is one sample off differs by ten times as much
        assert np.abs(heard - there).max() < 0.003


@pytest.mark.parametrize("with_music", [False, True])
def test_a_line_is_heard_sample_for_sample_as_in_the_mix_of_the_build(tmp_path: Path, *, with_music: bool) -> None:
    project = dubbed(tmp_path / "film")
    if with_music:
        write_wave(
            project.root / project.stems_dir / "me.wav", np.stack([tone(FILM_S, hz=300, height=0.05)] * 2, axis=1)
        )
    lines = [mixed(project, place) for place in range(4)]
    assert [line.start_ms for line in lines] == [max(0, start - AROUND_MS) for start, _, _ in CUES[:4]]
    refuse_difference(lines, whole_mix(project), tmp_path)


def test_a_take_that_replaces_another_is_heard_at_once_and_only_it_is_measured(tmp_path: Path) -> None:
    project = dubbed(tmp_path / "film")
    before = mixed(project, 0)
    # one for each line for which the film goes down there, and one of the line that was heard before
    assert len(list((project.notes_dir / "lacks").iterdir())) == 3 + 1
    path = project.root / "video" / "stems" / "fr" / "02.wav"
    write_wave(path, np.concatenate([voice() * 0.8, silence(0.2)]), byte_count=3)
    after = mixed(project, 1)
    assert len(list((project.notes_dir / "lacks").iterdir())) == 4 + 1
    made = babelreel(project.root, "build", "fr")
    assert made.code == 0, made.err
    refuse_difference([after, mixed(project, 0)], whole_mix(project), tmp_path)
    assert before.sound != after.sound


def test_a_line_without_a_take_is_told(tmp_path: Path) -> None:
    project = dubbed(tmp_path / "film")
    with pytest.raises(UsageError, match="No take of this line is heard"):
        mixed(project, 4)


def test_what_lies_under_the_voices_is_let_go_of_with_clean(tmp_path: Path) -> None:
    project = dubbed(tmp_path / "film")
    mixed(project, 0)
    assert sum(path.stat().st_size for path in project.beds_dir.rglob("*") if path.is_file()) >= FILM_S * RATE * 8
    assert babelreel(project.root, "clean").code == 0
    assert not project.beds_dir.exists()
