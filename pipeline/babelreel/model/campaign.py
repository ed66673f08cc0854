"""What a campaign says beside its film: who speaks, who helps, and what the parts of the film are called."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

from babelreel.model.variant import split_variant

#: A text in some languages: pairs of a tag and what it says in that language.
Texts: TypeAlias = tuple[tuple[str, str], ...]


class HelpKind(StrEnum):
    """Whom a number reaches, where pages have words for it in every language of theirs."""

    EMERGENCY = "emergency"
    MISSING_CHILD = "missing-child"
    CHILD_HELPLINE = "child-helpline"
    VICTIMS = "victims"
    DOCTOR = "doctor"
    LISTENING = "listening"


#: The numbers that mean the same in all of Europe (Directive (EU) 2018/1972, Decision 2007/116/EC), by their digits.
KNOWN_NUMBERS = {
    "112": HelpKind.EMERGENCY,
    "116000": HelpKind.MISSING_CHILD,
    "116006": HelpKind.VICTIMS,
    "116111": HelpKind.CHILD_HELPLINE,
    "116117": HelpKind.DOCTOR,
    "116123": HelpKind.LISTENING,
}


def digits_of(number: str) -> str:
    """Return what a telephone dials: digits, of whatever script they were, and a plus that stands first."""
    digits = "".join(str(unicodedata.decimal(each)) for each in number if each.isdecimal())
    return f"+{digits}" if number.lstrip().startswith("+") else digits


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpNumber:
    """A number to call for help, as it is written; never taken from a translation.

    ``labels`` say who answers; where a language has none, ``kind`` does. ``hours`` are figures alone ("9:00-17:00",
    "24/7"): they stand on pages of all languages.
    """

    number: str
    kind: HelpKind | None = None
    labels: Texts = ()
    hours: str = ""

    @property
    def digits(self) -> str:
        """What a telephone dials."""
        return digits_of(self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """Who speaks on pages and leaflets.

    ``logo`` is a file, relative to the project; ``colour`` is ``#rrggbb``, empty for the usual one; ``sentences`` say
    what the film is for; ``privacy`` and ``contact`` are addresses, empty where there are none.
    """

    organisation: str = ""
    logo: Path | None = None
    colour: str = ""
    sentences: Texts = ()
    privacy: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A part of the film from ``start_ms`` to the next one, and its title in some languages."""

    start_ms: int
    titles: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """All of it; ``chapters`` are in the order of their times."""

    brand: Brand = field(default_factory=Brand)
    help: tuple[HelpNumber, ...] = ()
    chapters: tuple[Chapter, ...] = ()


def text_in(texts: Texts, tag: str) -> str:
    """Return the text of a language, empty where it has none; that of its usual text for a variant without its own."""
    found = dict(texts)
    return found.get(tag) or found.get(split_variant(tag)[0], "")


def chapters_in(chapters: Iterable[Chapter], tag: str) -> tuple[tuple[int, str], ...]:
    """Return start and title of each chapter that has a title in a language."""
    return tuple((each.start_ms, title) for each in chapters if (title := text_in(each.titles, tag)))
