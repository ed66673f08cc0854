"""A picture that is laid into the film's: an organisation's logo."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

#: A pixel of which less is seen, of 255, is not drawn.
UNSEEN = 8


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Bitmap:
    """Pixels row by row: ``rgba`` holds red, green, blue and how much is seen of it, each from 0 to 255."""

    width_px: int
    height_px: int
    rgba: bytes

    @property
    def is_clear(self) -> bool:
        """Tell whether no pixel of it is drawn."""
        return max(self.rgba[3::4], default=0) < UNSEEN

    def __repr__(self) -> str:
        """Name the pixels by their digest: plans tell by texts of all that is drawn whether it is what it was."""
        return f"Bitmap({self.width_px}x{self.height_px}, {sha256(self.rgba).hexdigest()})"
