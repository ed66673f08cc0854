"""In which of a few languages is a text?

The model of py3langid answers. It takes more than half a second to load, so ask ``function_words`` and ``scripts``
first, and this module only where they leave a doubt.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

#: Names of the model for languages that have another tag.
_MODEL_CODES = {
    "nb": "no",
    "cmn": "zh",
    "prs": "fa",
    "pes": "fa",
    "pbu": "ps",
    "pbt": "ps",
    "pst": "ps",
    "als": "sq",
    "arb": "ar",
    "fil": "tl",
    "iw": "he",
    "in": "id",
    "sh": "sr",
}  # fmt: skip - a table

#: Languages that no short text tells apart: here they count as one. Pidgin is only ever mistaken for English.
_KIN = (
    frozenset({"en", "pcm"}),
    frozenset({"ar", "ary", "arz"}),
    frozenset({"zh", "wuu", "yue"}),
    frozenset({"no", "nn", "da"}),
    frozenset({"sr", "hr", "bs"}),
    frozenset({"id", "ms"}),
    frozenset({"fa", "tg"}),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """The tag of the likeliest language, and how likely it is among those asked for, in whole percent."""

    tag: str
    percent: int


def are_kin(tag: str, other: str) -> bool:
    """Tell whether two tags count as one language here."""
    code, other_code = _code(tag), _code(other)
    return code == other_code or any(code in kin and other_code in kin for kin in _KIN)


def identify(text: str, tags: Iterable[str]) -> Guess | None:
    """Give the likeliest of these languages; ``None`` while fewer than two of them are known to the model.

    The first of several tags that count as one language stands for all of them.
    """
    model = _model()
    known: dict[str, str] = {}
    for tag in tags:
        if _code(tag) in model.known:
            known.setdefault(_code(tag), next((each for each in known.values() if are_kin(each, tag)), tag))
    if len(known) < 2:  # noqa: PLR2004 - there is nothing to choose from
        return None
    shares = dict.fromkeys(known.values(), 0.0)
    for code, share in model.rank(text, frozenset(known)):
        shares[known[code]] += share
    best = max(shares, key=shares.__getitem__)
    return Guess(tag=best, percent=round(100 * min(1.0, shares[best])))


def is_known(tag: str) -> bool:
    """Tell whether the model knows a language; loads the model."""
    return _code(tag) in _model().known


def _code(tag: str) -> str:
    primary = tag.split("-", 1)[0].lower()
    return _MODEL_CODES.get(primary, primary)


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
