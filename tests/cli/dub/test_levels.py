"""Is every line of a dub, however it was recorded, heard above the film in what is delivered?"""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.signal import correlate

from support.films import run_maker
from support.loudness_meter import decode, loudness_lufs
from support.projects import FILES_ONLY, babelreel, make_project
from support.sounds import RATE, noise, silence, voice, write_wave

#: Four lines, each with time for the voice, which lasts less than 4 s.
STARTS = (1, 6, 11, 16)
SECONDS = 21
TEXTS = {"fr": "Tu as des droits.", "ro": "Ai dreptul la ajutor.", "en": "You have rights."}
#: One rendition is enough: all are made of one mix.
SETTINGS = "[renditions.web-1080p]\nenabled = false\n[renditions.phone-480p]\nenabled = false\n"
SETTINGS += "[renditions.phone-360p]\nenabled = false\n"
#: How far around its place a voice is looked for, and how far it may be from it: half a frame. In samples.
NEAR, LATE = RATE // 10, RATE // 50
#: As much as the encoder may add to what is heard beside a voice.
ENCODED_DB = 1.5


def lines(text: str) -> str:
    """Write four lines with a text that makes them differ."""
    return "\n".join(
        f"{number}\n00:00:{start:02},000 --> 00:00:{start + 4:02},000\n{text} {number}\n"
        for number, start in enumerate(STARTS, 1)
    )


def at(sound: NDArray[np.float64], lufs: float) -> NDArray[np.float64]:
    return sound * 10 ** ((lufs - loudness_lufs(sound[:, None])) / 20)


def recorded(lufs: float, *, noise_lufs: float | None = None) -> NDArray[np.float64]:
    """Give a take with some silence of its room around the voice."""
    take = np.concatenate((silence(0.5), at(voice(), lufs), silence(0.5)))
    return take if noise_lufs is None else take + at(noise(len(take), dbfs=-30), noise_lufs)


@cache
def built() -> Path:
    """Build a film with music at -16 LUFS, a dub of takes and one of a recording of the whole film."""
    folder = Path(mkdtemp(prefix="babelreel-levels-"))
    rough = np.random.default_rng(7).standard_normal(SECONDS * RATE)
    music = at(np.convolve(rough, np.ones(10) / 10, "same"), -16)
    music[11 * RATE : 15 * RATE] *= 1.6  # 4 dB louder under the third line
    film = folder / "film.mkv"
    run_maker(
        *("-f", "lavfi", "-i", f"testsrc2=size=160x90:rate=25:duration={SECONDS}"),
        *("-i", f"file:{write_wave(folder / 'music.wav', music)}"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "pcm_s16le", f"file:{film}"),
    )
    tracks = {f"{tag}.srt": lines(text) for tag, text in TEXTS.items()}
    root = make_project(folder / "project", tracks, film=film, settings=FILES_ONLY + SETTINGS)
    takes = root / "video/stems/fr"
    takes.mkdir(parents=True)
    write_wave(takes / "1.wav", recorded(-48), byte_count=3)
    mirrored = recorded(-30, noise_lufs=-75)
    write_wave(takes / "2.wav", np.stack((mirrored, -mirrored), axis=1))
    write_wave(takes / "3.wav", recorded(-12))
    write_wave(takes / "4.wav", recorded(-36, noise_lufs=-48))
    whole = silence(SECONDS)
    for start, lufs in zip(STARTS, (-30, -32, -44, -30), strict=True):
        whole[start * RATE : start * RATE + len(voice())] += at(voice(), lufs)
    write_wave(root / "video/stems/ro.wav", whole, byte_count=3)
    result = babelreel(root, "build")
    assert result.code == 0, result.err
    return root


@pytest.fixture(scope="module")
def root() -> Path:
    return built()


def delivered(root: Path, tag: str) -> NDArray[np.float64]:
    (path,) = (root / "output" / tag).glob("*.mp4")
    sound: NDArray[np.float64] = decode(path).mean(axis=1)
    return sound


def heard(sound: NDArray[np.float64], start: int, lufs: float) -> tuple[float, float]:
    """Give the loudness of the voice in a line, which is a copy of what was recorded, and of all the rest."""
    spoken = at(voice(), lufs)
    around = sound[start * RATE - NEAR : start * RATE + len(spoken) + NEAR]
    first = int(np.argmax(correlate(around, spoken, "valid")))
    assert abs(first - NEAR) <= LATE
    line = around[first : first + len(spoken)]
    share = float(line @ spoken / (spoken @ spoken))
    return loudness_lufs((share * spoken)[:, None]), loudness_lufs((line - share * spoken)[:, None])


