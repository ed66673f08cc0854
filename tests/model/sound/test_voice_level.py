from __future__ import annotations

from decimal import Decimal

import pytest

from babelreel.model.sound.recordings import Passage, SoundInfo
from babelreel.model.sound.voice_level import AS_RECORDED, GainLimit, VoiceLevel, level_take, level_whole
from babelreel.model.timecode import Span


def recording(lufs: str, *passages: tuple[int, int, str], noise: str | None = None) -> SoundInfo:
    return SoundInfo(
        path="fr.wav",
        samples=480_000,
        end=480_000,
        speech_lufs=Decimal(lufs),
        noise_lufs=None if noise is None else Decimal(noise),
        passages=tuple(Passage(span=Span(start_ms=a, end_ms=b), lufs=Decimal(level)) for a, b, level in passages),
    )


def points(level: VoiceLevel) -> list[tuple[int, str]]:
    return [(each.sample, str(each.gain_db)) for each in level.points]


@pytest.mark.parametrize(("lufs", "gain"), [("-48.0", "28.0"), ("-30.0", "10.0"), ("-20.0", "0.0"), ("-12.0", "-8.0")])
def test_takes_from_phones_are_brought_to_twenty_below_full_scale(lufs: str, gain: str) -> None:
    assert points(level_take(recording(lufs))) == [(0, gain)]


def test_what_is_not_known_is_left_as_it_is() -> None:
    assert level_take(SoundInfo(path="1.wav", samples=9, end=9)) is AS_RECORDED
    assert level_whole(SoundInfo(path="fr.wav", samples=9, end=9)) is AS_RECORDED


def test_noise_is_raised_up_to_the_floor_and_not_beyond() -> None:
    level = level_take(recording("-36.0", noise="-48.0"))
    assert (points(level), level.limit, str(level.short_db)) == ([(0, "8.0")], GainLimit.NOISE, "8.0")


def test_a_loud_noisy_take_is_turned_down_like_any_other() -> None:
    level = level_take(recording("-14.0", noise="-22.0"))
    assert (points(level), level.limit) == ([(0, "-6.0")], None)


def test_one_speaker_at_one_distance_gets_one_gain() -> None:
    # within 3 LU of the whole: the speaker's own expression
    assert points(level_whole(recording("-30.0", (0, 2000, "-28.0"), (4000, 9000, "-32.9")))) == [(0, "10.0")]


def test_a_passage_that_strays_is_brought_back_to_three_units_of_the_rest() -> None:
    # 11 LU softer: 8 too many
    level = level_whole(recording("-30.0", (0, 2000, "-29.0"), (4000, 9000, "-41.0")))
    assert points(level) == [(0, "10.0"), (96_000, "10.0"), (192_000, "18.0"), (432_000, "18.0")]
    assert [str(level.gain_at(sample)) for sample in (0, 100_000, 192_000, 479_999)] == ["10.0", "10.0", "18.0", "18.0"]


def test_the_noise_of_a_long_recording_limits_every_passage() -> None:
    level = level_whole(recording("-30.0", (0, 2000, "-29.0"), (4000, 9000, "-41.0"), noise="-52.0"))
    assert points(level) == [(0, "10.0"), (96_000, "10.0"), (192_000, "12.0"), (432_000, "12.0")]
    assert (level.limit, str(level.short_db)) == (GainLimit.NOISE, "6.0")
