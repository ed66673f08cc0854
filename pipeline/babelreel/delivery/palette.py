"""The colours of pages and leaflets that follow from the one colour of a brand.

Every pair of text and ground has the contrast that WCAG 2.2 asks for (1.4.3, level AA), whatever the colour is: on a
ground of the colour itself, text is white or black; text in the colour is darkened, or lightened where pages are dark.
"""

from __future__ import annotations

from dataclasses import dataclass

from babelreel.model.colour import BLACK, LEAST_CONTRAST, WHITE, contrast, mixed, text_on

#: The colour where a project names none.
USUAL = "#0b5c6b"


#: The grounds of text in the colour: paper and cards, light and dark, as ``style/base.css`` has them.
LIGHT_GROUNDS = ("#ffffff", "#f4f6f8")
DARK_GROUNDS = ("#10191e", "#1a262d")
#: Of the colour, in percent: in a soft ground, and in a band of a dark page.
_SOFT_PERCENT, _DARK_SOFT_PERCENT, _DARK_BAND_PERCENT = 12, 25, 45
_STEP_PERCENT = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours of light or of dark pages, as ``#rrggbb``.

    ``band`` is the ground of headers, ``accent`` is text on paper, cards and ``soft``, and the ground of buttons.
    """

    band: str
    on_band: str
    accent: str
    on_accent: str
    soft: str


def light_palette(colour: str) -> Palette:
    """Make the colours of light pages and of paper; an empty colour means the usual ones."""
    band = colour or USUAL
    soft = mixed(band, WHITE, _SOFT_PERCENT)
    accent = _readable(band, BLACK, (*LIGHT_GROUNDS, soft))
    return Palette(band=band, on_band=text_on(band), accent=accent, on_accent=text_on(accent), soft=soft)


def dark_palette(colour: str) -> Palette:
    """Make the colours of dark pages."""
    base = colour or USUAL
    band, soft = mixed(base, BLACK, _DARK_BAND_PERCENT), mixed(base, DARK_GROUNDS[1], _DARK_SOFT_PERCENT)
    accent = _readable(base, WHITE, (*DARK_GROUNDS, soft))
    return Palette(band=band, on_band=text_on(band), accent=accent, on_accent=text_on(accent), soft=soft)


def _readable(colour: str, towards: str, grounds: tuple[str, ...]) -> str:
    """Return a colour, or the nearest on its way to black or white that can be read on all grounds."""
    for percent in range(100, -1, -_STEP_PERCENT):
        nearer = mixed(colour, towards, percent)
        if all(contrast(nearer, ground) >= LEAST_CONTRAST for ground in grounds):
            return nearer
    return towards
