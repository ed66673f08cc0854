"""How do tests write the same lines in every format whose times can be moved, and move them?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from hypothesis import strategies as st

from babelreel.languages.find import find_language
from babelreel.model.film.change.time_map import TimeMap
from babelreel.model.timecode import Span, render_timestamp
from babelreel.model.track import Track
from babelreel.timedtext.read import read_track
from babelreel.timedtext.retiming.move import MovedFile, move_times

FRENCH = find_language("fr")
SHORTEST_MS = 833


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A format: the ending of its files, and the smallest step of its times."""

    ending: str
    step_ms: int


FORMATS = tuple(
    Written(ending=ending, step_ms=step_ms)
    for ending, step_ms in (("srt", 1), ("vtt", 1), ("ass", 10), ("ssa", 10), ("sbv", 1), ("sub", 40), ("mpl", 100))
)
#: What a file of each format may begin with, beside its lines.
_HEADS = {
    "vtt": "WEBVTT - film\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:900000\n\nSTYLE\n::cue { color: red }\n\n"
    "NOTE kept as it is, 00:00:05.000 too\n\n",
    "ass": "[Script Info]\n; 0:00:01.00 is no time of a line\nScriptType: v4.00+\nPlayResX: 384\nPlayResY: 288\n\n"
    "[V4+ Styles]\nFormat: Name, Fontname, Fontsize\nStyle: Default,Arial,20\n\n"
    "[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n",
    "ssa": "[Script Info]\nScriptType: v4.00\nPlayResX: 384\nPlayResY: 288\n\n[V4 Styles]\nFormat: Name, Fontname\n"
    "Style: Default,Arial\n\n[Events]\n"
    "Format: Marked, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n",
    "sub": "{1}{1}25\n",
}


def written(ending: str, lines: Sequence[tuple[int, int, str]]) -> str:
    """Write lines (start, end, text) in a format, with LF; MicroDVD at 25 frames a second."""
    return _HEADS.get(ending, "") + "".join(_line(ending, place, *each) for place, each in enumerate(lines, start=1))


def _line(ending: str, number: int, start_ms: int, end_ms: int, text: str) -> str:
    match ending:
        case "srt":
            return f"{number}\n{render_timestamp(start_ms)} --> {render_timestamp(end_ms)}\n{text}\n\n"
        case "vtt":
            start, end = (render_timestamp(ms, ".").removeprefix("00:") for ms in (start_ms, end_ms))
            return f"{start} --> {end} line:10%\n{text}\n\n"
        case "ass" | "ssa":
            start, end = (render_timestamp(ms, ".")[1:-1] for ms in (start_ms, end_ms))
            first = "0" if ending == "ass" else "Marked=0"
            return rf"Dialogue: {first},{start},{end},Default,,0,0,0,,{{\k12}}{text}" + "\n"
        case "sbv":
            start, end = (render_timestamp(ms, ".")[1:] for ms in (start_ms, end_ms))
            return f"{start},{end}\n{text}\n\n"
        case "sub":
            return f"{{{start_ms // 40}}}{{{end_ms // 40}}}{text}\n"
        case _:
            return f"[{start_ms // 100}][{end_ms // 100}]{text}\n"


def read(data: bytes, ending: str) -> Track:
    """Read a file of a French track."""
    return read_track(data, language=FRENCH, path=f"subtitles/fr.{ending}", film_rate=Fraction(25))


def moved(data: bytes, ending: str, time_map: TimeMap) -> MovedFile:
    """Move all times of a French track."""
    track = read(data, ending)
    return move_times(data, track, time_map, language=FRENCH, shortest_ms=SHORTEST_MS, film_rate=Fraction(25))


def spans(data: bytes, ending: str) -> list[Span]:
    """Give when the lines of a file are shown."""
    return [cue.span for cue in read(data, ending).cues]


@st.composite
def random_lines(draw: st.DrawFn, step_ms: int) -> list[tuple[int, int, str]]:
    """Some lines that do not overlap, each of two steps or more, some of them touching."""
    found, now = [], draw(st.integers(0, 50)) * step_ms
    lengths = st.tuples(st.sampled_from([0, 1, 2, 7, 50, 999]), st.integers(2, 6000 // step_ms + 2))
    for place, (gap, length) in enumerate(draw(st.lists(lengths, min_size=1, max_size=12)), start=1):
        start = now + gap * step_ms
        now = start + length * step_ms
        found.append((start, now, f"C’est gratuit, ligne {place}."))
    return found
