"""A logo in a part of a card: as large as it fits, at most its own size, and on a plate where it would not be seen."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import ceil

from babelreel.model.colour import BLACK, WHITE, contrast
from babelreel.model.film.bitmap import Bitmap
from babelreel.model.film.composition import Area
from babelreel.timedtext.burnin.placed.bitmap import Shape, bitmap_shapes, has_clear_edge
from babelreel.timedtext.burnin.placed.signs import draw_plate

#: Room around a logo on its plate, as a share of the height of both.
_PADDING = Fraction(10, 100)
#: How wide a logo may be, as a share of its room: a long one would else be all that is seen.
_MOST_WIDTH = Fraction(70, 100)
#: A part that stands out less from its ground is not seen by everybody (WCAG 2.2 asks 3 of what has a meaning; letters
#: of a logo that are paler than that are their owner's). Of so much of a logo nothing may get lost.
_LEAST_CONTRAST, _LOST = 1.5, Fraction(10, 100)


def draw_logo(bitmap: Bitmap, room: Area, ground: str) -> tuple[str, ...]:
    """Write a logo in ASS in the middle of its room; ``ground`` is the colour behind it."""
    whole = _fitted(bitmap, room)
    shapes = bitmap_shapes(bitmap, whole.width_px, whole.height_px)
    plate = _plate_color(shapes, ground) if has_clear_edge(bitmap) else ""
    if not plate:
        return tuple(shape.drawn(whole.left_px, whole.top_px) for shape in shapes)
    padding = ceil(room.height_px * _PADDING)
    inner = Area(
        left_px=room.left_px + padding,
        top_px=room.top_px + padding,
        width_px=max(1, room.width_px - 2 * padding),
        height_px=max(1, room.height_px - 2 * padding),
    )
    shown = _fitted(bitmap, inner)
    behind = Area(
        left_px=shown.left_px - padding,
        top_px=shown.top_px - padding,
        width_px=shown.width_px + 2 * padding,
        height_px=shown.height_px + 2 * padding,
    )
    shapes = bitmap_shapes(bitmap, shown.width_px, shown.height_px)
    return (draw_plate(behind, plate, 0), *(shape.drawn(shown.left_px, shown.top_px) for shape in shapes))


def _fitted(bitmap: Bitmap, room: Area) -> Area:
    """Find the part of the room that a logo takes, in its own proportions."""
    scale = min(
        Fraction(1),
        room.width_px * _MOST_WIDTH / bitmap.width_px,
        Fraction(room.height_px, bitmap.height_px),
    )
    width, height = (max(1, round(each * scale)) for each in (bitmap.width_px, bitmap.height_px))
    return Area(
        left_px=room.left_px + (room.width_px - width) // 2,
        top_px=room.top_px + (room.height_px - height) // 2,
        width_px=width,
        height_px=height,
    )


def _plate_color(shapes: Iterable[Shape], ground: str) -> str:
    """Choose what a logo stands on so that none of its parts gets lost; empty for the ground itself."""
    shapes = tuple(shapes)
    found = min((ground, WHITE, BLACK), key=lambda each: max(_lost(shapes, each), _LOST))
    return "" if found == ground else found


def _lost(shapes: Iterable[Shape], ground: str) -> Fraction:
    """Compute the share of a logo's pixels that cannot be told from a ground."""
    seen = [(contrast(shape.color, ground) < _LEAST_CONTRAST, shape.seen * shape.pixels) for shape in shapes]
    total = sum(weight for _, weight in seen)
    return Fraction(sum(weight for is_lost, weight in seen if is_lost), total) if total else Fraction(0)
