"""Names and limits of the variants of a language."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from babelreel.model.language import Language
from babelreel.model.reading_limits import Profile
from babelreel.model.variant import Variant, tag_of_variant

_ENGLISH = {
    Variant.EASY: "easy read",
    Variant.DEAF: "for the deaf and hard of hearing",
    Variant.DESCRIBED: "audio description",
}
#: Inclusion Europe's "Information for all" wants short lines, and subtitles that stay as long as they can; it gives no
#: number, and neither does any other guide that was found. So a share of each language's own numbers is taken.
_EASY_SHARE = Fraction(3, 4)
_EASY_SHORTEST_MS = 1500
_EASY_LONGEST_MS = 10_000
_SOURCE = "proposal of this project: three quarters of the language's own (no guide gives a number for easy read)"
_SLOWEST = "proposal of this project: what children read of the language's usual text"
_TIMES = "proposal of this project (Inclusion Europe: as long as possible, without a number)"


def in_variant(language: Language, variant: Variant) -> Language:
    """Make a variant of a language: as the language is, but for its tag, its names and, for easy read, its limits."""
    names = language.variants
    own = {Variant.EASY: names.simple, Variant.DEAF: names.sdh, Variant.DESCRIBED: names.described}[variant]
    return replace(
        language,
        tag=tag_of_variant(language.tag, variant),
        name=f"{language.name}, {_ENGLISH[variant]}",
        own_name=f"{language.own_name} – {own}",
        limits=_easy(language.limits) if variant is Variant.EASY else language.limits,
    )


def _easy(limits: Profile) -> Profile:
    """Derive limits for who reads slowly from those of the usual text."""
    told = {
        "cps_child": _SOURCE,
        "cps_adult": _SLOWEST,
        "cpl": _SOURCE,
        "shortest_ms": _TIMES,
        "longest_ms": _TIMES,
    }
    return replace(
        limits,
        cps_child=limits.cps_child * _EASY_SHARE,
        cps_adult=limits.cps_child,
        cpl=int(limits.cpl * _EASY_SHARE),
        shortest_ms=_EASY_SHORTEST_MS,
        longest_ms=_EASY_LONGEST_MS,
        sources={**limits.sources, **told},
    )
