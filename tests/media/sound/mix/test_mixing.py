from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from shutil import rmtree
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from babelreel.errors import RefusedError, StoppedError, ToolError
from babelreel.media.probe.film import probe_media
from babelreel.media.programs.locate import Ffmpeg
from babelreel.media.sound.mix.mix_file import MIX, check_mix
from babelreel.media.sound.mix.mixing import LEVELS, Balance, Bed, MixDub
from babelreel.media.sound.mix.voice import VoicePart
from babelreel.model.json_codec import decode, parse_json
from babelreel.model.sound.ducking import Stretch, merge_stretches
from babelreel.model.sound.mix_levels import MixLevels
from babelreel.model.sound.mono import MonoMix
from babelreel.model.sound.recordings import HEADROOM_DB
from babelreel.model.sound.voice_level import VOICE_LUFS, GainPoint, VoiceLevel, level_take
from support.dubs import RATE, beep, level_db, onsets, read_sound, write_wave
from support.faulty_ffmpeg import flipping_ffmpeg
from support.films import ffmpeg_of_tests, make_film, run_maker
from support.loudness_meter import loudness_lufs
from support.sounds import heard, voice, write_floats
from support.workplaces import work_in

#: What takes the headroom back.
LOUDER = 10 ** (HEADROOM_DB / 20)
MS = 48

Mix = Callable[[MixDub], NDArray[np.float64]]


@pytest.fixture
def mix(tmp_path: Path) -> Mix:
    """Mix in the test's folder and give the samples, at the level that the sounds had."""

    def run(action: MixDub) -> NDArray[np.float64]:
        rmtree(tmp_path / "voice", ignore_errors=True)  # of a mix before
        action.perform(work_in(tmp_path))
        return read_sound(tmp_path / MIX) * LOUDER

    return run


@pytest.fixture
def quiet(ffmpeg: Ffmpeg) -> MixDub:
    """Five seconds of a film without sound, and no voice yet."""
    return MixDub(ffmpeg=ffmpeg.identity, length_ms=5000, voice=(), bed=None, ducking=(), duck_db=14)


def part(path: Path, *, start: int, first: int, end: int, samples: int, tempo: Fraction = Fraction(1)) -> VoicePart:  # noqa: PLR0913 - a part has these sides
    return VoicePart(name=path.name, path=path.name, samples=samples, start=start, first=first, end=end, tempo=tempo)


def sine_stem(folder: Path, *, seconds: int = 6, channels: int = 2) -> Bed:
    """Write a stem of 440 Hz, half as loud as can be."""
    tone = 0.5 * np.sin(2 * np.pi * 440 * np.arange(seconds * RATE) / RATE)
    return Bed(name=write_wave(folder / "me.wav", tone, channels=channels).name, channels=channels)


def test_a_take_is_heard_from_the_very_sample_of_the_plan(quiet: MixDub, mix: Mix, tmp_path: Path) -> None:
    recorded = beep(RATE, [(9_000, 19_000)])
    path = write_wave(tmp_path / "1.wav", recorded)
    voice = part(path, start=50_001, first=9_000, end=19_000, samples=RATE)
    sound = mix(replace(quiet, voice=(voice,)))
    assert sound.shape == (240_000, 2)
    # 24 bits under 12 dB of headroom are as fine as 22, 16 bits are the recording
    assert np.abs(sound[50_001:60_001, 0] - recorded[9_000:19_000]).max() < 2 / 32768
    assert np.array_equal(sound[:, 0], sound[:, 1])
    assert not sound[:50_000].any()
    assert not sound[60_001:].any()


def test_a_take_is_cut_out_of_its_noise_with_fades(quiet: MixDub, mix: Mix, tmp_path: Path) -> None:
    path = write_wave(tmp_path / "1.wav", np.full(RATE, 0.25))
    sound = mix(replace(quiet, voice=(part(path, start=48_000, first=20_000, end=24_800, samples=RATE),)))[:, 0]
    # 5 ms before the voice it begins, 20 ms behind it it ends; a level step of a recording would be 0.25
    heard = np.flatnonzero(sound)
    assert (heard[0], heard[-1]) == (48_000 - 240, 48_000 + 4_800 + 960 - 1)
    assert np.abs(np.diff(sound)).max() < 0.25 / 200
    assert np.allclose(sound[48_000:52_800], 0.25, atol=1e-4)


