"""Make the edits of a file that fix a finding without touching anything else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from babelreel.model.file_position import Spot
from babelreel.model.finding import Edit, Fix
from babelreel.model.track import Cue, Format, Track
from babelreel.rules.base.passage import Passage
from babelreel.timedtext.formats.timestamp import FORMS, render_time

#: Characters that mean something else in a file than in the text of a cue; they are never written by a fix.
_MARKUP = re.compile(r"[<>&{}\\\r\n]")


#: A tag that is not kept, so that its letters may have been meant: "Write <s> and </s>".
_STRANGE_TAG = re.compile(r"</?(?!(?:i|b|u|font|c|v|lang)\b)[A-Za-z][^<>\r\n]{0,40}>")
_LONGEST_TAG = 44


def replacing(track: Track, passage: Passage, text: str, *, is_safe: bool = True) -> Fix | None:
    """Put other text in the place of a passage; ``None`` where markup stands inside of it, or would.

    Spaces beside a tag that is not kept are left as they are: what stands in its place may be a word.
    """
    spot, source = passage.spot, track.source.text
    if source[spot.start : spot.end] != passage.text or _MARKUP.search(text):
        return None
    if passage.text.isspace() and _is_beside_strange_tag(source, spot):
        return None
    return Fix(edits=(Edit(start=spot.start, end=spot.end, text=text),), is_safe=is_safe)


def _is_beside_strange_tag(source: str, spot: Spot) -> bool:
    before = source[max(0, spot.start - _LONGEST_TAG) : spot.start]
    return bool(
        (before.endswith(">") and _STRANGE_TAG.fullmatch(before, max(0, before.rfind("<"))))
        or _STRANGE_TAG.match(source, spot.end)
    )


def retiming(  # noqa: PLR0913 - a cue in its track, two times, and what to heed
    track: Track,
    cue: Cue,
    *,
    start_ms: int | None = None,
    end_ms: int | None = None,
    is_safe: bool = True,
    others: Iterable[Cue] | None = None,
) -> Fix | None:
    """Write another start or end time, in the form of the track's format.

    ``None`` where the file is read only, or the cue would be without duration, leave the time that a file can hold, or
    share a moment with a cue that it did not share one with before. ``others`` are the cues that it could meet, as far
    as the caller knows better than all of the track.
    """
    start = cue.span.start_ms if start_ms is None else start_ms
    end = cue.span.end_ms if end_ms is None else end_ms
    if (
        track.format.is_read_only
        or not 0 <= start < end
        or _meets_another(track.cues if others is None else others, cue, start, end)
    ):
        return None
    spots = ((cue.start_spot, start, cue.span.start_ms), (cue.end_spot, end, cue.span.end_ms))
    edits = tuple(_edit(spot, ms, track.format) for spot, ms, now_ms in spots if ms != now_ms)
    return Fix(edits=edits, is_safe=is_safe) if edits else None


def _meets_another(others: Iterable[Cue], cue: Cue, start: int, end: int) -> bool:
    now = cue.span
    return any(
        other.span.start_ms < end
        and start < other.span.end_ms
        and not (other.span.start_ms < now.end_ms and now.start_ms < other.span.end_ms)
        for other in others
        if other is not cue
    )


def _edit(spot: Spot, ms: int, format_: Format) -> Edit:
    return Edit(start=spot.start, end=spot.end, text=render_time(ms, FORMS[format_]))


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Make edits that do not touch one another, in any order."""
    return "".join(_pieces(text, sorted(edits, key=lambda edit: (edit.start, edit.end))))


def _pieces(text: str, edits: Iterable[Edit]) -> Iterator[str]:
    done = 0
    for edit in edits:
        yield text[done : edit.start]
        yield edit.text
        done = edit.end
    yield text[done:]
