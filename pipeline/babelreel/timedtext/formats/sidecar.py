"""Which cues go into a sidecar file, and what does a line look like in it, before the format's own escapes?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from babelreel.model.language import Language
from babelreel.model.timecode import Span
from babelreel.model.track import Align, Cue, Track
from babelreel.timedtext.direction.isolates import POP_ISOLATE, isolate_numbers
from babelreel.timedtext.positions import split_lines

_RIGHT_TO_LEFT_ISOLATE = "\u2067"
_ISOLATES = "\u2066\u2067\u2068"


@dataclass(frozen=True, slots=True, kw_only=True)
class SidecarCue:
    """One cue to write: a span without negative times, and lines (none blank) with their italics."""

    span: Span
    lines: tuple[tuple[str, bool], ...]
    align: Align


def sidecar_cues(track: Track, language: Language) -> Iterator[SidecarCue]:
    """Give the cues with text, by start and end; those of the same times stay in the order of the track."""
    for cue in sorted(track.cues, key=lambda cue: cue.span):
        lines = tuple(_lines(cue, language))
        if lines:
            span = Span(start_ms=max(0, cue.span.start_ms), end_ms=max(0, cue.span.end_ms))
            yield SidecarCue(span=span, lines=lines, align=cue.align)


def _lines(cue: Cue, language: Language) -> Iterator[tuple[str, bool]]:
    italic = (*cue.italic, *(False for _ in cue.lines))
    for line, is_italic in zip(cue.lines, italic, strict=False):
        for part in split_lines(line):
            if part.strip():
                yield _isolated(part) if language.is_rtl else part, is_italic


def _isolated(line: str) -> str:
    """Isolate a right-to-left line, and the spaced numbers in it, unless its author has done so."""
    line = isolate_numbers(line)
    return line if _is_one_isolate(line) else f"{_RIGHT_TO_LEFT_ISOLATE}{line}{POP_ISOLATE}"


def _is_one_isolate(line: str) -> bool:
    """Tell whether the isolate that opens a line closes at its end and not before."""
    if not line.startswith(_RIGHT_TO_LEFT_ISOLATE):
        return False
    depth = 0
    for index, character in enumerate(line):
        depth += (character in _ISOLATES) - (character == POP_ISOLATE)
        if depth == 0:
            return index == len(line) - 1
    return False
