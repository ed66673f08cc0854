"""What the rules on letters, direction and spaces find in words in the picture, which stand in no subtitle file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from babelreel.model.film.signs import ShownSign, signs_in
from babelreel.model.finding import Finding, Location
from babelreel.model.policy import Allowance
from babelreel.model.timecode import render_timestamp
from babelreel.rules.base.rule import TrackRule
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.check import CheckResult, check_track
from babelreel.rules.exceptions import Exceptions
from babelreel.rules.registry import RULES, choose_rules
from babelreel.timedtext.read import read_track

#: Those that look at the text alone: no times, no other lines, no film.
_FAMILIES = frozenset({"ENC", "MRK", "SPC", "LET", "SCR", "DIR", "GLY"})


def check_sign_texts(
    subject: TrackSubject,
    path: str,
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    allow: Sequence[Allowance] = (),
) -> CheckResult:
    """Check the words in the picture of a language; ``path`` is the file of settings that holds them.

    The findings name the sign, and have no fix: what they are about is edited by hand. What a variant takes from its
    usual text is looked at there.
    """
    shown = signs_in(subject.signs, subject.language.tag, is_reference=subject.is_spoken)
    signs = [each for each in shown if _is_told_here(each, subject)]
    if not signs:
        return CheckResult()
    chosen = [each for each in choose_rules(RULES, select=select, ignore=ignore) if each.code[:3] in _FAMILIES]
    rules = tuple(each for each in chosen if isinstance(each, TrackRule) and not each.needs)
    track = read_track(_as_lines(signs).encode(), language=subject.language, path="signs.srt")
    alone = TrackSubject(
        track=replace(track, path=path),
        language=subject.language,
        profile=subject.profile,
        languages=subject.languages,
        font=subject.font,
        names=subject.names,
    )
    found = Exceptions(alone.track, frozenset(), allow, RULES).uncovered(check_track(alone, rules).findings)
    return CheckResult(findings=tuple(_told(each, signs, path) for each in found))


def _is_told_here(shown: ShownSign, subject: TrackSubject) -> bool:
    language = subject.language
    is_looked_at = any(each.tag == language.usual_tag != language.tag for each in subject.languages)
    return not is_looked_at or language.tag in dict(shown.sign.texts)


def _as_lines(signs: Sequence[ShownSign]) -> str:
    """Write signs as a subtitle file, whose rules know all that can be wrong with a text."""
    return "\n".join(_blocks(signs))


def _blocks(signs: Sequence[ShownSign]) -> Iterator[str]:
    for number, each in enumerate(signs, 1):
        span = each.sign.span
        times = f"{render_timestamp(span.start_ms)} --> {render_timestamp(span.end_ms)}"
        yield "\n".join((str(number), times, *each.lines, ""))


def _told(finding: Finding, signs: Sequence[ShownSign], path: str) -> Finding:
    number = finding.location.cue
    named = f"words in the picture “{signs[number - 1].sign.name}”: " if number else "words in the picture: "
    return replace(
        finding,
        location=Location(path=path),
        message=named + finding.message,
        fix=None,
        first_line=0,
        last_line=0,
        repeated=tuple(_told(each, signs, path) for each in finding.repeated),
    )
