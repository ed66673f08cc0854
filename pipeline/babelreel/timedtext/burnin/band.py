"""Lay texts out in an edition, where they have a band of their own, and tell whether they fit there.

All lines are broken here, as they are read: libass breaks none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, lru_cache, partial
from math import ceil, floor

from babelreel.model.film.composition import MOST_LINES, TITLE_SHARE
from babelreel.model.language import Language
from babelreel.model.timecode import shown_frames
from babelreel.model.track import Cue
from babelreel.timedtext.addresses import ADDRESS
from babelreel.timedtext.burnin.even_breaks import Width, break_evenly
from babelreel.timedtext.burnin.layout import Layout, Line, clean_lines, joined_lines
from babelreel.timedtext.burnin.line_width import Shaper, find_shaper
from babelreel.timedtext.burnin.unspaced_breaks import break_chinese, cut_long_words, needs_dictionary
from babelreel.timedtext.direction.isolates import NUMBER
from babelreel.timedtext.words.counting import count_halves
from babelreel.timedtext.words.whole_numbers import whole_numbers

_LATIN_WORD = re.compile(r"[A-Za-z]+")
#: How many lines a longer text takes is estimated by its width.
_COUNTED_CHARACTERS = 1000
#: To the em.
_UNITS = 1000
#: A style that asks for larger text than fits is met in steps of a tenth, down to the size that editions are made for.
_USUAL_SIZE, _SIZE_STEP = Fraction(1), Fraction(1, 10)


def band_lines(layout: Layout, cue: Cue) -> tuple[Line, ...]:
    """Break a cue into lines for an edition, as wide as its band where three of 25 characters would not hold it.

    In a square all are as wide as that. They end where the cue's own lines end, as far as three lines hold it so. They
    may be more than fit (``find_misfits``).
    """
    own, width, room = clean_lines(layout, cue), _width(layout), _room(layout)
    most = layout.composition.line_characters if layout.composition else None
    if most and layout.language.breaks_at_spaces and not needs_dictionary(layout.language):
        for lines in (own, joined_lines(layout.language, own)):
            short = _broken(layout, lines, count_halves, 2 * most)
            if len(short) <= MOST_LINES and all(width(line.text) <= room for line in short):
                return short
    return _whole_lines(layout, own, MOST_LINES)


def wide_lines(layout: Layout, cue: Cue, most: int) -> tuple[Line, ...]:
    """Break a cue into lines as wide as there is room for; its own as far as there are no more than ``most``.

    They may be more all the same: a text may be too long.
    """
    return _whole_lines(layout, clean_lines(layout, cue), most)


def _whole_lines(layout: Layout, own: tuple[Line, ...], most: int) -> tuple[Line, ...]:
    width, room = _width(layout), _room(layout)
    wide = _broken(layout, own, width, room)
    return wide if len(wide) <= most else _broken(layout, joined_lines(layout.language, own), width, room)


def title_lines(layout: Layout, title: str) -> tuple[str, ...]:
    """Break an edition's title into lines; it is shown only as one line, where there is room for it."""
    text = whole_numbers(" ".join(title.split()))
    if not layout.language.breaks_at_spaces:
        return break_chinese(text, layout.width_em / TITLE_SHARE)
    return break_evenly(text, _title_room(layout), _width(layout))


def title_fits(layout: Layout, title: str) -> bool:
    """Tell whether an edition has room for a title, and for the whole of this one."""
    area = layout.composition.title if layout.composition else None
    lines = title_lines(layout, title)
    if area is None or len(lines) != 1:
        return False
    is_wide = _width(layout)(lines[0]) > _title_room(layout)
    return not is_wide and line_px(layout, title) * TITLE_SHARE <= area.height_px


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfit:
    """A cue that an edition cannot show: it takes ``lines``, and ``most`` is what its band holds.

    Lines of cues that are shown at the same time are counted with it. ``is_torn``: a phrase of it is wider than the
    band, and only a dictionary could break it.
    """

    cue: Cue
    lines: int
    most: int
    is_torn: bool


def find_misfits(layout: Layout, cues: Iterable[Cue]) -> Iterator[Misfit]:
    """Yield the cues that do not fit into the band of an edition: it has three lines.

    A style that asks for larger text keeps none out: what does not fit with it is drawn smaller (``sized_layouts``).
    """
    return _misfits(_sized(layout, min(layout.style.size, _USUAL_SIZE)), cues)


def sized_layouts(layout: Layout, cues: Sequence[Cue]) -> list[Layout]:
    """Lay out each cue of an edition as large as its style asks for, or as it fits with what is shown meanwhile.

    None gets smaller than usual text for it. Texts in a film's own shape have the size of their style.
    """
    if layout.composition is None or layout.style.size <= _USUAL_SIZE:
        return [layout] * len(cues)
    steps = floor((layout.style.size - _USUAL_SIZE) / _SIZE_STEP)
    sizes = [_sized(layout, layout.style.size - step * _SIZE_STEP) for step in range(steps + 1)]
    usual = _sized(layout, _USUAL_SIZE)
    return [
        next((each for each in sizes if not any(_misfits(each, together))), usual)
        for together in _shown_together(layout, cues)
    ]


def _sized(layout: Layout, size: Fraction) -> Layout:
    return replace(layout, style=replace(layout.style, size=size))


