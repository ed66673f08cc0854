"""A film that is too quiet to be brought to its target says so; how loud it is is measured by another meter."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.films import run_maker
from support.loudness_meter import RATE_HZ, decode, loudness_lufs, make_sounding, speech
from support.projects import FR, babelreel, make_project

SETTINGS = "[delivery]\nstreams = false\nleaflets = false\npages = false\n"


def build(folder: Path, film: Path) -> tuple[float, str]:
    root = make_project(folder / "project", {"fr.srt": FR}, film=film, settings=SETTINGS)
    result = babelreel(root, "build", "--only", "phone-360p")
    assert result.code == 0, result.err
    assert babelreel(root, "build", "--only", "phone-360p").err.count("note:") == result.err.count("note:")
    (path,) = (root / "output/fr").glob("*phone-360p.mp4")
    return loudness_lufs(decode(path)), result.err


def test_a_film_20_db_too_quiet_reaches_its_target_and_says_nothing(tmp_path: Path) -> None:
    # the sample's sound has -16 LUFS
    lufs, said = build(tmp_path, make_sounding(tmp_path / "film.mov", *speech("-20dB"), seconds=5))
    assert lufs == pytest.approx(-16, abs=1)
    assert "note:" not in said


def test_a_film_at_45_lufs_below_says_why_it_does_not_reach_its_target(tmp_path: Path) -> None:
    film = make_sounding(tmp_path / "film.mov", *speech("-30dB"), seconds=5)
    before = loudness_lufs(decode(film))
    assert before < -43
    lufs, said = build(tmp_path, film)
    assert lufs == pytest.approx(before + 24, abs=1)
    assert "very quiet" in said
    assert "not to -16" in said


def test_noise_alone_is_not_raised(tmp_path: Path) -> None:
    film = tmp_path / "film.mov"
    noise = f"anoisesrc=amplitude=0.0005:sample_rate={RATE_HZ}:seed=1:duration=3"
    run_maker(
        *("-f", "lavfi", "-i", "color=size=64x36:rate=25:duration=3", "-f", "lavfi", "-i", noise),
        *("-c:v", "libx264", "-preset", "ultrafast", "-c:a", "pcm_f32le", f"file:{film}"),
    )
    before = loudness_lufs(decode(film) * 100) - 40  # below the meter's gate of -70
    root = make_project(tmp_path / "project", {"fr.srt": FR}, film=film, settings=SETTINGS)
    result = babelreel(root, "build", "--only", "phone-360p")
    (path,) = (root / "output/fr").glob("*phone-360p.mp4")
    assert loudness_lufs(decode(path) * 100) - 40 < before + 1  # AAC may leave some of it out
    assert "only noise is heard in the film" in result.err
