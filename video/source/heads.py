"""Heads, hair and faces; the unit is 1/200 of a body's height."""

from __future__ import annotations

from canvas import Art, smooth_path
from looks import Look, Pose
from palette import INK, WHITE, darker, lighter

FACE = [(0, -21), (13, -17), (17, -3), (14, 10), (6, 18), (0, 19.5)]


def mirrored(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """A closed outline from its right half."""
    return points + [(-x, y) for x, y in reversed(points) if x]


def draw_hair_behind(art: Art, look: Look) -> None:
    """What lies behind the face."""
    if look.style == "long":
        art.blob(mirrored([(0, -24), (18, -16), (21, 4), (21, 24), (15, 31), (9, 18), (0, 8)]), look.hair)
    elif look.style == "afro":
        for x, y, r in ((0, -13, 22), (-15, -6, 14), (15, -6, 14), (-10, -20, 13), (10, -20, 13)):
            art.circle(x, y, r, look.hair)
    elif look.style == "bun":
        art.circle(-3, -27, 10, look.hair)
        art.circle(0, -4, 19.5, look.hair)
    elif look.style == "scarf":
        outline = [(0, -26), (18, -18), (22, 2), (21, 22), (27, 34), (14, 42), (0, 44)]
        art.blob(mirrored(outline), look.hair)
    elif look.style == "braids":
        for side in (-1, 1):
            art.curve([(15 * side, -4), (20 * side, 12), (18 * side, 34)], look.hair, 8)
            art.circle(18 * side, 36, 4, lighter(look.top, 0.2))


def draw_hair_front(art: Art, look: Look, turn: float) -> None:
    """What lies over the forehead; ``turn`` moves it with the face."""
    if look.style == "scarf":
        rim = mirrored([(0, -19), (12, -15), (15.5, -2), (12.5, 10), (5.5, 17), (0, 18.5)])
        ring = smooth_path([(x, y) for x, y in rim])
        art.skia.drawPath(ring, art.pen(darker(look.hair, 0.1), 4))
        return
    if look.style == "bald":
        for side in (-1, 1):
            art.blob([(16 * side, -9), (18.5 * side, -2), (15.5 * side, 5)], look.hair)
        return
    top = [(-18, 0), (-19, -12), (-11, -23), (1, -26), (12, -23), (19, -12), (18, 0), (15, -5)]
    if look.style == "curly":
        for x, y in ((-14, -13), (-8, -20), (0, -23), (8, -21), (14, -14), (-3, -17), (6, -16)):
            art.circle(x + turn * 0.2, y, 7, look.hair)
        return
    fringe = {
        "short": [(13, -11), (2 + turn, -15), (-9 + turn, -12), (-15, -6)],
        "long": [(13, -8), (4 + turn, -17), (-7 + turn, -11), (-15, -3)],
    }.get(look.style, [(13, -11), (4 + turn, -14), (-8 + turn, -14), (-15, -6)])
    art.blob(top + fringe, look.hair)


def draw_face(art: Art, look: Look, pose: Pose, turn: float) -> None:
    """Eyes, brows, nose and mouth."""
    blink = (pose.t + 1.3) % 3.1 < 0.13
    brow = 0x2B2024 if look.style == "scarf" else darker(look.hair, 0.1)
    for side in (-1, 1):
        x = turn + side * 6.4
        if blink:
            art.line([(x - 1.8, -1), (x + 1.8, -1)], INK, 1.3)
        else:
            art.oval(x, -1.2, 1.75, 2.3, INK)
            art.circle(x + 0.6, -2, 0.55, WHITE)
        art.curve([(x - 3, -6.6), (x, -7.8), (x + 3, -6.8)], brow, 1.5)
        art.circle(x + side * 3.4, 6, 3.2, 0xE0604C, 0.16)
        if look.glasses:
            art.skia.drawCircle(x, -1, 5, art.pen(INK, 1.2))
    nose = turn * 1.25
    art.curve([(nose, 1), (nose + (1.6 if turn >= 0 else -1.6), 4.4), (nose - 0.4, 5)],
              darker(look.skin, 0.28), 1.4)  # fmt: skip
    lip = darker(look.skin, 0.55)
    depth = 2.1 * pose.smile
    art.curve([(turn - 4.2, 9.6), (turn, 9.6 + depth), (turn + 4.2, 9.6)], lip, 1.6)


def draw_head(art: Art, look: Look, pose: Pose) -> None:
    """Neck and head, turned to the side the pose looks to."""
    turn = 4.2 * pose.side
    size = 0.98 if look.adult else 1.08
    art.line([(0, -150), (0, -160)], darker(look.skin, 0.2), 13)
    with art.moved(turn * 0.35, -175, size, pose.nod):
        draw_hair_behind(art, look)
        if look.style not in ("scarf", "long"):
            art.circle(-16.5 + turn * 0.3, 1, 3.6, darker(look.skin, 0.1))
            art.circle(16.5 + turn * 0.3, 1, 3.6, darker(look.skin, 0.1))
        face = smooth_path(mirrored(FACE))
        art.fill(face, look.skin)
        with art.clipped(face):
            side = -1 if pose.side >= 0 else 1
            art.oval(side * 21, 2, 12, 30, INK, 0.06)
            if look.beard:
                art.blob([(-18, 2), (-10 + turn, 8), (turn, 5), (10 + turn, 8), (18, 2),
                          (14, 24), (-14, 24)], darker(look.hair, 0.1), 0.9)  # fmt: skip
        draw_face(art, look, pose, turn)
        draw_hair_front(art, look, turn)
