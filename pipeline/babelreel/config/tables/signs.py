"""The keys of a ``[[sign]]``, words in the picture, and what they mean."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from babelreel.config.faults.plain_words import OfForm
from babelreel.config.tables.campaign import TagReader, start_ms_of
from babelreel.config.tables.campaign_tables import Start
from babelreel.config.tables.exact import Exact
from babelreel.config.tables.section import Section
from babelreel.languages.same_language import mean_one_track, signs_for
from babelreel.model.film.signs import Box, Sign, SignStyle
from babelreel.model.timecode import Span
from babelreel.model.track import Align

_PLACES = {
    "top": Align.TOP,
    "top left": Align.TOP_LEFT,
    "top right": Align.TOP_RIGHT,
    "left": Align.MIDDLE_LEFT,
    "middle": Align.MIDDLE,
    "right": Align.MIDDLE_RIGHT,
    "bottom": Align.BOTTOM,
    "bottom left": Align.BOTTOM_LEFT,
    "bottom right": Align.BOTTOM_RIGHT,
}
#: More is no sign that anybody could read while a film runs.
_MOST_LINES, _MOST_CHARACTERS = 4, 300
#: What subtitle files say of how and where a text is shown: {\an8}, <i>.
_MARKUP = re.compile(r"\{\\[^{}]*\}|</?(?:[biu]|font)\b[^<>]*>", re.IGNORECASE)


def why_no_words(text: str) -> str:
    """Say why a text cannot stand in the picture; empty where it can."""
    if not text.strip():
        return "write some text, or leave this line out"
    if "\t" in text or text.count("\n") >= _MOST_LINES:
        return "write four lines at most, without tabs"
    if found := _MARKUP.search(text):
        return f"take “{found[0]}” out, for it would be drawn as it stands; “place” says where the words stand"
    return "" if len(text) <= _MOST_CHARACTERS else f"write {_MOST_CHARACTERS} characters at most, not {len(text)}"


def _few_lines(text: str) -> str:
    if why := why_no_words(text):
        raise PydanticCustomError("sign_text", "{why}", {"why": why})
    return text


def why_no_box(box: list[Fraction]) -> str:
    """Say why four shares are no part of the picture; empty where they are."""
    if len(box) != len(Box._fields):
        return "write four numbers, left, top, width and height, such as [0.1, 0.05, 0.4, 0.2]"
    if not all(0 <= each <= 1 for each in box):
        return "write shares of the picture, from 0 to 1: 0.1 is a tenth of it"
    left, top, width, height = box
    if not (width and height):
        return "write a width and a height above 0"
    for start, length, names in ((left, width, "left and width"), (top, height, "top and height")):
        if start + length > 1:
            return f"{names} are {float(start + length):g} together: write 1 or less, so that it ends in the picture"
    return ""


def _within(box: list[Fraction]) -> list[Fraction]:
    if why := why_no_box(box):
        raise PydanticCustomError("box", "{why}", {"why": why})
    return box


Words = Annotated[str, Field(min_length=1), AfterValidator(_few_lines)]
SignName = Annotated[
    str,
    Field(max_length=60),
    OfForm(
        pattern="[a-z0-9]+(-[a-z0-9]+)*", words="small letters a-z, figures and single hyphens, such as “court-sign”"
    ),
]
_Share = Annotated[Exact, Field(json_schema_extra={"minimum": 0, "maximum": 1})]


class SignTable(Section):
    """Words in the picture: what is written in the film said in other languages, a title, the name of a speaker."""

    name: SignName = Field(description="What it is called, in what is told of it.")
    start: Start = Field(alias="from", description="When it begins to be seen.")
    end: Start = Field(alias="to", description="When it is no longer seen.")
    style: Literal["sign", "title", "lower third"] | None = Field(
        None, description="How it looks: on a plate, as a large heading, or as the name of who speaks."
    )
    place: (
        Literal["top", "top left", "top right", "left", "middle", "right", "bottom", "bottom left", "bottom right"]
        | None
    ) = Field(None, description="Where in the picture it stands.")
    box: (
        Annotated[list[_Share], Field(json_schema_extra={"minItems": 4, "maxItems": 4}), AfterValidator(_within)] | None
    ) = Field(None, description="Instead of a place: left, top, width and height, as shares of the picture.")
    filmed: bool | None = Field(
        None, description="true: the film itself shows it, and nothing is drawn in the film's own language."
    )
    text: Annotated[dict[str, Words], Field(min_length=1)] = Field(description="By language: what it says.")


def read_signs(
    tables: list[SignTable], reference: str, listed: Sequence[str], tag: TagReader, faults: list[str]
) -> tuple[Sign, ...]:
    """Read what the tables say, in the order of time; what contradicts itself is added to the faults.

    ``listed`` are the languages that the project names: two tags of one language mean two texts only where it has both.
    """
    signs = [_sign(table, place, tag) for place, table in enumerate(tables, 1)]
    names = Counter(each.name for each in signs)
    faults.extend(f"sign: “{name}” is listed {count} times" for name, count in names.items() if count > 1)
    for place, (table, sign) in enumerate(zip(tables, signs, strict=True), 1):
        if sign.span.duration_ms <= 0:
            faults.append(f"sign.{place}.to: write a time after “from”, {table.start}, not “{table.end}”")
        if table.place and table.box:
            faults.append(f"sign.{place}.box: write either “place” or “box”")
        if not any(each.text_in(reference) for each in signs_for([sign], reference)):
            faults.append(f"sign.{place}.text.{reference}: this key is missing: it is what others are translated from")
        tags = Counter(written for written, _ in sign.texts)
        faults.extend(f"sign.{place}.text: {each} is listed {count} times" for each, count in tags.items() if count > 1)
        faults.extend(
            f"sign.{place}.text: {one} and {other} are one language; keep one of them"
            for one, other in combinations(tags, 2)
            if mean_one_track(one, other, set(listed))
        )
    return tuple(sorted(signs, key=lambda each: each.span))


def _sign(table: SignTable, place: int, tag: TagReader) -> Sign:
    style = SignStyle(table.style or SignStyle.SIGN)
    return Sign(
        name=table.name,
        span=Span(start_ms=start_ms_of(table.start), end_ms=start_ms_of(table.end)),
        style=style,
        place=_PLACES[table.place] if table.place else None,
        box=Box(*map(Fraction, table.box)) if table.box else None,
        is_filmed=table.filmed if table.filmed is not None else style is SignStyle.SIGN,
        texts=tuple((tag(written, f"sign.{place}.text.{written}"), text) for written, text in table.text.items()),
    )
