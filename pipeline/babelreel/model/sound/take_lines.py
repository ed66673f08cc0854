"""Find the line of the track that each take belongs to.

A take whose text is known belongs to the line that says it, whatever number that line has by now. Only a take that is
heard for the first time goes by the number in its name.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from babelreel.model.sound.recorded_text import likeness, spoken_form
from babelreel.model.sound.recordings import Take
from babelreel.model.track import Cue

#: Changed lines are looked for among so many at most: between two takes whose lines are known, there are never more.
_MOST_TRIED = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeLine:
    """A take and its line; ``is_changed`` says that the line says something else than the take was recorded for.

    ``cue`` is ``None`` where no line has the number of a take, or the text that it was recorded for.
    """

    take: Take
    cue: Cue | None
    is_changed: bool = False


def find_lines(takes: Sequence[Take], cues: Sequence[Cue], numbered: Mapping[int, Cue]) -> tuple[TakeLine, ...]:
    """Find the line of each take, in the order of the takes.

    ``cues`` are in order of time, ``numbered`` the same by the numbers that takes are named by. Where several lines say
    the same, takes keep the order in which they were recorded. A take whose text no line says any more belongs to the
    line that was changed: one between the lines of its neighbours whose text is like its own.
    """
    search = _Search(cues=cues)
    search.match_texts(takes)
    search.match_changed(takes)
    return tuple(search.line_of(place, take, numbered) for place, take in enumerate(takes))


@dataclass(slots=True, kw_only=True)
class _Search:
    """Lines by the places of their takes, and which of them were changed."""

    cues: Sequence[Cue]
    found: dict[int, int] = field(default_factory=dict)
    changed: set[int] = field(default_factory=set)

    def match_texts(self, takes: Sequence[Take]) -> None:
        groups: dict[str, list[int]] = {}
        for place, take in enumerate(takes):
            if _spoken(take):
                groups.setdefault(_spoken(take), []).append(place)
        if not groups:
            return
        lines: dict[str, list[int]] = {}
        for index, cue in enumerate(self.cues):
            lines.setdefault(spoken_form(cue.text), []).append(index)
        for form, places in groups.items():
            if form in lines:
                self.found.update(
                    self._paired(takes, sorted(places, key=lambda each: _order(takes[each])), lines[form])
                )

    def _paired(self, takes: Sequence[Take], places: list[int], lines: list[int]) -> Iterator[tuple[int, int]]:
        """Pair takes and lines of one text: in order if there are as many of both, else with the nearest in time.

        Takes whose line still begins when it did come first. What is left over is another take of the same words.
        """
        if len(places) == len(lines):
            yield from zip(places, lines, strict=True)
            return
        free = [(self.cues[line].span.start_ms, line) for line in lines]
        starts = {start for start, _ in free}
        for place in sorted(places, key=lambda each: _began_ms(takes[each]) not in starts):
            at = _nearest(free, _began_ms(takes[place]))
            yield (
                place,
                free.pop(at)[1] if at is not None else min(lines, key=lambda line: self._away_ms(takes[place], line)),
            )

    def match_changed(self, takes: Sequence[Take]) -> None:
        known = sorted(
            (place for place, take in enumerate(takes) if _spoken(take)), key=lambda each: _order(takes[each])
        )
        taken = set(self.found.values())
        for rank, place in enumerate(known):
            if place in self.found:
                continue
            before = max((self.found[each] for each in known[:rank] if each in self.found), default=-1)
            behind = (self.found[each] for each in known[rank + 1 :] if each in self.found)
            after = min((line for line in behind if line > before), default=len(self.cues))
            line = self._most_like(takes[place], (each for each in range(before + 1, after) if each not in taken))
            if line is not None:
                self.found[place] = line
                self.changed.add(place)
                taken.add(line)

    def _most_like(self, take: Take, lines: Iterable[int]) -> int | None:
        spoken = _spoken(take)
        tried = sorted(lines, key=lambda line: self._away_ms(take, line))[:_MOST_TRIED]
        likest = max(
            ((likeness(spoken, spoken_form(self.cues[line].text)), -self._away_ms(take, line), line) for line in tried),
            default=None,
        )
        return likest[2] if likest and likest[0] else None

    def _away_ms(self, take: Take, line: int) -> int:
        return abs(_began_ms(take) - self.cues[line].span.start_ms)

    def line_of(self, place: int, take: Take, numbered: Mapping[int, Cue]) -> TakeLine:
        if not _spoken(take):
            return TakeLine(take=take, cue=numbered.get(take.line))
        line = self.found.get(place)
        return TakeLine(take=take, cue=None if line is None else self.cues[line], is_changed=place in self.changed)


def _spoken(take: Take) -> str:
    """Return the words that a take was recorded for; empty where nobody kept them, or the line had none."""
    return take.recorded.spoken if take.recorded else ""


def _began_ms(take: Take) -> int:
    return take.recorded.start_ms if take.recorded else 0


def _order(take: Take) -> tuple[int, int, str]:
    return _began_ms(take), take.line, take.sound.path


def _nearest(lines: Sequence[tuple[int, int]], start_ms: int) -> int | None:
    """Find the place of the line that begins nearest to a time, the earlier of two; lines are in order of time."""
    after = bisect_left(lines, (start_ms, -1))
    around = [at for at in (after - 1, after) if 0 <= at < len(lines)]
    return min(around, key=lambda at: abs(lines[at][0] - start_ms), default=None)
