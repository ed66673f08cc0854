"""Measure how wide a line is, shaped by HarfBuzz as libass shapes it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import groupby
from math import ceil
from pathlib import Path
from typing import Any

import uharfbuzz

from babelreel.model.language import Language
from babelreel.timedtext.burnin.drawable import has_glyph
from babelreel.timedtext.burnin.typeface import BurninFont

#: Upper bounds are whole thousandths of an em.
_BOUND_UNITS = 1000
#: What kerning and forms that only meet in a word may add to the widest form of each letter.
_BOUND_MARGIN = Fraction(105, 100)
_LONGEST = 1000
_JOINER = "\u200d"
#: A letter that joins on both sides and makes no ligature.
_ARABIC_NEIGHBOUR = "ب"


class Shaper:
    """Measures lines in one language with one font and its fallbacks; see ``find_shaper``."""

    def __init__(self, font: BurninFont, language: str) -> None:
        self._paths = tuple(each.path for each in (font, *font.fallbacks))
        self._fonts = tuple(map(_opened, self._paths))
        self._language = language
        self._bounds: dict[str, int] = {}
        self._places: dict[str, int] = {}

    def width_em(self, text: str) -> Fraction:
        """Measure the width of one line in em, from the start of its first letter to the end of its last one.

        A character that no font has is as wide as the font's sign for that. A line of over a thousand characters is
        estimated by its beginning: HarfBuzz gives up on very long ones.
        """
        if len(text) > _LONGEST:
            return self.width_em(text[:_LONGEST]) * len(text) / _LONGEST
        return sum((self._run_em(place, run) for place, run in self._runs(text)), Fraction(0))

    def surely_fits(self, text: str, width_em: Fraction) -> bool:
        """Tell by the widest forms of its letters that a line is not too wide, in a fraction of the time.

        A line of which it does not say so may fit all the same.
        """
        try:
            units = sum(map(self._bounds.__getitem__, text))
        except KeyError:
            self._bounds.update((each, self._widest_form(each)) for each in set(text) - self._bounds.keys())
            units = sum(map(self._bounds.__getitem__, text))
        return units * width_em.denominator <= _BOUND_UNITS * width_em.numerator

    def _widest_form(self, character: str) -> int:
        """Measure the width that a letter takes at most, alone or joined to others on either side or both."""
        joined = (_JOINER, _ARABIC_NEIGHBOUR) if unicodedata.bidirectional(character) == "AL" else (_JOINER,)
        forms = {(before, after) for each in joined for before in ("", each) for after in ("", each)}
        widest = max(self._width_between(before, character, after) for before, after in forms)
        return ceil(widest * _BOUND_UNITS * _BOUND_MARGIN)

    def _width_between(self, before: str, character: str, after: str) -> Fraction:
        """Measure the width of a letter beside others, theirs left out."""
        place = self._place(character)
        advances = self._shape(place, before + character + after)
        return Fraction(sum(width for index, width in advances if index == len(before)), self._fonts[place][1])

    def _runs(self, text: str) -> Iterator[tuple[int, str]]:
        """Cut a line where another font draws, or where the script changes between Arabic and others."""
        place, is_arabic = 0, False
        places: list[tuple[int, bool]] = []
        for character in text:
            if not _goes_with_the_letter_before(character):
                place = self._place(character)
                is_arabic = _joins_arabic(character, after_arabic=is_arabic)
            places.append((place, is_arabic))
        index = 0
        for (place, _), run in groupby(places):
            length = sum(1 for _ in run)
            yield place, text[index : index + length]
            index += length

    def _place(self, character: str) -> int:
        """Find the index of the first font that has a glyph for a character; the first font where none has."""
        if character not in self._places:
            having = (place for place, path in enumerate(self._paths) if has_glyph(path, character))
            self._places[character] = next(having, 0)
        return self._places[character]

    def _run_em(self, place: int, run: str) -> Fraction:
        return Fraction(sum(width for _, width in self._shape(place, run)), self._fonts[place][1])

    def _shape(self, place: int, run: str) -> list[tuple[int, int]]:
        """List each glyph's width in units of its font, with the index of the character that it comes from."""
        buffer = uharfbuzz.Buffer()
        buffer.add_str(run)
        buffer.guess_segment_properties()
        if self._language:
            buffer.language = self._language  # chooses letter forms, as in the document for libass
        uharfbuzz.shape(self._fonts[place][0], buffer)
        glyphs = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        return [(info.cluster, position.x_advance) for info, position in glyphs]


@cache
def find_shaper(font: BurninFont, language: Language) -> Shaper:
    """Find the shaper for a language and its font; what it has learnt of the letters is kept."""
    return Shaper(font, language.iso639_1)


@cache
def _opened(path: Path) -> tuple[Any, int]:
    """Open a font file; return it with its units to the em."""
    # read, and not mapped into memory: whoever writes over the file would end the program
    face = uharfbuzz.Face(uharfbuzz.Blob(path.read_bytes()))
    return uharfbuzz.Font(face), face.upem


def _goes_with_the_letter_before(character: str) -> bool:
    return unicodedata.category(character) in {"Cf", "Cc", "Mn"}


def _joins_arabic(character: str, *, after_arabic: bool) -> bool:
    """Tell whether a character is of the Arabic script; what belongs to no script goes with what is before it."""
    kind = unicodedata.bidirectional(character)
    return kind in {"AL", "R", "AN"} or (after_arabic and kind not in {"L", "EN"})
