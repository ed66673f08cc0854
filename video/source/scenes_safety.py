"""Shots 15 to 18: papers, danger, a missing child, the way ahead."""

from __future__ import annotations

import math

from canvas import Art, ease, ease_out, mix, wave
from cast import (
    CARER,
    CHILD,
    DOCTOR,
    GIRL,
    GUARDIAN,
    INTERPRETER,
    LAWYER,
    SCARF_GIRL,
    TEEN,
    WALKERS,
)  # fmt: skip
from looks import Pose
from palette import (
    CORAL,
    CREAM,
    DARK_WOOD,
    DEEP_TEAL,
    MUSTARD,
    NAVY,
    NIGHT,
    SKIN_BROWN,
    SKIN_DEEP,
    SKIN_LIGHT,
    SKY,
    TEAL,
    WHITE,
    WOOD,
    blend,
    darker,
    lighter,
)  # fmt: skip
from people import draw_person
from props import (
    ambulance,
    chance,
    cloud,
    ground,
    hills,
    lamp_post,
    phone,
    ringing,
    sky,
    spoken,
    squiggle,
    stars,
    town,
    tree,
)  # fmt: skip


def forearm(art: Art, hand: tuple[float, float], elbow: tuple[float, float], skin: int,
            sleeve: int) -> None:  # fmt: skip
    """A large arm which reaches into the picture; the hand lies flat."""
    hx, hy = hand
    ex, ey = elbow
    turn = math.degrees(math.atan2(hy - ey, hx - ex))
    art.line([(hx + 10, hy + 18), (ex + 10, ey + 18)], NAVY, 96, 0.10)
    art.line([hand, (mix(hx, ex, 0.3), mix(hy, ey, 0.3))], darker(skin, 0.08), 62)
    art.line([(mix(hx, ex, 0.26), mix(hy, ey, 0.26)), elbow], sleeve, 96)
    cuff = (mix(hx, ex, 0.24), mix(hy, ey, 0.24))
    with art.moved(*cuff, turn=turn):
        art.rect(-16, -52, 34, 104, lighter(sleeve, 0.55), 14)
    with art.moved(hx, hy, turn=turn):
        art.rect(-44, -38, 100, 76, skin, 34)
        for i in range(4):
            art.line([(40, -27 + i * 18), (84 - 6 * abs(i - 1.4), -27 + i * 18)], skin, 18)
            if i:
                art.line([(30, -36 + i * 18), (62, -36 + i * 18)], darker(skin, 0.25), 2.2)
        art.line([(-10, 26), (30, 58)], skin, 21)


def sheet(art: Art, t: float) -> None:
    """A form with a portrait and lines, but without letters, about (0, 0)."""
    art.rect(-250, -300, 520, 620, NAVY, 14, 0.14)
    art.rect(-260, -312, 520, 620, WHITE, 12)
    art.rect(-260, -312, 520, 56, TEAL, 12)
    art.rect(-260, -276, 520, 20, TEAL)
    art.gradient(-220, -222, 150, 186, SKY, 0xE6F1EC, 8)
    with art.moved(-145, -36, 1.22):
        art.blob([(-48, 0), (-40, -44), (0, -58), (40, -44), (48, 0)], CORAL)
        art.rect(-10, -72, 20, 26, darker(SKIN_BROWN), 8)
        art.oval(0, -90, 25, 30, SKIN_BROWN)
        for dx, dy in ((-18, -106), (-6, -116), (8, -116), (19, -105)):
            art.circle(dx, dy, 12, 0x241A1C)
    for i in range(4):
        art.rect(-36, -208 + i * 46, (250, 200, 235, 160)[i], 15, 0xCBD6DA, 7)
    for i in range(4):
        drawn = ease(t, 0.5 + 0.3 * i, 1.0 + 0.3 * i)
        art.rect(-220, 6 + i * 48, 34, 34, 0xE7EDEE, 8)
        if drawn > 0.02:
            tip = (-211 + 6 * min(1.0, drawn * 2), 22 + i * 48 + 8 * min(1.0, drawn * 2))
            end = (mix(tip[0], -188, drawn), mix(tip[1], 12 + i * 48, drawn))
            art.line([(-211, 22 + i * 48), tip, end], TEAL, 6)
        art.rect(-166, 15 + i * 48, (330, 280, 350, 220)[i], 14, 0xDCE4E6, 7)
    art.line([(-220, 270), (20, 270)], 0xB9C6CB, 4)


