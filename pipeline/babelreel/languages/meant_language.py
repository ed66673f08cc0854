"""Guess which language the name of a file may mean when no tag in it says so.

The result is only good for a proposal. The names are those that the thirteen languages have for all others, from CLDR.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

import langcodes
from langcodes.data_dicts import LANGUAGE_ALPHA3

from babelreel.languages.find import are_one_language, builtin_languages

#: Names of languages that differ from those in CLDR.
_OTHER_NAMES = {
    "pidgin": "pcm", "dari": "fa-AF", "farsi": "fa", "mandarin": "zh-Hans", "mandarijn": "zh-Hans",
    "flemish": "nl-BE", "vlaams": "nl-BE", "flamand": "nl-BE", "عربي": "ar", "پشتو": "ps",
    "chinese traditional": "zh-Hant", "traditional chinese": "zh-Hant", "simplified chinese": "zh-Hans",
}  # fmt: skip
#: Letters that follow an inflected name: "französische", "arabisches".
_ENDING_LETTERS, _FEWEST_LETTERS = 3, 5

_WORD = re.compile(r"[^\W\d_]+(?:[-_][A-Za-z]{2,4}\b)?")


def tags_meant_by(stem: str) -> tuple[str, ...]:
    """Find the tags of the languages whose names occur in a name, each once; else those whose codes do.

    Codes are those of the languages with a file here: others are too often words.
    """
    text = unicodedata.normalize("NFKC", stem).casefold()
    named = [*_named_in(text)]
    if not named:
        languages = builtin_languages()
        own = {code: each.tag for each in languages for code in (each.primary, each.iso639_b, each.iso639_t)}
        own.pop("und", None)  # "undetermined", which Matroska says of a language that it has no code for
        own |= {each.tag.lower(): each.tag for each in languages}
        words = (word.replace("_", "-").lower() for word in _WORD.findall(stem))
        named = [own[word] for word in words if word in own]
    return tuple(dict.fromkeys(map(_as_known, named)))


def _as_known(tag: str) -> str:
    """Return the tag of the language with a file that a tag means: ``zh-Hans`` for ``zh``."""
    return next((each.tag for each in builtin_languages() if are_one_language(each.tag, tag)), tag)


def _named_in(text: str) -> Iterator[str]:
    """Find names of languages, longer ones first, so that "chinese (traditional)" is not Chinese."""
    for name, tag in _names():
        if name in text and _stands_alone(name, text):
            text = text.replace(name, " ")
            yield tag


def _stands_alone(name: str, text: str) -> bool:
    """Tell whether a name is a word, or the beginning of a longer form of it; scripts without spaces have no words."""
    if re.search(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]", name):
        return True
    most = _ENDING_LETTERS if len(name) >= _FEWEST_LETTERS else 0
    return re.search(rf"(?<![^\W\d_]){re.escape(name)}[^\W\d_]{{0,{most}}}(?![^\W\d_])", text) is not None


@cache
def _names() -> tuple[tuple[str, str], ...]:
    """List the names of languages in the thirteen languages, and their own ones, with the tag of each.

    Takes most of a second: it is needed only where a file is named in words.
    """
    own = [language.tag for language in builtin_languages()]
    names: dict[str, str] = {}
    for tag in dict.fromkeys((*own, "zh-Hant", "fa-AF", "nl-BE", *LANGUAGE_ALPHA3)):
        language = langcodes.Language.get(tag)
        for name in (*(language.display_name(each) for each in own), language.autonym()):
            names.setdefault(unicodedata.normalize("NFKC", name).casefold(), tag)
    known = names | _OTHER_NAMES
    return tuple(sorted(known.items(), key=lambda pair: -len(pair[0])))
