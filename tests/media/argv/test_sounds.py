"""Is any sound brought to the channels and the length that were planned?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from support.encodes import encode_sound, read_sound
from support.films import Encode, make_film


@pytest.mark.parametrize("audio", ["mono", "stereo", "5.1"])
@pytest.mark.parametrize("channels", [1, 2])
def test_any_sound_becomes_aac_of_the_films_length(tmp_path: Path, encode: Encode, audio: str, channels: int) -> None:
    path = make_film(tmp_path / "film.mp4", audio=audio)

    (made,) = encode_sound(encode, path, channels=channels).audio

    assert (made.codec, made.profile, made.channels, made.sample_rate_hz) == ("aac", "LC", channels, 48000)
    assert (made.start_ms, made.duration_ms) == (0, 1000)


def test_mono_becomes_two_equal_copies_as_loud_as_before(tmp_path: Path, encode: Encode) -> None:
    path = make_film(tmp_path / "film.mp4", audio="mono")

    encode_sound(encode, path)

    before, after = read_sound(path)[0], read_sound(tmp_path / "sound.mp4")
    assert np.allclose(after[0], after[1], atol=0.02)  # AAC codes each channel for itself
    middle = slice(12000, 36000)
    assert np.std(after[0][middle]) == pytest.approx(np.std(before[middle]), rel=0.05)


@pytest.mark.parametrize("duration_ms", [500, 1700])
def test_a_sound_is_cut_or_filled_to_the_length_told(tmp_path: Path, encode: Encode, duration_ms: int) -> None:
    (made,) = encode_sound(encode, make_film(tmp_path / "film.mp4"), duration_ms=duration_ms).audio

    assert made.duration_ms == duration_ms
