"""A line in ASS: in the order in which it is seen, each stretch in a font that has its letters.

Nothing that a stranger wrote can act as an ASS command.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from babelreel.timedtext.burnin.layout import Layout, Line
from babelreel.timedtext.burnin.typeface import BurninFont
from babelreel.timedtext.direction.isolates import LEFT_TO_RIGHT_MARK, isolate_left_to_right
from babelreel.timedtext.direction.visual_pieces import JOINERS, is_mark, visual_pieces

_WORD_JOINER = "\u2060"


def render_line(layout: Layout, line: Line) -> str:
    """Write one line in the order in which it is seen, with the font of each stretch of it."""
    text = "".join(_render_runs(layout, _in_visual_order(line)))
    return f"{{\\i1}}{text}{{\\i0}}" if line.is_italic and layout.language.has_italics else text


def _in_visual_order(line: Line) -> str:
    """Leave libass nothing to decide: it lays each stretch in one font out alone, and knows no brackets (rule N0).

    Every stretch of letters from right to left stands between marks, in a line that runs from left to right, and so
    does every number in the digits of Arabic: two of them would make what is between them run from right to left.
    """
    if not line.is_reordered:
        return line.text
    pieces = visual_pieces(isolate_left_to_right(line.text), is_rtl=line.is_rtl)
    return LEFT_TO_RIGHT_MARK.join(piece.text for piece in pieces)


def _render_runs(layout: Layout, text: str) -> Iterator[str]:
    """Name the font of each stretch that the language's own font lacks: libass' choice would depend on the machine."""
    own = layout.font
    if all(own.drawing(character) in (own, None) for character in set(text)):
        yield _harmless(text)
        return
    for font, pairs in groupby(zip(_fonts(own, text), text, strict=True), key=lambda pair: pair[0]):
        run = _harmless("".join(character for _, character in pairs))
        yield run if font == own else f"{_use_font(layout, font)}{run}{_use_font(layout, own)}"


def _fonts(own: BurninFont, text: str) -> Iterator[BurninFont]:
    """Yield the font of each character; a joiner or a mark has its letter's, or it could not join or sit on it."""
    font = own
    for character in text:
        if character not in JOINERS and not (is_mark(character) and font.drawing(character) == font):
            font = own.drawing(character) or own
        yield font


def _use_font(layout: Layout, font: BurninFont) -> str:
    return f"{{\\fn{font.family}\\fs{layout.font_size(font)}}}"


def _harmless(text: str) -> str:
    r"""Keep ``\N``, ``{\fs200}`` and the like from acting; they are drawn as they are written.

    libass draws ``\{`` as a brace, but has no way to write a backslash: an invisible character after it parts it from
    what follows.
    """
    return re.sub(r"[\\{}]", lambda found: f"\\{_WORD_JOINER}" if found[0] == "\\" else f"\\{found[0]}", text)
