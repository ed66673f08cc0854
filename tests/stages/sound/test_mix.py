"""What does a change of a dub make anew, and is what is delivered where the plan put it?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from babelreel.app.build.planning import plan_project
from babelreel.app.build.request import Request
from babelreel.config.read import read_project
from babelreel.engines.outcome import Outcome
from babelreel.graph.folder_store import FolderStore
from babelreel.graph.key import key_document, key_of
from babelreel.graph.plan import make_plan
from babelreel.graph.task import Produced, SourceFile
from babelreel.languages.find import find_language
from babelreel.model.film.ladder.default_rungs import DEFAULT_RUNGS
from babelreel.model.sound.dubbing import DubbedLine, decide_dubbing
from babelreel.model.sound.recordings import HEADROOM_DB, Dub, SoundInfo, SoundSettings, Take
from babelreel.model.timecode import Span
from babelreel.model.track import Track
from babelreel.stages.deliverables import Blueprint, plan_deliverables
from babelreel.stages.films.language_files import FILM
from babelreel.stages.inputs import Stem, Subtitles, Voice, Workshop
from babelreel.stages.sound.mix import MIX, plan_mix
from babelreel.timedtext.burnin.typeface import choose_font
from support.dubs import RATE, beep, described, onsets, read_sound, track, write_wave
from support.films import make_flash_and_beep
from support.projects import make_project
from support.running import run_here
from support.workplaces import PROGRAMS

#: Its text is muxed: no font is needed.
WEB = DEFAULT_RUNGS[1]
#: The film has 2 s; its own beep is at 0.5 s.
FILM_MS = 2000
CUES = ((1, 700, 1000), (2, 1300, 1800))


def source(path: Path, name: str, digest: str = "") -> SourceFile:
    return SourceFile(name=name, path=path, digest=digest)


def voice_of_takes(
    found: Track, folder: Path, *recorded: tuple[int, NDArray[np.float64], int, tuple[int, int]]
) -> Voice:
    """Write takes (line, sound, rate, stretch of the voice at 48 kHz) and place them."""
    takes = []
    for line, sound, rate, (first, end) in recorded:
        path = write_wave(folder / f"{line}.wav", sound, rate=rate)
        samples = len(sound) * RATE // rate
        takes.append(Take(line=line, sound=described(path, first=first, end=end, samples=samples)))
    dub = Dub(language="fr", path="video/stems/fr", takes=tuple(takes))
    dubbing = decide_dubbing(dub, found, film_ms=FILM_MS, profile=find_language("fr").limits)
    files = tuple(
        source(folder / Path(each.sound.path).name, f"takes/{place}.wav", each.sound.digest)
        for place, each in enumerate(dubbing.heard)
    )
    return Voice(dubbing=dubbing, files=files)


def with_lines(voice: Voice, *lines: DubbedLine) -> Voice:
    return Voice(dubbing=replace(voice.dubbing, lines=lines), files=voice.files[: len(lines)])


def with_first(voice: Voice, **change: Any) -> Voice:  # noqa: ANN401 - fields of several types
    """Give the voice with its first take heard in another way."""
    first, second = voice.dubbing.lines
    assert first.heard is not None
    return with_lines(voice, replace(first, heard=replace(first.heard, **change)), second)


def spoken(tag: str, found: Track, voice: Voice | None) -> Subtitles:
    language = find_language(tag)
    return Subtitles(language=language, track=found, font=choose_font(language, None), font_files=(), voice=voice)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dubbed")
    film = make_flash_and_beep(folder / "flash.mp4", size="160x90")
    return make_project(folder / "project", film=film)


@pytest.fixture(scope="module")
def workshop(root: Path) -> Workshop:
    return plan_project(read_project(root), Request()).workshop


@pytest.fixture
def take_files(tmp_path: Path) -> Voice:
    """Two takes: the first fits, the second must be played 1.2 times as fast."""
    one = beep(RATE, [(4_800, 9_600)])
    two = beep(RATE + 1_920, [(9_600, 14_400), (40_320, 49_920)])
    return voice_of_takes(
        track(*CUES), tmp_path / "takes", (1, one, RATE, (4_800, 9_600)), (2, two, RATE, (9_600, 49_920))
    )


def keys(blueprint: Blueprint) -> dict[str, str]:
    """Give the key of each task; a produced input stands for the key of the task that makes it."""
    found: dict[str, str] = {}
    for task in blueprint.tasks:
        digests = {
            each.name: found[each.task] if isinstance(each, Produced) else getattr(each, "part", "") or each.digest
            for each in task.inputs
        }
        found[task.name] = key_of(key_document(task, digests))
    return found


def planned(
    workshop: Workshop, voice: Voice | None, *, rungs: tuple[str, ...] = ("web-720p", "phone-360p")
) -> Blueprint:
    chosen = tuple(rung for rung in DEFAULT_RUNGS if rung.name in rungs)
    languages = [spoken("fr", track(*CUES), voice), spoken("nl", track(*CUES), None)]
    return plan_deliverables(workshop, languages, chosen, "film")


def with_other_take(voice: Voice) -> Voice:
    return replace(voice, files=(voice.files[0], replace(voice.files[1], digest="ff" * 32)))


def changed(before: Blueprint, after: Blueprint) -> set[str]:
    old, new = keys(before), keys(after)
    return {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}


#: What a change of the French dub makes anew: nothing of another language, no picture, no captions.
FRENCH_SOUND = {"mix fr", "sound fr 128k 2ch", "sound fr 64k 1ch", "file web-720p fr", "file phone-360p fr"}


def test_a_changed_take_mixes_one_language_anew_and_touches_no_picture(workshop: Workshop, take_files: Voice) -> None:
    assert changed(planned(workshop, take_files), planned(workshop, with_other_take(take_files))) == FRENCH_SOUND


def test_a_moved_line_mixes_anew_too(workshop: Workshop, take_files: Voice) -> None:
    other = with_first(take_files, start=take_files.dubbing.heard[0].start + 48)
    assert changed(planned(workshop, take_files), planned(workshop, other)) == FRENCH_SOUND


def test_a_dub_that_is_added_changes_no_picture_even_of_a_silent_film(workshop: Workshop, take_files: Voice) -> None:
    for audio in (workshop.film.info.audio, ()):
        shop = replace(workshop, film=replace(workshop.film, info=replace(workshop.film.info, audio=audio)))
        kinds = {name.split()[0] for name in changed(planned(shop, None), planned(shop, take_files))}
        assert kinds == {"mix", "sound", "file"}


def test_every_rung_of_a_dubbed_language_has_the_dub_and_no_other_language(
    workshop: Workshop, take_files: Voice
) -> None:
    blueprint = planned(workshop, take_files)
    sounds = {(each.language, each.sound) for each in blueprint.deliverables if each.rendition}
    assert sounds == {("fr", "dub"), ("nl", "original")}
    needs = {
        task.name: {each.split()[0:2][-1] for each in task.needs if each.startswith("sound")}
        for task in blueprint.tasks
    }
    assert needs["file web-720p fr"] == needs["file phone-360p fr"] == {"fr"}
    assert needs["file web-720p nl"] == {"original"}


def test_a_sound_is_named_by_the_language_that_is_spoken_in_it(workshop: Workshop, take_files: Voice) -> None:
    argv = {task.name: str(task.action.document().get("argv")) for task in planned(workshop, take_files).tasks}
    assert "language=fra" in argv["file phone-360p fr"]
    assert "handler_name=Français" in argv["file phone-360p fr"]
    # the film speaks English, and these subtitles are drawn into the picture
    assert "language=eng" in argv["file phone-360p nl"]
    assert "handler_name=English" in argv["file phone-360p nl"]


def settled(workshop: Workshop, *, duck_db: int = 14, music_duck_db: int = 3) -> Workshop:
    return replace(workshop, sound=SoundSettings(duck_db=duck_db, music_duck_db=music_duck_db))


def stemmed(workshop: Workshop, digest: str = "aa" * 32) -> Workshop:
    info = SoundInfo(path="video/stems/me.flac", digest=digest, channels=2, samples=96_000, end=96_000)
    return replace(workshop, music=Stem(info=info, source=source(Path("me.flac"), "me.flac", digest)))


def mix_key(workshop: Workshop, voice: Voice) -> str:
    task = plan_mix(workshop, find_language("fr"), voice)
    return key_of(key_document(task, {each.name: each.digest for each in task.inputs if isinstance(each, SourceFile)}))


@pytest.mark.parametrize(
    "change",
    [
        lambda shop, dub: (shop, with_other_take(dub)),
        lambda shop, dub: (shop, with_first(dub, start=1)),
        lambda shop, dub: (shop, with_first(dub, first=4_801)),
        lambda shop, dub: (shop, with_first(dub, end=9_601)),
        lambda shop, dub: (shop, with_first(dub, tempo=Fraction(11, 10))),
        lambda shop, dub: (shop, with_lines(dub, dub.dubbing.lines[0])),
        lambda shop, dub: (settled(shop, duck_db=12), dub),
        lambda shop, dub: (replace(shop, ffmpeg=replace(shop.ffmpeg, digest="00" * 32)), dub),
        lambda shop, dub: (
            replace(shop, film=replace(shop.film, source=replace(shop.film.source, digest="1" * 64))),
            dub,
        ),
        lambda shop, dub: (stemmed(shop), dub),
    ],
)
def test_each_thing_that_can_change_a_sample_changes_the_key(
    workshop: Workshop, take_files: Voice, change: Callable[[Workshop, Voice], tuple[Workshop, Voice]]
) -> None:
    assert mix_key(*change(workshop, take_files)) != mix_key(workshop, take_files)


@pytest.mark.parametrize(
    "change",
    [
        # how far music would go down, how loud the file shall be, and what a line is called
        lambda shop, dub: (settled(shop, music_duck_db=6), dub),
        lambda shop, dub: (replace(shop, film=replace(shop.film, title="Another")), dub),
        lambda shop, dub: (shop, with_first(dub, cue=replace(dub.dubbing.lines[0].cue, number=9))),
        lambda shop, dub: (shop, with_lines(dub, replace(dub.dubbing.lines[0], room=7), dub.dubbing.lines[1])),
    ],
)
def test_what_changes_no_sample_does_not(
    workshop: Workshop, take_files: Voice, change: Callable[[Workshop, Voice], tuple[Workshop, Voice]]
) -> None:
    assert mix_key(*change(workshop, take_files)) == mix_key(workshop, take_files)


def test_over_a_stem_the_film_s_own_sound_only_tells_how_loud_it_is(workshop: Workshop, take_files: Voice) -> None:
    task = plan_mix(stemmed(workshop), find_language("fr"), take_files)
    assert [each.name for each in task.inputs] == ["me.flac", "master.mp4", "takes/0.wav", "takes/1.wav"]
    assert mix_key(stemmed(workshop), take_files) != mix_key(stemmed(settled(workshop, music_duck_db=6)), take_files)
    assert mix_key(stemmed(workshop), take_files) == mix_key(stemmed(settled(workshop, duck_db=9)), take_files)


def make(blueprint: Blueprint, store: FolderStore) -> Outcome:
    outcome = run_here(make_plan(blueprint.tasks, store), store, jobs=1, listener=lambda _: None, programs=PROGRAMS)
    assert outcome.failures == {}
    return outcome


def reasons(workshop: Workshop, voice: Voice, store: FolderStore) -> tuple[str, ...]:
    plan = make_plan([plan_mix(workshop, find_language("fr"), voice)], store)
    return tuple(plan.steps[0].reasons)


def test_why_a_mix_is_made_again_is_told_in_words(workshop: Workshop, take_files: Voice, tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "store")
    make(Blueprint(tasks=(plan_mix(workshop, find_language("fr"), take_files),), deliverables=()), store)
    assert reasons(workshop, with_other_take(take_files), store) == ("take 2 changed",)
    assert reasons(workshop, with_first(take_files, start=1), store) == ("placement of line 1 changed",)
    assert reasons(settled(workshop, duck_db=12), take_files, store) == ("ducking_db 14 -> 12",)
    shorter = with_lines(take_files, take_files.dubbing.lines[0])
    assert reasons(workshop, shorter, store) == ("a take removed", "a placement of line removed")


def delivered(workshop: Workshop, voice: Voice, store: FolderStore, found: Track) -> dict[str, NDArray[np.float64]]:
    """Build and decode the mix, the encoded sound and the file that the web team gets, each as one channel."""
    blueprint = plan_deliverables(workshop, [spoken("fr", found, voice)], (WEB,), "film")
    outcome = make(blueprint, store)
    names = {"mix": ("mix fr", MIX), "sound": ("sound fr 128k 2ch", "sound.m4a"), "file": ("file web-720p fr", FILM)}
    made = {}
    for name, (task, output) in names.items():
        made[name] = read_sound(store.locate(outcome.entries[task].digests[output]))[:, 0]
    made["mix"] *= 10 ** (HEADROOM_DB / 20)
    return made


#: The film's own beep is at 0.5 s, behind it come those of the takes.
OWN_BEEP = 24_000


def test_takes_are_heard_where_the_plan_put_them(workshop: Workshop, take_files: Voice, tmp_path: Path) -> None:
    made = delivered(workshop, take_files, FolderStore(tmp_path / "store"), track(*CUES))
    assert [each.tempo for each in take_files.dubbing.heard] == [1, Fraction(6, 5)]
    assert len(made["mix"]) == 2 * RATE
    for name, sound in made.items():
        # the bed, which is the film's own beep, is down by 14 dB when the first take begins 0.2 s later
        found = onsets(sound)
        assert [abs(each - wanted) <= 48 for each, wanted in zip(found[-3:-1], (33_600, 62_400), strict=True)] == [
            True,
            True,
        ], (name, found)


def test_takes_of_another_rate_are_heard_where_the_plan_put_them(workshop: Workshop, tmp_path: Path) -> None:
    sound = beep(44_100, [(8_820, 17_640)], rate=44_100)
    voice = voice_of_takes(track((5, 1234, 1500)), tmp_path / "takes", (5, sound, 44_100, (9_600, 19_200)))
    for name, made in delivered(workshop, voice, FolderStore(tmp_path / "store"), track((5, 1234, 1500))).items():
        assert abs(onsets(made)[-1] - 1234 * 48) <= 48, name


def test_a_recording_of_the_whole_film_is_neither_moved_nor_stretched(workshop: Workshop, tmp_path: Path) -> None:
    path = write_wave(tmp_path / "fr.wav", beep(2 * RATE + 777, [(57_000, 62_000), (80_000, 90_000)]))
    speech = (Span(start_ms=1187, end_ms=1875),)
    whole = described(path, first=57_000, end=90_000, samples=2 * RATE + 777, speech=speech)
    dub = Dub(language="fr", path="video/stems/fr.wav", whole=whole)
    dubbing = decide_dubbing(dub, track(*CUES), film_ms=FILM_MS, profile=find_language("fr").limits)
    voice = Voice(dubbing=dubbing, files=(source(path, "takes/fr.wav", whole.digest),))
    for name, made in delivered(workshop, voice, FolderStore(tmp_path / "store"), track(*CUES)).items():
        found = onsets(made)
        assert [abs(each - wanted) <= 48 for each, wanted in zip(found[-2:], (57_000, 80_000), strict=True)] == [
            True,
            True,
        ], (name, found)


def test_the_second_build_of_a_dub_runs_nothing(workshop: Workshop, take_files: Voice, tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "store")
    blueprint = plan_deliverables(workshop, [spoken("fr", track(*CUES), take_files)], (WEB,), "film")
    make(blueprint, store)
    assert make(blueprint, store).ran == 0
