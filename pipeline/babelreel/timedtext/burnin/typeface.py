"""Choose the font that draws a language's burned-in text, and measure how wide its text is."""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from babelreel.errors import UsageError
from babelreel.fonts import ARABIC, BUNDLED, LATIN, SC, Font, font_path
from babelreel.model.language import Language
from babelreel.regular_files import open_regular
from babelreel.system_errors import as_house_error, is_machine_fault
from babelreel.timedtext.burnin.drawable import has_glyph

#: The em of all fonts as a share of the type size: ``scale`` makes them equal to the bundled Latin font, whose
#: usWinAscent and usWinDescent are 1124 and 395 units of 1000 to the em.
EM_SHARE = Fraction(1000, 1124 + 395)

_HAN_SCRIPTS = frozenset({"Hans", "Hant", "Hani", "Jpan", "Kore"})
_FAMILY_NAME_ID = 1
_BREAKS_THE_STYLE_LINE = frozenset(",{}\\\n\r")
#: What joining leaves of the width of unjoined Arabic letters: 0.82, 0.77 and 0.79 on average over the lines of the
#: film's Arabic, Pashto and Persian tracks, shaped by HarfBuzz with the bundled font.
_JOINED_SHARE = Fraction(4, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class BurninFont:
    """A font that libass can find by its family name in a folder that holds its file.

    ``scale`` multiplies libass' Fontsize, so that the em is as large in every font. ``fallbacks`` draw, in this order,
    the characters that the font itself lacks.
    """

    family: str
    scale: Fraction
    path: Path
    fallbacks: tuple[BurninFont, ...] = ()

    def __hash__(self) -> int:
        """Be found fast: paths and fractions of all fallbacks would be counted in for each character."""
        return hash(self.family)

    def drawing(self, character: str) -> BurninFont | None:
        """Find the font, this one or a fallback, that has a glyph for a character."""
        known = _known_fonts(self)
        if character not in known:
            fonts = (self, *self.fallbacks)
            known[character] = next((font for font in fonts if has_glyph(font.path, character)), None)
        return known[character]

    def width_em(self, text: str) -> Fraction:
        """Compute the width of a text in em: within 3 % without joined letters (no kerning), about 15 % with."""
        known = _known_widths(self)
        if text not in known:
            for character in set(text) - known.keys():
                known[character] = self._character_em(character)
            known[text] = sum((known[character] for character in text), Fraction(0))
        return known[text]

    def _character_em(self, character: str) -> Fraction:
        font = self.drawing(character)
        if font is None:
            return Fraction(0)
        joined = _JOINED_SHARE if unicodedata.bidirectional(character) == "AL" else 1
        return _advances(font.path)[ord(character)] * joined


@cache
def _known_fonts(_font: BurninFont) -> dict[str, BurninFont | None]:
    """Make the place that keeps what draws a character in the place of a font."""
    return {}


@cache
def _known_widths(_font: BurninFont) -> dict[str, Fraction]:
    """Make the place that keeps the widths of a font's characters, and of texts in it, once they were computed."""
    return {}


def choose_font(language: Language, own_font: Path | None) -> BurninFont:
    """Choose the project's own font file for a language, or its script's bundled font; both fall back to the rest.

    Raises ``UsageError`` when the file is no TrueType or OpenType font that libass can name, and ``MachineError`` where
    the system refuses to read it.
    """
    native = _bundled_for(language)
    if own_font is None:
        others = tuple(font for font in BUNDLED if font is not native)
        return _burnin_font(native, tuple(_burnin_font(font) for font in others))
    order = sorted(BUNDLED, key=lambda font: font is not native)
    return _read_own(own_font, tuple(_burnin_font(font) for font in order))


def _bundled_for(language: Language) -> Font:
    if language.script == "Arab":
        return ARABIC
    return SC if language.script in _HAN_SCRIPTS else LATIN


@cache  # the same object each time: two equal ones are compared path by path for each character
def _burnin_font(font: Font, fallbacks: tuple[BurninFont, ...] = ()) -> BurninFont:
    return BurninFont(family=font.family, scale=font.scale, path=font_path(font), fallbacks=fallbacks)


@cache
def _advances(path: Path) -> Mapping[int, Fraction]:
    """Read the width in em of each character that a font maps to a glyph."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - a tenth of a second, and most commands draw nothing

    with path.open("rb") as file, TTFont(file, lazy=True) as opened:
        units = opened["head"].unitsPerEm
        widths = opened["hmtx"].metrics
        return {code: Fraction(widths[glyph][0], units) for code, glyph in opened.getBestCmap().items()}


def _read_own(path: Path, fallbacks: tuple[BurninFont, ...]) -> BurninFont:
    """Read the family name and the metrics of a user's font."""
    from fontTools.ttLib import TTFont, TTLibError  # noqa: PLC0415 - as above

    # what fontTools raises for damaged tables, beside its own error
    damaged = (OSError, LookupError, ValueError, AttributeError, AssertionError, struct.error, TTLibError)
    try:
        with open_regular(path) as file, TTFont(file, lazy=True) as opened:  # closed even when it is no font
            if opened.flavor:
                raise _unusable(path, f"it is a {opened.flavor} file, made for web pages")
            family = opened["name"].getDebugName(_FAMILY_NAME_ID) or ""
            scale = _line_height_em(opened) * EM_SHARE
        _advances(path)
    except damaged as error:
        if isinstance(error, OSError) and is_machine_fault(error):
            raise as_house_error(error, path) from error
        raise _unusable(path, str(error) or "it is no font") from error
    if not family or family.startswith("@") or _BREAKS_THE_STYLE_LINE.intersection(family):
        raise _unusable(path, f"its family name {family!r} cannot be written into a style")
    return BurninFont(family=family, scale=scale, path=path, fallbacks=fallbacks)


def _line_height_em(opened: Any) -> Fraction:  # noqa: ANN401 - fontTools has no types
    """Read what libass makes as high as Fontsize (``ass_face_set_size``): the Windows metrics, else those of hhea."""
    os2, hhea = opened["OS/2"], opened["hhea"]
    height = os2.usWinAscent + os2.usWinDescent or hhea.ascent - hhea.descent
    return Fraction(height, opened["head"].unitsPerEm)


def _unusable(path: Path, why: str) -> UsageError:
    return UsageError(
        what="This font file cannot be used for burned-in text.",
        where=str(path),
        why=why,
        hint="Name a .ttf or .otf file in babelreel.toml, or remove the font line to use the bundled font.",
    )
