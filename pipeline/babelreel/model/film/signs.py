"""Words in the picture: when and where they stand, and what they say in each language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from babelreel.model.campaign import Texts, text_in
from babelreel.model.timecode import Span
from babelreel.model.track import Align


class SignStyle(StrEnum):
    """How words in the picture look."""

    SIGN = "sign"
    """What is written in the film, said in another language: on a plate."""
    TITLE = "title"
    """A heading: large, without a plate."""
    LOWER_THIRD = "lower third"
    """Who speaks: on a plate, from the side on which the language begins."""


class Box(NamedTuple):
    """A part of the film's picture, as shares of its width and height."""

    left: Fraction
    top: Fraction
    width: Fraction
    height: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """Words in the picture, by the name that the project uses for them.

    They stand at one of nine places, or in a ``box`` where there is one. ``is_filmed``: the film itself shows them, so
    that nothing is drawn in its own language. ``texts`` say what stands there in each language.
    """

    name: str
    span: Span
    style: SignStyle = SignStyle.SIGN
    place: Align | None = None
    box: Box | None = None
    is_filmed: bool = True
    texts: Texts = ()

    def text_in(self, tag: str) -> str:
        """Return what it says in a language, empty where nobody has said it."""
        return text_in(self.texts, tag)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSign:
    """Words in the picture as one language shows them."""

    sign: Sign
    text: str

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of it that hold text."""
        return tuple(line.strip() for line in self.text.split("\n") if line.strip())


def signs_in(signs: Iterable[Sign], tag: str, *, is_reference: bool) -> tuple[ShownSign, ...]:
    """List what is drawn in a language: all that is said in it, but what the film shows by itself."""
    return tuple(
        ShownSign(sign=each, text=text)
        for each in signs
        if (text := each.text_in(tag)) and not (is_reference and each.is_filmed)
    )


def missing_in(signs: Iterable[Sign], tag: str, *, is_reference: bool) -> tuple[Sign, ...]:
    """List the signs that nobody has said in a language; the film's own language has all that it needs."""
    return tuple(each for each in signs if not (is_reference or each.text_in(tag)))