def seal(art: Art, x: float, y: float, alpha: float) -> None:
    """The print of a stamp: a ring with a tick."""
    with art.faded(alpha), art.moved(x, y, 1, -10):
        art.skia.drawCircle(0, 0, 66, art.pen(CORAL, 9))
        art.skia.drawCircle(0, 0, 51, art.pen(CORAL, 4))
        art.line([(-26, 2), (-6, 22), (30, -22)], CORAL, 12)


def stamp(art: Art, x: float, y: float) -> None:
    """A wooden stamp seen from above and aside."""
    art.shadow(x + 12, y + 20, 120, 0.35)
    art.rect(x - 62, y - 40, 124, 52, darker(DARK_WOOD, 0.3), 16)
    art.gradient(x - 24, y - 150, 48, 124, WOOD, DARK_WOOD, 20)
    art.circle(x, y - 158, 40, WOOD)
    art.circle(x - 10, y - 168, 16, lighter(WOOD, 0.3))


def papers(art: Art, t: float, length: float) -> None:
    """On a desk, from above: a form is filled in, signed and stamped."""
    with art.camera(1.02 + 0.07 * ease(t / length), 960, 470):
        art.gradient(-200, -300, 2320, 1700, 0xD9B58C, 0xB98A60)
        for i in range(6):
            art.line([(-200, 60 + i * 190), (2120, 40 + i * 190)], darker(WOOD, 0.1), 3, 0.3)
        art.glow(600, 120, 900, 0xFFF0CF, 0.5)
        with art.moved(430, 400, 0.9, -9):
            art.rect(-170, -220, 380, 480, NAVY, 14, 0.12)
            art.rect(-180, -230, 380, 480, DEEP_TEAL, 14)
            art.rect(-150, -214, 340, 450, CREAM, 6)
            for i in range(6):
                art.rect(-120, -170 + i * 52, (270, 220, 250, 180, 260, 140)[i], 14, 0xD8D3C4, 7)
        art.circle(1662, 192, 112, NAVY, 0.10)
        art.circle(1650, 180, 104, WHITE)
        art.circle(1650, 180, 86, 0x7A4A32)
        art.arc(1756, 192, 36, -80, 160, WHITE, 18)
        slide = ease(t, 0.0, 1.3)
        with art.moved(mix(1240, 960, slide), mix(380, 440, slide), 1, mix(12, 2, slide)):
            sheet(art, t - 1.0)
            signed = ease(t, 3.4, 4.9)
            squiggle(art, -205, 246, 190, 0, NAVY, signed)
            seal(art, 150, 222, ease(t, 6.25, 6.4))
        hands_on_papers(art, t)


def hands_on_papers(art: Art, t: float) -> None:
    """The guardian's hand, the hand which signs, and the stamp."""
    rest = ease(t, 0.2, 1.4)
    forearm(art, (mix(330, 560, rest), mix(560, 500, rest)), (mix(-330, -90, rest), 760), SKIN_DEEP,
            TEAL)  # fmt: skip
    come, leave = ease(t, 2.4, 3.4), ease(t, 5.0, 5.8)
    if come > 0 and leave < 1:
        signed = ease(t, 3.4, 4.9)
        x = mix(775, 965, signed)
        y = 672 + 10 * wave(t, 0.42) * (1 if 0.02 < signed < 0.98 else 0)
        away = (1 - come + leave) * 760
        art.line([(x + away, y + away * 0.5), (x + 74 + away, y - 92 + away * 0.5)], NAVY, 15)
        art.line([(x + away, y + away * 0.5), (x + 12 + away, y - 15 + away * 0.5)], MUSTARD, 9)
        forearm(art, (x + 92 + away, y - 20 + away * 0.5), (x + 620 + away, y + 330 + away * 0.5),
                SKIN_BROWN, CORAL)  # fmt: skip
    down = ease(t, 5.5, 6.2) * (1 - ease(t, 6.6, 7.4))
    x, y = mix(1560, 1100, down), mix(560, 680, down) - 90 * math.sin(math.pi * down)
    stamp(art, x, y)
    forearm(art, (x + 44, y - 150), (mix(2240, 1830, down), mix(560, 420, down)), SKIN_LIGHT, NAVY)


