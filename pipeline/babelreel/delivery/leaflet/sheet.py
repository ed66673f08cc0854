"""What stands on a leaflet, and where: a sheet of A4, folded once.

One fold and not two: anybody can make it straight without measuring, the outer panels have the same width, and lines
of 12 cm leave room for the large type that young readers need. The outside holds the cover and the back, the inside the
text; from right to left, cover and back change places, as the columns do, and the fold opens the other way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any
from urllib.parse import quote

import jinja2

from babelreel.delivery.campaign import HelpLine, campaign_words_for, credit_lines
from babelreel.delivery.leaflet.fitting import choose_pair_size_pt, choose_type_size_pt
from babelreel.delivery.palette import light_palette
from babelreel.delivery.site.words import words_for
from babelreel.languages.find import find_language
from babelreel.model.credits import Credit
from babelreel.model.language import ENGLISH, Language
from babelreel.timedtext.burnin.line_width import Shaper
from babelreel.timedtext.direction.isolates import (
    EMBEDDINGS,
    ISOLATES,
    LEFT_TO_RIGHT_ISOLATE,
    POP_EMBEDDING,
    POP_ISOLATE,
)
from babelreel.timedtext.words.paragraphs import Paragraph
from babelreel.timedtext.words.phone_numbers import Call, find_calls

#: What stands large on the back: a longer sentence would not be read there, and stays in the text alone.
_MOST_CALLS, _LONGEST_CALL = 3, 100  # the back has room for no more
#: Enough to tell editions of one leaflet apart by eye.
_EDITION_CHARS = 6
_LONG_TITLE, _LONGEST_TITLE = 40, 200
#: A number as ``isolate_left_to_right`` marks it; a longer one may be broken.
_GROUPED = re.compile(r"(\+?\d+(?:[ \u00a0]\d+){1,6})(?!\d)")
_ISOLATED = re.compile(
    f"{LEFT_TO_RIGHT_ISOLATE}([^{ISOLATES}{EMBEDDINGS}{POP_ISOLATE}{POP_EMBEDDING}]{{1,24}}){POP_ISOLATE}"
)


#: What is said at the same time in the two languages of a pair.
Row = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """The second language of a leaflet that shows two, with all ``rows`` of both; ``shaper`` measures its text."""

    language: Language
    title: str
    title_language: Language
    rows: tuple[Row, ...]
    shaper: Shaper


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaflet:
    """What one language's leaflet says.

    ``address`` is that of the language's page, empty while nobody knows it. ``width_px`` and ``height_px`` are those of
    each picture, 0 where there are none. ``headings`` are titles of chapters, each with the place of its first
    paragraph. Where ``help`` has no number, the back quotes what the film says of those that it names. ``date`` is
    shown where somebody asked for it: a day that nobody gave would make each build another one. ``credits`` are the
    people who may be named.
    """

    language: Language
    title: str
    title_language: Language
    paragraphs: tuple[Paragraph, ...]
    address: str = ""
    width_px: int = 0
    height_px: int = 0
    headings: tuple[tuple[int, str], ...] = ()
    help: tuple[HelpLine, ...] = ()
    organisation: str = ""
    sentence: str = ""
    date: str = ""
    credits: tuple[Credit, ...] = ()
    beside: Beside | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where a leaflet finds its style sheet, its pictures and its code: addresses relative to it.

    ``pictures`` are those of the cover, of the inside (four), and of the back, in this order, as far as there are any.
    """

    style: str
    pictures: tuple[str, ...]
    code: str
    logo: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of text; a number in it is kept whole, and in its own order."""

    text: str
    is_number: bool


def render_leaflet(leaflet: Leaflet, places: Places, shaper: Shaper) -> bytes:
    """Write a leaflet as HTML without scripts or styles of its own; ``shaper`` measures its text."""
    language, titles = leaflet.language, dict(leaflet.headings)
    size_pt = _size_pt(leaflet, shaper)
    speaker = language if language.leaflet.watch else find_language(ENGLISH)
    text: str = _template().render(
        leaflet=leaflet,
        language=language,
        places=Places(
            style=quote(places.style),
            pictures=tuple(map(quote, places.pictures)),
            code=quote(places.code),
            logo=quote(places.logo),
        ),
        words=campaign_words_for(language),
        credits=credit_lines(leaflet.credits, language),
        colon=words_for(language).colon,
        edition=_edition(leaflet),
        size_pt=size_pt,
        title_class=_title_class(leaflet.title),
        calls=() if leaflet.help else tuple(_calls(leaflet.paragraphs)),
        paragraphs=tuple((titles.get(place, ""), _runs(each.text)) for place, each in enumerate(leaflet.paragraphs)),
        rows=tuple((_runs(first), _runs(second)) for first, second in (leaflet.beside.rows if leaflet.beside else ())),
        runs=_runs,
        watch=speaker.leaflet.watch,
        watch_language=speaker.tag,
        watch_direction=speaker.direction.value,
        address=leaflet.address.partition("://")[2].rstrip("/"),
    )
    return text.encode()


def _size_pt(leaflet: Leaflet, shaper: Shaper) -> int:
    if beside := leaflet.beside:
        return choose_pair_size_pt(beside.rows, (leaflet.language, beside.language), (shaper, beside.shaper))
    return choose_type_size_pt(
        (each.text for each in leaflet.paragraphs),
        leaflet.language,
        shaper,
        leaflet.width_px,
        leaflet.height_px,
        headings=dict(leaflet.headings),
    )


def _edition(leaflet: Leaflet) -> str:
    """Name what a leaflet says by a digest of it: two sheets of paper with the same one say the same."""
    said = [leaflet.title, leaflet.sentence, leaflet.address, *(each.text for each in leaflet.paragraphs)]
    said += [part for each in leaflet.help for part in (each.number, each.who, each.hours)]
    said += [title for _, title in leaflet.headings]
    said += [each.name for each in leaflet.credits]
    said += [text for row in leaflet.beside.rows for text in row] if leaflet.beside else []
    digest = sha256("\n".join(said).encode()).hexdigest()[:_EDITION_CHARS]
    return f"{digest} · {leaflet.date}" if leaflet.date else digest


def render_style(font_files: Iterable[str] = (), colour: str = "") -> bytes:
    """Write the style sheet in the colours of a brand (empty: the usual one).

    With files of fonts, relative to it, these draw the text, in this order.
    """
    palette = light_palette(colour)
    colours = f":root {{ --band: {palette.band}; --on-band: {palette.on_band}; --accent: {palette.accent}; }}\n"
    faces = (
        f'@font-face {{ font-family: "Leaflet {place}"; src: url("{quote(name)}"); }}\n'
        for place, name in enumerate(font_files, 1)
    )
    return ("".join(faces) + colours + _data("leaflet.css")).encode()


def render_pair_style(first: Iterable[str] = (), second: Iterable[str] = (), colour: str = "") -> bytes:
    """Write the style sheet of two languages; the files of fonts are those that draw the one and the other."""
    faces = (
        f'@font-face {{ font-family: "Second {place}"; src: url("{quote(name)}"); }}\n'
        for place, name in enumerate(second, 1)
    )
    return render_style(first, colour) + ("".join(faces) + _data("pair.css")).encode()


def _title_class(title: str) -> str:
    if len(title) <= _LONG_TITLE:
        return "short"
    return "long" if len(title) <= _LONGEST_TITLE else "longest"


def _calls(paragraphs: Iterable[Paragraph]) -> Iterator[Call]:
    fitting = (call for call in find_calls(paragraphs) if len(call.sentence) <= _LONGEST_CALL)
    yield from list(fitting)[:_MOST_CALLS]


def _runs(text: str) -> tuple[Run, ...]:
    """Cut a text at its numbers: those of right-to-left text that are isolated, else those in groups of digits."""
    parts = _ISOLATED.split(text) if LEFT_TO_RIGHT_ISOLATE in text else _GROUPED.split(text)
    return tuple(Run(text=part, is_number=bool(place % 2)) for place, part in enumerate(parts) if part)


def _data(name: str) -> str:
    return files("babelreel.delivery.leaflet").joinpath(name).read_text(encoding="utf-8")


@cache
def _template() -> Any:  # noqa: ANN401 - a template of jinja2, which only those load who render
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(_data("leaflet.html.j2"))
