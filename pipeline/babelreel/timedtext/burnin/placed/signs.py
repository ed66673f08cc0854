r"""Words in the picture as they are drawn: where, how large, and on what.

All places are written (``\pos``), so that libass moves nothing for them, and no cue costs more than its own cells.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor

from babelreel.model.film.composition import SECOND_SHARE, Area
from babelreel.model.film.signs import ShownSign, SignStyle
from babelreel.model.track import Align, Cue
from babelreel.timedtext.burnin.ass_text import render_line
from babelreel.timedtext.burnin.band import band_lines, keeps_words, line_px
from babelreel.timedtext.burnin.layout import Layout, Line
from babelreel.timedtext.burnin.line_width import find_shaper
from babelreel.timedtext.words.whole_numbers import marks_beside_words

#: The size of type as a share of that of subtitles.
_SIZES = {
    SignStyle.SIGN: Fraction(90, 100),
    SignStyle.TITLE: Fraction(140, 100),
    SignStyle.LOWER_THIRD: Fraction(85, 100),
}
#: What does not fit is drawn smaller, down to this share of its size: then it is still larger than small print.
SMALLER = tuple(Fraction(share, 100) for share in (100, 90, 80, 70, 60))
#: Room between words and the edge of their plate, as a share of the type size.
_PADDING = Fraction(35, 100)
#: Room that is left free at the edges of the picture, as a share of its width and height: players cut a little off.
_EDGE = Fraction(4, 100)
#: How wide words beside the middle may be, and how high all may be, as shares of the picture.
_SIDE_WIDTH, _MOST_HEIGHT = Fraction(36, 100), Fraction(1, 3)
#: Lines of each language above which words at the bottom stand, and how high a line of the tallest font is.
_CUE_LINES, _TALLEST = 2, Fraction(143, 100)
#: How much of a plate is seen, in percent; through the rest the picture is, which ASS counts up to 255.
PLATE_PERCENT = 85
_SEEN_THROUGH = 255 * (100 - PLATE_PERCENT) // 100
_COLUMNS = (Align.BOTTOM_LEFT, Align.BOTTOM, Align.BOTTOM_RIGHT)


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidSign:
    """Words in the picture as they are laid out: their lines, the plate, and whether they fit where they should be.

    ``layout`` is as wide as the words may be, with the size of their type. ``drawn`` holds all that is seen: the plate,
    and words that are larger than it.
    """

    layout: Layout
    lines: tuple[Line, ...]
    plate: Area
    drawn: Area
    align: Align
    fits: bool


def lay_sign(layout: Layout, shown: ShownSign, most: Fraction = SMALLER[0]) -> LaidSign:
    """Lay words out for a picture, as large as they fit; with the smallest type where they do not.

    ``most`` is the largest share of their usual size that they may have.
    """
    area, align = _room(layout, shown)
    sizes = [_lay(layout, shown, area, align, share) for share in SMALLER if share <= most]
    return next((each for each in sizes if each.fits), sizes[-1])


def draw_sign(layout: Layout, shown: ShownSign, laid: LaidSign) -> tuple[str, ...]:
    """Write words in ASS, the plate under them first; nothing for words of which nothing is seen."""
    if not laid.lines:
        return ()
    text = r"\N".join(render_line(laid.layout, line) for line in laid.lines)
    plate, has_plate = laid.plate, shown.sign.style is not SignStyle.TITLE
    middle = plate.top_px + plate.height_px // 2
    x, anchor = plate.left_px + plate.width_px // 2, Align.MIDDLE
    if shown.sign.style is SignStyle.LOWER_THIRD:
        pad = _padding_px(laid.layout)
        is_right = layout.language.is_rtl
        x, anchor = (
            (plate.left_px + plate.width_px - pad, Align.MIDDLE_RIGHT)
            if is_right
            else (plate.left_px + pad, Align.MIDDLE_LEFT)
        )
    bare = r"\bord0\shad0" if has_plate else ""
    size = laid.layout.font_size(layout.font)
    words = rf"{{\an{anchor.value}\pos({x},{middle})\q2{bare}\fs{size}}}{text}"
    color = layout.style.background or layout.style.outline_color
    return (draw_plate(plate, color, _SEEN_THROUGH), words) if has_plate else (words,)


def draw_plate(area: Area, color: str, seen_through: int) -> str:
    """Write a rectangle of one colour in ASS; ``seen_through`` is 0 for one that hides what is behind it, up to 255."""
    red, green, blue = bytes.fromhex(color.removeprefix("#"))
    width, height = area.width_px, area.height_px
    look = rf"\1c&H{blue:02X}{green:02X}{red:02X}&\1a&H{seen_through:02X}&\bord0\shad0"
    shape = f"m 0 0 l {width} 0 {width} {height} 0 {height}"
    return rf"{{\an7\pos({area.left_px},{area.top_px}){look}\p1}}{shape}{{\p0}}"


def _lay(layout: Layout, shown: ShownSign, area: Area, align: Align, share: Fraction) -> LaidSign:
    type_px = layout.type_px * _SIZES[shown.sign.style] * share
    padding = ceil(type_px * _PADDING)
    narrow = narrowed(layout, max(1, area.width_px - 2 * padding), type_px)
    cue = Cue(number=0, span=shown.sign.span, lines=tuple(map(marks_beside_words, shown.lines)))
    lines = band_lines(narrow, cue)
    wide = max((find_shaper(layout.font, layout.language).width_em(line.text) for line in lines), default=Fraction(0))
    width = ceil(wide * narrow.em_px) + 2 * padding
    height = ceil(len(lines) * line_px(narrow, shown.text)) + padding
    fits = width <= area.width_px and height <= area.height_px and keeps_words(layout, cue.lines, lines)
    words = _placed(area, align, width, height)
    plate = area if shown.sign.box else words
    return LaidSign(layout=narrow, lines=lines, plate=plate, drawn=_around(plate, words), align=align, fits=fits)


def _around(one: Area, other: Area) -> Area:
    """Find the smallest part of the picture that holds two others."""
    left, top = min(one.left_px, other.left_px), min(one.top_px, other.top_px)
    right = max(each.left_px + each.width_px for each in (one, other))
    return Area(left_px=left, top_px=top, width_px=right - left, height_px=max(one.bottom_px, other.bottom_px) - top)


def narrowed(layout: Layout, width_px: int, type_px: Fraction) -> Layout:
    """Make a layout for text of a size in a part of the picture, of which the width alone matters."""
    frame = replace(layout.frame, width_px=width_px, height_px=max(width_px, layout.frame.height_px))
    return replace(
        layout,
        frame=frame,
        style=replace(layout.style, side_margin=0.0, size=Fraction(1)),  # it is in ``type_px``
        type_size=type_px / min(frame.width_px, frame.height_px),
        composition=None,
    )


def _padding_px(layout: Layout) -> int:
    return ceil(layout.type_px * _PADDING)


def _placed(area: Area, align: Align, width: int, height: int) -> Area:
    row, column = divmod(int(align.value) - 1, 3)
    left = area.left_px + column * (area.width_px - width) // 2
    top = area.bottom_px - height - row * (area.height_px - height) // 2
    return Area(left_px=left, top_px=top, width_px=width, height_px=height)


def _room(layout: Layout, shown: ShownSign) -> tuple[Area, Align]:
    """Find the part of the picture that words may take, and at which edge of it they stand."""
    picture = shown_picture(layout)
    sign = shown.sign
    if sign.box:
        box = sign.box
        area = Area(
            left_px=picture.left_px + floor(picture.width_px * box.left),
            top_px=picture.top_px + floor(picture.height_px * box.top),
            width_px=floor(picture.width_px * box.width),
            height_px=floor(picture.height_px * box.height),
        )
        return area, Align.MIDDLE
    align = sign.place or _usual_place(layout, sign.style)
    _, column = divmod(int(align.value) - 1, 3)
    side, edge = find_side(picture), find_edge(picture)
    inner = picture.width_px - 2 * side
    width = inner if column == 1 else min(inner, floor(picture.width_px * _width_share(sign.style)))
    top, bottom = free_of_subtitles(layout, picture, edge)
    height = min(bottom - top, floor(picture.height_px * _MOST_HEIGHT))
    row = (int(align.value) - 1) // 3
    place = Area(left_px=picture.left_px + side, top_px=top, width_px=inner, height_px=max(1, bottom - top))
    if row == 1 and not layout.is_pair:  # in the middle of the picture, whatever is kept free below
        place = replace(place, height_px=picture.bottom_px - edge - top)
    return _placed(place, align, width, max(1, height)), align


def _width_share(style: SignStyle) -> Fraction:
    return Fraction(60, 100) if style is SignStyle.LOWER_THIRD else _SIDE_WIDTH


def _usual_place(layout: Layout, style: SignStyle) -> Align:
    if style is SignStyle.LOWER_THIRD:
        return Align.BOTTOM_RIGHT if layout.language.is_rtl else Align.BOTTOM_LEFT
    return Align.MIDDLE if style is SignStyle.TITLE else Align.TOP


def shown_picture(layout: Layout) -> Area:
    """Find where the film is shown: in an edition, words in the picture stand inside of it too."""
    if layout.composition:
        return layout.composition.picture
    frame = layout.frame
    return Area(left_px=0, top_px=0, width_px=frame.width_px, height_px=frame.height_px)


def find_edge(picture: Area) -> int:
    """Return how much is left free above and below words, in pixels."""
    return ceil(picture.height_px * _EDGE)


def find_side(picture: Area) -> int:
    """Return how much is left free on each side of words, in pixels."""
    return ceil(picture.width_px * _EDGE)


def free_of_subtitles(layout: Layout, picture: Area, edge: int) -> tuple[int, int]:
    """Find from where down to where words may stand: beside two lines of subtitles, of each language in the picture.

    They stand below a draft's mark, too.
    """
    top, bottom = free_of_mark(layout, picture, edge)
    lines = ceil(_CUE_LINES * layout.type_px * _TALLEST * (1 + SECOND_SHARE if layout.is_pair else 1))
    if layout.composition:
        return top, bottom if layout.composition.is_below else min(bottom, layout.composition.text.bottom_px - lines)
    if layout.align is Align.TOP:
        return max(top, layout.margin_px + lines + layout.mark_px), bottom
    return top, min(bottom, layout.frame.height_px - layout.margin_px - lines)


def free_of_mark(layout: Layout, picture: Area, edge: int) -> tuple[int, int]:
    """Find from where down to where something may stand over which no line is shown: below a draft's mark alone."""
    above = 0 if layout.composition else layout.margin_px
    mark = above + layout.mark_px if layout.mark_px else 0
    return picture.top_px + max(edge, mark), picture.bottom_px - edge