@pytest.mark.parametrize("tempo", [Fraction(103, 100), Fraction(6, 5), Fraction(13, 10)])
@pytest.mark.parametrize("first", [0, 700, 24_000])
def test_a_faster_take_begins_within_a_millisecond_of_the_plan(
    quiet: MixDub, mix: Mix, tmp_path: Path, tempo: Fraction, first: int
) -> None:
    beeps = [(first, first + 9_600), (first + 48_000, first + 57_600), (first + 90_000, first + 96_000)]
    path = write_wave(tmp_path / "1.wav", beep(144_000, beeps))
    voice = part(path, start=60_000, first=first, end=first + 96_000, samples=144_000, tempo=tempo)
    sound = mix(replace(quiet, voice=(voice,)))[:, 0]
    found = onsets(sound)
    assert abs(found[0] - 60_000) <= MS
    # inside of a take nothing drifts by more than a third of a frame
    wanted = [60_000 + round(each / tempo) for each in (48_000, 90_000)]
    assert [abs(each - planned) < 14 * MS for each, planned in zip(found[1:], wanted, strict=True)] == [True, True]
    heard = np.flatnonzero(np.abs(sound) > 1e-4)
    assert heard[0] >= 60_000 - 240
    assert heard[-1] < 60_000 + voice.length + 960


