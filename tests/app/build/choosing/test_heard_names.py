"""Who says the names of languages, and is it told where nobody does?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from babelreel.app.build.choosing.heard_names import find_names, tell_unheard
from babelreel.config.read import read_project
from babelreel.graph.digests import DigestCache
from babelreel.graph.notes import Notes
from babelreel.languages.find import builtin_languages, find_language
from babelreel.media.sound.spoken_name import LONGEST_MS, SOUND, EncodeName, SpeakName
from babelreel.model.project import Project
from babelreel.stages.inputs import Names
from support.films import ffmpeg_of_tests
from support.sounds import RATE, silence, tone, write_wave
from support.voices import espeak_of_tests, read_sound
from support.workplaces import PROGRAMS, work_in


def project(root: Path, *, spoken: bool = True) -> Project:
    plain = read_project(root)
    return replace(plain, delivery=replace(plain.delivery, has_spoken_names=spoken))


def names(root: Path, *, spoken: bool = True) -> Names:
    if spoken:
        espeak_of_tests()
    found, closed = find_names(project(root, spoken=spoken), builtin_languages(), DigestCache(Notes(root / "notes")))
    assert closed == ()
    return found


def test_eleven_of_thirteen_have_a_voice_and_the_two_others_get_none_of_another_language(tmp_path: Path) -> None:
    found = names(tmp_path)
    assert {each.tag for each in builtin_languages()} - dict(found.voices).keys() == {"ps", "pcm"}
    assert (dict(found.voices)["zh-Hans"], dict(found.voices)["fr"]) == ("cmn", "fr-be")
    (told,) = tell_unheard(project(tmp_path), builtin_languages(), found)
    assert told == (
        "the first page does not say the names of ps, pcm: no voice of eSpeak NG speaks them; "
        "video/names/ps.m4a would do it"
    )


def test_a_program_that_does_not_run_is_not_blamed_on_the_languages(tmp_path: Path) -> None:
    broken = Names(recorded=(), voices=(), program=tmp_path / "espeak-ng", version="")
    (told,) = tell_unheard(project(tmp_path), [find_language("fr")], broken)
    assert "eSpeak NG does not run here" in told
    plain = project(tmp_path)
    without_pages = replace(plain, delivery=replace(plain.delivery, has_pages=False))
    assert list(tell_unheard(without_pages, [find_language("fr")], broken)) == []


def test_a_recording_comes_before_a_voice(tmp_path: Path) -> None:
    (tmp_path / "video/names").mkdir(parents=True)
    for name in ("ps.m4a", "fr.wav"):
        (tmp_path / "video/names" / name).write_bytes(b"sound")
    found = names(tmp_path)
    assert [tag for tag, _ in found.recorded] == ["fr", "ps"]
    assert "fr" not in dict(found.voices)
    assert [tag for tag, _ in names(tmp_path, spoken=False).recorded] == ["fr", "ps"]


def test_without_being_asked_no_voice_speaks_and_nobody_is_told(tmp_path: Path) -> None:
    found = names(tmp_path, spoken=False)
    assert found == Names()
    assert list(tell_unheard(project(tmp_path, spoken=False), builtin_languages(), found)) == []


def perform(action: SpeakName | EncodeName, folder: Path) -> Path:
    action.perform(work_in(folder))
    return folder / SOUND


@pytest.mark.parametrize("tag", ["ar", "zh-Hans", "fr"])
def test_a_name_is_spoken_within_some_seconds_and_the_same_each_time(tmp_path: Path, tag: str) -> None:
    found, language = names(tmp_path), find_language(tag)
    assert found.program
    assert found.espeak
    say = SpeakName(
        ffmpeg=ffmpeg_of_tests().identity,
        espeak=found.espeak,
        voice=dict(found.voices)[tag],
        text=language.speech.name or language.own_name,
    )
    assert found.version.startswith("eSpeak NG")
    PROGRAMS[found.espeak] = found.program
    folders = (tmp_path / "1", tmp_path / "2")
    for folder in folders:
        folder.mkdir()
    files = [perform(say, folder) for folder in folders]
    assert files[0].read_bytes() == files[1].read_bytes()
    assert 2_000 < files[0].stat().st_size < 40_000
    assert 300 < sound_ms(files[0]) < LONGEST_MS


def test_a_long_recording_is_cut_and_its_silence_with_it(tmp_path: Path) -> None:
    long = [silence(1.0), tone(6.0, hz=300)]
    write_wave(tmp_path / "recording.wav", np.concatenate(long))
    made = perform(EncodeName(ffmpeg=ffmpeg_of_tests().identity, recording="recording.wav"), tmp_path)
    samples, _ = read_sound(made)
    assert LONGEST_MS - 100 < sound_ms(made) < LONGEST_MS + 100
    assert np.abs(samples[: RATE // 5]).max() > 0.1  # the second of silence is gone


def sound_ms(path: Path) -> int:
    samples, _ = read_sound(path)
    return len(samples) * 1000 // RATE
