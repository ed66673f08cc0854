"""Does a studio show every frame at its time, whatever the master is, and does it say what it cannot make?"""

from __future__ import annotations

import time
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from babelreel.app.studio.film.light_film import Shown, Stage, StudioFilm
from babelreel.config.read import read_project
from babelreel.errors import NoSpaceError
from babelreel.graph.clean import clean
from babelreel.media.sound.peaks import PEAK_MS
from babelreel.model.project import Project
from support.films import make_colour_cuts, make_film, make_flash_and_beep, make_spoken, make_truncated, run_maker
from support.projects import make_project
from support.tracks import srt

LINES = {"fr.srt": srt("Tes droits.", "Appelle le 112.")}
PLAIN = {"codec": "h264", "pixels": "yuv420p", "sound": "aac"}


def project_of(root: Path, film: Path | None) -> Project:
    return read_project(make_project(root, LINES, film=film))


def shown_at_the_end(film: StudioFilm) -> Shown:
    """Wait until nothing more is made."""
    until = time.monotonic() + 120
    while (shown := film.look()).is_at_work and time.monotonic() < until:
        time.sleep(0.02)
    assert not shown.is_at_work
    return shown


def light_of(project: Project) -> Path:
    shown = shown_at_the_end(StudioFilm(project))
    assert (shown.stage, shown.error) == (Stage.READY, None)
    assert shown.light
    return shown.light


def frames_of(path: Path) -> tuple[list[Fraction], list[float], list[int]]:
    """Give the time of each frame, how bright it is, and which are key frames."""
    with av.open(str(path)) as container:
        frames = list(container.decode(video=0))
        times = [Fraction(frame.pts or 0) * Fraction(frame.time_base or 1) for frame in frames]
        bright = [float(frame.to_ndarray(format="gray").mean()) for frame in frames]
    return times, bright, [number for number, frame in enumerate(frames) if frame.key_frame]


def onset_s(path: Path) -> float:
    """Say when a sound begins."""
    with av.open(str(path)) as container:
        parts = [frame.to_ndarray()[0] for frame in container.decode(audio=0)]
        rate = container.streams.audio[0].rate
    samples = np.abs(np.concatenate(parts))
    return float(np.argmax(samples > samples.max() * 0.3)) / rate


