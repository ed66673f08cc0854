"""How do tests of rules about text write a file in one line, and mend it as ``check --fix`` does?"""

from __future__ import annotations

from babelreel.model.finding import Finding, Fix
from babelreel.model.timecode import render_timestamp
from babelreel.rules.check import check_track
from babelreel.rules.registry import choose_rules
from subjects import make_subject

#: The families of rules that look at text and markup alone.
TEXT_FAMILIES = ("MRK", "SPC", "TXT", "LET", "TYP", "SCR")


def subrip(*texts: str) -> str:
    """Write each text as a cue of two and a half seconds; the first line of the first text is line 3 of the file."""
    return "\n".join(
        f"{number}\n{render_timestamp(number * 3000)} --> {render_timestamp(number * 3000 + 2500)}\n{text}\n"
        for number, text in enumerate(texts, start=1)
    )


def text_findings(content: str, path: str, select: tuple[str, ...] = TEXT_FAMILIES) -> tuple[Finding, ...]:
    return check_track(make_subject(content, path=path), select=select).findings


def count_breaches(text: str, tag: str, select: tuple[str, ...] = TEXT_FAMILIES) -> int:
    """Count what the rules find, without making findings, which hold the whole text of their cue."""
    subject = make_subject(subrip(text), path=f"subtitles/{tag}.srt")
    return sum(1 for rule in choose_rules(select=select) for _ in rule.check(subject))


def apply(fix: Fix, content: str) -> str:
    """Make the edits of a fix, from the last to the first."""
    for edit in sorted(fix.edits, key=lambda each: each.start, reverse=True):
        content = content[: edit.start] + edit.text + content[edit.end :]
    return content


def mended(text: str, code: str, *, tag: str = "en", is_safe: bool = True) -> str:
    """Mend the first finding of a rule in a file with one cue, and give the cue's text.

    Fails where there is no fix, or one that is not as safe as expected.
    """
    content, path = subrip(text), f"subtitles/{tag}.srt"
    fix = text_findings(content, path, (code,))[0].fix
    assert fix is not None
    assert fix.is_safe is is_safe
    return apply(fix, content).split("\n", 2)[2].removesuffix("\n")
