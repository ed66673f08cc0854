from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import m3u8
import pytest

from babelreel.delivery import manifest as manifest_writer
from babelreel.delivery.references import find_references
from support.films import make_film
from support.projects import AR, FILES_ONLY, FR, babelreel, make_project, snapshot

EDITED = FR.replace("Appelle 112", "Appelle 114")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a project of two languages; tests that change it must change it back."""
    root = make_project(tmp_path_factory.mktemp("stream") / "film", {"fr.srt": FR, "ar.srt": AR}, settings="")
    result = babelreel(root, "build")
    assert result.code == 0, result.err
    return root


def streams(root: Path) -> dict[str, bytes]:
    return {path: content for path, content in snapshot(root / "output").items() if path.startswith("stream/")}


def test_every_file_of_a_stream_is_published_and_led_to(built: Path) -> None:
    manifest = json.loads((built / "output/manifest.json").read_text("utf-8"))
    schema = json.loads((Path(manifest_writer.__file__).parent / "manifest.schema.json").read_text("utf-8"))
    jsonschema.validate(manifest, schema)
    listed = {file["path"]: file for file in manifest["files"] + manifest["segments"] if file["role"] == "stream"}
    assert set(listed) == set(streams(built))
    assert {file["rendition"] for file in listed.values()} == {"stream"}
    owners = {
        re.sub(r"(\.keys)?\.m3u8|\.vtt", "", path.split("/")[1]): file["language"] for path, file in listed.items()
    }
    assert owners == {
        "master": "",
        "manifest.mpd": "",
        "picture-web-720p": "",
        "picture-phone-360p": "",
        "picture-light-180p": "",
        "sound-original": "",
        "sound-original-light": "",
        "text-fr": "fr",
        "text-ar": "ar",
    }
    led_to = {"stream/master.m3u8", "stream/manifest.mpd"}
    master = m3u8.load(str(built / "output/stream/master.m3u8"))
    for uri in [each.uri for each in (*master.playlists, *master.media, *master.iframe_playlists)]:
        playlist = m3u8.load(str(built / "output/stream" / uri))
        assert playlist.target_duration == 2
        led_to |= {f"stream/{each.uri}" for each in (*playlist.segments, *playlist.segment_map)} | {f"stream/{uri}"}
    mpd = (built / "output/stream/manifest.mpd").read_bytes()
    of_dash = {f"stream/{each.target}" for each in find_references("stream/manifest.mpd", mpd)}
    texts = {"stream/text-fr.vtt", "stream/text-ar.vtt"}
    assert texts <= of_dash
    # the same segments in both, and the whole text for DASH; nothing lies outside of the folder
    assert led_to | texts == set(listed)
    assert of_dash == {path for path in listed if path.endswith((".m4s", ".mp4"))} | texts
    assert babelreel(built, "verify").code == 0
    assert babelreel(built, "plan", "--json").document["tasks"] == []


def test_an_edit_of_one_language_changes_its_text_and_nothing_else(built: Path) -> None:
    before = streams(built)
    (built / "subtitles/fr.srt").write_text(EDITED, "utf-8")
    assert babelreel(built, "build").code == 0
    after = streams(built)
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    # a film of two seconds is one cell: the old segment goes, the new one comes, and nothing has a name of before
    assert {Path(path).parts[1] for path in changed} == {"text-fr.m3u8", "text-fr", "text-fr.vtt"}
    for path in before.keys() & after.keys():
        assert path.count("/") == 1 or before[path] == after[path], path  # so it may be cached for ever
    (built / "subtitles/fr.srt").write_text(FR, "utf-8")
    assert babelreel(built, "build").code == 0
    assert streams(built) == before


def test_a_build_of_one_language_or_size_leaves_the_rest_of_the_stream_as_it_was(built: Path) -> None:
    before = streams(built)
    (built / "subtitles/fr.srt").write_text(FR.replace("Appelle 112", "Appelle 115"), "utf-8")
    try:
        assert babelreel(built, "build", "ar").code == 0
        assert streams(built) == before
        assert babelreel(built, "build", "--only", "phone-360p").code == 0
        assert streams(built) == before
    finally:
        (built / "subtitles/fr.srt").write_text(FR, "utf-8")
    assert babelreel(built, "build").code == 0


def test_a_refused_language_is_left_out_of_the_stream(built: Path) -> None:
    (built / "subtitles/ar.srt").write_text(AR.replace("لديك حقوق.", "لديك حقوق. " * 8), "utf-8")  # too fast
    try:
        assert babelreel(built, "build").code != 0
        master = m3u8.load(str(built / "output/stream/master.m3u8"))
        assert [each.language for each in master.media] == ["en", "en", "fr"]  # the film's sound, light too, and a text
        assert not [path for path in streams(built) if "-ar" in path]
        assert 'lang="ar"' not in (built / "output/stream/manifest.mpd").read_text("utf-8")
    finally:
        (built / "subtitles/ar.srt").write_text(AR, "utf-8")
    assert babelreel(built, "build").code == 0


def test_only_stream_builds_the_stream_alone_and_a_size_no_stream(tmp_path: Path) -> None:
    root = make_project(tmp_path / "film", settings="")
    tasks = babelreel(root, "plan", "--json", "--only", "phone-360p").document["tasks"]
    assert not [task for task in tasks if task["rendition"] == "stream"]
    assert babelreel(root, "build", "--only", "stream").code in {0, 3}
    published = set(snapshot(root / "output"))
    assert "stream/master.m3u8" in published
    assert not [path for path in published if path.startswith("fr/") and path.endswith(".mp4")]


def test_streams_can_be_switched_off(tmp_path: Path) -> None:
    root = make_project(tmp_path / "film", settings=FILES_ONLY)
    tasks = babelreel(root, "plan", "--json").document["tasks"]
    assert tasks
    assert not [task for task in tasks if task["rendition"] == "stream"]


def test_a_film_without_sound_has_a_stream_of_pictures_and_texts(tmp_path: Path) -> None:
    # 60 frames of 1001 ticks of 1/30000 s
    film = make_film(tmp_path / "mute.mp4", seconds=2, rate="30000/1001", audio=None)
    root = make_project(tmp_path / "film", film=film, settings="")
    assert babelreel(root, "build", "--only", "stream").code in {0, 3}
    master = m3u8.load(str(root / "output/stream/master.m3u8"))
    assert [each.type for each in master.media] == ["SUBTITLES"]
    assert {each.stream_info.frame_rate for each in master.playlists} == {29.97}
    assert 'd="60060"' in (root / "output/stream/manifest.mpd").read_text("utf-8")
