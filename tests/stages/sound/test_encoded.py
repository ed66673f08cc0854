"""Which tasks make the sounds, and what do they share?"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from babelreel.graph.key import key_document, key_of
from babelreel.graph.reason import explain_change
from babelreel.graph.task import Produced, SourceFile, Task
from babelreel.languages.find import find_language
from babelreel.media.assembly.command import FfmpegCommand
from babelreel.media.programs.locate import Ffmpeg
from babelreel.media.sound.finishing import LOUDNESS, SOUND, FinishSound
from babelreel.model.film.ladder.default_rungs import DEFAULT_RUNGS
from babelreel.model.film.media import AudioStream, Expectation, MediaInfo
from babelreel.model.sound.recordings import LOUDNESS_TARGETS, SoundSettings
from babelreel.model.style import Styles
from babelreel.stages.inputs import Film, Workshop
from babelreel.stages.sound.encoded import plan_dubbed_sound, plan_original_sound

FFMPEG = Ffmpeg(path=Path("ffmpeg"), version="9", digest="cd" * 32)
STEREO = AudioStream(codec="aac", profile="LC", channels=2, sample_rate_hz=48_000, start_ms=0, duration_ms=60_000)
INFO = MediaInfo(digest="ab" * 32, bytes=1, container="mp4", duration_ms=60_000, video=None, audio=(STEREO,))
WORKSHOP = Workshop(
    film=Film(
        info=INFO,
        source=SourceFile(name="master.mp4", path=Path("master.mp4"), digest=INFO.digest),
        title="Film",
        language=find_language("en"),
        footage={Fraction(25): ()},
    ),
    ffmpeg=FFMPEG,
    styles=Styles(),
    latin_font=SourceFile(name="fonts/latin.ttf", path=Path("latin.ttf"), digest="ef" * 32),
)
MIX = Task(
    name="mix fr",
    kind="mix",
    action=FfmpegCommand(ffmpeg=FFMPEG.identity, argv=(), output="mix.flac", expects=Expectation()),
    inputs=(),
    outputs=("mix.flac",),
)
FRENCH = find_language("fr")


def original(workshop: Workshop = WORKSHOP, *, rung: int = 0) -> Task:
    task = plan_original_sound(workshop, DEFAULT_RUNGS[rung])
    assert task is not None
    return task


def test_rungs_of_one_rate_and_channel_count_share_a_sound() -> None:
    assert original(rung=0) == original(rung=1)
    assert [original(rung=place).name for place in (0, 2, 3)] == [
        "sound original 128k 2ch",
        "sound original 96k 2ch",
        "sound original 64k 1ch",
    ]
    dubs = [plan_dubbed_sound(WORKSHOP, DEFAULT_RUNGS[place], FRENCH, MIX) for place in (0, 1, 3)]
    assert dubs[0] == dubs[1]
    assert [dub.name for dub in dubs] == ["sound fr 128k 2ch", "sound fr 128k 2ch", "sound fr 64k 1ch"]


def test_a_dub_is_made_of_its_mix_and_nothing_else() -> None:
    dub = plan_dubbed_sound(WORKSHOP, DEFAULT_RUNGS[0], FRENCH, MIX)
    assert dub.inputs == (Produced(name="mix.flac", task="mix fr", output="mix.flac"),)
    assert (dub.language, dub.outputs) == ("fr", (SOUND, LOUDNESS))


def test_a_mix_may_be_raised_by_its_headroom_besides() -> None:
    film, dub = original().action, plan_dubbed_sound(WORKSHOP, DEFAULT_RUNGS[0], FRENCH, MIX).action
    assert isinstance(film, FinishSound)
    assert isinstance(dub, FinishSound)
    assert (film.most_gain_db, dub.most_gain_db) == (24, 36)


def test_a_film_without_sound_has_no_original_sound() -> None:
    silent = replace(WORKSHOP, film=replace(WORKSHOP.film, info=replace(INFO, audio=())))
    assert plan_original_sound(silent, DEFAULT_RUNGS[0]) is None
    assert plan_dubbed_sound(silent, DEFAULT_RUNGS[0], FRENCH, MIX).name == "sound fr 128k 2ch"


def test_another_target_is_another_sound_and_says_so() -> None:
    other = replace(WORKSHOP, sound=SoundSettings(target=LOUDNESS_TARGETS[1]))
    digests = {"master.mp4": INFO.digest}
    before, after = key_document(original(), digests), key_document(original(other), digests)
    assert key_of(before) != key_of(after)
    assert explain_change(before, after) == ("loudness target web -> ebu-r128",)
