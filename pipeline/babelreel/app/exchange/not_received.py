"""Keep what nobody has received yet of a file that a new one would be written over."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from babelreel.errors import BabelreelError
from babelreel.model.exchange.row_key import short_digest
from babelreel.model.exchange.sheets import ReturnedRow, Sheet
from babelreel.model.ledger.entries import State
from babelreel.regular_files import is_taken, read_regular
from babelreel.system_errors import house_errors
from babelreel.timedtext.exchange.forms import read_returned


def move_aside(path: Path, sheet: Sheet, content: bytes) -> Path | None:
    """Rename an earlier file in which somebody wrote (film.fr.xlsx to film.1.fr.xlsx), and return the new path.

    ``None`` where nothing would be lost. ``content`` is what is to be written. Raises ``MachineError``.
    """
    if not path.is_file():
        return None
    with house_errors(path):
        try:
            data = read_regular(path)
        except ValueError:  # larger than any file of ours
            data = b""
    if data == content or not _holds_more(data, path.name, sheet):
        return None
    title, tag, ending = path.name.rsplit(".", 2)
    others = (path.with_name(f"{title}.{number}.{tag}.{ending}") for number in count(1))
    with house_errors(path):
        aside = next(each for each in others if not is_taken(each))
        path.rename(aside)
    return aside


def _holds_more(data: bytes, name: str, sheet: Sheet) -> bool:
    """Tell whether anything is in a file but what was sent in it or is here now; also of what is no file of ours."""
    try:
        returned = read_returned(data, name)
    except BabelreelError:
        return True
    texts = {short_digest(row.text) for row in sheet.rows} | {short_digest("")}
    comments = {short_digest(row.comment) for row in sheet.rows} | {short_digest("")}
    states = {(short_digest(row.text), row.state) for row in sheet.rows}

    def is_here(row: ReturnedRow) -> bool:
        text = short_digest(row.text)
        sent = row.key and (State.UNKNOWN if row.state is None else row.state) == row.key.state
        return (
            (text in texts or bool(row.key and text == row.key.text))
            and short_digest(row.comment or "") in comments
            and bool(row.state is None or sent or (text, row.state) in states)
        )

    return returned.grid is not None or not all(map(is_here, returned.rows))
