"""Second texts and sounds in a language, for people whom the usual ones do not serve, and how tags name them."""

from __future__ import annotations

from enum import StrEnum


class Variant(StrEnum):
    """A second text or sound in one language; the value stands behind the language in its BCP 47 tag."""

    EASY = "simple"
    """In easy words and short sentences: "simple" is registered for that (IANA Language Subtag Registry, 2015)."""
    DEAF = "x-sdh"
    """With sounds and speakers written, for who hears little or nothing: nothing is registered for that."""
    DESCRIBED = "x-ad"
    """With a voice that says what is seen, for who sees little or nothing; it is heard, and has no text."""


#: How tags are written. ``sdh`` alone is how media servers have it.
_ENDINGS = {"-simple": Variant.EASY, "-x-sdh": Variant.DEAF, "-sdh": Variant.DEAF, "-x-ad": Variant.DESCRIBED}


def split_variant(tag: str) -> tuple[str, Variant | None]:
    """Take a tag apart into that of the language and the variant, which is ``None`` for a language's usual text."""
    for ending, variant in _ENDINGS.items():
        base = tag[: -len(ending)]
        if base and tag.replace("_", "-").lower().endswith(ending):
            return base, variant
    return tag, None


def tag_of_variant(base: str, variant: Variant) -> str:
    """Name a variant of the language ``base`` by its tag."""
    return f"{base}-{variant}"
