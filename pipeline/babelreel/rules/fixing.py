"""What does a file look like when everything in it is mended that needs no person?

A pass makes the edits of all findings that do not touch one another; then the file is read and checked again, until
nothing changes. What an edit does not mean stays byte for byte.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from babelreel.model.finding import Edit, Finding
from babelreel.model.language import Language
from babelreel.model.track import Track
from babelreel.rules.check import CheckResult
from babelreel.timedtext.encoding.decode import encode_like
from babelreel.timedtext.read import read_track

#: Fixes that make room for one another need a few passes; two that undo each other would need them for ever.
MAX_PASSES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """The bytes of a file after its fixes, what was mended in the order of the passes, and what is found now."""

    data: bytes
    mended: tuple[Finding, ...]
    result: CheckResult


def mend(
    data: bytes, check: Callable[[Track], CheckResult], track: Track, *, language: Language, with_unsafe: bool
) -> Mended:
    """Mend the file ``data``, which was read as ``track``, as far as the findings of ``check`` have fixes.

    With ``with_unsafe``, fixes are made too that a person should look at afterwards.
    """
    result, mended, seen = check(track), list[Finding](), {data}
    for _ in range(MAX_PASSES):
        step = _step(data, track, language, _chosen(result.findings, with_unsafe=with_unsafe))
        if step is None or step.data in seen:
            break
        data, track = step.data, step.track
        seen.add(data)
        mended += step.findings
        result = check(track)
    return Mended(data=data, mended=tuple(mended), result=result)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    data: bytes
    track: Track
    findings: tuple[Finding, ...]


def _step(data: bytes, track: Track, language: Language, findings: tuple[Finding, ...]) -> _Step | None:
    """Make all these fixes; if they do harm together, those that do none after one another; ``None``: none is left."""
    step = _applied(data, track, language, findings)
    if step is not None:
        return step
    kept: tuple[Finding, ...] = ()
    for finding in findings if len(findings) > 1 else ():
        one_more = _applied(data, track, language, (*kept, finding))
        if one_more is not None:
            step, kept = one_more, (*kept, finding)
    return step


def _applied(data: bytes, track: Track, language: Language, findings: tuple[Finding, ...]) -> _Step | None:
    fixes = [finding.fix for finding in findings if finding.fix]
    text = apply_edits(track.source.text, (edit for fix in fixes for edit in fix.edits))
    changed = encode_like(data, text, encoding=track.encoding, to_utf8=any(fix.to_utf8 for fix in fixes))
    if changed is None or changed == data:
        return None
    after = read_track(changed, language=language, path=track.path)
    if after.source.text != text or _has_lost_its_order(track, after):
        return None
    return _Step(data=changed, track=after, findings=findings)


def _has_lost_its_order(before: Track, after: Track) -> bool:
    """Tell whether cues went missing or changed places in time: no fix is meant to do that.

    There may be more of them: a fix can make timestamps readable.
    """
    if len(before.cues) != len(after.cues):
        return len(before.cues) > len(after.cues)
    order = sorted(range(len(before.cues)), key=lambda index: before.cues[index].span.start_ms)
    starts = [after.cues[index].span.start_ms for index in order]
    return starts != sorted(starts)


def _chosen(findings: Iterable[Finding], *, with_unsafe: bool) -> tuple[Finding, ...]:
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
