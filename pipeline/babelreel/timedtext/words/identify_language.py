"""Find out in which of a few languages, or of all that are known, a text is.

The model of py3langid answers. It takes more than half a second to load, so ask ``function_words`` and ``scripts``
first, and this module only where they leave a doubt.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from babelreel.languages.find import find_language
from babelreel.model.language import Language
from babelreel.timedtext.words.writing_systems import parts_of

#: What the model calls a text of signs and numbers.
_NO_LANGUAGE = "zxx"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """The likeliest language, and how likely it is among those asked for, in whole percent."""

    language: Language
    percent: int


def are_kin(language: Language, other: Language) -> bool:
    """Tell whether no short text tells two languages apart: here they count as one."""
    return _kin(language) == _kin(other)


def _kin(language: Language) -> str:
    return language.identification.counts_as or _code(language)


def identify(text: str, languages: Iterable[Language]) -> Guess | None:
    """Find the likeliest of these languages; ``None`` while fewer than two of them are known to the model.

    The first of several that count as one language stands for all of them.
    """
    model = _model()
    known: dict[str, Language] = {}
    for language in languages:
        if _code(language) in model.known:
            first = next((each for each in known.values() if are_kin(each, language)), language)
            known.setdefault(_code(language), first)
    if len(known) < 2:  # noqa: PLR2004 - there is nothing to choose from
        return None
    shares = dict.fromkeys(known.values(), 0.0)
    for code, share in model.rank(text, frozenset(known)):
        shares[known[code]] += share
    best = max(shares, key=shares.__getitem__)
    return Guess(language=best, percent=round(100 * min(1.0, shares[best])))


def known_codes() -> frozenset[str]:
    """List the model's own names of all its languages, most of which are their tags; loads the model."""
    return _model().known


def identify_among_all(text: str, own: Language | None = None) -> tuple[Guess | None, int]:
    """Find the likeliest of all languages of the model, and how likely the own one is, in whole percent.

    Languages that count as one are weighed together. There is no guess where the model takes the text for no language.
    """
    model = _model()
    shares: dict[str, float] = {}
    best: dict[str, str] = {}
    for code, share in model.rank(text, model.known):  # the likeliest first
        kin = _kin_of_code(code)
        shares[kin] = shares.get(kin, 0.0) + share
        best.setdefault(kin, code)
    percents = {kin: round(100 * min(1.0, share)) for kin, share in shares.items()}
    kin = max(shares, key=shares.__getitem__)
    guess = None if kin == _NO_LANGUAGE else Guess(language=find_language(best[kin]), percent=percents[kin])
    return guess, percents.get(_kin(own), 0) if own else 0


@cache
def _kin_of_code(code: str) -> str:
    return code if code == _NO_LANGUAGE else _kin(find_language(code))


def is_known(language: Language) -> bool:
    """Tell whether the model knows a language, in the script of its tag; loads the model."""
    code = _code(language)
    return code in _model().known and parts_of(find_language(code).script) == parts_of(language.script)


def _code(language: Language) -> str:
    """Return the model's own name of a language."""
    return language.identification.model_code or language.primary


class _Model:
    """The model, restricted to one set of languages at a time: a project asks for the same ones again and again."""

    def __init__(self) -> None:
        # numpy and the model together take about 0.6 s and 70 MB, which a project in good order never needs
        from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - see above

        self.identifier: Any = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
        self.known = frozenset(self.identifier.labels)
        self.codes: frozenset[str] = frozenset()

    def rank(self, text: str, codes: frozenset[str]) -> list[tuple[str, float]]:
        if codes != self.codes:
            self.identifier.set_languages(codes)
            self.codes = codes
        return [(str(code), float(share)) for code, share in self.identifier.rank(text)]


@cache
def _model() -> _Model:
    return _Model()
