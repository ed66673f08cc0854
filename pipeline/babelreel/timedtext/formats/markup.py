r"""Read plain lines, italics and place from a text with markup.

The formats mark text differently, but the same things; ASS overrides (``{\an8}``) occur in SubRip too.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from babelreel.model.file_position import LINE_END
from babelreel.model.track import Align, Origins

#: One stretch of text with one look: the text, whether it is in italics, and its offset in the file, where it stands
#: letter by letter (or, when it is one character, as something that means this character).
Piece = tuple[str, bool, int]

# The old \a counts 1-3 at the bottom, 5-7 at the top, 9-11 in the middle (SSA v4); \an is the numeric keypad.
_OLD_PLACES = {1: 1, 2: 2, 3: 3, 5: 7, 6: 8, 7: 9, 9: 4, 10: 5, 11: 6}

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_SETTING = re.compile(r"\\(?:(?P<name>an|a|i|p)(?P<value>\d{0,4})(?![a-z])|r)")


class Plain(NamedTuple):
    """A text without its markup: ``lines``, for each whether all of it is in italics, and where it stands."""

    lines: tuple[str, ...]
    italic: tuple[bool, ...]
    origins: tuple[Origins, ...]


class _Line:
    """A line in the making; lists, because one line may have millions of pieces."""

    __slots__ = ("has_slanted", "has_upright", "length", "origins", "parts")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.origins: list[tuple[int, int]] = []
        self.length = 0
        self.has_upright = self.has_slanted = False

    def add(self, part: str, offset: int, *, is_italic: bool) -> None:
        if not part:
            return
        self.origins.append((self.length, offset))
        self.parts.append(part)
        self.length += len(part)
        if not part.isspace():
            self.has_slanted |= is_italic
            self.has_upright |= not is_italic

    @property
    def has_text(self) -> bool:
        return self.has_slanted or self.has_upright


def lay_lines(pieces: Iterable[Piece]) -> Plain:
    r"""Join pieces and cut them at line ends; empty lines before and after the text are left out.

    A line is in italics when all its visible characters are; a line without any is not.
    """
    lines = [_Line()]
    for text, is_italic, offset in pieces:
        start = 0
        for match in (*LINE_END.finditer(text), None):
            lines[-1].add(text[start : match.start() if match else None], offset + start, is_italic=is_italic)
            if match:
                lines.append(_Line())
                start = match.end()
    filled = [index for index, line in enumerate(lines) if line.has_text]
    kept = lines[filled[0] : filled[-1] + 1] if filled else []
    return Plain(
        lines=tuple("".join(line.parts) if line.has_text else "" for line in kept),
        italic=tuple(line.has_slanted and not line.has_upright for line in kept),
        origins=tuple(tuple(line.origins) if line.has_text else () for line in kept),
    )


def lay_whole_lines(lines: Sequence[str], starts: Sequence[int], *, is_italic: bool = False) -> Plain:
    """Do what ``lay_lines`` does, many times faster, for lines without markup, which begin at these offsets."""
    first, last = 0, len(lines)
    while last > first and _is_blank(lines[last - 1]):
        last -= 1
    while first < last and _is_blank(lines[first]):
        first += 1
    kept = tuple(lines[first:last])
    origins: list[Origins] = [((0, start),) for start in starts[first:last]]
    if not any(map(_is_blank, kept[1:-1])):  # nearly always
        return Plain(lines=kept, italic=(is_italic,) * len(kept), origins=tuple(origins))
    return Plain(
        lines=tuple("" if _is_blank(line) else line for line in kept),
        italic=tuple(is_italic and not _is_blank(line) for line in kept),
        origins=tuple(() if _is_blank(line) else origin for line, origin in zip(kept, origins, strict=True)),
    )


def _is_blank(line: str) -> bool:
    return not line or line.isspace()


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    r"""One setting of an ASS override block: ``name`` is ``an``, ``i``, ``p`` (drawing) or ``r`` (reset)."""

    name: str
    value: int | None


def read_settings(block: str) -> Iterator[Setting]:
    r"""Yield the settings of an override block that concern us, in order; an old ``\a`` becomes ``an``."""
    for match in _SETTING.finditer(block):
        name = match["name"] or "r"
        value = int(match["value"]) if match["value"] else None
        if name == "a":
            name, value = "an", _OLD_PLACES.get(value or 0)
        yield Setting(name=name, value=value)


def place_in_picture(value: int | None) -> Align | None:
    r"""Find the place that the value of ``\an`` names; ``None`` for a value that names none."""
    return Align(str(value)) if value is not None and 1 <= value <= 9 else None  # noqa: PLR2004 - the nine keys


def unescaped(text: str, offset: int, *, is_italic: bool, with_beginnings: bool = False) -> Iterator[Piece]:
    """Resolve the names that HTML has for characters; a number of thousands of digits is none.

    ``with_beginnings``: a word that only begins with a name holds it, as in HTML: "&ampx;" means "&x;".
    """
    done = 0
    for match in _ENTITY.finditer(text):
        meant = html.unescape(match[0]).replace("\r", "\n")
        is_beginning = bool(meant) and match[0].endswith(meant[1:])  # the number of a control character means nothing
        if meant != match[0] and (with_beginnings or not is_beginning or len(meant) == 1):
            yield text[done : match.start()], is_italic, offset + done
            done = match.end()
            if is_beginning:  # what follows the name is text
                done -= len(meant) - 1
                meant = meant[0]
            for character in meant:  # a few names mean two characters
                yield character, is_italic, offset + match.start()
    yield text[done:], is_italic, offset + done
