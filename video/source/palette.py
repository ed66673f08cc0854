"""The colours of the film, as ``0xRRGGBB`` numbers."""

from __future__ import annotations

CREAM = 0xFBF4E6
SAND = 0xF1DFC0
MUSTARD = 0xF2B749
CORAL = 0xEC7557
BRICK = 0xB9533F
TEAL = 0x2F8486
DEEP_TEAL = 0x1E5560
MINT = 0xA9D3C3
SAGE = 0x7FB089
FOREST = 0x3F7B66
SKY = 0xBEE0EA
PALE_SKY = 0xE6F2EE
BLUE = 0x4B86B4
NAVY = 0x22304F
NIGHT = 0x172340
PLUM = 0x74496B
LILAC = 0xB79CC4
STEEL = 0x8A9BA8
PALE_STEEL = 0xCBD6DA
WOOD = 0xB98556
DARK_WOOD = 0x8A5D3B
WHITE = 0xFFFFFF
INK = 0x2A2F3F

SKIN_DEEP = 0x6B4330
SKIN_BROWN = 0x8F5B3D
SKIN_TAN = 0xBC8158
SKIN_OLIVE = 0xD7A077
SKIN_LIGHT = 0xEDBF9B


def blend(first: int, second: int, share: float) -> int:
    """The colour ``share`` of the way from ``first`` to ``second``."""
    share = min(1.0, max(0.0, share))
    result = 0
    for shift in (16, 8, 0):
        a, b = first >> shift & 255, second >> shift & 255
        result |= round(a + (b - a) * share) << shift
    return result


def darker(colour: int, share: float = 0.2) -> int:
    """``colour`` moved towards a dark blue."""
    return blend(colour, NIGHT, share)


def lighter(colour: int, share: float = 0.25) -> int:
    """``colour`` moved towards white."""
    return blend(colour, WHITE, share)
