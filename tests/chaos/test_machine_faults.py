"""Does a fault of the machine leave what is published, and does content alone take it away?

Each case edits a subtitle of a complete publication, lets the next build run into a fault, and repairs that at last.
About a minute of processor time.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from support.films import ffmpeg_of_tests
from support.projects import AR, FR, Result, babelreel, make_project, snapshot
from support.publications import EDITED, SETTINGS

BROKEN = "1\n00:00:02,000 --> 00:00:01,000\nلا\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A complete publication, made with an ffmpeg that the system ends at once when the file "full" lies beside it."""
    root = make_project(tmp_path_factory.mktemp("chaos") / "film", {"fr.srt": FR, "ar.srt": AR}, settings=SETTINGS)
    program = root / "ffmpeg"
    program.write_text(f'#!/bin/sh\n[ -e "$0.full" ] && kill -9 $$\nexec "{ffmpeg_of_tests().path}" "$@"\n')
    program.chmod(0o755)
    assert build(root).code == 0
    return root


@pytest.fixture
def root(built: Path, tmp_path: Path) -> Path:
    copied = tmp_path / "film"
    shutil.copytree(built, copied, symlinks=True)
    return copied


@pytest.fixture
def edited(root: Path) -> Path:
    edit(root)
    return root


def edit(root: Path) -> None:
    """Change what French viewers read."""
    (root / "subtitles/fr.srt").write_text(EDITED, "utf-8")


def build(root: Path, *arguments: str) -> Result:
    return babelreel(root, "build", *arguments, env={"BABELREEL_FFMPEG": str(root / "ffmpeg")})


def manifest(root: Path) -> dict[str, dict[str, object]]:
    document = json.loads((root / "output/manifest.json").read_text("utf-8"))
    return {file["path"]: file for file in document["files"]}


def lasting(paths: Iterable[str]) -> set[str]:
    """Leave out the segments of streams: another text is another file."""
    return {path for path in paths if not (path.startswith("stream/") and path.count("/") > 1)}


def unusable(path: Path) -> None:
    """Put something in the place of a folder that no system lets anybody use as one, not even root."""
    shutil.rmtree(path)
    path.write_text("")


def store_keys(root: Path) -> Result:
    unusable(root / ".babelreel/store/keys")
    return build(root)


def killed_ffmpeg(root: Path) -> Result:
    (root / "ffmpeg.full").touch()
    return build(root)


def file_limit(root: Path) -> Result:
    """Run where no file may become larger than 4 kB."""
    script = f'ulimit -f 4; exec "{sys.executable}" -m babelreel build'
    env = {**os.environ, "BABELREEL_FFMPEG": str(root / "ffmpeg")}
    done = subprocess.run(["bash", "-c", script], cwd=root, env=env, capture_output=True, check=False)
    return Result(code=done.returncode, out=done.stdout.decode(), err=done.stderr.decode())


def work_folder(root: Path) -> Result:
    unusable(root / ".babelreel/store/running")
    return build(root)


def unreadable_track(root: Path) -> Result:
    """Let the file be a link that leads to itself, which no system opens, as one on a disk that is not connected."""
    (root / "subtitles/fr.srt").unlink()
    (root / "subtitles/fr.srt").symlink_to("fr.srt")
    return build(root)


def repair(root: Path) -> None:
    (root / "ffmpeg.full").unlink(missing_ok=True)
    for folder in (root / ".babelreel/store/keys", root / ".babelreel/store/running"):
        if folder.is_file():
            folder.unlink()
    (root / "subtitles/fr.srt").unlink()
    edit(root)


FAULTS = {
    store_keys: 4,  # nothing at all could be made
    killed_ffmpeg: 3,  # what needs no ffmpeg was made
    file_limit: 4,
    work_folder: 3,
    unreadable_track: 3,
}


