"""Choose fixes that can be made together, and make them in the file."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable
from dataclasses import dataclass

from babelreel.model.finding import Finding
from babelreel.model.language import Language
from babelreel.model.track import Track
from babelreel.rules.base.edits import apply_edits
from babelreel.timedtext.rewritten import rewritten


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedFile:
    """A file in which the fixes of some findings have been made."""

    data: bytes
    track: Track
    findings: tuple[Finding, ...]


def choose_fixes(findings: Iterable[Finding], *, with_unsafe: bool) -> tuple[Finding, ...]:
    """Choose findings whose fixes do not touch one another; of two that do, the one that stands first in the file."""
    chosen: list[Finding] = []
    taken: list[tuple[int, int]] = []
    for finding in (one for several in findings for one in several.each):
        if finding.fix is None or not (finding.fix.is_safe or with_unsafe):
            continue
        spots = [(edit.start, edit.end) for edit in finding.fix.edits]
        if not any(_touches(taken, *spot) for spot in spots):
            chosen.append(finding)
            for spot in spots:
                insort(taken, spot)
    return tuple(chosen)


def _touches(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    """Tell whether a stretch shares a character or a border with one of these, which are sorted and apart."""
    index = bisect_right(taken, (start, end))
    return any(first <= end and start <= last for first, last in taken[max(0, index - 1) : index + 1])


def make_fixes(data: bytes, track: Track, language: Language, findings: tuple[Finding, ...]) -> FixedFile | None:
    """Make all these fixes; if they do harm together, those that do none after one another; ``None``: none is left.

    Harm is a file that cannot be written in its encoding, is not read as it was written, or loses cues or their order.
    """
    made = _applied(data, track, language, findings) if findings else None
    if made is not None:
        return made
    kept: tuple[Finding, ...] = ()
    for finding in findings if len(findings) > 1 else ():
        one_more = _applied(data, track, language, (*kept, finding))
        if one_more is not None:
            made, kept = one_more, (*kept, finding)
    return made


def _applied(data: bytes, track: Track, language: Language, findings: tuple[Finding, ...]) -> FixedFile | None:
    fixes = [finding.fix for finding in findings if finding.fix]
    text = apply_edits(track.source.text, (edit for fix in fixes for edit in fix.edits))
    done = rewritten(data, text, track, language=language, to_utf8=any(fix.to_utf8 for fix in fixes))
    if done is None or done.data == data or _has_lost_its_order(track, done.track):
        return None
    return FixedFile(data=done.data, track=done.track, findings=findings)


def _has_lost_its_order(before: Track, after: Track) -> bool:
    """Tell whether cues went missing or changed places in time: no fix is meant to do that.

    There may be more of them: a fix can make timestamps readable.
    """
    if len(before.cues) != len(after.cues):
        return len(before.cues) > len(after.cues)
    order = sorted(range(len(before.cues)), key=lambda index: before.cues[index].span.start_ms)
    starts = [after.cues[index].span.start_ms for index in order]
    return starts != sorted(starts)
