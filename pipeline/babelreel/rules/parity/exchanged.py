"""Find two neighbours that say what the reference says, in the other order."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import log, sqrt
from typing import NamedTuple

from babelreel.model.finding import Severity
from babelreel.model.track import Cue, Track
from babelreel.rules.alignment.lines import TOLERANCE_MS
from babelreel.rules.alignment.of_subject import alignment_of
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.memo import remembered
from babelreel.rules.base.need import Need
from babelreel.rules.base.rule import track_rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.parity.parallel import shown

_ENDS = re.compile(r"[.!?…。！？؟۔][\"”»’')\]]*$")

#: What a translation keeps: numbers, and words in Latin letters (names, and what languages have in common).
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]{2,}")
_CLOSING = " \"”»’')]）」』"
#: The kinds of marks at the end of a sentence: of questions first.
_MARKS, _QUESTION = tuple(map(frozenset, ("?؟？", "!！", ".。۔…"))), 0

#: What one sign of each kind is worth beside the lengths, and how many of a kind count; so many signs prove it.
#: Set on 4763 pairs of whole sentences in 612 real tracks: none of a person's is reported, one of a machine's, and
#: 62 of 100 pairs whose texts were exchanged.
_WORTH_OF_KEPT, _WORTH_OF_QUESTION, _WORTH_OF_END = 3, 2, 1
_MOST_KEPT, _MOST_OF_LENGTH = 2, 4.0
_PROOF = 2.5
#: Lengths speak only where those of the exchanged texts fit: so many deviations.
_FITS = 1.25

#: How the logarithms of lengths scatter in a track of which too little is known to measure it, and at least.
_FEWEST, _USUAL_SCATTER, _LEAST_SCATTER = 20, 0.35, 0.2


@track_rule(
    code="PAR005",
    name="exchanged-cues",
    severity=Severity.WARNING,
    needs=frozenset({Need.REFERENCE, Need.SAME_FILM}),
)
def exchanged_cues(subject: TrackSubject) -> Iterator[Breach]:
    """Two neighbouring lines have swapped their texts.

    Why: The question is answered before it is asked, and the phone number stands beside the wrong service.

    Limit: Two whole sentences, in lines that begin together with two lines of the original that follow one another.
    Their lengths, numbers, Latin words and marks at the end fit the original much better in the other order. This finds
    about six in ten swapped sentences: two of the same length without a number, name or question look alike. Within a
    sentence, a language may say things in another order, and lines that are cut at other places cannot be compared;
    there, nothing is reported.

    Source: Proposal of this project; measured on public subtitle files in nine languages.

    Example, the original, and the subtitle file beside it:

        00:00:20,000  Call 116 000.            In gevaar? Bel 112.
        00:00:24,000  In danger? Call 112.     Bel 116 000.

    Fix: Swap the texts of the two lines.
    """
    if subject.reference is None:
        return
    theirs = _said_in(subject.reference)
    own = [_Said.of(cue) for cue in shown(subject.track) if cue.text.strip()]
    starts, alignment = [each.cue.span.start_ms for each in theirs], alignment_of(subject)
    places = [_place_of(alignment.at(each.cue.span).start_ms, starts) for each in own]
    beside = [(each, theirs[place]) for each, place in zip(own, places, strict=True) if place is not None]
    lengths = _Lengths.of(beside, own, theirs)
    ended = True
    for (each, place), (following, next_place) in pairwise(zip(own, places, strict=True)):
        was_ended, ended = ended, each.is_whole
        if place is None or next_place != place + 1 or not (was_ended and ended and following.is_whole):
            continue
        one, two = theirs[place : place + 2]
        if one.is_whole and two.is_whole and _signs(each, following, one, two, lengths) > _PROOF:
            yield Breach(
                cue=each.cue,
                message="this line and the next one seem to have swapped their texts",
            )


class _Said(NamedTuple):
    """A cue, and what is compared of its text, found once: it is put beside up to four others.

    ``mark`` is the kind of the mark at its end, of ``_MARKS``, and -1 where there is none.
    """

    cue: Cue
    length: int
    is_whole: bool
    mark: int
    numbers: dict[str, int]
    words: dict[str, int]

    @classmethod
    def of(cls, cue: Cue) -> _Said:
        """Find what is compared of a cue's text."""
        text = cue.text
        end = text.rstrip(_CLOSING)[-1:]
        return cls(
            cue=cue,
            length=len(text),
            is_whole=_ENDS.search(text) is not None,
            mark=next((kind for kind, marks in enumerate(_MARKS) if end in marks), -1),
            numbers=_counted(map(_in_ascii, _NUMBER.findall(text))),
            words=_counted(word.casefold() for word in _WORD.findall(text)),
        )

    @property
    def asks(self) -> bool:
        """Tell whether it ends as a question."""
        return self.mark == _QUESTION


