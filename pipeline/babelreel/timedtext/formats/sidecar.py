"""Which cues go into a sidecar file, and what does a line look like in it, before the format's own escapes?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from babelreel.model.language import Language
from babelreel.model.timecode import Span
from babelreel.model.track import Align, Cue, Track
from babelreel.timedtext.direction.isolates import isolate_line
from babelreel.timedtext.positions import split_lines


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
                yield isolate_line(part) if language.is_rtl else part, is_italic
