from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from babelreel.app.check.build_check import check_for_build
from babelreel.app.check.run_rules import make_checker
from babelreel.app.project.choose_tracks import find_tracks
from babelreel.app.project.described_film import FilmToCheck
from babelreel.app.project.inventory import probe_path
from babelreel.app.project.master import open_digests
from babelreel.app.voices.hearing import read_sounds
from babelreel.app.voices.stems import (
    Stems,
    describe_sounds,
    find_dubs,
    list_recordings,
)
from babelreel.config.read import read_project
from babelreel.errors import MachineError
from babelreel.model.finding import Severity
from babelreel.model.project import Project
from babelreel.model.sound.recordings import Dub
from babelreel.model.sound.sound_files import line_of
from babelreel.rules.base.need import Need
from babelreel.rules.base.recording_subject import RecordingSubject, VoiceSubject
from babelreel.rules.check import CheckResult
from support.films import ffmpeg_of_tests
from support.projects import AR, FR, babelreel, counting_ffmpeg, make_project
from support.sounds import convert, silence, tone, write_wave


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return read_project(make_project(tmp_path / "project", {"fr.srt": FR, "ar.srt": AR}))


def record(project: Project, *names: str) -> None:
    """Put a sound of 0.2 s under each name in the folder of stems; each has other bytes."""
    folder = project.root / project.stems_dir
    for number, name in enumerate(names):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        source = write_wave(path.with_suffix(".source"), tone(0.2, hz=300 + 50 * number))
        if path.suffix.lower() == ".wav":
            source.rename(path)
        else:
            words = ("-f", "flac") if path.suffix == ".FLAC" else ()
            convert(source, path, *words)
            source.unlink()


def dubs(project: Project) -> dict[str, Dub]:
    stems = Stems(project, ffmpeg_of_tests().path)
    tags = (each.language for each in list_recordings(project))
    return {tag: dub for tag in tags if (dub := stems.dub(tag))}


def touch(project: Project, *names: str) -> None:
    for name in names:
        path = project.root / project.stems_dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


# --- what lies where ---


def test_a_file_is_a_whole_dub_and_a_folder_holds_takes(project: Project) -> None:
    record(project, "fr.mp3", "ar/01.wav", "ar/2 - Amina.m4a", "me.flac")
    found = dubs(project)
    assert list(found) == ["ar", "fr"]
    french, arabic = found["fr"], found["ar"]
    assert french.whole is not None
    assert (french.path, french.whole.path, french.whole.samples) == ("video/stems/fr.mp3", "video/stems/fr.mp3", 9600)
    assert (french.takes, french.strays) == ((), ())
    assert (arabic.path, arabic.whole) == ("video/stems/ar", None)
    assert [(each.line, each.sound.path) for each in arabic.takes] == [
        (1, "video/stems/ar/01.wav"),
        (2, "video/stems/ar/2 - Amina.m4a"),
    ]
    assert [sound.fault for dub in found.values() for sound in dub.sounds] == ["", "", ""]
    music = Stems(project, ffmpeg_of_tests().path).music()
    assert music is not None
    assert music.path == "video/stems/me.flac"


def test_names_are_matched_as_languages(project: Project) -> None:
    touch(project, "FR.flac", "zh-hans.wav", "PT_br.mp3", "Ps.M4A")
    assert [each.language for each in list_recordings(project)] == ["fr", "ps", "pt-BR", "zh-Hans"]


