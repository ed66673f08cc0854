"""Shots 1 to 5: arriving, being alone, being protected, the guardian."""

from __future__ import annotations

from canvas import Art, ease, ease_out, mix, wave
from cast import (
    ADULT_HEIGHT,
    GUARDIAN,
    OFFICER,
    TEEN,
    TEEN_HEIGHT,
    WALKERS,
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
    SKY,
    STEEL,
    TEAL,
    WHITE,
    blend,
    darker,
    lighter,
)  # fmt: skip
from people import draw_person
from props import (
    bench,
    chance,
    cloud,
    ground,
    hills,
    meadow,
    sky,
    spoken,
    town,
    train,
    tree,
)  # fmt: skip
from rooms import chair, desk, picture, plant, room, shelf, window

TOWN = (0xC98C6B, 0xD9B48A, 0xB9755F, 0xE0C7A0, 0xA9A08F)
FAR_TOWN = tuple(blend(colour, SKY, 0.6) for colour in TOWN)


def roof(art: Art, shift: float) -> None:
    """The roof and the columns of a platform."""
    art.gradient(-200, -200, 2320, 300, 0x2B5560, 0x3B6C75)
    art.rect(-200, 96, 2320, 14, MUSTARD)
    for i in range(5):
        x = i * 560 - 260 + shift
        art.rect(x, 100, 26, 760, 0x35616B)
        art.fill([(x - 90, 110), (x + 116, 110), (x + 26, 220), (x, 220)], 0x2F5963)


def train_arrives(art: Art, t: float, length: float) -> None:
    """A train comes to rest at a platform in the morning."""
    with art.camera(1.03 + 0.02 * t / length, 960, 540):
        sky(art, 0x9FD0E2, 0xFCEBCB)
        art.glow(1500, 330, 620, 0xFFE3A3, 0.75)
        cloud(art, 420 + 12 * t, 250, 1.3)
        cloud(art, 1250 + 8 * t, 190, 0.9, alpha=0.6)
        town(art, 700, -60 - 8 * t, FAR_TOWN, 0.8)
        town(art, 770, -10 - 16 * t, TOWN, 0.9, seed=4)
        ground(art, 745, 0xA59C93, 0x8C8A8C)
        art.rect(-200, 792, 2320, 9, darker(STEEL, 0.5))
        train(art, mix(1650, 330, ease_out(t, -0.5, length * 0.92)), 826)
        ground(art, 826, 0xD9CDBB, 0xB9AEA3)
        art.rect(-200, 838, 2320, 12, lighter(MUSTARD, 0.2))
        roof(art, -14 * t)


def alone_on_platform(art: Art, t: float, length: float) -> None:
    """A young person stands alone while others pass."""
    with art.camera(1.02 + 0.05 * ease(t / length), 960, 560):
        sky(art, 0xB5DAE6, 0xFBEFD6)
        town(art, 720, -140 - 5 * t, FAR_TOWN, 0.9, seed=2)
        ground(art, 700, 0xB0A79D, 0xA59C93)
        train(art, -900, 806)
        ground(art, 806, 0xDDD2C1, 0xB9AEA3)
        art.rect(-200, 818, 2320, 10, lighter(MUSTARD, 0.2))
        roof(art, 120 - 4 * t)
        for i, look in enumerate(WALKERS):
            way = -1 if i % 2 else 1
            x = (250 + i * 520 + 170 * t * way) if way > 0 else 1560 - 150 * t
            pose = Pose(side=way, walk=t * 1.5 + i * 0.4, t=t)
            draw_person(art, x, 846, 430, look, pose)
        glance = mix(-0.9, 0.9, ease(t, 1.0, 2.4))
        pose = Pose(side=glance if abs(glance) > 0.05 else 0.05, t=t, smile=0.1, nod=2 * glance)
        draw_person(art, 985, 900, 520, TEEN, pose)


def rain(art: Art, t: float, alpha: float) -> None:
    """Slow soft rain."""
    for i in range(90):
        x = chance(i, 7) * 2100 - 60
        y = (chance(i, 9) * 1100 + t * (330 + 120 * chance(i, 2))) % 1100 - 40
        art.line([(x, y), (x - 6, y + 30)], WHITE, 3, alpha * 0.55)


def umbrella(art: Art, x: float, y: float, opened: float) -> None:
    """A large umbrella whose handle ends at (x, y)."""
    art.line([(x, y), (x, y - 420)], DARK_WOOD, 11)
    art.arc(x - 22, y, 22, 0, 160, DARK_WOOD, 11)
    wide = mix(60, 430, opened)
    high = mix(330, 215, opened)
    with art.moved(x, y - 250):
        for i, colour in enumerate((CORAL, MUSTARD, CORAL, MUSTARD)):
            a, b = -wide + i * wide / 2, -wide + (i + 1) * wide / 2
            rim = [(a, 0), (a * 0.88, -high * 0.45), (a * 0.4, -high * 0.88), (0, -high)]
            rim += [(0, -high), (b * 0.4, -high * 0.88), (b * 0.88, -high * 0.45), (b, 0)]
            art.fill([*rim, ((a + b) / 2, -26 * opened)], colour)
        art.line([(0, -high), (0, -high - 24)], DARK_WOOD, 9)


