"""Find the markup in the text of cues, as it is written in the file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from babelreel.model.finding import Fix, Severity
from babelreel.model.track import Cue
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.subject import TrackSubject


def within_cues(subject: TrackSubject, pattern: re.Pattern[str], *signs: str) -> Iterator[tuple[Cue, re.Match[str]]]:
    """Search the text of the cues with its markup, if any of the signs with which a match begins occurs at all."""
    cues, text = subject.track.cues, subject.track.source.text
    if not any(sign in text for sign in signs):
        return
    starts = [cue.body.start for cue in cues]
    for match in pattern.finditer(text):
        place = bisect_right(starts, match.start()) - 1
        if place >= 0 and match.end() <= cues[place].body.end:
            yield cues[place], match


def breach_at(  # noqa: PLR0913 - a place and what a breach says of it
    subject: TrackSubject,
    cue: Cue,
    match: re.Match[str],
    message: str,
    *,
    severity: Severity | None = None,
    fix: Fix | None = None,
) -> Breach:
    """Make a breach of a match in the file."""
    line, column = subject.track.source.place(match.start())
    length = match.end() - match.start()
    return Breach(cue=cue, message=message, line=line, column=column, length=length, severity=severity, fix=fix)


def quoted(match: re.Match[str]) -> str:
    """Quote the beginning of a match."""
    return f"“{match[0][:20]}”"


def text_end(subject: TrackSubject, cue: Cue) -> int:
    """Find the offset behind the last visible character of a cue, markup included."""
    return cue.body.start + len(subject.track.source.text[cue.body.start : cue.body.end].rstrip())