def test_only_what_was_asked_for_is_found(project: Project) -> None:
    touch(project, "fr.wav", "ar.wav", "nl.wav")
    found = find_dubs(project, ("nl", "fr", "de"), ffmpeg_of_tests().path, open_digests(project))
    assert [dub.language for dub in found] == ["nl", "fr"]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("7.wav", 7),
        ("0007.wav", 7),
        ("07-Marie.wav", 7),
        ("07_take two.wav", 7),
        ("7 (2).wav", 7),
        ("12 3.wav", 12),
        ("0.wav", 0),
        ("7.take2.wav", None),
        ("7a.wav", None),
        ("-7.wav", None),
        ("٧.wav", None),  # a seven, but no name that a program gives
        ("Marie 7.wav", None),
        ("1234567890.wav", None),
        # as phones and messengers name what is recorded: a count of recordings, or a day
        ("1 .m4a", 1),
        ("PTT-20261129-WA0003.opus", None),
        ("Recording (3).m4a", None),
        ("Voice 012.amr", None),
        ("take 7.wav", None),
        ("Aufnahme_7.m4a", None),
        ("20261129_101500.m4a", None),
        ("2026-11-29 10-15-00.m4a", None),
        ("2026 11 29.m4a", None),
        ("29-11-2026 10.15.m4a", None),
        ("29.11.26.m4a", None),
        ("29_11_26 2.m4a", None),
        ("07-2.m4a", 7),
        ("07-2-1.m4a", 7),
    ],
)
def test_a_take_is_named_by_the_number_of_its_line(name: str, line: int | None) -> None:
    assert line_of(Path(name)) == line


def test_other_files_are_passed_by(project: Project) -> None:
    record(project, "fr/1.wav")
    touch(project, "README.md", ".fr.wav", "fr.txt", "fr.wav.part", "fr/.2.wav", "fr/notes.txt", "fr/old/3.wav")
    touch(project, "empty/README.md", ".trash/1.wav", "._me.flac")
    found = dubs(project)
    assert list(found) == ["fr"]
    assert [sound.path for sound in found["fr"].sounds] == ["video/stems/fr/1.wav"]


def test_a_form_that_is_not_taken_is_told_unless_it_was_converted(project: Project) -> None:
    record(project, "fr/1.wav")
    touch(project, "fr/1.ogg", "fr/2.WMA", "ar.mkv")
    found = dubs(project)
    assert [sound.path for sound in found["fr"].sounds] == ["video/stems/fr/1.wav", "video/stems/fr/2.WMA"]
    fault = "sounds of the form .wma are not taken: save it as FLAC, WAV, M4A or MP3"
    assert found["fr"].takes[1].sound.fault == fault
    assert found["ar"].whole is not None
    assert ".mkv" in found["ar"].whole.fault


def test_two_files_for_one_language_are_both_told(project: Project) -> None:
    touch(project, "fr.mp3", "fr.wav", "FR.m4a")
    dub = dubs(project)["fr"]
    assert dub.whole is not None
    assert dub.whole.path == "video/stems/fr.wav"
    assert [stray.path for stray in dub.strays] == ["video/stems/FR.m4a", "video/stems/fr.mp3"]


def test_a_file_and_a_folder_are_both_told(project: Project) -> None:
    touch(project, "fr.wav", "fr/2.wav", "fr/2-again.wav", "fr/hello.wav", "FR/1.wav")
    dub = dubs(project)["fr"]
    assert dub.whole is not None
    assert [(each.line, each.sound.path.removeprefix("video/stems/")) for each in dub.takes] == [
        (1, "FR/1.wav"),
        (2, "fr/2-again.wav"),
        (2, "fr/2.wav"),
    ]
    assert [stray.path for stray in dub.strays] == ["video/stems/fr/hello.wav"]


def test_of_names_that_differ_in_case_alone_none_hides_another(project: Project) -> None:
    names = ["fr.wav", "FR.wav", "ar/01.wav", "ar/01.WAV", "AR/01.wav", "me.wav", "ME.wav"]
    record(project, *names)
    if len({path.name for path in (project.root / project.stems_dir).iterdir()}) < 6:  # two of each
        pytest.skip("this disk knows no case")

    found = dubs(project)
    music = Stems(project, ffmpeg_of_tests().path).music()
    assert music is not None

    told = [music.path, *(sound.path for dub in found.values() for sound in dub.sounds)]
    assert sorted(told) == sorted(f"video/stems/{name}" for name in names)
    assert [each.line for each in found["ar"].takes] == [1, 1, 1]
    result = babelreel(project.root, "check", "--select", "DUB003,DUB004,DUB022")
    told_of = sorted(line.partition(": ")[0] for line in result.out.splitlines()[:-1])
    assert len(told_of) == 4, result.out  # of each pair, and of the three takes, one is taken
    assert {"video/stems/ar/01.WAV", "video/stems/ar/01.wav"} < {*told_of}, (
        "the folder AR comes first, so its take is taken"
    )
    assert "fr.wav" in result.out