def law_protects(art: Art, t: float, length: float) -> None:
    """An umbrella opens over the young person; the rain gives way to light."""
    light = ease(t, 1.2, length)
    with art.camera(1.03, 960, 545):
        sky(art, blend(0x6F8798, 0x9CCFE2, light), blend(0xA9B5B8, 0xFBEBC9, light))
        art.glow(960, 480, 900, 0xFFE9B8, 0.85 * light)
        for i in range(5):
            drift = 260 * light * (1 if i > 2 else -1)
            shade = blend(0x8296A3, WHITE, light)
            cloud(art, 160 + i * 400 + drift + 10 * t, 150 + 50 * (i % 2), 1.7, shade, 0.85)
        hills(art, 760, 120, blend(0x7F9A99, 0xA9CFB4, light), 200 + 6 * t)
        hills(art, 830, 80, blend(0x6A8B80, 0x8CBF98, light), 700 + 10 * t)
        ground(art, 850, blend(0x64847A, 0x7FB38B, light), blend(0x54736D, 0x6AA27D, light))
        rain(art, t, 1 - light)
        art.shadow(985, 905, 330, 0.22)
        draw_person(art, 930, 905, 520, TEEN,
                    Pose(side=0.5, t=t, left=(38, -112), smile=light))  # fmt: skip
        umbrella(art, 1029, 640, ease_out(t, 0.2, 1.4))


def meets_guardian(art: Art, t: float, length: float) -> None:
    """At the Guardianship Service: the guardian comes and shakes hands."""
    come = ease(t, 1.2, 3.6)
    shake = ease(t, 3.5, 4.2) * (1 - ease(t, 5.7, 6.4))
    with art.camera(1.03 + 0.05 * ease(t / length), 980, 560):
        room(art, 0xDCEBE4, 0xF4ECD8, 0xC9A67E)
        window(art, 190, 190, 380, 330, t)
        picture(art, 760, 230, 210, 160)
        shelf(art, 1600, 250, 330, 548, 4)
        plant(art, 110, 850, 1.1, t)
        chair(art, 470, 872, 1, PLUM)
        draw_person(art, 480, 868, ADULT_HEIGHT, OFFICER,
                    Pose(side=1, sit=True, t=t, right=(40, -72), nod=4 * wave(t, 2.4)))  # fmt: skip
        desk(art, 520, 890, 330)
        art.rect(590, 682, 130, 9, WHITE, 2)
        art.rect(600, 674, 120, 9, CREAM, 2)
        up = 3 * wave(t, 0.9) * shake
        reach = (mix(30, 62, shake), mix(-74, -106, shake) + up)
        x = mix(2050, 1268, come)
        walk = come * 3.0 if come < 0.999 else None
        hand = (mix(-30, -54, shake), mix(-74, -92, shake) + up * 0.9)
        teen = Pose(side=1, t=t, left=reach if shake > 0.01 else None, smile=mix(0.3, 1, come))
        draw_person(art, 985, 884, TEEN_HEIGHT, TEEN, teen)
        guardian = Pose(side=-1, walk=walk, t=t + 2, left=hand if shake > 0.01 else None)
        draw_person(art, x, 884, ADULT_HEIGHT, GUARDIAN, guardian)


def coins_struck_out(art: Art, x: float, y: float, t: float) -> None:
    """A thought bubble: nothing to pay."""
    if t <= 0:
        return
    with art.moved(x, y, ease_out(t, 0, 0.5)):
        art.rect(-124, -104, 260, 210, NAVY, 100, 0.1)
        art.rect(-130, -114, 260, 210, WHITE, 100)
        art.circle(-60, 122, 20, WHITE)
        art.circle(-92, 160, 11, WHITE)
        for dx, count in ((-42, 3), (34, 2)):
            for i in range(count):
                art.oval(dx, 38 - i * 22, 36, 15, darker(MUSTARD, 0.25))
                art.oval(dx, 32 - i * 22, 36, 15, MUSTARD)
                art.oval(dx, 32 - i * 22, 24, 9, lighter(MUSTARD, 0.35))
        drawn = ease(t, 0.7, 1.3)
        art.line([(-84, 66), (mix(-84, 84, drawn), mix(66, -84, drawn))], CORAL, 15)


def walk_in_park(art: Art, t: float, length: float) -> None:
    """Guardian and young person walk through a park and talk."""
    with art.camera(1.03, 960, 550):
        sky(art, SKY, 0xFCF1DA)
        art.glow(360, 220, 520, 0xFFEBB5, 0.8)
        cloud(art, 700 - 9 * t, 170, 1.2)
        cloud(art, 1600 - 13 * t, 260, 1.0, alpha=0.65)
        town(art, 730, -22 * t, FAR_TOWN, 0.85, seed=7)
        hills(art, 770, 60, 0xB5D6B5, 300 + 45 * t)
        meadow(art, 800, -62 * t)
        ground(art, 800, 0x9CCB9B, 0x7DB387)
        for i in range(4):
            tree(art, i * 640 + 240 - 95 * t, 842, 1.25 - 0.2 * (i % 2), [SAGE, 0x6BA58C][i % 2],
                 wave(t, 3.7, i * 0.2))  # fmt: skip
        bench(art, 1440 - 95 * t, 850, 260)
        ground(art, 850, 0xEADBBD, 0xD3C09E)
        art.rect(-200, 846, 2320, 8, 0x86B787)
        draw_person(art, 1085, 896, ADULT_HEIGHT, GUARDIAN,
                    Pose(side=0.9, walk=t * 1.35, t=t + 1,
                         right=(26, -108 + 5 * wave(t, 1.6)) if t < 4 else None))  # fmt: skip
        draw_person(art, 845, 900, TEEN_HEIGHT, TEEN, Pose(side=1, walk=t * 1.35 + 0.35, t=t))
        if t < 4.4:
            spoken(art, 1240, 250, 330, 150, -110, t - 0.8, 0, TEAL)
        coins_struck_out(art, 700, 260, t - 4.7)
