"""Drop the fixes that would harm what they touch.

Whatever its rule says, a fix touches no cue whose letters or language are in doubt, it keeps every letter and digit of
a text, and the text is seen in the same order as before; unless a change of these is the purpose of its rule. Whether
it causes another finding shows only when it has been made: see ``fixing``.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from babelreel.model.finding import Finding, Fix
from babelreel.model.track import Cue, Track
from babelreel.rules.base.edits import apply_edits
from babelreel.rules.base.rule import Purpose, Rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.registry import DOUBTS
from babelreel.timedtext.direction.bidi_algorithm import visual_order
from babelreel.timedtext.read import read_again

#: The fixes of these rules put back what was written.
_ON_DOUBT = frozenset(each.code for each in DOUBTS)
#: Drawn to fill a line; it is no letter, though Unicode counts it as one.
_TATWEEL = "\u0640"
#: A cue with more fixes is no text; the further ones are offered when these are made.
_MOST_OF_A_CUE = 20
#: Nobody reads a longer cue; what it would cost to look at the order of its letters is better spent.
_LONGEST = 2_000
#: Where nothing of this stands, and the line itself does not run from right to left, all is seen as it is stored.
_TURNING = re.compile(
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def without_harm(
    findings: Sequence[Finding], subject: TrackSubject, rules: Iterable[Rule], in_doubt: frozenset[int]
) -> Iterator[Finding]:
    """Yield the findings of a track, without those fixes that would do harm.

    ``in_doubt`` are the indices of the cues whose letters or language are in doubt.
    """
    purposes = {each.code: each.purpose for each in rules}
    places = Places(subject.track)
    harmful = set(_doubtful(findings, places, in_doubt))
    touched: dict[int, frozenset[int]] = {}
    for index, finding in enumerate(findings):
        purpose = purposes.get(finding.code, Purpose.NONE)
        if finding.fix and index not in harmful and Purpose.LETTERS not in purpose:
            cues = places.texts_of(finding.fix)
            if Purpose.READING not in purpose:
                touched[index] = cues
            elif cues and not _keeps_letters(finding.fix, subject.track):
                harmful.add(index)
    harmful.update(_spoiling(touched, findings, subject, purposes))
    for index, finding in enumerate(findings):
        yield replace(finding, fix=None) if index in harmful else finding


def _spoiling(
    touched: Mapping[int, frozenset[int]],
    findings: Sequence[Finding],
    subject: TrackSubject,
    purposes: Mapping[str, Purpose],
) -> Iterator[int]:
    """Name the findings, of those whose fixes touch the texts of some cues, whose fixes would spoil one."""
    batches = _batches(touched)
    yield from chain.from_iterable(batches[_MOST_OF_A_CUE:])
    for batch in batches[:_MOST_OF_A_CUE]:
        after = _after(subject.track, [_fix_of(findings[index]) for index in batch])
        for index in batch:
            purpose = purposes.get(findings[index].code, Purpose.NONE)
            pairs = [(subject.track.cues[cue], after[cue]) for cue in touched[index]] if after else []
            if not (
                all(_is_right(*pair, purpose, is_rtl=subject.language.is_rtl) for pair in pairs)
                if after
                else _keeps_letters(_fix_of(findings[index]), subject.track)
            ):
                yield index


def _fix_of(finding: Finding) -> Fix:
    return finding.fix or Fix()


def _doubtful(findings: Sequence[Finding], places: Places, in_doubt: frozenset[int]) -> Iterator[int]:
    """Name the findings whose fixes touch a cue in doubt, or a time of it, but not those that say what it means."""
    for index, finding in enumerate(findings) if in_doubt else ():
        if finding.fix and finding.code not in _ON_DOUBT and not in_doubt.isdisjoint(places.cues_of(finding.fix)):
            yield index


class Places:
    """Where the cues of a track stand in its file: all of each, and its text; both by the index of the cue."""

    def __init__(self, track: Track) -> None:
        text = track.source.text
        order = sorted(range(len(track.cues)), key=lambda index: track.cues[index].body.start)
        cues = [track.cues[index] for index in order]
        self._order = order
        self._starts = [_first(cue) for cue in cues]
        self._texts = [cue.body.start for cue in cues]
        self._ends = [cue.body.start + len(text[cue.body.start : cue.body.end].rstrip()) for cue in cues]
        self.by_line = {cue.line: index for index, cue in enumerate(track.cues)}

    def cues_of(self, fix: Fix) -> frozenset[int]:
        """Find the cues that a fix touches, in their number, a time or the text."""
        return self._touched(self._starts, fix)

    def texts_of(self, fix: Fix) -> frozenset[int]:
        """Find the cues whose text a fix touches."""
        return self._touched(self._texts, fix)

    def _touched(self, starts: Sequence[int], fix: Fix) -> frozenset[int]:
        return frozenset(
            self._order[index]
            for edit in fix.edits
            for index in range(bisect_left(self._ends, edit.start), bisect_right(starts, edit.end))
        )


def _first(cue: Cue) -> int:
    return min((each.start for each in (cue.number_spot, cue.start_spot, cue.body) if each.end), default=0)


def _batches(touched: Mapping[int, frozenset[int]]) -> list[list[int]]:
    """Put fixes together that touch no cue in common, so that a file is read a few times and not once for each."""
    batches: list[list[int]] = []
    first_free: dict[int, int] = defaultdict(int)
    for index, cues in touched.items():
        if cues:
            place = max(first_free[cue] for cue in cues)
            if place == len(batches):
                batches.append([])
            batches[place].append(index)
            first_free.update(dict.fromkeys(cues, place + 1))
    return batches


def _after(track: Track, fixes: Iterable[Fix]) -> tuple[Cue, ...]:
    """Read the cues of a file after some fixes; none where they are not one by one those of before."""
    cues = read_again(apply_edits(track.source.text, (edit for fix in fixes for edit in fix.edits)), track).cues
    return cues if len(cues) == len(track.cues) else ()


def _keeps_letters(fix: Fix, track: Track) -> bool:
    """Tell whether a fix takes no letter or digit from a file, where it makes other cues of it."""
    text = track.source.text
    return all(_is_part_of(_letters(text[edit.start : edit.end]), _letters(edit.text)) for edit in fix.edits)


def _is_right(before: Cue, after: Cue, purpose: Purpose, *, is_rtl: bool) -> bool:
    """Tell whether a cue has kept its letters and digits, and the order in which all is seen."""
    if before.lines == after.lines:
        return True
    old, new = _letters(before.text), _letters(after.text)
    if old != new:
        return _is_part_of(old, new)
    if purpose & (Purpose.ORDER | Purpose.BREAKS):
        return True
    both = f"{before.text}\n{after.text}"
    if not is_rtl and not _TURNING.search(both):
        return True
    return len(both) <= 2 * _LONGEST and _looks_the_same(before.text, after.text, is_rtl=is_rtl)


def _is_part_of(letters: str, more: str) -> bool:
    """Tell whether letters are among others, in the same order."""
    rest = iter(more)
    return all(each in rest for each in letters)


def _letters(text: str) -> str:
    """Keep the letters and digits of a text; other forms of the same letter become equal."""
    return "".join(each for each in unicodedata.normalize("NFKC", text) if each.isalnum() and each != _TATWEEL)


def _looks_the_same(before: str, after: str, *, is_rtl: bool) -> bool:
    """Tell whether the same is seen in the same order; of marks that have changed, only what stands between them."""
    has_same_signs = _signs(before) == _signs(after)
    return _seen(before, is_rtl=is_rtl, is_all=has_same_signs) == _seen(after, is_rtl=is_rtl, is_all=has_same_signs)


def _signs(text: str) -> list[str]:
    return [each for each in text if _is_seen(each)]


def _is_seen(character: str) -> bool:
    return not character.isspace() and unicodedata.category(character) != "Cf"


def _seen(text: str, *, is_rtl: bool, is_all: bool) -> str:
    """List the characters of each line as they are seen from left to right: all of them, or letters and digits."""
    return "\n".join(
        "".join(
            _drawn(line[place], level)
            for place, level in visual_order(line, is_rtl=is_rtl)
            if (_is_seen(line[place]) if is_all else line[place].isalnum() and line[place] != _TATWEEL)
        )
        for line in text.split("\n")
    )


def _drawn(character: str, level: int) -> str:
    """Turn a character into its plain form; a mirrored one becomes another character."""
    plain = unicodedata.normalize("NFKC", character)
    turned = plain[::-1] if level % 2 else plain
    return f"{turned}\0" if level % 2 and unicodedata.mirrored(character) else turned
