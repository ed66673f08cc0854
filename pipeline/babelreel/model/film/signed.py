"""The size of an interpreter's film: hands and faces are told apart at the size of a small window."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from babelreel.model.film.encoding_ladder import STUDIO_RUNG

#: Fingers move fast, so that frames are kept up to 30 a second, and less is thrown away than in phones' own files.
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
