"""What is told of a language by the Unicode CLDR, and by its script?"""

from __future__ import annotations

import re
from typing import Any

from babelreel.errors import TrackError
from babelreel.model.language import Counting, Direction, primary_subtag

#: ISO 15924 scripts that run from right to left (Unicode Standard, scripts of bidi class R or AL in present use).
_RTL_SCRIPTS = frozenset({"Arab", "Aran", "Adlm", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"})

#: Scripts whose characters fill a square and whose lines may break between any two of them.
_SQUARE_SCRIPTS = frozenset({"Hans", "Hant", "Hani", "Jpan"})

#: Scripts written without spaces between words; Korean has spaces.
_UNSPACED_SCRIPTS = _SQUARE_SCRIPTS | {"Thai", "Laoo", "Khmr", "Mymr"}


def facts_of_script(script: str) -> dict[str, Any]:
    """Give what a script (ISO 15924) says of the languages that are written in it."""
    return {
        "direction": (Direction.RTL if script in _RTL_SCRIPTS else Direction.LTR).value,
        "counting": (Counting.EAST_ASIAN if script in _SQUARE_SCRIPTS else Counting.GRAPHEMES).value,
        "has_italics": script in {"Latn", "Cyrl", "Grek"},
        "breaks_at_spaces": script not in _UNSPACED_SCRIPTS,
    }


#: ISO 639: "undetermined", "several", "other" and "nothing is said", and what is left for private use.
_PRIVATE = re.compile("und|mul|mis|zxx|x|q[a-t][a-z]")

#: Individual languages that are written as their macrolanguage is, and that CLDR does not name yet (ISO 639-3).
_AS_MACROLANGUAGE = {"pbt": "ps", "pst": "ps"}


def canonical_tag(tag: str) -> str:
    """Give the one BCP 47 tag of a language, whichever of its codes or deprecated tags is written.

    ISO 639-2 and 639-3 codes become those of two letters (``fre`` and ``fra`` are ``fr``), withdrawn ones what took
    their place (``iw`` is ``he``, ``sh`` is ``sr-Latn``), and the standard form of a macrolanguage its own tag (``cmn``
    is ``zh``, ``prs`` is ``fa-AF``), as UTS #35 and CLDR have it. Raises ``TrackError`` when the tag names no
    registered language.
    """
    # langcodes takes 70 ms to load, and a project of the languages with a file never needs it
    import langcodes  # noqa: PLC0415 - see above

    if not langcodes.tag_is_valid(tag) or _PRIVATE.fullmatch(primary_subtag(tag)):
        raise TrackError(
            what=f"“{tag}” is not a language tag",
            why="no registered BCP 47 language has this tag",
            hint="name the file by its BCP 47 tag, such as fr, zh-Hans or pcm (Nigerian Pidgin)",
        )
    found = langcodes.Language.get(langcodes.standardize_tag(tag, macro=True), normalize=False)
    return found.update_dict({"language": _AS_MACROLANGUAGE.get(found.language or "", found.language)}).to_tag()


def full_tag(tag: str) -> str:
    """Give a canonical tag with the script and the region that CLDR takes for meant: ``zh-Hans-CN`` for ``zh``.

    Two tags with the same full tag are one language to a reader.
    """
    import langcodes  # noqa: PLC0415 - as above

    return langcodes.Language.get(tag, normalize=False).maximize().to_tag()


def facts_of_tag(tag: str) -> dict[str, Any]:
    """Give the names, codes and script of the language of a canonical tag."""
    import langcodes  # noqa: PLC0415 - as above

    found = langcodes.Language.get(tag, normalize=False)
    return {
        "name": found.display_name(),
        "own_name": found.autonym(),
        "iso639_t": found.to_alpha3(variant="T"),
        "iso639_b": found.to_alpha3(variant="B"),
        "script": found.script or _likely_script(tag),
    }


def _likely_script(tag: str) -> str:
    """Give the script that a language is written in; one that CLDR does not know is written as its macrolanguage is."""
    from langcodes import Language  # noqa: PLC0415 - as above
    from langcodes.data_dicts import LIKELY_SUBTAGS, MACROLANGUAGES  # noqa: PLC0415 - as above

    primary = primary_subtag(tag)
    known = tag if primary in LIKELY_SUBTAGS else MACROLANGUAGES.get(primary, tag)
    return Language.get(known, normalize=False).maximize().script or "Latn"
