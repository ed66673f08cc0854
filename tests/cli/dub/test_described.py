"""A voice that says what is seen: ``en.ad.flac`` is laid over all that is heard without it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from xml.etree import ElementTree  # noqa: ICN001 - its full name says more

import m3u8
import numpy as np
import pytest

from support.dubs import RATE, read_sound
from support.films import make_film
from support.projects import AR, FR, babelreel, make_project
from support.sounds import convert, silence, tone, write_wave
from support.sounds import voice as sentence

FILM_HZ, DUB_HZ, DESCRIBED_HZ = 440, 900, 700
#: Nobody speaks in a tone, and three texts of two lines do not say the same.
TONES = '[check]\nignore = ["DUB", "FCT"]\n'
DASH = "{urn:mpeg:dash:schema:mpd:2011}"


def record(path: Path, hz: int, start_s: int) -> None:
    """Record 4 s in which a tone sounds for a second."""
    sound = np.concatenate([silence(start_s), tone(1, hz=hz), silence(3 - start_s)])
    path.parent.mkdir(parents=True, exist_ok=True)
    convert(write_wave(path.with_suffix(".wav"), sound), path)
    path.with_suffix(".wav").unlink()


@cache
def built() -> Path:
    """Build English, which the film speaks, and French, which is dubbed: both described; and Arabic."""
    folder = Path(mkdtemp(prefix="babelreel-described-"))
    film = make_film(folder / "film.mp4", seconds=4, picture="color")
    tracks = {"en.srt": FR, "fr.srt": FR, "ar.srt": AR}
    root = make_project(
        folder / "film", tracks, film=film, settings=f'slug = "film"\n{TONES}[delivery]\nleaflets = false\n'
    )
    record(root / "video/stems/fr.flac", DUB_HZ, 1)
    record(root / "video/stems/fr.ad.flac", DESCRIBED_HZ, 2)
    record(root / "video/stems/en.ad.flac", DESCRIBED_HZ, 2)
    done = babelreel(root, "build")
    assert done.code == 0, done.err
    return root


def strength(tag: str, hz: int, second: int) -> float:
    """Measure how strong a tone is in the middle of a second of a language's film."""
    (path,) = (built() / "output" / tag).glob("*.web-720p.mp4")
    return tone_in(path, hz, second + 0.3, second + 0.7)


def tone_in(path: Path, hz: int, start_s: float, end_s: float) -> float:
    part = read_sound(path)[round(start_s * RATE) : round(end_s * RATE), 0]
    return float(2 * abs(np.mean(part * np.exp(-2j * np.pi * hz * np.arange(len(part)) / RATE))))


def page(tag: str) -> str:
    return (built() / f"output/{tag}/index.html").read_text("utf-8")


def test_it_is_heard_over_the_film_where_it_speaks_and_in_no_other_sound() -> None:
    assert strength("en-x-ad", DESCRIBED_HZ, 2) > 5 * strength("en-x-ad", DESCRIBED_HZ, 0)
    assert strength("en-x-ad", FILM_HZ, 0) > 0.5 * strength("en", FILM_HZ, 0)
    assert strength("en", DESCRIBED_HZ, 2) < 0.1 * strength("en-x-ad", DESCRIBED_HZ, 2)


def test_the_film_goes_down_under_what_is_spoken(tmp_path: Path) -> None:
    settings = 'slug = "film"\n[delivery]\nstreams = false\nleaflets = false\n'
    film = make_film(tmp_path / "film.mp4", seconds=4, picture="color")
    root = make_project(tmp_path / "film", {"en.srt": FR}, film=film, settings=settings)
    (root / "video/stems").mkdir()
    spoken = np.concatenate([silence(1.6), sentence()])[: round(3.9 * RATE)]
    convert(write_wave(tmp_path / "spoken.wav", spoken), root / "video/stems/en.ad.flac")
    done = babelreel(root, "build")
    assert done.code == 0, done.err
    (path,) = (root / "output/en-x-ad").glob("*.web-720p.mp4")
    # by 14 dB at least, which is a fifth; the voice has a little of the same tone
    assert tone_in(path, FILM_HZ, 2.0, 3.6) < tone_in(path, FILM_HZ, 0.1, 0.9) / 3


