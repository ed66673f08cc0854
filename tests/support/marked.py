"""How do tests of reports get findings at places that they choose?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from babelreel.model.finding import Edit, Fix, Severity
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.need import Need
from babelreel.rules.base.rule import Purpose, track_rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.check import CheckResult, check_track
from support.subjects import make_subject


def mark(
    pattern: str,
    content: str,
    *,
    path: str = "subtitles/en.srt",
    severity: Severity = Severity.WARNING,
    instead: str | None = None,
) -> CheckResult:
    """Check a file with one rule, which finds each match of a pattern in its lines, and repairs it with ``instead``."""

    @track_rule(code="ZZZ001", name="marked-text", severity=severity, purpose=Purpose.LETTERS)
    def marked_text(subject: TrackSubject) -> Iterator[Breach]:
        """Find nothing of interest."""
        for passage, _ in subject.search(re.compile(pattern)):
            edit = None if instead is None else Edit(start=passage.spot.start, end=passage.spot.end, text=instead)
            fix = Fix(edits=(edit,)) if edit else None
            yield Breach(passage=passage, message="this is marked", measured="3 cps", limit="2 cps", fix=fix)

    return check_track(make_subject(content, path=path), [marked_text])


@track_rule(code="ZZZ002", name="hungry", severity=Severity.INFO, needs=frozenset({Need.FILM}))
def hungry(_: TrackSubject) -> Iterator[Breach]:
    """Find nothing, for want of a film."""
    yield from ()
