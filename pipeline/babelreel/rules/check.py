"""Run the rules over a track, and over what was recorded."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from babelreel.model.file_position import Source
from babelreel.model.finding import Finding, Severity
from babelreel.model.policy import Allowance
from babelreel.model.track import NOTHING_KNOWN, FaultKind
from babelreel.rules.base.need import Need
from babelreel.rules.base.recording_subject import LostVoiceSubject, MusicSubject, RecordingSubject, VoiceSubject
from babelreel.rules.base.rule import RecordingRule, Rule, TrackRule
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.exceptions import Exceptions, is_ignored, selected_in
from babelreel.rules.fix_laws import without_harm
from babelreel.rules.habits import join_habits
from babelreel.rules.registry import LAST, RULES, UNREAD, choose_rules
from babelreel.rules.spoiled_text import find_and_explain


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """What was found in ``tracks`` tracks with ``cues`` cues together, and in ``voices`` voices without text.

    ``findings`` are in the order of ``Finding.sort_key``. ``not_checked`` holds, once, each rule that lacked something
    for at least one of the tracks, and ``lacking`` what they lacked. ``sources`` are the texts of the files by path, to
    show findings in their place; ``others`` are the paths of the sounds, and folders of sounds, that were looked at
    with them. ``closed`` are the paths of tracks that the system did not let us read: what is in them is unknown.
    """

    findings: tuple[Finding, ...] = ()
    not_checked: tuple[Rule, ...] = ()
    lacking: frozenset[Need] = frozenset()
    tracks: int = 0
    cues: int = 0
    voices: int = 0
    sources: Mapping[str, Source] = field(default_factory=dict, compare=False, repr=False)
    others: frozenset[str] = field(default=frozenset(), compare=False, repr=False)
    closed: frozenset[str] = frozenset()

    def covers(self, path: str) -> bool:
        """Tell whether a file was looked at, or the folder of sounds that it is, or was, in."""
        return path in self.sources or path in self.others or str(PurePosixPath(path).parent) in self.others

    def count(self, severity: Severity) -> int:
        """Count the findings of one severity."""
        return sum(finding.severity is severity for finding in self.findings)


def check_track(  # noqa: PLR0913 - what is looked at, and all that a project may say of the rules
    subject: TrackSubject,
    rules: Sequence[Rule] = RULES,
    *,
    recordings: Sequence[RecordingSubject] = (),
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    allow: Sequence[Allowance] = (),
    ignore_in: Sequence[tuple[str, tuple[str, ...]]] = (),
) -> CheckResult:
    """Run the chosen rules over one track and what was recorded for its language.

    See ``choose_rules`` for ``select`` and ``ignore`` and what they raise. What ``allow``, or a comment in the file,
    makes an exception of is left out of the findings, and so is what is found in a sound for which ``ignore_in`` (pairs
    of a pattern and selectors) names the rule. An exception for the track covers what is found in its sounds too. That
    a file could not be read is always reported: it would else pass for one without faults. What runs through the whole
    track is reported once, see ``habits``.
    """
    track, chosen = subject.track, choose_rules(rules, select=select, ignore=ignore)
    if track.is_unread:
        return _unread(subject, chosen)
    exceptions = Exceptions(track, _paths(recordings), allow, rules)
    of_track = [each for each in chosen if isinstance(each, TrackRule)]
    heeded = frozenset(each for each in choose_rules(rules, ignore=ignore) if isinstance(each, TrackRule))
    told = find_and_explain(subject, (each for each in of_track if each not in LAST), heeded, exceptions)
    found = [
        *told.findings,
        *exceptions.uncovered(_recording_findings(recordings, chosen, selected_in(ignore_in, rules))),
    ]
    lacks = _lacks(chosen, subject, recordings)
    checked = frozenset(rule for rule, lacking in lacks.items() if not lacking)
    unused = exceptions.unused(checked, never_found=frozenset(_of_film(chosen, recordings)))
    last = replace(subject, unused_allowances=unused) if unused else subject
    found += _track_findings(last, (each for each in of_track if each in LAST))
    harmless = _in_order(without_harm(found, subject, rules, told.in_doubt), track.path)
    joined = join_habits(harmless, cues=len(track.cues), rules=of_track)
    return CheckResult(
        findings=tuple(sorted(joined, key=lambda finding: finding.sort_key)),
        not_checked=tuple(rule for rule, lacking in lacks.items() if lacking),
        lacking=frozenset[Need]().union(*lacks.values()),
        tracks=1,
        cues=len(track.cues),
        sources={track.path: track.source},
        others=_paths(recordings),
    )


def check_recordings(  # noqa: PLR0913 - as ``check_track``
    recordings: Sequence[RecordingSubject],
    rules: Sequence[Rule] = RULES,
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    allow: Sequence[Allowance] = (),
    ignore_in: Sequence[tuple[str, tuple[str, ...]]] = (),
) -> CheckResult:
    """Run the chosen rules over recordings that belong to no track, as ``check_track`` does over those of one."""
    chosen = choose_rules(rules, select=select, ignore=ignore)
    exceptions = Exceptions(None, _paths(recordings), allow, rules)
    found = exceptions.uncovered(_recording_findings(recordings, chosen, selected_in(ignore_in, rules)))
    lacks = _lacks(chosen, None, recordings)
    return CheckResult(
        findings=_in_order(found),
        not_checked=tuple(rule for rule, lacking in lacks.items() if lacking),
        lacking=frozenset[Need]().union(*lacks.values()),
        others=_paths(recordings),
    )


def _unread(subject: TrackSubject, chosen: Sequence[Rule]) -> CheckResult:
    """Report a file that was not read; no text of it is known."""
    findings = _track_findings(subject, (rule for rule in UNREAD if rule is UNREAD[0] or rule in chosen))
    kinds = {fault.kind for fault in subject.track.faults}
    path = subject.track.path
    return CheckResult(
        findings=_in_order(findings, path),
        tracks=int(bool(kinds & NOTHING_KNOWN)),
        closed=frozenset({path} if FaultKind.CLOSED_FILE in kinds else ()),
    )


def _track_findings(subject: TrackSubject, rules: Iterable[TrackRule]) -> Iterator[Finding]:
    return (finding for rule in rules if not rule.lacks(subject) for finding in rule.findings(subject))


def _recording_findings(
    recordings: Iterable[RecordingSubject], rules: Sequence[Rule], ignored: Sequence[tuple[str, frozenset[str]]]
) -> Iterator[Finding]:
    return (
        finding
        for subject in recordings
        for rule in rules
        if isinstance(rule, RecordingRule) and rule.is_about(subject) and not rule.lacks(subject)
        for finding in rule.findings(subject)
        if not is_ignored(finding, ignored)
    )


def _lacks(
    rules: Iterable[Rule], track: TrackSubject | None, recordings: Sequence[RecordingSubject]
) -> dict[Rule, frozenset[Need]]:
    """List what each rule lacks; rules for which there is no subject are left out."""
    found: dict[Rule, frozenset[Need]] = {}
    for rule in rules:
        subjects: list[TrackSubject | RecordingSubject] = [track] if track and isinstance(rule, TrackRule) else []
        if isinstance(rule, RecordingRule):
            subjects += [each for each in recordings if rule.is_about(each)]
        if subjects:
            found[rule] = frozenset[Need]().union(*map(rule.lacks, subjects))
    return found


def _of_film(rules: Iterable[Rule], recordings: Sequence[RecordingSubject]) -> Iterator[RecordingRule]:
    """Yield the rules on sounds that belong to no track, where the track has a voice.

    Without a voice nobody knows what an exception is for: sounds are not kept everywhere that a track is.
    """
    if any(isinstance(each, VoiceSubject) for each in recordings):
        of_film = (MusicSubject, LostVoiceSubject)
        yield from (each for each in rules if isinstance(each, RecordingRule) and issubclass(each.of, of_film))


def _paths(recordings: Iterable[RecordingSubject]) -> frozenset[str]:
    return frozenset[str]().union(*(each.paths for each in recordings))


def _in_order(findings: Iterable[Finding], track_path: str | None = None) -> tuple[Finding, ...]:
    return tuple(_with_fingerprints(sorted(findings, key=lambda finding: finding.sort_key), track_path))


def _with_fingerprints(findings: Iterable[Finding], track_path: str | None) -> Iterator[Finding]:
    """Name each finding by its file, its rule and the text it is about; the same once more in a file is counted.

    A sound may be that of several languages, so that the language counts there too.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    for finding in findings:
        path = finding.location.path
        language = () if path == track_path else (finding.language,)
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
        voices=sum(part.voices for part in parts),
        sources={path: source for part in parts for path, source in part.sources.items()},
        others=frozenset().union(*(part.others for part in parts)),
        closed=frozenset().union(*(part.closed for part in parts)),
    )
