"""Does every take speak its own line, after lines were put in, changed and taken out?"""

from __future__ import annotations

import subprocess
import tomllib
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import pytest

from support.dubs import RATE, read_sound
from support.films import make_film
from support.projects import babelreel, make_project, snapshot
from support.sounds import silence, tone, write_wave

SETTINGS = "[delivery]\nstreams = false\nleaflets = false\npages = false\n"
#: The lines, and the tone that is "spoken" for each.
LINES = {"Tu as des droits.": 400, "Un médecin vient.": 1700, "Appelle le 112.": 2600}
STARTS_MS = (500, 2000, 3500)
STEMS = "video/stems/fr"


@cache
def film() -> Path:
    return make_film(Path(mkdtemp(prefix="babelreel-films-")) / "film.mp4", seconds=6, size="160x90")


def srt(*lines: tuple[int, str]) -> str:
    """Give a track of lines of 0.9 s, by when they begin; numbered from 1."""
    numbered = enumerate(lines, 1)
    return "\n".join(f"{n}\n{stamp(start)} --> {stamp(start + 900)}\n{text}\n" for n, (start, text) in numbered)


def stamp(time_ms: int) -> str:
    return f"00:00:{time_ms // 1000:02},{time_ms % 1000:03}"


ORIGINAL = tuple(zip(STARTS_MS, LINES, strict=True))


