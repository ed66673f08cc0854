"""Which findings has the project made an exception of, and which of these exceptions cover nothing?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from babelreel.errors import UsageError
from babelreel.model.finding import Finding
from babelreel.model.policy import Allowance, matches_file
from babelreel.rules.base.rule import Rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.file.allowances import read_allowances
from babelreel.rules.registry import find_rules


@dataclass(frozen=True, slots=True, kw_only=True)
class _Exception:
    """An exception for the track, and for what is found beside it in its sounds; else for another file alone."""

    allowance: Allowance
    codes: frozenset[str]
    is_of_track: bool = True

    def covers(self, finding: Finding, line: int) -> bool:
        place = finding.location
        # a finding about a line, or the file, has no cue: only an exception for the whole file covers it
        is_whole = not (self.allowance.cue_line or self.allowance.cue is not None or self.allowance.text)
        return (
            finding.code in self.codes
            and (self.is_of_track or self.allowance.is_about(place.path))
            and (is_whole or (place.cue is not None and self.allowance.covers(place.cue, line, finding.context)))
        )


class Exceptions:
    """The exceptions that concern one track and its sounds, and which of them were needed.

    One for a track holds for what the rules find in the sounds of its cues; one for a sound holds for that file alone.

    A rule that an exception in the file names and that does not exist is passed by: the exception is unused. One that
    babelreel.toml names raises ``UsageError``.
    """

    def __init__(self, subject: TrackSubject, allow: Sequence[Allowance], rules: Sequence[Rule]) -> None:
        track = subject.track
        in_file = read_allowances(track)
        self._known = [
            *_of_project(subject, allow, rules),
            *(_Exception(allowance=each, codes=_known_codes(each, rules)) for each in in_file),
        ]
        self._path = track.path
        self._lines = {(cue.number, cue.span.start_ms): cue.line for cue in track.cues} if in_file else {}
        self._used: set[int] = set()

    def uncovered(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Give the findings that no exception covers."""
        for finding in findings:
            line = self._line(finding)
            covering = [index for index, each in enumerate(self._known) if each.covers(finding, line)]
            self._used.update(covering)
            if not covering:
                yield finding

    def unused(self, checked: frozenset[Rule]) -> tuple[Allowance, ...]:
        """Give the exceptions that covered nothing, among those whose rules have all been checked."""
        codes = {each.code for each in checked}
        return tuple(
            each.allowance for index, each in enumerate(self._known) if index not in self._used and each.codes <= codes
        )

    def _line(self, finding: Finding) -> int:
        """Give the line of the timestamps of the cue that a finding is about, be it in a sound."""
        cue, start_ms = finding.location.cue, finding.start_ms
        if finding.location.path == self._path or cue is None or start_ms is None:
            return finding.first_line
        return self._lines.get((cue, start_ms), 0)


def heeded_elsewhere(
    subject: TrackSubject, ignore_in: Sequence[tuple[str, tuple[str, ...]]], rules: Sequence[Rule]
) -> Callable[[Finding], bool]:
    """Give what tells whether a finding is heeded that is about another file than the track, as a project wants it.

    What is ignored in the track itself is never looked for. Raises ``UsageError`` for a selector that means no rule.
    """
    ignored = [
        (pattern, frozenset(rule.code for selector in selectors for rule in find_rules(selector, rules)))
        for pattern, selectors in ignore_in
    ]

    def is_heeded(finding: Finding) -> bool:
        path = finding.location.path
        return path == subject.track.path or not any(
            finding.code in codes and matches_file(pattern, path) for pattern, codes in ignored
        )

    return is_heeded


def _of_project(subject: TrackSubject, allow: Sequence[Allowance], rules: Sequence[Rule]) -> Iterator[_Exception]:
    others = subject.other_paths if allow else ()
    for each in allow:
        is_of_track = each.is_about(subject.track.path)
        if is_of_track or any(map(each.is_about, others)):
            yield _Exception(allowance=each, codes=_codes(each, rules), is_of_track=is_of_track)


def _codes(allowance: Allowance, rules: Sequence[Rule]) -> frozenset[str]:
    return frozenset(rule.code for name in allowance.rules for rule in find_rules(name, rules))


def _known_codes(allowance: Allowance, rules: Sequence[Rule]) -> frozenset[str]:
    try:
        return _codes(allowance, rules)
    except UsageError:
        return frozenset()
