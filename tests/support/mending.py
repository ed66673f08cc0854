"""How do tests write a file in one line, apply the fixes of some rules, and see that they do what they are for?"""

from __future__ import annotations

from dataclasses import replace

from babelreel.model.finding import Finding, Fix
from babelreel.model.timecode import render_timestamp
from babelreel.model.track import Track
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.check import check_track
from babelreel.rules.fixing import apply_edits
from babelreel.rules.registry import choose_rules
from support.subjects import make_subject

#: The families of rules that look at text and markup alone.
TEXT_FAMILIES = ("MRK", "SPC", "TXT", "LET", "TYP", "SCR")


def subrip(*texts: str) -> str:
    """Write each text as a cue of two and a half seconds; the first line of the first text is line 3 of the file."""
    return "\n".join(
        f"{number}\n{render_timestamp(number * 3000)} --> {render_timestamp(number * 3000 + 2500)}\n{text}\n"
        for number, text in enumerate(texts, start=1)
    )


def text_findings(content: str, path: str, select: tuple[str, ...] = TEXT_FAMILIES) -> tuple[Finding, ...]:
    """Check a file with the rules about text, or some of them."""
    return findings_of(content, path=path, select=select)


def count_breaches(text: str, tag: str, select: tuple[str, ...] = TEXT_FAMILIES) -> int:
    """Count what the rules find, without making findings, which hold the whole text of their cue."""
    subject = make_subject(subrip(text), path=f"subtitles/{tag}.srt")
    return sum(1 for rule in choose_rules(select=select) for _ in rule.check(subject))


def apply(fix: Fix, content: str) -> str:
    """Make the edits of a fix, from the last to the first."""
    return apply_edits(content, fix.edits)


def mended(text: str, code: str, *, tag: str = "en", is_safe: bool = True) -> str:
    """Mend the first finding of a rule in a file with one cue, and give the cue's text.

    Fails where there is no fix, or one that is not as safe as expected.
    """
    content, path = subrip(text), f"subtitles/{tag}.srt"
    fix = text_findings(content, path, (code,))[0].fix
    assert fix is not None
    assert fix.is_safe is is_safe
    return apply(fix, content).split("\n", 2)[2].removesuffix("\n")


def findings_of(
    content: str, *, path: str, select: tuple[str, ...], reference: Track | None = None
) -> tuple[Finding, ...]:
    """Check a file with the rules of some families."""
    return check_track(subject_of(content, path=path, reference=reference), select=select).findings


def subject_of(content: str, *, path: str, reference: Track | None = None) -> TrackSubject:
    """Read a file as it would lie on disk, beside a reference."""
    return replace(make_subject(content, path=path), reference=reference)


def apply_fix(content: str, finding: Finding) -> str:
    """Make all edits of one fix in the text of the file."""
    assert finding.fix is not None
    return apply(finding.fix, content)


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