def test_over_a_dub_both_voices_are_heard() -> None:
    assert strength("fr-x-ad", DUB_HZ, 1) > 5 * strength("fr-x-ad", DUB_HZ, 0)
    assert strength("fr-x-ad", DESCRIBED_HZ, 2) > 5 * strength("fr-x-ad", DESCRIBED_HZ, 1)
    assert strength("en-x-ad", DUB_HZ, 1) < 0.1 * strength("fr-x-ad", DUB_HZ, 1)


def test_its_films_have_the_pictures_that_are_there_anyway() -> None:
    manifest = json.loads((built() / "output/manifest.json").read_text("utf-8"))
    films = {
        file["rendition"]: (file["sound"], file["text"])
        for file in manifest["files"]
        if file["role"] == "video" and file["language"] == "en-x-ad"
    }
    assert films == {"web-720p": ("dub", "none")}
    assert manifest["status"] == "complete"


def test_where_every_size_has_its_text_burned_in_the_smallest_is_described_without_it(tmp_path: Path) -> None:
    settings = f'slug = "film"\n{TONES}[delivery]\nstreams = false\nleaflets = false\npages = false\n'
    for rung in ("web-1080p", "web-720p"):
        settings += f"[renditions.{rung}]\nenabled = false\n"
    film = make_film(tmp_path / "film.mp4", seconds=4, picture="color")
    root = make_project(tmp_path / "film", {"en.srt": FR}, film=film, settings=settings)
    record(root / "video/stems/en.ad.flac", DESCRIBED_HZ, 2)
    done = babelreel(root, "build")
    assert done.code == 0, done.err
    manifest = json.loads((root / "output/manifest.json").read_text("utf-8"))
    films = {
        (file["language"], file["rendition"], file["text"]) for file in manifest["files"] if file["role"] == "video"
    }
    assert ("en-x-ad", "phone-360p", "none") in films
    assert {rendition for tag, rendition, _ in films if tag == "en-x-ad"} == {"phone-360p"}
    path = root / "output/en-x-ad/film.en-x-ad.phone-360p.mp4"
    assert tone_in(path, DESCRIBED_HZ, 2.3, 2.7) > 5 * tone_in(path, DESCRIBED_HZ, 0.3, 0.7)


def test_players_of_streams_are_told_what_it_is() -> None:
    master = m3u8.load(str(built() / "output/stream/master.m3u8"))
    sounds = {each.uri: each for each in master.media if each.type == "AUDIO"}
    described, dub = sounds["sound-fr-x-ad.m3u8"], sounds["sound-fr.m3u8"]
    assert (described.language, described.characteristics) == ("fr", "public.accessibility.describes-video")
    assert (dub.language, dub.characteristics) == ("fr", None)
    mpd = ElementTree.parse(built() / "output/stream/manifest.mpd").getroot()  # noqa: S314 - our own
    sets = {each.findtext(f"{DASH}Label"): each for each in mpd.iter(f"{DASH}AdaptationSet")}
    found = sets["Français – audiodescription"]
    assert found.get("lang") == "fr"
    assert [each.get("value") for each in found.iter(f"{DASH}Role")] == ["description"]
    assert [each.attrib for each in found.iter(f"{DASH}Accessibility")] == [
        {"schemeIdUri": "urn:tva:metadata:cs:AudioPurposeCS:2007", "value": "1"}
    ]


@pytest.mark.parametrize("tag", ["en", "fr", "ar"])
def test_each_page_offers_it_among_the_sounds(tag: str) -> None:
    assert ">English – audio description</option>" in page(tag)
    assert ">Français – audiodescription</option>" in page(tag)


def test_a_page_says_that_there_is_no_description_only_where_there_is_none() -> None:
    no_description = {"fr": "pas de description parlée", "ar": "لا يوجد وصف صوتي"}
    assert {tag: said in page(tag) for tag, said in no_description.items()} == {"fr": False, "ar": True}
    assert '<a href="../fr-x-ad/"' in page("fr").partition("<footer")[2]
    told = {tag: '"audioDescription"' in page(tag) for tag in ("en", "fr", "fr-x-ad", "ar")}
    assert told == {"en": True, "fr": True, "fr-x-ad": True, "ar": False}


def test_nobody_describes_a_film_in_a_language_in_which_it_cannot_be_heard(tmp_path: Path) -> None:
    settings = f"{TONES}[delivery]\nstreams = false\nleaflets = false\n"
    root = make_project(tmp_path / "film", {"en.srt": FR, "ar.srt": AR}, settings=settings)
    record(root / "video/stems/ar.ad.flac", DESCRIBED_HZ, 1)
    done = babelreel(root, "build")
    assert done.code == 3
    assert "ar-x-ad is not published: what is said in the film cannot be heard in ar" in done.err
    assert {path.name for path in (root / "output").glob("ar*")} == {"ar"}


