"""Which limits does a language set to its cues, and where does each number come from?"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from babelreel.model.timecode import frames_to_ms


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The limits of one language.

    Reading speeds are in characters per second, lengths in characters, durations in ms, the gap in frames of the
    film's own rate. The defaults are what all languages share: Netflix (shortest, longest, gap, two lines).
    """

    language: str
    cps_child: Fraction = Fraction(13)
    cps_adult: Fraction = Fraction(17)
    cpl: int = 42
    max_lines: int = 2
    shortest_ms: int = 833
    longest_ms: int = 7000
    gap_frames: int = 2
    source: str = "proposal of this project: the Latin default (no published guide found)"

    def gap_ms(self, rate: Fraction) -> int:
        """Give the smallest gap in whole ms at a film's rate."""
        return frames_to_ms(self.gap_frames, rate)


def _netflix(language: str, adult: int, child: int, cpl: int = 42) -> Profile:
    return Profile(
        language=language,
        cps_adult=Fraction(adult),
        cps_child=Fraction(child),
        cpl=cpl,
        source="Netflix Timed Text Style Guide",
    )


#: Limits by primary language subtag; a language that is not here has the ``Profile`` defaults.
#: Netflix values as re-checked by Subtitle Edit; sq, pcm, fa and ps have no published guide: the Latin default is
#: proposed, and for fa and ps the lower value is the safer one (Arabic allows 20/17).
PROFILES: dict[str, Profile] = {
    profile.language: profile
    for profile in (
        _netflix("en", 20, 17),
        _netflix("fr", 17, 13),
        _netflix("nl", 17, 13),
        _netflix("de", 17, 13),
        _netflix("ar", 20, 17),
        _netflix("vi", 17, 13),
        _netflix("zh", 9, 7, cpl=16),
        _netflix("ro", 17, 13),
        _netflix("bg", 17, 13),
        Profile(language="sq"),
        Profile(language="pcm"),
        Profile(language="fa"),
        Profile(language="ps"),
    )
}


def find_profile(tag: str) -> Profile:
    """Give the limits of a BCP 47 tag by its primary language (``zh-Hans`` has those of ``zh``)."""
    primary = tag.split("-", 1)[0].lower()
    return PROFILES.get(primary, Profile(language=primary))
