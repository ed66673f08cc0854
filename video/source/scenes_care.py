"""Shots 6 to 9: a safe place to sleep, a doctor, a school."""

from __future__ import annotations

from canvas import Art, ease, ease_out, mix, wave
from cast import (
    ADULT_HEIGHT,
    CARER,
    DOCTOR,
    GIRL,
    GUARDIAN,
    PUPIL,
    SCARF_GIRL,
    TEACHER,
    TEEN,
    TEEN_HEIGHT,
    TEEN_INSIDE,
)  # fmt: skip
from looks import Pose
from palette import (
    BRICK,
    CORAL,
    CREAM,
    DARK_WOOD,
    FOREST,
    MINT,
    MUSTARD,
    NAVY,
    NIGHT,
    PLUM,
    SAGE,
    SKY,
    STEEL,
    TEAL,
    WHITE,
    WOOD,
    blend,
    darker,
    lighter,
)  # fmt: skip
from people import draw_person
from props import chance, cloud, ground, hills, lamp_post, sky, stars, town, tree
from rooms import bed, chair, lamp, picture, plant, room, table, window


def shelter(art: Art, x: float, y: float, lit: float, door: float) -> None:
    """A friendly large house whose windows light up one after another."""
    wall = blend(0xE7C9A0, 0x80707F, lit * 0.75)
    art.gradient(x, y - 470, 900, 470, lighter(wall, 0.1), wall)
    art.fill([(x - 50, y - 460), (x + 450, y - 680), (x + 950, y - 460)], blend(BRICK, NIGHT, lit / 2))
    art.rect(x + 690, y - 680, 60, 130, blend(BRICK, NIGHT, lit * 0.6), 4)
    for row in range(2):
        for column in range(5):
            if row == 1 and column == 2:
                continue
            on = ease(lit, 0.25 + 0.5 * chance(row, column, 5), 0.5 + 0.5 * chance(row, column, 5))
            left, top = x + 60 + column * 166, y - 410 + row * 200
            art.glow(left + 55, top + 60, 150, 0xFFD98A, 0.4 * on)
            art.rect(left - 8, top - 8, 126, 136, lighter(wall, 0.45), 10)
            art.rect(left, top, 110, 120, blend(0x86B3C4, 0xFFE0A0, on), 6)
            art.rect(left + 51, top, 8, 120, lighter(wall, 0.45))
            art.rect(left, top + 56, 110, 8, lighter(wall, 0.45))
    art.rect(x + 378, y - 236, 144, 236, lighter(wall, 0.45), 10)
    art.gradient(x + 392, y - 222, 116, 222, 0xFFE9B8, 0xF4C67C)
    leaf = mix(116, 26, door)
    art.rect(x + 392, y - 222, leaf, 222, blend(TEAL, NIGHT, lit * 0.35), 4)
    art.circle(x + 392 + leaf - 10, y - 108, 6, MUSTARD)
    art.glow(x + 450, y - 20, 330, 0xFFDF9C, 0.5 * door)


def night_falls(art: Art, t: float, length: float) -> None:
    """Day turns to night; the windows of the house light up, its door opens."""
    dark = ease(t, 0.2, 2.8)
    with art.camera(1.03 + 0.05 * ease(t / length), 1010, 560):
        sky(art, blend(0x8FC7DF, NIGHT, dark), blend(0xFBE6C2, 0x51537F, dark))
        art.glow(480, mix(240, 820, dark), 480, 0xFFC781, 0.9 * (1 - dark * 0.8))
        stars(art, ease(dark, 0.55, 1.0))
        moon = mix(520, 210, ease(t, 1.0, length))
        art.glow(400, moon, 190, 0xDCE6F5, 0.35 * dark)
        art.circle(400, moon, 54, 0xF5EFD8, dark)
        cloud(art, 230 + 12 * t, 330, 1.1, blend(WHITE, 0x6C7198, dark), 0.6)
        far = tuple(blend(c, NIGHT, dark * 0.7) for c in (0xC7D2C8, 0xD4CDBD, 0xBFC9CC))
        town(art, 760, -180 - 6 * t, far, 0.8, dark * 0.7, 9)
        hills(art, 810, 50, blend(0xA4CFA6, 0x2C4658, dark), 900)
        ground(art, 830, blend(0x90C296, 0x2F4C58, dark), blend(0x76AD85, 0x243B4B, dark))
        shelter(art, 690, 846, dark, ease(t, 2.3, 3.3))
        tree(art, 560, 850, 1.5, blend(SAGE, 0x2E5156, dark), wave(t, 4))
        tree(art, 1700, 850, 1.3, blend(FOREST, 0x29464F, dark), wave(t, 4, 0.4))
        art.fill([(1068, 846), (1212, 846), (1330, 1300), (820, 1300)], blend(0xE5D5B4, 0x5B6072, dark))
        lamp_post(art, 890, 880, dark)
        walk = 0.85 * t
        draw_person(art, 990 + 30 * t, 900, 300, GUARDIAN, Pose(side=1, walk=walk, t=t))
        draw_person(art, 920 + 30 * t, 906, 262, TEEN, Pose(side=1, walk=walk + 0.4, t=t))


