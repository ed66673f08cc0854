from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from babelreel.languages.find import find_language
from babelreel.model.sound.recordings import SoundInfo
from support.checking import found_in_sounds
from support.subjects import make_dub, make_known_film, make_sound

TEXT = """\
1
00:00:01,000 --> 00:00:03,000
You have rights.

2
00:00:05,000 --> 00:00:07,000
A doctor is free.

3
00:00:09,000 --> 00:00:11,000
[music]
"""

GOOD = {"01.wav": 2000, "02.wav": 2000}
FILM = make_known_film(12_000)


def take(**more: object) -> SoundInfo:
    return make_sound("", **more)  # type: ignore[arg-type]


def test_more_than_ten_milliseconds_of_clipped_sound_are_told() -> None:
    # 480 samples of 48 000 a second are 10 ms
    assert found_in_sounds(TEXT, film=FILM, dub=make_dub({**GOOD, "02.wav": take(clipped=480)})) == []
    assert found_in_sounds(TEXT, film=FILM, dub=make_dub({**GOOD, "02.wav": take(clipped=528)})) == [
        "0:0 warning DUB009 11 ms"
    ]


def test_a_take_that_is_mostly_clipped_is_an_error() -> None:
    # one second of it is heard: 48 000 samples
    half, more = (take(heard=(500, 1500), clipped=clipped) for clipped in (24_000, 24_001))
    assert found_in_sounds(TEXT, film=FILM, dub=make_dub({**GOOD, "02.wav": half})) == ["0:0 warning DUB009 500 ms"]
    assert found_in_sounds(TEXT, film=FILM, dub=make_dub({**GOOD, "02.wav": more})) == ["0:0 error DUB009 500 ms"]


def test_a_rate_of_a_telephone_is_told() -> None:
    dub = make_dub({**GOOD, "02.wav": take(sample_rate_hz=8000)})
    assert found_in_sounds(TEXT, film=FILM, dub=dub) == ["0:0 warning DUB010 8000 Hz"]


@pytest.mark.parametrize("rate_hz", [0, 16_000, 22_050, 44_100, 96_000])
def test_usual_rates_and_one_that_is_not_known_are_right(rate_hz: int) -> None:
    assert found_in_sounds(TEXT, film=FILM, dub=make_dub({**GOOD, "02.wav": take(sample_rate_hz=rate_hz)})) == []


def test_more_channels_than_two_are_told() -> None:
    assert found_in_sounds(TEXT, film=FILM, dub=make_dub({**GOOD, "02.wav": take(channels=2)})) == []
    dub = make_dub({**GOOD, "02.wav": take(channels=6)})
    assert found_in_sounds(TEXT, film=FILM, dub=dub) == ["0:0 warning DUB011 6 channels"]


def test_a_project_sets_how_much_clipping_and_which_rate_it_bears() -> None:
    profile = replace(find_language("en").limits, clipped_ms=20, clipped_error_percent=1, lowest_rate_hz=8000)
    dub = make_dub({"01.wav": take(sample_rate_hz=8000), "02.wav": take(clipped=960)})  # 20 ms
    assert found_in_sounds(TEXT, film=FILM, profile=profile, dub=dub) == []
    dub = make_dub({"01.wav": take(clipped=1000), "02.wav": 2000})  # one percent of two seconds are 960 samples
    assert found_in_sounds(TEXT, film=FILM, profile=profile, dub=dub) == ["0:0 error DUB009 21 ms"]


def test_how_a_take_sounds_that_is_not_heard_is_nobody_s_business() -> None:
    dub = make_dub({**GOOD, "2.mp3": take(clipped=48_000, sample_rate_hz=8000, channels=6)})
    assert found_in_sounds(TEXT, film=FILM, dub=dub) == ["0:0 warning DUB004"]  # 02.wav is heard


@pytest.mark.parametrize(
    ("speech", "noise", "found"),
    [
        pytest.param("-12.0", "-20.0", None, id="loud, and noisy by itself: nothing is raised"),
        pytest.param("-30.0", None, None, id="quiet in a quiet room"),
        pytest.param("-50.0", "-90.0", None, id="the most that a voice may need"),
        pytest.param("-52.0", "-90.0", "2.0 dB too soft", id="softer than any gain can help"),
        pytest.param("-36.0", "-56.0", None, id="noise that stays below the floor"),
        pytest.param("-36.0", "-54.1", None, id="nobody hears less than two decibels"),
        pytest.param("-36.0", "-48.0", "8.0 dB too soft", id="a street: noise of -48 may come up to -40"),
        pytest.param("-36.0", "-38.0", "16.0 dB too soft", id="noise above the floor is not raised at all"),
    ],
)
def test_a_voice_that_may_not_be_made_as_loud_as_the_others_is_told(
    speech: str, noise: str | None, found: str | None
) -> None:
    sound = replace(take(), speech_lufs=Decimal(speech), noise_lufs=None if noise is None else Decimal(noise))
    expected = [] if found is None else [f"0:0 warning DUB027 {found}"]
    assert found_in_sounds(TEXT, film=FILM, dub=make_dub({**GOOD, "02.wav": sound})) == expected