def write_take(path: Path, hz: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return write_wave(path, np.concatenate([silence(0.1), tone(0.5, hz=hz), silence(0.1)]))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = make_project(tmp_path / "film", {"fr.srt": srt(*ORIGINAL)}, film=film(), settings=SETTINGS)
    for number, hz in enumerate(LINES.values(), 1):
        write_take(made / STEMS / f"{number:02}.wav", hz)
    return made


def edit(root: Path, *lines: tuple[int, str]) -> None:
    (root / "subtitles/fr.srt").write_text(srt(*lines), "utf-8")


def told(root: Path) -> list[tuple[str, str, str]]:
    found = babelreel(root, "check", "--select", "DUB", "--format", "json").document["findings"]
    return [(each["code"], each["path"], each["message"]) for each in found]


def spoken_hz(root: Path, start_ms: int) -> int:
    """Give which of the tones is loudest in the published film from a moment on."""
    (path,) = (root / "output/fr").glob("*.phone-360p.mp4")
    sound = read_sound(path).mean(axis=1)
    first = round((start_ms + 50) * RATE / 1000)
    levels = np.abs(np.fft.rfft(sound[first : first + RATE * 4 // 10] * np.hanning(RATE * 4 // 10)))
    return max(LINES.values(), key=lambda hz: float(levels[round(hz * 0.4) - 2 : round(hz * 0.4) + 3].max()))


def test_a_line_put_in_after_recording_shifts_no_voice(root: Path) -> None:
    assert babelreel(root, "dub", "remember", "fr").code == 0
    new = ((500, "Bienvenue ici."), (2000, "Tu as des droits."), (3500, "Un médecin vient."), (4700, "Appelle le 112."))
    edit(root, *new)
    # the new line is to be recorded under a name that replaces no take
    assert ("DUB005", STEMS, f"line 1 has no take: record it as {STEMS}/01-2.wav") in told(root)
    write_take(root / STEMS / "01-2.wav", 700)
    result = babelreel(root, "build", "--only", "phone-360p")
    assert result.code == 0, result.err
    assert {text: spoken_hz(root, start) for start, text in new[1:]} == LINES
    codes = {code: message for code, _, message in told(root)}
    assert codes["DUB024"].startswith("takes are heard where their words are")
    assert "01.wav in line 2" in codes["DUB024"]


def test_the_file_says_of_each_take_what_when_and_which_bytes(root: Path) -> None:
    done = babelreel(root, "dub", "remember", "fr")
    assert (done.code, done.out) == (0, f"{STEMS}/takes.toml\n")
    text = (root / STEMS / "takes.toml").read_text("utf-8")
    digest = sha256((root / STEMS / "02.wav").read_bytes()).hexdigest()
    assert f'["02.wav"]\ntext = "Un médecin vient."\nstart = "00:00:02.000"\nsha256 = "{digest}"\n' in text
    assert list(tomllib.loads(text)) == ["01.wav", "02.wav", "03.wav"]
    again = babelreel(root, "dub", "remember", "fr")
    assert (again.code, again.out) == (0, "")


def test_takes_that_nobody_remembers_are_told_once_and_heard_by_number(root: Path) -> None:
    ((code, path, message),) = told(root)
    assert (code, path) == ("DUB025", STEMS)
    assert "3 takes (lines 1, 2, 3)" in message
    assert "babelreel dub remember fr" in message
    assert babelreel(root, "build", "--only", "phone-360p").code == 0
    assert [spoken_hz(root, start) for start in STARTS_MS] == list(LINES.values())
    assert not (root / STEMS / "takes.toml").exists()  # a build writes nothing of the volunteer's


def test_a_changed_line_is_told_until_it_is_recorded_again_or_said_to_fit(root: Path) -> None:
    babelreel(root, "dub", "remember", "fr")
    edit(root, ORIGINAL[0], (2000, "Un médecin ne vient pas."), ORIGINAL[2])
    ((code, path, message),) = told(root)
    assert (code, path) == ("DUB023", f"{STEMS}/02.wav")
    assert "was “Un médecin vient.” when its take was recorded, and is “Un médecin ne vient pas.” now" in message
    assert "record it again as 02.wav" in message
    before = snapshot(root / STEMS)
    assert babelreel(root, "dub", "remember", "fr").code == 1  # it keeps what was recorded
    assert snapshot(root / STEMS) == before
    assert babelreel(root, "dub", "remember", "fr", "--line", "2").code == 0
    assert told(root) == []


def test_a_new_recording_under_the_old_name_is_one_for_the_present_text(root: Path) -> None:
    babelreel(root, "dub", "remember", "fr")
    edit(root, ORIGINAL[0], (2000, "Un médecin ne vient pas."), ORIGINAL[2])
    write_take(root / STEMS / "02.wav", 1800)
    assert [code for code, _, _ in told(root)] == ["DUB025"]
    assert babelreel(root, "dub", "remember", "fr").code == 0
    assert told(root) == []


def test_a_take_may_be_renamed_and_is_known_by_its_sound(root: Path) -> None:
    babelreel(root, "dub", "remember", "fr")
    edit(root, (100, "Bienvenue ici."), *((start + 600, text) for start, text in ORIGINAL))
    for number in (3, 2, 1):
        (root / STEMS / f"0{number}.wav").rename(root / STEMS / f"0{number + 1}.wav")
    ((code, _, message),) = told(root)
    assert (code, message) == ("DUB005", f"line 1 has no take: record it as {STEMS}/01.wav")
    babelreel(root, "dub", "remember", "fr")
    assert list(tomllib.loads((root / STEMS / "takes.toml").read_text("utf-8"))) == ["02.wav", "03.wav", "04.wav"]


def test_the_take_of_a_line_that_is_gone_is_left_over(root: Path) -> None:
    babelreel(root, "dub", "remember", "fr")
    edit(root, ORIGINAL[0], ORIGINAL[2])
    found = {code: (path, message) for code, path, message in told(root)}
    assert found["DUB003"][0] == f"{STEMS}/02.wav"
    assert "no line says “Un médecin vient.” any more, for which it was recorded" in found["DUB003"][1]
    assert set(found) == {"DUB003", "DUB024"}
    assert f"not used: {STEMS}/02.wav: no line says any more" in plain(babelreel(root, "dub", "takes").out)


def test_marks_of_a_conflict_are_an_error_and_leave_the_voice_out(root: Path) -> None:
    babelreel(root, "dub", "remember", "fr")
    path = root / STEMS / "takes.toml"
    path.write_text("<<<<<<< HEAD\n" + path.read_text("utf-8"), "utf-8")
    ((code, where, message),) = told(root)
    assert (code, where) == ("DUB025", f"{STEMS}/takes.toml")
    assert "cannot be read" in message
    result = babelreel(root, "dub", "remember", "fr")
    assert (result.code, len(result.err.strip().splitlines())) == (2, 4)
    assert path.read_text("utf-8").startswith("<<<")


def test_what_two_people_recorded_is_merged_by_git(root: Path) -> None:
    def git(*words: str) -> None:
        identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main")
        subprocess.run(("git", *identity, *words), cwd=root, check=True, capture_output=True)

    babelreel(root, "dub", "remember", "fr")
    git("init")
    git("add", ".")
    git("commit", "-m", "takes")
    for branch, number, hz in (("one", 1, 450), ("two", 3, 2650)):
        git("checkout", "-b", branch, "main")
        write_take(root / STEMS / f"0{number}.wav", hz)
        babelreel(root, "dub", "remember", "fr")
        git("commit", "-am", branch)
    git("merge", "one")
    assert told(root) == []


def test_a_line_without_a_take_cannot_be_said_to_fit(root: Path) -> None:
    result = babelreel(root, "dub", "remember", "fr", "--line", "9")
    assert result.code == 2
    assert "Line 9 has no take" in result.err


def plain(text: str) -> str:
    return text.replace("\u2068", "").replace("\u2069", "")
