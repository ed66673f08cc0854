"""Does ``babelreel verify`` see what is wrong in a folder whose digests are all right?"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pytest

from babelreel.delivery.manifest import render_manifest, render_sums
from babelreel.model.delivery.manifest import PublishedFile, Role
from support.films import ffmpeg_of_tests, make_film
from support.manifests import manifest_of
from support.projects import babelreel

BOARD = "WEBVTT\n\n00:00.000 --> 00:01.000\nb.jpg#xywh=0,0,1,1\n"
VTT = "WEBVTT\n\n00:00.000 --> 00:01.000\nLook.\n"


def publish(folder: Path, files: Mapping[str, tuple[Role, bytes]]) -> Path:
    """Lay files out with a manifest and sums that agree with them."""
    entries = []
    for path, (role, data) in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
        is_video = role is Role.VIDEO
        entries.append(
            PublishedFile(
                path=path,
                role=role,
                language="fr",
                rendition="web-720p" if is_video else "",
                sound="original" if is_video else "",
                bytes=len(data),
                sha256=sha256(data).hexdigest(),
                duration_ms=1000 if is_video else 0,
                width_px=320 if is_video else 0,
                height_px=180 if is_video else 0,
                mime='video/mp4; codecs="avc1.64000d, mp4a.40.2"' if is_video else "text/plain",
            )
        )
    manifest = manifest_of(*entries)
    text = render_manifest(manifest)
    (folder / "manifest.json").write_text(text)
    (folder / "SHA256SUMS").write_text(render_sums(manifest, {"manifest.json": sha256(text.encode()).hexdigest()}))
    return folder


def differences(folder: Path, *words: str) -> dict[str, str]:
    result = babelreel(folder, "verify", str(folder), "--json", *words)
    found = {each["path"]: each["message"] for each in json.loads(result.out)["differences"]}
    assert result.code == (1 if found else 0)
    return found


def test_pages_that_hold_together_are_good(tmp_path: Path) -> None:
    page = (
        b'<link rel="stylesheet" href="../assets/a.css"><track src="film.fr.vtt"><a href="./">x</a><a href="#t=1">y</a>'
    )
    files = {
        "fr/index.html": (Role.PAGE, page),
        "assets/a.css": (Role.PAGE, b"body { color: black }"),
        "fr/film.fr.vtt": (Role.CAPTIONS, VTT.encode()),
    }
    assert differences(publish(tmp_path, files)) == {}


@pytest.mark.parametrize(
    ("path", "content", "message"),
    [
        ("fr/index.html", '<a href="../ar/">', "points to a file that was not published: ../ar/"),
        ("fr/index.html", '<script src="https://x.example/x.js">', "loads something from elsewhere: https://x.example/x.js"),
        ("fr/index.html", '<img src="../../x.png">', "points out of the folder: ../../x.png"),
        (
            "fr/index.html",
            '<video src="index.html?v=01234567">',
            "points to another version of a file than was published: index.html?v=01234567",
        ),
        ("stream/master.m3u8", "#EXTM3U\nlow.m3u8\n", "points to a file that was not published: low.m3u8"),
        ("stream/manifest.mpd", "<MPD", "no XML (unclosed token: line 1, column 0)"),
        ("shared/b.vtt", BOARD, "points to a file that was not published: b.jpg"),
    ],
)  # fmt: skip
def test_a_file_that_leads_nowhere_is_told(tmp_path: Path, path: str, content: str, message: str) -> None:
    assert differences(publish(tmp_path, {path: (Role.PAGE, content.encode())})) == {path: message}


def test_a_link_that_leads_to_another_host_is_no_fault(tmp_path: Path) -> None:
    page = b'<a href="https://example.org/">more</a><link rel="canonical" href="https://example.org/film/">'
    assert differences(publish(tmp_path, {"index.html": (Role.PAGE, page)})) == {}


@pytest.mark.parametrize("content", ["", "WEBVTT\n", VTT.replace("WEBVTT", "WEB"), VTT.replace("01.000", "1.0")])
def test_subtitles_that_browsers_cannot_read_are_told(tmp_path: Path, content: str) -> None:
    assert list(differences(publish(tmp_path, {"fr/film.fr.vtt": (Role.CAPTIONS, content.encode())}))) == [
        "fr/film.fr.vtt"
    ]


def test_damage_inside_of_a_video_shows_only_when_it_is_decoded(tmp_path: Path) -> None:
    data = bytearray(make_film(tmp_path / "film.mp4").read_bytes())
    place = data.index(b"mdat") + 2000
    data[place : place + 400] = bytes(400)
    damaged = publish(tmp_path / "output", {"fr/film.mp4": (Role.VIDEO, bytes(data))})
    # the codec string of this film is not what the manifest says: probing looks no deeper than that
    assert "cannot be decoded" not in str(differences(damaged))
    assert "cannot be decoded" in str(differences(damaged, "--deep"))


def test_a_video_whose_text_has_a_name_is_good_too(tmp_path: Path) -> None:
    film, text, named = make_film(tmp_path / "film.mp4"), tmp_path / "fr.srt", tmp_path / "named.mp4"
    text.write_text("1\n00:00:00,100 --> 00:00:00,900\nBonjour\n", encoding="utf-8")
    words = ("-c", "copy", "-c:s", "mov_text", "-map", "0", "-map", "1", "-metadata:s:s:0", "title=Français")
    program = str(ffmpeg_of_tests().path)
    subprocess.run([program, "-v", "error", "-i", film, "-i", text, *words, named], check=True)
    found = differences(publish(tmp_path / "output", {"fr/film.mp4": (Role.VIDEO, named.read_bytes())}), "--deep")
    assert "cannot be decoded" not in str(found)


def test_a_sound_video_is_good_however_deep_one_looks(tmp_path: Path) -> None:
    data = make_film(tmp_path / "film.mp4").read_bytes()
    found = differences(publish(tmp_path / "output", {"fr/film.mp4": (Role.VIDEO, data)}), "--deep")
    assert "cannot be decoded" not in str(found)
