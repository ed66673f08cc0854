"""Which language a tag in the settings means, where the project calls that language by another tag."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import replace

from babelreel.languages.find import are_one_language
from babelreel.model.campaign import Texts
from babelreel.model.film.signs import Sign
from babelreel.model.variant import split_variant


def mean_one_track(tag: str, other: str, listed: AbstractSet[str]) -> bool:
    """Tell whether two tags mean the same track: those of one language do, unless the project lists both."""
    return tag == other or (not {tag, other} <= listed and are_one_language(tag, other))


def meant_tag(tag: str, known: Iterable[str]) -> str | None:
    """Find the tag among some that means the same language: itself, else another one; ``None`` where none does."""
    tags = tuple(known)
    return tag if tag in tags else next((each for each in tags if are_one_language(each, tag)), None)


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
        for text in [next((text for other, text in sign.texts if are_one_language(other, own)), "")]
        if text
    )
    return replace(sign, texts=(*sign.texts, *added)) if added else sign
