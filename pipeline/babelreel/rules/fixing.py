"""Fix everything in a file that needs no person.

A pass makes the edits of all findings that do not touch one another; then the file is read and checked again, until
nothing changes, or nothing can be changed without harm. What an edit does not mean stays byte for byte.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from babelreel.model.finding import Finding, Severity
from babelreel.model.language import Language
from babelreel.model.track import Track
from babelreel.rules.base.rule import Purpose
from babelreel.rules.check import CheckResult
from babelreel.rules.fix_laws import Places
from babelreel.rules.habits import joined_fix
from babelreel.rules.making_fixes import choose_fixes, make_fixes
from babelreel.rules.registry import OF_PEOPLE, RULES

#: Fixes that make room for one another need a few passes; two that undo each other would need them for ever.
MAX_PASSES = 20

#: Real tracks need some ten looks to tell which fixes would be made; one that is made to need hundreds takes no longer.
_MOST_LOOKS = 50

#: After the fixes of these rules more of a file is read, or all of it is shown at other times, and more is found in it.
_FIRST = frozenset(each.code for each in RULES if each.purpose & (Purpose.READING | Purpose.SYNC))
#: The encoding of a longer file does not depend on a single character of it.
_FEW_CHARACTERS = 2_000
#: How many characters of a code name its family.
_FAMILY = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """The bytes of a file after its fixes, what was fixed in the order of the passes, and what is found now."""

    data: bytes
    repaired: tuple[Finding, ...]
    result: CheckResult


def repair(  # noqa: PLR0913 - a file in two forms, and all that decides about its fixes
    data: bytes,
    check: Callable[[Track], CheckResult],
    track: Track,
    *,
    language: Language,
    with_unsafe: bool,
    judge: Callable[[Track], CheckResult] | None = None,
) -> Repaired:
    """Fix the file ``data``, which was read as ``track``, as far as the findings of ``check`` have fixes.

    With ``with_unsafe``, fixes are made too that a person should look at afterwards. None is made that brings a new
    error or warning, and none of those is left in the findings; where ``check`` runs some rules only, ``judge`` runs
    all that are heeded for this.
    """
    repairer = _Repairer(check=check, judge=judge, language=language, with_unsafe=with_unsafe)
    now, repaired, seen = repairer.look(data, track), list[Finding](), {data}
    for _ in range(MAX_PASSES):
        step = repairer.step(now)
        if step is None or step.state.data in seen:
            break
        now = step.state
        seen.add(now.data)
        repaired += step.findings
    return Repaired(data=now.data, repaired=tuple(repaired), result=repairer.offered(now))


def check_fixes(
    data: bytes,
    check: Callable[[Track], CheckResult],
    track: Track,
    *,
    language: Language,
    judge: Callable[[Track], CheckResult] | None = None,
) -> CheckResult:
    """Check the file ``data``, which was read as ``track``, and leave out the fixes that ``repair`` would not make."""
    found = check(track)
    if not any(each.fix for each in found.findings):
        return found
    repairer = _Repairer(check=check, judge=judge, language=language, with_unsafe=False)
    return repairer.offered(repairer.judged(data, track, found))


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """A file, what the rules that were chosen find in it, and what those find that judge the fixes."""

    data: bytes
    track: Track
    chosen: CheckResult
    judged: CheckResult


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    state: _State
    findings: tuple[Finding, ...]


@dataclass(slots=True, kw_only=True)
class _Repairer:
    """Makes the fixes of a file in steps.

    ``refused`` are those that bring something new to the file as it is now, ``harmless`` those known to bring nothing.
    """

    check: Callable[[Track], CheckResult]
    judge: Callable[[Track], CheckResult] | None
    language: Language
    with_unsafe: bool
    refused: set[Finding] = field(default_factory=set)
    harmless: set[Finding] = field(default_factory=set)
    looks: int = 0

    def look(self, data: bytes, track: Track) -> _State:
        """Run the rules over a file."""
        self.looks += 1
        return self.judged(data, track, self.check(track))

    def judged(self, data: bytes, track: Track, chosen: CheckResult) -> _State:
        """Run all rules over a file where some were chosen, whose findings are known."""
        return _State(data=data, track=track, chosen=chosen, judged=self.judge(track) if self.judge else chosen)

    def offered(self, now: _State) -> CheckResult:
        """Find what is wrong in a file, with those fixes only that would be made: the safe ones, or all of them."""
        if _may_be_misread(now.track):
            self._try_alone(now)
        for with_unsafe in (False, True):
            self.with_unsafe = with_unsafe
            self._try_all(now)
        if not self.refused:
            return now.chosen
        return replace(now.chosen, findings=tuple(map(self._offered, now.chosen.findings)))

    def _offered(self, finding: Finding) -> Finding:
        if self.refused.isdisjoint(finding.each):
            return finding
        if not finding.repeated:
            return replace(finding, fix=None)
        repeated = tuple(map(self._offered, finding.repeated))
        return replace(finding, repeated=repeated, fix=joined_fix(repeated))

    def _try_all(self, now: _State) -> None:
        """Find out of each fix whether it would be made; those of which that takes too long are taken for refused."""
        last = self.looks + _MOST_LOOKS
        while candidates := self._candidates(now):
            if self.looks >= last:
                self.refused.update(candidates)
                continue
            reading = tuple(each for each in candidates if each.code in _FIRST)
            made = make_fixes(now.data, now.track, self.language, reading)
            step = None if reading else self._harmless(now, candidates)
            self.harmless.update(made.findings if made else step.findings if step else ())
            self.refused.update(each for each in reading if each not in self.harmless)

    def _try_alone(self, now: _State) -> None:
        """Refuse what cannot be made without other fixes, as somebody may who sees them in a list."""
        fixes = [one for several in now.chosen.findings for one in several.each if one.fix]
        for place, each in enumerate(fixes):
            if place >= _MOST_LOOKS or make_fixes(now.data, now.track, self.language, (each,)) is None:
                self.refused.add(each)

    def step(self, now: _State) -> _Step | None:
        """Make all fixes that can be made at once and bring nothing new; ``None``: none is left.

        Those that let more be read are made first, whatever is found then.
        """
        self.refused, self.harmless = set(), set()
        reading = tuple(each for each in self._candidates(now) if each.code in _FIRST)
        made = make_fixes(now.data, now.track, self.language, reading)
        if made:
            return _Step(state=self.look(made.data, made.track), findings=made.findings)
        self.refused.update(reading)
        while candidates := self._candidates(now):
            step = self._harmless(now, candidates)
            if step:
                return step
        return None

    def _candidates(self, now: _State) -> tuple[Finding, ...]:
        known = self.refused | self.harmless
        left = (each for found in now.chosen.findings for each in found.each if each not in known)
        return choose_fixes(left, with_unsafe=self.with_unsafe)

    def _harmless(self, now: _State, candidates: tuple[Finding, ...]) -> _Step | None:
        """Make as many of these fixes as bring nothing new; without any, at least one more of them is refused."""
        while candidates:
            made = make_fixes(now.data, now.track, self.language, candidates)
            if made is None:
                self.refused.update(candidates)
                return None
            state = self.look(made.data, made.track)
            worse = _worse(now, state, made.findings)
            if not worse:
                return _Step(state=state, findings=made.findings)
            candidates = self._without_suspects(made.findings, worse, Places(now.track))
        return None

    def _without_suspects(
        self, findings: tuple[Finding, ...], worse: frozenset[int | None], places: Places
    ) -> tuple[Finding, ...]:
        """Leave out fixes that may have brought something new: of the several beside one cue, the later half.

        One alone is refused. Where none stands beside the cue, all are meant.
        """
        touched = [places.cues_of(each.fix) if each.fix else frozenset[int]() for each in findings]
        suspects: set[int] = set()
        for cue in worse:
            beside = () if cue is None else range(cue - 1, cue + 2)
            near = [place for place, cues in enumerate(touched) if not cues.isdisjoint(beside)] or range(len(findings))
            suspects.update(near[len(near) // 2 :])
            self.refused.update(findings[place] for place in near if len(near) == 1)
        return tuple(each for place, each in enumerate(findings) if place not in suspects)


def _may_be_misread(track: Track) -> bool:
    """Tell whether one character more or less can change what a file is read as.

    A NUL may be taken for half of a letter; in a short file, a code page is guessed from few letters.
    """
    text = track.source.text
    return "\0" in text or not (track.encoding.startswith("utf-8") or len(text) > _FEW_CHARACTERS)


def _worse(before: _State, after: _State, fixed: tuple[Finding, ...]) -> frozenset[int | None]:
    """Find the cues (``None``: the file) that have a new error or warning.

    What another finding of the same kind, as grave or graver, has become is not new: a cue that was too fast for adults
    is then too fast for children. What was ``fixed`` has not become anything.
    """
    old, new = (_grave(each.judged.findings, each.track) for each in (before, after))
    gone: dict[tuple[str, int | None], int] = {}
    for code, cue, rank in old - new - _grave(fixed, before.track):
        family = (code[:_FAMILY], cue)
        gone[family] = min(rank, gone.get(family, rank))
    least = Severity.INFO.rank
    return frozenset(cue for code, cue, rank in new - old if gone.get((code[:_FAMILY], cue), least) > rank)


def _grave(findings: Iterable[Finding], track: Track) -> Counter[tuple[str, int | None, int]]:
    """Count the errors and warnings of each rule and cue, by the cue's index."""
    by_line = {cue.line: index for index, cue in enumerate(track.cues)}
    return Counter(
        (each.code, by_line.get(each.first_line) if each.start_ms is not None else None, each.severity.rank)
        for found in findings
        for each in found.each
        if each.severity is not Severity.INFO and each.code not in OF_PEOPLE
    )
