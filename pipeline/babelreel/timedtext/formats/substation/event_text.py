"""Read the text of an ASS or SSA event, in the style that it is set in."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from babelreel.model.track import Align, CueLook, Format
from babelreel.timedtext.formats.markup import Piece, Plain, lay_lines, lay_whole_lines, place_in_picture, read_settings
from babelreel.timedtext.formats.substation.look import Ink, Lost, lost_in
from babelreel.timedtext.formats.substation.place import (
    USUAL_MARGINS,
    Margins,
    Motion,
    Picture,
    Place,
    is_bent,
    place_of,
    point_of,
    read_motion,
)
from babelreel.timedtext.formats.substation.transparency import SEEN, Sight, changes_with_time, is_clear

if TYPE_CHECKING:
    import pysubs2

# Neither alternative looks beyond the next brace: linear time.
_TOKEN = re.compile(r"\\[{}]|\{[^{}]*\}|\\[Nnh]")
#: Of an event whose style is not defined.
USUAL_INK = Ink()
_MEANT = {r"\N": "\n", r"\n": "\n", r"\h": "\u00a0", r"\{": "{", r"\}": "}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class EventStyle:
    """What of a style is heeded; without values it is that of an event whose style is not defined."""

    is_italic: bool = False
    align: Align = Align.BOTTOM
    font_size: float = 20.0
    margins: Margins = USUAL_MARGINS
    sight: Sight = SEEN
    ink: Ink = USUAL_INK


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
    font_size = style.fontsize * style.scaley / 100
    return EventStyle(
        is_italic=style.italic,
        align=place_in_picture(int(style.alignment)) or Align.BOTTOM,
        font_size=font_size,
        ink=Ink(color=_written(style.primarycolor), outline_color=_written(style.outlinecolor), size=font_size),
        margins=Margins(style.marginl, style.marginr, style.marginv),
        sight=Sight(
            letters=is_clear(style.primarycolor.a),
            outline=is_clear(style.outlinecolor.a),
            shadow=is_clear(style.backcolor.a),
            has_outline=bool(style.outline),
            has_shadow=bool(style.shadow),
        ),
    )


def _written(color: pysubs2.Color) -> str:
    return f"#{color.r:02x}{color.g:02x}{color.b:02x}"


@dataclass(slots=True, kw_only=True)
class EventText:
    """The text of one event: what its overrides say is known once its pieces have been taken."""

    style: EventStyle
    source: str
    offset: int
    duration_ms: int = 0
    named: Align | None = None
    motion: Motion | None = None
    is_bent: bool = False
    has_drawing: bool = False
    has_hidden: bool = False
    ink: Ink | None = None
    lost: Lost = Lost.NOTHING

    @property
    def align(self) -> Align:
        """The first place named in the text, else the style's, as in libass."""
        return self.named or self.style.align

    def place(self, plain: Plain, margins: Margins, picture: Picture) -> Place:
        """Find the nearest of nine places for the lines of the text, whose event has these margins."""
        place = place_of(
            self.align,
            plain.lines,
            font_size=self.style.font_size,
            margins=margins.within(self.style.margins),
            picture=picture,
            motion=self.motion,
        )
        return place._replace(is_held=place.is_held and not self.is_bent)

    def look(self, margins: Margins, picture: Picture, *, is_held: bool) -> CueLook:
        """Tell how the text looks; ``is_held``: it stands where all texts of its place do."""
        ink = self.ink or self.style.ink
        is_free = self.motion is not None or not (is_held or self.is_bent)
        within = margins.within(self.style.margins)
        return CueLook(
            align=self.align,
            point=point_of(self.align, within, picture, self.motion) if is_free else None,
            color=ink.color,
            outline_color=ink.outline_color,
            size=ink.size / picture.height,
        )

    def lay(self) -> Plain:
        """Lay out the lines of the text, and learn what its overrides say."""
        if "{" in self.source or "\\" in self.source or self.style.sight.is_hidden:
            return lay_lines(self._pieces())
        return lay_whole_lines((self.source,), (self.offset,), is_italic=self.style.is_italic)

    def _pieces(self) -> Iterator[Piece]:
        is_italic, is_drawing, done = self.style.is_italic, False, 0
        sight, may_hide = self.style.sight, not changes_with_time(self.source)
        ink = self.style.ink
        for match in (*_TOKEN.finditer(self.source), None):
            text = self.source[done : match.start() if match else None]
            is_hidden = may_hide and sight.is_hidden
            if is_drawing:
                self.has_drawing |= bool(text.strip())
            elif is_hidden:
                self.has_hidden |= bool(text.strip())
            else:
                self._see(text, ink)
                yield text, is_italic, self.offset + done
            if match is None:
                return
            done = match.end()
            if match[0] in _MEANT:
                if not (is_drawing or is_hidden):
                    yield _MEANT[match[0]], is_italic, self.offset + match.start()
                continue
            sight = sight.after(match[0], self.style.sight)
            ink = ink.after(match[0], self.style.ink)
            self._put(match[0])
            for setting in read_settings(match[0]):
                if setting.name == "an":
                    self.named = self.named or place_in_picture(setting.value)
                elif setting.name == "p":
                    is_drawing = bool(setting.value)
                else:  # \i alone and \r go back to the style
                    is_italic = self.style.is_italic if setting.value is None else setting.value == 1

    def _put(self, block: str) -> None:
        """Heed where an override block puts the text: as in libass, the first command that does so counts."""
        if "(" in block and self.motion is None:
            self.motion = read_motion(block, self.duration_ms)
        self.is_bent |= is_bent(block)
        self.lost |= lost_in(block)

    def _see(self, text: str, ink: Ink) -> None:
        """Take the look of the first letters for that of all, and tell where others look otherwise."""
        if text.strip():
            self.lost |= Lost.MIXED if self.ink not in {None, ink} else Lost.NOTHING
            self.ink = self.ink or ink
