"""Read what the Unicode CLDR says of a language.

langcodes takes 70 ms to load, so this module is loaded only for a language that has no file of its own.
"""

from __future__ import annotations

import re
from typing import Any

import langcodes
from langcodes.data_dicts import LIKELY_SUBTAGS, MACROLANGUAGES

from babelreel.errors import TrackError
from babelreel.model.language import primary_subtag

#: ISO 639: "undetermined", "several", "other" and "nothing is said", and what is left for private use.
_PRIVATE = re.compile("und|mul|mis|zxx|x|q[a-t][a-z]")

#: Individual languages that are written as their macrolanguage is, and that CLDR does not name yet (ISO 639-3).
_AS_MACROLANGUAGE = {"pbt": "ps", "pst": "ps"}


def canonical_tag(tag: str) -> str:
    """Return the one BCP 47 tag of a language, whichever of its codes or deprecated tags is written.

    ISO 639-2 and 639-3 codes become those of two letters (``fre`` and ``fra`` are ``fr``), withdrawn ones what took
    their place (``iw`` is ``he``, ``sh`` is ``sr-Latn``), and the standard form of a macrolanguage its own tag (``cmn``
    is ``zh``, ``prs`` is ``fa-AF``), as UTS #35 and CLDR have it. Raises ``TrackError`` when the tag names no
    registered language.
    """
    if not langcodes.tag_is_valid(tag) or _PRIVATE.fullmatch(primary_subtag(tag)):
        raise TrackError(
            what=f"“{tag}” is not a language tag.",
            why="it is not in the international list of language tags (BCP 47)",
            hint="Name the language by its tag, such as fr, zh-Hans or pcm (Nigerian Pidgin).",
        )
    found = langcodes.Language.get(langcodes.standardize_tag(tag, macro=True), normalize=False)
    return found.update_dict({"language": _AS_MACROLANGUAGE.get(found.language or "", found.language)}).to_tag()


def full_tag(tag: str) -> str:
    """Return a canonical tag with the script and region that CLDR assumes: ``zh-Hans-CN`` for ``zh``.

    Two tags with the same full tag are one language to a reader.
    """
    return langcodes.Language.get(tag, normalize=False).maximize().to_tag()


def facts_of_tag(tag: str) -> dict[str, Any]:
    """Look up the names, codes and script of the language of a canonical tag."""
    found = langcodes.Language.get(tag, normalize=False)
    return {
        "name": found.display_name(),
        "own_name": found.autonym(),
        "iso639_t": found.to_alpha3(variant="T"),
        "iso639_b": found.to_alpha3(variant="B"),
        "script": found.script or _likely_script(tag),
    }


def _likely_script(tag: str) -> str:
    """Find the script that a language is written in; one that CLDR does not know is written as its macrolanguage is."""
    primary = primary_subtag(tag)
    known = tag if primary in LIKELY_SUBTAGS else MACROLANGUAGES.get(primary, tag)
    return langcodes.Language.get(known, normalize=False).maximize().script or "Latn"
