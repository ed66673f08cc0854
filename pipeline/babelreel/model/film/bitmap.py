"""A picture that is laid into the film's: an organisation's logo."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Bitmap:
    """Pixels row by row: ``rgba`` holds red, green, blue and how much is seen of it, each from 0 to 255."""

    width_px: int
    height_px: int
    rgba: bytes
