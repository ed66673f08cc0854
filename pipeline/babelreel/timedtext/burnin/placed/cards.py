"""A card that fills the film's picture: a heading, numbers to call, and an address with its code.

Numbers come first. Where there is no room for all that should stand on a card, they get it, then who answers, the code
and the heading, in this order.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import product
from math import ceil
from typing import NamedTuple

from babelreel.model.film.cards import ShownCard
from babelreel.model.film.composition import Area
from babelreel.timedtext.burnin.layout import Layout
from babelreel.timedtext.burnin.placed.card_arrangements import Arrangement, Part, Worth, later_arrangements, worth_of
from babelreel.timedtext.burnin.placed.card_writing import EDGE, Page, row_of, write_parts
from babelreel.timedtext.burnin.placed.signs import draw_plate, free_of_mark, free_of_subtitles, shown_picture

#: What a logo takes of the height, at most and at least, and what parts it from the text.
_LOGO_ROOMS, _BELOW_LOGO = tuple(Fraction(share, 100) for share in (26, 22, 18, 15, 12)), Fraction(3, 100)
#: The smallest square of a code that a logo may cost, as a share of the picture's short side: 3 pixels of 360.
_LEAST_SQUARE = Fraction(3, 360)


class _Arranged(NamedTuple):
    """A card as it is laid out: its parts, the part of the picture that they are in, and the logo's share of that."""

    parts: tuple[Part, ...]
    inner: Area
    logo_share: Fraction | None


def draw_card(layout: Layout, card: ShownCard) -> tuple[str, ...]:
    """Write a card in ASS, its ground first; what does not fit or cannot be drawn is left out of it."""
    arranged = _arranged(layout, card)
    share, inner = arranged.logo_share, arranged.inner
    return (
        draw_plate(shown_picture(layout), card.ground, 0),
        *(_logo(card, row_of(inner, 0, share)) if share else ()),
        *(text for part in arranged.parts for text in part.drawn),
    )


def left_off(layout: Layout, card: ShownCard) -> tuple[str, ...]:
    """Name what is left out of a card, because it does not fit or cannot be drawn; numbers are told by another."""
    arranged = _arranged(layout, card)
    is_logo_missing = card.logo is not None and not card.logo.is_clear and not arranged.logo_share
    others = (part.name for part in arranged.parts if not part.drawn and part.worth is not Worth.NUMBER)
    return (*(("the logo",) if is_logo_missing else ()), *others)


def lost_numbers(layout: Layout, card: ShownCard) -> tuple[str, ...]:
    """List the numbers that have no room on a card in type that can be read: it must not be shown without them."""
    parts = _arranged(layout, card).parts if card.numbers else ()
    return tuple(part.name for part in parts if not part.drawn and part.worth is Worth.NUMBER)


@lru_cache(maxsize=128)
def _arranged(layout: Layout, card: ShownCard) -> _Arranged:
    """Lay a card out, below a logo as large as it costs nothing that is written; none where a small one would."""
    page, inner = _laid_out(layout, card)
    parts, arrangement = _best(page, inner)
    if card.logo:
        page = replace(page, least_square_px=ceil(_LEAST_SQUARE * page.short_px))
        kept, drawn = (arrangement, *later_arrangements(arrangement)), [len(part.drawn) for part in parts]
        for each, share in product(kept, _LOGO_ROOMS):
            below = tuple(write_parts(replace(page, arrangement=each), row_of(inner, share + _BELOW_LOGO, 1)))
            if [len(part.drawn) for part in below] == drawn:
                return _Arranged(below, inner, share)
    return _Arranged(parts, inner, None)


def _best(page: Page, inner: Area) -> tuple[tuple[Part, ...], Arrangement]:
    """Lay a card out so that all of it has room, or else what matters most."""
    found = [(tuple(write_parts(page, inner)), page.arrangement)]
    for each in later_arrangements(page.arrangement):
        if all(part.drawn for part in found[-1][0]):
            return found[-1]
        found.append((tuple(write_parts(replace(page, arrangement=each), inner)), each))
    return max(found, key=lambda each: worth_of(each[0]))


def _laid_out(layout: Layout, card: ShownCard) -> tuple[Page, Area]:
    """Return a card to lay out, and the part of the picture that it may be written in."""
    picture = shown_picture(layout)
    short_px = min(picture.width_px, picture.height_px)
    edge = round(short_px * EDGE)
    top, bottom = (free_of_subtitles if card.has_lines else free_of_mark)(layout, picture, edge)
    inner = Area(
        left_px=picture.left_px + edge,
        top_px=top,
        width_px=picture.width_px - 2 * edge,
        height_px=max(1, bottom - top),
    )
    return Page(layout=layout, card=card, short_px=short_px), inner


def _logo(card: ShownCard, room: Area) -> tuple[str, ...]:
    from babelreel.timedtext.burnin.placed.logo import draw_logo  # noqa: PLC0415 - loads numpy, for few projects

    return draw_logo(card.logo, room, card.ground) if card.logo else ()
