"""Recognise text that the rules about text cannot judge, and report only the cause.

A file in another language, or letters that were read in a wrong encoding, break half of all rules in every line. The
rule that knows the cause reports it, and the others stay silent. ``fix_laws`` says which fixes may be made there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from babelreel.model.finding import Finding, Severity
from babelreel.model.track import Cue, Track
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.need import Need
from babelreel.rules.base.rule import TrackRule
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.exceptions import Exceptions
from babelreel.rules.registry import DOUBTS, OF_TEXT, ROOTS


class SpoiledText:
    """The cues of a track that some rule found to be no text of the language; the whole file, if it said so of that.

    Where it is half of all cues, it is the whole file as well.
    """

    def __init__(self, track: Track) -> None:
        self._track = track
        self._cues: dict[int, tuple[Cue, Severity]] = {}
        self._file: Severity | None = None

    def add(self, breach: Breach, severity: Severity) -> None:
        """Take in what a rule found, and how grave it is."""
        cues = [each for each in (breach.about, *breach.also) if each]
        self._cues |= {id(each): (each, severity) for each in cues}
        if not cues or 2 * len(self._cues) >= len(self._track.cues):
            self._file = severity

    def explains(self, breach: Breach, severity: Severity) -> bool:
        """Tell whether a breach is about a spoiled text, and no graver than what is already said of it."""
        known = self._cues.get(id(breach.about), (None, self._file))[1]
        return known is not None and known.rank <= severity.rank

    @property
    def is_whole(self) -> bool:
        """Whether no text of the file can be judged."""
        return self._file is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The findings that are reported of a track, and the indices of the cues whose letters or language are in doubt."""

    findings: tuple[Finding, ...]
    in_doubt: frozenset[int]


def find_and_explain(
    subject: TrackSubject, rules: Iterable[TrackRule], heeded: frozenset[TrackRule], exceptions: Exceptions
) -> Told:
    """Run rules over a track, and leave out what those about text say of a spoiled one.

    Those among ``heeded`` that may cast doubt on a text are run though they are not among ``rules``; what the project
    makes an exception of casts none. What one of ``ROOTS`` found spoils the text for the next of them, too. What is
    graver than that is reported all the same.
    """
    wanted = tuple(rules)
    spoiled, doubt, told = SpoiledText(subject.track), _Doubt(subject.track), list[Finding]()
    for rule in (*(each for each in DOUBTS if each in heeded), *(each for each in wanted if each not in DOUBTS)):
        new = list[tuple[Breach, Severity]]()
        for breach, finding in () if rule.lacks(subject) or _has_no_lines(rule, subject) else rule.found(subject):
            # an exception may also be needed for what is not reported
            is_told = any(exceptions.uncovered([finding]))
            if not is_told or (rule in OF_TEXT and spoiled.explains(breach, finding.severity)):
                continue
            new.append((breach, finding.severity))
            if rule in wanted:
                told.append(finding)
        for breach, severity in new:
            if rule in ROOTS:
                spoiled.add(breach, severity)
            if rule in DOUBTS:
                doubt.add(breach, severity, is_of_bytes=rule not in ROOTS)
    return Told(findings=tuple(told), in_doubt=doubt.cues(is_whole=spoiled.is_whole))


def _has_no_lines(rule: TrackRule, subject: TrackSubject) -> bool:
    """Tell whether a rule would compare a file with nothing: that it is empty is said by itself."""
    reference = subject.reference
    is_compared = Need.REFERENCE in rule.needs and reference is not None
    return is_compared and not (subject.track.cues and reference and reference.cues)


class _Doubt:
    """Gathers the indices of the cues that some rule doubts; all, where it doubts the whole text."""

    def __init__(self, track: Track) -> None:
        self._index = {id(cue): index for index, cue in enumerate(track.cues)}
        self._cues = set[int]()
        self._is_whole = False

    def add(self, breach: Breach, severity: Severity, *, is_of_bytes: bool) -> None:
        """Take in a breach; one about no cue and the bytes of the file doubts the text only as an error."""
        cues = [each for each in (breach.about, *breach.also) if each]
        if cues:
            self._cues.update(self._index[id(each)] for each in cues)
        else:
            self._is_whole |= not is_of_bytes or severity is Severity.ERROR

    def cues(self, *, is_whole: bool) -> frozenset[int]:
        """List the indices of these cues; of all cues where the whole file ``is_whole`` known to be spoiled."""
        return frozenset(self._index.values() if self._is_whole or is_whole else self._cues)