@pytest.mark.parametrize(
    "form",
    [
        (44_100, 1, "pcm_s16le"),
        (8_000, 1, "pcm_s16le"),
        (96_000, 2, "pcm_s24le"),
        (48_000, 6, "pcm_s16le"),
        (48_000, 2, "pcm_f32le"),
    ],
)
def test_any_rate_and_number_of_channels_is_brought_to_ours(
    quiet: MixDub, mix: Mix, tmp_path: Path, form: tuple[int, int, str]
) -> None:
    rate, channels, codec = form
    path = write_wave(tmp_path / "1.wav", beep(rate, [(rate // 4, rate // 2)], rate=rate), rate=rate, channels=channels)
    run_maker("-i", f"file:{path}", "-c:a", codec, f"file:{tmp_path / '2.wav'}")
    voice = part(tmp_path / "2.wav", start=96_000, first=12_000, end=24_000, samples=48_000)
    sound = mix(replace(quiet, voice=(voice,)))[:, 0]
    (found,) = onsets(sound)
    assert abs(found - 96_000) <= MS
    # what is the same in all channels keeps its level, up to a mix of six, which must not clip
    assert np.abs(sound[98_000:106_000]).max() == pytest.approx(0.5, abs=0.02)


def test_of_channels_that_mirror_one_another_one_is_mixed(quiet: MixDub, mix: Mix, tmp_path: Path) -> None:
    path = write_wave(tmp_path / "1.wav", beep(RATE, [(12_000, 24_000)]))
    run_maker("-i", f"file:{path}", "-af", "pan=stereo|c0=-1*c0|c1=c0", f"file:{tmp_path / '2.wav'}")
    voice = part(tmp_path / "2.wav", start=96_000, first=12_000, end=24_000, samples=48_000)
    sound = mix(replace(quiet, voice=(replace(voice, mono=MonoMix.RIGHT),)))
    assert np.abs(sound[96_480:107_520] - beep(RATE, [(12_000, 24_000)])[12_480:23_520, None]).max() < 1e-3


def test_two_takes_at_once_are_added_and_do_not_clip(quiet: MixDub, mix: Mix, tmp_path: Path) -> None:
    path = write_wave(tmp_path / "1.wav", beep(RATE, [(0, RATE)], amplitude=1.0))
    same = part(path, start=48_000, first=480, end=43_200, samples=RATE)
    sound = mix(replace(quiet, voice=(same, same), bed=sine_stem(tmp_path), ducking=()))[:, 0]
    tone = 0.5 * np.sin(2 * np.pi * 440 * np.arange(5 * RATE) / RATE)
    wanted = tone[50_000:80_000] + 2 * beep(RATE, [(0, RATE)], amplitude=1.0)[2_480:32_480]
    assert np.abs(wanted).max() > 2.4
    assert np.abs(sound[50_000:80_000] - wanted).max() < 1e-3


def test_a_sum_that_no_headroom_can_hold_is_refused(quiet: MixDub, mix: Mix, tmp_path: Path) -> None:
    path = write_wave(tmp_path / "1.wav", beep(RATE, [(0, RATE)], amplitude=1.0))
    same = part(path, start=48_000, first=480, end=43_200, samples=RATE)
    with pytest.raises(RefusedError, match="louder than a file can hold"):
        mix(replace(quiet, voice=(same,) * 5))


def test_the_bed_is_14_db_down_while_a_voice_is_on_and_no_longer(quiet: MixDub, mix: Mix, tmp_path: Path) -> None:
    ducking = (Stretch(start=2 * RATE, end=3 * RATE),)
    sound = mix(replace(quiet, bed=sine_stem(tmp_path), ducking=ducking))[:, 0]
    full = level_db(sound[:RATE])
    assert full == pytest.approx(20 * np.log10(0.5 / np.sqrt(2)), abs=0.01)
    assert level_db(sound[2 * RATE : 3 * RATE]) - full == pytest.approx(-14.0, abs=0.1)
    # in the first 10 ms of the voice as in the last
    assert level_db(sound[2 * RATE : 2 * RATE + 480]) - full == pytest.approx(-14.0, abs=0.3)
    assert level_db(sound[3 * RATE - 480 : 3 * RATE]) - full == pytest.approx(-14.0, abs=0.3)
    # full level up to 300 ms before, and from 500 ms after on
    assert level_db(sound[81_600 - 4_800 : 81_600]) - full == pytest.approx(0.0, abs=0.05)
    assert level_db(sound[168_000 : 168_000 + 4_800]) - full == pytest.approx(0.0, abs=0.05)
    # half-way it is on its way
    assert -12 < level_db(sound[88_800 - 480 : 88_800 + 480]) - full < -2
    assert -12 < level_db(sound[156_000 - 480 : 156_000 + 480]) - full < -2


def test_between_two_lines_of_less_than_a_second_the_bed_does_not_pump(quiet: MixDub, mix: Mix, tmp_path: Path) -> None:
    lines = (Stretch(start=RATE, end=2 * RATE), Stretch(start=2 * RATE + 47_000, end=4 * RATE))
    sound = mix(replace(quiet, bed=sine_stem(tmp_path), ducking=merge_stretches(lines)))[:, 0]
    full = level_db(sound[:24_000])
    windows = [level_db(sound[begin : begin + 4_800]) for begin in range(RATE, 4 * RATE, 4_800)]
    assert max(windows) - full == pytest.approx(-14.0, abs=0.1)


@pytest.mark.parametrize("seconds", [3, 7])
@pytest.mark.parametrize("channels", [1, 2])
def test_a_mix_is_as_long_as_the_film_whatever_the_stem_is(
    quiet: MixDub, mix: Mix, tmp_path: Path, seconds: int, channels: int
) -> None:
    # 5.001 s: no whole number of blocks, frames or packets
    sound = mix(replace(quiet, length_ms=5001, bed=sine_stem(tmp_path, seconds=seconds, channels=channels)))
    assert sound.shape == (240_048, 2)
    assert np.abs(sound[:RATE]).max() == pytest.approx(0.5, abs=1e-3)
    assert bool(np.abs(sound[-RATE:]).max() > 0.4) is (seconds == 7)


def test_the_sound_of_the_film_lies_under_the_voices(quiet: MixDub, mix: Mix, tmp_path: Path) -> None:
    film = make_film(tmp_path / "film.mkv", seconds=5, start_offset=2, size="64x36")
    info = probe_media(film, digest="")
    ducking = (Stretch(start=2 * RATE, end=3 * RATE),)
    bed = Bed(name=film.name, film=info)
    sound = mix(replace(quiet, length_ms=info.duration_ms, bed=bed, ducking=ducking))[:, 0]
    assert len(sound) == info.duration_ms * MS
    full = level_db(sound[4_800:RATE])
    assert level_db(sound[2 * RATE : 3 * RATE]) - full == pytest.approx(-14.0, abs=0.1)


def test_a_voice_that_goes_on_behind_the_film_is_not_cut(quiet: MixDub, mix: Mix, tmp_path: Path) -> None:
    path = write_wave(tmp_path / "fr.wav", beep(6 * RATE, [(0, 5 * RATE + 4_800)]))
    whole = part(path, start=0, first=0, end=5 * RATE + 4_800, samples=6 * RATE)
    with pytest.raises(RefusedError, match=r"0\.1 s after the film"):
        mix(replace(quiet, voice=(whole,)))


def test_silence_behind_the_end_of_the_film_is_cut(quiet: MixDub, mix: Mix, tmp_path: Path) -> None:
    path = write_wave(tmp_path / "fr.wav", beep(6 * RATE, [(24_000, 48_000), (5 * RATE - 4_800, 5 * RATE)]))
    sound = mix(replace(quiet, voice=(part(path, start=0, first=0, end=5 * RATE, samples=6 * RATE),)))
    assert len(sound) == 5 * RATE
    assert [abs(each - wanted) <= 4 for each, wanted in zip(onsets(sound[:, 0]), (24_000, 235_200), strict=True)]


def test_a_recording_that_is_no_sound_is_told_by_its_name(quiet: MixDub, mix: Mix, tmp_path: Path) -> None:
    (tmp_path / "1.wav").write_bytes(b"RIFF and nothing")
    voice = replace(part(tmp_path / "1.wav", start=0, first=0, end=RATE, samples=RATE), path="video/stems/fr/1.wav")
    with pytest.raises(ToolError) as caught:
        mix(replace(quiet, voice=(voice,)))
    assert caught.value.where == "video/stems/fr/1.wav"


def test_a_recording_that_lost_its_end_is_refused(quiet: MixDub, mix: Mix, tmp_path: Path) -> None:
    path = write_wave(tmp_path / "1.wav", beep(RATE, [(0, RATE)]))
    with pytest.raises(RefusedError, match="shorter than it was"):
        mix(replace(quiet, voice=(part(path, start=0, first=0, end=2 * RATE, samples=2 * RATE),)))


def test_a_playlist_dressed_as_a_recording_is_not_opened(quiet: MixDub, mix: Mix, tmp_path: Path) -> None:
    write_wave(tmp_path / "secret.wav", beep(RATE, [(0, RATE)]))
    (tmp_path / "1.wav").write_text("ffconcat version 1.0\nfile secret.wav\n")
    with pytest.raises(ToolError):
        mix(replace(quiet, voice=(part(tmp_path / "1.wav", start=0, first=0, end=RATE, samples=RATE),)))


def test_the_same_sounds_give_the_same_bytes(quiet: MixDub, tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        folder = tmp_path / name
        path = write_wave(folder / "1.wav", beep(RATE, [(2_000, 40_000)]))
        voice = part(path, start=48_000, first=2_000, end=40_000, samples=RATE, tempo=Fraction(6, 5))
        action = replace(quiet, voice=(voice,), bed=sine_stem(folder), ducking=(Stretch(start=48_000, end=80_000),))
        action.perform(work_in(folder))
        made.append((folder / MIX).read_bytes())
    assert made[0] == made[1]


def test_a_stopped_mix_leaves_no_file(quiet: MixDub, tmp_path: Path) -> None:
    with pytest.raises(StoppedError):
        quiet.perform(work_in(tmp_path, is_cancelled=lambda: True))
    assert not (tmp_path / MIX).exists()


def test_progress_goes_up_to_the_whole(quiet: MixDub, tmp_path: Path) -> None:
    told: list[float] = []
    path = write_wave(tmp_path / "1.wav", beep(RATE, [(2_000, 40_000)]))
    action = replace(quiet, voice=(part(path, start=0, first=2_000, end=40_000, samples=RATE),))
    action.perform(work_in(tmp_path, report=told.append))
    assert told == sorted(told)
    assert 0.7 < max(told) <= 1


def test_a_mix_of_another_length_is_found_out(tmp_path: Path) -> None:
    run_maker("-f", "lavfi", "-i", "sine=sample_rate=48000:duration=1", "-ac", "2", f"file:{tmp_path / MIX}")
    with pytest.raises(ToolError, match="16, 48000"):  # 16 bits, too
        check_mix(tmp_path / MIX, 48_001, b"")


@pytest.mark.parametrize(
    ("suffix", "share"), [(".flac", 0.2), (".flac", 0.5), (".flac", 0.99), (".raw", 0.5), (".f32", 0.5)]
)
def test_one_flipped_bit_of_a_mix_or_of_what_it_is_made_of_is_found(
    quiet: MixDub, tmp_path: Path, suffix: str, share: float
) -> None:
    film = make_film(tmp_path / "film.mp4", seconds=5)
    path = write_wave(tmp_path / "1.wav", beep(RATE, [(0, RATE)]))
    voice = part(path, start=48_000, first=480, end=43_200, samples=RATE, tempo=Fraction(11, 10))
    bed = Bed(name=film.name, film=probe_media(film, digest=""))
    broken = flipping_ffmpeg(ffmpeg_of_tests(), tmp_path / "bin", share=share, suffix=suffix)

    with pytest.raises(ToolError, match=r"damaged on its way|not those that were added up|cannot be decoded"):
        replace(quiet, ffmpeg=broken.identity, voice=(voice,), bed=bed).perform(work_in(tmp_path))


def test_the_mix_is_flac_of_24_bits_with_headroom(quiet: MixDub, mix: Mix, tmp_path: Path, ffmpeg: Ffmpeg) -> None:
    path = write_wave(tmp_path / "1.wav", beep(RATE, [(0, RATE)], amplitude=1.0))
    mix(replace(quiet, voice=(part(path, start=48_000, first=480, end=43_200, samples=RATE),)))
    said = subprocess.run([ffmpeg.path, "-i", tmp_path / MIX], capture_output=True, check=False).stderr.decode()
    assert "flac, 48000 Hz, stereo, s32 (24 bit)" in said
    assert np.abs(read_sound(tmp_path / MIX)).max() == pytest.approx(10 ** (-12 / 20), rel=1e-3)


# --- levels ---


def levels(folder: Path) -> MixLevels:
    return decode(parse_json((folder / LEVELS).read_bytes()), MixLevels)


def lufs(sound: NDArray[np.float64]) -> float:
    return loudness_lufs(np.stack((sound, sound), axis=1))


def at(sound: NDArray[np.float64], wanted_lufs: float) -> NDArray[np.float64]:
    """Give a sound at a loudness, as the other meter reads it from two loudspeakers."""
    return sound * 10 ** ((wanted_lufs - lufs(sound)) / 20)


def music(seconds: float, *, seed: int = 3) -> NDArray[np.float64]:
    """Give noise without gaps, in the band of a voice: whatever is played over it is hard to hear."""
    rough = np.random.default_rng(seed).standard_normal(round(seconds * RATE))
    return np.convolve(rough, np.ones(12) / 12, "same")


def stem(folder: Path, sound: NDArray[np.float64]) -> Bed:
    return Bed(name=write_wave(folder / "me.wav", sound, channels=2).name)


@pytest.fixture
def spoken(quiet: MixDub, tmp_path: Path) -> Callable[..., MixDub]:
    """Two lines of a film of ten seconds, recorded at some levels, at 1 s and at 5 s."""

    def plan(*recorded_lufs: float, bed: NDArray[np.float64], film: Bed | None = None, **more: Any) -> MixDub:  # noqa: ANN401 - fields of a mix
        voices = []
        for number, wanted in enumerate(recorded_lufs):
            sound = at(voice(), wanted)
            path = write_floats(tmp_path / f"{number}.wav", sound)
            level = level_take(heard(path))
            start = RATE * (1 + 4 * number)
            voices.append(replace(part(path, start=start, first=0, end=len(sound), samples=len(sound)), level=level))
        lines = tuple(Stretch(start=each.start, end=each.start + each.length) for each in voices)
        action = replace(quiet, length_ms=10_000, voice=tuple(voices), bed=stem(tmp_path, bed))
        balance = Balance(margin_db=10, film=film)
        return replace(action, ducking=merge_stretches(lines), spoken=lines, balance=balance, **more)

    return plan


@pytest.mark.parametrize("recorded", [-48.0, -40.0, -30.0, -20.0, -12.0])
def test_every_take_is_as_loud_as_all_others_however_it_was_recorded(
    spoken: Callable[..., MixDub], mix: Mix, tmp_path: Path, recorded: float
) -> None:
    sound = mix(replace(spoken(recorded, -20.0, bed=at(music(10), -40)), bed=None))[:, 0]
    one, other = lufs(sound[RATE : RATE + len(voice())]), lufs(sound[5 * RATE : 5 * RATE + len(voice())])
    assert one == pytest.approx(float(VOICE_LUFS), abs=0.7)
    assert one == pytest.approx(other, abs=0.2)
    assert [each.bed_lufs for each in levels(tmp_path).lines] == [None, None]


def test_a_voice_is_far_above_the_film_as_two_meters_find_in_the_mix(
    spoken: Callable[..., MixDub], mix: Mix, tmp_path: Path
) -> None:
    # the film is three times as loud in its second half
    bed = np.concatenate((at(music(5), -16), at(music(5, seed=4), -7)))
    action = spoken(-48.0, -30.0, bed=bed)
    alone = mix(replace(action, bed=None))[:, 0]
    both = mix(action)[:, 0]
    for line, told in zip(action.spoken, levels(tmp_path).lines, strict=True):
        stretch = slice(line.start, line.end)
        above = lufs(alone[stretch]) - lufs((both - alone)[stretch])
        assert above >= 10
        assert told.above_db is not None
        assert float(told.above_db) == pytest.approx(above, abs=0.3)


def test_the_film_goes_down_by_what_is_asked_for_where_that_is_enough(
    spoken: Callable[..., MixDub], mix: Mix, tmp_path: Path
) -> None:
    mix(spoken(-25.0, bed=at(music(10), -14)))
    (line,) = levels(tmp_path).lines
    # a bed of even loudness, made as loud as the voices, goes down by 14 dB
    assert float(line.above_db or 0) == pytest.approx(14, abs=0.7)


def test_what_no_ducking_can_save_is_told(spoken: Callable[..., MixDub], mix: Mix, tmp_path: Path) -> None:
    action = spoken(-30.0, bed=at(music(10), -20))
    (one,) = action.voice
    held = replace(one, level=VoiceLevel(points=(GainPoint(sample=0, gain_db=Decimal(-10)),)))
    mix(replace(action, voice=(held,)))
    (line,) = levels(tmp_path).lines
    # the voice is 20 dB below the others, and the bed 24: more would make a hole in the film
    assert float(line.above_db or 0) == pytest.approx(24 - 20, abs=0.8)


def test_music_and_effects_keep_their_place_in_the_film(
    spoken: Callable[..., MixDub], mix: Mix, tmp_path: Path
) -> None:
    """Beside a film at -20 LUFS, music at -30 stays where it is; beside one at -30, all comes up by ten."""
    found = []
    for loudness in (-20, -30):
        sound = write_wave(tmp_path / "film.wav", at(music(10), loudness), channels=2)
        run_maker(
            *("-f", "lavfi", "-i", "color=size=64x36:rate=25:duration=10", "-i", f"file:{sound}"),
            *("-c:v", "libx264", "-c:a", "pcm_s16le", f"file:{tmp_path / 'film.mkv'}"),
        )
        film = Bed(name="film.mkv", film=probe_media(tmp_path / "film.mkv", digest=""))
        mixed = mix(spoken(-25.0, bed=at(music(10), -30), film=film, duck_db=3))[:, 0]
        found.append(lufs(mixed[7 * RATE : 10 * RATE]))
    assert found == [pytest.approx(-30, abs=0.5), pytest.approx(-20, abs=0.5)]


def test_a_quiet_film_with_a_loud_shot_is_not_made_louder_than_a_mix_can_hold(
    spoken: Callable[..., MixDub], mix: Mix
) -> None:
    bed = at(music(10), -50)
    bed[8 * RATE : 8 * RATE + 200] = 0.9
    assert np.abs(mix(spoken(-25.0, bed=bed))).max() < 2.01  # 6 dB above full scale


def test_a_knock_at_the_microphone_of_a_quiet_take_is_held(quiet: MixDub, mix: Mix, tmp_path: Path) -> None:
    sound = at(voice(), -45)
    sound[RATE : RATE + 30] = 0.8
    path = write_floats(tmp_path / "1.wav", sound)
    level = level_take(heard(path))
    voiced = replace(part(path, start=RATE, first=0, end=len(sound), samples=len(sound)), level=level)
    mixed = mix(replace(quiet, voice=(voiced,)))[:, 0]
    assert np.abs(mixed).max() == pytest.approx(10 ** (4 / 20), abs=0.01)
    assert lufs(mixed[RATE + 2 * RATE : RATE + len(sound)]) > -24


def test_a_recording_of_the_whole_film_changes_its_gain_in_the_pauses_alone(
    quiet: MixDub, mix: Mix, tmp_path: Path
) -> None:
    tones = beep(5 * RATE, [(0, RATE), (3 * RATE, 5 * RATE)], amplitude=0.1)
    path = write_wave(tmp_path / "fr.wav", tones)
    points = ((0, 0), (RATE, 0), (3 * RATE, 12), (5 * RATE, 12))
    level = VoiceLevel(points=tuple(GainPoint(sample=at, gain_db=Decimal(gain)) for at, gain in points))
    whole = replace(part(path, start=0, first=0, end=5 * RATE, samples=5 * RATE), level=level)
    sound = mix(replace(quiet, voice=(whole,)))[:, 0]
    assert level_db(sound[2_400 : RATE - 240]) == pytest.approx(level_db(tones[2_400 : RATE - 240]), abs=0.01)
    assert level_db(sound[3 * RATE + 240 : 4 * RATE]) == pytest.approx(
        level_db(tones[3 * RATE + 240 : 4 * RATE]) + 12, abs=0.01
    )
