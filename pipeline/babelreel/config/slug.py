"""Make the beginning of the names of published files, for a project that names no word for it."""

from __future__ import annotations

import re
from unicodedata import normalize

from babelreel.model.delivery.published_paths import is_device

#: Latin letters that Unicode does not take apart into one of ASCII and a mark, as people spell them without. Libraries
#: that do this (anyascii, Unidecode) would spell titles in all scripts, and published files would have other names.
_SPELT = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "ı": "i",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "n",
        "ə": "e",
        "ǝ": "e",
        "ɛ": "e",
        "ɔ": "o",
        "ɓ": "b",
        "ɗ": "d",
        "ɖ": "d",
        "ƙ": "k",
        "ƴ": "y",
        "ƒ": "f",
        "ɣ": "g",
        "ɩ": "i",
        "ʋ": "v",
        "ƭ": "t",
        "ĸ": "k",
        "ȼ": "c",
        "ƀ": "b",
        "ɨ": "i",
    }
)


def slug_of(title: str) -> str:
    """Make a lower-case ASCII name of a title: "Mon été (1)" becomes ``mon-ete-1``; "film" where nothing is left."""
    slug = _slug_of(title)
    return f"{slug}-film" if is_device(slug) else slug


def _slug_of(title: str) -> str:
    spelt = normalize("NFKD", title).lower().translate(_SPELT)
    ascii_only = spelt.encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:80].strip("-") or "film"