def test_a_name_that_is_no_language_is_told_under_its_own_name(project: Project) -> None:
    touch(project, "narrator-final.wav", "Old takes/1.wav", "me.wav", "ME.mp3")
    found = dubs(project)
    assert list(found) == ["Old takes", "me", "narrator-final"]
    assert [sound.path for sound in found["me"].sounds] == ["video/stems/ME.mp3"]  # the second stem of music


def test_a_broken_take_keeps_the_others_from_nothing(project: Project) -> None:
    record(project, "fr/1.wav", "fr/3.wav")
    (project.root / "video/stems/fr/2.wav").write_text("to be recorded")
    (project.root / "video/stems/fr/4.wav").symlink_to("nowhere.wav")
    faults = {take.line: take.sound.fault for take in dubs(project)["fr"].takes}
    assert faults == {
        1: "",
        2: "it is no sound that can be read, or it is damaged",
        3: "",
        4: "there is no such file",
    }


def test_a_folder_of_takes_that_cannot_be_listed_is_a_stray(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    record(project, "fr/1.wav", "ar/1.wav")
    whole = Path.iterdir

    def refuse(self: Path) -> Iterator[Path]:
        if self.name == "fr":
            raise PermissionError(13, "Permission denied")
        return whole(self)

    monkeypatch.setattr(Path, "iterdir", refuse)
    found = dubs(project)
    assert [(each.path, each.fault) for each in found["fr"].sounds] == [
        ("video/stems/fr", "it is a folder, and cannot be read")
    ]
    assert len(found["ar"].takes) == 1


# --- nothing is heard twice ---


def noted(notes: Path) -> int:
    return len(notes.read_text().splitlines()) if notes.exists() else 0


def test_a_sound_is_decoded_once_for_each_content_of_it(project: Project, tmp_path: Path) -> None:
    program, notes = counting_ffmpeg(tmp_path / "bin")
    record(project, "fr/1.wav", "fr/2.wav")
    first = Stems(project, program).dub("fr")
    assert noted(notes) == 2
    assert Stems(project, program).dub("fr") == first
    assert noted(notes) == 2
    folder = project.root / "video/stems/fr"
    (folder / "2.wav").rename(folder / "3-GUIDE.wav")  # the same bytes, under a name that says more
    renamed = Stems(project, program).dub("fr")
    assert renamed is not None
    assert [(take.line, take.sound.is_guide) for take in renamed.takes] == [(1, False), (3, True)]
    assert noted(notes) == 2
    write_wave(folder / "1.wav", tone(0.2, hz=900))
    Stems(project, program).dub("fr")
    assert noted(notes) == 3


def test_a_name_that_marks_a_guide_is_forgotten_with_the_name(project: Project, tmp_path: Path) -> None:
    program, _ = counting_ffmpeg(tmp_path / "bin")
    record(project, "fr/1 GUIDE.wav")
    assert Stems(project, program).dub("fr")
    folder = project.root / "video/stems/fr"
    (folder / "1 GUIDE.wav").rename(folder / "1.wav")
    renamed = Stems(project, program).dub("fr")
    assert renamed is not None
    assert not renamed.takes[0].sound.is_guide


def test_what_is_described_needs_no_ffmpeg(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    record(project, "fr/1.wav", "me.flac")
    path, sounds = describe_sounds(project)
    assert path == project.root / "video/stems.probe.json"
    assert read_sounds(path) == sounds
    assert [sound.path for sound in sounds] == ["video/stems/fr/1.wav", "video/stems/me.flac"]
    for kept in project.notes_dir.glob("*/*"):
        kept.unlink()
    monkeypatch.setenv("BABELREEL_FFMPEG", str(project.root / "none"))
    stems = Stems(project)
    dub = stems.dub("fr")
    assert dub is not None
    assert (*dub.sounds, stems.music()) == sounds


def test_a_description_of_other_bytes_is_passed_by(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    record(project, "fr/1.wav")
    describe_sounds(project)
    write_wave(project.root / "video/stems/fr/1.wav", silence(0.3))
    heard = Stems(project).dub("fr")
    assert heard is not None
    assert heard.takes[0].sound.is_silent
    write_wave(project.root / "video/stems/fr/1.wav", silence(0.4))
    monkeypatch.setenv("BABELREEL_FFMPEG", str(project.root / "none"))
    assert Stems(project).dub("fr") is None


@pytest.mark.parametrize(
    "content", [b"", b"[]", b'{"version": 1}', b"\xff", b'{"version": 1, "sounds": ' + b"[" * 99_999]
)
def test_a_foreign_description_and_foreign_notes_are_passed_by(project: Project, content: bytes) -> None:
    record(project, "fr/1.wav")
    path, sounds = describe_sounds(project)
    path.write_bytes(content)
    for kept in project.notes_dir.glob("*/*"):
        kept.write_bytes(content)
    assert read_sounds(path) == ()
    assert dubs(project)["fr"].sounds == sounds


def test_a_description_too_large_to_be_ours_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "stems.probe.json").touch()
    os.truncate(tmp_path / "stems.probe.json", (1 << 24) + 1)
    assert read_sounds(tmp_path / "stems.probe.json") == ()


def test_where_there_are_no_sounds_none_are_described(project: Project) -> None:
    path, sounds = describe_sounds(project)
    assert (sounds, path.exists()) == ((), False)


def test_sounds_that_are_gone_are_described_no_more(project: Project) -> None:
    record(project, "fr.wav")
    path, _ = describe_sounds(project)
    (project.root / "video/stems/fr.wav").unlink()
    assert describe_sounds(project) == (path, ())
    assert json.loads(path.read_bytes()) == {"version": 2, "sounds": {}}


def test_the_description_of_sounds_is_not_taken_for_that_of_the_film(project: Project) -> None:
    video = project.root / "video"
    (video / "stems.probe.json").write_text("{}")
    (video / "master.mp4").unlink()
    assert probe_path(project) == video / "master.probe.json"
    (video / "holiday.probe.json").write_text("{}")
    assert probe_path(project) == video / "holiday.probe.json"


def test_probe_describes_the_sounds_and_says_so(project: Project) -> None:
    record(project, "fr/1.wav")
    (project.root / "video/stems/fr/2.wav").write_bytes(b"")
    done = babelreel(project.root, "probe")
    assert done.code == 0
    assert "stem     video/stems/fr/1.wav: 00:00:00.200, too short to be measured, highest -6.02 dBFS\n" in done.out
    assert "stem     video/stems/fr/2.wav: it is empty: the file has 0 bytes\n" in done.out
    assert done.out.endswith("stems.probe.json\n")
    assert len(read_sounds(project.root / "video/stems.probe.json")) == 2
    assert babelreel(project.root, "probe", "--json").document["version"] == 1


# --- what the rules see ---


def recordings(project: Project, stems: Stems | None = None) -> dict[str, tuple[RecordingSubject, ...]]:
    """Give what the rules on sound look at, by the tag of the track."""
    checker = make_checker(project, FilmToCheck(film=None), stems=stems)
    return {
        file.tag: checker.subjects.of_language(file, checker.dubbing(file, checker.load(file)))
        for file in find_tracks(project)
    }


def voice_of(project: Project, tag: str) -> VoiceSubject:
    (subject,) = recordings(project)[tag]
    assert isinstance(subject, VoiceSubject)
    return subject


def test_a_subject_has_the_sounds_of_its_language(project: Project) -> None:
    record(project, "fr.wav", "me.flac")
    french = voice_of(project, "fr")
    assert french.dubbing is not None
    assert french.dubbing.dub == dubs(project)["fr"]
    assert french.music is not None
    assert french.music.path == "video/stems/me.flac"
    assert Need.DUB in french.met_needs
    assert recordings(project)["ar"] == ()


def test_sounds_without_subtitles_are_told_with_the_whole_project(project: Project) -> None:
    touch(project, "nl/1.wav", "fr.wav", "Marie.mp3")
    checker = make_checker(project, FilmToCheck(film=None))
    told = [(each.language, each.location.path) for each in checker.check_rest(is_whole=True).findings]
    assert told == [("Marie", "video/stems/Marie.mp3"), ("nl", "video/stems/nl")]
    assert checker.check_rest(is_whole=False).findings == ()


def test_a_language_that_is_not_to_be_built_is_no_lost_voice(project: Project) -> None:
    touch(project, "ar.wav")
    (project.root / "babelreel.toml").write_text('languages = ["fr"]\n')
    assert Stems(read_project(project.root)).lost_voices() == ()


def test_without_sounds_nothing_is_looked_for(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object = None) -> Path:
        pytest.fail("there is nothing to listen to")

    monkeypatch.setattr("babelreel.media.programs.locate.locate_ffmpeg", fail)
    monkeypatch.setattr("babelreel.app.voices.stems.open_digests", fail)
    assert set(recordings(project).values()) == {()}
    assert make_checker(project, FilmToCheck(film=None)).check_rest(is_whole=True) == CheckResult()


def test_only_what_a_track_needs_is_listened_to(project: Project, tmp_path: Path) -> None:
    program, notes = counting_ffmpeg(tmp_path / "bin")
    record(project, "fr.wav", "ar.wav", "nl.wav")
    checker = make_checker(replace(project, reference="ar"), FilmToCheck(film=None), stems=Stems(project, program))
    file = next(each for each in find_tracks(project) if each.tag == "fr")
    track = checker.load(file)
    for _ in range(3):  # as repairing does
        checker.check(file, track)
    assert noted(notes) == 1


def test_without_an_ffmpeg_what_nobody_heard_is_not_checked(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    record(project, "fr.wav", "me.wav")
    monkeypatch.setenv("BABELREEL_FFMPEG", str(project.root / "none"))
    assert not {Need.DUB, Need.VOICE} & voice_of(project, "fr").met_needs
    told = babelreel(project.root, "check", "fr", "--fail-on", "never").out
    voice = next(line for line in told.splitlines() if "nobody has listened to a recorded voice" in line)
    assert voice.startswith("not checked: DUB001, ")
    assert "nobody has listened to the music" in told
    assert "no detector of speech" not in told


def test_nothing_is_said_of_sounds_that_are_not_there(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    record(project, "fr.wav")
    monkeypatch.setenv("BABELREEL_FFMPEG", str(project.root / "none"))
    assert "nobody has listened" in babelreel(project.root, "check", "fr").out
    assert "nobody has listened" not in babelreel(project.root, "check", "ar").out


def test_a_project_that_may_not_be_written_to_is_checked(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    record(project, "fr.wav")

    def refuse(path: Path, _: bytes) -> None:
        raise MachineError(what="It is not allowed.", where=str(path))

    monkeypatch.setattr("babelreel.graph.notes.write_atomically", refuse)
    assert voice_of(project, "fr").dubbing is not None


def test_a_voice_that_is_named_in_words_is_told_its_right_name(project: Project) -> None:
    record(project, "Dutch.wav", "german/01.wav", "session.wav")
    found = babelreel(project.root, "check", "--select", "DUB022", "--format", "json").document["findings"]
    told = {each["path"].rpartition("/")[2]: each["message"] for each in found}
    assert "rename it to nl.wav" in told["Dutch.wav"]
    assert "rename it to de," in told["german"]
    assert "by the tag of its language" in told["session.wav"]
    assert not [message for message in told.values() if "add subtitles/" in message], "such names are refused"


def test_a_build_checks_against_the_sounds_too(project: Project) -> None:
    record(project, "fr.wav", "nl.wav")
    checked = check_for_build(project, find_tracks(project), film=None)
    heard = {
        each.file.tag: [sound.sound.path for sound in each.dubbing.heard] if each.dubbing else None
        for each in checked.tracks
    }
    assert heard == {"ar": None, "fr": ["video/stems/fr.wav"]}
    assert [each.code for each in checked.rest.findings] == ["DUB022"]
    assert checked.warnings == 1 + sum(each.result.count(Severity.WARNING) for each in checked.tracks)
