"""Jointed people in a flat style; the unit is 1/200 of a body's height."""

from __future__ import annotations

import math

import heads
from canvas import Art, Point, smooth_path
from looks import Look, Pose
from palette import INK, WHITE, darker, lighter


def joint(start: Point, end: Point, upper: float, lower: float, bend: float) -> tuple[Point, Point]:
    """Elbow or knee, and the reached end, of a limb from ``start`` to ``end``."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    distance = max(1e-6, math.hypot(dx, dy))
    reach = min(distance, (upper + lower) * 0.999)
    angle = math.atan2(dy, dx)
    cosine = (upper**2 + reach**2 - lower**2) / (2 * upper * reach)
    turn = math.acos(max(-1.0, min(1.0, cosine))) * bend
    middle = (
        start[0] + upper * math.cos(angle + turn),
        start[1] + upper * math.sin(angle + turn),
    )
    tip = (start[0] + reach * math.cos(angle), start[1] + reach * math.sin(angle))
    return middle, tip


def draw_leg(art: Art, hip: Point, foot: Point, look: Look, way: float, shade: float) -> None:
    """One leg with its shoe; ``way`` is where the toes point."""
    knee, ankle = joint(hip, foot, 39.4, 39.4, -way if way else -1)
    colour = darker(look.legs, shade)
    art.curve([hip, ((hip[0] + knee[0]) / 2, (hip[1] + knee[1]) / 2), knee], colour, 19)
    art.line([knee, (ankle[0], ankle[1] - 2)], colour, 15.5)
    toe = 13 * way
    shoe = darker(look.shoes, shade)
    x, y = ankle
    heel = -7 if way >= 0 else 7
    points = [(x + heel, y - 4), (x + toe * 0.3, y - 5), (x + toe, y + 3), (x + toe * 1.1, y + 8)]
    points += [(x + heel, y + 8)]
    art.blob(points, shoe)
    art.line([(x + heel, y + 8.4), (x + toe * 1.05, y + 8.4)], lighter(shoe, 0.55), 2.2)


def draw_legs(art: Art, look: Look, pose: Pose, hip_y: float) -> None:
    """Both legs, walking, standing or sitting."""
    way = math.copysign(1, pose.side) if abs(pose.side) > 0.2 else 0.0
    for index, shade in ((1, 0.22), (0, 0.0)):
        if pose.sit:
            spread = 4 - 8 * index
            hip, foot = (spread * 0.8, hip_y), ((38 + spread) * (way or 1), -8.0)
        elif pose.walk is None:
            x = 9.5 if index else -9.5
            hip, foot = (x * 0.85, hip_y), (x + way * 2, -8.0)
        else:
            phase = math.pi * (pose.walk + index)
            swing = math.cos(phase) * 24
            lift = max(0.0, -math.sin(phase)) * 13
            hip, foot = (3 - 6 * index, hip_y), (swing * (way or 1), -8 - lift)
        draw_leg(art, hip, foot, look, way or (1 if hip[0] > 0 else -1), shade)


def draw_arm(art: Art, look: Look, shoulder: Point, hand: Point, bend: float, shade: float) -> None:
    """One arm with a sleeve and a hand."""
    elbow, wrist = joint(shoulder, hand, 31, 30, bend)
    sleeve = darker(WHITE if look.coat == "doctor" else look.top, 0.1 + shade)
    skin = darker(look.skin, shade * 0.7)
    art.circle(wrist[0], wrist[1], 7.2, skin)
    cuff = (elbow[0] + (wrist[0] - elbow[0]) * 0.82, elbow[1] + (wrist[1] - elbow[1]) * 0.82)
    art.line([elbow, wrist], skin, 9)
    art.line([shoulder, elbow, cuff], sleeve, 14)


def elbow_way(shoulder: Point, hand: Point, way: float) -> float:
    """To which side an elbow bends; of a raised arm outwards, away from the head."""
    return math.copysign(1, shoulder[0]) if hand[1] < shoulder[1] - 5 else way


def hand_at_rest(pose: Pose, index: int, hip_y: float) -> Point:
    """Where a hand hangs when nothing else is asked of it."""
    way = 1 if pose.side >= 0 else -1
    if pose.sit:
        return ((24 + 4 * index) * way, hip_y - 6)
    if pose.walk is not None:
        swing = math.cos(math.pi * (pose.walk + 1 - index))
        return (swing * 21 * way, hip_y + 4 - abs(swing) * 4)
    return ((31 if index else -31) + 3 * way, hip_y + 13)


def torso_points(look: Look, hip_y: float) -> list[Point]:
    """The outline of the upper body."""
    wide = 27.0 if look.adult else 24.5
    hem = {"doctor": 32.0, "open": 16.0, "dress": 60.0}.get(look.coat, 6.0)
    flare = {"doctor": 4.0, "dress": 9.0}.get(look.coat, 0.0)
    low = min(hip_y + hem, -14)
    right = [(8.0, -152.0), (wide - 4, -146.0), (wide, -134.0), (wide - 5, -108.0)]
    right += [(22.0 + flare / 2, hip_y - 4), (23.0 + flare, low)]
    return right + [(-x, y) for x, y in reversed(right)]


def draw_torso(art: Art, look: Look, pose: Pose, hip_y: float) -> None:
    """The upper body with what is worn on it."""
    path = smooth_path(torso_points(look, hip_y))
    main = 0xF7F8F6 if look.coat == "doctor" else look.top
    art.fill(path, main)
    with art.clipped(path):
        if look.coat in ("doctor", "open"):
            inner = look.top if look.coat == "doctor" else lighter(look.top, 0.75)
            art.fill([(-9, -156), (9, -156), (5, -104), (-1, -104)], inner)
            art.line([(-11, -156), (2, -104), (2, 0)], darker(main, 0.16), 2.2)
            art.line([(11, -156), (3, -104)], darker(main, 0.16), 2.2)
        elif look.coat == "hood":
            art.oval(0, -149, 19, 8, darker(look.top, 0.2))
            art.line([(-4, -142), (-5, -124)], lighter(look.top, 0.5), 1.8)
            art.line([(5, -142), (6, -126)], lighter(look.top, 0.5), 1.8)
            art.rect(-15, -112, 30, 20, darker(look.top, 0.09), 7)
        else:
            art.oval(0, -153, 11, 8, darker(look.skin, 0.12))
        side = -1 if pose.side >= 0 else 1
        art.fill([(side * 12, -160), (side * 60, -160), (side * 60, 0), (side * 15, 0)], INK, 0.09)


def draw_bag(art: Art, look: Look, way: float) -> None:
    """A backpack, seen behind the body."""
    x = -20 * way
    art.blob([(x - 17, -140), (x + 14, -142), (x + 17, -110), (x + 15, -84), (x - 18, -84)], look.bag)
    art.rect(x - 15, -112, 28, 22, darker(look.bag, 0.16), 7)


def draw_straps(art: Art, look: Look) -> None:
    """The straps of a backpack, seen before the body."""
    art.curve([(-10, -149), (-15, -130), (-14, -108)], darker(look.bag), 5)
    art.curve([(12, -149), (17, -130), (16, -108)], darker(look.bag), 5)


def draw_person(art: Art, x: float, y: float, height: float, look: Look, pose: Pose) -> None:
    """A person whose feet stand at (x, y)."""
    art.shadow(x, y, height * 0.24)
    way = 1 if pose.side >= 0 else -1
    hip_y = -46.0 if pose.sit else -86.0
    bob = math.sin(pose.t * 2.1) * 0.7
    if pose.walk is not None:
        bob = -2.2 * abs(math.sin(math.pi * pose.walk))
        hip_y += 1.5
    drop = 40.0 if pose.sit else 0.0
    with art.moved(x, y, height / 200):
        draw_legs(art, look, pose, hip_y + bob)
        with art.moved(0, bob, turn=pose.lean):
            shoulder = -138.0 + drop
            back = pose.left or hand_at_rest(pose, 1 if pose.side >= 0 else 0, hip_y)
            front = pose.right or hand_at_rest(pose, 0 if pose.side >= 0 else 1, hip_y)
            behind, before = (19.0 * way, shoulder), (-19.0 * way, shoulder)
            draw_arm(art, look, behind, back, elbow_way(behind, back, way), 0.12)
            with art.moved(0, drop):
                if look.bag:
                    draw_bag(art, look, way)
                draw_torso(art, look, pose, hip_y - drop)
                if look.bag:
                    draw_straps(art, look)
                heads.draw_head(art, look, pose)
            draw_arm(art, look, before, front, elbow_way(before, front, way), 0.0)
