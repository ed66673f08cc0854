"""Every kind of bad input ends with its exit code, at most four lines, and nothing of the user's touched."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from support.films import ffmpeg_of_tests, make_truncated
from support.projects import FR, Result, babelreel, make_project, snapshot


def assert_told(result: Result, code: int, *words: str) -> None:
    """See that the error is told in at most four lines that hold these words."""
    assert result.code == code, result.err
    message = result.err[result.err.index("babelreel: ") :].splitlines()
    first = [message[0], *(line for line in message[1:4] if line.startswith("  "))]
    assert len(first) <= 4
    assert any("hint: " in line for line in first), result.err
    for word in words:
        assert word in "\n".join(first), result.err


def assert_untouched(root: Path, before: dict[str, bytes]) -> None:
    own = {path: content for path, content in snapshot(root).items() if not path.startswith((".babelreel/", "output/"))}
    assert own == before
    assert not (root / "output/manifest.json").exists()


def build(root: Path, *arguments: str) -> Result:
    before = snapshot(root)
    result = babelreel(root, "build", *arguments)
    assert_untouched(root, before)
    return result


def test_no_film(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    (root / "video/master.mp4").unlink()
    assert_told(build(root), 2, "no film", "video")


def test_two_films(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    (root / "video/other.mov").write_bytes(b"")
    assert_told(build(root), 2, "master.mp4, other.mov")


def test_no_subtitles(tmp_path: Path) -> None:
    assert_told(build(make_project(tmp_path, {})), 2, "no subtitles", "subtitles")


def test_an_unknown_tag(tmp_path: Path) -> None:
    assert_told(build(make_project(tmp_path, {"klingon.srt": FR})), 2, "klingon.srt")


def test_two_files_for_one_language(tmp_path: Path) -> None:
    assert_told(build(make_project(tmp_path, {"fr.srt": FR, "fr.vtt": "WEBVTT\n"})), 2, "fr.srt and fr.vtt")


def test_an_empty_track(tmp_path: Path) -> None:
    assert_told(build(make_project(tmp_path, {"fr.srt": ""})), 1, "fr is not published", "subtitles/fr.srt")


def test_a_track_too_large_to_be_one_leaves_the_others_publishable(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    (root / "subtitles/ar.srt").write_bytes(b"\n" * 1_000_001)
    result = babelreel(root, "build", "--only", "phone-360p")
    assert_told(result, 3, "ar is not published", "subtitles/ar.srt", "limit is 1000000")
    assert (root / "output/fr").is_dir()


def test_a_legacy_encoding_is_read_and_reported(tmp_path: Path) -> None:
    root = make_project(tmp_path, {"fr.srt": FR.replace("droits", "élèves").encode("windows-1252")})
    result = babelreel(root, "build", "--only", "phone-360p")
    assert result.code == 0
    assert "1 warning" in result.err
    (finding,) = babelreel(root, "check", "--format", "json").document["findings"]
    assert finding["name"] == "legacy-encoding"
    assert "1252" in finding["message"]
    vtt = next((root / "output/fr").glob("*.vtt"))
    assert "élèves" in vtt.read_text("utf-8")


def test_a_truncated_film(tmp_path: Path) -> None:
    film = make_truncated(tmp_path / "film.mkv")
    assert_told(build(make_project(tmp_path / "project", film=film)), 2, "master.mkv")


def test_a_film_that_nobody_can_decode(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(b"this is not a film" * 1000)
    assert_told(build(make_project(tmp_path / "project", film=film)), 2, "master.mp4")


def test_an_ffmpeg_without_libass(tmp_path: Path) -> None:
    # the real program, but for its list of filters: which is all that is asked before the work begins
    program = tmp_path / "ffmpeg"
    real = ffmpeg_of_tests().path
    program.write_text(
        f'#!/bin/sh\ncase "$*" in *-filters*) "{real}" "$@" | grep -v " ass ";; *) exec "{real}" "$@";; esac\n'
    )
    program.chmod(0o755)
    root = make_project(tmp_path / "project")
    assert_told(build(root, "--ffmpeg", str(program)), 4, "libass")


def test_an_ffmpeg_that_is_not_there(tmp_path: Path) -> None:
    assert_told(build(make_project(tmp_path), "--ffmpeg", "/nowhere/ffmpeg"), 4, "/nowhere/ffmpeg")


def test_a_character_that_no_font_has(tmp_path: Path) -> None:
    root = make_project(tmp_path, {"hi.srt": "1\n00:00:00,200 --> 00:00:01,900\nनमस्ते\n"})
    assert_told(build(root), 1, "U+0928 DEVANAGARI LETTER NA", "subtitles/hi.srt:2, cue 1", "font = ")


def test_a_broken_babelreel_toml_tells_all_faults_with_their_keys(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    (root / "babelreel.toml").write_text('titel = "x"\n[style]\noutline = 9\n', "utf-8")
    assert_told(build(root), 2, "titel", "did you mean “title”", "style.outline")


def test_a_project_that_another_run_holds(tmp_path: Path) -> None:
    from filelock import FileLock  # noqa: PLC0415 - only here

    root = make_project(tmp_path)
    (root / ".babelreel").mkdir()
    with FileLock(root / ".babelreel/lock"):
        assert_told(babelreel(root, "build"), 5, "Another run")


def _mounted(folder: Path, size: str) -> None:
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("mounting a small disk needs root")


def test_a_full_disk(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    _mounted(disk, "600k")
    try:
        root = make_project(disk / "film", {"fr.srt": FR, "nl.srt": FR, "de.srt": FR, "en.srt": FR})
        before = snapshot(root)
        result = babelreel(root, "build")
        assert_told(result, 6, "full")
        assert_untouched(root, before)
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_read_only_disk(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    _mounted(disk, "4m")
    try:
        root = make_project(disk / "film")
        before = snapshot(root)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        result = babelreel(root, "build")
        assert_told(result, 4)
        assert snapshot(root) == before
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_bug_of_ours_ends_with_70_and_asks_for_a_report(tmp_path: Path) -> None:
    # a babelreel whose verb raises: by an import hook of the test's own, in front of everything
    (tmp_path / "sitecustomize.py").write_text(
        "import babelreel.config.read as r\n"
        "def broken(root): raise ZeroDivisionError('boom')\n"
        "r.read_project = broken\n"
    )
    path = os.pathsep.join([str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])])
    result = babelreel(make_project(tmp_path / "project"), "check", env={"PYTHONPATH": path})
    assert result.code == 70
    assert "ZeroDivisionError: boom" in result.err
    assert len(result.err.splitlines()) <= 4


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes among its files")
@pytest.mark.parametrize(
    ("name", "arguments", "code", "words"),
    [
        ("subtitles/ar.srt", ("check",), 4, "it is a pipe, and no file"),
        ("babelreel.toml", ("check",), 2, "it is a pipe, and no file"),
        ("font.ttf", ("check",), 0, ""),
        ("font.ttf", ("build",), 2, "it is a pipe, and no file"),
        ("video/master.mp4", ("build",), 4, "it is a pipe, and no file"),
        ("video/master.mp4", ("probe",), 4, "it is a pipe, and no file"),
        ("video/master.probe.json", ("check",), 0, ""),
        ("video/stems.probe.json", ("check",), 0, ""),
        ("baseline.json", ("check", "--baseline", "baseline.json"), 2, "it is a pipe, and no file"),
        ("output/manifest.json", ("verify",), 2, "manifest.json"),
        ("output/manifest.json", ("check",), 0, ""),
    ],
)
def test_a_pipe_that_nobody_writes_to_is_never_waited_for(
    tmp_path: Path, name: str, arguments: tuple[str, ...], code: int, words: str
) -> None:
    root = make_project(tmp_path)
    if name == "font.ttf":
        (root / "babelreel.toml").write_text('[language.fr]\nfont = "font.ttf"\n', "utf-8")
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).unlink(missing_ok=True)
    os.mkfifo(root / name)
    result = babelreel(root, *arguments, seconds=60)
    assert result.code == code, result.err
    assert words in result.err + result.out


def test_a_device_among_the_subtitles_is_told_and_never_read(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    (root / "subtitles/ar.srt").symlink_to("/dev/zero")
    (finding,) = babelreel(root, "check", "--format", "json", seconds=60).document["findings"]
    assert (finding["name"], finding["path"]) == ("unreadable-file", "subtitles/ar.srt")
    assert "it is a device, and no file" in finding["message"]


@pytest.mark.parametrize("arguments", [("check", "x" * 300), ("check", f"{'x' * 300}.srt"), ("convert", "é" * 300)])
def test_a_name_that_no_file_can_have_is_told(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert_told(babelreel(make_project(tmp_path), *arguments), 2, "No file can have this name", "too long")


@pytest.mark.parametrize("key", ["film", "video", "subtitles"])
def test_a_setting_with_a_name_that_no_file_can_have_is_told(tmp_path: Path, key: str) -> None:
    root = make_project(tmp_path)
    (root / "babelreel.toml").write_text(f'[paths]\n{key} = "{"x" * 300}"\n', "utf-8")
    assert_told(babelreel(root, "plan"), 2, "No file can have this name", "too long")


@pytest.mark.parametrize("raised", ["MemoryError()", 'RuntimeError("can\'t start new thread")'])
def test_a_machine_without_memory_is_no_bug(tmp_path: Path, raised: str) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        f"import babelreel.config.read as r\ndef broken(root): raise {raised}\nr.read_project = broken\n"
    )
    path = os.pathsep.join([str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])])
    result = babelreel(make_project(tmp_path / "project"), "check", env={"PYTHONPATH": path})
    assert_told(result, 4, "not enough memory")
