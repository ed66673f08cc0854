"""Are delivered sounds as loud as the target says, by another meter, and otherwise what they were?"""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import numpy as np
import pytest

from babelreel.errors import FilmError, ToolError
from babelreel.graph.key import canonical_json
from babelreel.graph.task import Action
from babelreel.media.argv.sounds import film_sound_argv, mixed_sound_argv
from babelreel.media.containers.mp4_sound import read_sound
from babelreel.media.probe.film import probe_media
from babelreel.media.sound.finishing import LOUDNESS, SAMPLES, SOUND, FinishSound
from babelreel.media.sound.level import MOST_GAIN_DB
from babelreel.media.sound.loudness import measure_loudness
from babelreel.model.sound.recordings import LOUDNESS_TARGETS, LoudnessTarget
from support.faulty_ffmpeg import flipping_ffmpeg
from support.films import ffmpeg_of_tests, make_film, make_flash_and_beep, run_maker
from support.loudness_meter import decode, expression, level_db, loudness_lufs, make_sounding, speech, true_peak_dbtp
from support.workplaces import work_in

WEB, EBU, AES = LOUDNESS_TARGETS
#: Music in two tones that swell, and a click twice a second, 11 dB above it.
CLICKS = (
    "0.06*sin(2*PI*220*t)*(1+0.5*sin(6*PI*t))+0.9*lt(mod(t,0.5),0.0004)",
    "0.06*sin(2*PI*330*t)*(1+0.5*sin(6*PI*t))+0.9*lt(mod(t,0.5),0.0004)",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    path: Path
    told: dict[str, Any]


def finish_for(film: Path, *, target: LoudnessTarget = WEB, channels: int = 2, kbps: int = 96) -> FinishSound:
    info = probe_media(film, digest="")
    argv = film_sound_argv(
        info, input_name=film.name, output_name=SAMPLES, channels=channels, duration_ms=info.duration_ms
    )
    return FinishSound(
        ffmpeg=ffmpeg_of_tests().identity,
        samples_argv=argv,
        kbps=kbps,
        channels=channels,
        duration_ms=info.duration_ms,
        target=target,
    )


def perform(action: FinishSound, source: Path) -> Finished:
    folder = Path(mkdtemp(prefix="finish-", dir=source.parent))
    (folder / source.name).symlink_to(source)
    action.perform(work_in(folder))
    return Finished(path=folder / SOUND, told=json.loads((folder / LOUDNESS).read_text("ascii")))


def finish(film: Path, *, target: LoudnessTarget = WEB, channels: int = 2, kbps: int = 96) -> Finished:
    return perform(finish_for(film, target=target, channels=channels, kbps=kbps), film)


FILMS: dict[str, Callable[[Path], Path]] = {
    "speech": lambda path: make_sounding(path, *speech()),
    "very quiet": lambda path: make_sounding(path, *speech("-29dB")),
    "too hot": lambda path: make_sounding(path, *speech("9dB")),  # peaks far beyond full scale: floats hold them
    "clicks": lambda path: make_sounding(path, *expression(*CLICKS)),
    "mono": lambda path: make_sounding(path, *speech("-6dB"), channels=1),
}


@cache
def film_of(kind: str) -> Path:
    return FILMS[kind](Path(mkdtemp(prefix="babelreel-sounds-")) / "film.mov")


@pytest.mark.parametrize("target", LOUDNESS_TARGETS, ids=lambda target: target.name)
@pytest.mark.parametrize(
    ("kind", "channels", "kbps"),
    [
        ("speech", 2, 128),
        ("speech", 1, 64),
        ("too hot", 2, 96),
        ("clicks", 2, 96),
        ("clicks", 1, 64),
        ("mono", 2, 96),
        ("mono", 1, 64),
    ],
)
def test_another_meter_finds_the_target_and_what_we_told(
    kind: str, channels: int, kbps: int, target: LoudnessTarget
) -> None:
    made = finish(film_of(kind), target=target, channels=channels, kbps=kbps)
    samples = decode(made.path)
    lufs, peak = loudness_lufs(samples), true_peak_dbtp(samples)
    assert samples.shape == (480_000, channels)
    assert lufs == pytest.approx(made.told["loudness_lufs"], abs=0.1)
    assert peak == pytest.approx(made.told["true_peak_dbtp"], abs=0.1)
    assert peak < float(target.peak_dbtp)
    assert abs(lufs - float(target.lufs)) <= 0.4
    assert made.told["target"]["name"] == target.name


def test_a_sound_of_minus_45_lufs_comes_up_by_24_db_and_no_more() -> None:
    made = finish(film_of("very quiet"))
    assert made.told["source"]["loudness_lufs"] == pytest.approx(-45, abs=1)
    assert made.told["gain_db"] == 24
    assert made.told["rounds"] == 1
    assert loudness_lufs(decode(made.path)) == pytest.approx(made.told["source"]["loudness_lufs"] + 24, abs=0.3)


def test_a_sound_of_minus_45_lufs_reaches_a_target_within_reach() -> None:
    made = finish(film_of("very quiet"), target=EBU)
    assert loudness_lufs(decode(made.path)) == pytest.approx(-23, abs=0.4)


@pytest.mark.parametrize("kind", ["speech", "too hot", "mono"])
def test_no_limiter_is_used_where_no_peak_would_pass(kind: str) -> None:
    assert finish(film_of(kind), target=EBU).told["limiter"] is None


def test_a_limiter_takes_what_passes_and_tells_how_much() -> None:
    told = finish(film_of("clicks")).told
    assert told["limiter"]["ceiling_dbtp"] <= -1.5
    # the highest peak, at full scale, with the gain, comes down to the ceiling
    peak = told["source"]["true_peak_dbtp"] + told["gain_db"]
    assert told["limiter"]["reduction_db"] == pytest.approx(peak - told["limiter"]["ceiling_dbtp"], abs=0.02)


def test_the_gain_is_the_same_from_the_first_to_the_last_second(tmp_path: Path) -> None:
    # a quiet minute and a loud one would tempt a compressor: steps of 12 dB, 2 s each
    steps = "sin(2*PI*1000*t)*if(lt(mod(t,4),2),0.02,0.08)"
    film = make_sounding(tmp_path / "film.mov", *expression(steps, steps), seconds=12)
    made = finish(film)
    before, after = decode(film), decode(made.path)
    gains = []
    for start in range(12_000, 12 * 48_000, 24_000):  # half seconds, none across a step
        stretch = slice(start, start + 12_000)
        gains.append(level_db(after[stretch]) - level_db(before[stretch]))
    assert max(gains) - min(gains) < 0.1
    assert np.mean(gains) == pytest.approx(made.told["gain_db"], abs=0.1)
    assert made.told["limiter"] is None


def test_a_limited_sound_stays_at_its_place(tmp_path: Path) -> None:
    # a beep at 0.5 s, with a click in its middle that the limiter takes
    wave = "between(t,0.5,0.6)*0.05*sin(2*PI*1000*t)+0.9*between(t,0.55,0.5504)"
    film = make_sounding(tmp_path / "film.mov", *expression(wave, wave), seconds=1)
    made = finish(film, kbps=128)
    assert made.told["limiter"]
    before, after = decode(film)[:, 0], decode(made.path)[:, 0]
    lags = range(-480, 481)
    middle = slice(20_000, 30_000)
    alike = [float(np.dot(before[middle], np.roll(after, -lag)[middle])) for lag in lags]
    assert abs(lags[int(np.argmax(alike))]) <= 1


def test_flash_and_beep_keep_their_time(tmp_path: Path) -> None:
    samples = decode(finish(make_flash_and_beep(tmp_path / "film.mp4")).path)
    loud = np.flatnonzero(np.abs(samples[:, 0]) > 0.05)
    assert loud[0] / 48 == pytest.approx(500, abs=3)  # ms; AAC smears an onset a little


@pytest.mark.parametrize("channels", [1, 2])
def test_a_film_of_a_fifth_of_a_second_is_too_short_to_measure_and_keeps_its_level(
    tmp_path: Path, channels: int
) -> None:
    wave = "0.1*sin(2*PI*440*t)"
    film = make_sounding(tmp_path / "film.mov", *expression(wave, wave), seconds=0.2)
    made = finish(film, channels=channels)
    assert (made.told["loudness_lufs"], made.told["source"]["loudness_lufs"], made.told["gain_db"]) == (None, None, 0)
    assert made.told["true_peak_dbtp"] == pytest.approx(-20, abs=1)
    assert decode(made.path).shape == (9600, channels)


def test_a_short_film_that_is_too_hot_is_limited_all_the_same(tmp_path: Path) -> None:
    wave = "3*sin(2*PI*440*t)"
    film = make_sounding(tmp_path / "film.mov", *expression(wave, wave), seconds=0.2)
    assert true_peak_dbtp(decode(finish(film).path)) < -1


def test_digital_silence_is_encoded_as_it_is(tmp_path: Path) -> None:
    made = finish(make_sounding(tmp_path / "film.mov", *expression("0", "0"), seconds=1))
    assert not decode(made.path).any()
    assert made.told["gain_db"] == 0
    assert made.told["limiter"] is None
    for measured in (made.told, made.told["source"]):
        assert measured["loudness_lufs"] is None
        assert measured["true_peak_dbtp"] is None


def test_a_film_whose_sound_begins_late_is_as_long_as_its_picture(tmp_path: Path) -> None:
    film = make_film(tmp_path / "film.mp4", seconds=2)
    late = tmp_path / "late.mkv"
    run_maker(
        *("-i", f"file:{film}", "-itsoffset", "0.4", "-i", f"file:{film}"),
        *("-map", "0:v", "-map", "1:a", "-c", "copy", f"file:{late}"),
    )
    samples = decode(finish(late).path)
    assert len(samples) == 96_000
    assert not (np.abs(samples[:19_000]) > 0.01).any()


@pytest.mark.parametrize("kind", ["speech", "clicks"])
def test_the_same_sound_gives_the_same_bytes(kind: str) -> None:
    one, other = finish(film_of(kind)), finish(film_of(kind))
    assert one.path.read_bytes() == other.path.read_bytes()
    assert one.told == other.told
    assert b"Lavf" not in one.path.read_bytes()


def mix_of(path: Path, *sound: str, seconds: int) -> Path:
    run_maker(*sound, "-map", "0:a", "-t", str(seconds), "-sample_fmt", "s32", "-c:a", "flac", f"file:{path}")
    return path


def finish_mix(mix: Path, *, channels: int, duration_ms: int) -> Finished:
    action = FinishSound(
        ffmpeg=ffmpeg_of_tests().identity,
        samples_argv=mixed_sound_argv(
            input_name=mix.name, output_name=SAMPLES, channels=channels, duration_ms=duration_ms
        ),
        kbps=96,
        channels=channels,
        duration_ms=duration_ms,
        target=WEB,
        most_gain_db=MOST_GAIN_DB + 12,
    )
    return perform(action, mix)


@pytest.mark.parametrize("channels", [1, 2])
def test_a_mix_is_brought_to_the_target_and_filled_to_the_films_length(tmp_path: Path, channels: int) -> None:
    made = finish_mix(mix_of(tmp_path / "mix.flac", *speech("-26dB"), seconds=5), channels=channels, duration_ms=6000)
    assert made.told["gain_db"] > 24
    assert loudness_lufs(decode(made.path)) == pytest.approx(-16, abs=0.4)
    assert decode(made.path).shape == (288_000, channels)


def test_a_stereo_mix_becomes_the_average_of_its_channels(tmp_path: Path) -> None:
    mix = mix_of(tmp_path / "mix.flac", *expression("0.2*sin(2*PI*440*t)", "0"), seconds=2)
    source = finish_mix(mix, channels=1, duration_ms=2000).told["source"]
    assert source["true_peak_dbtp"] == pytest.approx(-20, abs=0.05)


@pytest.mark.parametrize("value", ["0/0", "1/0"])
@pytest.mark.parametrize("tone", ["0.1*sin(2*PI*997*t)", "sin(2*PI*997*t)"])
def test_samples_that_are_no_numbers_are_told_in_plain_words(tmp_path: Path, value: str, tone: str) -> None:
    film = make_sounding(tmp_path / "film.mov", *expression(f"if(gt(t,1.5),{value},{tone})", tone), seconds=2)
    with pytest.raises(FilmError, match="no numbers"):
        finish(film)


def test_finishing_is_an_action_that_travels_and_knows_what_decides() -> None:
    action = finish_for(film_of("speech"))
    travelling: Action = action
    document = canonical_json(travelling.document())
    assert pickle.loads(pickle.dumps(action)) == action  # noqa: S301 - our own bytes
    assert str(film_of("speech").parent) not in document.decode()
    others = (
        replace(action, target=EBU),
        replace(action, target=replace(WEB, peak_dbtp=Decimal(-2))),
        replace(action, kbps=64),
        replace(action, channels=1),
        replace(action, duration_ms=9000),
        replace(action, most_gain_db=36),
        replace(action, ffmpeg=replace(action.ffmpeg, digest="other")),
        finish_for(film_of("mono")),
    )
    assert document not in {canonical_json(other.document()) for other in others}


def measured(film: Path) -> tuple[Decimal | None, Decimal | None]:
    found = measure_loudness(ffmpeg_of_tests().path, film, duration_ms=1000)
    return found.lufs, found.peak_dbtp


def test_a_tone_of_1_khz_reads_what_the_standard_says(tmp_path: Path) -> None:
    # BS.1770: a 997 Hz sine of 0 dBFS in one channel reads -3.01; in both, 3.01 more; 20 dB less of it
    tone = "0.1*sin(2*PI*997*t)"
    lufs, peak_dbtp = measured(make_sounding(tmp_path / "a.mov", *expression(tone, tone), seconds=2))
    assert lufs == pytest.approx(Decimal(-20), abs=Decimal("0.02"))
    assert peak_dbtp == pytest.approx(Decimal(-20), abs=Decimal("0.02"))


@pytest.mark.parametrize(("amplitude", "peak_dbtp"), [("4", "12.04"), ("0.00001", "-100")])
def test_peaks_beyond_full_scale_and_far_below_are_measured(tmp_path: Path, amplitude: str, peak_dbtp: str) -> None:
    tone = f"{amplitude}*sin(2*PI*997*t)"
    film = make_sounding(tmp_path / "a.mov", *expression(tone, tone), seconds=1)
    assert measured(film)[1] == pytest.approx(Decimal(peak_dbtp), abs=Decimal("0.02"))


def test_mono_reads_what_two_loudspeakers_give(tmp_path: Path) -> None:
    tone = "0.1*sin(2*PI*997*t)"
    assert measured(make_sounding(tmp_path / "a.mov", *expression(tone), channels=1, seconds=2))[0] == pytest.approx(
        Decimal(-20), abs=Decimal("0.02")
    )


def test_a_peak_between_two_samples_and_in_the_last_50_ms_is_found(tmp_path: Path) -> None:
    # a quarter of the rate, sampled 45 degrees beside its tops: samples of 0.354, a true peak of 0.5, or -6.02 dB
    wave = "0.5*exp(-pow((t-0.97)/0.005,2))*sin(2*PI*12000*t+PI/4)"
    film = make_sounding(tmp_path / "a.mov", *expression(wave, wave), seconds=1)
    assert measured(film)[1] == pytest.approx(Decimal("-6.02"), abs=Decimal("0.1"))


def test_names_with_quotes_colons_and_accents_can_be_measured(tmp_path: Path) -> None:
    tone = "0.1*sin(2*PI*997*t)"
    film = make_sounding(tmp_path / "l'été [1]: a,b;c.mov", *expression(tone, tone), seconds=1)
    assert measured(film)[0] == pytest.approx(Decimal(-20), abs=Decimal("0.05"))


@pytest.mark.parametrize(("suffix", "share"), [(".m4a", 0.3), (".m4a", 0.8), (".mov", 0.5)])
def test_one_flipped_bit_that_no_decoder_sees_is_found(tmp_path: Path, share: float, suffix: str) -> None:
    film = make_sounding(tmp_path / "film.mkv", *speech())
    action = finish_for(film)
    flipping = flipping_ffmpeg(ffmpeg_of_tests(), tmp_path / "bin", share=share, suffix=suffix)

    with pytest.raises((ToolError, FilmError)):
        perform(replace(action, ffmpeg=flipping.identity), film)


def test_a_sound_with_a_frame_of_another_channel_is_refused(tmp_path: Path) -> None:
    film = make_sounding(tmp_path / "film.mov", *speech())
    action = finish_for(film)
    # the bit makes the second frame's pair of channels (001) one for low tones (011), which the header does not know
    second = read_sound(perform(action, film).path).sizes[0]
    flipping = flipping_ffmpeg(ffmpeg_of_tests(), tmp_path / "bin", offset=second, suffix=".m4a")

    with pytest.raises(ToolError):
        perform(replace(action, ffmpeg=flipping.identity), film)
