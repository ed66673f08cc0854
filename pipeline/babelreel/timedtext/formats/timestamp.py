"""Read a line of timestamps, and report where it is not written as its format wants.

The reading is lenient, because players are, and because what is meant is mostly evident; each liberty taken is
reported. A fraction is a decimal fraction: ``,5`` is half a second (the srt package reads 5 ms).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from babelreel.model.file_position import Spot
from babelreel.model.timecode import MS_PER_SECOND, Span, render_timestamp
from babelreel.model.track import Fault, FaultKind, Format
from babelreel.timedtext.positions import clip


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How a format writes a time: shown to people, as patterns (of one, and of a whole line of two), and in parts."""

    shown: str
    exact: re.Pattern[str]
    mark: str
    digits: int = 3
    hour_digits: int = 2
    needs_hours: bool = True
    exact_line: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        pattern = self.exact.pattern
        object.__setattr__(self, "exact_line", re.compile(f"({pattern}) --> ({pattern})"))


# More digits of hours are right too: 100 hours cannot be written otherwise. No more than six are read.
SUBRIP = Form(shown="HH:MM:SS,mmm", exact=re.compile(r"[0-9]{2,6}:[0-5][0-9]:[0-5][0-9],[0-9]{3}"), mark=",")
WEBVTT = Form(
    shown="HH:MM:SS.mmm or MM:SS.mmm",
    exact=re.compile(r"(?:[0-9]{2,6}:)?[0-5][0-9]:[0-5][0-9]\.[0-9]{3}"),
    mark=".",
    needs_hours=False,
)
SUBSTATION = Form(
    shown="H:MM:SS.cc",
    exact=re.compile(r"(?:[0-9]|[1-9][0-9]{1,5}):[0-5][0-9]:[0-5][0-9]\.[0-9]{2}"),
    mark=".",
    digits=2,
    hour_digits=1,
)
#: How each format of a track writes its times.
FORMS = {Format.SRT: SUBRIP, Format.VTT: WEBVTT, Format.ASS: SUBSTATION, Format.SSA: SUBSTATION}

#: Spaces, and the bidi marks and zero-width characters that editors for right-to-left text leave around numbers.
GAP = r"[\s\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]*"

# Every repetition is bounded or cannot overlap with its neighbour: time grows with the length of the line, not faster.
_TIME = re.compile(
    rf"(?P<sign>-?){GAP}(?:(?P<hours>\d{{1,6}}){GAP}[:：]{GAP})?(?P<minutes>\d{{1,6}}){GAP}[:：]{GAP}(?P<seconds>\d{{1,6}})"
    rf"(?:{GAP}(?P<mark>[,.:;，．。：；])[ \t]?(?P<fraction>\d{{1,9}}))?"
)
_LEADING = re.compile(GAP)
_ARROW = re.compile(r"[-–—][-–— ]{0,3}>")

