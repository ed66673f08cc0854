"""Shots 10 to 14: the lawyer, the interpreter, asylum."""

from __future__ import annotations

from canvas import Art, box_path, ease, mix, wave
from cast import (
    ADULT_HEIGHT,
    GUARDIAN,
    INTERPRETER,
    LAWYER,
    OFFICER,
    TEEN,
    TEEN_HEIGHT,
    TEEN_INSIDE,
)  # fmt: skip
from looks import Pose
from palette import (
    CORAL,
    CREAM,
    DARK_WOOD,
    MUSTARD,
    NAVY,
    PLUM,
    SAGE,
    TEAL,
    WHITE,
    darker,
)  # fmt: skip
from people import draw_person
from props import chance, cloud, ground, hills, sky, spoken, town, tree
from rooms import chair, desk, plant, room, scales, shelf, table, window


def lawyer(art: Art, t: float, length: float) -> None:
    """At the lawyer's desk; the scales come to rest in balance."""
    with art.camera(1.16 + 0.06 * ease(t / length), 1010, 590):
        room(art, 0xD8E2E4, 0xEFEADB, 0xA9805C)
        shelf(art, 130, 190, 520, 608, 4)
        window(art, 1400, 190, 330, 320, t)
        plant(art, 1750, 850, 1.2, t)
        chair(art, 760, 880, 1, NAVY, 1.05)
        draw_person(art, 770, 876, ADULT_HEIGHT, LAWYER,
                    Pose(side=1, sit=True, t=t, nod=4 * wave(t, 1.9),
                         right=(52, -88 + 6 * wave(t, 1.7))))  # fmt: skip
        chair(art, 1310, 880, -1, CORAL)
        draw_person(art, 1300, 872, 480, TEEN_INSIDE,
                    Pose(side=-1, sit=True, t=t + 2, nod=3 * wave(t, 2.6)))  # fmt: skip
        desk(art, 850, 896, 380)
        fade = max(0.0, 1 - t / 3.6)
        scales(art, 1060, 690, 1.35, 15 * wave(t + 0.3, 2.4) * fade)
        for i in range(3):
            art.rect(1140 - 2 * i, 690 - 12 * i, 74, 11, (CORAL, CREAM, TEAL)[i], 3)


def speaks_for_you(art: Art, t: float, length: float) -> None:
    """The lawyer stands beside the young person and speaks to an official."""
    with art.camera(1.05 + 0.04 * ease(t / length), 960, 560):
        room(art, 0xC9D8DC, 0xE9E6DA, 0x9C7A5E)
        for i in range(5):
            x = 60 + i * 440
            art.gradient(x, 120, 74, 680, 0xF3EEDF, 0xDDD5C2, 8)
            art.rect(x - 18, 104, 110, 30, 0xEDE5D2, 8)
            art.rect(x - 18, 770, 110, 30, 0xEDE5D2, 8)
        art.circle(1664, 330, 130, WHITE, 0.55)
        scales(art, 1664, 412, 1.0, 3 * wave(t, 3))
        draw_person(art, 1440, 806, 470, OFFICER,
                    Pose(side=-0.8, t=t, nod=4 * ease(t, 2.4, 2.9)))  # fmt: skip
        desk(art, 1230, 900, 440, 270, DARK_WOOD)
        hand = (62 + 4 * wave(t, 1.5), -112 + 8 * wave(t, 1.9))
        draw_person(art, 520, 890, TEEN_HEIGHT, TEEN_INSIDE, Pose(side=1, t=t, smile=0.8))
        draw_person(art, 790, 890, ADULT_HEIGHT, LAWYER, Pose(side=1, t=t + 1, left=hand))
        spoken(art, 1010, 260, 380, 170, -120, t - 0.3, 0, NAVY)


def halo(art: Art, alpha: float) -> None:
    """A pale round on the wall behind a talk."""
    with art.clipped(box_path(-200, -200, 2320, 984)):
        art.circle(960, 520, 520, WHITE, alpha)


def two_languages(art: Art, t: float, length: float) -> None:
    """Two people at a table speak in different signs and do not understand."""
    with art.camera(1.2 + 0.03 * t / length, 960, 598):
        room(art, 0xE3DDEA, 0xF3ECE2, 0xB08D78)
        halo(art, 0.2)
        chair(art, 560, 884, 1, CORAL)
        draw_person(
            art,
            572,
            878,
            490,
            TEEN_INSIDE,
            Pose(side=1, sit=True, t=t, smile=-0.5, right=(48, -86 - 12 * wave(t, 1.4))),
        )
        chair(art, 1370, 884, -1, PLUM, 1.05)
        draw_person(
            art, 1360, 878, ADULT_HEIGHT, OFFICER, Pose(side=-1, sit=True, t=t + 2, smile=-0.3, nod=-4 * ease(t, 2, 3))
        )
        table(art, 730, 898, 470, 196)
        spoken(art, 610, 298, 350, 190, -40, t - 0.1, 1, CORAL)
        spoken(art, 1300, 298, 350, 190, 40, t - 1.4, 2, PLUM)
        if t > 2.4:
            rise = ease(t, 2.4, 3.2)
            with art.faded(rise):
                for k in range(3):
                    art.circle(900 + 58 * k, 310 + 8 * wave(t, 1.6, k * 0.2), 17, NAVY, 0.55)


