"""Write and read lines in a PO file, as agencies and Weblate take it.

``msgctxt`` is the key of the row, ``msgid`` what the film says, ``#| msgid`` what it said before; a line that is not
finished, or whose source was changed, is fuzzy. ``forms`` loads this module only where there is such a file.
"""

from __future__ import annotations

import re
from typing import Any

import polib

from babelreel.errors import UsageError
from babelreel.model.exchange.row_key import parse_key, tidy
from babelreel.model.exchange.sheets import Returned, ReturnedRow, SentRow, Sheet
from babelreel.model.ledger.entries import State
from babelreel.model.timecode import render_clock
from babelreel.timedtext.exchange.archives import refuse_file

#: A header of polib's is none of ours: a file with the same lines has the same bytes.
#: The catalogue of the longest film that we know of has a tenth of this.
_MOST_BYTES, _MOST_LINES = 1 << 23, 200_000
_STATE = re.compile(r"^State: (draft|translated|approved|changed)$", re.MULTILINE)


def write_po(sheet: Sheet) -> bytes:
    """Write a catalogue in UTF-8, the lines in the order of time."""
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = {
        "Project-Id-Version": sheet.title or "film",
        # gettext asks for these three; who fills them in is the translator's program
        "PO-Revision-Date": "",
        "Last-Translator": "",
        "Language-Team": "",
        "Language": sheet.language.tag.replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    catalogue.extend(_entry(row) for row in sheet.rows)
    return f"{catalogue}\n".encode()


def _entry(row: SentRow) -> Any:  # noqa: ANN401 - of polib
    seconds = f"{max(0, row.span.duration_ms) / 1000:.2f}"
    about = "Words in the picture" if row.sign else f"Line {row.number}"
    state = f"\nState: {row.state}" if row.state and row.state is not State.UNKNOWN else ""
    state = "\nState: changed" if row.earlier else state
    return polib.POEntry(
        msgctxt=str(row.key),
        msgid=row.source or row.text,
        msgstr=row.text,
        previous_msgid=row.earlier or None,
        comment=f"{about}, {render_clock(row.span.start_ms)}, {seconds} s{state}",
        tcomment=row.comment,
        flags=["fuzzy"] if row.text and (row.earlier or row.state is State.DRAFT) else [],
    )


def read_po(data: bytes, name: str) -> Returned:
    """Read a catalogue; raises ``UsageError`` for anything else."""
    if len(data) > _MOST_BYTES or len(data.decode("utf-8-sig", "replace").splitlines()) > _MOST_LINES:
        refuse_file(name, "it has far more rows than any film has lines", "Take out what is no line of the film.")
    try:
        # with a line end polib takes it for a text, and not for the name of a file
        catalogue = polib.pofile(data.decode("utf-8-sig") + "\n")
    except (OSError, ValueError, UnicodeError, IndexError, AttributeError) as error:
        raise UsageError(
            what="The file was not read.",
            where=name,
            why=f"it is no PO file in UTF-8: {error}",
            hint="Export it as .po.",
        ) from None
    rows = (
        ReturnedRow(
            place=f"row {entry.linenum}",
            key=parse_key(entry.msgctxt or ""),
            text=entry.msgstr,
            source=entry.msgid,
            state=_state(entry.comment, is_fuzzy="fuzzy" in entry.flags),
            comment=tidy(entry.tcomment),
        )
        for entry in catalogue
        if not entry.obsolete
    )
    return Returned(rows=tuple(rows))


def _state(comment: str, *, is_fuzzy: bool) -> State | None:
    """Conclude what a program says of a line from its own mark and our comment, which no program changes.

    A line that we made fuzzy because its source changed says nothing as long as it stays fuzzy; without that mark
    somebody found it right, or put it right. The same holds for a draft.
    """
    found = _STATE.search(comment)
    sent = found[1] if found else ""
    if is_fuzzy:
        return None if sent == "changed" else State.DRAFT
    if sent in {"changed", State.DRAFT}:
        return State.TRANSLATED
    return State(sent) if sent else None
