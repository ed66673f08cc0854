"""Turn the text of a film into text of pages: safe, in paragraphs, with times and sizes as people say them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from babelreel.model.language import Language
from babelreel.model.language_words import PageWords
from babelreel.model.timecode import MS_PER_SECOND, Span
from babelreel.model.track import Align, Cue
from babelreel.timedtext.direction.isolates import isolate_within
from babelreel.timedtext.words.paragraphs import lay_paragraphs
from babelreel.timedtext.words.whole_numbers import whole_numbers

_MEGABYTE, _KILOBYTE = 1_000_000, 1_000
#: What ends a script, an attribute or an old browser's text, or turns the text beside it around; halves of characters.
_MARKS = re.compile("[<>&'\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The text of one cue in one line, when it is said, and where in the picture it stands."""

    start_ms: int
    end_ms: int
    text: str
    align: Align = Align.BOTTOM

    @property
    def clock(self) -> str:
        """When it starts, as people read a clock."""
        return render_clock(self.start_ms)

    @property
    def seconds(self) -> str:
        """When it starts, in seconds, as links and scripts write it."""
        return render_seconds(self.start_ms)

    @property
    def end_seconds(self) -> str:
        """When it ends, in seconds."""
        return render_seconds(self.end_ms)


def lines_of(cues: Iterable[Cue], language: Language) -> tuple[Line, ...]:
    """Join the text of each cue into one line, in which no number breaks; cues without text are left out.

    Isolates around lines are taken off, but for lines that run the other way than the language: a page says in ``dir``
    what they are for.
    """
    glue = " " if language.breaks_at_spaces else ""
    return tuple(
        Line(start_ms=cue.span.start_ms, end_ms=cue.span.end_ms, text=whole_numbers(text), align=cue.align)
        for cue in cues
        if (text := glue.join(_directed(line, language) for line in cue.lines if line.strip()))
    )


def joined_text(cues: Iterable[Cue], language: Language) -> str:
    """Join the texts of cues into one line."""
    glue = " " if language.breaks_at_spaces else ""
    return glue.join(line.text for line in lines_of(cues, language))


def _directed(line: str, language: Language) -> str:
    return isolate_within(line.strip(), is_rtl=language.is_rtl)


def paragraphs_of(lines: Iterable[Line], language: Language) -> tuple[Line, ...]:
    """Join lines to paragraphs, as the leaflet does; each lasts from its first line's start to its last one's end."""
    cues = (
        Cue(
            number=place,
            span=Span(start_ms=line.start_ms, end_ms=line.end_ms),
            lines=(line.text,),
            align=line.align,
        )
        for place, line in enumerate(lines, 1)
    )
    return tuple(
        Line(start_ms=each.sentences[0].start_ms, end_ms=each.sentences[-1].end_ms, text=each.text)
        for each in lay_paragraphs(cues, language)
    )


def render_clock(time_ms: int) -> str:
    """Write a time as players show it: ``0:07``, ``12:34``, ``1:02:03``."""
    minutes, seconds = divmod(max(0, time_ms) // MS_PER_SECOND, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


def render_seconds(time_ms: int) -> str:
    """Write milliseconds as seconds, exactly and without needless zeros: ``83``, ``0.6``."""
    seconds, ms = divmod(max(0, time_ms), MS_PER_SECOND)
    return f"{seconds}.{ms:03d}".rstrip("0").rstrip(".")


def render_iso_duration(time_ms: int) -> str:
    """Write a duration as ISO 8601 does: ``PT75.08S``."""
    return f"PT{render_seconds(time_ms)}S"


def render_duration(time_ms: int, words: PageWords) -> str:
    """Write how long a film takes, to the nearest second: ``1:15 min``."""
    nearest = (time_ms + MS_PER_SECOND // 2) // MS_PER_SECOND
    return f"{render_clock(nearest * MS_PER_SECOND)}\u00a0{words.minutes}"


def render_size(size: int, words: PageWords) -> str:
    """Write the size of a file with decimal units, as phones count them: ``4,2 Mo``, ``35 kB``."""
    if size < _MEGABYTE:
        return f"{max(1, (size + _KILOBYTE // 2) // _KILOBYTE)}\u00a0{words.kilobytes}"
    tenths = (size * 10 + _MEGABYTE // 2) // _MEGABYTE
    return f"{tenths // 10}{words.decimal}{tenths % 10}\u00a0{words.megabytes}"


def render_script_json(value: object) -> str:
    r"""Write JSON that may stand in a script, in a page, in an attribute between ``'`` or in a file of its own.

    Marks of HTML are written as ``\u003c`` and so on, and so is what nobody sees.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _MARKS.sub(lambda mark: f"\\u{ord(mark[0]):04x}", text)
