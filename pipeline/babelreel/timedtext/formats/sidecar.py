"""Write a track as a sidecar file, in SubRip or in WebVTT."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import srt

from babelreel.model.language import Language
from babelreel.model.timecode import Span, render_timestamp
from babelreel.model.track import Align, Cue, Track
from babelreel.timedtext.direction.isolates import isolate_line
from babelreel.timedtext.formats.subrip import MARKUP
from babelreel.timedtext.formats.timestamp import SUBRIP, break_arrows, read_timing
from babelreel.timedtext.positions import split_lines

#: U+2060 word joiner: seen by no reader, it keeps players from taking text for markup or timestamps.
_WORD_JOINER = "\u2060"

_ROWS = ("", " line:50%", " line:0")
_COLUMNS = (" align:left", "", " align:right")


@dataclass(frozen=True, slots=True, kw_only=True)
class SidecarCue:
    """One cue to write: a span without negative times, and lines (none blank) with their italics."""

    span: Span
    lines: tuple[tuple[str, bool], ...]
    align: Align


def sidecar_cues(track: Track, language: Language | None) -> Iterator[SidecarCue]:
    """Yield the cues with text, by start and end; those of the same times stay in the order of the track.

    Lines are isolated as their language needs it, with ``None`` not at all.
    """
    for cue in sorted(track.cues, key=lambda cue: cue.span):
        lines = tuple(_lines(cue, language))
        if lines:
            span = Span(start_ms=max(0, cue.span.start_ms), end_ms=max(0, cue.span.end_ms))
            yield SidecarCue(span=span, lines=lines, align=cue.align)


def _lines(cue: Cue, language: Language | None) -> Iterator[tuple[str, bool]]:
    italic = (*cue.italic, *(False for _ in cue.lines))
    for line, is_italic in zip(cue.lines, italic, strict=False):
        for part in split_lines(line):
            if part.strip():
                yield isolate_line(part, is_rtl=language.is_rtl) if language else part, is_italic


# --- SubRip -----------------------------------------------------------------------------------------------------------


def render_subrip(track: Track, language: Language | None) -> str:
    """Write a track as SubRip, UTF-8 text with LF: cues by start, numbered from 1, blank lines dropped.

    Lines of right-to-left languages are isolated for players which do not look for their direction; with ``None``, for
    people who edit the file, none is. A cue without text is left out, a time before zero is written as zero. U+2060
    goes into text that players would take for markup.
    """
    cues = enumerate(sidecar_cues(track, language), start=1)
    # they are in order and numbered; srt would drop those that run backwards, which the rules have reported already
    written: str = srt.compose((_subtitle(number, cue) for number, cue in cues), reindex=False)
    return written


def _subtitle(number: int, cue: SidecarCue) -> srt.Subtitle:
    lines = [f"<i>{guarded(line)}</i>" if is_italic else guarded(line) for line, is_italic in cue.lines]
    place = "" if cue.align is Align.BOTTOM else f"{{\\an{cue.align.value}}}"
    start, end = (timedelta(milliseconds=ms) for ms in (cue.span.start_ms, cue.span.end_ms))
    return srt.Subtitle(index=number, start=start, end=end, content=place + "\n".join(lines))


def guarded(line: str) -> str:
    """Break up what would be read as markup or timestamps."""
    line = MARKUP.sub(lambda match: match[0][0] + _WORD_JOINER + match[0][1:], line)
    if "-->" in line or read_timing(line, line=0, form=SUBRIP):
        return break_arrows(line, _WORD_JOINER)
    return line


# --- WebVTT -----------------------------------------------------------------------------------------------------------


def render_webvtt(track: Track, language: Language) -> str:
    """Write a track as WebVTT, UTF-8 text with LF: cues by start, identified by numbers from 1, blank lines dropped.

    Lines of right-to-left languages are isolated for players which do not look for their direction. A cue without text
    is left out, a time before zero is written as zero.
    """
    blocks = (render_webvtt_block(number, cue) for number, cue in enumerate(sidecar_cues(track, language), start=1))
    return "WEBVTT\n" + "".join(blocks)


def render_webvtt_block(number: int, cue: SidecarCue) -> str:
    """Write one cue under its number, with the blank line before it."""
    start, end = (render_timestamp(ms, ".") for ms in (cue.span.start_ms, cue.span.end_ms))
    lines = [f"<i>{escaped(line)}</i>" if is_italic else escaped(line) for line, is_italic in cue.lines]
    text = "\n".join(lines)
    return f"\n{number}\n{start} --> {end}{_webvtt_settings(cue.align)}\n{text}\n"


def escaped(line: str) -> str:
    """Write a line of text for WebVTT."""
    return html.escape(line, quote=False)


def _webvtt_settings(align: Align) -> str:
    row, column = divmod(int(align) - 1, 3)
    return _ROWS[row] + _COLUMNS[column]
