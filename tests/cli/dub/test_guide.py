from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from support.films import make_film
from support.projects import babelreel, make_project, snapshot
from support.voices import espeak_of_tests, read_sound, strength_at

RATE = 48_000

FR = """\
1
00:00:01,000 --> 00:00:02,400
Tu as des droits.

2
00:00:02,450 --> 00:00:04,000
La loi te protège
et un tuteur t’aide.

3
00:00:11,300 --> 00:00:12,500
Appelle le 112.
"""

PS = """\
1
00:00:01,000 --> 00:00:02,400
ته حقونه لرې.

2
00:00:03,000 --> 00:00:04,000
مرسته وغواړه.
"""


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """13 s and one frame: the last mark begins at 10 s."""
    return make_film(tmp_path_factory.mktemp("films") / "film.mp4", seconds=13, size="64x36", rate="10", audio=None)


def without_mark(samples: NDArray[np.float64]) -> NDArray[np.float64]:
    """Silence the stretches in which the pips sound."""
    quiet = samples.copy()
    for start in range(0, len(samples), 10 * RATE):
        quiet[start : start + RATE * 3 // 10] = 0
    return quiet


def onset_s(samples: NDArray[np.float64], after_s: float) -> float:
    """Give when, after a time, the sound is no longer silent."""
    start = round(after_s * RATE)
    return float(start + np.flatnonzero(np.abs(samples[start:]) > 0.01)[0]) / RATE


def test_a_voice_speaks_each_cue_at_its_time(tmp_path: Path, film: Path) -> None:
    espeak_of_tests()
    root = make_project(tmp_path / "mon été (1)", {"fr.srt": FR}, film=film)
    result = babelreel(root, "dub", "guide", "fr")
    assert result.code == 0, result.err
    (path,) = (root / "recording").iterdir()
    assert path.name.endswith(".fr.GUIDE.flac")
    assert f"recording/{path.name}  (3 lines, voice fr-be)" in result.out
    samples, facts = read_sound(path)
    assert (facts["codec"], facts["rate"], facts["channels"], facts["form"]) == ("flac", RATE, 1, "s16")
    assert len(samples) == 13 * RATE
    voice = without_mark(samples)
    assert onset_s(voice, 0.5) == pytest.approx(1.0, abs=0.02)
    assert onset_s(voice, 2.41) == pytest.approx(2.45, abs=0.02)  # the pause between the two is 50 ms
    assert onset_s(voice, 10.5) == pytest.approx(11.3, abs=0.02)
    assert np.abs(samples).max() < 0.9


def test_the_mark_sounds_every_ten_seconds_and_the_tags_say_what_it_is(tmp_path: Path, film: Path) -> None:
    root = make_project(tmp_path, {"ps.srt": PS}, film=film)
    (root / "babelreel.toml").write_text('title = "Tes droits"\n', "utf-8")
    assert babelreel(root, "dub", "guide").code == 0
    samples, facts = read_sound(root / "recording" / "tes-droits.ps.GUIDE.flac")
    tags = {name.lower(): value for name, value in facts["tags"].items()}
    assert tags["title"] == "GUIDE Tes droits ps: synthetic, not for publication"
    assert tags["comment"] == "GUIDE"
    for mark in (0, 10 * RATE):
        for pip in range(3):
            start = mark + pip * RATE * 120 // 1000
            middle = strength_at(samples, 1760, start + RATE // 100, RATE * 40 // 1000, RATE)
            pause = strength_at(samples, 1760, start + RATE * 65 // 1000, RATE * 50 // 1000, RATE)
            assert 20 * np.log10(middle) == pytest.approx(-12, abs=0.2)
            assert pause < 0.001
    assert np.abs(samples[9 * RATE : 10 * RATE]).max() == 0


def test_a_beep_begins_each_cue_where_there_is_no_voice(tmp_path: Path, film: Path) -> None:
    root = make_project(tmp_path, {"ps.srt": PS}, film=film)
    result = babelreel(root, "dub", "guide", "--to", "elsewhere")
    assert "no voice for ps here" in result.out
    samples, _ = read_sound(next((root / "elsewhere").iterdir()))
    for start_s in (1, 3):
        assert onset_s(samples, start_s - 0.5) == pytest.approx(start_s, abs=0.002)
        assert strength_at(samples, 440, start_s * RATE, RATE // 5, RATE) > 0.3
        assert np.abs(samples[round((start_s + 0.201) * RATE) : (start_s + 1) * RATE]).max() == 0


def test_without_espeak_every_language_gets_beeps_and_a_word_about_it(tmp_path: Path, film: Path) -> None:
    root = make_project(tmp_path, {"fr.srt": FR}, film=film)
    result = babelreel(root, "dub", "guide", env={"PATH": ""})
    assert result.code == 0
    assert "eSpeak NG is not installed" in result.err
    assert "(3 lines, beeps)" in result.out
    samples, _ = read_sound(next((root / "recording").iterdir()))
    assert strength_at(samples, 440, RATE, RATE // 5, RATE) > 0.3


def test_the_same_subtitles_give_the_same_bytes(tmp_path: Path, film: Path) -> None:
    root = make_project(tmp_path, {"fr.srt": FR}, film=film)
    assert babelreel(root, "dub", "guide", "--to", "a").code == 0
    assert babelreel(root, "dub", "guide", "--to", "b", env={"PYTHONHASHSEED": "1"}).code == 0
    assert snapshot(root / "a") == snapshot(root / "b")


def test_where_there_is_no_film_the_last_cue_tells_the_length(tmp_path: Path) -> None:
    (tmp_path / "subtitles").mkdir()
    (tmp_path / "subtitles" / "ps.srt").write_text(PS, "utf-8")
    assert babelreel(tmp_path, "dub", "guide").code == 0
    samples, _ = read_sound(next((tmp_path / "recording").iterdir()))
    assert len(samples) == 5 * RATE


def test_hostile_cues_are_spoken_and_hurt_nobody(tmp_path: Path, film: Path) -> None:
    espeak_of_tests()
    cues = ("--version", "<speak>Bonjour</speak>", "-w /tmp/owned.wav", "…", "mot " * 20_000, "[[_::]]\x01\x02")
    text = "".join(f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\n{cue}\n\n" for n, cue in enumerate(cues, 1))
    root = make_project(tmp_path, {"fr.srt": text}, film=film)
    before = snapshot(root / "subtitles") | snapshot(root / "video")
    result = babelreel(root, "dub", "guide")
    assert result.code == 0, result.err
    assert "1 line is longer than its time, and is cut off" in result.out
    assert "cannot be spoken: a beep tells where" in result.out
    samples, _ = read_sound(next((root / "recording").iterdir()))
    for second in range(1, 1 + len(cues)):
        assert onset_s(samples, second - 0.04) == pytest.approx(second, abs=0.02)
    assert (snapshot(root / "subtitles") | snapshot(root / "video")) == before


def test_a_track_without_text_is_told_and_the_others_go_on(tmp_path: Path, film: Path) -> None:
    root = make_project(tmp_path, {"en.srt": "", "ps.srt": PS}, film=film)
    result = babelreel(root, "dub", "guide")
    assert result.code == 1
    assert "en: no guide track. subtitles/en.srt: there is no text in it" in result.out
    assert [path.name.split(".")[1] for path in (root / "recording").iterdir()] == ["ps"]


def test_a_language_without_a_track_is_refused(tmp_path: Path, film: Path) -> None:
    root = make_project(tmp_path, {"ps.srt": PS}, film=film)
    result = babelreel(root, "dub", "guide", "fr")
    assert (result.code, (root / "recording").exists()) == (2, False)


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path, film: Path) -> None:
    root = make_project(tmp_path, {"ps.srt": PS}, film=film)
    (root / "recording").write_text("my notes", "utf-8")
    assert babelreel(root, "dub", "guide").code == 4
    assert (root / "recording").read_text("utf-8") == "my notes"
