"""Outdoor things and signs without words: hills, towns, trees, bubbles."""

from __future__ import annotations

import math

from canvas import Art, ease_out, mix
from palette import (
    CREAM,
    DARK_WOOD,
    FOREST,
    INK,
    MUSTARD,
    NAVY,
    SAGE,
    SKY,
    STEEL,
    WHITE,
    WOOD,
    blend,
    darker,
    lighter,
)  # fmt: skip


def chance(*seed: int) -> float:
    """A fixed number between 0 and 1 for ``seed``."""
    value = 12345
    for part in seed:
        value = (value * 1103515245 + part * 2654435761 + 12345) % 2147483648
        value ^= value >> 13
    return (value * 48271 % 65521) / 65521


def sky(art: Art, top: int, bottom: int) -> None:
    """The whole background."""
    art.gradient(-200, -200, 2320, 1480, top, bottom)


def ground(art: Art, y: float, top: int, bottom: int) -> None:
    """A flat ground from ``y`` downwards."""
    art.gradient(-200, y, 2320, 1300 - y, top, bottom)


def hills(art: Art, y: float, size: float, colour: int, shift: float) -> None:
    """A soft chain of hills."""
    points = [(-300.0, 1300.0)]
    for x in range(-300, 2301, 100):
        a = (x + shift) / 420
        points.append((x, y - size * (0.5 * math.sin(a) + 0.3 * math.sin(a * 2.3 + 1) + 0.2)))
    art.blob([*points, (2300, 1300)], colour)


def cloud(art: Art, x: float, y: float, size: float, colour: int = WHITE,
          alpha: float = 0.8) -> None:  # fmt: skip
    """A soft cloud."""
    with art.faded(alpha):
        art.rect(x - 95 * size, y - 26 * size, 190 * size, 52 * size, colour, 26 * size)
        art.circle(x - 28 * size, y - 26 * size, 40 * size, colour)
        art.circle(x + 34 * size, y - 18 * size, 30 * size, colour)


