"""Do two neighbours say what the reference says in the other order?"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from babelreel.model.finding import Severity
from babelreel.model.track import Cue
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.need import Need
from babelreel.rules.base.rule import track_rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.parity.lines import TOLERANCE_MS
from babelreel.rules.parity.parallel import alignment_of, shown

#: What a translation keeps: numbers of two digits or more, and words in Latin capitals or with one inside a sentence.
_NUMBER = re.compile(r"\d{2,}")
_NAME = re.compile(r"(?<=[\w,;:] )[A-Z][A-Za-z]{2,}|(?<![A-Za-z])[A-Z]{2,}[a-z]*")
_ENDS = re.compile(r"[.!?…。！？؟۔][\"”»’')\]]*$")


@track_rule(code="PAR005", name="exchanged-cues", severity=Severity.WARNING, needs=frozenset({Need.REFERENCE}))
def exchanged_cues(subject: TrackSubject) -> Iterator[Breach]:
    """Two neighbours have one another's text.

    Why: The question is answered before it is asked, and the phone number stands beside the wrong service.

    Limit: Two whole sentences in cues that begin with those of the reference. Each holds the numbers and names (in
    Latin letters) that the reference has in the other one, and none that it has in this one. Within a sentence, a
    language may say things in another order; cues that are cut at other places cannot be compared.

    Source: Proposal of this project.

    For example, the reference and a track beside it:

        00:00:20,000  Call 116 000.            In gevaar? Bel 112.
        00:00:24,000  In danger? Call 112.     Bel 116 000.

    Mend: Let the two cues change their texts.
    """
    if subject.reference is None:
        return
    theirs = shown(subject.reference)
    starts, alignment = [cue.span.start_ms for cue in theirs], alignment_of(subject)
    beside = [(cue, _at(alignment.at(cue.span).start_ms, starts, theirs)) for cue in shown(subject.track)]
    for before, (cue, other), (following, other_following) in zip([None, *beside], beside, beside[1:], strict=False):
        if other is None or other_following is None or other is other_following:
            continue
        ends = (before[0] if before else None, cue, following, other, other_following)
        if all(each is None or _ENDS.search(each.text) for each in ends) and _are_exchanged(
            _kept(cue), _kept(following), _kept(other), _kept(other_following)
        ):
            yield Breach(
                cue=cue, message="this cue and the next one have one another's text, by their numbers and names"
            )


def _at(time_ms: int, starts: Sequence[int], cues: Sequence[Cue]) -> Cue | None:
    """Give the cue that begins at a time, or near to it."""
    place = bisect_left(starts, time_ms - TOLERANCE_MS)
    return cues[place] if place < len(cues) and starts[place] <= time_ms + TOLERANCE_MS else None


def _kept(cue: Cue) -> frozenset[str]:
    """Give what the text of a cue keeps in every language, digits of all scripts as one."""
    text = cue.text
    numbers = ("".join(str(int(digit)) for digit in number) for number in _NUMBER.findall(text))
    return frozenset((*numbers, *_NAME.findall(text)))


def _are_exchanged(one: frozenset[str], two: frozenset[str], first: frozenset[str], second: frozenset[str]) -> bool:
    is_crossed = second <= one and first <= two and first.isdisjoint(one) and second.isdisjoint(two)
    return bool(first and second) and is_crossed and first.isdisjoint(second)


RULES = (exchanged_cues,)
