"""Place the film's picture, its text and its title in an edition.

Nothing of the picture is cut off, and no text stands where an app has its buttons.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, isqrt

from babelreel.model.film.ladder.editions import Edition, covered_margins
from babelreel.model.film.ladder.encoding_ladder import Rung, fit_frame

#: BBC subtitle guidelines, for 9:16: so many lines, and so many characters in each
#: (bbc.co.uk/accessibility/forproducts/guides/subtitles). For 1:1 they name the width alone.
MOST_LINES, _LINE_CHARACTERS = 3, {Edition.UPRIGHT: 25}
#: How high a line of the tallest bundled font is, that for Arabic, as a multiple of the type size.
_TALLEST = Fraction(143, 100)
#: The type of the title as a share of that of the text.
TITLE_SHARE = Fraction(85, 100)
#: The type of the second language of a pair as a share of that of the first. On the smallest phones' files, whose type
#: is 10 % of the picture's height, it is the 8 % that the BBC allows a line of any film. Two lines of each at most.
SECOND_SHARE, PAIR_LINES_EACH = Fraction(80, 100), 2
_PAIR_LINES = PAIR_LINES_EACH * (1 + SECOND_SHARE)
#: Room between picture and text, and between picture and title, as a share of the type size: outlines stay apart.
_GAP = Fraction(7, 100)
#: The share of the picture that an interpreter takes at least: "no smaller than one sixth of the picture" (Ofcom, as
#: quoted by the Irish guidelines for digital television, universaldesign.ie, "Ensure that the signer is easy to see").
LEAST_SIGNER = Fraction(1, 6)
#: A picture that would be smaller than this beside its text, as a share of what it could be alone, is shown as large as
#: it can be, with the text in it: what is filmed upright fills an upright screen.
_LEAST_SHARE = Fraction(60, 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A part of a picture."""

    left_px: int
    top_px: int
    width_px: int
    height_px: int

    @property
    def bottom_px(self) -> int:
        """The first line below it."""
        return self.top_px + self.height_px


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """Where things stand in an edition: the film's whole ``picture``, its ``text``, and its ``title`` if there is room.

    ``is_below``: the text begins right below the picture; else it ends at the bottom of its area, over the picture.
    ``line_characters`` is how long lines should be, if they need not be as wide as their area.
    """

    picture: Area
    text: Area
    title: Area | None
    is_below: bool
    line_characters: int | None = None


def compose(rung: Rung, width_px: int, height_px: int, *, is_pair: bool = False) -> Composition | None:
    """Lay out an edition of a film with this display size; ``None`` for a rung in the film's own shape.

    The picture is as wide as the edition where text and title leave so much room. Where they do not, the title goes
    first, and then the picture gets smaller. ``is_pair``: the texts of two languages stand there, and no title.
    """
    if rung.edition is Edition.SIGNED:
        return _beside_signer(rung, Fraction(width_px, height_px))
    return _Canvas(rung, Fraction(width_px, height_px), is_pair=is_pair).compose() if rung.edition else None


def signer_area(rung: Rung, width_px: int, height_px: int) -> Area:
    """Find where an interpreter's film of this display size is shown: whole, in its corner, beside the film's picture.

    It takes a sixth of the picture or more where it is not wider than 16:9.
    """
    whole, column = fit_frame(rung, 1, 1, Fraction(1)), _signer_column(rung)
    scale = min(Fraction(column, width_px), Fraction(whole.height_px, height_px))
    width, height = _even(width_px * scale), _even(height_px * scale)
    return Area(
        left_px=0 if rung.place.is_left else whole.width_px - width,
        top_px=0 if rung.place.is_top else whole.height_px - height,
        width_px=width,
        height_px=height,
    )


def is_signer_large(rung: Rung, width_px: int, height_px: int) -> bool:
    """Tell whether an interpreter's film of this display size gets the least share of the picture."""
    whole, area = fit_frame(rung, 1, 1, Fraction(1)), signer_area(rung, width_px, height_px)
    return area.width_px * area.height_px >= LEAST_SIGNER * whole.width_px * whole.height_px


def _signer_column(rung: Rung) -> int:
    """Compute how wide an interpreter's film may be: that of 16:9 takes the least share of the picture."""
    whole = fit_frame(rung, 1, 1, Fraction(1))
    return _even_up(isqrt(ceil(LEAST_SIGNER * whole.width_px * whole.height_px * Fraction(16, 9))) + 1)