def interpreter(art: Art, t: float, length: float) -> None:
    """Between both sits an interpreter: one kind of signs becomes the other."""
    with art.camera(1.17 + 0.03 * t / length, 960, 590):
        room(art, 0xF3E4CC, 0xFAF1DF, 0xB08D78)
        halo(art, 0.38)
        chair(art, 480, 884, 1, CORAL)
        chair(art, 1450, 884, -1, PLUM, 1.05)
        draw_person(art, 492, 878, 490, TEEN_INSIDE, Pose(side=1, sit=True, t=t, smile=1))
        draw_person(art, 1440, 878, ADULT_HEIGHT, OFFICER,
                    Pose(side=-1, sit=True, t=t + 2, nod=4 * wave(t, 1.8)))  # fmt: skip
        look = mix(-0.9, 0.9, ease(t, 1.2, 1.9))
        draw_person(art, 960, 850, 540, INTERPRETER,
                    Pose(side=look if abs(look) > 0.05 else 0.05, t=t,
                         left=(mix(26, 60, ease(t, 1.3, 2.0)), -100 + 4 * wave(t, 1.5)),
                         right=(-34, -96)))  # fmt: skip
        table(art, 640, 902, 640, 196)
        spoken(art, 560, 280, 330, 150, -30, t, 1, CORAL)
        spoken(art, 1370, 280, 330, 150, 30, t - 1.5, 2, PLUM)
        for i in range(5):
            on = ease(t, 1.0 + i * 0.12, 1.3 + i * 0.12)
            art.circle(800 + i * 80, 262 - 34 * (1 - abs(i - 2) / 2), 9, TEAL, 0.8 * on)


def storm_side(art: Art, t: float) -> None:
    """The dark land which is left behind."""
    sky(art, 0x3C4A62, 0x8C8792)
    for i in range(4):
        cloud(art, i * 330 - 40 + 14 * t, 170 + 60 * (i % 2), 1.8, 0x55607A, 0.85)
    hills(art, 730, 120, 0x5B6378, 120)
    for i in range(5):
        x = 40 + i * 190
        h = 150 + 120 * chance(i, 8)
        top = [(x, 800 - h), (x + 40, 800 - h - 26), (x + 70, 800 - h + 34), (x + 110, 800 - h + 6)]
        art.fill([(x, 800), *top, (x + 130, 800)], 0x454E64)
        art.rect(x + 30, 800 - h + 60, 26, 36, 0x363E52, 3)
    ground(art, 800, 0x5F6672, 0x4C5462)


def light_side(art: Art, t: float) -> None:
    """The safe land."""
    sky(art, 0x9DD2E4, 0xFDEFCF)
    art.glow(1480, 320, 560, 0xFFE6A6, 0.9)
    cloud(art, 1560 - 10 * t, 190, 1.2)
    town(art, 760, 0, (0xE2B893, 0xEFD9B4, 0xD89F85, 0xF0E0C4), 0.75, seed=5)
    hills(art, 800, 50, 0xA7D3A4, 400)
    ground(art, 808, 0xA3CF9C, 0x80B688)
    tree(art, 1420, 838, 1.2, SAGE, wave(t, 4))
    tree(art, 1780, 846, 1.5, 0x6BA58C, wave(t, 4, 0.3))


def asylum(art: Art, t: float, length: float) -> None:
    """A door opens between a dark land and a safe one; the way leads through."""
    opened = ease(t, 0.2, 1.6)
    step = ease(t, 0.6, length - 0.2)
    with art.camera(1.04, mix(940, 980, ease(t / length)), 550):
        storm_side(art, t)
        with_light(art, t)
        art.glow(960, 640, 560, 0xFFF0C8, 0.75 * opened)
        art.fill([(0, 1300), (2000, 1300), (2200, 880), (-200, 880)], CREAM, 0.16)
        door_frame(art, opened)
        x = mix(500, 1330, step)
        draw_person(art, x, 902, TEEN_HEIGHT, TEEN,
                    Pose(side=1, walk=step * 5.4 if 0.002 < step < 0.998 else None, t=t,
                         smile=mix(-0.4, 1, step)))  # fmt: skip
        draw_person(art, 1560, 900, ADULT_HEIGHT, GUARDIAN,
                    Pose(side=-1, t=t + 1, left=(-56, -120 + 6 * wave(t, 1.4))))  # fmt: skip


def with_light(art: Art, t: float) -> None:
    """The safe land, to the right of the door."""
    with art.clipped(box_path(960, -300, 1400, 1700)):
        light_side(art, t)


def door_frame(art: Art, opened: float) -> None:
    """A tall door whose leaf swings open towards the right."""
    art.rect(948, -200, 24, 1030, 0xF6EBD2)
    art.rect(840, 330, 26, 560, DARK_WOOD, 6)
    art.rect(1060, 330, 26, 560, DARK_WOOD, 6)
    art.rect(828, 306, 270, 34, darker(DARK_WOOD, 0.15), 10)
    art.gradient(866, 340, 194, 550, 0xFFF6DC, 0xFCE3B0)
    swing = mix(194, 60, opened)
    slope = 34 * opened
    leaf = [(1060 - swing, 340 + slope), (1060, 340), (1060, 890), (1060 - swing, 890 + slope * 0.6)]
    art.fill(leaf, CORAL)
    art.circle(1060 - swing + 16, 630, 9, MUSTARD)
