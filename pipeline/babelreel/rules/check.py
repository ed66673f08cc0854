"""What do the rules find in a track?"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from babelreel.model.file_position import Source
from babelreel.model.finding import Finding, Severity
from babelreel.model.policy import Allowance
from babelreel.rules.base.rule import Rule
from babelreel.rules.base.subject import Need, TrackSubject
from babelreel.rules.exceptions import Exceptions, heeded_elsewhere
from babelreel.rules.registry import LAST, RULES, UNREAD, choose_rules


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """What was found in ``tracks`` tracks with ``cues`` cues together.

    ``findings`` are in the order of ``Finding.sort_key``. ``not_checked`` holds, once, each rule that lacked something
    for at least one of the tracks, and ``lacking`` what they lacked. ``sources`` are the texts of the files by path, to
    show findings in their place; ``others`` are the paths of the sounds, and folders of sounds, that were looked at
    with them.
    """

    findings: tuple[Finding, ...] = ()
    not_checked: tuple[Rule, ...] = ()
    lacking: frozenset[Need] = frozenset()
    tracks: int = 0
    cues: int = 0
    sources: Mapping[str, Source] = field(default_factory=dict, compare=False, repr=False)
    others: frozenset[str] = field(default=frozenset(), compare=False, repr=False)

    def covers(self, path: str) -> bool:
        """Tell whether a file was looked at, or the folder of sounds that it is, or was, in."""
        return path in self.sources or path in self.others or str(PurePosixPath(path).parent) in self.others

    def count(self, severity: Severity) -> int:
        """Count the findings of one severity."""
        return sum(finding.severity is severity for finding in self.findings)


def check_track(  # noqa: PLR0913 - a subject, and all that a project may say of the rules
    subject: TrackSubject,
    rules: Sequence[Rule] = RULES,
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    allow: Sequence[Allowance] = (),
    ignore_in: Sequence[tuple[str, tuple[str, ...]]] = (),
) -> CheckResult:
    """Run the chosen rules over one track; see ``choose_rules`` for ``select`` and ``ignore`` and what they raise.

    What ``allow``, or a comment in the file, makes an exception of is left out of the findings, and so is what is found
    in another file, a sound, for which ``ignore_in`` (pairs of a pattern and selectors) names the rule. That a file
    could not be read is always told: it would else pass for one without faults.
    """
    chosen = choose_rules(rules, select=select, ignore=ignore)
    if subject.track.is_unread:
        return _unread(subject)
    exceptions = Exceptions(subject, allow, rules)
    heeded = heeded_elsewhere(subject, ignore_in, rules)
    first = (each for each in _findings(subject, [each for each in chosen if each not in LAST]) if heeded(each))
    found = [*exceptions.uncovered(first)]
    unused = exceptions.unused(frozenset(rule for rule in chosen if rule.is_checkable(subject)))
    last = replace(subject, unused_allowances=unused) if unused else subject
    found += _findings(last, [each for each in chosen if each in LAST])
    return CheckResult(
        findings=tuple(_with_fingerprints(sorted(found, key=lambda finding: finding.sort_key), subject)),
        not_checked=tuple(rule for rule in chosen if rule.lacks(subject)),
        lacking=frozenset[Need]().union(*(rule.lacks(subject) for rule in chosen)),
        tracks=1,
        cues=len(subject.track.cues),
        sources={subject.track.path: subject.track.source},
        others=subject.other_paths,
    )


def _unread(subject: TrackSubject) -> CheckResult:
    """Give what is to be said of a file that could not be read; no text of it is known."""
    return CheckResult(findings=tuple(_with_fingerprints(_findings(subject, UNREAD), subject)), tracks=1)


def _findings(subject: TrackSubject, rules: Iterable[Rule]) -> Iterator[Finding]:
    return (finding for rule in rules if rule.is_checkable(subject) for finding in rule.findings(subject))


def _with_fingerprints(findings: Iterable[Finding], subject: TrackSubject) -> Iterator[Finding]:
    """Name each finding by its file, its rule and the text it is about; the same once more in a file is counted.

    A sound may be that of several languages, so that the language counts there too.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    for finding in findings:
        path = finding.location.path
        language = () if path == subject.track.path else (subject.language.tag,)
        about = (path, finding.code, " ".join(finding.context.split()), *language)
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
        lacking=frozenset[Need]().union(*(part.lacking for part in parts)),
        tracks=sum(part.tracks for part in parts),
        cues=sum(part.cues for part in parts),
        sources={path: source for part in parts for path, source in part.sources.items()},
        others=frozenset().union(*(part.others for part in parts)),
    )
