from __future__ import annotations

import hashlib
import json
from importlib.resources import files
from pathlib import Path

import av
import jsonschema
import pytest

from babelreel.media.containers.mp4 import is_faststart, read_tracks
from babelreel.media.probe.film import probe_media
from babelreel.model.delivery.published_paths import DESCRIPTIONS
from support.films import make_film
from support.projects import AR, FILES_ONLY, FR, ZH, babelreel, counting_ffmpeg, make_project, snapshot

PAGES = {
    "index.html",
    "offline.html",
    "assets/babelreel.css",
    "assets/babelreel.js",
    "assets/embed.css",
    "assets/first.css",
    "assets/first.js",
    "assets/later.js",
    "assets/offline.js",
    "assets/icon.svg",
}


def published(root: Path) -> set[str]:
    """Give what was published, less the pages and pictures that all languages share."""
    found = set(snapshot(root / "output")) - {*DESCRIPTIONS} - PAGES
    return {path for path in found if not path.startswith("shared/")}


def pictures(slug: str) -> set[str]:
    endings = ("poster-1280.jpg", "poster-640.jpg", "share-1200x630.jpg", "storyboard.jpg", "storyboard.vtt")
    return {f"shared/{slug}.{ending}" for ending in endings}


#: The film that phones get on pages: no text of a language is in it.
LIGHT = "phone-360p-no-text.mp4"


def expected(*tags: str) -> set[str]:
    endings = (
        "web-720p.mp4",
        "phone-360p.mp4",
        "vtt",
        "srt",
        "transcript.html",
        "transcript.txt",
        "embed.txt",
        "zip",
        LIGHT,
    )
    files = {f"{tag}/mon-ete-1.{tag}.{ending}" for tag in tags for ending in endings}
    return files | {
        f"{tag}/{name}"
        for tag in tags
        for name in ("index.html", "embed/index.html", "cues.js", "sw.js", "app.webmanifest")
    }


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_project(tmp_path / "mon été (1)", {"fr.srt": FR, "ar.srt": AR, "zh-Hans.srt": ZH})


