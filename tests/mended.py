"""How do tests apply the fixes of a family, and see that they do what they are for?"""

from __future__ import annotations

from dataclasses import replace

from babelreel.model.finding import Finding
from babelreel.model.track import Track
from babelreel.rules.check import check_track
from babelreel.rules.rule import Subject
from subjects import make_subject


def findings_of(
    content: str, *, path: str, select: tuple[str, ...], reference: Track | None = None
) -> tuple[Finding, ...]:
    """Check a file with the rules of some families."""
    return check_track(subject_of(content, path=path, reference=reference), select=select).findings


def subject_of(content: str, *, path: str, reference: Track | None = None) -> Subject:
    """Read a file as it would lie on disk, beside a reference."""
    return replace(make_subject(content, path=path), reference=reference)


def apply_fix(content: str, finding: Finding) -> str:
    """Make all edits of one fix in the text of the file."""
    assert finding.fix is not None
    for edit in sorted(finding.fix.edits, key=lambda each: each.start, reverse=True):
        content = content[: edit.start] + edit.text + content[edit.end :]
    return content


def mend(content: str, *, path: str, select: tuple[str, ...], unsafe: bool = False, rounds: int = 20) -> str:
    """Apply one fix after the other until none is left; fails when that takes longer than the number of rounds."""
    for _ in range(rounds):
        fixable = [
            each for each in findings_of(content, path=path, select=select) if each.fix and (unsafe or each.fix.is_safe)
        ]
        if not fixable:
            return content
        mended = apply_fix(content, fixable[0])
        assert mended != content
        content = mended
    raise AssertionError(f"still not mended after {rounds} fixes: {content!a}")
