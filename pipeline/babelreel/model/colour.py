"""How far two colours, written ``#rrggbb``, can be told apart."""

from __future__ import annotations

from typing import TypeAlias

#: Between small text and its ground: WCAG 2.2, 1.4.3, level AA.
LEAST_CONTRAST = 4.5

WHITE, BLACK = "#ffffff", "#000000"

Rgb: TypeAlias = tuple[int, int, int]


def text_on(ground: str) -> str:
    """Choose white or black, whichever stands out more: at least 4.58 to 1 on any ground."""
    return max((WHITE, BLACK), key=lambda each: contrast(each, ground))


def contrast(first: str, second: str) -> float:
    """Compute the contrast of two colours as WCAG 2.2 defines it, from 1 to 21."""
    darker, lighter = sorted((_luminance(_rgb(first)), _luminance(_rgb(second))))
    return (lighter + 0.05) / (darker + 0.05)


def mixed(colour: str, other: str, percent: int) -> str:
    """Mix so many percent of a colour with another one."""
    parts = zip(_rgb(colour), _rgb(other), strict=True)
    return "#" + "".join(f"{(ours * percent + theirs * (100 - percent)) // 100:02x}" for ours, theirs in parts)


def _rgb(colour: str) -> Rgb:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return red, green, blue


def _luminance(rgb: Rgb) -> float:
    red, green, blue = (_linear(each / 255) for each in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - IEC 61966-2-1
