"""Which language a tag in the settings means, where the project calls that language by another tag."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from babelreel.languages.find import are_one_language
from babelreel.model.campaign import Texts
from babelreel.model.film.signs import Sign
from babelreel.model.variant import split_variant


def mean_one_text(tag: str, other: str) -> bool:
    """Tell whether two tags in canonical form mean one text: that of one language, for the same readers."""
    (base, variant), (other_base, other_variant) = split_variant(tag), split_variant(other)
    return variant == other_variant and are_one_language(base, other_base)


def signs_for(signs: Iterable[Sign], tag: str) -> tuple[Sign, ...]:
    """Let signs say by a language's own tag what they say in it: “zh” of babelreel.toml is that of zh-Hans.srt.

    What is written under the tag itself goes before.
    """
    return tuple(_for(sign, tag) for sign in signs)


def _for(sign: Sign, tag: str) -> Sign:
    written, wanted = dict(sign.texts), dict.fromkeys((tag, split_variant(tag)[0]))
    added: Texts = tuple(
        (own, text)
        for own in wanted
        if own not in written
        for text in [next((text for other, text in sign.texts if mean_one_text(other, own)), "")]
        if text
    )
    return replace(sign, texts=(*sign.texts, *added)) if added else sign