def _in_ascii(number: str) -> str:
    return number if number.isascii() else "".join(str(int(digit)) for digit in number)


def _counted(parts: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for part in parts:
        counts[part] = counts.get(part, 0) + 1
    return counts


@remembered
def _said_in(reference: Track) -> list[_Said]:
    """Find what is compared of the reference: the tracks of all languages are put beside the same one."""
    return [_Said.of(cue) for cue in shown(reference)]


class _Lengths(NamedTuple):
    """How long the text of a track is beside that of its reference: the logarithm of the ratio, and its scatter."""

    ratio: float
    scatter: float

    @classmethod
    def of(cls, beside: Sequence[tuple[_Said, _Said]], own: Sequence[_Said], theirs: Sequence[_Said]) -> _Lengths:
        """Measure it on the cues that begin together, or on all where these are few."""
        pairs = [(one.length, other.length) for one, other in beside if other.length]
        if len(pairs) < _FEWEST:
            return cls(log(_length(own) / _length(theirs)), _USUAL_SCATTER)
        ratio = log(sum(one for one, _ in pairs) / sum(other for _, other in pairs))
        squares = sum((log(one / other) - ratio) ** 2 for one, other in pairs)
        return cls(ratio, max(sqrt(squares / len(pairs)), _LEAST_SCATTER))

    def deviation(self, one: _Said, other: _Said) -> float:
        """Measure how far the lengths of two texts are from those of translations, in deviations of the track."""
        return abs(log(one.length / other.length) - self.ratio) / self.scatter


def _length(cues: Sequence[_Said]) -> int:
    return max(1, sum(each.length for each in cues))


def _place_of(time_ms: int, starts: Sequence[int]) -> int | None:
    """Find the place of the cue that begins at a time, or near to it."""
    place = bisect_left(starts, time_ms - TOLERANCE_MS)
    return place if place < len(starts) and starts[place] <= time_ms + TOLERANCE_MS else None


def _signs(each: _Said, following: _Said, one: _Said, two: _Said, lengths: _Lengths) -> float:
    """Tell how much better two cues fit the reference in the other order; below 0 they fit better as they are.

    Where their lengths cannot make it a proof, these are left out.
    """
    kept = sum(
        max(-_MOST_KEPT, min(_MOST_KEPT, _kept(*parts)))
        for parts in (
            (each.numbers, following.numbers, one.numbers, two.numbers),
            (each.words, following.words, one.words, two.words),
        )
    )
    questions = ends = 0
    if one.mark != two.mark and each.mark != following.mark:  # else both orders fit as well
        straight, crossed = ((each, one), (following, two)), ((each, two), (following, one))
        questions = sum(a.asks == b.asks for a, b in crossed) - sum(a.asks == b.asks for a, b in straight)
        ends = sum(a.mark == b.mark for a, b in crossed) - sum(a.mark == b.mark for a, b in straight)
    worth = _WORTH_OF_KEPT * kept + _WORTH_OF_QUESTION * questions + _WORTH_OF_END * ends
    if worth + _MOST_OF_LENGTH <= _PROOF:  # whatever the lengths say
        return worth
    return _length_sign(((each, one), (following, two)), ((each, two), (following, one)), lengths) + worth


def _kept(each: dict[str, int], following: dict[str, int], one: dict[str, int], two: dict[str, int]) -> int:
    """Count how much more of what is kept is alike in the other order."""
    if not (each or following) or not (one or two):  # as in most cues
        return 0
    return _alike(each, two) + _alike(following, one) - _alike(each, one) - _alike(following, two)


_Pairs = tuple[tuple[_Said, _Said], tuple[_Said, _Said]]


def _length_sign(straight: _Pairs, crossed: _Pairs, lengths: _Lengths) -> float:
    """Compute the likelihood of the other order, by lengths alone, as a logarithm."""
    as_they_are = [lengths.deviation(*pair) for pair in straight]
    exchanged = [lengths.deviation(*pair) for pair in crossed]
    sign = (sum(each**2 for each in as_they_are) - sum(each**2 for each in exchanged)) / 2
    if sign > 0 and max(exchanged) > _FITS:
        return 0
    return max(-_MOST_OF_LENGTH, min(_MOST_OF_LENGTH, sign))


def _alike(one: dict[str, int], other: dict[str, int]) -> int:
    """Count what two texts have in common."""
    return sum(min(count, other[part]) for part, count in one.items() if part in other) if one and other else 0


RULES = (exchanged_cues,)