def report(root: Path, tag: str) -> dict[int, Any]:
    (dub,) = [each for each in babelreel(root, "dub", "report", "--json").document["dubs"] if each["language"] == tag]
    return {line["line"]: line for line in dub["lines"]}


@pytest.mark.parametrize(
    ("tag", "line"), [*(("fr", line) for line in (1, 2, 3)), *(("ro", line) for line in (1, 2, 4))]
)
def test_every_voice_is_ten_decibels_above_the_film_and_as_loud_as_the_others(root: Path, tag: str, line: int) -> None:
    voice_lufs, rest_lufs = heard(delivered(root, tag), STARTS[line - 1], -20)
    first_lufs, _ = heard(delivered(root, tag), STARTS[0], -20)
    assert voice_lufs - rest_lufs >= 10
    # in a recording of the whole film, a passage may differ by 3 LU
    assert voice_lufs == pytest.approx(first_lufs, abs=1 if tag == "fr" else 3)


def test_the_report_tells_of_each_line_what_is_heard_in_the_delivered_file(root: Path) -> None:
    told = report(root, "fr")
    # a voice is brought to -20 LUFS; of the last take, noise of -48 may be raised to -40 and no further
    assert [told[line]["gain_db"] for line in (1, 2, 3, 4)] == [
        pytest.approx(28, abs=0.7),
        pytest.approx(10, abs=0.7),
        pytest.approx(-8, abs=0.7),
        pytest.approx(8, abs=1.5),
    ]
    sound = delivered(root, "fr")
    for line in (1, 2, 3):
        voice_lufs, rest_lufs = heard(sound, STARTS[line - 1], -20)
        assert told[line]["above_db"] == pytest.approx(
            voice_lufs - rest_lufs, abs=1.5
        )  # the encoder adds its own noise
    assert [told[line]["drowned"] for line in (1, 2, 3, 4)] == [False, False, False, False]


def test_the_table_of_the_report_has_a_row_for_each_line(root: Path) -> None:
    lines = babelreel(root, "dub", "report", "fr").out.splitlines()
    head = lines.index("fr: 4 lines spoken; by how much each is louder than the film")
    assert lines[head + 1].split() == ["line", "gain", "dB", "above", "dB"]
    assert [row.split()[0] for row in lines[head + 2 : head + 6]] == ["1", "2", "3", "4"]


def test_a_quiet_take_out_of_a_noisy_street_is_found(root: Path) -> None:
    found = json.loads(babelreel(root, "check", "fr", "--select", "DUB027", "--format", "json").out)["findings"]
    assert [(each["code"], each["path"]) for each in found] == [("DUB027", "video/stems/fr/4.wav")]


def test_a_drowned_line_is_told_by_report_and_check(root: Path, tmp_path: Path) -> None:
    copy = tmp_path / "project"
    shutil.copytree(root, copy)
    path = copy / "output/manifest.json"
    document = json.loads(path.read_text("utf-8"))
    next(each for each in document["dubs"] if each["language"] == "fr")["lines"][2]["above_db"] = 4.2
    path.write_text(json.dumps(document), "utf-8")
    result = babelreel(copy, "dub", "report")
    assert result.code == 1
    assert "1 line less than 10 dB above the film: record them again, louder" in result.out
    assert report(copy, "fr")[3]["drowned"]
    checked = json.loads(babelreel(copy, "check", "fr", "--select", "DUB026", "--format", "json").out)["findings"]
    assert [(each["code"], each["path"], each["measured"]) for each in checked] == [("DUB026", "output/fr", "4.2 dB")]


def test_of_a_language_that_is_taken_back_no_line_is_told(root: Path, tmp_path: Path) -> None:
    copy = tmp_path / "project"
    shutil.copytree(root, copy)
    result = babelreel(copy, "withdraw", "fr")
    assert result.code == 0, result.err
    document = json.loads((copy / "output/manifest.json").read_text("utf-8"))
    assert [each["language"] for each in document["dubs"]] == ["ro"]


def test_a_passage_of_a_long_recording_that_strays_comes_nearer_to_the_rest(root: Path) -> None:
    sound = delivered(root, "ro")
    softest, _ = heard(sound, STARTS[2], -20)
    first, _ = heard(sound, STARTS[0], -20)
    # recorded 14 LU below the first; 3 LU below the whole are left
    assert -5 < softest - first < -2


def test_all_languages_are_equally_loud(root: Path) -> None:
    levels = [loudness_lufs(delivered(root, tag)[:, None]) for tag in ("fr", "ro", "en")]
    assert max(levels) - min(levels) < 1
    assert levels == [pytest.approx(-16, abs=1)] * 3


def test_a_second_build_makes_nothing_and_says_the_same(root: Path) -> None:
    before = report(root, "ro")
    result = babelreel(root, "build")
    assert (result.code, report(root, "ro")) == (0, before)
