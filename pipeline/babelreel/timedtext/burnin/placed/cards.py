"""A card that fills the film's picture: a heading, numbers to call, and an address with its code.

Numbers come first. Where there is no room for all that should stand on a card, they get it, then who answers, the code
and the heading, in this order. The code is drawn as squares by libass, so that no picture of it has to be made and
brought along.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from fractions import Fraction
from functools import lru_cache
from itertools import groupby, product
from math import ceil
from typing import NamedTuple

from babelreel.model.film.cards import Code, ShownCard
from babelreel.model.film.composition import Area
from babelreel.model.style import LEAST_TYPE
from babelreel.model.track import Align
from babelreel.timedtext.burnin.layout import Layout
from babelreel.timedtext.burnin.placed.fitted import Fitted, fit_type
from babelreel.timedtext.burnin.placed.signs import draw_plate, free_of_mark, free_of_subtitles, shown_picture

#: What is left free at the edges, as a share of the picture's short side.
_EDGE = Fraction(6, 100)
#: The largest and the smallest type, as shares of the picture's short side; numbers are never smaller than subtitles.
_LARGEST, _SMALLEST, _SMALLEST_NUMBER = Fraction(16, 100), Fraction(45, 1000), LEAST_TYPE
#: Of a number's own room, the digits and who answers end there; the rest parts it from the next one.
_DIGITS, _WHO = Fraction(52, 100), Fraction(92, 100)
#: The same where there is little room.
_CLOSE_DIGITS, _CLOSE_WHO = Fraction(62, 100), Fraction(98, 100)
#: What a heading takes of the height, or takes where there is little room, and what the foot takes.
_HEADING, _LOW_HEADING, _FOOT = Fraction(22, 100), Fraction(15, 100), Fraction(12, 100)
#: How much of the width a code takes beside numbers, and of the height below them.
_CODE_WIDTH, _CODE_HEIGHT = Fraction(36, 100), Fraction(45, 100)
#: Of the room for a code, what its address below takes.
_ADDRESS = Fraction(16, 100)
#: What a logo takes of the height, at most and at least, and what parts it from the text.
_LOGO_ROOMS, _BELOW_LOGO = tuple(Fraction(share, 100) for share in (26, 22, 18, 15, 12)), Fraction(3, 100)
#: The smallest square of a code that a logo may cost, as a share of the picture's short side: 3 pixels of 360.
_LEAST_SQUARE = Fraction(3, 360)
#: White around a code, in squares (ISO/IEC 18004).
_QUIET = 4


class _Worth(IntEnum):
    """What a part of a card is, the one that has room before all others last."""

    ADDRESS = 1
    HEADING = 2
    CODE = 3
    WHO = 4
    NUMBER = 5


class _Part(NamedTuple):
    """A part of a card, as people call it, and what is drawn of it: nothing where it is left out."""

    name: str
    worth: _Worth
    drawn: tuple[str, ...]


class _Arrangement(NamedTuple):
    """How a card shares its room out: what the heading takes of the height, and in how many columns numbers stand.

    ``is_close``: with less room between numbers. The first one is the usual one, and a later one is taken where more
    has room in it.
    """

    has_code: bool
    heading: Fraction
    columns: int
    is_close: bool
    has_who: bool = True


_ARRANGEMENTS = (
    *(
        _Arrangement(*each)
        for each in product((True, False), (_HEADING, _LOW_HEADING, Fraction(0)), (1, 2), (False, True))
    ),
    *(_Arrangement(has_code, Fraction(0), 2, is_close=True, has_who=False) for has_code in (True, False)),
)


class _Arranged(NamedTuple):
    """A card as it is laid out: its parts, the part of the picture that they are in, and the logo's share of that."""

    parts: tuple[_Part, ...]
    inner: Area
    logo_share: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """A card while it is laid out; ``least_square_px`` is what a square of its code has at least."""

    layout: Layout
    card: ShownCard
    short_px: int
    arrangement: _Arrangement = _ARRANGEMENTS[0]
    least_square_px: int = 1

    def fit(
        self,
        text: str,
        area: Area,
        *,
        most_lines: int,
        largest: Fraction = _LARGEST,
        smallest: Fraction = _SMALLEST,
    ) -> Fitted | None:
        return fit_type(
            self.layout,
            text,
            width_px=area.width_px,
            height_px=area.height_px,
            largest_px=largest * self.short_px,
            smallest_px=smallest * self.short_px,
            most_lines=most_lines,
        )

    def centred(  # noqa: PLR0913 - a text, what it is, and its room
        self, name: str, worth: _Worth, text: str, area: Area, *, most_lines: int, largest: Fraction = _LARGEST
    ) -> Iterator[_Part]:
        """Write a text in the middle of an area, where it fits."""
        found = self.fit(text, area, most_lines=most_lines, largest=largest)
        x, y = area.left_px + area.width_px // 2, area.top_px + area.height_px // 2
        if text:
            yield _Part(name, worth, (found.drawn(x, y, Align.MIDDLE, self.card.color),) if found else ())


