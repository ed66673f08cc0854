"""Are recordings heard as phones, messengers and browsers write them, each in its line?"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import pytest
from numpy.typing import NDArray

from support.dubs import RATE, read_sound
from support.films import make_film
from support.projects import babelreel, make_project
from support.sounds import convert, silence, tone, write_wave

SETTINGS = "[delivery]\nstreams = false\nleaflets = false\npages = false\n"
_AMR = ("-ar", "8000", "-ac", "1", "-c:a", "libopencore_amrnb", "-b:a", "12.2k")
_PICTURE = ("-f", "lavfi", "-i", "color=size=64x36:rate=25:duration=1", "-c:v", "libx264", "-c:a", "aac", "-shortest")
#: The take of each line, as its maker writes it: the name, and the words that make ffmpeg write such a file.
FORMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("1 .m4a", ("-c:a", "aac")),
    ("2.opus", ("-c:a", "libopus", "-b:a", "24k", "-application", "voip")),
    ("03.ogg", ("-c:a", "libvorbis")),
    ("4.amr", _AMR),
    ("5 (2).3gp", _AMR),
    ("06-Marie.aac", ("-c:a", "aac")),
    ("7.caf", ("-c:a", "alac")),
    ("8.mp4", _PICTURE),
    ("9.webm", ("-c:a", "libopus")),
)
TONES_HZ = tuple(500 + 150 * place for place in range(len(FORMS)))
#: Lines begin every second, from 0.5 s on.
STARTS_MS = tuple(500 + 1000 * place for place in range(len(FORMS)))


@cache
def built() -> Path:
    """Build a project with a take of 0.5 s in each form, and with two that nobody can know the line of."""
    folder = Path(mkdtemp(prefix="babelreel-phones-"))
    film = make_film(folder / "film.mp4", seconds=10, size="160x90")
    track = "\n".join(
        f"{number}\n00:00:0{number - 1},500 --> 00:00:0{number},300\nTu as des droits.\n"
        for number in range(1, len(FORMS) + 1)
    )
    root = make_project(folder / "film", {"fr.srt": track}, film=film, settings=SETTINGS)
    (root / "video/stems/fr").mkdir(parents=True)
    for (name, words), hz in zip(FORMS, TONES_HZ, strict=True):
        source = write_wave(folder / "take.wav", np.concatenate([silence(0.2), tone(0.5, hz=hz), silence(0.2)]))
        convert(source, root / "video/stems/fr" / name, *words)
    for name in ("PTT-20261129-WA0003.opus", "Recording (3).m4a"):
        convert(source, root / "video/stems/fr" / name)
    assert babelreel(root, "dub", "remember", "fr").code == 0
    done = babelreel(root, "build", "--only", "phone-360p")
    assert done.code == 0, done.err
    return root


@cache
def heard() -> NDArray[np.float64]:
    (path,) = (built() / "output/fr").glob("*.phone-360p.mp4")
    return read_sound(path)[:, 0]


@pytest.mark.parametrize("place", range(len(FORMS)), ids=[name for name, _ in FORMS])
def test_a_take_is_heard_in_its_line_from_its_beginning_on(place: int) -> None:
    first = STARTS_MS[place] * RATE // 1000
    within = heard()[first : first + RATE // 2]
    levels = np.abs(np.fft.rfft(within * np.hanning(len(within))))
    loudest = max(TONES_HZ, key=lambda hz: float(levels[round(hz / 2) - 2 : round(hz / 2) + 3].max()))
    assert loudest == TONES_HZ[place]
    # its tone alone, in stretches of 10 ms: silence before the line, and a voice within 30 ms, a frame of AMR and some
    wave = np.exp(-2j * np.pi * TONES_HZ[place] * np.arange(RATE // 100) / RATE)
    strength = [abs(np.vdot(wave, heard()[at : at + len(wave)])) for at in range(first - 4800, first + RATE // 2, 480)]
    onset = next(at for at, each in enumerate(strength) if each > 0.3 * max(strength))
    assert abs(onset - 10) <= 3


def test_what_no_line_can_be_told_of_is_told_once() -> None:
    found = babelreel(built(), "check", "--select", "DUB003", "--format", "json").document["findings"]
    (told,) = [(each["path"], each["message"]) for each in found]
    assert told[0] == "video/stems/fr"
    assert told[1].startswith(
        "PTT-20261129-WA0003.opus, Recording (3).m4a are not used, because their names do not begin with"
    )


def test_nothing_else_is_found_in_recordings_of_phones_but_how_few_samples_a_second_they_have() -> None:
    found = babelreel(built(), "check", "--select", "DUB", "--format", "json").document["findings"]
    assert {each["code"] for each in found} <= {"DUB003", "DUB010"}
