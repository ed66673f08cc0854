"""Words that stand in the picture, where players and pages show them as text: in brackets, and by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from babelreel.model.film.signs import ShownSign
from babelreel.model.language import Language
from babelreel.model.timecode import Span
from babelreel.model.track import Align, Cue, Track
from babelreel.timedtext.direction.isolates import ISOLATES, POP_ISOLATE
from babelreel.timedtext.direction.line_direction import runs_from_right
from babelreel.timedtext.words.whole_numbers import whole_numbers

_ISOLATES = re.compile(f"[{ISOLATES}{POP_ISOLATE}]")
_TOP_ROW = frozenset({Align.TOP_LEFT, Align.TOP, Align.TOP_RIGHT})


def with_signs(track: Track, signs: Iterable[ShownSign], language: Language) -> Track:
    """Add signs to a track as cues at the top, for players that show the picture without them."""
    return with_words_on_screen(track, ((each.sign.span, each.lines) for each in signs), language)


def with_words_on_screen(track: Track, texts: Iterable[tuple[Span, tuple[str, ...]]], language: Language) -> Track:
    """Add what stands in the picture as cues at the top, in the brackets of the language; no number in them breaks.

    Texts without a line are left out. So nobody takes them for what is said, and pages set them apart.
    """
    cues = tuple(
        Cue(number=0, span=span, lines=_in_brackets(lines, language), align=Align.TOP) for span, lines in texts if lines
    )
    # what is seen before what is said at the same time: it is read above it
    return replace(track, cues=tuple(sorted((*cues, *track.cues), key=lambda cue: cue.span))) if cues else track


def is_on_screen(cue: Cue, language: Language) -> bool:
    """Tell whether a cue holds words in the picture, also where it was read from a published file."""
    return cue.align in _TOP_ROW and _is_in_brackets(_ISOLATES.sub("", cue.text).strip(), language)


def _in_brackets(lines: tuple[str, ...], language: Language) -> tuple[str, ...]:
    opening, closing = _brackets(language)
    text = "\n".join(map(whole_numbers, lines))
    if _is_in_brackets(text, language):
        return tuple(text.split("\n"))
    if len({runs_from_right(line, is_rtl=language.is_rtl) for line in lines}) > 1:
        text = text.replace("\n", f"{closing}\n{opening}")  # else the last bracket stands at the far end of its line
    return tuple(f"{opening}{text}{closing}".split("\n"))


def _brackets(language: Language) -> tuple[str, str]:
    return language.punctuation.on_screen[0], language.punctuation.on_screen[1]


def _is_in_brackets(text: str, language: Language) -> bool:
    opening, closing = _brackets(language)
    return text.startswith(opening) and text.endswith(closing)
