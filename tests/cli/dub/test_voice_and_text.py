"""Are films with a voice and no text, and with text and the film's own sound, made, offered and found to be that?"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import av
import numpy as np

from support.films import make_film
from support.projects import AR, FR, babelreel, make_project
from support.sounds import convert, silence, tone, write_wave

SETTINGS = """
title = "Rights"
[delivery]
streams = false
leaflets = false
[check]
ignore = ["DUB"]
[renditions.web-1080p]
enabled = false
[renditions.phone-480p]
enabled = false
[renditions.phone-360p]
text = false
[renditions.phone-original]
voice = false
text = "burn-in"
long_px = 640
short_px = 360
"""


@cache
def built() -> Path:
    """Build French, which has a voice, and Arabic, which has none, of a film that is black and hums."""
    folder = Path(mkdtemp(prefix="babelreel-voice-and-text-"))
    film = make_film(folder / "film.mp4", seconds=3, size="160x90", picture="color")
    root = make_project(folder / "project", {"fr.srt": FR, "ar.srt": AR}, film=film, settings=SETTINGS)
    voice = np.concatenate([silence(0.2), tone(1.8, hz=700), silence(1)])
    (root / "video/stems").mkdir()
    convert(write_wave(folder / "voice.wav", voice), root / "video/stems/fr.flac")
    done = babelreel(root, "build")
    assert done.code == 0, done.err
    return root


def brightest(tag: str, rendition: str) -> int:
    with av.open(str(built() / f"output/{tag}/rights.{tag}.{rendition}.mp4")) as container:
        return max(int(frame.to_ndarray(format="gray").max()) for frame in container.decode(video=0))


def test_the_manifest_says_what_each_film_carries() -> None:
    files = json.loads((built() / "output/manifest.json").read_text("utf-8"))["files"]
    films = (each for each in files if "rendition" in each)
    assert {(each["language"], each["rendition"]): (each["text"], each["sound"]) for each in films} == {
        ("fr", "web-720p"): ("mux", "dub"),
        ("fr", "phone-360p"): ("none", "dub"),
        ("fr", "phone-original"): ("burn-in", "original"),
        ("ar", "web-720p"): ("mux", "original"),
        ("ar", "phone-360p"): ("burn-in", "original"),  # nobody speaks Arabic here
        ("ar", "phone-360p-no-text"): ("none", "original"),  # its page draws the text
        ("ar", "phone-original"): ("burn-in", "original"),
    }


def test_text_is_seen_where_it_should_be() -> None:
    assert brightest("fr", "phone-360p") < 40
    assert brightest("fr", "phone-original") > 120  # small letters in a small picture
    assert brightest("ar", "phone-360p") > 120


def test_pages_offer_the_film_that_speaks_and_not_the_one_that_they_draw_on() -> None:
    french, arabic = ((built() / f"output/{tag}/index.html").read_text("utf-8") for tag in ("fr", "ar"))
    for name in ("phone-360p", "phone-original"):
        assert f'href="../fr/rights.fr.{name}.mp4"' in french
    assert 'href="../ar/rights.ar.phone-360p-no-text.mp4"' not in arabic


def test_a_pack_takes_a_film_that_is_understood() -> None:
    done = babelreel(built(), "pack", "whatsapp", "--lang", "fr")
    assert done.code == 0, done.err
    (packed,) = (built() / "output/packs").rglob("*.mp4")
    with av.open(str(packed)) as container:
        assert [stream.type for stream in container.streams] == ["video", "audio"]


def test_they_are_verified_as_deep_as_others() -> None:
    done = babelreel(built(), "verify", "--deep")
    assert done.code == 0, done.out + done.err