def key(art: Art, x: float, y: float, size: float, turn: float) -> None:
    """A key on a ring."""
    with art.moved(x, y, size, turn):
        art.skia.drawCircle(0, 0, 15, art.pen(MUSTARD, 8))
        art.line([(0, 16), (0, 58)], MUSTARD, 8)
        art.line([(2, 56), (15, 56)], MUSTARD, 8)
        art.line([(2, 42), (12, 42)], MUSTARD, 8)


def bedroom(art: Art, t: float, length: float) -> None:
    """A room with a bed, a meal and clothes; a hand gives a key."""
    give = ease(t, 0.5, 1.7)
    with art.camera(1.1 + 0.04 * ease(t / length), 955, 590):
        room(art, 0xE9D9C3, 0xF3E5CE, 0xB98F68)
        window(art, 210, 210, 300, 330, t, NIGHT, 0x55578A)
        picture(art, 680, 270, 180, 140)
        art.gradient(1560, 210, 300, 590, TEAL, darker(TEAL, 0.12), 10)
        art.circle(1594, 520, 12, MUSTARD)
        lamp(art, 636, 664, 0.9 + 0.1 * wave(t, 3))
        art.rect(580, 664, 116, 186, darker(WOOD, 0.15), 8)
        art.rect(592, 690, 92, 60, darker(WOOD, 0.28), 6)
        bed(art, 120, 868, 430)
        table(art, 730, 872, 300, 180)
        for i, colour in enumerate((CORAL, MINT, NAVY)):
            art.rect(892, 672 - i * 20, 110, 20, colour, 8)
        art.oval(806, 688, 62, 10, WHITE)
        art.fill([(770, 664), (842, 664), (830, 688), (782, 688)], BRICK)
        for i in range(3):
            rise = (t / 2.2 + i / 3) % 1
            x = 788 + i * 18 + 5 * wave(rise, 1, i * 0.3)
            art.line([(x, 650 - 60 * rise), (x + 4, 634 - 60 * rise)], WHITE, 6, 0.6 * (1 - rise))
        reach = (mix(-30, -66, give), mix(-74, -106, give))
        take = (mix(30, 62, give), mix(-74, -112, give))
        draw_person(art, 1130, 890, TEEN_HEIGHT, TEEN, Pose(side=1, t=t, left=take))
        draw_person(art, 1430, 890, ADULT_HEIGHT, CARER, Pose(side=-1, t=t + 2, left=reach))
        key(art, 1430 + reach[0] * 2.6 - 8, 890 + reach[1] * 2.6 + 26, 0.95, 8 * wave(t, 1.6))


def stethoscope(art: Art, neck: tuple[float, float], end: tuple[float, float]) -> None:
    """A stethoscope from a neck to a hand."""
    x, y = neck
    art.curve([(x - 24, y), (x - 20, y + 60), (x - 30, y + 96)], NAVY, 6)
    art.curve([(x + 22, y), (x + 16, y + 60), (x - 30, y + 96)], NAVY, 6)
    art.curve([(x - 30, y + 96), (x - 50, y + 150), (x - 120, y + 130), end], NAVY, 6)
    art.circle(end[0], end[1], 13, STEEL)
    art.circle(end[0], end[1], 6, WHITE)


