"""What is told of a language by the Unicode CLDR, and by its script?"""

from __future__ import annotations

from typing import Any

from babelreel.errors import TrackError
from babelreel.model.language import Counting, Direction

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


def facts_of_tag(tag: str, usual_script: str = "") -> tuple[str, dict[str, Any]]:
    """Give a tag in its canonical form, and the names, codes and script of its language.

    ``usual_script`` is that of a language whose script CLDR does not know. Raises ``TrackError`` when the tag names no
    registered language.
    """
    # langcodes takes 70 ms to load, and a project of the languages with a file never needs it
    import langcodes  # noqa: PLC0415 - see above

    if not langcodes.tag_is_valid(tag):
        raise TrackError(
            what=f"“{tag}” is not a language tag",
            why="no registered BCP 47 language has this tag",
            hint="name the file by its BCP 47 tag, such as fr, zh-Hans or pcm (Nigerian Pidgin)",
        )
    found = langcodes.Language.get(tag, normalize=False)
    return found.to_tag(), {
        "name": found.display_name(),
        "own_name": found.autonym(),
        "iso639_t": found.to_alpha3(variant="T"),
        "iso639_b": found.to_alpha3(variant="B"),
        "script": found.script or usual_script or found.maximize().script or "Latn",
    }