def danger(art: Art, t: float, length: float) -> None:
    """At dusk somebody telephones; an ambulance comes."""
    with art.camera(1.03 + 0.03 * ease(t / length), 960, 555):
        sky(art, 0x4A5788, 0xF0B48E)
        art.glow(1350, 640, 720, 0xFFCF96, 0.6)
        cloud(art, 900 + 10 * t, 230, 1.4, 0xD9A5A0, 0.5)
        far = (0x77719A, 0x8A7C9F, 0x6B6A93)
        town(art, 760, -90 - 6 * t, far, 0.8, 0.5, 3)
        town(art, 806, -300 - 12 * t, (0x5A5B82, 0x6B6488, 0x504F78), 0.95, 0.8, 6)
        ground(art, 800, 0x6A6784, 0x565676)
        art.rect(-200, 822, 2320, 10, 0x8784A0)
        for x in (300, 1500):
            lamp_post(art, x - 12 * t, 826, 0.9)
        ground(art, 832, 0x474B68, 0x3A3E5A)
        ambulance(art, mix(2050, 900, ease_out(t, 0.7, length * 0.95)), 876, t)
        ground(art, 884, 0x5D5F7E, 0x4B4E6C)
        art.rect(-200, 880, 2320, 8, 0x7C7E9C)
        phone(art, 588, 446, 0.4, 10, 0.4)
        draw_person(
            art, 520, 924, 560, TEEN, Pose(side=0.8, t=t, left=(25, -162), smile=mix(-0.6, 0.4, ease(t, 2.4, 3.6)))
        )
        with art.moved(570, 446, 0.7):
            ringing(art, 0, 0, t, MUSTARD, both=False)


def missing_child(art: Art, t: float, length: float) -> None:
    """Night turns to morning: a telephone rings, and a child is found."""
    day = ease(t, 1.6, length - 0.6)
    with art.camera(1.03 + 0.03 * t / length, 960, 550):
        sky(art, blend(NIGHT, 0x9ED0E3, day), blend(0x3F4A78, 0xFDE7BF, day))
        stars(art, 1 - ease(day, 0.1, 0.7))
        art.circle(1560, mix(200, 120, day), 52, 0xF5EFD8, 1 - ease(day, 0.1, 0.6))
        art.glow(1230, mix(900, 420, day), 620, 0xFFDB96, day)
        art.circle(1230, mix(980, 420, day), 62, 0xFFE7A8, ease(day, 0.2, 0.6))
        hills(art, 740, 110, blend(0x2C3A60, 0xA9CFC0, day), 60 + 5 * t)
        town(art, 800, -240 - 6 * t,
             tuple(blend(c, NIGHT, 0.62 * (1 - day)) for c in (0xC7A58F, 0xD8BE9A, 0xB69B93)), 0.8,
             1 - day, 8)  # fmt: skip
        ground(art, 800, blend(0x2F4658, 0x97C79A, day), blend(0x263B4D, 0x79B086, day))
        tree(art, 1760, 850, 1.5, blend(0x29464F, 0x6BA58C, day), wave(t, 4))
        ground(art, 856, blend(0x4A5068, 0xE8D8B8, day), blend(0x3C435C, 0xCFBC9B, day))
        lamp_post(art, 1520, 862, 1 - day)
        found = ease(t, 0.8, 3.4)
        kneel = ease(t, 3.4, 4.2)
        walking = found * 4.2 if 0.002 < found < 0.998 else None
        draw_person(art, 1420, 892, 330, CHILD,
                    Pose(side=-1, t=t, smile=mix(-0.7, 1, found),
                         left=(mix(-31, -60, kneel), mix(-73, -112, kneel))))  # fmt: skip
        reach = (mix(30, 42, kneel), mix(-76, -74, kneel))
        draw_person(art, mix(880, 1215, found), 896, 520, WALKERS[0],
                    Pose(side=1, walk=walking, t=t, left=reach if kneel > 0.01 else None))  # fmt: skip
        shake = 5 * wave(t, 0.36) * (0.5 + 0.5 * wave(t, 1.8))
        art.circle(430, 450, 292, lighter(TEAL, 0.1), 0.25)
        art.circle(430, 450, 240, CREAM)
        ringing(art, 430, 450, t, CORAL)
        phone(art, 430, 450, 1.3, shake, 0.6)