def test_over_a_dub_that_no_file_has_alone(tmp_path: Path) -> None:
    settings = f"{TONES}[delivery]\nstreams = false\nleaflets = false\n"
    for rung in ("web-1080p", "web-720p", "phone-480p", "phone-360p"):
        settings += f"[renditions.{rung}]\nvoice = false\n"
    film = make_film(tmp_path / "film.mp4", seconds=4, picture="color")
    root = make_project(tmp_path / "film", {"en.srt": FR, "fr.srt": FR}, film=film, settings=settings)
    record(root / "video/stems/fr.flac", DUB_HZ, 1)
    record(root / "video/stems/fr.ad.flac", DESCRIBED_HZ, 2)
    done = babelreel(root, "build", "--only", "web-720p")
    assert done.code == 0, done.err
    (alone,), (described,) = ((root / "output" / tag).glob("*.web-720p.mp4") for tag in ("fr", "fr-x-ad"))
    assert tone_in(described, DUB_HZ, 1.3, 1.7) > 10 * tone_in(alone, DUB_HZ, 1.3, 1.7)


#: What is seen, in English, as a program for descriptions writes it: two events, of which one bears a translation.
DAPT = """<?xml version="1.0" encoding="UTF-8"?>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter"
    xmlns:daptm="http://www.w3.org/ns/ttml/profile/dapt#metadata" xml:lang="en"
    ttp:contentProfiles="http://www.w3.org/ns/ttml/profile/dapt1.0/content"
    daptm:scriptRepresents="visual" daptm:scriptType="preRecording" daptm:langSrc="">
  <body>
    <div xml:id="d1" begin="0.4s" end="1.2s" daptm:represents="visual.nonText"><p>A girl.</p></div>
    <div xml:id="d2" begin="2s" end="3.6s" daptm:represents="visual.nonText">
      <p xml:lang="fr" daptm:langSrc="fr">Elle ouvre une porte.</p>
      <p xml:lang="en" daptm:langSrc="fr">She opens a door.</p>
    </div>
  </body>
</tt>
"""


def test_takes_of_a_description_are_placed_by_its_script_and_the_film_goes_down_under_them(tmp_path: Path) -> None:
    film = make_film(tmp_path / "film.mp4", seconds=4, picture="color")
    settings = f'slug = "film"\n{TONES}[delivery]\nstreams = false\nleaflets = false\n'
    root = make_project(tmp_path / "film", {"en.srt": FR}, film=film, settings=settings)
    takes = root / "video/stems/en.ad"
    takes.mkdir(parents=True)
    (root / "video/stems/en.ad.ttml").write_text(DAPT, "utf-8")
    script = babelreel(root, "dub", "script", "en-x-ad")
    assert script.code == 0, script.err
    sheet = (root / "recording/film.en-x-ad.script.csv").read_text("utf-8")
    assert "She opens a door." in sheet
    assert "porte" not in sheet, "of two languages, only that of the description is spoken"
    guide = babelreel(root, "dub", "guide", "en-x-ad")
    assert guide.code == 0, guide.err
    assert list((root / "recording").glob("film.en-x-ad.*.flac"))
    convert(write_wave(tmp_path / "2.wav", tone(1, hz=DESCRIBED_HZ)), takes / "2.flac")
    done = babelreel(root, "build")
    assert done.code == 0, done.err
    (path,) = (root / "output/en-x-ad").glob("*.web-720p.mp4")
    (plain,) = (root / "output/en").glob("*.web-720p.mp4")
    spoken, before = tone_in(path, DESCRIBED_HZ, 2.3, 2.7), tone_in(path, DESCRIBED_HZ, 0.8, 1.4)
    assert spoken > 5 * before, "the second line begins with the third second"
    # by 14 dB, less what the loudness of the whole film changes: at least a third
    lowered = tone_in(path, FILM_HZ, 2.3, 2.7) / tone_in(path, FILM_HZ, 0.4, 1.2)
    assert lowered < tone_in(plain, FILM_HZ, 2.3, 2.7) / tone_in(plain, FILM_HZ, 0.4, 1.2) / 3
    assert not list((root / "output").rglob("*en-x-ad*.srt")), "nobody reads what is spoken"
