"""Find where a pattern occurs in the text of a track.

Rules about text look for patterns in all lines at once: a search over one long string is many times faster than one for
each line, and most patterns occur nowhere.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from babelreel.model.file_position import Spot
from babelreel.model.track import Cue


class Passage(NamedTuple):
    """A stretch of one line of a cue, without markup: ``line`` counts the cue's lines from 0, the others characters."""

    cue: Cue
    line: int
    start: int
    end: int

    @property
    def text(self) -> str:
        """What stands there."""
        return self.cue.lines[self.line][self.start : self.end]

    @property
    def spot(self) -> Spot:
        """Where it stands in the file, with any markup inside of it."""
        start = self.cue.offset(self.line, self.start)
        return Spot(start, self.cue.offset(self.line, self.end - 1) + 1 if self.end > self.start else start)


class TextIndex:
    """The lines of all cues as one text, each on a line of its own.

    ``characters`` are those that occur: a rule about a few of them need not search where there are none.
    """

    __slots__ = ("_counts", "characters", "places", "starts", "text")

    def __init__(self, cues: Sequence[Cue]) -> None:
        self.places = [(cue, line) for cue in cues for line in range(len(cue.lines))]
        lines = [line for cue in cues for line in cue.lines]
        self.text = "\n".join(lines)
        self.characters = frozenset(self.text)
        self._counts: dict[str, int] = {}
        self.starts: list[int] = []
        start = 0
        for line in lines:
            self.starts.append(start)
            start += len(line) + 1

    def count(self, part: str) -> int:
        """Count how often something stands in the text, once for all who ask."""
        if part not in self._counts:
            self._counts[part] = self.text.count(part)
        return self._counts[part]

    def search(self, pattern: re.Pattern[str]) -> Iterator[tuple[Passage, re.Match[str]]]:
        """Find every match with its place. ``^`` and ``$`` need ``re.MULTILINE``; a match must not cross lines."""
        for match in pattern.finditer(self.text):
            yield self.passage(match.start(), match.end()), match

    def passage(self, start: int, end: int) -> Passage:
        """Find the place of a stretch of ``text``, cut off at the end of its line."""
        number = bisect_right(self.starts, start) - 1
        cue, line = self.places[number]
        first = self.starts[number]
        return Passage(cue, line, start - first, min(end - first, len(cue.lines[line])))
