"""Rooms and furniture."""

from __future__ import annotations

from canvas import Art, box_path, wave
from palette import (
    CORAL,
    CREAM,
    DARK_WOOD,
    FOREST,
    MINT,
    MUSTARD,
    NAVY,
    PLUM,
    SAGE,
    SAND,
    SKY,
    STEEL,
    TEAL,
    WHITE,
    WOOD,
    darker,
    lighter,
)  # fmt: skip


def room(art: Art, top: int, bottom: int, floor: int, line: float = 800) -> None:
    """A wall, a skirting board and a floor."""
    art.gradient(-200, -200, 2320, line + 200, top, bottom)
    art.gradient(-200, line, 2320, 1300 - line, floor, darker(floor, 0.16))
    art.rect(-200, line - 16, 2320, 16, lighter(bottom, 0.5))
    art.gradient(-200, line, 2320, 40, darker(floor, 0.35), floor, alpha=0.5)


def window(art: Art, x: float, y: float, w: float, h: float, t: float = 0.0,
           top: int = 0x9DD0E4, bottom: int = 0xE9F3E6) -> None:  # fmt: skip
    """A window with a passing cloud and the light which it throws."""
    art.fill([(x + 30, y + h), (x + w, y + h), (x + w + 240, 1080), (x + 170, 1080)], WHITE, 0.10)
    art.rect(x - 16, y - 16, w + 32, h + 32, lighter(SAND, 0.6), 10)
    art.gradient(x, y, w, h, top, bottom, 4)
    with art.clipped(box_path(x, y, w, h)):
        cx = x + (0.3 + 0.04 * t) * w
        for dx, r in ((0, 0.11), (0.13, 0.15), (0.27, 0.1)):
            art.circle(cx + dx * w, y + h * 0.33, r * w, WHITE, 0.75)
        art.circle(x + w * 0.2, y + h * 1.1, w * 0.42, SAGE)
        art.circle(x + w * 0.8, y + h * 1.15, w * 0.5, darker(SAGE, 0.12))
    art.rect(x + w / 2 - 5, y, 10, h, lighter(SAND, 0.6))
    art.rect(x - 28, y + h + 10, w + 56, 18, lighter(SAND, 0.4), 6)


def plant(art: Art, x: float, y: float, size: float, t: float) -> None:
    """A green plant in a pot."""
    art.shadow(x, y, 70 * size)
    for i, (dx, dy) in enumerate(((-60, -190), (-26, -240), (14, -250), (52, -205), (70, -150))):
        sway = 3 * wave(t, 4.0, i * 0.17)
        tip = (x + dx * size + sway, y + dy * size)
        root = (x + dx * 0.1 * size, y - 80 * size)
        half = ((root[0] + tip[0]) / 2, (root[1] + tip[1]) / 2)
        art.blob([root, (half[0] - 20 * size, half[1] - 8), tip, (half[0] + 18 * size, half[1] + 8)],
                 FOREST if i % 2 else SAGE)  # fmt: skip
    pot = [(x - 46 * size, y - 92 * size), (x + 46 * size, y - 92 * size)]
    art.fill([*pot, (x + 34 * size, y), (x - 34 * size, y)], CORAL)
    art.rect(x - 52 * size, y - 102 * size, 104 * size, 24 * size, darker(CORAL, 0.12), 6)


def desk(art: Art, x: float, y: float, w: float, h: float = 200, colour: int = WOOD) -> None:
    """A closed desk standing on ``y``."""
    art.shadow(x + w / 2, y, w * 0.6, 0.35)
    art.gradient(x + 22, y - h + 20, w - 44, h - 20, darker(colour, 0.14), darker(colour, 0.26), 6)
    art.rect(x + 60, y - h + 50, w - 120, h - 90, darker(colour, 0.3), 10, 0.5)
    art.rect(x, y - h, w, 28, lighter(colour, 0.12), 10)


def table(art: Art, x: float, y: float, w: float, h: float = 190, colour: int = WOOD) -> None:
    """An open table."""
    art.shadow(x + w / 2, y, w * 0.55, 0.3)
    for dx in (34, w - 52):
        art.rect(x + dx, y - h, 18, h, darker(colour, 0.28), 6)
    art.rect(x, y - h, w, 26, colour, 12)