@pytest.mark.parametrize(("fault", "code"), FAULTS.items(), ids=lambda each: getattr(each, "__name__", ""))
def test_a_fault_of_the_machine_takes_no_file_away(edited: Path, fault: Callable[[Path], Result], code: int) -> None:
    before, listed = snapshot(edited / "output"), manifest(edited)

    result = fault(edited)

    assert result.code == code, result.err
    after = manifest(edited)
    assert lasting(listed) == lasting(after), "every file that was published is listed still"
    assert lasting(snapshot(edited / "output")) == lasting(before)
    assert babelreel(edited, "verify").code == 0
    assert "Traceback" not in result.err
    if result.code == 3:
        assert "the earlier version stays" in result.err
        assert "fr" in result.err.splitlines()[-1]


def test_the_manifest_tells_which_files_are_of_an_earlier_state(edited: Path) -> None:
    before = json.loads((edited / "output/manifest.json").read_text("utf-8"))
    assert "state" not in before["files"][0]

    killed_ffmpeg(edited)

    after = json.loads((edited / "output/manifest.json").read_text("utf-8"))
    assert after["state"] != before["state"]
    assert after["status"] == "partial"
    states = {file["path"]: file.get("state") for file in after["files"]}
    # the film with burned-in text needs ffmpeg, the subtitles do not
    assert states["fr/film.fr.phone-360p.mp4"] == before["state"]
    assert states["fr/film.fr.vtt"] is None
    assert states["ar/film.ar.phone-360p.mp4"] is None
    assert states["archive/film.archive.mkv"] == before["state"]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda each: each.__name__)
def test_after_the_repair_all_is_as_if_nothing_had_happened(
    edited: Path, tmp_path: Path, fault: Callable[[Path], Result]
) -> None:
    fault(edited)
    repair(edited)
    assert build(edited).code == 0
    undisturbed = make_project(tmp_path / "other" / "film", {"ar.srt": AR}, settings=SETTINGS)
    shutil.copy(edited / "ffmpeg", undisturbed / "ffmpeg")
    edit(undisturbed)
    assert build(undisturbed).code == 0
    assert snapshot(edited / "output") == snapshot(undisturbed / "output")


def test_content_takes_a_language_away_even_where_nothing_new_can_be_made(edited: Path) -> None:
    (edited / "subtitles/ar.srt").write_text(BROKEN, "utf-8")

    result = killed_ffmpeg(edited)

    assert result.code == 3
    assert "not published: ar" in result.err
    assert "the earlier version stays: fr" in result.err
    listed = manifest(edited)
    assert not [path for path in listed if path.startswith(("ar/", "archive/")) or "text-ar" in path]
    assert {"fr/film.fr.phone-360p.mp4", "stream/master.m3u8", "stream/picture-phone-360p.m3u8"} <= listed.keys()
    for path in ("stream/master.m3u8", "stream/manifest.mpd", "index.html", "fr/index.html"):
        assert "text-ar" not in (edited / "output" / path).read_text("utf-8")
        assert "العربية" not in (edited / "output" / path).read_text("utf-8")
    assert babelreel(edited, "verify").code == 0


def test_the_only_language_that_stays_keeps_what_all_share(edited: Path) -> None:
    (edited / "subtitles/ar.srt").write_text(BROKEN, "utf-8")

    result = unreadable_track(edited)

    assert "not published: ar" in result.err
    assert "the earlier version stays: fr" in result.err
    listed = manifest(edited)
    assert {"fr/film.fr.phone-360p.mp4", "shared/film.poster-1280.jpg", "stream/master.m3u8"} <= listed.keys()
    assert not [path for path in listed if path.startswith("ar/") or "text-ar" in path]
    assert babelreel(edited, "verify").code == 0


def test_content_takes_a_size_away_even_where_nothing_new_can_be_made(edited: Path) -> None:
    settings = SETTINGS.replace("web-720p", "phone-360p")
    (edited / "babelreel.toml").write_text(settings, "utf-8")
    killed_ffmpeg(edited)
    assert not [path for path in manifest(edited) if path.endswith("phone-360p.mp4")]
    assert babelreel(edited, "verify").code == 0


def test_a_language_that_is_taken_out_goes_even_where_nothing_new_can_be_made(edited: Path) -> None:
    (edited / "subtitles/ar.srt").unlink()
    killed_ffmpeg(edited)
    assert not [path for path in manifest(edited) if path.startswith("ar/") or "text-ar" in path]
    assert babelreel(edited, "verify").code == 0
