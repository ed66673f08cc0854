"""A card that fills the film's picture: a heading, numbers to call, and an address with its code.

The code is drawn as squares by libass, so that no picture of it has to be made and brought along.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby
from math import ceil
from typing import NamedTuple

from babelreel.model.film.cards import Code, ShownCard
from babelreel.model.film.composition import Area
from babelreel.model.track import Align
from babelreel.timedtext.burnin.layout import Layout
from babelreel.timedtext.burnin.placed.fitted import Fitted, fit_type
from babelreel.timedtext.burnin.placed.signs import draw_plate, free_of_subtitles, shown_picture

#: What is left free at the edges, as a share of the picture's short side.
_EDGE = Fraction(6, 100)
#: The largest and the smallest type, as shares of the picture's short side.
_LARGEST, _SMALLEST = Fraction(16, 100), Fraction(45, 1000)
#: Of a number's own room, the digits and who answers end there; the rest parts it from the next one.
_DIGITS, _WHO = Fraction(52, 100), Fraction(92, 100)
#: What heading and foot take of the height.
_HEADING, _FOOT = Fraction(22, 100), Fraction(12, 100)
#: How much of the width a code takes beside numbers, and of the height below them.
_CODE_WIDTH, _CODE_HEIGHT = Fraction(36, 100), Fraction(45, 100)
#: Of the room for a code, what its address below takes.
_ADDRESS = Fraction(16, 100)
#: What a logo takes of the height, at most and at least, and what parts it from the text.
_LOGO_ROOMS, _BELOW_LOGO = tuple(Fraction(share, 100) for share in (26, 22, 18, 15, 12)), Fraction(3, 100)
#: The smallest square of a code that a logo may cost, as a share of the picture's short side: 3 pixels of 360.
_LEAST_SQUARE = Fraction(3, 360)
#: More numbers than these are too small to be dialled from.
MOST_NUMBERS = 4
#: White around a code, in squares (ISO/IEC 18004).
_QUIET = 4


class _Part(NamedTuple):
    """A part of a card, as people call it, and what is drawn of it: nothing where it is left out."""

    name: str
    drawn: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """A card while it is laid out; ``least_square_px`` is what a square of its code has at least."""

    layout: Layout
    card: ShownCard
    short_px: int
    least_square_px: int = 1

    def fit(self, text: str, area: Area, *, most_lines: int, largest: Fraction = _LARGEST) -> Fitted | None:
        return fit_type(
            self.layout,
            text,
            width_px=area.width_px,
            height_px=area.height_px,
            largest_px=largest * self.short_px,
            smallest_px=_SMALLEST * self.short_px,
            most_lines=most_lines,
        )

    def centred(
        self, name: str, text: str, area: Area, *, most_lines: int, largest: Fraction = _LARGEST
    ) -> Iterator[_Part]:
        """Write a text in the middle of an area, where it fits."""
        found = self.fit(text, area, most_lines=most_lines, largest=largest)
        x, y = area.left_px + area.width_px // 2, area.top_px + area.height_px // 2
        if text:
            yield _Part(name, (found.drawn(x, y, Align.MIDDLE, self.card.color),) if found else ())


def draw_card(layout: Layout, card: ShownCard) -> tuple[str, ...]:
    """Write a card in ASS, its ground first; what does not fit or cannot be drawn is left out of it."""
    page, inner = _laid_out(layout, card)
    parts, share = _with_room_for_logo(page, inner)
    return (
        draw_plate(shown_picture(layout), card.ground, 0),
        *(_logo(page, _row(inner, 0, share)) if share else ()),
        *(text for part in parts for text in part.drawn),
    )


def left_off(layout: Layout, card: ShownCard) -> tuple[str, ...]:
    """Name what is left out of a card, because it does not fit or cannot be drawn."""
    parts, share = _with_room_for_logo(*_laid_out(layout, card))
    is_logo_missing = card.logo is not None and not card.logo.is_clear and not share
    return (*(("the logo",) if is_logo_missing else ()), *(part.name for part in parts if not part.drawn))


def _laid_out(layout: Layout, card: ShownCard) -> tuple[_Page, Area]:
    """Return a card to lay out, and the part of the picture that it may be written in."""
    picture = shown_picture(layout)
    short_px = min(picture.width_px, picture.height_px)
    edge = round(short_px * _EDGE)
    top, bottom = free_of_subtitles(layout, picture, edge)
    inner = Area(
        left_px=picture.left_px + edge,
        top_px=top,
        width_px=picture.width_px - 2 * edge,
        height_px=max(1, bottom - top),
    )
    return _Page(layout=layout, card=card, short_px=short_px), inner


def _with_room_for_logo(page: _Page, inner: Area) -> tuple[tuple[_Part, ...], Fraction | None]:
    """Write what stands on a card, below a logo as large as it costs nothing that is written.

    The share of the height that the logo has is returned beside that; ``None`` where even a small one costs something.
    """
    plain = tuple(_written(page, inner))
    careful = replace(page, least_square_px=ceil(_LEAST_SQUARE * page.short_px))
    for share in _LOGO_ROOMS if page.card.logo else ():
        written = tuple(_written(careful, _row(inner, share + _BELOW_LOGO, 1)))
        if [len(part.drawn) for part in written] == [len(part.drawn) for part in plain]:
            return written, share
    return plain, None


def _logo(page: _Page, room: Area) -> tuple[str, ...]:
    from babelreel.timedtext.burnin.placed.logo import draw_logo  # noqa: PLC0415 - loads numpy, for few projects

    return draw_logo(page.card.logo, room, page.card.ground) if page.card.logo else ()


def _written(page: _Page, inner: Area) -> Iterator[_Part]:
    card = page.card
    if not (card.numbers or card.code):
        foot = _row(inner, 1 - _FOOT * 2, 1) if card.foot else None
        yield from page.centred(
            "the title", card.heading, _row(inner, 0, 1 - _FOOT * 2) if foot else inner, most_lines=4
        )
        if foot:
            yield from page.centred("the organisation", card.foot, foot, most_lines=2, largest=_LARGEST / 2)
        return
    yield from page.centred("the title", card.heading, _row(inner, 0, _HEADING), most_lines=2, largest=_LARGEST * 2 / 3)
    body = _row(inner, _HEADING, 1)
    if not card.code:
        yield from _numbers(page, body)
    elif not card.numbers:
        yield from _code(page, body)
    elif inner.width_px >= inner.height_px:
        width = round(body.width_px * _CODE_WIDTH)
        is_left = page.layout.language.is_rtl  # the numbers stand where reading begins
        gap = page.short_px * _EDGE
        rest = round(body.width_px - width - gap)
        code_left = body.left_px if is_left else body.left_px + body.width_px - width
        numbers_left = body.left_px + body.width_px - rest if is_left else body.left_px
        yield from _numbers(page, _column(body, numbers_left, rest))
        yield from _code(page, _column(body, code_left, width))
    else:
        yield from _numbers(page, _row(body, 0, 1 - _CODE_HEIGHT))
        yield from _code(page, _row(body, 1 - _CODE_HEIGHT, 1))


def _numbers(page: _Page, area: Area) -> Iterator[_Part]:
    """Write numbers below one another, each in one line, and below it who answers."""
    numbers = page.card.numbers[:MOST_NUMBERS]
    is_rtl = page.layout.language.is_rtl
    x, align = (area.left_px + area.width_px, Align.MIDDLE_RIGHT) if is_rtl else (area.left_px, Align.MIDDLE_LEFT)
    for place, (number, who) in enumerate(numbers):
        room = _row(area, Fraction(place, len(numbers)), Fraction(place + 1, len(numbers)))
        for name, text, part, largest in (
            (number, number, _row(room, 0, _DIGITS if who else 1), _LARGEST),
            (f"who answers {number}", who, _row(room, _DIGITS, _WHO), _LARGEST / 2),
        ):
            found = page.fit(text, part, most_lines=1, largest=largest)
            middle = part.top_px + part.height_px // 2
            if text:
                yield _Part(name, (found.drawn(x, middle, align, page.card.color),) if found else ())
    yield from (_Part(number, ()) for number, _ in page.card.numbers[MOST_NUMBERS:])


def _code(page: _Page, area: Area) -> Iterator[_Part]:
    """Write the code, black on white whatever the card's colours are, and its address below."""
    code, address = page.card.code, _row(area, 1 - _ADDRESS, 1)
    count = len(code) + 2 * _QUIET
    square = min(area.width_px, area.height_px - address.height_px) // count
    if square >= page.least_square_px:
        side = square * count
        place = Area(
            left_px=area.left_px + (area.width_px - side) // 2, top_px=area.top_px, width_px=side, height_px=side
        )
        squares = _squares(code, place.left_px + _QUIET * square, place.top_px + _QUIET * square, square)
        yield _Part("the code", (draw_plate(place, "#ffffff", 0), squares))
        address = Area(
            left_px=area.left_px,
            top_px=place.bottom_px,
            width_px=area.width_px,
            height_px=max(1, area.bottom_px - place.bottom_px),
        )
    else:
        yield _Part("the code", ())
    yield from page.centred("the address", page.card.address, address, most_lines=1, largest=_LARGEST / 3)


def _squares(code: Code, left_px: int, top_px: int, square: int) -> str:
    """Write the dark squares of a code as one drawing, those of a row that touch as one."""
    shapes = []
    for row, squares in enumerate(code):
        column = 0
        for is_dark, run in groupby(squares):
            length = len(list(run))
            if is_dark:
                x, y, width = column * square, row * square, length * square
                shapes.append(f"m {x} {y} l {x + width} {y} {x + width} {y + square} {x} {y + square}")
            column += length
    return rf"{{\an7\pos({left_px},{top_px})\1c&H000000&\1a&H00&\bord0\shad0\p1}}{' '.join(shapes)}{{\p0}}"


def _row(area: Area, start: Fraction | int, end: Fraction | int) -> Area:
    """Give a part of an area from one share of its height to another."""
    top, bottom = (area.top_px + round(area.height_px * each) for each in (start, end))
    return Area(left_px=area.left_px, top_px=top, width_px=area.width_px, height_px=max(1, bottom - top))


def _column(area: Area, left_px: int, width_px: int) -> Area:
    return Area(left_px=left_px, top_px=area.top_px, width_px=max(1, width_px), height_px=area.height_px)
