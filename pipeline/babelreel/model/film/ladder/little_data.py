"""Describe the rung for people who pay for each megabyte."""

from __future__ import annotations

from fractions import Fraction

from babelreel.model.film.ladder.codecs import Codec
from babelreel.model.film.ladder.encoding_ladder import Rung, Text

#: As large as the phones' own file, in half of its data, for browsers that play AV1; made only where a project asks for
#: it. Its text is drawn by the page, so one picture serves all languages.
LITTLE_DATA_RUNG = Rung(
    name="light-av1",
    text=Text.NONE,
    long_px=640,
    short_px=360,
    profile="main",
    level="",  # the encoder writes the lowest that holds the size and the rate
    crf=Fraction(42),
    peak_kbps=500,
    buffer_kbit=500,
    preset="medium",
    b_frames=0,
    audio_kbps=32,
    channels=1,
    max_rate=Fraction(30),
    codec=Codec.AV1,
)


def is_for_little_data(rendition: str) -> bool:
    """Tell by its name whether a published rendition is one that a page offers and few players can show."""
    return rendition == LITTLE_DATA_RUNG.name
