"""Make the bundled fonts of the fonts that Noto publishes.

Run it as ``python fonts/make_fonts.py SOURCES``; README.md says where the sources come from. The same sources and the
same fontTools give the same bytes on every run and machine: no clock is read and no optional helper is used.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

TARGET = Path(__file__).resolve().parent.parent / "pipeline" / "babelreel" / "fonts"

# --- the sources -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One font file of Noto, known by its digest; `number` is its place in a collection (-1: not a collection)."""

    file_name: str
    sha256: str
    number: int = -1


LATIN = Source(
    file_name="NotoSans_400Regular.ttf",
    sha256="fe8c022f48d8dd29f17b744d16f9346f4357e16f7d4f7be58b000ae7c291b614",
)
ARABIC = Source(
    file_name="NotoSansArabic_400Regular.ttf",
    sha256="252629ca0e87b6233851249b8cbf7b43445211a8caf199f1b306a19202251508",
)
HAN = Source(
    file_name="NotoSansCJK-Regular.ttc",
    sha256="b76b0433203017ca80401b2ee0dd69350349871c4b19d504c34dbdd80541690a",
    number=2,  # "Noto Sans CJK SC": the forms of the mainland
)

# --- the characters --------------------------------------------------------------------------------------------------


def gb2312() -> frozenset[int]:
    """All characters of GB 2312, as Python's own codec knows them: 6763 Han, kana, Greek, Cyrillic, punctuation."""
    cells = (bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return frozenset(ord(text) for cell in cells if (text := cell.decode("gb2312", errors="ignore")))


def spans(*pairs: tuple[int, int]) -> frozenset[int]:
    """Return the union of ranges, both ends included."""
    return frozenset(code for first, last in pairs for code in range(first, last + 1))


# Letters and signs that a film's text in any of the three scripts may hold (names, places, amounts).
COMMON = spans(
    (0x20, 0x7E),  # ASCII
    (0xA0, 0x24F),  # Latin-1, Extended-A and -B: Albanian, Romanian with comma below, Hausa
    (0x300, 0x36F),  # combining marks: Yoruba, Igbo, decomposed Vietnamese
    (0x400, 0x45F),  # Cyrillic, with U+045D
    (0x1E00, 0x1EFF),  # dotted letters of Nigeria, Vietnamese
    (0x2000, 0x206F),  # spaces, dashes, quotes, ellipsis
    (0x20AC, 0x20AC),  # euro
    (0x2116, 0x2116),  # numero
    (0x2122, 0x2122),  # trade mark
    (0x2212, 0x2212),  # minus
)

WIDER_LATIN = spans(
    (0x250, 0x2FF),  # IPA (African alphabets borrow from it), modifier letters
    (0x460, 0x52F),  # Cyrillic of other languages
    (0x2070, 0x209C),  # superscripts, subscripts
    (0x20A0, 0x20C0),  # currency, naira among them
    (0x2100, 0x215F),  # letter-like signs, fractions
    (0x25CC, 0x25CC),  # the circle that carries a lone mark
    (0x2C60, 0x2C7F),  # Latin Extended-C
    (0xA78B, 0xA78C),  # saltillo
    (0xFB00, 0xFB06),  # ligatures as characters
    (0xFFFD, 0xFFFD),  # what a damaged file shows
)

ARABIC_SCRIPT = spans(
    (0x600, 0x6FF),  # Arabic, Persian, Pashto, Urdu, with both rows of digits
    (0x750, 0x77F),  # supplement
    (0x870, 0x8FF),  # extended: Hausa and Fulfulde in Ajami
    (0x25CC, 0x25CC),
    (0xFB50, 0xFDFF),  # presentation forms: wrong in a file, but drawn all the same; rial sign, ornate brackets
    (0xFE70, 0xFEFC),
)

FULL_WIDTH = spans(
    (0x3000, 0x303F),  # CJK punctuation
    (0x3100, 0x312F),  # bopomofo
    (0xFE10, 0xFE1F),
    (0xFE30, 0xFE4F),
    (0xFF01, 0xFFEE),  # full-width ASCII
    (0x2460, 0x249B),  # numbers in circles
)

# In daily use, yet not in GB 2312 (interjections, letters of people's names).
BEYOND_GB2312 = frozenset(map(ord, "〇啰瞭镕囍喆堃玥祎珺昇嘚犇翀赟晞玹骉"))

# Only the Han font has these; Latin and Arabic borrow its drawings (all three have 1000 units per em).
SYMBOLS = frozenset(map(ord, "←↑→↓↔♩♪♫♬♥★☆●○■□▲△▼▽▶◀◆◇✓☎☞"))

# Control characters: drawn as nothing, with no width. Noto has outlines for some and lacks others; libass would then
# warn "Glyph 0x2066 not found" and look into other fonts.
BLANK = frozenset({0x34F, 0x61C, 0xFE0E, 0xFE0F, 0xFEFF}) | spans(
    (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2064), (0x2066, 0x206F)
)
THIN_SPACES = frozenset({0x2009, 0x202F})  # French puts U+202F before "?"

# Two rare Han letters whose places in the Han font are given to the blank glyph and to the thin space: a CFF font with
# CID keys takes no new glyph without a new FDSelect and charset, an emptied one costs a line.
DONOR_OF_BLANK, DONOR_OF_THIN = 0x3400, 0x3401
THIN_SPACE_UNITS = 200  # a fifth of an em, as U+2009 is by definition

# --- the layout features ---------------------------------------------------------------------------------------------

# What HarfBuzz turns on unasked for horizontal text; libass asks for nothing but kerning.
# fmt: off
SHAPED = [
    "abvm", "blwm", "calt", "ccmp", "clig", "curs", "dist", "dnom", "frac", "kern", "liga", "ltra", "ltrm", "locl",
    "mark", "mkmk", "numr", "rand", "rclt", "rlig", "rtla", "rtlm",
]
# `locl` of the Han font holds the forms of Japan, Korea, Taiwan and Hong Kong: more drawings for many letters.
SHAPED_HAN = [tag for tag in SHAPED if tag != "locl"]
# Everything but `aalt`, which is a menu for a typesetter and would bring in each alternate drawing.
SHAPED_ARABIC = [
    *SHAPED, "dlig", "fina", "fin2", "fin3", "init", "isol", "med2", "medi", "mset", "ordn", "pnum", "stch", "tnum",
]
# fmt: on


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """One bundled font: its names, its source, the characters to keep and the features to keep."""

    file_name: str
    family: str
    source: Source
    characters: frozenset[int]
    features: list[str]
    borrowed: tuple[tuple[Source, frozenset[int]], ...] = ()


RECIPES = (
    Recipe(
        file_name="babelreel-latin.ttf",
        family="Babelreel Latin",
        source=LATIN,
        characters=COMMON | WIDER_LATIN,
        features=SHAPED,
        borrowed=((HAN, SYMBOLS),),
    ),
    Recipe(
        file_name="babelreel-arabic.ttf",
        family="Babelreel Arabic",
        source=ARABIC,
        characters=COMMON | ARABIC_SCRIPT,
        features=SHAPED_ARABIC,
        # Noto Sans Arabic carries the Latin of Noto Sans, but only that of Western Europe: the rest comes along, for
        # libass would draw it from Babelreel Latin 1.43 times too big (see babelreel.fonts.Font.scale).
        borrowed=((LATIN, COMMON - BLANK), (HAN, SYMBOLS)),
    ),
    Recipe(
        file_name="babelreel-sc.otf",
        family="Babelreel SC",
        source=HAN,
        characters=COMMON | FULL_WIDTH | SYMBOLS | gb2312() | BEYOND_GB2312,
        features=SHAPED_HAN,
    ),
)

# --- the work --------------------------------------------------------------------------------------------------------


def read_source(folder: Path, source: Source) -> TTFont:
    """Open a source font; raises SystemExit if it is missing or is another version."""
    path = folder / source.file_name
    if not path.is_file():
        sys.exit(f"{path} is missing: README.md says where it comes from")
    content = path.read_bytes()
    if (found := hashlib.sha256(content).hexdigest()) != source.sha256:
        sys.exit(f"{path} has the SHA-256 {found}, not {source.sha256}: another version")
    return TTFont(io.BytesIO(content), fontNumber=source.number, recalcTimestamp=False)


def unicode_tables(font: TTFont) -> Iterable[dict[int, str]]:
    """Return the font's maps from character to glyph name, to be written to."""
    return (table.cmap for table in font["cmap"].tables if table.isUnicode() and table.format in {4, 12})


def map_characters(font: TTFont, characters: Iterable[int], glyph: str) -> None:
    """Let every one of the characters be drawn with this glyph."""
    for table in unicode_tables(font):
        table.update(dict.fromkeys(characters, glyph))


def redraw(font: TTFont, glyph: str) -> Any:  # noqa: ANN401 (fontTools has no types)
    """Return a glyph of either kind of outline as TrueType outline without components."""
    pen = TTGlyphPen(None)
    glyphs = font.getGlyphSet()
    if "CFF " in font:
        # One unit in a thousand is finer than any pixel of a subtitle; TrueType contours run clockwise, CFF's do not.
        glyphs[glyph].draw(Cu2QuPen(pen, max_err=1.0, reverse_direction=True))
    else:
        recording = DecomposingRecordingPen(glyphs)
        glyphs[glyph].draw(recording)
        recording.replay(pen)
    return pen.glyph()


def borrow(font: TTFont, other: TTFont, characters: Iterable[int]) -> None:
    """Copy those of the characters that only the other font draws; both must have the same units per em."""
    if font["head"].unitsPerEm != other["head"].unitsPerEm:
        sys.exit("a drawing can be borrowed only between fonts of the same units per em")
    own, theirs = font.getBestCmap(), other.getBestCmap()
    for code in sorted(set(characters) & theirs.keys() - own.keys()):
        name = f"borrowed{code:04X}"
        font["glyf"][name] = redraw(other, theirs[code])
        font["hmtx"][name] = other["hmtx"][theirs[code]]
        map_characters(font, [code], name)


def blank_in_truetype(font: TTFont) -> None:
    """Empty the control characters in place (layout rules name them) and give the missing ones one blank glyph."""
    own = font.getBestCmap()
    for code in BLANK & own.keys():
        font["glyf"][own[code]] = TTGlyphPen(None).glyph()
        font["hmtx"][own[code]] = (0, 0)
    map_characters(font, BLANK - own.keys(), own[0x200B])


def blank_in_cff(font: TTFont) -> None:
    """Empty the two donors and let the control characters and thin spaces be drawn with them."""
    own = font.getBestCmap()
    strings = font["CFF "].cff.topDictIndex[0].CharStrings
    for donor, width, characters in (
        (DONOR_OF_BLANK, 0, BLANK),
        (DONOR_OF_THIN, THIN_SPACE_UNITS, THIN_SPACES),
    ):
        glyph = own[donor]
        string = strings[glyph]
        string.decompile()
        string.setProgram([width - string.private.nominalWidthX, "endchar"])
        font["hmtx"][glyph] = (width, 0)
        map_characters(font, characters, glyph)
        for table in unicode_tables(font):
            table.pop(donor, None)


def cut(font: TTFont, recipe: Recipe) -> None:
    """Keep only the characters and features of the recipe."""
    donors = {DONOR_OF_BLANK, DONOR_OF_THIN} if "CFF " in font else set[int]()
    cutter = subset.Subsetter(options(recipe.features))
    cutter.populate(unicodes=recipe.characters | BLANK | SYMBOLS | donors)
    cutter.subset(font)


def options(features: list[str]) -> subset.Options:
    """Tell fontTools what to keep."""
    kept = subset.Options()
    kept.layout_features = features
    kept.layout_scripts = ["*"]
    kept.name_IDs = ["*"]  # licence and copyright
    kept.notdef_outline = True  # a box is better than nothing: it is seen in a proof
    kept.glyph_names = False  # nobody reads them
    kept.hinting = False  # libass asks FreeType for outlines without hints
    kept.drop_tables += ["BASE", "STAT", "VORG", "gasp", "vhea", "vmtx"]  # no vertical lines, no variations, no hints
    kept.harfbuzz_repacker = False  # it is used only where uharfbuzz is installed: other bytes there
    return kept


def rename(font: TTFont, recipe: Recipe, lenders: Iterable[TTFont]) -> None:
    """Give the font our family name (the licence reserves "Source" for Adobe) and keep whose work it is."""
    old = {number: font["name"].getDebugName(number) for number in (0, 5, 7, 8, 9, 11, 12, 13, 14)}
    origin = font["name"].getDebugName(4)
    owners = dict.fromkeys([old[0], *(lender["name"].getDebugName(0) for lender in lenders)])
    full_name, postscript_name = f"{recipe.family} Regular", f"{recipe.family.replace(' ', '')}-Regular"
    new = {
        0: "; ".join(owners),
        1: recipe.family,
        2: "Regular",
        3: f"{postscript_name}; {old[5]}",
        4: full_name,
        6: postscript_name,
        10: f"Subset of {origin}, changed for the project babelreel.",
    }
    font["name"].names = []
    for number, text in sorted((old | new).items()):
        if text:
            font["name"].setName(text, number, 3, 1, 0x409)  # Windows, Unicode, English: what every reader looks for
    if "CFF " in font:
        table = font["CFF "].cff
        table.fontNames = [postscript_name]
        table.topDictIndex[0].FullName = full_name
        table.topDictIndex[0].FamilyName = recipe.family


def make(recipe: Recipe, read: Callable[[Source], TTFont]) -> bytes:
    """Return the bytes of one bundled font."""
    font = read(recipe.source)
    lenders = [read(source) for source, _ in recipe.borrowed]
    for lender, (_, characters) in zip(lenders, recipe.borrowed, strict=True):
        borrow(font, lender, characters)
    is_cff = "CFF " in font
    if not is_cff:
        blank_in_truetype(font)
    cut(font, recipe)
    if is_cff:
        blank_in_cff(font)
    rename(font, recipe, lenders)
    font["head"].modified = font["head"].created
    content = io.BytesIO()
    subset.save_font(font, content, options(recipe.features))
    return content.getvalue()


def main() -> int:
    """Write the three fonts, or with --check compare them with the files that are there."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sources", type=Path, help="folder with the three files of Noto")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a font would change")
    arguments = parser.parse_args()
    changed = False
    for recipe in RECIPES:
        content = make(recipe, lambda source: read_source(arguments.sources, source))
        path = TARGET / recipe.file_name
        is_same = path.is_file() and path.read_bytes() == content
        changed |= not is_same
        if not arguments.check:
            path.write_bytes(content)
        state = "as before" if is_same else "changed"
        print(f"{recipe.file_name:22} {len(content):>9,} bytes  {hashlib.sha256(content).hexdigest()}  {state}")
    return int(arguments.check and changed)


if __name__ == "__main__":
    sys.exit(main())
