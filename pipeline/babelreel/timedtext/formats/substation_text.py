"""What does the text of an ASS or SSA event say, in the style that it is set in?"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from babelreel.model.track import Align, Format
from babelreel.timedtext.formats.markup import Piece, Plain, lay_lines, lay_whole_lines, place_in_picture, read_settings

# Neither alternative looks beyond the next brace: linear time.
_TOKEN = re.compile(r"\{[^{}]*\}|\\[Nnh]")
_BREAKS = {r"\N": "\n", r"\n": "\n", r"\h": "\u00a0"}


@dataclass(frozen=True, slots=True, kw_only=True)
class EventStyle:
    """What of a style is heeded; without values it is that of an event whose style is not defined."""

    is_italic: bool = False
    align: Align = Align.BOTTOM


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
    return EventStyle(is_italic=style.italic, align=place_in_picture(int(style.alignment)) or Align.BOTTOM)


@dataclass(slots=True, kw_only=True)
class EventText:
    """The text of one event: what its overrides say is known once its pieces have been taken."""

    style: EventStyle
    source: str
    offset: int
    place: Align | None = None
    has_drawing: bool = False

    @property
    def align(self) -> Align:
        """The first place named in the text, else the style's, as in libass."""
        return self.place or self.style.align

    def lay(self) -> Plain:
        """Give the lines of the text, and learn what its overrides say."""
        if "{" in self.source or "\\" in self.source:
            return lay_lines(self._pieces())
        return lay_whole_lines((self.source,), (self.offset,), is_italic=self.style.is_italic)

    def _pieces(self) -> Iterator[Piece]:
        is_italic, is_drawing, done = self.style.is_italic, False, 0
        for match in (*_TOKEN.finditer(self.source), None):
            text = self.source[done : match.start() if match else None]
            if is_drawing:
                self.has_drawing |= bool(text.strip())
            else:
                yield text, is_italic, self.offset + done
            if match is None:
                return
            done = match.end()
            if match[0] in _BREAKS:
                yield _BREAKS[match[0]], is_italic, self.offset + match.start()
                continue
            for setting in read_settings(match[0]):
                if setting.name == "an":
                    self.place = self.place or place_in_picture(setting.value)
                elif setting.name == "p":
                    is_drawing = bool(setting.value)
                else:  # \i alone and \r go back to the style
                    is_italic = self.style.is_italic if setting.value is None else setting.value == 1
