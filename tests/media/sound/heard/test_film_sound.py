"""What is heard in a film's own sound, and is all of it heard in what becomes of it?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from babelreel.errors import FilmError, ToolError
from babelreel.media.argv.sounds import film_sound_argv
from babelreel.media.probe.film import probe_media
from babelreel.media.sound.heard.film_sound import hear_film, refuse_lost
from babelreel.model.film.choices import tell_choices
from babelreel.model.film.media import MediaInfo
from babelreel.model.sound.film_sound import FilmSound
from babelreel.model.sound.mono import MonoMix
from support.films import Encode, run_maker
from support.loudness_meter import RATE_HZ, decode, level_db

TONE = "0.4*sin(2*PI*600*t)"


def film_of(path: Path, *channels: str, seconds: int = 4, layout: str = "", codec: str = "pcm_s16le") -> Path:
    """Make a film with a sound of one expression for each channel."""
    told = f":channel_layout={layout}" if layout else ""
    run_maker(
        *("-f", "lavfi", "-i", f"color=size=64x36:rate=25:duration={seconds}"),
        *("-f", "lavfi", "-i", f"aevalsrc='{'|'.join(channels)}':sample_rate={RATE_HZ}:duration={seconds}{told}"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-c:a", codec, f"file:{path}"),
    )
    return path


def heard(path: Path) -> MediaInfo:
    info = probe_media(path, digest="d")
    return replace(info, heard=hear_film(path, info))


def sound(path: Path) -> FilmSound:
    found = heard(path).heard
    assert found is not None
    return found


def strength_db(samples: np.ndarray, tone_hz: int) -> float:
    """Give how strong a tone is in the middle two seconds of one channel: 0 dB is a sine of full scale."""
    middle = samples[RATE_HZ : 3 * RATE_HZ]
    turning = np.exp(-2j * np.pi * tone_hz * np.arange(len(middle)) / RATE_HZ)
    return float(20 * np.log10(abs(np.mean(middle * turning)) * 2 + 1e-9))


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (TONE, f"-{TONE}", MonoMix.LEFT),
        (f"0.7*{TONE}", f"-{TONE}", MonoMix.RIGHT),
        (TONE, TONE, MonoMix.AVERAGE),
        (TONE, "0", MonoMix.AVERAGE),
        (TONE, "0.4*sin(2*PI*731*t)", MonoMix.AVERAGE),
        # one speaker of several whose microphone was wired the wrong way round: 2 seconds of 8
        (TONE, f"{TONE}*if(lt(t,2),-1,1)", MonoMix.LEFT),
        # an effect: 1 second of 20
        (TONE, f"{TONE}*if(lt(t,1),-1,1)", MonoMix.AVERAGE),
        # noise that mirrors itself between sounds which do not
        ("if(lt(t,1),0.5,0.001)*sin(2*PI*600*t)", "if(lt(t,1),0.5,-0.001)*sin(2*PI*600*t)", MonoMix.AVERAGE),
    ],
    ids=["mirrored", "right is louder", "alike", "left alone", "two things", "a speaker", "an effect", "pauses"],
)
def test_one_channel_is_taken_where_both_cancel(tmp_path: Path, left: str, right: str, expected: MonoMix) -> None:
    seconds = 20 if "lt(t,1),-1" in right else 8
    assert sound(film_of(tmp_path / "film.mov", left, right, seconds=seconds)).mono is expected


@pytest.mark.parametrize("channels", [1, 2])
def test_a_sound_whose_channels_cancel_is_delivered_as_loud_as_it_was(
    tmp_path: Path, encode: Encode, channels: int
) -> None:
    film = film_of(tmp_path / "film.mov", TONE, f"-{TONE}")
    made = delivered(encode, tmp_path, heard(film), channels)
    for channel in made.T:
        assert strength_db(channel, 600) == pytest.approx(20 * np.log10(0.4), abs=0.1)
    # and what a phone's one loudspeaker plays of it
    assert strength_db(made.mean(axis=1), 600) == pytest.approx(20 * np.log10(0.4), abs=0.1)


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize(
    ("layout", "sounds"),
    [
        ("5.1", (TONE, f"-{TONE}", "0", "0", "0", "0")),
        ("5.1", ("0", "0", "0", "0", TONE, f"-{TONE}")),
        ("4.0", (TONE, f"-{TONE}", "0", "0")),
    ],
    ids=["in front", "behind", "of four"],
)
def test_more_channels_than_two_that_cancel_are_heard_on_a_phone_too(
    tmp_path: Path, encode: Encode, layout: str, sounds: tuple[str, ...], channels: int
) -> None:
    film = heard(film_of(tmp_path / "film.mov", *sounds, layout=layout))
    made = delivered(encode, tmp_path, film, channels)
    # a channel among six is mixed in at a seventh of its level at least (-17 dB)
    for channel in (*made.T, made.mean(axis=1)):
        assert strength_db(channel, 600) > 20 * np.log10(0.4) - 18
    refuse_lost(tmp_path / "film.mov", film, tmp_path / "samples.mov")
    assert "cancel one another" in tell_choices(film)[0]


def test_a_centre_that_cancels_with_nothing_stays_the_average(tmp_path: Path) -> None:
    # somebody speaks in the middle, and the hall around is mirrored: mono loses the hall alone
    hall = "0.2*sin(2*PI*731*t)"
    film = film_of(tmp_path / "film.mov", "0", "0", TONE, "0", hall, f"-{hall}", layout="5.1")
    found = sound(film)
    assert (found.mono, found.lost_s) == (MonoMix.AVERAGE, 0)


def test_a_speaker_who_cancels_is_taken_from_one_channel_in_mono_and_stereo_stays(
    tmp_path: Path, encode: Encode
) -> None:
    film = heard(film_of(tmp_path / "film.mov", TONE, f"{TONE}*if(lt(t,3),-1,0.5)", seconds=8))
    assert film.heard == FilmSound(mono=MonoMix.LEFT, is_mirrored=False, lost_s=0, loudest_dbfs=-11)
    assert strength_db(delivered(encode, tmp_path, film, 1)[:, 0], 600) == pytest.approx(20 * np.log10(0.4), abs=0.1)
    left, right = delivered(encode, tmp_path, film, 2).T
    assert np.allclose(left[: 2 * RATE_HZ], -right[: 2 * RATE_HZ], atol=0.001)


def test_a_second_that_mono_loses_is_told(tmp_path: Path) -> None:
    film = heard(film_of(tmp_path / "film.mov", TONE, f"{TONE}*if(lt(t,1),-1,1)", seconds=8))
    assert film.heard == FilmSound(mono=MonoMix.AVERAGE, is_mirrored=False, lost_s=1, loudest_dbfs=-11)
    (told,) = tell_choices(film)
    assert told.startswith("in 1 s of the film left and right cancel one another")


def test_a_mono_that_lacks_what_the_film_has_is_no_result(tmp_path: Path, encode: Encode) -> None:
    info = heard(film_of(tmp_path / "film.mov", TONE, f"-{TONE}"))
    delivered(encode, tmp_path, info, 1)
    refuse_lost(tmp_path / "film.mov", info, tmp_path / "samples.mov")  # as it was decided

    wrong = replace(info, heard=FilmSound(mono=MonoMix.AVERAGE, is_mirrored=False, lost_s=0, loudest_dbfs=-11))
    delivered(encode, tmp_path, wrong, 1)
    with pytest.raises(ToolError, match="not heard in the sound for phones"):
        refuse_lost(tmp_path / "film.mov", wrong, tmp_path / "samples.mov")


@pytest.mark.parametrize("layout", ["stereo", "5.1"])
def test_a_mono_of_things_that_come_one_after_another_from_all_sides_is_right(
    tmp_path: Path, encode: Encode, layout: str
) -> None:
    count = 2 if layout == "stereo" else 6
    # each channel for a second, that of the deepest notes too, which is in no mix
    channels = [f"{TONE}*between(t,{place},{place + 1})" for place in range(count)]
    info = heard(film_of(tmp_path / "film.mov", *channels, seconds=count, layout=layout))
    delivered(encode, tmp_path, info, 1)
    refuse_lost(tmp_path / "film.mov", info, tmp_path / "samples.mov")


def test_what_was_chosen_is_told(tmp_path: Path) -> None:
    (told,) = tell_choices(heard(film_of(tmp_path / "film.mov", TONE, f"-{TONE}")))
    assert "cancel one another" in told
    assert "all files take the left channel alone" in told


@pytest.mark.parametrize(
    ("channels", "layout", "tones_hz"),
    [
        ((TONE, "0"), "stereo", (600,)),
        (("0", "0", TONE, "0", "0", "0"), "5.1", (600,)),
        (("0", "0", TONE, "0", "0", "0"), "", (600,)),
        ((TONE, "0.4*sin(2*PI*900*t)", "0", "0"), "", (600, 900)),
        (("0", "0", "0", "0", TONE, "0.4*sin(2*PI*900*t)"), "5.1", (600, 900)),
    ],
    ids=["left alone", "centre", "six without a layout", "four", "behind"],
)
def test_what_is_in_any_channel_is_heard_in_mono(
    tmp_path: Path, encode: Encode, channels: tuple[str, ...], layout: str, tones_hz: tuple[int, ...]
) -> None:
    film = film_of(tmp_path / "film.mov", *channels, layout=layout)
    made = delivered(encode, tmp_path, heard(film), 1)[:, 0]
    # a channel among six is mixed in at a seventh of its level at least (-17 dB), one of two at a half
    for tone in tones_hz:
        assert strength_db(made, tone) > 20 * np.log10(0.4) - 18
    assert strength_db(made, 777) < -60


def delivered(encode: Encode, folder: Path, info: MediaInfo, channels: int) -> np.ndarray:
    film = next(folder.glob("film.*"))
    encode(
        film_sound_argv(
            info, input_name=film.name, output_name="samples.mov", channels=channels, duration_ms=info.duration_ms
        )
    )
    return decode(folder / "samples.mov")


def test_silence_and_noise_alone_are_told_and_speech_however_quiet_is_not(tmp_path: Path) -> None:
    silent = heard(film_of(tmp_path / "silent.mov", "0", "0"))
    assert silent.heard == FilmSound(mono=MonoMix.AVERAGE, is_mirrored=False, lost_s=0, loudest_dbfs=None)
    assert tell_choices(silent) == ("the film's sound is silence from beginning to end",)

    hiss = heard(film_of(tmp_path / "hiss.mov", "0.0004*(random(0)-0.5)", codec="pcm_f32le"))
    assert hiss.heard
    # evenly spread between -0.0002 and 0.0002: 0.0002 / sqrt(3)
    assert (hiss.heard.is_faint, hiss.heard.loudest_dbfs) == (True, -79)
    assert "only noise is heard" in tell_choices(hiss)[0]

    quiet = heard(film_of(tmp_path / "quiet.mov", "0.004*sin(2*PI*500*t)"))
    assert quiet.heard
    assert not quiet.heard.is_faint


def joined(folder: Path, *parts: tuple[str, str]) -> Path:
    """Join recordings of 2 s into one stream, of which each has a sound of its own."""
    names = []
    for number, (source, options) in enumerate(parts):
        names.append(f"file part{number}.ts\n")
        run_maker(
            *("-f", "lavfi", "-i", "color=size=64x36:rate=25:duration=2"),
            *("-f", "lavfi", "-i", f"{source}:duration=2", *options.split()),
            *("-c:v", "libx264", "-preset", "ultrafast", "-muxdelay", "0", f"file:{folder}/part{number}.ts"),
        )
    (folder / "list.txt").write_text("".join(names), "ascii")
    run_maker("-f", "concat", "-i", f"file:{folder}/list.txt", "-c", "copy", f"file:{folder}/film.ts")
    return folder / "film.ts"


@pytest.mark.parametrize(
    ("second", "told"),
    [
        (("aevalsrc=0|0|sin(2000*t)|0|0|0:c=5.1:s=48000", "-c:a ac3"), "2 channels at 48000 Hz before and 6 channels"),
        (("sine=500:sample_rate=32000", "-ac 2 -c:a ac3"), "2 channels at 48000 Hz before and 2 channels at 32000 Hz"),
        (("sine=500:sample_rate=48000", "-ac 1 -c:a ac3"), "2 channels at 48000 Hz before and 1 channel at 48000 Hz"),
    ],
    ids=["5.1", "another rate", "mono"],
)
def test_a_sound_that_changes_on_the_way_is_refused_with_the_moment(
    tmp_path: Path, second: tuple[str, str], told: str
) -> None:
    film = joined(tmp_path, ("sine=400:sample_rate=48000", "-ac 2 -c:a ac3"), second)
    with pytest.raises(FilmError) as caught:
        heard(film)
    assert caught.value.what == "The film's sound changes at 0:02."
    assert told in caught.value.why
    assert len(caught.value.lines()) == 4


def test_a_silent_film_has_nothing_to_be_heard(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    run_maker("-f", "lavfi", "-i", "color=size=64x36:rate=25:duration=1", f"file:{film}")
    assert heard(film).heard is None


def test_the_level_of_the_loudest_second_is_that_of_its_louder_channel(tmp_path: Path) -> None:
    film = film_of(tmp_path / "film.mov", f"{TONE}*if(between(t,1,2),1,0.1)", "0")
    # a sine of 0.4: 0.4 / sqrt(2) is -10.97 dB
    assert sound(film).loudest_dbfs == -11
    assert level_db(decode(film)[RATE_HZ : 2 * RATE_HZ, 0]) == pytest.approx(-10.97, abs=0.01)
