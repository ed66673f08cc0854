"""Compute how large the type in a picture is, how wide text may be there, and which lines a cue takes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from babelreel.model.film.composition import Composition
from babelreel.model.film.ladder.encoding_ladder import Frame
from babelreel.model.language import Language
from babelreel.model.style import Position, Style
from babelreel.model.track import Align, Cue
from babelreel.timedtext.burnin.even_breaks import break_evenly
from babelreel.timedtext.burnin.line_width import find_shaper
from babelreel.timedtext.burnin.typeface import EM_SHARE, BurninFont
from babelreel.timedtext.burnin.unspaced_breaks import break_chinese, cut_long_words, needs_dictionary
from babelreel.timedtext.direction.line_direction import has_right_to_left, runs_from_right
from babelreel.timedtext.words.whole_numbers import whole_numbers

#: BBC: text takes at most 90 % of the width of an upright picture, whatever the project's margin.
_UPRIGHT_SIDE_MARGIN = 0.05
#: What a line may take of the width before it counts as too wide: kerning and joining make our measure inexact.
_SURE_SHARE = Fraction(19, 20)
#: What a line begins with when somebody else goes on speaking.
SPEAKER_DASHES = ("-", "–", "—", "‐", "‑")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a cue as it is drawn; ``is_rtl``: it runs from right to left, as the line it was cut from does."""

    text: str
    is_italic: bool
    is_rtl: bool

    @property
    def is_reordered(self) -> bool:
        """Whether its characters may be seen in another order than the one in which they are written."""
        return self.is_rtl or has_right_to_left(self.text)

    def cut(self, texts: Iterable[str]) -> Iterator[Line]:
        """Yield the lines that it is broken into: all run in its direction, even those without a letter."""
        return (replace(self, text=text) for text in texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Everything but the cues that decides how text is drawn; ``type_size`` is a share of the picture's short side.

    In an edition the ``composition`` says where text stands; the style's margins are those of films in their own shape.
    ``is_pair``: the lines of another language stand above those of this one. ``mark_px`` is the height of a draft's
    mark at the top of the film's picture: what has a place of its own stands below it.
    """

    language: Language
    frame: Frame
    style: Style
    font: BurninFont
    type_size: Fraction
    composition: Composition | None = None
    is_pair: bool = False
    mark_px: int = 0

    @property
    def type_px(self) -> Fraction:
        """The type size in pixels: what libass makes as high as a line.

        Where an edition shows two languages, text is as large as usual at most: its band has no room to spare.
        """
        size = min(self.style.size, Fraction(1)) if self.composition and self.is_pair else self.style.size
        return self.type_size * size * min(self.frame.width_px, self.frame.height_px)

    @property
    def em_px(self) -> Fraction:
        """The em in pixels, the same in every font."""
        return self.type_px * EM_SHARE

    @property
    def side_margin_px(self) -> int:
        """The room that is left free on each side of the text, or on its left."""
        if self.composition:
            return self.composition.text.left_px
        is_upright = self.frame.height_px > self.frame.width_px
        share = min(self.style.side_margin, _UPRIGHT_SIDE_MARGIN) if is_upright else self.style.side_margin
        return round(self.frame.width_px * share)

    @property
    def right_margin_px(self) -> int:
        """The same on the right alone: beside an interpreter, text does not stand in the middle."""
        text = self.composition.text if self.composition else None
        return self.frame.width_px - text.left_px - text.width_px if text else self.side_margin_px

    @property
    def margin_px(self) -> int:
        """The room that is left free below text, and above text that stands at the top."""
        if self.composition is None:
            return round(self.frame.height_px * self.style.margin)
        text = self.composition.text
        return text.top_px if self.composition.is_below else self.frame.height_px - text.bottom_px

    @property
    def align(self) -> Align:
        """Where text stands of which nothing else is said: in a band below the picture, its first line is on top."""
        if self.composition:
            return Align.TOP if self.composition.is_below else Align.BOTTOM
        return Align.TOP if self.style.position is Position.TOP else Align.BOTTOM

    @property
    def width_px(self) -> int:
        """The width that text may take."""
        return self.frame.width_px - self.side_margin_px - self.right_margin_px

    @property
    def width_em(self) -> Fraction:
        """The width that text may take, in em."""
        return self.width_px / self.em_px

    def font_size(self, font: BurninFont) -> str:
        """Write libass' Fontsize for a font."""
        return f"{float(self.type_px * font.scale):.1f}"


def broken_lines(layout: Layout, cue: Cue) -> Iterator[Line]:
    """Yield the lines of a cue so that libass, which breaks at spaces only, can keep them in the picture.

    A cue with anything in it that runs from right to left is broken here in full: libass would break it in the order in
    which it is seen, and put the end of the sentence above its beginning.
    """
    kept = clean_lines(layout, cue)
    is_whole = any(line.is_reordered for line in kept)
    fits = all(layout.font.width_em(line.text) <= layout.width_em * _SURE_SHARE for line in kept)
    width = find_shaper(layout.font, layout.language).width_em
    for line in kept if fits else joined_lines(layout.language, kept):
        if not (layout.language.breaks_at_spaces or needs_dictionary(layout.language)):
            pieces: Iterable[str] = break_chinese(line.text, layout.width_em)
        else:
            pieces = cut_long_words(line.text, layout.width_em, layout.font.width_em)
        if is_whole:
            pieces = (part for piece in pieces for part in break_evenly(piece, layout.width_em, width))
        yield from line.cut(pieces)


def clean_lines(layout: Layout, cue: Cue) -> tuple[Line, ...]:
    """List the lines that hold text, a line end in them made a space, and each number kept whole that has the room."""
    width = find_shaper(layout.font, layout.language).width_em
    italic = (*cue.italic, *(False for _ in cue.lines))
    texts = (re.sub(r"[\t\n]+", " ", line).strip() for line in cue.lines)
    return tuple(
        Line(
            text=whole_numbers(text, has_room=lambda number: width(number) <= layout.width_em),
            is_italic=is_italic,
            is_rtl=runs_from_right(text, is_rtl=layout.language.is_rtl),
        )
        for text, is_italic in zip(texts, italic, strict=False)
        if text
    )


def joined_lines(language: Language, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Join the lines of a cue of which one is too wide, so that they are broken evenly: no word is left alone.

    Speakers' lines stay apart, and so do lines of which only some are italic, and those that only a dictionary could
    break again.
    """
    speakers = any(line.text.startswith(SPEAKER_DASHES) for line in lines)
    if speakers or needs_dictionary(language) or len({line.is_italic for line in lines}) > 1:
        return lines
    space = " " if language.breaks_at_spaces else ""
    text = space.join(line.text for line in lines)
    is_rtl = runs_from_right(text, is_rtl=language.is_rtl)
    return (Line(text=text, is_italic=lines[0].is_italic, is_rtl=is_rtl),)
