"""The sizes of an interpreter's film: beside the film on its page, and in one picture with it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from babelreel.model.film.ladder.default_rungs import STUDIO_RUNG
from babelreel.model.film.ladder.editions import Edition
from babelreel.model.film.ladder.encoding_ladder import Rung, Text

#: Hands and faces are told apart at the size of a small window. Fingers move fast, so that frames are kept up to 30 a
#: second, and less is thrown away than in phones' own files.
SIGNED_RUNG = replace(
    STUDIO_RUNG,
    name="signed",
    level="3.1",
    crf=Fraction(23),
    peak_kbps=700,
    buffer_kbit=700,
    preset="medium",
    max_rate=Fraction(30),
    key_s=None,
)

#: The film and its interpreter in one picture, made only where a project asks for it: hands have as many pixels as in
#: the film beside it, and fingers are coded as finely.
SIGNED_PICTURE_RUNG = Rung(
    name="signed-720p",
    text=Text.BURN_IN,
    long_px=1280,
    short_px=720,
    profile="main",
    level="3.1",
    crf=Fraction(23),
    peak_kbps=3000,
    buffer_kbit=3000,
    preset="medium",
    b_frames=0,
    audio_kbps=96,
    channels=2,
    max_rate=Fraction(30),
    # beside the interpreter 29 letters fit into a line, and three lines hold what two hold in the whole picture
    type_size=Fraction(7, 100),
    edition=Edition.SIGNED,
)


def is_signed(rendition: str) -> bool:
    """Tell by its name whether a published rendition shows an interpreter."""
    return rendition == SIGNED_PICTURE_RUNG.name
