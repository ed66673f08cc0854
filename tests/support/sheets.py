"""How do tests get a sheet of lines for a translator?"""

from __future__ import annotations

from fractions import Fraction

from babelreel.languages.find import find_language
from babelreel.model.exchange.row_key import RowKey, short_digest
from babelreel.model.exchange.sheets import SentRow, Sheet
from babelreel.model.ledger.entries import State
from babelreel.model.timecode import Span

#: What programs for tables and documents like to change: numbers, dates, formulas, quotes, spaces, marks of direction.
DIFFICULT = (
    "0800",
    "112",
    "+32 2 123",
    "1-2",
    "3/4",
    "1E5",
    "TRUE",
    "=1+1",
    "@SUM(A1)",
    "-5 °C",
    "'non'",
    "a  b",
    "Tu\u00a0as\nle droit\u202f?",
    "<b>gras</b> & co",
    "_x0041_",
    "ته حق لرې چې\nسرپرست ولرې.",
    "می‌خواهم \u2066116\u00a0000\u2069",
    "你有权利，\n请打电话。",
    "%s {0} \\n",
    '"quoted" “curly”',
    "😀 e\u0301",
)


def sheet_of(texts: tuple[str, ...] = DIFFICULT, tag: str = "ps", *, source: str = "You have rights.") -> Sheet:
    """Make a sheet with these texts, three seconds for each."""
    rows = (
        SentRow(
            key=RowKey(
                language=tag,
                start_ms=3000 * place,
                name="",
                shared=0,
                state=State.UNKNOWN,
                source=short_digest(source),
                text=short_digest(text),
            ),
            number=place + 1,
            span=Span(start_ms=3000 * place, end_ms=3000 * place + 2500),
            source=source,
            earlier="You had rights." if place == 1 else "",
            text=text,
            state=(None, State.APPROVED, State.DRAFT)[place % 3],
            comment="0112" if place == 0 else "",
        )
        for place, text in enumerate(texts)
    )
    return Sheet(
        title="Rights & film",
        language=find_language(tag),
        reference=find_language("en"),
        rows=tuple(rows),
        cps=Fraction(13),
        cps_error=Fraction(51, 2),
    )