def _beside_signer(rung: Rung, shape: Fraction) -> Composition:
    """Lay out a film beside its interpreter, the text below the film: nothing lies over anything."""
    whole = fit_frame(rung, 1, 1, Fraction(1))
    type_px = rung.type_size * whole.height_px
    gap, text_height = gap_px(type_px), ceil(MOST_LINES * type_px * _TALLEST)
    apart = _even_up(gap)
    room = whole.width_px - _signer_column(rung) - 2 * apart
    height = min(_even(room / shape), (whole.height_px - text_height - gap) // 2 * 2)
    width = min(room, _even(height * shape))
    left = whole.width_px - room - apart if rung.place.is_left else apart
    top = (whole.height_px - height - gap - text_height) // 4 * 2
    picture = Area(left_px=left + (room - width) // 4 * 2, top_px=top, width_px=width, height_px=height)
    text = Area(left_px=left, top_px=picture.bottom_px + gap, width_px=room, height_px=text_height)
    return Composition(picture=picture, text=text, title=None, is_below=True)


def gap_px(type_px: Fraction) -> int:
    """Compute the room between what is drawn and what stands beside it, for a type size."""
    return ceil(type_px * _GAP)


class _Canvas:
    """An edition's picture while it is laid out."""

    def __init__(self, rung: Rung, shape: Fraction, *, is_pair: bool) -> None:
        assert rung.edition, "only editions are laid out"  # noqa: S101 - for mypy
        covered = covered_margins(rung.edition)
        whole = fit_frame(rung, rung.short_px, rung.long_px, Fraction(1))
        self.width, self.height, self.shape = whole.width_px, whole.height_px, shape
        self.side = ceil(self.width * covered.side)
        self.top, self.bottom = ceil(self.height * covered.top), floor(self.height * (1 - covered.bottom))
        type_px = rung.type_size * min(self.width, self.height)
        self.is_pair = is_pair
        self.line_characters = None if is_pair else _LINE_CHARACTERS.get(rung.edition)
        self.gap = gap_px(type_px)
        self.text_height = ceil((_PAIR_LINES if is_pair else MOST_LINES) * type_px * _TALLEST)
        self.text_height += self.gap if is_pair else 0
        self.title_height = ceil(type_px * TITLE_SHARE * _TALLEST)

    def compose(self) -> Composition:
        height = _even(self.width / self.shape)
        spare = self.bottom - self.top - self.title_height - height - self.text_height - 2 * self.gap
        if spare >= 0 and not self.is_pair:
            top = _even_up(self.top + self.title_height + self.gap + spare // 2)
            if top + height + self.gap + self.text_height <= self.bottom:
                title = self._across(top - self.gap - self.title_height, self.title_height)
                return self._below(self._picture(self.width, height, top), title)
        lowest = (self.bottom - self.text_height - self.gap) // 2 * 2
        alone = min(height, self.height)
        shown = min(height, lowest)
        if shown < alone * _LEAST_SHARE:
            return self._over()
        width = self.width if shown == height else _even(shown * self.shape)
        return self._below(self._picture(width, shown, lowest - shown), None)

    def _below(self, picture: Area, title: Area | None) -> Composition:
        text = self._across(picture.bottom_px + self.gap, self.text_height)
        return Composition(picture=picture, text=text, title=title, is_below=True, line_characters=self.line_characters)

    def _over(self) -> Composition:
        height = min(self.height, _even(self.width / self.shape))
        width = min(self.width, _even(height * self.shape))
        picture = self._picture(width, height, (self.height - height) // 4 * 2)
        text = self._across(self.bottom - self.text_height, self.text_height)
        return Composition(picture=picture, text=text, title=None, is_below=False, line_characters=self.line_characters)

    def _picture(self, width: int, height: int, top: int) -> Area:
        return Area(left_px=(self.width - width) // 4 * 2, top_px=top, width_px=width, height_px=height)

    def _across(self, top: int, height: int) -> Area:
        """Return the part between the margins at the sides."""
        return Area(left_px=self.side, top_px=top, width_px=self.width - 2 * self.side, height_px=height)


def _even(length: Fraction) -> int:
    """Round to an even number, as pictures that share a colour among four pixels have it."""
    return max(2, 2 * round(length / 2))


def _even_up(length: int) -> int:
    return length + length % 2