def doctor(art: Art, t: float, length: float) -> None:
    """A doctor listens to the heart of the young person."""
    near = ease(t, 0.5, 1.8)
    with art.camera(1.2 + 0.06 * ease(t / length), 975, 600):
        room(art, 0xD5EAE8, 0xEEF4EC, 0xB9CCC9)
        window(art, 250, 230, 340, 310, t)
        art.rect(1380, 270, 270, 240, WHITE, 14)
        art.rect(1380, 382, 270, 6, 0xC9D8D8)
        for i, colour in enumerate((CORAL, TEAL, MUSTARD, MINT, PLUM)):
            art.rect(1404 + i * 46, 320 + 8 * (i % 2), 30, 60 - 8 * (i % 2), colour, 6)
            art.rect(1404 + i * 46, 440, 30, 60, lighter(colour, 0.4), 6)
        art.rect(1160, 220, 110, 110, WHITE, 26)
        art.rect(1201, 238, 28, 74, 0x4AA27A, 6)
        art.rect(1178, 261, 74, 28, 0x4AA27A, 6)
        plant(art, 1600, 850, 1.2, t)
        art.shadow(760, 884, 300, 0.35)
        art.rect(600, 770, 26, 110, STEEL, 6)
        art.rect(930, 770, 26, 110, STEEL, 6)
        art.gradient(560, 742, 430, 42, 0x4E9C9A, TEAL, 18)
        art.rect(560, 736, 430, 16, WHITE, 8)
        with art.moved(0, -18):
            draw_person(art, 840, 886, 490, TEEN_INSIDE,
                        Pose(side=1, sit=True, t=t, smile=mix(-0.6, 0.9, near)))  # fmt: skip
        hand = (mix(-26, -80, near), mix(-82, -98 + 1.5 * wave(t, 2), near))
        draw_person(art, 1105, 892, ADULT_HEIGHT, DOCTOR,
                    Pose(side=-1, t=t + 2, left=hand, nod=3 * wave(t, 3), lean=-2 * near))  # fmt: skip
        tip = (1105 + hand[0] * 2.6 - 12, 892 + hand[1] * 2.6 + 8)
        stethoscope(art, (1098, 502), tip)
        beat = 1 + 0.10 * max(0.0, wave(t, 1.1))
        with art.moved(760, 330, 1.0 * beat * ease_out(t, 1.8, 2.4) + 0.001):
            art.heart(CORAL)


def blackboard(art: Art, t: float) -> None:
    """A board on which a plant under a sun is drawn, stroke by stroke."""
    art.rect(470, 150, 860, 420, DARK_WOOD, 14)
    art.gradient(488, 168, 824, 384, 0x2F6B5E, 0x265A50, 6)
    chalk = 0xF4F1E2
    sweep = ease(t, 0.1, 1.2)
    art.arc(1130, 290, 52, -90, 360 * sweep, chalk, 8)
    for i in range(8):
        with art.moved(1130, 290, turn=i * 45):
            art.line([(0, -76), (0, -76 - 26 * ease(t, 0.8 + i * 0.08, 1.2 + i * 0.08))], chalk, 8,
                     min(1.0, sweep * 2))  # fmt: skip
    grow = ease(t, 1.4, 2.6)
    art.line([(620, 490), (1200, 490)], chalk, 7, 0.8)
    art.curve([(780, 488), (776, 488 - 90 * grow), (790, 488 - 180 * grow)], chalk, 8)
    leaf = ease_out(t, 2.2, 3.0)
    for dx, dy, turn in ((0, -70, -52), (4, -110, 48), (8, -182, 0)):
        with art.moved(780 + dx, 488 + dy, leaf + 0.001, turn):
            art.blob([(0, 0), (-26, -34), (0, -84), (26, -34)], 0x9FD3A6)


def classroom(art: Art, t: float, length: float) -> None:
    """A class with its teacher; one pupil puts up a hand."""
    up = ease(t, 1.4, 2.2)
    with art.camera(1.03 + 0.04 * ease(t / length), 960, 550):
        room(art, 0xF6E7CB, 0xFAF0DC, 0xC8A57C, 780)
        blackboard(art, t)
        window(art, 90, 190, 270, 330, t)
        window(art, 1480, 190, 270, 330, t)
        draw_person(art, 1405, 800, 500, TEACHER,
                    Pose(side=-0.8, t=t, left=(-50, -138 + 4 * wave(t, 2))))  # fmt: skip
        pupils = ((300, GIRL), (660, TEEN_INSIDE), (1020, SCARF_GIRL), (1380, PUPIL))
        for i, (x, look) in enumerate(pupils):
            chair(art, x, 892, 1, (CORAL, TEAL, MUSTARD, SKY)[i])
            raised = (mix(34, 40, up), mix(-80, -172, up)) if i == 1 else (44, -78)
            draw_person(art, x, 884, 470, look, Pose(side=0.9, sit=True, t=t + i, left=raised))
            table(art, x + 62, 898, 210, 178, lighter(WOOD, 0.15))
            art.rect(x + 96, 712, 92, 9, CREAM, 3)
            art.rect(x + 100, 704, 84, 8, (PLUM, CORAL, TEAL, MUSTARD)[i], 3)
