"""What stages start from, without a file: a film of which nobody reads a picture, and the programs that would."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from babelreel.graph.task import SourceFile
from babelreel.languages.find import find_language
from babelreel.media.programs.locate import Ffmpeg
from babelreel.model.film.cells import Footage, cell_grid
from babelreel.model.film.media import AudioStream
from babelreel.model.style import Styles
from babelreel.stages.inputs import Film, Workshop
from support.subjects import make_known_film


def make_footage(minutes: int = 1, *, has_sound: bool = True) -> Film:
    """Give a film of so many minutes, 25 frames a second, whose cells all differ."""
    known = make_known_film(minutes * 60_000)
    sound = AudioStream(
        codec="aac", profile="LC", channels=2, sample_rate_hz=48_000, start_ms=0, duration_ms=known.duration_ms
    )
    info = replace(known, audio=(sound,) if has_sound else ())
    footage = tuple(Footage(cell=cell, seek_us=0, digest=f"{cell.first:064x}", size=1000) for cell in cell_grid(info))
    return Film(
        info=info,
        source=SourceFile(name="master.mp4", path=Path("master.mp4"), digest=info.digest),
        title="Film",
        language=find_language("en"),
        footage={Fraction(25): footage},
    )


def make_workshop(minutes: int = 1, *, has_sound: bool = True) -> Workshop:
    """Give such a film, with an ffmpeg that nobody starts."""
    return Workshop(
        film=make_footage(minutes, has_sound=has_sound),
        ffmpeg=Ffmpeg(path=Path("ffmpeg"), version="9", digest="cd" * 32),
        styles=Styles(),
        latin_font=SourceFile(name="fonts/latin.ttf", path=Path("latin.ttf"), digest="ef" * 32),
    )
