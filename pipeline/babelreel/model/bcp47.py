"""Which language does a BCP 47 tag mean?"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from babelreel.errors import TrackError
from babelreel.model.language import BUILTIN_LANGUAGES, Counting, Direction, Language

#: ISO 15924 scripts that run from right to left (Unicode Standard, scripts of bidi class R or AL in present use).
RTL_SCRIPTS = frozenset({"Arab", "Aran", "Adlm", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"})

#: Scripts whose characters fill a square and whose lines may break between any two of them.
SQUARE_SCRIPTS = frozenset({"Hans", "Hant", "Hani", "Jpan"})

#: Scripts written without spaces between words; Korean has spaces.
UNSPACED_SCRIPTS = SQUARE_SCRIPTS | {"Thai", "Laoo", "Khmr", "Mymr"}

#: Languages of our audience whose likely script is missing from CLDR, as SIL's Ethnologue gives it.
_SCRIPT_BY_LANGUAGE = {"prs": "Arab", "haz": "Arab", "pbt": "Arab", "pbu": "Arab", "pst": "Arab"}

#: Bare tags that mean one of the campaign's languages.
_ALIASES = {"zh": "zh-Hans"}


@cache
def find_language(tag: str) -> Language:
    """Give the language of a BCP 47 tag, written in any case, with ``-`` or ``_``.

    The thirteen languages of the campaign come from our own table, all others from CLDR. The tag of the result is in
    canonical case (``zh-hans`` gives ``zh-Hans``). Raises ``TrackError`` when the tag names no registered language;
    a tag is never guessed from a language's name ("pidgin" has two dozen meanings).
    """
    wanted = tag.replace("_", "-").lower()
    known = {language.tag.lower(): language for language in BUILTIN_LANGUAGES}
    if wanted in _ALIASES:
        return replace(known[_ALIASES[wanted].lower()], tag=wanted)
    return known[wanted] if wanted in known else _from_cldr(tag)


def is_tag(text: str) -> bool:
    """Tell whether a text is the tag of a registered language."""
    try:
        find_language(text)
    except TrackError:
        return False
    return True


def _from_cldr(tag: str) -> Language:
    # langcodes takes 70 ms to load, and a project of the thirteen languages never needs it
    import langcodes  # noqa: PLC0415

    if not langcodes.tag_is_valid(tag):
        raise TrackError(
            what=f"“{tag}” is not a language tag",
            why="no registered BCP 47 language has this tag",
            hint="name the file by its BCP 47 tag, such as fr, zh-Hans or pcm (Nigerian Pidgin)",
        )
    found = langcodes.Language.get(tag, normalize=False)
    script = found.script or _SCRIPT_BY_LANGUAGE.get(found.language or "") or found.maximize().script or "Latn"
    return Language(
        tag=found.to_tag(),
        name=found.display_name(),
        own_name=found.autonym(),
        iso639_t=found.to_alpha3(variant="T"),
        iso639_b=found.to_alpha3(variant="B"),
        script=script,
        direction=Direction.RTL if script in RTL_SCRIPTS else Direction.LTR,
        counting=Counting.EAST_ASIAN if script in SQUARE_SCRIPTS else Counting.GRAPHEMES,
        has_italics=script in {"Latn", "Cyrl", "Grek"},
        breaks_at_spaces=script not in UNSPACED_SCRIPTS,
    )
