"""Write what stands on a card, each part into the room that an arrangement leaves for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from babelreel.model.film.cards import ShownCard
from babelreel.model.film.composition import Area
from babelreel.model.style import LEAST_TYPE
from babelreel.model.track import Align
from babelreel.timedtext.burnin.layout import Layout
from babelreel.timedtext.burnin.placed.card_arrangements import ARRANGEMENTS, Arrangement, Part, Worth
from babelreel.timedtext.burnin.placed.card_code import code_area, draw_code, square_px_in
from babelreel.timedtext.burnin.placed.fitted import Fitted, fit_type

#: What is left free at the edges, as a share of the picture's short side.
EDGE = Fraction(6, 100)
#: The largest and the smallest type, as shares of the picture's short side; numbers are never smaller than subtitles.
_LARGEST, _SMALLEST, _SMALLEST_NUMBER = Fraction(16, 100), Fraction(45, 1000), LEAST_TYPE
#: Of a number's own room, the digits and who answers end there; the rest parts it from the next one.
_DIGITS, _WHO = Fraction(52, 100), Fraction(92, 100)
#: The same where there is little room.
_CLOSE_DIGITS, _CLOSE_WHO = Fraction(62, 100), Fraction(98, 100)
#: What the foot takes of the height.
_FOOT = Fraction(12, 100)
#: How much of the width a code takes beside numbers, and of the height below them.
_CODE_WIDTH, _CODE_HEIGHT = Fraction(36, 100), Fraction(45, 100)
#: Of the room for a code, what its address below takes.
_ADDRESS = Fraction(16, 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A card while it is laid out; ``least_square_px`` is what a square of its code has at least."""

    layout: Layout
    card: ShownCard
    short_px: int
    arrangement: Arrangement = ARRANGEMENTS[0]
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
        """Fit a text into an area, in type between two shares of the picture's short side; ``None``: it has no room."""
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
        self, name: str, worth: Worth, text: str, area: Area, *, most_lines: int, largest: Fraction = _LARGEST
    ) -> Iterator[Part]:
        """Write a text in the middle of an area, where it fits."""
        found = self.fit(text, area, most_lines=most_lines, largest=largest)
        x, y = area.left_px + area.width_px // 2, area.top_px + area.height_px // 2
        if text:
            yield Part(name, worth, (found.drawn(x, y, Align.MIDDLE, self.card.color),) if found else ())


def write_parts(page: Page, inner: Area) -> Iterator[Part]:
    """Write all parts of a card into a part of the picture, in the arrangement of the page."""
    card, heading = page.card, page.arrangement.heading
    if not (card.numbers or card.code):
        yield from _title(page, inner)
        return
    if heading:
        row = row_of(inner, 0, heading)
        yield from page.centred("the title", Worth.HEADING, card.heading, row, most_lines=2, largest=_LARGEST * 2 / 3)
    elif card.heading:
        yield Part("the title", Worth.HEADING, ())
    body = row_of(inner, heading, 1)
    has_code = card.code and (page.arrangement.has_code or not card.numbers)
    if not has_code:
        yield from _numbers(page, body)
        yield from (Part(name, worth, ()) for name, worth in _CODE_PARTS if card.code)
    elif not card.numbers:
        yield from _code(page, body)
    elif inner.width_px >= inner.height_px:
        yield from _beside_code(page, body)
    else:
        yield from _numbers(page, row_of(body, 0, 1 - _CODE_HEIGHT))
        yield from _code(page, row_of(body, 1 - _CODE_HEIGHT, 1))


_CODE_PARTS = (("the code", Worth.CODE), ("the address", Worth.ADDRESS))


def _title(page: Page, inner: Area) -> Iterator[Part]:
    """Write a heading alone, and below it whose film it is."""
    card = page.card
    foot = row_of(inner, 1 - _FOOT * 2, 1) if card.foot else None
    above = row_of(inner, 0, 1 - _FOOT * 2) if foot else inner
    yield from page.centred("the title", Worth.HEADING, card.heading, above, most_lines=4)
    if foot:
        yield from page.centred("the organisation", Worth.ADDRESS, card.foot, foot, most_lines=2, largest=_LARGEST / 2)


