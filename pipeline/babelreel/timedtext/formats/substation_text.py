"""What does the text of an ASS or SSA event say, in the style that it is set in?"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from babelreel.model.track import Align, Format
from babelreel.timedtext.formats.markup import Piece, Plain, lay_lines, lay_whole_lines, place_in_picture, read_settings

# Neither alternative looks beyond the next brace: linear time.
_TOKEN = re.compile(r"\\[{}]|\{[^{}]*\}|\\[Nnh]")
_MEANT = {r"\N": "\n", r"\n": "\n", r"\h": "\u00a0", r"\{": "{", r"\}": "}"}

#: The alpha of what nobody sees, in a style and in a text; what changes with time is seen at some moment.
_CLEAR = 255
_ALPHA = re.compile(r"\\alpha(?:&?H?(?P<value>[0-9A-Fa-f]{1,8})&?)?")
_CHANGES = re.compile(r"\\(?:t\(|fade?\()")
_PLACES = re.compile(r"\\(?:pos|move|org|i?clip)\(|\\fr[xyz]?[-0-9]")


@dataclass(frozen=True, slots=True, kw_only=True)
class EventStyle:
    """What of a style is heeded; without values it is that of an event whose style is not defined."""

    is_italic: bool = False
    align: Align = Align.BOTTOM
    is_hidden: bool = False


def read_style(fields: str, format_: Format) -> EventStyle:
    """Read a style through pysubs2; one that it cannot read is the default style."""
    import pysubs2  # noqa: PLC0415 - slow to load, and most tracks are SubRip

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a field with a bad number pysubs2 warns and takes its default
        try:
            script = pysubs2.SSAFile.from_string(f"[V4+ Styles]\nStyle: it,{fields}", format_=format_.value)
        except (ValueError, IndexError):
            return EventStyle()
    style = script.styles["it"]
    return EventStyle(
        is_italic=style.italic,
        align=place_in_picture(int(style.alignment)) or Align.BOTTOM,
        is_hidden=style.primarycolor.a == _CLEAR and (style.outlinecolor.a == _CLEAR or not style.outline),
    )


@dataclass(slots=True, kw_only=True)
class EventText:
    """The text of one event: what its overrides say is known once its pieces have been taken."""

    style: EventStyle
    source: str
    offset: int
    place: Align | None = None
    has_drawing: bool = False
    has_hidden: bool = False
    has_own_place: bool = False

    @property
    def align(self) -> Align:
        """The first place named in the text, else the style's, as in libass."""
        return self.place or self.style.align

    def lay(self) -> Plain:
        """Give the lines of the text, and learn what its overrides say."""
        if "{" in self.source or "\\" in self.source or self.style.is_hidden:
            return lay_lines(self._pieces())
        return lay_whole_lines((self.source,), (self.offset,), is_italic=self.style.is_italic)

    def _pieces(self) -> Iterator[Piece]:
        is_italic, is_drawing, done = self.style.is_italic, False, 0
        is_hidden, may_hide = self.style.is_hidden, not _CHANGES.search(self.source)
        for match in (*_TOKEN.finditer(self.source), None):
            text = self.source[done : match.start() if match else None]
            if is_drawing:
                self.has_drawing |= bool(text.strip())
            elif is_hidden and may_hide:
                self.has_hidden |= bool(text.strip())
            else:
                yield text, is_italic, self.offset + done
            if match is None:
                return
            done = match.end()
            if match[0] in _MEANT:
                if not (is_drawing or (is_hidden and may_hide)):
                    yield _MEANT[match[0]], is_italic, self.offset + match.start()
                continue
            is_hidden = self._is_hidden_after(match[0], is_hidden=is_hidden)
            self.has_own_place |= _PLACES.search(match[0]) is not None
            for setting in read_settings(match[0]):
                if setting.name == "an":
                    self.place = self.place or place_in_picture(setting.value)
                elif setting.name == "p":
                    is_drawing = bool(setting.value)
                else:  # \i alone and \r go back to the style
                    is_italic = self.style.is_italic if setting.value is None else setting.value == 1

    def _is_hidden_after(self, block: str, *, is_hidden: bool) -> bool:
        """Tell whether nobody sees what follows an override block."""
        if "\\alpha" not in block and "\\r" not in block:
            return is_hidden
        values = [match["value"] for match in _ALPHA.finditer(block)]
        if not values or values[-1] is None:  # \r, and \alpha alone, go back to the style
            return self.style.is_hidden
        return int(values[-1], 16) & _CLEAR == _CLEAR