def _shown_together(layout: Layout, cues: Sequence[Cue]) -> list[list[Cue]]:
    """List for each cue all that are seen in one of its frames, with itself."""
    frames = [shown_frames(cue.span, layout.frame.rate) for cue in cues]
    together = [[cue] for cue in cues]
    seen: list[int] = []
    for place in sorted(range(len(cues)), key=lambda each: frames[each]):
        seen = [each for each in seen if frames[each][1] > frames[place][0]]
        for other in seen:
            together[other].append(cues[place])
            together[place].append(cues[other])
        seen.append(place)
    return together


def _misfits(layout: Layout, cues: Iterable[Cue]) -> Iterator[Misfit]:
    shown: list[tuple[int, int]] = []  # of the cues that are still seen: the frame where they end, and their lines
    for cue in sorted(cues, key=lambda each: each.span.start_ms):
        first, end = shown_frames(cue.span, layout.frame.rate)
        shown = [each for each in shown if each[0] > first]
        own = _lines_taken(layout, cue)
        shown.append((end, own))
        lines, most, torn = sum(each for _, each in shown), _lines_that_fit(layout, cue.text), is_torn(layout, cue)
        if own and (lines > most or torn):
            yield Misfit(cue=cue, lines=lines, most=most, is_torn=torn)


def _lines_taken(layout: Layout, cue: Cue) -> int:
    known, text = _known_lines(find_shaper(layout.font, layout.language), _room(layout)), (cue.lines, cue.italic)
    if text not in known:
        if len(cue.text) > _COUNTED_CHARACTERS:  # no subtitle: breaking it word by word would take long
            width = _width(layout)(cue.text.replace("\n", " "))
            known[text] = max(len(cue.lines), ceil(width / _room(layout)))
        else:
            known[text] = len(band_lines(layout, cue))
    return known[text]


@cache
def _known_lines(_shaper: Shaper, _room: int) -> dict[tuple[tuple[str, ...], tuple[bool, ...]], int]:
    """Make the place that keeps how many lines texts take: a track is looked at again with each word changed."""
    return {}


def is_torn(layout: Layout, cue: Cue) -> bool:
    """Tell whether a phrase is wider than there is room, and only a dictionary could break it."""
    if not needs_dictionary(layout.language):
        return False
    return any(_width(layout)(phrase) > _room(layout) for line in cue.lines for phrase in line.split(" "))


def _lines_that_fit(layout: Layout, text: str) -> int:
    """Count the lines of a text that the band holds: three, or fewer where the project's own font is very tall."""
    height = layout.composition.text.height_px if layout.composition else 0
    tallest = layout.type_px * max(font.scale for font in (layout.font, *layout.font.fallbacks))
    if MOST_LINES * tallest <= height:  # so it is with all bundled fonts: which of them draws does not matter
        return MOST_LINES
    return min(MOST_LINES, floor(height / line_px(layout, text)))


def line_px(layout: Layout, text: str) -> Fraction:
    """Compute how high libass makes lines of a text: as high as the tallest font in them."""
    fonts = {layout.font.drawing(each) for each in text} - {None}
    return layout.type_px * max((font.scale for font in fonts if font), default=layout.font.scale)


def keeps_words(layout: Layout, texts: Iterable[str], lines: Iterable[Line]) -> bool:
    """Tell whether no number, and no word but an address, of some texts was cut to find room for it in the lines."""
    shown = [line.text for line in lines]
    words = (word for text in texts for word in _words(layout.language, whole_numbers(text)))
    return all(ADDRESS.search(word) or any(word in line for line in shown) for word in words)


def _words(language: Language, text: str) -> list[str]:
    if language.breaks_at_spaces:
        return [word for word in text.split(" ") if word]
    return [found[0] for found in (*NUMBER.finditer(text), *_LATIN_WORD.finditer(text))]


def _broken(layout: Layout, lines: tuple[Line, ...], width: Width, limit: int) -> tuple[Line, ...]:
    """Break each line that is wider than a limit, in the unit of ``width``."""
    pieces = (piece for line in lines for piece in line.cut(_cut(layout, line.text)))
    if not layout.language.breaks_at_spaces:
        return tuple(pieces)
    return tuple(part for piece in pieces for part in piece.cut(break_evenly(piece.text, limit, width)))


def _cut(layout: Layout, text: str) -> tuple[str, ...]:
    """Break Chinese, and words that alone are wider than the band."""
    if layout.language.breaks_at_spaces or needs_dictionary(layout.language):
        return cut_long_words(text, _room(layout), _width(layout))
    return break_chinese(text, layout.width_em)


def _room(layout: Layout) -> int:
    """Return the width that lines may have, as ``_width`` measures it."""
    return floor(layout.width_em * _UNITS)


def _title_room(layout: Layout) -> int:
    return floor(layout.width_em * _UNITS / TITLE_SHARE)


def _width(layout: Layout) -> Callable[[str], int]:
    return partial(_units, find_shaper(layout.font, layout.language))


@lru_cache(maxsize=20_000)
def _units(shaper: Shaper, text: str) -> int:
    """Measure a text, most often a word that was met before, in thousandths of an em: whole numbers are soon added."""
    return ceil(shaper.width_em(text) * _UNITS)
