"""Find where in a file a piece of its text stands.

An *offset* counts characters from 0 over the decoded text of the whole file, line ends included and the byte order mark
left out. Lines and columns count from 1.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from operator import methodcaller
from typing import NamedTuple

#: CRLF, CR and LF, mixed as they come. ``str.splitlines`` also cuts at form feeds, U+0085 and U+2028, which no editor
#: counts as lines.
LINE_END = re.compile(r"\r\n|\r|\n")

#: A loop in C over the line ends of large files.
_END_OF = methodcaller("end")


class Spot(NamedTuple):
    """A stretch of the file's text: the offset of its first character and of the one behind its last."""

    start: int
    end: int

    def moved(self, by: int) -> Spot:
        """Return the stretch as many characters further on."""
        return Spot(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The decoded text of a file; ``starts`` are the offsets of the first characters of its lines."""

    text: str = ""
    starts: tuple[int, ...] = (0,)

    @classmethod
    def of(cls, text: str) -> Source:
        """Cut a text into lines where every editor does."""
        return cls(text=text, starts=(0, *map(_END_OF, LINE_END.finditer(text))))

    @property
    def lines(self) -> list[str]:
        """All lines without their ends, made anew at each call."""
        return LINE_END.split(self.text) if "\r" in self.text else self.text.split("\n")

    def line(self, number: int) -> str:
        """Return a line, counted from 1, without its end; empty where there is no such line."""
        if not 1 <= number <= len(self.starts):
            return ""
        end = self.starts[number] if number < len(self.starts) else len(self.text)
        return self.text[self.starts[number - 1] : end].rstrip("\r\n")

    def place(self, offset: int) -> tuple[int, int]:
        """Compute line and column of the character at an offset."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def start(self, index: int) -> int:
        """Return the offset of a line by its index from 0; behind the last line, that of the end of the text."""
        return self.starts[index] if index < len(self.starts) else len(self.text)