def test_a_build_publishes_every_language_and_describes_it(root: Path) -> None:
    before = snapshot(root)
    result = babelreel(root, "build")
    assert (result.code, result.out) == (0, "")
    assert published(root) == expected("fr", "ar", "zh-Hans")
    manifest = json.loads((root / "output/manifest.json").read_text("utf-8"))
    schema = json.loads((files("babelreel.delivery") / "manifest.schema.json").read_text("utf-8"))
    jsonschema.validate(manifest, schema)
    assert manifest["status"] == "complete"
    assert {file["path"] for file in manifest["files"]} == published(root) | PAGES | pictures("mon-ete-1")
    for file in manifest["files"]:
        content = (root / "output" / file["path"]).read_bytes()
        assert (file["bytes"], file["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    # the user's own files are as they were
    assert {path: content for path, content in snapshot(root).items() if path in before} == before
    assert babelreel(root, "verify").code == 0


def test_every_file_is_what_players_need(root: Path) -> None:
    assert babelreel(root, "build", "fr").code == 0
    for name, profile, has_text in (("web-720p", "avc1.64", True), ("phone-360p", "avc1.4D", False)):
        path = root / f"output/fr/mon-ete-1.fr.{name}.mp4"
        info = probe_media(path, digest="")
        assert info.video is not None
        # 2 s at 25 fps, never larger than the film
        assert (info.video.frames, info.video.width_px, info.video.height_px) == (50, 320, 180)
        assert info.codecs.upper().startswith(profile.upper())
        assert [(audio.codec, audio.sample_rate_hz) for audio in info.audio] == [("aac", 48_000)]
        assert abs(info.duration_ms - 2000) <= 40
        assert is_faststart(path)
        texts = [track for track in read_tracks(path) if track.is_text]
        if has_text:
            (text,) = texts
            assert (text.language, text.name, text.is_enabled) == ("fra", "Français", False)
        else:
            assert texts == []


def test_sidecars_hold_the_text_in_both_formats(root: Path) -> None:
    assert babelreel(root, "build", "fr").code == 0
    vtt = (root / "output/fr/mon-ete-1.fr.vtt").read_text("utf-8")
    assert vtt.startswith("WEBVTT\n")
    assert "00:00:01.120 --> 00:00:02.000\nAppelle 112" in vtt
    assert (root / "output/fr/mon-ete-1.fr.srt").read_text("utf-8") == FR + "\n"  # as srt ends every cue


def test_second_build_starts_no_ffmpeg_and_writes_nothing(root: Path, tmp_path: Path) -> None:
    program, notes = counting_ffmpeg(tmp_path / "tools")
    assert babelreel(root, "build", "--ffmpeg", str(program)).code == 0
    started = notes.read_text()
    before = {path: path.stat().st_mtime_ns for path in (root / "output").rglob("*")}
    for path in (root / "video/master.mp4", root / "subtitles/fr.srt"):
        path.touch()  # the time of a file decides nothing
    second = babelreel(root, "build", "--ffmpeg", str(program))
    assert second.code == 0
    assert "nothing to do" in second.err
    assert notes.read_text() == started
    assert {path: path.stat().st_mtime_ns for path in (root / "output").rglob("*")} == before


def test_one_edited_cue_rebuilds_only_its_language(root: Path) -> None:
    assert babelreel(root, "build").code == 0
    track = root / "subtitles/fr.srt"
    track.write_text(track.read_text("utf-8").replace("112", "101"), "utf-8")
    plan = babelreel(root, "plan", "--json").document
    assert {task["language"] for task in plan["tasks"]} == {"fr"}
    reasons = {task["name"]: task["reason"] for task in plan["tasks"]}
    assert "cue 2 text" in reasons["picture phone-360p part 1 fr"]
    before = snapshot(root / "output")
    assert babelreel(root, "build").code == 0
    after = snapshot(root / "output")
    changed = {path for path in after if before.get(path) != after[path]}
    # the snippet and the manifest of the page hold no text, and neither does the light film
    same = {"fr/mon-ete-1.fr.embed.txt", "fr/app.webmanifest", f"fr/mon-ete-1.fr.{LIGHT}"}
    assert changed == expected("fr") - same | {"manifest.json", "SHA256SUMS"}


def test_a_changed_crf_rebuilds_its_rung_and_says_so(root: Path) -> None:
    assert babelreel(root, "build").code == 0
    (root / "babelreel.toml").write_text(FILES_ONLY + "[renditions.web-720p]\ncrf = 30\n", "utf-8")
    plan = babelreel(root, "plan", "--json").document
    assert {task["rendition"] for task in plan["tasks"]} == {"web-720p"}
    assert "crf 22 -> 30" in " ".join(task["reason"] for task in plan["tasks"])


def test_the_same_project_gives_the_same_bytes_whatever_the_jobs(tmp_path: Path) -> None:
    outputs = []
    for jobs in ("1", "4"):
        root = make_project(tmp_path / jobs / "film", {"fr.srt": FR, "ar.srt": AR})
        assert babelreel(root, "build", "--jobs", jobs, env={"PYTHONHASHSEED": jobs}).code == 0
        outputs.append(snapshot(root / "output"))
    assert outputs[0] == outputs[1]


def test_a_language_with_errors_is_left_out_and_the_others_go_on(root: Path) -> None:
    (root / "subtitles/ar.srt").write_text("1\n00:00:02,000 --> 00:00:01,000\nلا\n", "utf-8")
    result = babelreel(root, "build")
    assert result.code == 3
    assert "ar is not published" in result.err
    assert "subtitles/ar.srt:2" in result.err
    manifest = json.loads((root / "output/manifest.json").read_text("utf-8"))
    assert manifest["status"] == "partial"
    assert [language["tag"] for language in manifest["languages"]] == ["fr", "zh-Hans"]
    assert published(root) == expected("fr", "zh-Hans")


def test_building_one_language_leaves_the_others_as_they_are(root: Path) -> None:
    assert babelreel(root, "build").code == 0
    for name in ("fr", "ar"):
        track = root / f"subtitles/{name}.srt"
        track.write_text(track.read_text("utf-8").replace("00:00:00,200", "00:00:00,120"), "utf-8")
    before = snapshot(root / "output")
    assert babelreel(root, "build", "fr").code == 0
    after = snapshot(root / "output")
    assert {path for path in expected("ar", "zh-Hans") if before[path] != after[path]} == set()
    assert before["fr/mon-ete-1.fr.vtt"] != after["fr/mon-ete-1.fr.vtt"]
    assert json.loads(after["manifest.json"])["status"] == "partial"
    assert babelreel(root, "verify").code == 0


def test_a_refused_language_that_was_not_asked_for_stays_published(root: Path) -> None:
    assert babelreel(root, "build").code == 0
    (root / "subtitles/ar.srt").write_text("1\n00:00:02,000 --> 00:00:01,000\nلا\n", "utf-8")
    result = babelreel(root, "build", "fr")
    assert result.code == 0
    assert published(root) == expected("fr", "ar", "zh-Hans")
    manifest = json.loads((root / "output/manifest.json").read_text("utf-8"))
    assert manifest["status"] == "partial"
    assert [language["tag"] for language in manifest["languages"]] == ["ar", "fr", "zh-Hans"]
    assert babelreel(root, "verify").code == 0


def test_a_script_without_a_font_can_be_muxed_where_nothing_is_burned_in(tmp_path: Path) -> None:
    root = make_project(tmp_path / "film", {"hi.srt": "1\n00:00:00,200 --> 00:00:01,900\nनमस्ते\n"})
    (root / "babelreel.toml").write_text(
        FILES_ONLY + "[renditions.phone-480p]\nenabled = false\n[renditions.phone-360p]\nenabled = false\n", "utf-8"
    )
    assert babelreel(root, "build").code == 0
    assert {"hi/film.hi.web-720p.mp4", "hi/film.hi.vtt", "hi/film.hi.srt", "hi/index.html"} <= published(root)
    assert not [path for path in published(root) if "phone" in path]


@pytest.mark.parametrize(
    "name", ['l\'été "neuf".mp4', "a:b [c]{d}.mp4", "-x.mp4", "film 🎬.mp4", "فيلم.mp4", "100%d.mp4", "a\\b,c;d.mp4"]
)
def test_a_film_may_have_any_name(tmp_path: Path, name: str) -> None:
    root = make_project(tmp_path / "projet : «é» [1]")
    (root / "video/master.mp4").rename(root / "video" / name)
    result = babelreel(root, "build", "--only", "phone-360p")
    assert result.code == 0, result.err


def test_a_silent_film_is_delivered_without_sound(tmp_path: Path) -> None:
    root = make_project(tmp_path / "film", film=make_film(tmp_path / "silent.mkv", seconds=2, audio=None))
    assert babelreel(root, "build").code == 0
    manifest = json.loads((root / "output/manifest.json").read_text("utf-8"))
    videos = [file for file in manifest["files"] if file["role"] == "video"]
    assert {file["sound"] for file in videos} == {""}
    assert all("mp4a" not in file["mime"] for file in videos)


@pytest.mark.parametrize("name", ["fr-BE.vtt", "so.srt", "zh.srt"])
def test_any_language_tag_and_format_will_do(tmp_path: Path, name: str) -> None:
    text = (
        "WEBVTT\n\n00:00.200 --> 00:01.800\nSalut\n"
        if name.endswith("vtt")
        else "1\n00:00:00,200 --> 00:00:01,800\nabc\n"
    )
    root = make_project(tmp_path / "film", {name: text})
    assert babelreel(root, "build").code == 0
    tag = name.split(".", maxsplit=1)[0]
    assert (root / f"output/{tag}/film.{tag}.vtt").is_file()


def test_a_language_that_was_not_asked_for_keeps_the_page_of_its_published_text(root: Path) -> None:
    assert babelreel(root, "build").code == 0
    before = snapshot(root / "output")
    track = root / "subtitles/fr.srt"
    track.write_text(track.read_text("utf-8").replace("112", "101"), "utf-8")
    assert babelreel(root, "build", "ar").code == 0
    after = snapshot(root / "output")
    assert {path for path in before if before[path] != after[path]} == {"manifest.json", "SHA256SUMS"}
    assert set(after) == set(before)
    assert "Appelle 112" in after["fr/index.html"].decode()


def test_a_new_language_is_found_on_the_pages_of_all_others(root: Path) -> None:
    assert babelreel(root, "build").code == 0
    (root / "subtitles/en.srt").write_text(FR.replace("Tes droits", "Your rights").replace("Appelle", "Call"), "utf-8")
    assert babelreel(root, "build", "en").code == 0
    for page in ("index.html", "offline.html", "fr/index.html"):
        assert ">English</a>" in (root / "output" / page).read_text("utf-8")
    assert babelreel(root, "verify").code == 0


def test_a_page_has_the_title_in_its_language_where_there_is_one(root: Path) -> None:
    settings = f'title = "Rights"\n{FILES_ONLY}[language.ar]\ntitle = "حقوقك"\n'
    (root / "babelreel.toml").write_text(settings, "utf-8")
    assert babelreel(root, "build", "--only", "phone-360p").code == 0
    for tag, title in (("ar", "<title>حقوقك"), ("fr", "<title>Rights")):
        assert title in (root / f"output/{tag}/index.html").read_text("utf-8")
    with av.open(str(root / "output/ar/rights.ar.phone-360p.mp4")) as film:
        assert film.metadata["title"] == "حقوقك"


def test_a_project_may_want_no_pages(root: Path) -> None:
    assert babelreel(root, "build", "fr").code == 0
    (root / "babelreel.toml").write_text(f"{FILES_ONLY}pages = false\n", "utf-8")
    assert babelreel(root, "build", "fr").code == 0
    assert set(snapshot(root / "output")) - {*DESCRIPTIONS} == {
        f"fr/mon-ete-1.fr.{ending}" for ending in ("web-720p.mp4", "phone-360p.mp4", "vtt", "srt")
    }


def test_clean_takes_what_can_be_made_again_and_nothing_else(root: Path) -> None:
    before = snapshot(root)
    assert babelreel(root, "build", "fr").code == 0
    (root / "output/mine.txt").write_text("mine")
    assert babelreel(root, "clean", "--output").code == 0
    assert snapshot(root) == before | {"output/mine.txt": b"mine"}


def test_verify_finds_a_changed_and_a_missing_file(root: Path) -> None:
    assert babelreel(root, "build", "fr").code == 0
    vtt = root / "output/fr/mon-ete-1.fr.vtt"
    vtt.write_bytes(vtt.read_bytes().replace(b"112", b"121"))
    (root / "output/fr/mon-ete-1.fr.srt").unlink()
    result = babelreel(root, "verify", "--json")
    assert result.code == 1
    found = {each["path"]: each["message"] for each in result.document["differences"]}
    assert found == {
        "fr/mon-ete-1.fr.srt": "missing",
        "fr/mon-ete-1.fr.vtt": "changed since it was published (SHA-256 differs)",
    }
