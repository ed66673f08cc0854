"""Does one pass over a film tell what two do?"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from babelreel.media.matching.take_fingerprint import take_fingerprint, take_fingerprint_and_shots
from babelreel.media.picture.shots import find_shots
from babelreel.media.probe.film import probe_media
from babelreel.media.programs.locate import Ffmpeg
from support.films import make_colour_cuts

#: Every second frame is left out from 0.4 to 1.2 s.
THINNED = "select='not(between(n,10,30)*mod(n,2)*not(eq(n,17)))'"


@pytest.mark.parametrize(
    ("name", "start_offset", "picture_delay", "filters"),
    [
        pytest.param("film.mp4", 0, Fraction(0), "null", id="plain"),
        pytest.param("film.ts", 5, Fraction(0), "null", id="a clock of its own"),
        pytest.param("film.mkv", 0, Fraction(2, 5), "null", id="a picture that comes later"),
        pytest.param("film.mkv", 0, Fraction(0), THINNED, id="a variable rate"),
    ],
)
def test_one_pass_finds_the_shots_and_the_fingerprint_that_two_find(  # noqa: PLR0913 - what the film is
    ffmpeg: Ffmpeg, tmp_path: Path, *, name: str, start_offset: int, picture_delay: Fraction, filters: str
) -> None:
    film = make_colour_cuts(
        tmp_path / name,
        cuts=(17, 48),
        sound=True,
        start_offset=start_offset,
        picture_delay=picture_delay,
        filters=filters,
    )
    info = probe_media(film, digest="00")
    fingerprint, shots = take_fingerprint_and_shots(ffmpeg.path, film, info)
    assert len(shots) == 2
    assert shots == find_shots(ffmpeg.path, film, info)
    assert fingerprint == take_fingerprint(ffmpeg.path, film, info)
    assert fingerprint.frames > 0
