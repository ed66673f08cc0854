"""How burned-in text looks: in the whole project, in one language, in one size of the film."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeAlias

from babelreel.model.variant import split_variant


class Position(StrEnum):
    """Where text stands of which the track says nothing else."""

    BOTTOM = "bottom"
    TOP = "top"


class Look(StrEnum):
    """Whose look text has that was set in ASS or SSA."""

    OURS = "ours"
    """That of the style, as all text."""
    OWN = "own"
    """Its author's place, colours and size, as far as they can be read."""


#: The lowest line of text, as a share of the picture's short side: BBC subtitle guidelines, of the height of 16:9.
LEAST_TYPE = Fraction(8, 100)
#: How much larger than usual text may be.
LARGEST_SIZE = Fraction(16, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How burned-in text looks.

    Colours are ``#rrggbb``. ``outline`` and ``shadow`` are shares of the type size, ``margin`` (below, and above for
    cues at the top) and ``side_margin`` shares of the picture's height and width. ``size`` multiplies the type size of
    each rung. ``background`` is the colour of a box behind the text, empty where there is none; what lies under it is
    seen through it as far as its ``opacity`` is below 1.
    """

    color: str = "#ffffff"
    outline_color: str = "#000000"
    outline: float = 0.08  # two to four pixels: sets white letters off from a white wall, and keeps Han and Arabic open
    shadow: float = 0.0
    margin: float = 0.05
    side_margin: float = 0.05
    size: Fraction = Fraction(1)
    bold: bool = False
    background: str = ""
    opacity: float = 0.75  # white letters stand out from it by 10 to 1 over a white wall, and the picture is still seen
    position: Position = Position.BOTTOM
    look: Look = Look.OURS


#: Some fields of a ``Style`` by name, each with its value.
StyleChanges: TypeAlias = tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Styles:
    """The style of a project, and what is different in some languages (by tag) and at some rungs (by name)."""

    whole: Style = field(default_factory=Style)
    languages: tuple[tuple[str, StyleChanges], ...] = ()
    rungs: tuple[tuple[str, StyleChanges], ...] = ()

    def of(self, tag: str, rung: str) -> Style:
        """Find the style of a language at a rung: what is said of the rung counts first, then of the language.

        A rung knows how small its screen is, for all languages; so it has the last word. A variant of a language looks
        as the language does, but for what is said of itself. ``tag`` is empty for a text of no language.
        """
        base, _ = split_variant(tag)
        of_language = [changes for each in dict.fromkeys((base, tag)) for key, changes in self.languages if key == each]
        of_rung = (changes for key, changes in self.rungs if key == rung)
        style = self.whole
        for changes in (*of_language, *of_rung):
            style = replace(style, **dict(changes))
        return style
