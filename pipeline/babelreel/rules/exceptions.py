"""Which findings has the project made an exception of, and which of these exceptions cover nothing?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from babelreel.errors import UsageError
from babelreel.model.finding import Finding
from babelreel.model.policy import Allowance
from babelreel.model.track import Track
from babelreel.rules.allowance import read_allowances
from babelreel.rules.registry import find_rules
from babelreel.rules.rule import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class _Exception:
    allowance: Allowance
    codes: frozenset[str]

    def covers(self, finding: Finding) -> bool:
        place = finding.location
        # a finding about a line, or the file, has no cue: only an exception for the whole file covers it
        is_whole = not (self.allowance.cue_line or self.allowance.cue is not None or self.allowance.text)
        return finding.code in self.codes and (
            is_whole
            or (place.cue is not None and self.allowance.covers(place.cue, finding.first_line, finding.context))
        )


class Exceptions:
    """The exceptions that concern one track, and which of them were needed.

    A rule that an exception in the file names and that does not exist is passed by: the exception is unused. One that
    babelreel.toml names raises ``UsageError``.
    """

    def __init__(self, track: Track, allow: Sequence[Allowance], rules: Sequence[Rule]) -> None:
        project = (each for each in allow if each.is_about(track.path))
        self._known = [
            *(_Exception(allowance=each, codes=_codes(each, rules)) for each in project),
            *(_Exception(allowance=each, codes=_known_codes(each, rules)) for each in read_allowances(track)),
        ]
        self._used: set[int] = set()

    def uncovered(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Give the findings that no exception covers."""
        for finding in findings:
            covering = [index for index, each in enumerate(self._known) if each.covers(finding)]
            self._used.update(covering)
            if not covering:
                yield finding

    def unused(self, checked: frozenset[Rule]) -> tuple[Allowance, ...]:
        """Give the exceptions that covered nothing, among those whose rules have all been checked."""
        codes = {each.code for each in checked}
        return tuple(
            each.allowance for index, each in enumerate(self._known) if index not in self._used and each.codes <= codes
        )


def _codes(allowance: Allowance, rules: Sequence[Rule]) -> frozenset[str]:
    return frozenset(rule.code for name in allowance.rules for rule in find_rules(name, rules))


def _known_codes(allowance: Allowance, rules: Sequence[Rule]) -> frozenset[str]:
    try:
        return _codes(allowance, rules)
    except UsageError:
        return frozenset()
