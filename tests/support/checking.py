"""How do tests see at a glance what the rules find in a text, and what their fixes make of it?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

from babelreel.model.finding import Finding
from babelreel.model.track import Track
from babelreel.rules.check import check_track
from babelreel.rules.fixing import apply_edits
from babelreel.rules.registry import choose_rules
from support.subjects import About, make_subject
from support.tracks import srt, text_of

#: The families of rules that look at text and markup alone.
TEXT_FAMILIES = ("MRK", "SPC", "TXT", "LET", "TYP", "SCR")


def findings(
    content: str | bytes | Track, tag: str = "en", *, select: str | Sequence[str] = (), **about: Unpack[About]
) -> tuple[Finding, ...]:
    """Check a file with all rules, or with those that one or several selectors mean."""
    subject = make_subject(content, tag, **about)
    return check_track(subject, select=[select] if isinstance(select, str) else select).findings


def found(
    content: str | bytes | Track, tag: str = "en", *, select: str | Sequence[str] = (), **about: Unpack[About]
) -> list[str]:
    """Give each finding of a file as ``line:column severity CODE measured``."""
    return [
        f"{each.location.line}:{each.location.column} {each.severity} {each.code} {each.measured}".rstrip()
        for each in findings(content, tag, select=select, **about)
    ]


def count_breaches(text: str, tag: str, select: Sequence[str] = TEXT_FAMILIES) -> int:
    """Count what the rules find, without making findings, which hold the whole text of their cue."""
    subject = make_subject(srt(text), tag)
    return sum(1 for rule in choose_rules(select=select) for _ in rule.check(subject))


def apply_fix(content: str, finding: Finding) -> str:
    """Make all edits of the fix that a finding must have."""
    assert finding.fix is not None
    return apply_edits(content, finding.fix.edits)


def fixed(
    content: str,
    tag: str = "en",
    *,
    select: str | Sequence[str],
    is_safe: bool = True,
    **about: Unpack[About],
) -> str:
    """Make all fixes of what some rules find, at once; fails where there are none, or one is not as safe as told."""
    fixes = [each.fix for each in findings(content, tag, select=select, **about) if each.fix]
    assert {each.is_safe for each in fixes} == {is_safe}
    return apply_edits(content, (edit for each in fixes for edit in each.edits))


def fixed_text(text: str, tag: str = "en", *, select: str | Sequence[str], is_safe: bool = True) -> str:
    """Fix a file of one cue, as ``fixed`` does, and give its text."""
    return text_of(fixed(srt(text), tag, select=select, is_safe=is_safe))


def fixed_in_turn(
    content: str,
    tag: str = "en",
    *,
    select: str | Sequence[str],
    with_unsafe: bool = False,
    rounds: int = 20,
    **about: Unpack[About],
) -> str:
    """Make one fix after the other until none is left; fails when that takes more rounds."""
    for _ in range(rounds):
        seen = findings(content, tag, select=select, **about)
        fixable = [each for each in seen if each.fix and (with_unsafe or each.fix.is_safe)]
        if not fixable:
            return content
        after = apply_fix(content, fixable[0])
        assert after != content
        content = after
    raise AssertionError(f"there is something left to fix after {rounds} fixes: {content!a}")
