"""The limits that a language sets to its cues, and where each number comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from fractions import Fraction

from babelreel.model.timecode import frames_to_ms

_NETFLIX = "Netflix Timed Text Style Guide"
_NO_GUIDE = "proposal of this project: the Latin default (no published guide found)"
_NO_WORDS = "the guides which count words are for English; elsewhere cps is the measure"
_BBC_PACE = "BBC subtitle guidelines, match subtitle to pace of speaking"
_PROPOSAL = "proposal of this project"
_MEASURED = f"{_PROPOSAL}: what almost no subtitle file made with care goes beyond"
_WIDE_BAND = "ITU-T G.722: wideband speech; below it is telephone quality"
_VOICE_OVER = "Netflix, voice-over dubbing: one to three seconds after the original"


def _of(unit: str, source: str) -> dict[str, str]:
    """Name the unit of a limit, as ``show`` writes it, and the source of its default."""
    return {"unit": unit, "source": source}


class Audience(StrEnum):
    """Whom a film is for: warnings for cues that are too fast go by their reading speed.

    What nobody can read is an error for both.
    """

    CHILDREN = "children"
    ADULTS = "adults"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The limits of one language: all numbers that the rules hold a track to.

    Each field but ``sources`` is a limit, and a key of ``[limits]`` in a language's file, and of ``[limits]`` and
    ``[language.…]`` in babelreel.toml. The defaults are what all languages share. ``sources`` holds, by field, the
    source of each number that is the language's own. ``…_child`` is for the readers that the films are made for,
    ``…_adult`` for everyone; 0 words a minute means that words are not counted. ``…_error…`` is where a warning becomes
    an error.
    """

    cps_child: Fraction = field(default=Fraction(13), metadata=_of("cps", _NO_GUIDE))
    cps_adult: Fraction = field(default=Fraction(17), metadata=_of("cps", _NO_GUIDE))
    cps_error_percent: int = field(default=150, metadata=_of("percent of cps_adult", _MEASURED))
    wpm_child: int = field(default=0, metadata=_of("words a minute", _NO_WORDS))
    wpm_adult: int = field(default=0, metadata=_of("words a minute", _NO_WORDS))
    cpl: int = field(default=42, metadata=_of("characters", f"{_NETFLIX}; TED"))
    max_lines: int = field(default=2, metadata=_of("rows", f"{_NETFLIX}; BBC subtitle guidelines"))
    max_lines_upright: int = field(default=3, metadata=_of("rows in an upright picture", "BBC subtitle guidelines"))
    balance_percent: int = field(default=50, metadata=_of("percent of the longer row", "TED's guide for subtitles"))
    shortest_ms: int = field(default=833, metadata=_of("ms", _NETFLIX))
    shortest_error_ms: int = field(default=500, metadata=_of("ms", _MEASURED))
    longest_ms: int = field(default=7000, metadata=_of("ms", _NETFLIX))
    gap_frames: int = field(default=2, metadata=_of("frames", _NETFLIX))
    close_gap_ms: int = field(default=500, metadata=_of("ms", _NETFLIX))
    shot_reach_ms: int = field(default=500, metadata=_of("ms", _NETFLIX))
    voice_reach_ms: int = field(default=1500, metadata=_of("ms", _BBC_PACE))
    late_start_ms: int = field(default=3000, metadata=_of("ms", _PROPOSAL))
    bare_speech_ms: int = field(
        default=1500, metadata=_of("ms", f"{_PROPOSAL}: as far as a text may be from its voice")
    )
    track_shift_ms: int = field(default=500, metadata=_of("ms", _PROPOSAL))
    track_drift_ms: int = field(default=1000, metadata=_of("ms", _PROPOSAL))
    stretch_ms: int = field(default=1000, metadata=_of("ms", _PROPOSAL))
    stretch_error_ms: int = field(default=10_000, metadata=_of("ms", _PROPOSAL))
    delay_ms: int = field(default=250, metadata=_of("ms", _PROPOSAL))
    delay_error_ms: int = field(default=2000, metadata=_of("ms", "BBC subtitle guidelines: never two seconds"))
    foreign_words: int = field(default=4, metadata=_of("words", _PROPOSAL))
    sure_percent: int = field(default=90, metadata=_of("percent", _PROPOSAL))
    clipped_ms: int = field(default=10, metadata=_of("ms", _PROPOSAL))
    clipped_error_percent: int = field(default=50, metadata=_of("percent of what is heard", _PROPOSAL))
    lowest_rate_hz: int = field(default=16_000, metadata=_of("Hz", _WIDE_BAND))
    faster_percent: int = field(default=10, metadata=_of("percent faster than recorded", _PROPOSAL))
    much_faster_percent: int = field(default=20, metadata=_of("percent faster than recorded", _PROPOSAL))
    dead_air_ms: int = field(default=1500, metadata=_of("ms", _PROPOSAL))
    late_voice_ms: int = field(default=3000, metadata=_of("ms", _VOICE_OVER))
    sources: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    @property
    def cps_error(self) -> Fraction:
        """The reading speed that not even adults can follow."""
        return self.cps_adult * self.cps_error_percent / 100

    def gap_ms(self, rate: Fraction) -> int:
        """Compute the smallest gap in whole ms at a film's rate."""
        return frames_to_ms(self.gap_frames, rate)

    def show(self, name: str) -> str:
        """Write a limit with its unit: "17 cps"."""
        number = getattr(self, name)
        if name.startswith("wpm_") and not number:
            return "not counted"
        shown = str(number) if isinstance(number, int) or number.denominator == 1 else f"{float(number):g}"
        return f"{shown} {LIMITS[name]['unit']}"

    def source(self, name: str) -> str:
        """Tell where the default of a limit comes from."""
        return self.sources.get(name) or str(LIMITS[name]["source"])


#: The names of all limits with their unit and the source of their default.
LIMITS: dict[str, Mapping[str, str]] = {each.name: each.metadata for each in fields(Profile) if each.metadata}