def draw_card(layout: Layout, card: ShownCard) -> tuple[str, ...]:
    """Write a card in ASS, its ground first; what does not fit or cannot be drawn is left out of it."""
    arranged = _arranged(layout, card)
    share, inner = arranged.logo_share, arranged.inner
    return (
        draw_plate(shown_picture(layout), card.ground, 0),
        *(_logo(card, _row(inner, 0, share)) if share else ()),
        *(text for part in arranged.parts for text in part.drawn),
    )


def left_off(layout: Layout, card: ShownCard) -> tuple[str, ...]:
    """Name what is left out of a card, because it does not fit or cannot be drawn; numbers are told by another."""
    arranged = _arranged(layout, card)
    is_logo_missing = card.logo is not None and not card.logo.is_clear and not arranged.logo_share
    others = (part.name for part in arranged.parts if not part.drawn and part.worth is not _Worth.NUMBER)
    return (*(("the logo",) if is_logo_missing else ()), *others)


def lost_numbers(layout: Layout, card: ShownCard) -> tuple[str, ...]:
    """List the numbers that have no room on a card in type that can be read: it must not be shown without them."""
    parts = _arranged(layout, card).parts if card.numbers else ()
    return tuple(part.name for part in parts if not part.drawn and part.worth is _Worth.NUMBER)


@lru_cache(maxsize=128)
def _arranged(layout: Layout, card: ShownCard) -> _Arranged:
    """Lay a card out, below a logo as large as it costs nothing that is written; none where a small one would."""
    page, inner = _laid_out(layout, card)
    parts, arrangement = _best(page, inner)
    if card.logo:
        page = replace(page, least_square_px=ceil(_LEAST_SQUARE * page.short_px))
        kept, drawn = (arrangement, *_after(arrangement)), [len(part.drawn) for part in parts]
        for each, share in product(kept, _LOGO_ROOMS):
            below = tuple(_written(replace(page, arrangement=each), _row(inner, share + _BELOW_LOGO, 1)))
            if [len(part.drawn) for part in below] == drawn:
                return _Arranged(below, inner, share)
    return _Arranged(parts, inner, None)


def _after(arrangement: _Arrangement) -> tuple[_Arrangement, ...]:
    return _ARRANGEMENTS[_ARRANGEMENTS.index(arrangement) + 1 :]


def _best(page: _Page, inner: Area) -> tuple[tuple[_Part, ...], _Arrangement]:
    """Lay a card out so that all of it has room, or else what matters most."""
    found = [(tuple(_written(page, inner)), page.arrangement)]
    for each in _after(page.arrangement):
        if all(part.drawn for part in found[-1][0]):
            return found[-1]
        found.append((tuple(_written(replace(page, arrangement=each), inner)), each))
    return max(found, key=lambda each: _worth(each[0]))


def _worth(parts: Sequence[_Part]) -> tuple[int, ...]:
    """Count what is drawn, of what matters most first."""
    return tuple(sum(part.worth is worth and bool(part.drawn) for part in parts) for worth in reversed(_Worth))


def _laid_out(layout: Layout, card: ShownCard) -> tuple[_Page, Area]:
    """Return a card to lay out, and the part of the picture that it may be written in."""
    picture = shown_picture(layout)
    short_px = min(picture.width_px, picture.height_px)
    edge = round(short_px * _EDGE)
    top, bottom = (free_of_subtitles if card.has_lines else free_of_mark)(layout, picture, edge)
    inner = Area(
        left_px=picture.left_px + edge,
        top_px=top,
        width_px=picture.width_px - 2 * edge,
        height_px=max(1, bottom - top),
    )
    return _Page(layout=layout, card=card, short_px=short_px), inner


def _logo(card: ShownCard, room: Area) -> tuple[str, ...]:
    from babelreel.timedtext.burnin.placed.logo import draw_logo  # noqa: PLC0415 - loads numpy, for few projects

    return draw_logo(card.logo, room, card.ground) if card.logo else ()


