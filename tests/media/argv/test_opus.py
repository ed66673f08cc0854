"""Is a sound that goes with AV1 as long as the film, and is each moment of it where it was?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from babelreel.model.film.ladder.codecs import SoundCodec
from support.encodes import encode_sound, read_sound
from support.films import FLASH_S, Encode, make_film, make_flash_and_beep


@pytest.mark.parametrize("audio", ["mono", "stereo", "5.1"])
@pytest.mark.parametrize("channels", [1, 2])
def test_any_sound_becomes_opus_of_the_films_length(tmp_path: Path, encode: Encode, audio: str, channels: int) -> None:
    path = make_film(tmp_path / "film.mp4", audio=audio)
    (made,) = encode_sound(encode, path, channels=channels, codec=SoundCodec.OPUS).audio
    assert (made.codec, made.channels, made.sample_rate_hz) == ("opus", channels, 48000)
    assert (made.start_ms, made.duration_ms) == (0, 1000)


def test_a_beep_begins_where_it_began(tmp_path: Path, encode: Encode) -> None:
    path = make_flash_and_beep(tmp_path / "film.mp4")
    encode_sound(encode, path, channels=1, codec=SoundCodec.OPUS)
    (heard,) = read_sound(tmp_path / "sound.mp4")
    first = int(np.argmax(np.abs(heard) > np.abs(heard).max() / 3))
    # the run-in of the encoder (312 samples, 6.5 ms) is not heard: within a millisecond and the wave's rise
    assert first == pytest.approx(float(FLASH_S) * 48000, abs=96)