def chair(art: Art, x: float, y: float, way: float, colour: int = TEAL, size: float = 1) -> None:
    """A chair seen from its side; who sits on it looks to ``way``."""
    with art.moved(x, y, size, flip=way < 0):
        art.shadow(0, 0, 90, 0.25)
        for dx in (-44, 52):
            art.line([(dx, -4), (dx * 0.9, -96)], darker(DARK_WOOD, 0.2), 11)
        art.line([(-44, -100), (-62, -250)], darker(colour, 0.2), 15)
        art.rect(-60, -112, 122, 24, colour, 12)


def shelf(art: Art, x: float, y: float, w: float, h: float, rows: int = 3) -> None:
    """A bookcase; the books have no titles."""
    art.rect(x, y, w, h, darker(WOOD, 0.22), 8)
    colours = (TEAL, MUSTARD, CORAL, CREAM, PLUM, SAGE, NAVY, MINT)
    gap = h / rows
    for row in range(rows):
        art.rect(x + 12, y + row * gap + 12, w - 24, gap - 20, darker(WOOD, 0.45), 4)
        at, index = x + 18, row * 3
        while at < x + w - 46:
            width = 18 + (index * 37 + row * 11) % 20
            tall = (gap - 26) * (0.68 + 0.28 * ((index * 53) % 10) / 10)
            bottom = y + (row + 1) * gap - 8
            art.rect(at, bottom - tall, width, tall, colours[index % 8], 3)
            art.rect(at, bottom - tall * 0.8, width, 7, WHITE, 0, 0.35)
            at += width + 3
            index += 1 if index % 5 else 2


def picture(art: Art, x: float, y: float, w: float, h: float) -> None:
    """A framed landscape."""
    art.rect(x + 6, y + 10, w, h, NAVY, 6, 0.12)
    art.rect(x, y, w, h, WHITE, 6)
    art.gradient(x + 14, y + 14, w - 28, h - 28, SKY, CREAM)
    art.circle(x + w * 0.7, y + h * 0.36, h * 0.11, MUSTARD)
    art.fill([(x + 14, y + h - 14), (x + w * 0.4, y + h * 0.45), (x + w * 0.65, y + h - 14)], TEAL)
    art.fill([(x + w * 0.35, y + h - 14), (x + w * 0.68, y + h * 0.58), (x + w - 14, y + h - 14)],
             SAGE)  # fmt: skip


def scales(art: Art, x: float, y: float, size: float, tilt: float) -> None:
    """Balance scales, ``tilt`` in degrees."""
    with art.moved(x, y, size):
        art.rect(-56, -12, 112, 14, darker(MUSTARD, 0.2), 7)
        art.rect(-6, -176, 12, 170, darker(MUSTARD, 0.1), 5)
        with art.moved(0, -172, turn=tilt):
            art.rect(-100, -5, 200, 10, MUSTARD, 5)
            for side in (-94, 94):
                with art.moved(side, 0, turn=-tilt):
                    art.line([(0, 0), (-34, 84)], darker(MUSTARD, 0.3), 3)
                    art.line([(0, 0), (34, 84)], darker(MUSTARD, 0.3), 3)
                    art.fill([(-44, 84), (44, 84), (30, 104), (-30, 104)], MUSTARD)
        art.circle(0, -176, 13, lighter(MUSTARD, 0.2))


def bed(art: Art, x: float, y: float, w: float) -> None:
    """A made bed with its pillow at the left."""
    art.shadow(x + w / 2, y, w * 0.6, 0.35)
    art.rect(x - 20, y - 250, 34, 250, DARK_WOOD, 10)
    art.rect(x + w - 10, y - 160, 30, 160, DARK_WOOD, 10)
    art.rect(x, y - 70, w, 40, darker(WOOD, 0.1), 6)
    art.rect(x + 8, y - 118, w - 20, 60, CREAM, 20)
    art.rect(x + 22, y - 164, 170, 66, WHITE, 30)
    art.gradient(x + 200, y - 134, w - 212, 84, TEAL, darker(TEAL, 0.15), 22)
    art.rect(x + 200, y - 134, 70, 84, lighter(TEAL, 0.45), 20)


def lamp(art: Art, x: float, y: float, lit: float) -> None:
    """A small lamp standing on ``y``."""
    art.glow(x, y - 110, 300, 0xFFE1A0, 0.6 * lit)
    art.rect(x - 5, y - 90, 10, 90, STEEL, 4)
    art.rect(x - 32, y - 10, 64, 10, STEEL, 5)
    art.fill([(x - 34, y - 150), (x + 34, y - 150), (x + 58, y - 82), (x - 58, y - 82)], 0xFFE7B3)
