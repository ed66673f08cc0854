"""Which text is known to be none that the rules about text could judge, and what do they say of it then?

A file in another language, or letters that were read in a wrong encoding, break half of all rules in every line, and
the fixes of these would change what nobody has read yet. The rule that knows the root says so, and the others nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from babelreel.model.finding import Finding, Fix, Severity
from babelreel.model.track import Cue, Track
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.rule import TrackRule
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.exceptions import Exceptions
from babelreel.rules.registry import OF_TEXT, ROOTS


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

    def is_touched(self, fix: Fix) -> bool:
        """Tell whether a fix would change a spoiled text, were it a single space of it."""
        cues = self._track.cues if self._file else [cue for cue, _ in self._cues.values()]
        return any(
            edit.start < _end(self._track, cue) and cue.body.start < max(edit.end, edit.start + 1)
            for cue in cues
            for edit in fix.edits
        )


def sound_findings(
    subject: TrackSubject, rules: Iterable[TrackRule], roots: frozenset[TrackRule], exceptions: Exceptions
) -> Iterator[Finding]:
    """Give the findings of rules, without what those about text say of a spoiled one.

    ``roots`` are the rules that may spoil a text here; each is heeded though it is not among ``rules``, unless the
    project makes an exception of what it found. What they found spoils the text for the next of them, too. What is
    graver than the root is told all the same. No other rule has a fix that touches a spoiled text.
    """
    wanted = tuple(rules)
    spoiled = SpoiledText(subject.track)
    for rule in (*(each for each in ROOTS if each in roots), *(each for each in wanted if each not in ROOTS)):
        is_root, new = rule in ROOTS, list[tuple[Breach, Severity]]()
        for breach, finding in () if rule.lacks(subject) else rule.found(subject):
            # of what is not told, an exception may be needed as well
            is_told = any(exceptions.uncovered([finding]))
            if not is_told or (rule in OF_TEXT and spoiled.explains(breach, finding.severity)):
                continue
            new += [(breach, finding.severity)] if is_root else []
            if rule in wanted:
                yield finding if is_root else _harmless(finding, spoiled)
        for breach, severity in new:
            spoiled.add(breach, severity)


def _harmless(finding: Finding, spoiled: SpoiledText) -> Finding:
    return replace(finding, fix=None) if finding.fix and spoiled.is_touched(finding.fix) else finding


def _end(track: Track, cue: Cue) -> int:
    """Give the offset behind the last character of a text that can be seen."""
    return cue.body.start + len(track.source.text[cue.body.start : cue.body.end].rstrip())
