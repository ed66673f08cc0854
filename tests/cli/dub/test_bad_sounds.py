"""What comes of recordings that are none, or not what they should be, when a volunteer puts them into the project?

One film with a bad dub for each of many languages is checked and built once; each test looks at one of them.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import numpy as np
import pytest

from support.films import ffmpeg_of_tests
from support.projects import FR, Result, babelreel, make_project, snapshot
from support.sounds import convert, silence, tone, voice, write_floats, write_wave

#: Only what this is about.
SETTINGS = "[delivery]\nstreams = false\nleaflets = false\npages = false\n"
#: A line of 0.6 s: each line of the film has 0.84 s or more.
LINE = np.concatenate([silence(0.05), tone(0.6), silence(0.05)])

#: Languages whose recordings cannot be used: where that is told, and in which words.
REFUSED = {
    "nl": ("video/stems/nl", "DUB005", "line 2 has no take: record it as video/stems/nl/02.wav"),
    "de": ("video/stems/de/01.wav", "DUB001", "no sound that can be read"),
    "en": ("video/stems/en/01.wav", "DUB001", "0 bytes"),
    "sv": ("video/stems/sv/02.wav", "DUB012", "shorten the text or record it again"),
    "da": ("video/stems/da/01.wav", "DUB006", "nothing to hear"),
    "fi": ("video/stems/fi/01.wav", "DUB009", "turn the microphone down"),
    "cs": ("video/stems/cs/01.wav", "DUB001", "1 of its samples are no numbers"),
    "el": ("video/stems/el.flac", "DUB002", "guide track"),
    "bg": ("video/stems/bg/02.wma", "DUB001", "save it as FLAC"),
    "hr": ("video/stems/hr/02.wav", "DUB001", "there is no such file"),
}
#: Languages whose recordings are used, with a warning about one of them (``None``: there is nothing to warn of).
USED = {
    "fr": None,
    "es": ("video/stems/es/01.wav", "DUB010"),
    "it": ("video/stems/it/02.wav", "DUB011"),
    "pt": ("video/stems/pt/70.wav", "DUB003"),
    "pl": ("video/stems/pl/1.mp3", "DUB004"),
    "ar": ("video/stems/ar.wav", "DUB004"),
    "sk": None,
    "ro": None,
    "tr": None,
    "hu": None,
}
ASIDE = "video/stems/uk.wav"  # a language without subtitles


def lay_takes(stems: Path, tag: str) -> Path:
    (stems / tag).mkdir()
    for line in ("01", "02"):
        write_wave(stems / tag / f"{line}.wav", LINE)
    return stems / tag


def piped(source: Path) -> bytes:
    """Write WAV into a pipe, whose header then cannot tell how long it is."""
    command = [str(ffmpeg_of_tests().path), "-v", "error", "-nostdin", "-i", f"file:{source}", "-f", "wav", "pipe:"]
    content = subprocess.run(command, capture_output=True, check=True).stdout
    assert b"data\xff\xff\xff\xff" in content
    return content


def lay_refused(stems: Path) -> None:
    (lay_takes(stems, "nl") / "02.wav").unlink()
    (lay_takes(stems, "de") / "01.wav").write_text("This is no sound.\n" * 50)
    (lay_takes(stems, "en") / "01.wav").write_bytes(b"")
    write_wave(lay_takes(stems, "sv") / "02.wav", tone(6))
    for path in lay_takes(stems, "da").iterdir():
        write_wave(path, silence(0.7))
    write_wave(lay_takes(stems, "fi") / "01.wav", np.sign(tone(0.7)))
    broken = LINE.copy()
    broken[20_000] = np.nan
    write_floats(lay_takes(stems, "cs") / "01.wav", broken)
    (lay_takes(stems, "bg") / "02.wav").rename(stems / "bg/02.wma")
    (lay_takes(stems, "hr") / "02.wav").unlink()
    (stems / "hr/02.wav").symlink_to("nowhere.wav")


def lay_used(stems: Path, outside: Path) -> None:
    """Lay down what is odd but can be used; ``outside`` is a folder outside of the project."""
    lay_takes(stems, "fr")
    folder = lay_takes(stems, "es")
    write_wave(folder / "01.wav", tone(0.6, rate=8000), rate=8000)
    write_wave(folder / "02.wav", tone(0.6, rate=96_000), rate=96_000)
    folder = lay_takes(stems, "it")
    write_wave(folder / "01.wav", LINE, byte_count=3)
    write_wave(folder / "02.wav", np.repeat(LINE[:, None], 6, axis=1))
    write_wave(lay_takes(stems, "pt") / "70.wav", LINE)
    convert(lay_takes(stems, "pl") / "01.wav", stems / "pl/1.mp3")
    lay_takes(stems, "ar")
    folder = lay_takes(stems, "sk")
    (folder / "01.wav").rename(folder / "01.WAV")
    write_wave(outside / "take.wav", LINE)
    (folder / "02.wav").unlink()
    (folder / '02 prise é "deux".Wav').symlink_to(outside / "take.wav")


def lay_wholes(stems: Path, outside: Path) -> None:
    """Lay down recordings of the whole film, as a phone, an editor, a pipe and a guide make them."""
    spoken = np.concatenate([silence(0.2), voice()[:86_400]])
    whole = write_wave(outside / "whole.wav", spoken)
    shutil.copy(whole, stems / "ar.wav")
    shutil.copy(whole, stems / "uk.wav")
    (stems / "hu.wav").write_bytes(piped(whole))
    convert(whole, stems / "ro.mp3")
    with (stems / "ro.mp3").open("ab") as file:
        file.write(b"LYRICSBEGININD0000200000210LYRICS200" + b"TAG" + b"Memo".ljust(125, b"\0"))
    convert(whole, stems / "tr.m4a", "-ac", "1", "-ar", "44100", "-b:a", "64k")
    convert(whole, stems / "el.flac", "-metadata", "title=GUIDE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What was said and done of the one project; ``before`` is all that lay in it."""

    root: Path
    before: dict[str, bytes]
    check: Result
    build: Result

    @property
    def findings(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.check.document["findings"]
        return found

    @property
    def manifest(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads((self.root / "output/manifest.json").read_bytes())
        return document


@cache
def run() -> Run:
    folder = Path(mkdtemp(prefix="babelreel-bad-sounds-"))
    root = make_project(folder / "film", {f"{tag}.srt": FR for tag in (*USED, *REFUSED)}, settings=SETTINGS)
    (root / "video/stems").mkdir()
    lay_refused(root / "video/stems")
    lay_used(root / "video/stems", folder)
    lay_wholes(root / "video/stems", folder)
    before = snapshot(root)
    build = babelreel(root, "build", "--only", "phone-360p")
    check = babelreel(root, "check", "--select", "DUB", "--format", "json")
    return Run(root=root, before=before, check=check, build=build)


def sound_of(tag: str) -> set[str]:
    return {file["sound"] for file in run().manifest["files"] if file["language"] == tag and file["role"] == "video"}


def errors_of(text: str) -> list[list[str]]:
    """Give the errors that a run told, each as its lines."""
    errors: list[list[str]] = []
    for line in text.splitlines():
        if line.startswith("babelreel: "):
            errors.append([line])
        elif line.startswith("  ") and errors:
            errors[-1].append(line)
    return errors


def test_all_languages_are_published_and_the_voices_left_out_are_named() -> None:
    assert run().build.code == 3, run().build.err
    assert {file["language"] for file in run().manifest["files"]} == {*USED, *REFUSED}
    assert run().manifest["status"] == "partial"
    last = run().build.err.splitlines()[-1]
    assert sorted(last.removeprefix("published without its dub: ").split(", ")) == sorted(REFUSED)


@pytest.mark.parametrize("tag", REFUSED)
def test_a_voice_that_cannot_be_used_leaves_the_language_with_the_film_s_own_sound(tag: str) -> None:
    where, code, words = REFUSED[tag]
    assert sound_of(tag) == {"original"}
    (error,) = [each for each in errors_of(run().build.err) if each[0].startswith(f"babelreel: {tag} is published")]
    assert len(error) <= 4
    assert error[1] == f"  where: {where}"
    assert words in error[2]
    # the hint says that a check lists it: with the same words, though it has not probed the film itself
    assert f"check {tag}" in error[3]
    found = [each for each in run().findings if each["path"] == where and each["code"] == code]
    assert [each["severity"] for each in found] == ["error"]
    assert words in found[0]["message"]


@pytest.mark.parametrize("tag", USED)
def test_a_voice_that_can_be_used_is_used_with_at_most_a_warning(tag: str) -> None:
    assert sound_of(tag) == {"dub"}
    told = [(each["path"], each["code"], each["severity"]) for each in run().findings if each["language"] == tag]
    assert [each for each in told if each[2] == "error"] == []
    known = USED[tag]
    assert known is None or (*known, "warning") in told


def test_a_voice_without_subtitles_is_told_and_not_used() -> None:
    assert [each["code"] for each in run().findings if each["path"] == ASIDE] == ["DUB022"]
    assert run().check.code == 1


def test_nothing_of_the_volunteers_is_touched() -> None:
    after = snapshot(run().root)
    assert {name: after.get(name) for name in run().before} == run().before
    new = {Path(name).parts[0] for name in after.keys() - run().before.keys()}
    assert new == {"output", ".babelreel"}


def test_what_is_published_is_whole_and_equally_loud() -> None:
    assert babelreel(run().root, "verify").code == 0
    result = babelreel(run().root, "dub", "report", "--json")
    assert (result.code, result.document["good"]) == (0, True)
    assert len(result.document["files"]) == len(USED) + len(REFUSED)


def test_the_table_of_takes_tells_why_a_recording_is_not_used() -> None:
    result = babelreel(run().root, "dub", "takes")
    assert result.code == 1  # the take for sv runs over
    assert "Traceback" not in result.err
    for words in (
        "video/stems/de/01.wav: it is no sound that can be read, or it is damaged",
        "video/stems/en/01.wav: it is empty: the file has 0 bytes",
        "video/stems/da/02.wav: there is nothing to hear in it",
        "video/stems/pt/70.wav: there is no line 70",
        "video/stems/pl/1.mp3: line 1 has another take",
        "video/stems/el.flac: it is a guide track",
        "one recording of the whole film, video/stems/hu.wav",
        "video/stems/ar.wav: there are takes of single lines beside it",
    ):
        assert words in result.out.replace("\u2068", "").replace("\u2069", "")


def test_the_next_build_has_nothing_to_do() -> None:
    again = babelreel(run().root, "build", "--only", "phone-360p")
    assert again.code == 3
    assert "nothing to do" in again.err


# --- what happens while the work goes on, and the stem of music and effects ---


@pytest.fixture
def dubbed(tmp_path: Path) -> Path:
    """Make a project with a good French dub, and German without one."""
    root = make_project(tmp_path / "film", {"fr.srt": FR, "de.srt": FR}, settings=SETTINGS)
    (root / "video/stems").mkdir()
    lay_takes(root / "video/stems", "fr")
    return root


def meddling_ffmpeg(folder: Path, deed: str, *, when: str = "voice/0/") -> Path:
    """Make a program that is the real ffmpeg but does something else first, when these words are in its command."""
    program = folder / "ffmpeg"
    program.write_text(
        f'#!/bin/sh\ncase "$*" in *{when}*) {deed};; esac\nexec "{ffmpeg_of_tests().path}" "$@"\n', "utf-8"
    )
    program.chmod(0o755)
    return program


#: What happens to a take while it is mixed.
DEEDS = {
    "changed": 'echo more >> "{take}"',
    "gone": 'rm -f "{take}"',
    "emptied": ': > "{take}"',
    "folder gone": 'rm -rf "$(dirname "{take}")"',
}


def meddled_build(dubbed: Path, tmp_path: Path, deed: str) -> Result:
    """Build while something happens to the take of the first line."""
    program = meddling_ffmpeg(tmp_path, deed.format(take=dubbed / "video/stems/fr/01.wav"))
    result = babelreel(dubbed, "build", "--only", "phone-360p", "--ffmpeg", str(program))
    assert result.code == 3
    (error,) = errors_of(result.err)
    assert "01.wav was changed while it was being used" in error[0]
    assert "fr/01.wav" in error[1]
    assert len(error) <= 4
    assert babelreel(dubbed, "verify").code == 0
    return result


def sounds_of(root: Path) -> dict[str, str]:
    """Give which sound each language is published with."""
    manifest = json.loads((root / "output/manifest.json").read_bytes())
    assert manifest["status"] == "partial"
    return {each["language"]: each["sound"] for each in manifest["files"] if each["role"] == "video"}


@pytest.mark.skipif(os.name == "nt", reason="the program is a shell script")
@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_a_take_that_changes_while_it_is_mixed_leaves_the_film_s_own_sound(
    dubbed: Path, tmp_path: Path, deed: str
) -> None:
    result = meddled_build(dubbed, tmp_path, deed)
    assert result.err.splitlines()[-1] == "published without its dub: fr"
    assert sounds_of(dubbed) == {"fr": "original", "de": "original"}


@pytest.mark.skipif(os.name == "nt", reason="the program is a shell script")
@pytest.mark.parametrize("deed", [DEEDS["changed"], DEEDS["gone"]], ids=["changed", "gone"])
def test_a_take_that_changes_while_it_is_mixed_leaves_the_version_before(
    dubbed: Path, tmp_path: Path, deed: str
) -> None:
    assert babelreel(dubbed, "build", "--only", "phone-360p").code == 0
    (film,) = (dubbed / "output").rglob("*.fr.*.mp4")
    before = film.read_bytes()
    write_wave(dubbed / "video/stems/fr/01.wav", tone(0.5, hz=700))
    result = meddled_build(dubbed, tmp_path, deed)
    assert result.err.splitlines()[-1] == "the earlier version stays: fr"
    assert sounds_of(dubbed) == {"fr": "dub", "de": "original"}
    assert film.read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"", b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n"], ids=["cloud", "git lfs"]
)
def test_a_take_that_is_not_here_yet_leaves_the_version_before(dubbed: Path, content: bytes) -> None:
    assert babelreel(dubbed, "build", "--only", "phone-360p").code == 0
    (film,) = (dubbed / "output").rglob("*.fr.*.mp4")
    before = film.read_bytes()
    take = dubbed / "video/stems/fr/01.wav"
    recorded = take.read_bytes()
    take.write_bytes(content)
    result = babelreel(dubbed, "build", "--only", "phone-360p")
    assert result.code == 3
    (error,) = errors_of(result.err)
    assert error[0] == "babelreel: fr keeps its earlier version: 1 recording is not here."
    assert error[1] == "  where: video/stems/fr/01.wav"
    assert len(error) == 4
    assert result.err.splitlines()[-1] == "the earlier version stays: fr"
    assert sounds_of(dubbed) == {"fr": "dub", "de": "original"}
    assert film.read_bytes() == before
    take.write_bytes(recorded)
    assert babelreel(dubbed, "build", "--only", "phone-360p").code == 0


@pytest.mark.parametrize("lost", ["video/stems/fr/01.wav", "video/stems/fr", "video/stems"])
def test_takes_on_a_disk_that_is_not_connected_leave_the_voice_that_is_published(dubbed: Path, lost: str) -> None:
    assert babelreel(dubbed, "build", "--only", "phone-360p").code == 0
    before = snapshot(dubbed / "output/fr")
    (dubbed / lost).rename(dubbed / "elsewhere")
    (dubbed / lost).symlink_to("/a/disk/that/is/not/there")
    result = babelreel(dubbed, "build", "--only", "phone-360p")
    assert result.code == 3
    assert result.err.splitlines()[-1] == "the earlier version stays: fr"
    assert snapshot(dubbed / "output/fr") == before
    assert babelreel(dubbed, "verify").code == 0


def test_music_that_cannot_be_read_keeps_all_voices_out_and_no_language(dubbed: Path) -> None:
    (dubbed / "video/stems/me.flac").write_text("This is no sound.\n")
    result = babelreel(dubbed, "build", "--only", "phone-360p")
    assert result.code == 3
    (error,) = errors_of(result.err)
    assert error[1] == "  where: video/stems/me.flac"
    assert "it is no sound that can be read" in error[2]
    assert result.err.splitlines()[-1] == "published without its dub: fr"
    assert len(list((dubbed / "output").rglob("*.mp4"))) == 2


def test_music_of_another_length_is_told_and_mixed(dubbed: Path) -> None:
    convert(write_wave(dubbed / "music.wav", tone(3, height=0.1)), dubbed / "video/stems/me.flac")
    result = babelreel(dubbed, "build", "fr", "--only", "phone-360p")
    assert result.code == 0, result.err
    assert "2 warnings" in result.err  # nobody remembers what the takes were recorded for
    (finding,) = babelreel(dubbed, "check", "--select", "DUB021", "--format", "json").document["findings"]
    assert (finding["code"], finding["path"], finding["severity"]) == ("DUB021", "video/stems/me.flac", "warning")


@pytest.mark.skipif(os.name == "nt", reason="signals are sent the POSIX way")
@pytest.mark.parametrize("when", ["own.raw", "voice/0/"], ids=["listening", "mixing"])
def test_ctrl_c_does_not_wait_for_a_long_recording(dubbed: Path, tmp_path: Path, when: str) -> None:
    program = meddling_ffmpeg(tmp_path, f'touch "{tmp_path}/busy"; exec sleep 60', when=when)
    before = snapshot(dubbed)
    command = [sys.executable, "-m", "babelreel", "build", "--only", "phone-360p", "--ffmpeg", str(program)]
    with subprocess.Popen(command, cwd=dubbed, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None and not (tmp_path / "busy").exists():
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "run the same command again" in told.lower()
    assert "Traceback" not in told
    assert not (dubbed / "output").exists()
    after = snapshot(dubbed)
    assert {name: after.get(name) for name in before} == before
