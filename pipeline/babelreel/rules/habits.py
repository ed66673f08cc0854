"""Find the faults that run through a whole file, so that each is reported once and not at every place.

A translator who leaves no gap between any two cues has made one decision, not four hundred mistakes. Each place stays
known: fixes are made at all of them, and exceptions for a cue are applied before places are counted.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from babelreel.model.finding import Finding, Fix
from babelreel.rules.base.need import Need
from babelreel.rules.base.rule import Rule

#: Fewer are so many faults, each to be looked at.
FEWEST = 10
#: A habit is what is found at every tenth cue at least ...
_CUES_FOR_EACH = 10
#: ... or at every second place that could have it, where a rule counts these ...
_CHANCES_FOR_EACH = 2
#: ... or, in a short film, in every second cue, and in so many at least.
_FEWEST_CUES, _CUES_OF_SHORT_FILM = 5, 2

_Kind = tuple[str, ...]

#: Capital letters that stay within a sentence: rules begin with no other names.
_NAMES = ("Latin", "PlayResX")


def join_habits(findings: Iterable[Finding], *, cues: int, rules: Sequence[Rule]) -> Iterator[Finding]:
    """Put findings that run through a track of so many cues together, each kind as one, at its first place.

    Findings of one rule and one severity are of one kind. What differs from the reference is different each time, and
    stays by itself.
    """
    known = {rule.code: rule for rule in rules if Need.REFERENCE not in rule.needs}
    rest = list(findings)
    for kind_of, is_habit in (
        (_rule_kind, lambda lot: _is_in_many_cues(lot, cues)),
        (_same_kind, lambda lot: len(lot) >= FEWEST and 0 < lot[0].chances <= len(lot) * _CHANCES_FOR_EACH),
    ):
        habits, rest = _parted((each for each in rest), kind_of, is_habit, known)
        yield from (_joined(kind, lot, known[lot[0].code], cues) for kind, lot in habits)
    yield from rest


def habit_fingerprints(finding: Finding) -> tuple[str, ...]:
    """Name the habits that a finding may be a part of."""
    return tuple(_fingerprint(kind_of(finding)) for kind_of in (_rule_kind, _same_kind))


def _parted(
    findings: Iterable[Finding],
    kind_of: Callable[[Finding], _Kind],
    is_habit: Callable[[Sequence[Finding]], bool],
    known: dict[str, Rule],
) -> tuple[list[tuple[_Kind, list[Finding]]], list[Finding]]:
    """Part findings into habits and those that belong to none."""
    lots: defaultdict[_Kind, list[Finding]] = defaultdict(list)
    for finding in findings:
        lots[kind_of(finding)].append(finding)
    habits, rest = [], []
    for kind, lot in lots.items():
        if lot[0].code in known and is_habit(lot):
            habits.append((kind, lot))
        else:
            rest += lot
    return habits, rest


def _is_in_many_cues(lot: Sequence[Finding], cues: int) -> bool:
    if len(lot) >= FEWEST and len(lot) * _CUES_FOR_EACH >= cues:
        return True
    found_in = _count_cues(lot)
    return found_in >= _FEWEST_CUES and found_in * _CUES_OF_SHORT_FILM >= cues


def _count_cues(lot: Iterable[Finding]) -> int:
    return len({(each.location.cue, each.start_ms) for each in lot})


def _rule_kind(finding: Finding) -> _Kind:
    return finding.location.path, finding.code, finding.severity.value


def _same_kind(finding: Finding) -> _Kind:
    return (*_rule_kind(finding), finding.message)


def _joined(kind: _Kind, lot: list[Finding], rule: Rule, cues: int) -> Finding:
    first, limits = lot[0], {each.limit for each in lot}
    if len(kind) > len(_rule_kind(first)):
        message, measured = first.message, f"{len(lot)} of {max(first.chances, len(lot))} places"
    else:
        message, measured = _sentence(rule), f"{len(lot)} times in {_count_cues(lot)} of {cues} lines"
    return replace(
        first,
        message=f"throughout the file: {message}",
        measured=measured,
        limit=limits.pop() if len(limits) == 1 else "",
        fix=joined_fix(lot),
        fingerprint=_fingerprint(kind),
        repeated=tuple(lot),
    )


def _sentence(rule: Rule) -> str:
    """Say what a rule finds, to be read after a colon."""
    first = rule.explanation.partition("\n")[0].rstrip(".")
    return first if first.startswith(_NAMES) else first[0].lower() + first[1:]


def joined_fix(lot: Iterable[Finding]) -> Fix | None:
    """Put the safe fixes together, or if there are none the others, as far as they do not touch one another."""
    fixes = [each.fix for each in lot if each.fix]
    safe = [each for each in fixes if each.is_safe]
    edits, end = [], -1
    for fix in sorted(safe or fixes, key=lambda fix: min((edit.start for edit in fix.edits), default=0)):
        if fix.edits and all(edit.start > end for edit in fix.edits):
            edits += sorted(fix.edits, key=lambda edit: edit.start)
            end = edits[-1].end
    to_utf8 = any(fix.to_utf8 for fix in safe or fixes)
    return Fix(edits=tuple(edits), is_safe=bool(safe), to_utf8=to_utf8) if edits or to_utf8 else None


def _fingerprint(kind: _Kind) -> str:
    return hashlib.sha256("\0".join((*kind, "throughout")).encode("utf-8", "surrogatepass")).hexdigest()[:32]