def _beside_code(page: Page, body: Area) -> Iterator[Part]:
    """Write numbers where reading begins, and the code beside them: no wider than it is high, if room is scarce."""
    width = round(body.width_px * _CODE_WIDTH)
    if page.arrangement.columns > 1:
        width = min(width, body.height_px)
    is_left = page.layout.language.is_rtl
    gap = page.short_px * EDGE
    rest = round(body.width_px - width - gap)
    code_left = body.left_px if is_left else body.left_px + body.width_px - width
    numbers_left = body.left_px + body.width_px - rest if is_left else body.left_px
    yield from _numbers(page, _column(body, numbers_left, rest))
    yield from _code(page, _column(body, code_left, width))


def _numbers(page: Page, area: Area) -> Iterator[Part]:
    """Write numbers below one another, each in one line, and below it who answers; the next column goes on."""
    numbers, columns = page.card.numbers, page.arrangement.columns
    is_rtl = page.layout.language.is_rtl
    rows = ceil(Fraction(len(numbers), columns))
    gap = round(page.short_px * EDGE)
    width = (area.width_px - (columns - 1) * gap) // columns
    for place, (number, who) in enumerate(numbers):
        column, row = divmod(place, rows)
        at = columns - 1 - column if is_rtl else column
        left = area.left_px + at * (width + gap) if columns > 1 else area.left_px
        room = row_of(_column(area, left, width), Fraction(row, rows), Fraction(row + 1, rows))
        yield from _number(page, room, number, who)


def _number(page: Page, room: Area, number: str, who: str) -> Iterator[Part]:
    is_rtl = page.layout.language.is_rtl
    x, align = (room.left_px + room.width_px, Align.MIDDLE_RIGHT) if is_rtl else (room.left_px, Align.MIDDLE_LEFT)
    digits, end = (_CLOSE_DIGITS, _CLOSE_WHO) if page.arrangement.is_close else (_DIGITS, _WHO)
    has_who = page.arrangement.has_who and who
    above, below = row_of(room, 0, digits if has_who else 1), row_of(room, digits, end)
    for name, worth, text, part, largest, smallest in (
        (number, Worth.NUMBER, number, above, _LARGEST, _SMALLEST_NUMBER),
        (f"who answers {number}", Worth.WHO, who, below, _LARGEST / 2, _SMALLEST),
    ):
        is_shown = worth is Worth.NUMBER or has_who
        found = page.fit(text, part, most_lines=1, largest=largest, smallest=smallest) if is_shown else None
        middle = part.top_px + part.height_px // 2
        if text:
            yield Part(name, worth, (found.drawn(x, middle, align, page.card.color),) if found else ())


def _code(page: Page, area: Area) -> Iterator[Part]:
    """Write the code and its address below."""
    code, address = page.card.code, row_of(area, 1 - _ADDRESS, 1)
    square = square_px_in(code, area.width_px, area.height_px - address.height_px)
    if square >= page.least_square_px:
        place = code_area(code, square, area)
        yield Part("the code", Worth.CODE, draw_code(code, square, place))
        address = Area(
            left_px=area.left_px,
            top_px=place.bottom_px,
            width_px=area.width_px,
            height_px=max(1, area.bottom_px - place.bottom_px),
        )
    else:
        yield Part("the code", Worth.CODE, ())
    yield from page.centred(
        "the address", Worth.ADDRESS, page.card.address, address, most_lines=1, largest=_LARGEST / 3
    )


def row_of(area: Area, start: Fraction | int, end: Fraction | int) -> Area:
    """Take a part of an area from one share of its height to another."""
    top, bottom = (area.top_px + round(area.height_px * each) for each in (start, end))
    return Area(left_px=area.left_px, top_px=top, width_px=area.width_px, height_px=max(1, bottom - top))


def _column(area: Area, left_px: int, width_px: int) -> Area:
    return Area(left_px=left_px, top_px=area.top_px, width_px=max(1, width_px), height_px=area.height_px)
