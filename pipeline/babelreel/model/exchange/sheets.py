"""The rows that go out to a translator, and those that come back, whatever the format."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from babelreel.model.exchange.grid import Grid
from babelreel.model.exchange.row_key import RowKey
from babelreel.model.finding import Finding
from babelreel.model.language import Language
from babelreel.model.ledger.entries import State
from babelreel.model.timecode import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class SentRow:
    """A line as a translator sees it.

    ``source`` is what the film says now, one cue in a line; ``earlier`` what it said when the line was translated,
    empty where that is the same. ``state`` is ``None`` where what was said of the line is not of this text and this
    source.
    ``sign`` is the name of words in the picture, where the row is about them and not about a line.
    ``still`` is a JPEG of what is seen then; ``findings`` is what rules say of the line as it is sent, gravest first.
    """

    key: RowKey
    number: int
    span: Span
    source: str
    earlier: str
    text: str
    state: State | None
    comment: str = ""
    still: bytes | None = None
    findings: tuple[Finding, ...] = ()
    sign: str = ""

    @property
    def label(self) -> int | str:
        """What people call the row by: the number of its line, or that it is about words in the picture."""
        return "in the picture" if self.sign else self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All lines of one language, in the order of time.

    ``reference`` is the language of the sources, ``None`` where the lines are those of the film itself. More characters
    per second than ``cps`` cause a warning, more than ``cps_error`` are refused. ``still_px`` is the size of stills.
    """

    title: str
    language: Language
    reference: Language | None
    rows: tuple[SentRow, ...]
    cps: Fraction
    cps_error: Fraction
    still_px: tuple[int, int] = (160, 90)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedRow:
    """A row as it came back: what stands in it, and where (``row 12``, as a person finds it).

    ``key`` is ``None`` where the row has none that is whole; ``state`` where it holds no state that we know.
    ``is_state_said``: the translator set the state for this very text; it did not just stay there since it was sent.
    ``why`` says why it is unknown which line it is about, ``doubt`` why the text may not be what somebody wrote.
    """

    place: str
    key: RowKey | None
    text: str
    source: str = ""
    state: State | None = None
    comment: str | None = None
    why: str = ""
    doubt: str = ""
    is_state_said: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """All rows of a file that came back, in its order; ``by`` is the name that a translator wrote in it.

    ``notes`` are sentences on what is unusual in the file. ``grid`` is a table without keys of ours, which has no rows
    here: somebody made it by hand.
    """

    rows: tuple[ReturnedRow, ...]
    grid: Grid | None = None
    by: str = ""
    notes: tuple[str, ...] = ()
