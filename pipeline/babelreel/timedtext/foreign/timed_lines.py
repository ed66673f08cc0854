"""Read the text formats in which a cue has a line of its own: SubViewer of YouTube (.sbv), MicroDVD and MPL2.

pysubs2 reads MicroDVD and MPL2; it skips lines that it does not understand, which are found here first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from babelreel.model.track import Fault, FaultKind, Format, Track
from babelreel.timedtext.foreign.cues import Timed, foreign_fault, make_track, unreadable_track
from babelreel.timedtext.formats.substation.event_text import EventStyle, EventText
from babelreel.timedtext.positions import clip, split_lines

#: YouTube's: H:MM:SS.mmm,H:MM:SS.mmm on a line, then the text up to a blank line.
_SBV_TIME = r"(\d{1,4}):([0-5]?\d):([0-5]?\d)\.(\d{1,3})"
SBV_LINE = re.compile(rf"\s*{_SBV_TIME}\s*,\s*{_SBV_TIME}\s*", re.ASCII)
_SBV_BREAK = re.compile(r"\[br\]", re.IGNORECASE)

#: Nine digits at most: 10 million seconds at 100 frames each. pysubs2 looks for markup from every sign of it to the end
#: of the line: one that is longer than any text would take hours.
MICRODVD = re.compile(r" {0,9}\{ {0,9}\d{1,9} {0,9}\} {0,9}\{ {0,9}\d{1,9} {0,9}\}.{1,2000}", re.ASCII)
MPL2 = re.compile(r"\[\d{1,9}\]\[\d{1,9}\].{0,2000}", re.ASCII)
#: The rate, as the text of a first cue from frame 1 to frame 1 (or 0 to 0, as some programs write it).
_RATE = re.compile(r" *\{ *[01] *\} *\{ *[01] *\} *(\d{1,3}(?:[.,]\d{1,6})?) *", re.ASCII)
_SLOWEST, _FASTEST = 1, 240
_NO_RATE = "its times are frames, and it does not say how many there are a second"

#: VobSub: pictures of text in an MPEG programme stream.
PICTURES = "\x00\x00\x01\xba"


def read_sbv(text: str, *, language: str, path: str) -> Track:
    """Read YouTube's SubViewer text; what stands in no cue is a fault."""
    texts: list[Timed] = []
    faults: list[Fault] = []
    for block in re.split(r"\n[ \t]*\n\s*", "\n".join(split_lines(text)).strip()):
        times, _, said = block.partition("\n")
        match = SBV_LINE.fullmatch(times)
        if match:
            start_ms, end_ms = sbv_ms(match.groups()[:4]), sbv_ms(match.groups()[4:])
            texts.append(Timed(start_ms=start_ms, end_ms=end_ms, pieces=((_SBV_BREAK.sub("\n", said), False),)))
        elif block:
            detail = "this text has no row with two times, such as 0:00:01.000,0:00:03.000, so it is not shown"
            faults.append(foreign_fault(detail, FaultKind.UNREADABLE_CUE, clip(times)))
    return make_track(texts, language=language, path=path, format_=Format.SBV, faults=faults)


def sbv_ms(time: tuple[str, ...]) -> int:
    """Read hours, minutes, seconds and the decimal fraction of a second."""
    hours, minutes, seconds = map(int, time[:3])
    return (hours * 3600 + minutes * 60 + seconds) * 1000 + int(time[3].ljust(3, "0"))


def read_frame_lines(text: str, *, language: str, path: str, film_rate: Fraction | None = None) -> Track:
    """Read MicroDVD, whose times are frames, or MPL2, whose times are tenths of a second: either may be named .sub.

    MicroDVD should name its frame rate in a first line ``{1}{1}25``; else that of the film is taken, which is reported
    as a fault. Where that is not known either, no time is, and nothing is read.
    """
    lines = [line for line in split_lines(text.removeprefix("\ufeff")) if line.strip()]
    if text.startswith(PICTURES):
        detail = "it holds pictures of text (VobSub), and no text: ask for the subtitles as text, or have them typed"
        return unreadable_track(detail, language=language, path=path, format_=Format.MICRODVD)
    if lines and MPL2.fullmatch(lines[0]):
        return _track(lines, MPL2, None, language=language, path=path)
    rate = frame_rate_in(lines[0]) if lines else None
    if rate:
        return _track(lines[1:], MICRODVD, rate, language=language, path=path)
    if not any(map(MICRODVD.fullmatch, lines)):
        return _track(lines, MICRODVD, None, language=language, path=path)
    if film_rate is None:
        detail = f"{_NO_RATE}: write {{1}}{{1}}25 as its first row, with the rate of the film"
        return unreadable_track(detail, language=language, path=path, format_=Format.MICRODVD)
    track = _track(lines, MICRODVD, film_rate, language=language, path=path)
    told = foreign_fault(f"{_NO_RATE}: the {_shown(film_rate)} of the film were taken")
    return replace(track, faults=(told, *track.faults))


def _shown(rate: Fraction) -> str:
    return f"{float(rate):.3f}".rstrip("0").rstrip(".")


def frame_rate_in(line: str) -> Fraction | None:
    """Read the frames a second that the first line of MicroDVD names; ``None`` where it names none."""
    match = _RATE.fullmatch(line)
    rate = Fraction(match[1].replace(",", ".")) if match else Fraction(0)
    return rate if _SLOWEST <= rate <= _FASTEST else None


def _track(lines: list[str], form: re.Pattern[str], rate: Fraction | None, *, language: str, path: str) -> Track:
    read = [line for line in lines if form.fullmatch(line)]
    detail = "this row cannot be read as a text with its times"
    faults = [foreign_fault(detail, FaultKind.UNREADABLE_CUE, clip(line)) for line in lines if not form.fullmatch(line)]
    format_ = Format.MPL2 if form is MPL2 else Format.MICRODVD
    texts = list(_events("\n".join(read), format_.value, rate))
    return make_track(texts, language=language, path=path, format_=format_, faults=faults)


def _events(text: str, format_: str, rate: Fraction | None) -> Iterator[Timed]:
    import pysubs2  # noqa: PLC0415 - slow to load, and hardly any track is in these formats

    for event in pysubs2.SSAFile.from_string(text, format_=format_, fps=float(rate) if rate else None):
        plain = EventText(style=EventStyle(), source=event.text, offset=0).lay()
        pieces = ((line + "\n", is_italic) for line, is_italic in zip(plain.lines, plain.italic, strict=True))
        yield Timed(start_ms=event.start, end_ms=event.end, pieces=tuple(pieces))
