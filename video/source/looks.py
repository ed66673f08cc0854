"""What people look like, and how they stand."""

from __future__ import annotations

from dataclasses import dataclass

from canvas import Point
from palette import NAVY, SKIN_TAN, TEAL


@dataclass(frozen=True)
class Look:
    """What a person looks like."""

    skin: int = SKIN_TAN
    hair: int = 0x2B2024
    style: str = "short"
    top: int = TEAL
    legs: int = NAVY
    shoes: int = 0x3A3F52
    adult: bool = True
    coat: str = ""  # "", "open", "doctor", "hood" or "dress"
    bag: int = 0  # colour of a backpack; 0 for none
    glasses: bool = False
    beard: bool = False


@dataclass(frozen=True)
class Pose:
    """How a person stands, walks or sits; hands are local points or None."""

    side: float = 1.0  # -1 looks left, 0 to the front, 1 right
    walk: float | None = None  # steps done; None for standing
    sit: bool = False
    left: Point | None = None  # the hand of the arm drawn behind
    right: Point | None = None  # the hand of the arm drawn in front
    lean: float = 0.0
    nod: float = 0.0
    t: float = 0.0  # for breathing and blinking
    smile: float = 1.0
