"""What the pages say, in the language of their readers."""

from __future__ import annotations

from functools import cache

from babelreel.languages.find import find_language
from babelreel.model.language import ENGLISH, Language
from babelreel.model.language_words import PageWords, PlayerWords

_ON_THE_BAR = (
    *("play", "pause", "back", "forward", "moment", "mute", "settings", "small_window", "full_screen", "let_go"),
    "again",
)


def words_for(language: Language) -> PageWords:
    """Choose the words for readers of a language: its own, those of the same language and script, or English.

    ``fr-BE`` gets the words of ``fr``; ``zh-Hant`` does not get those of ``zh-Hans``.
    """
    return language.pages or _english()


def player_words_for(language: Language) -> PlayerWords:
    """Choose the words of the film's own bar, in the same way."""
    return language.player or _english_player()


def bar_words(language: Language) -> dict[str, str]:
    """Collect the words that the script puts on the bar and the end of the film; all others stand on the page."""
    words = player_words_for(language)
    return {name: getattr(words, name) for name in _ON_THE_BAR} | {"texts": words_for(language).subtitles}


def is_fallback(language: Language) -> bool:
    """Tell whether readers of another language than English get English words."""
    return words_for(language).tag == ENGLISH != language.primary


@cache
def _english() -> PageWords:
    words = find_language(ENGLISH).pages
    assert words is not None, "English has a file"  # noqa: S101 - for mypy
    return words


@cache
def _english_player() -> PlayerWords:
    words = find_language(ENGLISH).player
    assert words is not None, "English has a file"  # noqa: S101 - for mypy
    return words