def house(art: Art, x: float, y: float, w: float, h: float, colour: int, seed: int,
          lit: float = 0.0) -> None:  # fmt: skip
    """A town house; every third has a stepped gable as in Flanders."""
    art.gradient(x, y - h, w, h, colour, darker(colour, 0.1))
    kind = seed % 3
    roof = darker(colour, 0.3)
    if kind == 0:
        for i in range(4):
            inset = i * w / 9
            art.rect(x + inset, y - h - (i + 1) * 20, w - 2 * inset, 22, colour)
    elif kind == 1:
        art.fill([(x - 6, y - h), (x + w / 2, y - h - w * 0.45), (x + w + 6, y - h)], roof)
    else:
        art.rect(x - 4, y - h - 14, w + 8, 18, roof, 4)
    step = w / 3
    for row in range(int((h - 40) // 78)):
        for column in range(3):
            on = lit * (1.0 if chance(seed, row, column) < 0.6 else 0.15)
            glass = blend(blend(colour, 0x5D8299, 0.5), 0xFFD987, on)
            left = x + step * (column + 0.27)
            art.rect(left, y - h + 26 + row * 78, step * 0.46, 44, glass, 4)


def town(art: Art, y: float, shift: float, colours: tuple[int, ...], size: float = 1.0,
         lit: float = 0.0, seed: int = 1) -> None:  # fmt: skip
    """A row of houses; ``shift`` moves it for parallax."""
    x, index = -500.0 + shift, 0
    while x < 2300:
        w = (120 + 70 * chance(seed, index)) * size
        h = (210 + 170 * chance(seed, index, 3)) * size
        if x + w > -200:
            house(art, x, y, w, h, colours[index % len(colours)], index + seed, lit)
        x += w - 1
        index += 1


def tree(art: Art, x: float, y: float, size: float, colour: int = SAGE, sway: float = 0.0) -> None:
    """A round tree."""
    art.shadow(x, y, 90 * size, 0.22)
    art.line([(x, y), (x + sway * 3, y - 130 * size)], DARK_WOOD, 15 * size)
    art.line([(x, y - 70 * size), (x + 26 * size, y - 120 * size)], DARK_WOOD, 8 * size)
    x += sway * 6
    for dx, dy, r in ((0, -205, 78), (-48, -165, 54), (50, -160, 52)):
        art.circle(x + dx * size, y + dy * size, r * size, colour)
    art.circle(x - 22 * size, y - 225 * size, 42 * size, lighter(colour, 0.16))


def lamp_post(art: Art, x: float, y: float, lit: float) -> None:
    """A street lamp."""
    art.line([(x, y), (x, y - 400)], darker(STEEL, 0.55), 9)
    art.line([(x, y - 400), (x + 54, y - 424)], darker(STEEL, 0.55), 8)
    art.rect(x + 34, y - 434, 56, 18, darker(STEEL, 0.6), 8)
    art.glow(x + 62, y - 412, 230, 0xFFDE93, 0.55 * lit)
    art.oval(x + 62, y - 416, 22, 8, blend(STEEL, 0xFFEFC2, lit))


def bench(art: Art, x: float, y: float, w: float) -> None:
    """A park bench whose seat lies 105 above ``y``."""
    art.shadow(x + w / 2, y, w * 0.6)
    for dx in (30, w - 44):
        art.rect(x + dx, y - 100, 14, 100, darker(STEEL, 0.5), 4)
    for dy in (205, 165):
        art.rect(x, y - dy, w, 26, WOOD, 8)
    art.rect(x - 8, y - 112, w + 16, 22, darker(WOOD, 0.12), 8)


def squiggle(art: Art, x: float, y: float, w: float, kind: int, colour: int, shown: float) -> None:
    """A line of speech without words: waves, zigzag or dots."""
    count = max(2, int(w / 6 * min(1.0, max(0.0, shown))))
    if shown <= 0:
        return
    if kind == 2:
        for i in range(int(count / 6) + 1):
            art.circle(x + i * 36 + 6, y + 6 * math.sin(i * 1.7), 8, colour)
        return
    points = []
    for i in range(count + 1):
        phase = i * 6 / 30
        bend = math.sin(phase * math.pi) if kind == 0 else 2 * abs(phase % 2 - 1) - 1
        points.append((x + i * 6.0, y + 11 * bend))
    draw = art.curve if kind == 0 else art.line
    draw(points, colour, 7)


def bubble(art: Art, x: float, y: float, w: float, h: float, tail: float, grown: float,
           colour: int = WHITE) -> None:  # fmt: skip
    """A speech bubble about (x, y); its tail points to x + ``tail``, below."""
    if grown <= 0.01:
        return
    with art.moved(x + tail * 0.6, y + h / 2, ease_out(grown)):
        x0, y0 = -tail * 0.6 - w / 2, -h
        art.rect(x0 + 6, y0 + 10, w, h, NAVY, h * 0.36, 0.10)
        art.rect(x0, y0, w, h, colour, h * 0.36)
        base = -tail * 0.15
        art.fill([(base - 26, -6), (base + 26, -6), (tail * 0.4, 46)], colour)


def spoken(art: Art, x: float, y: float, w: float, h: float, tail: float, t: float, kind: int,
           ink: int, colour: int = WHITE) -> None:  # fmt: skip
    """A bubble which opens at t = 0 and fills with squiggles within two seconds."""
    bubble(art, x, y, w, h, tail, t / 0.5, colour)
    rows = max(1, int((h - 40) // 40))
    for row in range(rows):
        top = y - h / 2 + h / (rows + 1) * (row + 1)
        length = (w - 110) * (1.0 if row % 2 == 0 else 0.68)
        squiggle(art, x - w / 2 + 55, top, length, kind, ink, (t - 0.4 - row * 0.6) / 0.7)


def phone(art: Art, x: float, y: float, size: float, turn: float, glow: float) -> None:
    """A mobile telephone with a green call sign on its screen."""
    with art.moved(x, y, size, turn):
        art.glow(0, 0, 190, 0xBFE8DA, 0.4 * glow)
        art.rect(-52, -100, 104, 200, INK, 20)
        art.gradient(-44, -86, 88, 172, 0x2F6F78, 0x1E4656, 12)
        art.circle(0, 4, 31, 0x46B583)
        with art.moved(0, 4, turn=-48):
            art.curve([(-14, -4), (0, 7), (14, -4)], WHITE, 7)
            for side in (-14, 14):
                art.line([(side, -6), (side, -1)], WHITE, 11)


def ringing(art: Art, x: float, y: float, t: float, colour: int, both: bool = True) -> None:
    """Soft waves which leave a ringing telephone, to the right or to both sides."""
    for i in range(3):
        age = (t / 1.8 + i / 3) % 1
        alpha = 0.7 * math.sin(math.pi * age)
        for start in (-38, 142)[: 2 if both else 1]:
            art.arc(x, y, mix(95, 210, age), start, 76, colour, 9, alpha)


def train(art: Art, x: float, y: float) -> None:
    """A regional train whose nose lies at ``x`` and whose body runs to the right."""
    body = [(x, y - 70), (x + 18, y - 180), (x + 95, y - 300), (x + 180, y - 318)]
    art.rect(x + 20, y - 60, 2500, 46, darker(STEEL, 0.6), 8)
    art.fill([*body, (x + 2500, y - 318), (x + 2500, y - 40), (x + 30, y - 40)], 0xF3F1EA)
    art.rect(x + 4, y - 112, 2500, 50, MUSTARD, 6)
    art.rect(x + 12, y - 62, 2500, 22, NAVY, 6)
    art.fill([(x + 34, y - 186), (x + 100, y - 282), (x + 170, y - 282), (x + 170, y - 186)], NAVY)
    art.oval(x + 32, y - 138, 15, 11, 0xFFF2C4)
    art.glow(x + 20, y - 138, 120, 0xFFF2C4, 0.5)
    for i in range(9):
        left = x + 240 + i * 250
        if i % 3 == 1:
            art.rect(left, y - 280, 74, 232, 0xD7DCDA, 8)
            art.rect(left + 78, y - 280, 74, 232, 0xD7DCDA, 8)
            art.rect(left + 12, y - 262, 50, 120, 0x4E7C90, 8)
            art.rect(left + 90, y - 262, 50, 120, 0x4E7C90, 8)
        else:
            art.gradient(left - 20, y - 270, 200, 118, 0x7FB2C2, 0x4E7C90, 16)
            art.fill([(left + 20, y - 152), (left + 70, y - 270), (left + 110, y - 270),
                      (left + 60, y - 152)], WHITE, 0.14)  # fmt: skip


def ambulance(art: Art, x: float, y: float, t: float) -> None:
    """An ambulance driving left, its light swelling gently."""
    pulse = 0.5 + 0.5 * math.sin(2 * math.pi * t / 1.4)
    art.shadow(x + 250, y + 8, 330, 0.4)
    art.glow(x + 230, y - 330, 260, 0x6FB7F0, 0.25 + 0.4 * pulse)
    art.rect(x + 206, y - 344, 76, 46, blend(0x3C6FB0, 0x9BD3FF, pulse), 12)
    front = [(x, y - 60), (x + 2, y - 150), (x + 62, y - 184), (x + 128, y - 306), (x + 506, y - 306)]
    body = [(a + 12, b + 12) for a, b in front] + [(x + 518, y - 48), (x + 12, y - 48)]
    art.fill(body, 0xF8F4E8)
    art.line([*body, body[0]], 0xF8F4E8, 30)
    art.rect(x + 6, y - 124, 520, 36, MUSTARD, 6)
    for i in range(7):
        art.rect(x + 100 + i * 62, y - 124, 31, 36, 0x4A9A62)
    art.fill([(x + 82, y - 172), (x + 142, y - 270), (x + 212, y - 274), (x + 212, y - 172)], 0x35566B)
    with art.moved(x + 370, y - 206):
        art.rect(-17, -48, 34, 96, 0x3D78B8, 6)
        for turn in (60, -60):
            with art.moved(turn=turn):
                art.rect(-17, -48, 34, 96, 0x3D78B8, 6)
    art.glow(x + 6, y - 98, 150, 0xFFE9B0, 0.6)
    for dx in (110, 420):
        art.circle(x + dx, y - 30, 46, INK)
        with art.moved(x + dx, y - 30, turn=x * 0.9):
            art.circle(0, 0, 25, STEEL)
            for k in range(4):
                art.circle(13 * math.cos(k * 1.571), 13 * math.sin(k * 1.571), 5, darker(STEEL, 0.4))


def stars(art: Art, alpha: float) -> None:
    """A fixed night sky."""
    for i in range(70):
        x, y = chance(i, 1) * 1920, chance(i, 2) * 560
        art.circle(x, y, 1.4 + 1.8 * chance(i, 3), CREAM, alpha * (0.35 + 0.6 * chance(i, 4)))


def meadow(art: Art, y: float, shift: float) -> None:
    """Bushes in front of a town."""
    for i in range(-2, 16):
        x = i * 190 + (shift % 190)
        size = 50 + 26 * chance(i * i + 1, 5)
        art.circle(x, y, size, blend(FOREST, SKY, 0.35))