def future_city(art: Art, t: float) -> None:
    """A bright town with towers, trees and a cathedral in the distance."""
    for i in range(12):
        x = i * 178 - 130 - 3 * t
        h = 190 + 240 * chance(i, 21)
        art.gradient(x, 760 - h, 120, h, 0xCFE3E4, 0xF3E7D2, 10)
        for k in range(int(h // 60) - 1):
            art.rect(x + 20, 786 - h + k * 56, 80, 16, WHITE, 8, 0.5)
    with art.moved(980 - 5 * t, 770):
        tower = 0xBFD0CF
        art.fill([(-44, 0), (-44, -330), (0, -470), (44, -330), (44, 0)], tower)
        art.rect(-150, -200, 300, 210, tower, 6)
        art.circle(0, -262, 24, 0xE8F0EA)
    town(art, 800, -120 - 9 * t, (0xE3B48F, 0xEFD7AF, 0xD99D82, 0xF2E3C8, 0xC9B8A8), 0.8, seed=12)


def birds(art: Art, t: float) -> None:
    """Three birds."""
    for i in range(3):
        x, y = 380 + i * 110 + 46 * t, 250 - 36 * (i % 2) - 7 * t
        flap = 9 * wave(t, 1.3, i * 0.3)
        art.curve([(x - 24, y - flap), (x - 10, y - 4), (x, y + 4)], DEEP_TEAL, 5)
        art.curve([(x, y + 4), (x + 10, y - 4), (x + 24, y - flap)], DEEP_TEAL, 5)


def way_ahead(art: Art, t: float, length: float) -> None:
    """Questions are welcome; everybody stands together before a bright town."""
    gather = ease(t, 3.0, 5.2)
    with art.camera(mix(1.22, 1.03, ease(t, 2.4, 5.6)), 960, mix(600, 550, ease(t, 2.4, 5.6))):
        sky(art, 0x93CCE2, 0xFFEBC4)
        art.glow(960, mix(640, 520, t / length), 900, 0xFFE39C, 0.95)
        cloud(art, 330 + 8 * t, 190, 1.3)
        cloud(art, 1540 - 8 * t, 240, 1.1, alpha=0.7)
        future_city(art, t)
        birds(art, t)
        hills(art, 806, 46, 0xA6D3A2, 500)
        ground(art, 824, 0x93C896, 0x74B084)
        tree(art, 90, 856, 1.5, 0x6BA58C, wave(t, 4))
        tree(art, 1840, 856, 1.4, 0x7FB089, wave(t, 4, 0.3))
        others = ((300, DOCTOR, 500, -1), (500, SCARF_GIRL, 430, -1), (690, LAWYER, 516, -1),
                  (1230, INTERPRETER, 500, 1), (1420, GIRL, 430, 1), (1610, CARER, 520, 1))  # fmt: skip
        for i, (x, look, height, side) in enumerate(others):
            away = side * (1 - gather) * 900
            walk = gather * 5 + i * 0.3 if 0.001 < gather < 0.999 else None
            pose = Pose(side=-side * 0.7, walk=walk, t=t + i * 0.7)
            draw_person(art, x + away, 880 + 6 * (i % 2), height, look, pose)
        hello = ease(t, 5.4, 6.0)
        up = (-46 + 7 * wave(t, 1.2) * hello, mix(-74, -176, hello))
        draw_person(art, 1060, 900, 530, GUARDIAN,
                    Pose(side=mix(-0.9, 0.15, hello), t=t + 1, nod=4 * wave(t, 2) * (1 - hello)))  # fmt: skip
        draw_person(art, 860, 904, 462, TEEN,
                    Pose(side=mix(0.9, 0.15, hello), t=t, right=up if hello > 0.01 else None))  # fmt: skip
        if t < 4.2:
            with art.faded(1 - ease(t, 3.4, 4.0)):
                spoken(art, 700, 330, 300, 140, 110, t - 0.3, 1, CORAL)
                spoken(art, 1250, 300, 320, 140, -110, t - 1.6, 1, TEAL)
