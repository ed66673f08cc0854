"""Which times does a line of timestamps mean, and is it written as its format wants?

The reading is lenient, because players are, and because what is meant is mostly evident; each liberty taken is
reported. A fraction is a decimal fraction: ``,5`` is half a second (the srt package reads 5 ms).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from babelreel.model.source import Spot
from babelreel.model.timecode import MS_PER_SECOND, Span, render_timestamp
from babelreel.model.track import Fault, FaultKind
from babelreel.timedtext.source import clip, unreadable


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How a format writes a time: shown to people, as a pattern, and in parts."""

    shown: str
    exact: re.Pattern[str]
    mark: str
    digits: int = 3
    hour_digits: int = 2
    needs_hours: bool = True


# More than two digits of hours are right too: 100 hours cannot be written otherwise.
SUBRIP = Form(shown="HH:MM:SS,mmm", exact=re.compile(r"[0-9]{2,}:[0-5][0-9]:[0-5][0-9],[0-9]{3}"), mark=",")
WEBVTT = Form(
    shown="HH:MM:SS.mmm or MM:SS.mmm",
    exact=re.compile(r"(?:[0-9]{2,}:)?[0-5][0-9]:[0-5][0-9]\.[0-9]{3}"),
    mark=".",
    needs_hours=False,
)
SUBSTATION = Form(
    shown="H:MM:SS.cc",
    exact=re.compile(r"[0-9]:[0-5][0-9]:[0-5][0-9]\.[0-9]{2}"),
    mark=".",
    digits=2,
    hour_digits=1,
)

#: Spaces, and the bidi marks and zero-width characters that editors for right-to-left text leave around numbers.
GAP = r"[\s\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]*"

# Every repetition is bounded or cannot overlap with its neighbour: time grows with the length of the line, not faster.
_TIME = re.compile(
    rf"(?P<sign>-?){GAP}(?:(?P<hours>\d{{1,6}}){GAP}[:：]{GAP})?(?P<minutes>\d{{1,6}}){GAP}[:：]{GAP}(?P<seconds>\d{{1,6}})"
    rf"(?:{GAP}(?P<mark>[,.:;，．。：；])[ \t]?(?P<fraction>\d{{1,9}}))?"
)
_LEADING = re.compile(GAP)
_ARROW = re.compile(r"[-–—][-–— ]{0,3}>")
_SETTING = re.compile(r"[A-Za-z][A-Za-z0-9]{0,15}:\S")


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """One time as read: ``end`` is the index in the line behind it, ``faults`` what is odd in its form."""

    ms: int
    start: int
    end: int
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """A line of two times: ``column`` (from 1) of the first, and the settings (``line:0``) behind the second.

    ``start`` and ``end`` are the indices in the line between which each time is written.
    """

    span: Span
    column: int
    start: Spot
    end: Spot
    settings: tuple[str, ...]
    faults: tuple[Fault, ...]


def has_arrow(line: str) -> bool:
    """Tell whether a line holds ``-->`` or what is meant as such (``->``, ``—>``, ``- ->``)."""
    return ">" in line and _ARROW.search(line) is not None


def break_arrows(line: str, breaker: str) -> str:
    """Put a character before the ``>`` of each arrow, so that no player takes the line for timestamps."""
    return _ARROW.sub(lambda match: f"{match[0][:-1]}{breaker}>", line)


def read_timing(source: str, *, line: int, form: Form) -> Timing | None:
    """Read ``start --> end``; ``None`` when there are not two readable times around an arrow.

    ``line`` is the number that faults carry.
    """
    arrow = _ARROW.search(source)
    if arrow is None:
        return None
    head = source[: arrow.start()]
    start = read_time(head, 0, line=line, form=form)
    end = read_time(source, arrow.end(), line=line, form=form)
    if start is None or end is None or _skip_gap(head, start.end) != len(head):
        return None
    arrow_faults = _arrow_faults(source, start.end, end.start, line)
    return Timing(
        span=Span(start_ms=start.ms, end_ms=end.ms),
        column=start.start + 1,
        start=Spot(start.start, start.end),
        end=Spot(end.start, end.end),
        settings=tuple(source[end.end :].split()),
        faults=(*start.faults, *arrow_faults, *end.faults, *_rest_faults(source, end.end, line)),
    )


