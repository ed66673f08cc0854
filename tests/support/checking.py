"""How do tests see at a glance what the rules find in a text, and what their fixes make of it?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Unpack

from babelreel.model.film.media import MediaInfo
from babelreel.model.finding import Finding
from babelreel.model.policy import Allowance
from babelreel.model.reading_limits import Profile
from babelreel.model.track import Track
from babelreel.rules.base.edits import apply_edits
from babelreel.rules.base.recording_subject import MusicSubject, RecordingSubject
from babelreel.rules.base.rule import Rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.check import CheckResult, check_recordings, check_track, join_results
from babelreel.rules.registry import RULES, choose_rules
from support.subjects import About, Scene, Sounds, make_recordings, make_subject
from support.tracks import srt, text_of

#: The families of rules that look at text and markup alone.
TEXT_FAMILIES = ("MRK", "SPC", "TXT", "LET", "TYP", "SCR")


def findings(
    content: str | bytes | Track, tag: str = "en", *, select: str | Sequence[str] = (), **about: Unpack[About]
) -> tuple[Finding, ...]:
    """Check a file with all rules, or with those that one or several selectors mean."""
    subject = make_subject(content, tag, **about)
    return check_track(subject, select=[select] if isinstance(select, str) else select).findings


def check_sounds(
    subject: TrackSubject,
    rules: Sequence[Rule] = RULES,
    *,
    select: str | Sequence[str] = (),
    allow: Sequence[Allowance] = (),
    ignore_in: Sequence[tuple[str, tuple[str, ...]]] = (),
    **sounds: Unpack[Sounds],
) -> CheckResult:
    """Check a track with what was recorded for its language and film, as a check of the whole project does."""
    select = [select] if isinstance(select, str) else select
    recordings, music = make_recordings(subject, **sounds), sounds.get("music")
    rest: list[RecordingSubject] = [sounds["lost"]] if "lost" in sounds else []
    rest += [sounds["description"]] if "description" in sounds else []
    rest += [sounds["stayed"]] if "stayed" in sounds else []
    rest += [sounds["settings"]] if "settings" in sounds else []
    if music:
        rest.append(MusicSubject(language="en", path=music.path, music=music, film=subject.film))
    return join_results(
        (
            check_track(subject, rules, recordings=recordings, select=select, allow=allow, ignore_in=ignore_in),
            check_recordings(rest, rules, select=select, allow=allow, ignore_in=ignore_in),
        )
    )


def check_scene(scene: Scene, rules: Sequence[Rule] = RULES) -> CheckResult:
    """Check a track with all its sounds."""
    return check_sounds(scene.subject, rules, **scene.sounds)


def found_in_sounds(
    content: str,
    tag: str = "en",
    *,
    film: MediaInfo | None = None,
    profile: Profile | None = None,
    select: str | Sequence[str] = (),
    **sounds: Unpack[Sounds],
) -> list[str]:
    """Give each finding in a file and its sounds as ``found`` does."""
    subject = make_subject(content, tag, film=film, profile=profile)
    return _shown(check_sounds(subject, select=select, **sounds).findings)


def _shown(findings: Iterable[Finding]) -> list[str]:
    return [
        f"{each.location.line}:{each.location.column} {each.severity} {each.code} {each.measured}".rstrip()
        for each in findings
    ]


def found(
    content: str | bytes | Track, tag: str = "en", *, select: str | Sequence[str] = (), **about: Unpack[About]
) -> list[str]:
    """Give each finding of a file as ``line:column severity CODE measured``."""
    return _shown(findings(content, tag, select=select, **about))


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
