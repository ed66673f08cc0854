"""What do the rules find in a track?"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from babelreel.model.finding import Finding, Severity
from babelreel.model.policy import Allowance
from babelreel.model.source import Source
from babelreel.rules.exceptions import Exceptions
from babelreel.rules.registry import LAST, RULES, UNREAD, choose_rules
from babelreel.rules.rule import Rule, Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """What was found in ``tracks`` tracks with ``cues`` cues together.

    ``findings`` are in the order of ``Finding.sort_key``. ``not_checked`` holds, once, each rule that lacked something
    for at least one of the tracks. ``sources`` are the texts of the files by path, to show findings in their place.
    """

    findings: tuple[Finding, ...] = ()
    not_checked: tuple[Rule, ...] = ()
    tracks: int = 0
    cues: int = 0
    sources: Mapping[str, Source] = field(default_factory=dict, compare=False, repr=False)

    def count(self, severity: Severity) -> int:
        """Count the findings of one severity."""
        return sum(finding.severity is severity for finding in self.findings)

    @property
    def failed_languages(self) -> tuple[str, ...]:
        """The tags of the languages with an error, each once, in order of their files."""
        errors = (finding for finding in self.findings if finding.severity is Severity.ERROR)
        return tuple(dict.fromkeys(finding.language for finding in errors))


def check_track(
    subject: Subject,
    rules: Sequence[Rule] = RULES,
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    allow: Sequence[Allowance] = (),
) -> CheckResult:
    """Run the chosen rules over one track; see ``choose_rules`` for ``select`` and ``ignore`` and what they raise.

    What ``allow``, or a comment in the file, makes an exception of is left out of the findings. That a file could not
    be read is always told: it would else pass for one without faults.
    """
    chosen = choose_rules(rules, select=select, ignore=ignore)
    if subject.track.is_unread:
        return _unread(subject)
    exceptions = Exceptions(subject.track, allow, rules)
    found = [*exceptions.uncovered(_findings(subject, [each for each in chosen if each not in LAST]))]
    unused = exceptions.unused(frozenset(rule for rule in chosen if rule.is_checkable(subject)))
    last = replace(subject, unused_allowances=unused) if unused else subject
    found += _findings(last, [each for each in chosen if each in LAST])
    return CheckResult(
        findings=tuple(_with_fingerprints(sorted(found, key=lambda finding: finding.sort_key))),
        not_checked=tuple(rule for rule in chosen if not rule.is_checkable(subject)),
        tracks=1,
        cues=len(subject.track.cues),
        sources={subject.track.path: subject.track.source},
    )


def _unread(subject: Subject) -> CheckResult:
    """Give what is to be said of a file that could not be read; no text of it is known."""
    return CheckResult(findings=tuple(_with_fingerprints(_findings(subject, UNREAD))), tracks=1)


def _findings(subject: Subject, rules: Iterable[Rule]) -> Iterator[Finding]:
    return (finding for rule in rules if rule.is_checkable(subject) for finding in rule.findings(subject))


def _with_fingerprints(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Name each finding by its file, its rule and the text it is about; the same once more in a file is counted."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for finding in findings:
        about = (finding.location.path, finding.code, " ".join(finding.context.split()))
        named = "\0".join((*about, str(seen[about])))
        seen[about] += 1
        yield replace(finding, fingerprint=hashlib.sha256(named.encode("utf-8", "surrogatepass")).hexdigest()[:32])


def join_results(results: Iterable[CheckResult]) -> CheckResult:
    """Put the results of several tracks together."""
    parts = tuple(results)
    findings = (finding for part in parts for finding in part.findings)
    return CheckResult(
        findings=tuple(sorted(findings, key=lambda finding: finding.sort_key)),
        not_checked=tuple(dict.fromkeys(rule for part in parts for rule in part.not_checked)),
        tracks=sum(part.tracks for part in parts),
        cues=sum(part.cues for part in parts),
        sources={path: source for part in parts for path, source in part.sources.items()},
    )