@pytest.mark.parametrize(
    ("rate", "name", "words"),
    [
        ("25", "film.ts", ("-c:v", "mpeg2video", "-q:v", "2", "-c:a", "mp2", "-output_ts_offset", "1400")),
        ("25", "film.mov", ("-c:v", "prores_ks", "-c:a", "pcm_s24le")),
        ("30000/1001", "film.mkv", ("-c:v", "libx264", "-pix_fmt", "yuv420p10le", "-g", "250", "-c:a", "flac")),
        ("50", "film.mp4", ("-c:v", "libx265", "-x265-params", "log-level=error", "-tag:v", "hvc1", "-c:a", "copy")),
    ],
)
def test_frames_and_sounds_come_when_they_come_in_the_master(
    tmp_path: Path, rate: str, name: str, words: tuple[str, ...]
) -> None:
    flash = make_flash_and_beep(tmp_path / "flash.mp4", rate=rate)
    run_maker("-i", f"file:{flash}", *words, f"file:{tmp_path / name}")
    light = light_of(project_of(tmp_path / "film", tmp_path / name))
    times, bright, keys = frames_of(light)
    each = 1 / Fraction(rate)
    assert times == [number * each for number in range(len(times))]
    # 2 s; 29.97 frames a second make one more or less of them
    assert abs(len(times) - 2 / each) <= 1
    assert [number for number, light in enumerate(bright) if light > 100] == [-(-Fraction(rate) // 2)]
    assert abs(onset_s(light) - 0.5) < 0.005
    assert max(after - before for before, after in zip(keys, [*keys[1:], len(times)], strict=True)) <= 1 / each
    with av.open(str(light)) as container:
        found = container.streams.video[0].codec_context
        assert (found.name, found.pix_fmt, container.streams.audio[0].codec_context.name) == tuple(PLAIN.values())
    assert light.read_bytes().index(b"moov") < light.read_bytes().index(b"mdat"), "a browser begins before all is there"


@pytest.mark.parametrize(
    ("size", "rotation", "sar", "seen"),
    [("1280x720", 90, None, (360, 640)), ("720x576", 0, "64/45", (640, 360)), ("1920x800", 0, None, (640, 266))],
)
def test_a_film_is_seen_upright_and_in_its_shape(
    tmp_path: Path, size: str, rotation: int, sar: str | None, seen: tuple[int, int]
) -> None:
    master = make_film(tmp_path / "film.mp4", size=size, rotation=rotation, sar=sar, audio=None, pixel_format="yuv422p")
    with av.open(str(light_of(project_of(tmp_path / "film", master)))) as container:
        stream = container.streams.video[0]
        assert ((stream.width, stream.height), str(stream.sample_aspect_ratio)) == (seen, "1")
        assert not container.streams.audio


def test_what_is_made_once_is_not_made_again_and_pieces_of_another_film_go(tmp_path: Path) -> None:
    first = make_film(tmp_path / "first.mkv", size="640x360")
    project = project_of(tmp_path / "film", first)
    light = light_of(project)
    written = light.stat().st_mtime_ns
    assert light_of(project) == light
    assert light.stat().st_mtime_ns == written
    film = StudioFilm(project)
    assert shown_at_the_end(film).light == light
    make_film(project.root / "video" / "master.mkv", size="640x360", rate="30")
    other = shown_at_the_end(film)
    assert (other.stage, light.exists()) == (Stage.READY, False)
    assert other.light != light


def test_a_master_that_is_light_itself_is_not_made_again(tmp_path: Path) -> None:
    project = project_of(tmp_path / "film", make_film(tmp_path / "film.mp4"))
    shown = shown_at_the_end(StudioFilm(project))
    assert (shown.stage, shown.light, len(shown.peaks or b"")) == (Stage.AS_IS, None, 1000 // PEAK_MS)


def test_without_a_film_there_is_nothing_to_wait_for(tmp_path: Path) -> None:
    project = project_of(tmp_path / "film", None)
    (project.root / "video" / "master.mp4").unlink()
    shown = shown_at_the_end(StudioFilm(project))
    assert (shown.stage, shown.error) == (Stage.NONE, None)


def test_the_sound_is_seen_when_it_is_heard(tmp_path: Path) -> None:
    master = make_flash_and_beep(tmp_path / "flash.mp4")
    shifted = tmp_path / "film.ts"
    run_maker("-i", f"file:{master}", "-c", "copy", "-output_ts_offset", "1400", f"file:{shifted}")
    peaks = shown_at_the_end(StudioFilm(project_of(tmp_path / "film", shifted))).peaks
    assert peaks is not None
    assert len(peaks) == 2000 // PEAK_MS
    loud = [place * PEAK_MS for place, height in enumerate(peaks) if height > max(peaks) / 2]
    # a beep from 0.5 to 0.6 s; its first and last stretch may hold little of it
    assert loud[0] in {490, 500, 510}
    assert loud[-1] in {580, 590, 600}
    # 0.8 of full scale, made 3 dB softer when it became two channels; the square root is kept
    assert abs(max(peaks) - 255 * (0.8 / 2**0.5) ** 0.5) < 12


def test_shots_and_speech_are_known_by_and_by(tmp_path: Path) -> None:
    master = make_spoken(tmp_path / "film.mp4")
    shown = shown_at_the_end(StudioFilm(project_of(tmp_path / "film", master)))
    assert shown.info
    assert shown.info.shots == ()
    (said,) = shown.info.speech or ()
    assert (said.start_ms < 1000, said.end_ms > 2500) == (True, True)  # the sample film begins with one sentence


def test_a_shot_is_known_where_the_film_cuts(tmp_path: Path) -> None:
    master = make_colour_cuts(tmp_path / "film.mp4", cuts=(30, 55))
    shown = shown_at_the_end(StudioFilm(project_of(tmp_path / "film", master)))
    assert shown.info
    assert shown.info.shots == (30, 55)


def test_a_full_disk_is_told_and_asking_again_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = project_of(tmp_path / "film", make_film(tmp_path / "film.mkv", size="640x360"))
    film = StudioFilm(project)

    def full(*_given: object, **_named: object) -> None:
        raise NoSpaceError(what="no space is left on the disk")

    with monkeypatch.context() as patch:
        patch.setattr("babelreel.app.studio.film.light_film.run_with", full)
        shown = shown_at_the_end(film)
        assert (shown.stage, shown.error and shown.error.what) == (Stage.FAILED, "no space is left on the disk")
        assert film.look().stage is Stage.FAILED, "nobody tries again and again by itself"
    film.look(again=True)
    assert (shown_at_the_end(film).stage, film.look().error) == (Stage.READY, None)


def test_a_film_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    project = project_of(tmp_path / "film", make_truncated(tmp_path / "film.mp4"))
    shown = shown_at_the_end(StudioFilm(project))
    assert shown.stage is Stage.FAILED
    assert shown.error
    assert "master.mp4" in shown.error.where


def test_what_is_under_way_ends_with_the_studio(tmp_path: Path) -> None:
    film = StudioFilm(project_of(tmp_path / "film", make_film(tmp_path / "film.mkv", seconds=6, size="640x360")))
    assert film.look().is_at_work
    film.close()
    assert shown_at_the_end(film).stage is not Stage.FAILED


def test_clean_takes_the_light_film_too(tmp_path: Path) -> None:
    project = project_of(tmp_path / "film", make_film(tmp_path / "film.mkv"))
    light = light_of(project)
    clean(project.state_dir)
    assert not light.exists()
    assert not project.light_film_dir.exists()
