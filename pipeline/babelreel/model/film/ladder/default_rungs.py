"""The sizes that films are made in where a project says nothing else, with the encoder settings of each."""

from __future__ import annotations

from fractions import Fraction

from babelreel.model.film.ladder.editions import Edition
from babelreel.model.film.ladder.encoding_ladder import Rung, Text

#: The default ladder. CRF by eye and by size on drawn and filmed material; peaks after Apple's HLS authoring
#: specification (web) and what a 3G link carries (phone); levels and B-frames after what old Android clients play.
DEFAULT_RUNGS: tuple[Rung, ...] = (
    Rung(
        name="web-1080p",
        text=Text.MUX,
        long_px=1920,
        short_px=1080,
        profile="high",
        level="4.2",
        crf=Fraction(22),
        peak_kbps=7800,
        buffer_kbit=11700,
        preset="medium",
        b_frames=3,
        audio_kbps=128,
        channels=2,
        max_rate=Fraction(60),
    ),
    Rung(
        name="web-720p",
        text=Text.MUX,
        long_px=1280,
        short_px=720,
        profile="high",
        level="3.2",
        crf=Fraction(22),
        peak_kbps=4500,
        buffer_kbit=6750,
        preset="medium",
        b_frames=3,
        audio_kbps=128,
        channels=2,
        max_rate=Fraction(60),
    ),
    Rung(
        name="phone-480p",
        text=Text.BURN_IN,
        long_px=854,
        short_px=480,
        profile="main",
        level="3.1",
        crf=Fraction(23),
        peak_kbps=1500,
        buffer_kbit=1500,
        preset="medium",
        b_frames=0,
        audio_kbps=96,
        channels=2,
        max_rate=Fraction(30),
        # 42 letters (20 em) take 67 % of the width: the BBC allows 68; larger than its 8 %, which are for TV
        type_size=Fraction(9, 100),
    ),
    Rung(
        name="phone-360p",
        text=Text.BURN_IN,
        long_px=640,
        short_px=360,
        profile="main",
        level="3.0",
        crf=Fraction(24),
        peak_kbps=800,
        buffer_kbit=800,
        preset="medium",
        b_frames=0,
        audio_kbps=64,
        channels=1,
        max_rate=Fraction(30),
        max_bytes=15_500_000,
        # for the smallest screens: 42 letters take 74 %, the widest line of the thirteen tracks 81 % (90 % may be used)
        type_size=Fraction(10, 100),
    ),
)

#: What those who work on the lines see of a film, and nobody else: every frame of it, at its own rate, in a size that
#: any machine decodes while it does other things. A key frame each second, so that a jump decodes some frames only.
STUDIO_RUNG = Rung(
    name="studio",
    text=Text.NONE,
    long_px=640,
    short_px=360,
    profile="main",
    level="4.0",  # 240 frames a second
    crf=Fraction(25),
    peak_kbps=1500,
    buffer_kbit=1500,
    preset="veryfast",
    b_frames=0,
    audio_kbps=64,
    channels=1,
    max_rate=Fraction(240),
    key_s=Fraction(1),
)

#: The whole film in another shape, made only where a project asks for it. Old phones show them in messengers too, so
#: they are coded as the phones' own files; apps encode what they are given once more, so they are finer than those.
EDITION_RUNGS: tuple[Rung, ...] = tuple(
    Rung(
        name=name,
        text=Text.BURN_IN,
        long_px=long_px,
        short_px=1080,
        profile="main",
        level="4.0",
        crf=Fraction(21),
        peak_kbps=6000,
        buffer_kbit=9000,
        preset="medium",
        b_frames=0,
        audio_kbps=128,
        channels=2,
        max_rate=Fraction(30),
        # 25 letters (BBC, for 9:16) take 70 % of the width that apps leave; three lines of Arabic, whose font is the
        # tallest, and a title fit below and above a picture of 16:9
        type_size=Fraction(55, 1000),
        edition=edition,
    )
    for name, edition, long_px in (("story", Edition.UPRIGHT, 1920), ("post", Edition.SQUARE, 1080))
)

_EDITIONS = frozenset(rung.name for rung in EDITION_RUNGS)


def is_edition(rendition: str) -> bool:
    """Tell by its name whether a published rendition has a shape of its own."""
    return rendition in _EDITIONS


#: A picture and a sound for streams alone, on lines that carry nothing else: 192 kbit/s together in any three seconds
#: (Apple's HLS authoring specification, 9.21). 90 and a buffer of 45 are 105 at most, boxes 5, and the sound 75.
LIGHT_RUNG = Rung(
    name="light-180p",
    text=Text.NONE,
    long_px=320,
    short_px=180,
    profile="main",
    level="1.3",
    crf=Fraction(26),
    peak_kbps=90,
    buffer_kbit=45,
    preset="medium",
    b_frames=0,
    audio_kbps=64,
    channels=2,
    max_rate=Fraction(30),
)
