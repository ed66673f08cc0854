"""Tell in which script a text is written."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache

#: Ranges of the letters of each script (Unicode blocks, without their signs and digits), as in a character class.
_LETTERS = {
    "Latn": r"A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff\uff21-\uff3a\uff41-\uff5a",
    "Grek": r"\u0370-\u0373\u0376-\u037d\u0386\u0388-\u03ff\u1f00-\u1fff",
    "Cyrl": r"\u0400-\u0481\u048a-\u052f",
    "Armn": r"\u0531-\u0556\u0561-\u0587",
    "Hebr": r"\u05d0-\u05ea\u05ef-\u05f2",
    "Arab": r"\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f"
    r"\ufb50-\ufdff\ufe70-\ufefc",
    "Deva": r"\u0904-\u0939\u0958-\u0961\u0971-\u097f",
    "Beng": r"\u0985-\u09b9\u09dc-\u09e1\u09f0\u09f1",
    "Guru": r"\u0a05-\u0a39\u0a59-\u0a5e",
    "Taml": r"\u0b83-\u0bb9",
    "Thai": r"\u0e01-\u0e30\u0e40-\u0e46",
    "Mymr": r"\u1000-\u102a\u1050-\u1055",
    "Geor": r"\u10a0-\u10ff\u1c90-\u1cbf",
    "Ethi": r"\u1200-\u135a\u1380-\u138f",
    "Khmr": r"\u1780-\u17b3",
    "Kana": r"\u3041-\u3096\u30a1-\u30fa\u30fc-\u30fe",
    "Hani": r"\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f",
    "Hang": r"\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3",
}

#: What ISO 15924 calls a script of several, or a style of one.
_PARTS = {
    "Hans": ("Hani",),
    "Hant": ("Hani",),
    "Jpan": ("Hani", "Kana"),
    "Kore": ("Hang", "Hani"),
    "Aran": ("Arab",),
}

_NAMES = {
    "Latn": "Latin",
    "Grek": "Greek",
    "Cyrl": "Cyrillic",
    "Armn": "Armenian",
    "Hebr": "Hebrew",
    "Arab": "Arabic",
    "Deva": "Devanagari",
    "Beng": "Bengali",
    "Guru": "Gurmukhi",
    "Taml": "Tamil",
    "Thai": "Thai",
    "Mymr": "Burmese",
    "Geor": "Georgian",
    "Ethi": "Ethiopic",
    "Khmr": "Khmer",
    "Kana": "Japanese",
    "Hani": "Chinese",
    "Hang": "Korean",
}  # fmt: skip - a table

UNSPACED = frozenset({"Hani", "Kana", "Thai", "Mymr", "Khmr"})


def parts_of(script: str) -> tuple[str, ...]:
    """List the scripts that an ISO 15924 code stands for, those that are known here."""
    return tuple(part for part in _PARTS.get(script, (script,)) if part in _LETTERS)


def count_letters(text: str) -> dict[str, int]:
    """Count the letters of each known script."""
    scripts = ("Latn",) if text.isascii() else _LETTERS
    counts = {script: sum(map(len, letters_of(script).findall(text))) for script in scripts}
    return {script: count for script, count in counts.items() if count}


def own_share(text: str, script: str) -> Fraction:
    """Compute the share of a script among all letters that are known; 1 where there are none."""
    own = sum(sum(map(len, letters_of(part).findall(text))) for part in parts_of(script))
    letters = own + sum(map(len, strange_letters(script).findall(text)))
    return Fraction(own, letters) if letters else Fraction(1)


def main_script(text: str) -> str:
    """Find the script of most letters; empty where there are none."""
    counts = count_letters(text)
    return max(counts, key=counts.__getitem__, default="")


def script_name(script: str) -> str:
    """Return the English name of a script."""
    return _NAMES.get(script, script)


@cache
def letters_of(script: str) -> re.Pattern[str]:
    """Find runs of the letters of one script."""
    return re.compile(f"[{_LETTERS[script]}]+")


@cache
def strange_letters(script: str) -> re.Pattern[str]:
    """Find runs of the letters of all known scripts but those of this one."""
    own = parts_of(script)
    return re.compile(f"[{''.join(ranges for part, ranges in _LETTERS.items() if part not in own)}]+")
