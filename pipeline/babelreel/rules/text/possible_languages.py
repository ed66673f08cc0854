"""Choose the languages with which a file and its cues are compared, and name them in findings."""

from __future__ import annotations

from collections.abc import Iterable

from babelreel.languages.find import builtin_languages
from babelreel.model.language import Language
from babelreel.model.track import Cue
from babelreel.rules.base.subject import TrackSubject
from babelreel.timedtext.words.function_words import function_words_of
from babelreel.timedtext.words.identify_language import are_kin
from babelreel.timedtext.words.writing_systems import own_share, parts_of


def described(language: Language) -> str:
    """Name a language after "is"."""
    return f"in {language.name} ({language.tag})"


def of_project(language: Language, subject: TrackSubject) -> Language:
    """Find the language of the project that counts as this one, if there is one: ``zh-Hans`` for ``zh``."""
    return next((each for each in subject.languages if are_kin(each, language)), language)


def rivals_of(own: Language, languages: Iterable[Language]) -> list[Language]:
    """Choose those of some languages that a text might be in by its letters: the others of the same script."""
    scripts = set(parts_of(own.script))
    return [
        each
        for each in languages
        if not are_kin(each, own)
        and not (each.is_script_certain and own.is_script_certain and scripts.isdisjoint(parts_of(each.script)))
    ]


def listed_kin(language: Language) -> tuple[Language, ...]:
    """List the languages with a list of small words that count as one with this one, itself included."""
    others = (each for each in builtin_languages() if each.primary != language.primary)
    return tuple(each for each in (language, *others) if are_kin(each, language) and function_words_of(each))


def lines_in_script(cues: Iterable[Cue], script: str) -> list[str]:
    """Choose the lines with letters that are mostly of a script: a cue may hold a line in each of two languages."""
    return [
        line for cue in cues for line in cue.lines if any(map(str.isalpha, line)) and 2 * own_share(line, script) >= 1
    ]
