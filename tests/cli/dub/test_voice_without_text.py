"""Is a language that has a voice and no subtitles published as that, and only where the project says so?"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import av
import numpy as np
import pytest

from support.dubs import RATE, read_sound
from support.films import make_film
from support.projects import FR, babelreel, make_project
from support.sites import Page, read_page
from support.sounds import convert, silence, tone, write_wave
from support.sounds import voice as sentence

FILM_HZ, VOICE_HZ = 440, 700
ASKED = "[language.de]\nvoice_only = true\n"
BARE = "[delivery]\nstreams = false\nleaflets = false\npages = false\n"
ARCHIVED = '[delivery]\narchive = ["mkv"]\n'


@cache
def black_film() -> Path:
    """Make a film of 4 s that is black and hums: what is bright in it was drawn by us."""
    return make_film(Path(mkdtemp(prefix="babelreel-black-")) / "film.mp4", seconds=4, picture="color")


@cache
def voice() -> Path:
    """Record 4 s in which a tone sounds from 1 s to 3 s."""
    sound = np.concatenate([silence(1), tone(2, hz=VOICE_HZ), silence(1)])
    wave = write_wave(Path(mkdtemp(prefix="babelreel-voice-")) / "voice.wav", sound)
    return convert(wave, wave.with_suffix(".flac"))


def make(root: Path, settings: str, *sounds: str, tracks: dict[str, str] | None = None) -> Path:
    make_project(root, tracks, film=black_film(), settings=settings)
    for name in sounds:
        path = root / "video/stems" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(voice(), path)
    return root


@cache
def built() -> Path:
    root = make(Path(mkdtemp(prefix="babelreel-voice-only-")) / "film", ARCHIVED + ASKED, "de.flac")
    done = babelreel(root, "build")
    assert done.code == 0, done.err
    return root


def files_of(root: Path, tag: str = "de") -> list[dict[str, Any]]:
    manifest = json.loads((root / "output/manifest.json").read_text("utf-8"))
    return [file for file in manifest["files"] if file["language"] == tag]


def film_of(tag: str, rendition: str) -> Path:
    (path,) = (built() / "output" / tag).glob(f"*.{rendition}.mp4")
    return path


def page(path: str) -> Page:
    return read_page((built() / "output" / path).read_text("utf-8"))


def kinds(path: Path) -> list[str]:
    with av.open(str(path)) as container:
        return [stream.type for stream in container.streams]


def strength(path: Path, hz: int, start_s: float, end_s: float) -> float:
    part = read_sound(path)[round(start_s * RATE) : round(end_s * RATE), 0]
    return float(2 * abs(np.mean(part * np.exp(-2j * np.pi * hz * np.arange(len(part)) / RATE))))


def brightest(path: Path) -> int:
    with av.open(str(path)) as container:
        return max(int(frame.to_ndarray(format="gray").max()) for frame in container.decode(video=0))


@pytest.mark.parametrize("rendition", ["web-720p", "phone-360p"])
def test_the_film_speaks_the_language_and_holds_no_text(rendition: str) -> None:
    path = film_of("de", rendition)
    assert kinds(path) == ["video", "audio"]
    with av.open(str(path)) as container:
        assert container.streams.audio[0].metadata["language"] == "deu"
    voiced, before = (strength(path, VOICE_HZ, *span) for span in ((1.2, 2.8), (0.1, 0.8)))
    assert voiced > 100 * before
    assert strength(film_of("fr", rendition), VOICE_HZ, 1.2, 2.8) < voiced / 100


def test_the_film_s_own_sound_goes_down_under_the_voice(tmp_path: Path) -> None:
    root = make(tmp_path / "film", BARE + ASKED, "de.flac")
    spoken = np.concatenate([silence(1.6), sentence()])[: round(3.9 * RATE)]  # the film is over after 4 s
    convert(write_wave(tmp_path / "spoken.wav", spoken), root / "video/stems/de.flac")
    assert babelreel(root, "build", "de", "--only", "phone-360p").code == 0
    (path,) = (root / "output/de").glob("*.mp4")
    # by 14 dB at least, which is a fifth; the voice has a little of the same tone
    assert strength(path, FILM_HZ, 2.0, 3.6) < strength(path, FILM_HZ, 0.1, 0.9) / 3


def test_nothing_is_drawn_into_the_picture_where_other_languages_have_their_text() -> None:
    assert brightest(film_of("fr", "phone-360p")) > 200
    assert brightest(film_of("de", "phone-360p")) < 40


def test_no_file_of_text_is_published_for_it() -> None:
    roles = {file["role"] for file in files_of(built())}
    assert roles == {"video", "page", "stream", "offline"}
    assert {file["role"] for file in files_of(built(), "fr")} > {"captions", "transcript", "leaflet"}
    assert {file["sound"] for file in files_of(built()) if file["role"] == "video"} == {"dub"}
    languages = json.loads((built() / "output/manifest.json").read_text("utf-8"))["languages"]
    assert [language["tag"] for language in languages] == ["fr", "de"]


def test_its_page_plays_the_film_and_shows_no_transcript() -> None:
    shown = page("de/index.html")
    assert shown.all("video", id="film", data_language="de")
    assert shown.all("section", class_="transcript") == []
    assert shown.all("h2", id="transcript-title") == []
    tracks = [each for each in shown.all("track") if each["kind"] != "metadata"]
    assert [each["srclang"] for each in tracks] == ["fr"]  # for who wants to read; nothing is on by itself
    assert tracks[0].get("default") is None
    (structured,) = shown.all("script", type="application/ld+json")
    assert not {"transcript", "accessibilityFeature"} & json.loads(structured.text).keys()
    assert [each for each in shown.all("a") if each.get("data-burned") is not None] == []


def addresses(shown: Page) -> Iterable[str]:
    for element in shown.elements:
        yield from (each for each in (element.get("href"), element.get("src")) if each and "#" not in each)


@pytest.mark.parametrize("path", ["index.html", "offline.html", "de/index.html", "fr/index.html"])
def test_no_page_leads_to_a_file_that_is_not_there(path: str) -> None:
    folder = (built() / "output" / path).parent
    found = [folder / address.partition("?")[0] for address in addresses(page(path))]
    assert found
    assert [each for each in found if not (each.is_file() or (each / "index.html").is_file())] == []


def test_the_page_for_a_double_click_leads_to_its_film() -> None:
    shown = page("offline.html")
    assert [each["src"] for each in shown.all("script") if "cues" in each["src"]] == ["fr/cues.js"]
    assert shown.one("a", hreflang="de")["href"].endswith(".mp4")


def test_the_stream_has_its_sound_and_no_text_of_it() -> None:
    master = (built() / "output/stream/master.m3u8").read_text("utf-8")
    lines = [line for line in master.splitlines() if 'LANGUAGE="de"' in line]
    assert len(lines) == 2  # as good as it is, and light
    assert all("TYPE=AUDIO" in line for line in lines)
    assert (built() / "output/stream/manifest.mpd").read_text("utf-8").count('lang="de"') == 1


def test_the_archive_has_its_sound_and_no_text_of_it() -> None:
    (path,) = (built() / "output/archive").glob("*.mkv")
    assert kinds(path) == ["video", "audio", "audio", "subtitle"]


def test_everything_is_up_to_date_and_right_afterwards() -> None:
    assert babelreel(built(), "plan", "--json").document["tasks"] == []
    assert babelreel(built(), "verify").code == 0
    report = babelreel(built(), "dub", "report", "de")
    assert report.code == 0
    assert "2 files with sound, all within 1 LU" in report.out


def test_check_finds_nothing_to_be_missing() -> None:
    checked = babelreel(built(), "check", "--select", "DUB,FIL", "--format", "json")
    assert (checked.code, checked.document["findings"]) == (0, [])
    assert "0 subtitle files, 0 lines, 1 voice without text: nothing found" in babelreel(built(), "check", "de").out


def test_without_the_setting_the_voice_is_told_with_the_line_to_write(tmp_path: Path) -> None:
    root = make(tmp_path / "film", BARE, "de.flac")
    (finding,) = babelreel(root, "check", "--select", "DUB022", "--format", "json").document["findings"]
    assert "[language.de] voice_only = true in babelreel.toml" in finding["message"]
    assert (finding["severity"], finding["path"]) == ("warning", "video/stems/de.flac")
    tasks = babelreel(root, "plan", "--json").document["tasks"]
    assert {task["language"] for task in tasks} == {"fr", None}


def test_a_slip_in_a_name_is_no_language_that_could_be_asked_for(tmp_path: Path) -> None:
    root = make(tmp_path / "film", BARE, "deutsch-final-neu.flac")
    (finding,) = babelreel(root, "check", "--select", "DUB022", "--format", "json").document["findings"]
    assert "voice_only" not in finding["message"]


def test_takes_without_lines_are_refused_with_the_ways_out(tmp_path: Path) -> None:
    root = make(tmp_path / "film", BARE + ASKED, "de/1.flac", "de/2.flac")
    checked = babelreel(root, "check", "--select", "DUB022", "--format", "json")
    (finding,) = checked.document["findings"]
    assert (checked.code, finding["severity"]) == (1, "error")
    assert "there are takes, but no subtitles" in finding["message"]
    assert "subtitles/de.srt" in finding["message"]
    assert "de.flac" in finding["message"]
    done = babelreel(root, "build", "--only", "phone-360p")
    assert done.code == 3
    assert "de is not published: there is no recording of the whole film" in done.err
    assert {path.name for path in (root / "output").iterdir()} >= {"fr"}
    assert not (root / "output/de").exists()


def test_a_voice_that_is_wanted_and_not_there_is_told(tmp_path: Path) -> None:
    root = make(tmp_path / "film", 'languages = ["fr", "de"]\n' + BARE + ASKED)
    (finding,) = babelreel(root, "check", "--select", "DUB022", "--format", "json").document["findings"]
    assert (finding["severity"], finding["path"]) == ("error", "video/stems/de.flac")
    done = babelreel(root, "build", "de", "--only", "phone-360p")
    assert "de is not published: there is no recording of the whole film" in done.err


def test_a_voice_in_which_nothing_is_heard_is_not_published_with_the_film_s_own_sound(tmp_path: Path) -> None:
    root = make(tmp_path / "film", BARE + ASKED, "de.flac")
    convert(write_wave(tmp_path / "silence.wav", silence(4)), root / "video/stems/de.flac")
    done = babelreel(root, "build", "--only", "phone-360p")
    assert done.code == 3
    assert "de is not published: its recording has 1 error" in done.err
    assert not (root / "output/de").exists()


def test_a_recording_that_is_not_here_yet_leaves_what_was_published_of_it(tmp_path: Path) -> None:
    root = make(tmp_path / "film", BARE + ASKED, "de.flac")
    assert babelreel(root, "build", "--only", "phone-360p").code == 0
    (root / "video/stems/de.flac").write_bytes(b"")  # as a cloud folder leaves it until it is fetched
    done = babelreel(root, "build", "--only", "phone-360p")
    assert done.code == 3
    assert "de keeps its earlier version: 1 recording is not here" in done.err
    assert [file["role"] for file in files_of(root)] == ["video"]
    assert babelreel(root, "verify").code == 0


def test_a_project_may_have_a_voice_and_no_subtitles_at_all(tmp_path: Path) -> None:
    root = make(tmp_path / "film", "[delivery]\nstreams = false\n" + ASKED, "de.flac", tracks={})
    assert babelreel(root, "check").code == 0
    done = babelreel(root, "build", "--only", "phone-360p")
    assert done.code == 0, done.err
    shown = read_page((root / "output/de/index.html").read_text("utf-8"))
    assert shown.all("select", id="subtitles") == []  # there is nothing to choose
    assert not any(file["role"] == "leaflet" for file in files_of(root) + files_of(root, ""))


def test_subtitles_that_come_later_are_published_with_the_voice(tmp_path: Path) -> None:
    root = make(tmp_path / "film", BARE + ASKED, "de.flac", tracks={"de.srt": FR.replace("Tes droits", "Deine Rechte")})
    done = babelreel(root, "build", "--only", "phone-360p")
    assert {file["role"] for file in files_of(root)} == {"video", "captions"}, done.err


def test_what_was_withdrawn_is_published_again_when_it_was_recorded_anew(tmp_path: Path) -> None:
    root = make(tmp_path / "film", BARE + ASKED, "de.flac")
    build = ("build", "--only", "phone-360p")
    assert babelreel(root, *build).code == 0
    assert babelreel(root, "withdraw", "de").code == 0
    again = babelreel(root, *build)
    assert "it was withdrawn, and its recording is the same since" in again.err
    assert files_of(root) == []
    wave = write_wave(tmp_path / "new.wav", np.concatenate([silence(1), tone(2, hz=900), silence(1)]))
    convert(wave, root / "video/stems/de.flac")
    assert babelreel(root, *build).code == 0
    assert files_of(root)


AGREED = "[consent.de]\nvoice = true\n"


@pytest.mark.parametrize("text", ["1\n00:00:01,000 --> 00:00:03,000\nDu hast Rechte.\n", ""])
def test_a_voice_whose_speaker_has_not_agreed_is_not_published_and_an_earlier_one_is_taken_away(
    tmp_path: Path, text: str
) -> None:
    tracks = {"fr.srt": FR} | ({"de.srt": text} if text else {})
    root = make(tmp_path / "film", BARE + ASKED + AGREED, "de.flac", tracks=tracks)
    spoken = np.concatenate([silence(1), sentence(), silence(3)])[: 4 * RATE]
    convert(write_wave(tmp_path / "spoken.wav", spoken), root / "video/stems/de.flac")
    build = ("build", "--only", "phone-360p")
    first = babelreel(root, *build)
    assert [file["sound"] for file in files_of(root) if file["role"] == "video"] == ["dub"], first.err
    settings = root / "babelreel.toml"
    settings.write_text(settings.read_text("utf-8").replace(AGREED, AGREED.replace("true", "false")), "utf-8")

    done = babelreel(root, *build)

    assert done.code == 3
    assert "The voice of de is not published: its speaker has not agreed" in done.err
    taken_back = babelreel(root, "rollback")
    assert taken_back.code == 2, "a publication in which the voice is heard does not come back"
    assert "has its voice, and the speaker has not agreed" in taken_back.err
    left = ["original"] if text else []  # the language is published without the voice, if there is more of it
    assert [file["sound"] for file in files_of(root) if file["role"] == "video"] == left
    (root / "video/stems/de.flac").write_bytes(b"")  # not here now: no reason to let an earlier version stay
    assert babelreel(root, *build).code == 3
    assert [file["sound"] for file in files_of(root) if file["role"] == "video"] == left


SIGN = '\n[[sign]]\nname = "court"\nfrom = "0:00.5"\nto = "0:03.5"\ntext = { en = "Court"%s }\n'


def without(*renditions: str) -> str:
    return "".join(f"[renditions.{name}]\nenabled = false\n" for name in renditions)


def test_words_in_the_picture_are_part_of_it_also_where_nobody_reads_subtitles(tmp_path: Path) -> None:
    settings = BARE + ASKED + without("web-1080p", "web-720p", "phone-480p") + SIGN
    root = make(tmp_path / "film", settings % "", "de.flac")
    assert "missing-sign" in babelreel(root, "check", "de").out
    assert "1 text in the picture has no translation" in babelreel(root, "plan", "de").out
    config = root / "babelreel.toml"
    config.write_text(settings % ', de = "Gericht \U0001f3db"', "utf-8")
    assert "undrawable-character" in babelreel(root, "check", "de").out
    config.write_text(settings % ', de = "Gericht"', "utf-8")
    assert babelreel(root, "build", "de").code == 0
    (phone,) = (root / "output/de").glob("*phone-360p.mp4")
    with av.open(str(phone)) as container:
        drawn = [each.to_ndarray(format="gray").max() for each in container.decode(video=0)]
    assert max(drawn) > 200, "white words over a black film"


def test_where_no_text_is_drawn_a_voice_waits_for_no_words_in_the_picture(tmp_path: Path) -> None:
    settings = BARE + ASKED + without("phone-480p", "phone-360p") + SIGN
    root = make(tmp_path / "film", settings % "", "de.flac")
    assert "missing-sign" not in babelreel(root, "check", "de").out
    plan = babelreel(root, "plan", "de")
    assert (plan.code, "no translation" in plan.out) == (0, False)