def _written(page: _Page, inner: Area) -> Iterator[_Part]:
    card, heading = page.card, page.arrangement.heading
    if not (card.numbers or card.code):
        yield from _title(page, inner)
        return
    if heading:
        row = _row(inner, 0, heading)
        yield from page.centred("the title", _Worth.HEADING, card.heading, row, most_lines=2, largest=_LARGEST * 2 / 3)
    elif card.heading:
        yield _Part("the title", _Worth.HEADING, ())
    body = _row(inner, heading, 1)
    has_code = card.code and (page.arrangement.has_code or not card.numbers)
    if not has_code:
        yield from _numbers(page, body)
        yield from (_Part(name, worth, ()) for name, worth in _CODE_PARTS if card.code)
    elif not card.numbers:
        yield from _code(page, body)
    elif inner.width_px >= inner.height_px:
        yield from _beside_code(page, body)
    else:
        yield from _numbers(page, _row(body, 0, 1 - _CODE_HEIGHT))
        yield from _code(page, _row(body, 1 - _CODE_HEIGHT, 1))


_CODE_PARTS = (("the code", _Worth.CODE), ("the address", _Worth.ADDRESS))


def _title(page: _Page, inner: Area) -> Iterator[_Part]:
    """Write a heading alone, and below it whose film it is."""
    card = page.card
    foot = _row(inner, 1 - _FOOT * 2, 1) if card.foot else None
    above = _row(inner, 0, 1 - _FOOT * 2) if foot else inner
    yield from page.centred("the title", _Worth.HEADING, card.heading, above, most_lines=4)
    if foot:
        yield from page.centred("the organisation", _Worth.ADDRESS, card.foot, foot, most_lines=2, largest=_LARGEST / 2)


def _beside_code(page: _Page, body: Area) -> Iterator[_Part]:
    """Write numbers where reading begins, and the code beside them: no wider than it is high, if room is scarce."""
    width = round(body.width_px * _CODE_WIDTH)
    if page.arrangement.columns > 1:
        width = min(width, body.height_px)
    is_left = page.layout.language.is_rtl
    gap = page.short_px * _EDGE
    rest = round(body.width_px - width - gap)
    code_left = body.left_px if is_left else body.left_px + body.width_px - width
    numbers_left = body.left_px + body.width_px - rest if is_left else body.left_px
    yield from _numbers(page, _column(body, numbers_left, rest))
    yield from _code(page, _column(body, code_left, width))


def _numbers(page: _Page, area: Area) -> Iterator[_Part]:
    """Write numbers below one another, each in one line, and below it who answers; the next column goes on."""
    numbers, columns = page.card.numbers, page.arrangement.columns
    is_rtl = page.layout.language.is_rtl
    rows = ceil(Fraction(len(numbers), columns))
    gap = round(page.short_px * _EDGE)
    width = (area.width_px - (columns - 1) * gap) // columns
    for place, (number, who) in enumerate(numbers):
        column, row = divmod(place, rows)
        at = columns - 1 - column if is_rtl else column
        left = area.left_px + at * (width + gap) if columns > 1 else area.left_px
        room = _row(_column(area, left, width), Fraction(row, rows), Fraction(row + 1, rows))
        yield from _number(page, room, number, who)


def _number(page: _Page, room: Area, number: str, who: str) -> Iterator[_Part]:
    is_rtl = page.layout.language.is_rtl
    x, align = (room.left_px + room.width_px, Align.MIDDLE_RIGHT) if is_rtl else (room.left_px, Align.MIDDLE_LEFT)
    digits, end = (_CLOSE_DIGITS, _CLOSE_WHO) if page.arrangement.is_close else (_DIGITS, _WHO)
    has_who = page.arrangement.has_who and who
    above, below = _row(room, 0, digits if has_who else 1), _row(room, digits, end)
    for name, worth, text, part, largest, smallest in (
        (number, _Worth.NUMBER, number, above, _LARGEST, _SMALLEST_NUMBER),
        (f"who answers {number}", _Worth.WHO, who, below, _LARGEST / 2, _SMALLEST),
    ):
        is_shown = worth is _Worth.NUMBER or has_who
        found = page.fit(text, part, most_lines=1, largest=largest, smallest=smallest) if is_shown else None
        middle = part.top_px + part.height_px // 2
        if text:
            yield _Part(name, worth, (found.drawn(x, middle, align, page.card.color),) if found else ())


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
        yield _Part("the code", _Worth.CODE, (draw_plate(place, "#ffffff", 0), squares))
        address = Area(
            left_px=area.left_px,
            top_px=place.bottom_px,
            width_px=area.width_px,
            height_px=max(1, area.bottom_px - place.bottom_px),
        )
    else:
        yield _Part("the code", _Worth.CODE, ())
    yield from page.centred(
        "the address", _Worth.ADDRESS, page.card.address, address, most_lines=1, largest=_LARGEST / 3
    )


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
