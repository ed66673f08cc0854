"""Which keys the tables of a campaign hold: who speaks, who helps, what the parts of the film are called."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from babelreel.config.faults.plain_words import OfForm
from babelreel.config.tables.section import Heading, Section
from babelreel.model.campaign import HelpKind, digits_of

_FEWEST_DIGITS, _MOST_DIGITS = 2, 15  # E.164


def _dialled(text: str) -> str:
    digits = digits_of(text).removeprefix("+")
    if not (re.fullmatch(r"\+?[0-9 ()/.-]+", text) and _FEWEST_DIGITS <= len(digits) <= _MOST_DIGITS):
        raise PydanticCustomError("number", 'write a telephone number, such as "116 000" or "+32 2 555 12 34"')
    return text


def _quoted_time(value: object) -> object:
    """Refuse a time without quotes, and say how a time is written."""
    if not isinstance(value, str):
        raise PydanticCustomError("form", "write {words}", {"words": 'a time in quotes, such as "0:49" or "1:02:03.5"'})
    return value


#: No quote and no space: addresses stand in links.
_WEB = r"https://[^\s\"'<>]+"

Colour = Annotated[
    str, OfForm(pattern="#[0-9a-fA-F]{6}", words='a colour such as "#0b5c6b": # and six digits or letters (0-9, a-f)')
]
Logo = Annotated[
    str,
    OfForm(
        pattern=r".+\.([sS][vV][gG]|[pP][nN][gG])", words="a file that ends in .svg or .png, relative to babelreel.toml"
    ),
]
Web = Annotated[str, OfForm(pattern=_WEB, words="an address that begins with https://, without spaces")]
Contact = Annotated[
    str,
    OfForm(
        pattern=rf"{_WEB}|mailto:[^\s\"'<>@]+@[^\s\"'<>@?]+",
        words="an address that begins with https://, or mailto:NAME@PLACE",
    ),
]
Number = Annotated[str, AfterValidator(_dialled)]

#: Figures alone, since pages of all languages show them.
Hours = Annotated[
    str,
    OfForm(
        pattern=r"[0-9:./,+ \u2013-]{1,40}",
        words="figures alone, such as “24/7” or “9:00-17:00”; days go into the label",
    ),
]
Start = Annotated[
    str,
    BeforeValidator(_quoted_time),
    OfForm(pattern=r"(\d{1,2}:)?\d{1,2}:[0-5]\d(\.\d{1,3})?", words="a time such as “0:49” or “1:02:03.5”"),
]


class BrandTable(Section):
    """Whose film it is: shown on pages, leaflets and cards."""

    organisation: Heading | None = Field(None, description="Whose campaign it is.")
    logo: Logo | None = Field(None, description="An SVG or PNG file of at most 200 kB, relative to babelreel.toml.")
    colour: Colour | None = Field(None, description="Its colour, #rrggbb; paler and darker ones are made of it.")
    privacy: Web | None = Field(None, description="Where its privacy statement is online.")
    contact: Contact | None = Field(None, description="Where questions go: https://… or mailto:….")
    sentence: dict[str, Heading] = Field(
        default_factory=dict, description="By language: one sentence that says what the film is for."
    )


class HelpTable(Section):
    """A number to call for help, shown large on pages, leaflets and at the end of the film."""

    number: Number = Field(description="The number as people read it.")
    kind: Annotated[HelpKind, Field(strict=False)] | None = Field(
        None, description="Who answers, where pages have words for it; 112 and the 116 numbers need none."
    )
    hours: Hours | None = Field(None, description="When somebody answers, in figures.")
    label: dict[str, Heading] = Field(default_factory=dict, description="By language: who answers, in your own words.")


class ChapterTable(Section):
    """A part of the film, up to the next one: a heading on the page and the leaflet, and a place in the player."""

    start: Start = Field(description="When it begins.")
    title: Annotated[dict[str, Heading], Field(min_length=1)] = Field(description="By language: its title.")
