r"""Which plain lines, italics and place are in a text with markup?

The formats mark up differently but share what can be marked; ASS overrides (``{\an8}``) occur in SubRip too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from babelreel.model.track import Align

#: One stretch of text with one look: the text, and whether it is in italics.
Piece = tuple[str, bool]

# The old \a counts 1-3 at the bottom, 5-7 at the top, 9-11 in the middle (SSA v4); \an is the numeric keypad.
_OLD_PLACES = {1: 1, 2: 2, 3: 3, 5: 7, 6: 8, 7: 9, 9: 4, 10: 5, 11: 6}

_SETTING = re.compile(r"\\(?:(?P<name>an|a|i|p)(?P<value>\d{0,4})(?![a-z])|r)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """A text without its markup: ``lines`` and for each of them whether all of it is in italics."""

    lines: tuple[str, ...]
    italic: tuple[bool, ...]


def lay_lines(pieces: Iterable[Piece]) -> Plain:
    r"""Join pieces and cut them at ``\n``; empty lines before and after the text are left out.

    A line is in italics when all its visible characters are; a line without any is not.
    """
    texts: list[list[str]] = [[]]
    upright, slanted = [False], [False]
    for text, is_italic in pieces:
        for count, part in enumerate(text.split("\n")):
            if count:
                texts.append([])
                upright.append(False)
                slanted.append(False)
            texts[-1].append(part)
            if part.strip():
                upright[-1] |= not is_italic
                slanted[-1] |= is_italic
    lines = ["".join(parts) for parts in texts]
    filled = [index for index, line in enumerate(lines) if line.strip()]
    kept = slice(filled[0], filled[-1] + 1) if filled else slice(0)
    italic = [some and not others for some, others in zip(slanted, upright, strict=True)]
    return Plain(lines=tuple("" if not line.strip() else line for line in lines[kept]), italic=tuple(italic[kept]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    r"""One setting of an ASS override block: ``name`` is ``an``, ``i``, ``p`` (drawing) or ``r`` (reset)."""

    name: str
    value: int | None


def read_settings(block: str) -> Iterator[Setting]:
    r"""Give the settings of an override block that concern us, in order; an old ``\a`` is given as ``an``."""
    for match in _SETTING.finditer(block):
        name = match["name"] or "r"
        value = int(match["value"]) if match["value"] else None
        if name == "a":
            name, value = "an", _OLD_PLACES.get(value or 0)
        yield Setting(name=name, value=value)


def place_in_picture(value: int | None) -> Align | None:
    r"""Give the place that the value of ``\an`` names; ``None`` for a value that names none."""
    return Align(str(value)) if value is not None and 1 <= value <= 9 else None  # noqa: PLR2004 - the nine keys
