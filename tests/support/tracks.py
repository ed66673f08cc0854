"""How do tests write a track: as the file that lies on disk, and as the value that is read from it?"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TypeAlias

from babelreel.model.timecode import Span, render_timestamp
from babelreel.model.track import Align, Cue, Format, Track

#: A cue in short: its text, its start and end in ms, or all three.
Written: TypeAlias = str | tuple[int, int] | tuple[int, int, str]


def srt(*cues: Written, text: str = "It is free.") -> str:
    """Write cues as a SubRip file; the first line of the first text is line 3.

    A cue without times is shown for two and a half seconds, and the next one begins three seconds after it; one without
    a text says ``text``.
    """
    blocks = (_filled(place, each, text) for place, each in enumerate(cues, start=1))
    return "\n".join(
        f"{number}\n{render_timestamp(start_ms)} --> {render_timestamp(end_ms)}\n{words}\n"
        for number, (start_ms, end_ms, words) in enumerate(blocks, start=1)
    )


def text_of(content: str) -> str:
    """Give the text of the only cue of a SubRip file."""
    return content.split("\n", 2)[2].removesuffix("\n")


def cue(
    start_ms: int,
    end_ms: int,
    *lines: str,
    number: int = 1,
    align: Align = Align.BOTTOM,
    italic: tuple[bool, ...] = (),
) -> Cue:
    """Give a cue that stands nowhere in a file."""
    return Cue(number=number, span=Span(start_ms=start_ms, end_ms=end_ms), lines=lines, align=align, italic=italic)


def track(*cues: Cue | Written, path: str = "subtitles/en.srt", text: str = "It is free.") -> Track:
    """Give a track of cues as they are, or of those that ``srt`` would write; its language is that of its name."""
    name = PurePosixPath(path)
    return Track(
        language=name.stem,
        path=path,
        format=Format(name.suffix[1:]),
        cues=tuple(
            each if isinstance(each, Cue) else _cue(place, *_filled(place, each, text))
            for place, each in enumerate(cues, start=1)
        ),
    )


def _cue(number: int, start_ms: int, end_ms: int, text: str) -> Cue:
    return cue(start_ms, end_ms, *text.split("\n"), number=number)


def _filled(place: int, written: Written, text: str) -> tuple[int, int, str]:
    """Give a cue in short its start, its end and its text."""
    if isinstance(written, str):
        return 3000 * place, 3000 * place + 2500, written
    start_ms, end_ms, *own = written
    return start_ms, end_ms, str(own[0]) if own else text