def read_time(source: str, index: int, *, line: int, form: Form) -> Time | None:
    """Read the time that stands at an index, after spaces and invisible characters; ``None`` if there is none."""
    start = _skip_gap(source, index)
    match = _TIME.match(source, start)
    if match is None:
        return None
    hours, minutes, seconds = (int(match[name] or 0) for name in ("hours", "minutes", "seconds"))
    fraction = int((match["fraction"] or "0").ljust(3, "0")[:3])
    ms = ((hours * 60 + minutes) * 60 + seconds) * MS_PER_SECOND + fraction
    if match["sign"]:
        ms = -ms
    return Time(ms=ms, start=start, end=match.end(), faults=_form_faults(match, ms, line, form))


def _skip_gap(source: str, index: int) -> int:
    found = _LEADING.match(source, index)
    return found.end() if found else index


def _form_faults(match: re.Match[str], ms: int, line: int, form: Form) -> tuple[Fault, ...]:
    if form.exact.fullmatch(match[0]):
        return ()
    oddities = ", ".join(_oddities(match, form)) or "characters that do not belong there"
    detail = f"{clip(match[0])} is not written {form.shown} ({oddities}); it was read as {render_timestamp(ms)}"
    return (_fault(line, match.start() + 1, detail, match[0]),)


def _oddities(match: re.Match[str], form: Form) -> list[str]:
    """Name what differs from the form, in the order of reading."""
    hours, fraction = match["hours"], match["fraction"]
    clock = (match["minutes"], match["seconds"])
    checks = (
        ("it is negative", bool(match["sign"])),
        ("no hours", hours is None and form.needs_hours),
        (f"hours not in {form.hour_digits} digits", hours is not None and len(hours) != form.hour_digits),
        ("minutes or seconds not in two digits", any(len(part) != 2 for part in clock)),  # noqa: PLR2004 - the message says it
        ("more than 59 minutes or seconds", any(int(part) > 59 for part in clock)),  # noqa: PLR2004 - the message says it
        ("nothing after the seconds", fraction is None),
        (f"{match['mark']!r} before the fraction, not {form.mark!r}", match["mark"] not in (None, form.mark)),
        (
            f"after the seconds {len(fraction or '')} of {form.digits} digits",
            fraction is not None and len(fraction) != form.digits,
        ),
    )
    return [name for name, is_odd in checks if is_odd]


def _arrow_faults(source: str, start: int, end: int, line: int) -> tuple[Fault, ...]:
    """Report an arrow that is not ``-->`` between spaces, or invisible characters beside it."""
    written = source[start:end]
    if written.strip(" \t") == "-->" and len(written) > len("-->") + 1:
        return ()
    column = start + 1 + len(written) - len(written.lstrip())
    detail = f"the arrow between the times is written {clip(written)!r}, not ' --> '; it was read as one"
    return (_fault(line, column, detail, written.strip()),)


def _rest_faults(source: str, index: int, line: int) -> tuple[Fault, ...]:
    """Report text behind the times, unless it is settings only: of WebVTT, or SubRip's old ``X1:40 X2:600``."""
    start = _skip_gap(source, index)
    if start == len(source) or all(_SETTING.match(word) for word in source[start:].split()):
        return ()
    detail = "text behind the timestamps is shown by no player; it was left out"
    return (unreadable(line, detail, source[start:].rstrip(), column=start + 1),)


def _fault(line: int, column: int, detail: str, text: str) -> Fault:
    return Fault(kind=FaultKind.TIMESTAMP_FORM, line=line, column=column, detail=detail, text=clip(text))
