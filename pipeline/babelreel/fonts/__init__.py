"""The fonts that come with babelreel: their files, the names of their families, and what they can draw.

The files are subsets of Noto under the SIL Open Font License (OFL.txt); `fonts/make_fonts.py` of the repository makes
them. Their family names exist nowhere else, so that no font of the system can take their place.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from pathlib import Path

import uharfbuzz

from babelreel.regular_files import read_regular
from babelreel.system_errors import as_house_error, is_machine_fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Font:
    """One bundled font.

    `scale` is the factor to apply to libass' Fontsize so that text looks as large as in the Latin font. libass makes
    the sum of usWinAscent and usWinDescent (table OS/2) as high as Fontsize, so a font with room for high and deep
    marks comes out small. The factor is that sum divided by the Latin font's, for all three have 1000 units per em:
    the em then has one size, a Latin word inside Arabic text is as large as in Latin text, and an alef stands as high
    as an H (measured in frames at Fontsize 400: alef 132 px, H 190 px, hence 1.44).
    """

    family: str
    file_name: str
    scale: Fraction


LATIN = Font(family="Babelreel Latin", file_name="babelreel-latin.ttf", scale=Fraction(1))
ARABIC = Font(family="Babelreel Arabic", file_name="babelreel-arabic.ttf", scale=Fraction(1431 + 738, 1124 + 395))
SC = Font(family="Babelreel SC", file_name="babelreel-sc.otf", scale=Fraction(1160 + 288, 1124 + 395))

BUNDLED = (LATIN, ARABIC, SC)


def font_path(font: Font) -> Path:
    """Return the font file inside the installed package, which must be unpacked (libass reads files, not archives)."""
    return Path(str(files(__name__) / font.file_name))


@cache
def coverage(path: Path) -> frozenset[int]:
    """Return the code points that a font file maps to a glyph; none at all when it is not a readable font.

    HarfBuzz does this in a millisecond or two, for which fontTools takes fifty. Raises ``MachineError`` where the
    system does not let us read the file: that says nothing about the text that it draws.
    """
    try:
        data = read_regular(path)
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and is_machine_fault(error):
            raise as_house_error(error, path) from error
        return frozenset()
    return frozenset(uharfbuzz.Face(data).unicodes)
