from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from babelreel.media.sound.heard.guide_pips import find_marks, has_guide_pips
from support.films import SAMPLE_FILM, ffmpeg_of_tests
from support.sounds import RATE, convert, heard, tone, voice, write_wave

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

MUSIC = SAMPLE_FILM.parent / "stems" / "me.flac"


def marked(seconds: float, *, hz: float = 1760, pip_s: float = 0.06, step_s: float = 0.12) -> NDArray[float64]:
    """Give the mark as it is defined: three pips of 60 ms, 120 ms apart, every 10 s, -12 dBFS, ramps of 5 ms."""
    samples = np.zeros(round(seconds * RATE))
    time = np.arange(round(pip_s * RATE)) / RATE
    ramps = np.clip(np.minimum(time, pip_s - time) / 0.005, 0, 1)
    pip = 10 ** (-12 / 20) * np.sin(2 * np.pi * hz * time) * ramps
    for mark in range(0, len(samples), 10 * RATE):
        for number in range(3):
            start = mark + round(number * step_s * RATE)
            piece = samples[start : start + len(pip)]
            piece += pip[: len(piece)]
    return samples


def spoken(count: int) -> NDArray[float64]:
    """Give a voice that speaks without end."""
    return np.resize(voice(), count)


def decoded(path: Path, *words: str) -> Path:
    target = path.parent / "spoken.f32"
    command = (str(ffmpeg_of_tests().path), "-v", "error", "-nostdin", "-y", "-i", f"file:{path}", *words)
    form = ("-ar", "16000", "-ac", "1", "-c:a", "pcm_f32le", "-f", "f32le", f"file:{target}")
    subprocess.run((*command, *form), check=True)
    return target


def test_the_first_mark_is_enough(tmp_path: Path) -> None:
    assert heard(write_wave(tmp_path / "a.wav", marked(1))).is_guide


@pytest.mark.parametrize("gain_db", [0, -20])
@pytest.mark.parametrize("voice_db", [-6, 0, 6])
def test_marks_are_heard_through_a_voice_a_gain_and_mp3(tmp_path: Path, gain_db: int, voice_db: int) -> None:
    mark = marked(11)
    mixed = (mark + spoken(len(mark)) * 10 ** ((voice_db - 6) / 20)) * 10 ** (gain_db / 20)
    source = write_wave(tmp_path / "a.wav", mixed)
    assert heard(convert(source, tmp_path / "a.mp3", "-b:a", "64k")).is_guide


def test_a_guide_whose_head_is_cut_off_is_known_by_two_marks(tmp_path: Path) -> None:
    assert has_guide_pips(decoded(write_wave(tmp_path / "a.wav", marked(21)[RATE:])))


def test_one_mark_in_the_middle_is_no_proof(tmp_path: Path) -> None:
    path = decoded(write_wave(tmp_path / "a.wav", marked(11)[RATE:]))
    assert find_marks(path)
    assert not has_guide_pips(path)


@pytest.mark.parametrize(
    "other",
    [
        marked(11, hz=1660),
        marked(11, hz=1865),
        marked(11, pip_s=0.1),
        marked(11, step_s=0.1),
        marked(11, step_s=0.24),
        tone(11, hz=1760, height=0.25),
        np.zeros(11 * RATE),
        np.zeros(0),
        marked(0.2),  # two pips
    ],
)
def test_other_tones_are_no_mark(tmp_path: Path, other: NDArray[float64]) -> None:
    assert not has_guide_pips(decoded(write_wave(tmp_path / "a.wav", other)))


@pytest.mark.parametrize("sound", [SAMPLE_FILM, MUSIC])
def test_the_sample_films_voice_and_music_hold_no_mark_at_all(tmp_path: Path, sound: Path) -> None:
    (tmp_path / sound.name).symlink_to(sound)
    assert find_marks(decoded(tmp_path / sound.name)) == ()


def test_a_voice_alone_is_no_guide(tmp_path: Path) -> None:
    path = write_wave(tmp_path / "a.wav", spoken(22 * RATE))
    assert find_marks(decoded(path)) == ()
    assert not heard(path).is_guide


@pytest.mark.parametrize("tag", ["title=GUIDE fr", "comment=Synthetic voice (GUIDE), not for publication"])
@pytest.mark.parametrize("ending", ["flac", "wav", "m4a", "mp3"])
def test_the_word_in_a_tag_is_enough(tmp_path: Path, tag: str, ending: str) -> None:
    source = write_wave(tmp_path / "source.wav", tone(0.5))
    assert heard(convert(source, tmp_path / f"a.{ending}", "-metadata", tag)).is_guide


@pytest.mark.parametrize(
    ("name", "is_guide"),
    [
        ("video/stems/fr/GUIDE.wav", True),
        ("video/stems/fr-GUIDE.wav", True),
        ("video/stems/GUIDE_fr.wav", True),
        ("video/stems/07 GUIDE2.wav", True),
        ("video/stems/fr.wav", False),
        ("video/stems/GUIDE/fr.wav", False),  # the file's own name counts
        ("video/stems/GUIDELINES.wav", False),
        ("video/stems/MISGUIDE.wav", False),
        ("video/stems/GUIDEÉ.wav", False),
        ("video/stems/Guide.wav", False),  # a word of many languages
    ],
)
def test_the_word_in_a_name_is_enough(tmp_path: Path, name: str, *, is_guide: bool) -> None:
    assert heard(write_wave(tmp_path / "a.wav", tone(0.2)), name).is_guide is is_guide
