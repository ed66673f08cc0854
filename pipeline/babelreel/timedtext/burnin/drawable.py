"""Tell whether a character can be drawn into the picture.

The rules and the plan of a build ask here, and so does what chooses the font of each stretch of text. In ffmpeg's log
libass names each glyph that it misses: that is only the last net, and what it catches was judged wrongly here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from babelreel.fonts import BUNDLED, coverage, font_path
from babelreel.model.late_track import LateTrack
from babelreel.model.track import Cue, Track
from babelreel.model.visible_text import visible

#: Drawn as nothing, whatever the font: the "default ignorables" of Unicode as HarfBuzz has them (hb-unicode.hh,
#: ``is_default_ignorable``): soft hyphen, joiners, marks and controls of direction, variation selectors, tags. Fillers
#: of Hangul are none of them, nor are formatting characters that have a form of their own, such as the Syriac
#: abbreviation mark and the annotation signs. Line ends and tabs become spaces; libass never sees what
#: ``visible`` leaves out.
_DRAWN_AS_NOTHING = re.compile(
    "[\t\n"
    "\u00ad\u034f\u061c\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\ufff8"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def has_glyph(path: Path, character: str) -> bool:
    """Tell whether a font file maps a character to a glyph; a file that cannot be read has none."""
    return ord(character) in coverage(path)


def undrawable(characters: Iterable[str], own_font: Path | None) -> frozenset[str]:
    """Leave the characters that neither the project's own font for a language nor a bundled font can draw.

    It does not matter for which language: each one's font falls back to all bundled ones.
    """
    fonts = (*map(font_path, BUNDLED), *([own_font] if own_font else ()))
    code_points = frozenset[int]().union(*map(coverage, fonts))
    return frozenset(each for each in characters if ord(each) not in code_points and not _is_nothing(each))


def _is_nothing(character: str) -> bool:
    return visible(character) != character or _DRAWN_AS_NOTHING.match(character) is not None


def undrawable_in_track(track: Track, own_font: Path | None) -> tuple[tuple[Cue, str], ...]:
    """Find each character of a track that cannot be drawn (see ``undrawable``), with its first cue."""
    if isinstance(track, LateTrack) and track.is_drawable:
        return ()
    first_cues: dict[str, Cue] = {}
    for cue in track.cues:
        for character in cue.text:
            first_cues.setdefault(character, cue)
    missing = undrawable(first_cues, own_font)
    return tuple((cue, character) for character, cue in first_cues.items() if character in missing)