# Two whole times with no arrow between them: "09:00 - 17:00" in a text is not meant by this.
_CLOCK = r"[0-9]{1,6}:[0-9]{1,2}:[0-9]{1,2}[,.][0-9]{1,3}"
_PAIR = re.compile(rf"{GAP}{_CLOCK}(?P<between>[ \t=>~,;–—-]{{1,8}}){_CLOCK}(?![0-9])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """One time as read: ``end`` is the index in the line behind it, ``faults`` what is odd in its form."""

    ms: int
    start: int
    end: int
    faults: tuple[Fault, ...]


class Timing(NamedTuple):
    """A line of two times: ``column`` (from 1) of the first; what stands behind the second begins at ``rest``.

    ``start`` and ``end`` are the indices in the line between which each time is written.
    """

    span: Span
    column: int
    start: Spot
    end: Spot
    rest: int
    faults: tuple[Fault, ...]


def has_arrow(line: str) -> bool:
    """Tell whether a line holds ``-->`` or what is meant as such (``->``, ``—>``, ``- ->``)."""
    return ">" in line and ("-->" in line or _ARROW.search(line) is not None)


def has_bare_pair(line: str) -> bool:
    """Tell whether a line begins with two whole times that no arrow stands between."""
    return ":" in line and _PAIR.match(line) is not None


def break_arrows(line: str, breaker: str) -> str:
    """Put a character before the ``>`` of each arrow, so that no player takes the line for timestamps."""
    return _ARROW.sub(lambda match: f"{match[0][:-1]}{breaker}>", line)


def read_timing(source: str, *, line: int, form: Form) -> Timing | None:
    """Read ``start --> end``; ``None`` when there are not two readable times around an arrow.

    Two whole times without an arrow are read too. ``line`` is the number that faults carry.
    """
    exact = form.exact_line.fullmatch(source)
    if exact:  # nearly always
        return _exact_timing(exact)
    arrow = _ARROW.search(source)
    if arrow:
        return _lenient_timing(source, *arrow.span(), line, form)
    pair = _PAIR.match(source)
    return _lenient_timing(source, *pair.span("between"), line, form) if pair else None


def _exact_timing(match: re.Match[str]) -> Timing:
    start, end = match.span(1), match.span(2)
    span = Span(start_ms=_exact_ms(match[1]), end_ms=_exact_ms(match[2]))
    return Timing(span=span, column=1, start=Spot(*start), end=Spot(*end), rest=end[1], faults=())


def _exact_ms(time: str) -> int:
    """Read ``HH:MM:SS,mmm`` or ``MM:SS.mmm``, with any number of digits for the hours."""
    hours = int(time[:-10]) if len(time) > len("MM:SS.mmm") else 0
    return ((hours * 60 + int(time[-9:-7])) * 60 + int(time[-6:-4])) * MS_PER_SECOND + int(time[-3:])


def _lenient_timing(source: str, arrow_start: int, arrow_end: int, line: int, form: Form) -> Timing | None:
    head = source[:arrow_start]
    start = read_time(head, 0, line=line, form=form)
    end = read_time(source, arrow_end, line=line, form=form)
    if start is None or end is None or skip_gap(head, start.end) != len(head):
        return None
    return Timing(
        span=Span(start_ms=start.ms, end_ms=end.ms),
        column=start.start + 1,
        start=Spot(start.start, start.end),
        end=Spot(end.start, end.end),
        rest=end.end,
        faults=(*start.faults, *_arrow_faults(source, start.end, end.start, line), *end.faults),
    )


def read_time(source: str, index: int, *, line: int, form: Form) -> Time | None:
    """Read the time that stands at an index, after spaces and invisible characters; ``None`` if there is none."""
    if exact := form.exact.fullmatch(source, index):  # nearly always, where nothing follows the time
        ms = _exact_ms(exact[0] + "0" * (3 - form.digits))
        return Time(ms=ms, start=index, end=len(source), faults=())
    start = skip_gap(source, index)
    match = _TIME.match(source, start)
    if match is None:
        return None
    hours, minutes, seconds = int(match["hours"] or 0), int(match["minutes"]), int(match["seconds"])
    fraction = int((match["fraction"] or "0").ljust(3, "0")[:3])
    ms = ((hours * 60 + minutes) * 60 + seconds) * MS_PER_SECOND + fraction
    if match["sign"]:
        ms = -ms
    return Time(ms=ms, start=start, end=match.end(), faults=_form_faults(match, ms, line, form))


def skip_gap(source: str, index: int) -> int:
    """Find the index of the first character at or after an index that is neither a space nor invisible."""
    found = _LEADING.match(source, index)
    return found.end() if found else index


def render_time(ms: int, form: Form) -> str:
    """Write a time, not before zero, as a format wants it.

    Where a format has steps of 10 ms it is rounded down, start and end alike: cues that were apart stay apart.
    """
    time = render_timestamp(ms, form.mark)
    return time[: -(3 - form.digits) or None].removeprefix("0" if form.hour_digits == 1 else "")


def _form_faults(match: re.Match[str], ms: int, line: int, form: Form) -> tuple[Fault, ...]:
    if form.exact.fullmatch(match[0]):
        return ()
    oddities = ", ".join(_oddities(match, form)) or "characters that do not belong there"
    shown = render_timestamp(ms)
    detail = f"this time is not written {form.shown} ({oddities}); it was read as {shown}"
    repaired = render_time(ms, form) if ms >= 0 else None
    fault = _fault(line, match.start() + 1, detail, match[0])
    return (replace(fault, repaired=repaired, is_evident=_is_evident(match, form)),)


def _is_evident(match: re.Match[str], form: Form) -> bool:
    """Tell whether all programs that can read a time read the same: they differ in short and long fractions."""
    clock = (match["minutes"], match["seconds"])
    return (
        not match["sign"]
        and all(len(part) == 2 and int(part) <= 59 for part in clock)  # noqa: PLR2004 - as a clock shows them
        and len(match["fraction"] or "") in (0, form.digits)
    )


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
            f"{len(fraction or '')} of {form.digits} digits after the seconds",
            fraction is not None and len(fraction) != form.digits,
        ),
    )
    return [name for name, is_odd in checks if is_odd]


def _arrow_faults(source: str, start: int, end: int, line: int) -> tuple[Fault, ...]:
    """Report an arrow that is not ``-->`` between spaces, is missing, or has invisible characters beside it."""
    written = source[start:end]
    if written.strip(" \t") == "-->" and len(written) > len("-->") + 1:
        return ()
    arrow = written.strip(" \t")
    if not arrow:
        detail = "there is no ' --> ' between the times; they were read as if there were"
        return (replace(_fault(line, start + 1, detail, written), repaired=" --> ", is_evident=True),)
    detail = f"the arrow between the times is written {clip(written)!r}, not ' --> '; it was read as one"
    before, after = written.split(arrow, 1)
    repaired = f"{'' if before else ' '}-->{'' if after else ' '}"
    return (replace(_fault(line, start + len(before) + 1, detail, arrow), repaired=repaired, is_evident=True),)


def _fault(line: int, column: int, detail: str, text: str) -> Fault:
    return Fault(
        kind=FaultKind.TIMESTAMP_FORM,
        line=line,
        column=column,
        detail=detail,
        text=clip(text.strip()),
        length=len(text),
    )
