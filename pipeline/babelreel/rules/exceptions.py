"""Leave out the findings that the project excepts, and name the exceptions that cover nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from babelreel.errors import UsageError
from babelreel.model.finding import Finding
from babelreel.model.policy import Allowance, matches_file
from babelreel.model.track import Track
from babelreel.rules.base.rule import Rule
from babelreel.rules.file.allowances import read_allowances
from babelreel.rules.registry import find_rules


@dataclass(frozen=True, slots=True, kw_only=True)
class _Exception:
    allowance: Allowance
    codes: frozenset[str]

    def covers(self, finding: Finding, line: int, track_path: str | None) -> bool:
        place, allowance = finding.location, self.allowance
        # a finding about a line, or the file, has no cue: only an exception for the whole file covers it
        is_whole = not (allowance.cue_line or allowance.cue is not None or allowance.text)
        return (
            finding.code in self.codes
            and (allowance.is_about(place.path) or (track_path is not None and allowance.is_about(track_path)))
            and (is_whole or (place.cue is not None and allowance.covers(place.cue, line, finding.context)))
        )


class Exceptions:
    """The exceptions that concern one track, if there is one, and sounds, and which of them were needed.

    One for a track holds for what the rules find in the sounds of its cues; one for a sound holds for that file alone.

    A rule that an exception in the file names and that does not exist is ignored: the exception is unused. One that
    babelreel.toml names raises ``UsageError``.
    """

    def __init__(
        self, track: Track | None, sounds: frozenset[str], allow: Sequence[Allowance], rules: Sequence[Rule]
    ) -> None:
        in_file = read_allowances(track) if track else ()
        paths = (*((track.path,) if track else ()), *sounds)
        self._known = [
            *(
                _Exception(allowance=each, codes=_codes(each, rules))
                for each in allow
                if any(map(each.is_about, paths))
            ),
            *(_Exception(allowance=each, codes=_known_codes(each, rules)) for each in in_file),
        ]
        self._path = track.path if track else None
        self._lines = {(cue.number, cue.span.start_ms): cue.line for cue in track.cues} if track and in_file else {}
        self._used: set[int] = set()

    def uncovered(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield the findings that no exception covers."""
        for finding in findings:
            line = self._line(finding)
            covering = [index for index, each in enumerate(self._known) if each.covers(finding, line, self._path)]
            self._used.update(covering)
            if not covering:
                yield finding

    def unused(self, checked: frozenset[Rule], *, never_found: frozenset[Rule] = frozenset()) -> tuple[Allowance, ...]:
        """List the exceptions that covered nothing, among those whose rules have all been checked.

        No exception for the track can cover what rules find that are ``never_found`` in what belongs to it.
        """
        codes = frozenset(each.code for each in checked)
        of_track = codes | {each.code for each in never_found}
        return tuple(
            each.allowance
            for index, each in enumerate(self._known)
            if index not in self._used and each.codes <= (of_track if self._is_of_track(each.allowance) else codes)
        )

    def _is_of_track(self, allowance: Allowance) -> bool:
        return self._path is not None and allowance.is_about(self._path)

    def _line(self, finding: Finding) -> int:
        """Find the line with the times of the cue that a finding is about, even a finding in a sound."""
        cue, start_ms = finding.location.cue, finding.start_ms
        if finding.location.path == self._path or cue is None or start_ms is None:
            return finding.first_line
        return self._lines.get((cue, start_ms), 0)


def selected_in(
    ignore_in: Iterable[tuple[str, Iterable[str]]], rules: Sequence[Rule]
) -> tuple[tuple[str, frozenset[str]], ...]:
    """List the codes of the rules that selectors mean, for each pattern; ``UsageError`` for one that means none."""
    return tuple(
        (pattern, frozenset(rule.code for selector in selectors for rule in find_rules(selector, rules)))
        for pattern, selectors in ignore_in
    )


def is_ignored(finding: Finding, ignored: Sequence[tuple[str, frozenset[str]]]) -> bool:
    """Tell whether a project wants no finding of this rule (pairs of a pattern and codes) in the file that it is in."""
    path = finding.location.path
    return any(finding.code in codes and matches_file(pattern, path) for pattern, codes in ignored)


def _codes(allowance: Allowance, rules: Sequence[Rule]) -> frozenset[str]:
    return frozenset(rule.code for name in allowance.rules for rule in find_rules(name, rules))


def _known_codes(allowance: Allowance, rules: Sequence[Rule]) -> frozenset[str]:
    try:
        return _codes(allowance, rules)
    except UsageError:
        return frozenset()
