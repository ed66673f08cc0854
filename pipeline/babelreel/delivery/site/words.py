"""What do the pages say, in the language of their readers?

One file for each language lies in ``words/``: short words for buttons, spoken to a teenager.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from babelreel.languages.find import builtin_languages
from babelreel.model.language import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """All words of a page in one language, which is ``tag``.

    ``minutes``, ``kilobytes`` and ``megabytes`` follow a number; ``decimal`` is the mark inside of one.
    """

    tag: str
    direction: str
    language: str
    subtitles: str
    no_subtitles: str
    transcript: str
    jump: str
    download: str
    film: str
    film_phone: str
    leaflet: str
    website: str
    share: str
    link: str
    copy_link: str
    copied: str
    from_here: str
    save_data: str
    dubbed: str
    original_sound: str
    watch_here: str
    scan: str
    accessibility: str
    accessibility_note: str
    minutes: str
    kilobytes: str
    megabytes: str
    decimal: str

    @property
    def colon(self) -> str:
        """The mark between a word and a name: French has a space before it, and Chinese a wide mark."""
        return {"fr": "\u00a0: ", "zh-Hans": "\uff1a"}.get(self.tag, ": ")


@cache
def words_in(tag: str) -> Words:
    """Give the words of one of the campaign's languages; ``KeyError`` for another tag."""
    language = {each.tag: each for each in builtin_languages()}[tag]
    text = (files("babelreel.delivery.site") / "words" / f"{tag}.toml").read_text("utf-8")
    return Words(tag=tag, direction=language.direction.value, **tomllib.loads(text))


def words_for(language: Language) -> Words:
    """Give the words for readers of a language: its own, those of the same language and script, or English.

    ``fr-BE`` gets the words of ``fr``; ``zh-Hant`` does not get those of ``zh-Hans``.
    """
    for each in builtin_languages():
        if each.tag.split("-")[0] == language.tag.split("-")[0] and each.script == language.script:
            return words_in(each.tag)
    return words_in("en")


def is_fallback(language: Language) -> bool:
    """Tell whether readers of another language than English get English words."""
    return words_for(language).tag == "en" and language.tag.split("-")[0] != "en"
