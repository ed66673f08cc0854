"""Read the small file that a translator's page makes of what she wrote in it.

It is JSON with a sum over it: a file that was cut, or changed by hand, is refused as a whole. It has the name of a
text, which programs for mail let through and phones share.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from typing import NoReturn

from babelreel.model.exchange.row_key import parse_key, tidy
from babelreel.model.exchange.sheets import Returned, ReturnedRow
from babelreel.model.json_codec import decode, encode, parse_json
from babelreel.model.ledger.entries import State
from babelreel.timedtext.encoding.decode import unicode_text
from babelreel.timedtext.exchange.archives import refuse_file
from babelreel.timedtext.exchange.delimited import read_delimited

_KIND = "babelreel answer 1"
#: Such a file is begun by a page of any version.
_BEGINS = '"kind":"babelreelanswer'
#: The answer for the longest film that we know of has a tenth of this.
_MOST_BYTES, _MOST_LINES = 1 << 22, 20_000
_HINT = "Ask for it again: “Send back” in the page makes a new file."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line as she left it: ``state`` where she chose one, ``comment`` where she changed it."""

    key: str
    source: str
    text: str
    state: State | None
    comment: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """The whole file; ``sum`` is the CRC-32 of all other fields, as the shortest JSON in UTF-8."""

    kind: str
    film: str
    by: str
    lines: tuple[_Line, ...]
    sum: str


def read_text(data: bytes, name: str) -> Returned:
    """Read a file of text: an answer, or a table; raises ``UsageError``."""
    text = unicode_text(data[:1000]) or data[:200].decode("utf-8", "replace")
    is_answer = _BEGINS in "".join(text.split())
    return read_answer(data, name) if is_answer else read_delimited(data, name)


def read_answer(data: bytes, name: str) -> Returned:
    """Read what a page made; raises ``UsageError`` for what is damaged, was changed by hand, or is no answer."""
    if len(data) > _MOST_BYTES:
        refuse_file(name, "it is far larger than the lines of any film", _HINT)
    text = unicode_text(data)
    if text is None:
        refuse_file(name, "it is no text in Unicode", _HINT)
    try:
        document = parse_json(text.removeprefix("\ufeff"))
    except ValueError as error:
        refuse_file(name, f"it did not come whole, or was changed by hand: {error}", _HINT)
    if not isinstance(document, dict) or not str(document.get("kind")).startswith("babelreel answer"):
        refuse_file(name, "no page of ours made it", "Send back the file that “Send back” in the page makes.")
    if document["kind"] != _KIND:
        refuse_file(name, f"it is “{document['kind']!s:.40}”, of another version of babelreel", "Send the page anew.")
    try:
        answer = decode(document, _Answer)
        is_whole = _sum(answer) == answer.sum
    except ValueError:  # a lone half of a sign is one too
        is_whole = False
    if not is_whole:
        refuse_file(name, "it did not come whole, or was changed by hand: its sum is another one", _HINT)
    if len(answer.lines) > _MOST_LINES:
        refuse_file(name, "it has far more lines than any film", _HINT)
    return Returned(
        rows=tuple(_row(line, number) for number, line in enumerate(answer.lines, start=1)),
        by=" ".join(tidy(answer.by).split()),
    )


def refuse_page(_data: bytes, name: str) -> NoReturn:
    """Refuse the page itself, in which what was written does not stand."""
    refuse_file(
        name,
        "it is a page, and what was written into it does not stand in it",
        "Open it where it was filled in, press “Send back”, and receive the small file that this makes.",
    )


def _sum(answer: _Answer) -> str:
    document = {name: value for name, value in encode(answer).items() if name != "sum"}
    compact = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return f"{zlib.crc32(compact.encode()):08x}"


def _row(line: _Line, number: int) -> ReturnedRow:
    return ReturnedRow(
        place=f"row {number}",
        key=parse_key(line.key),
        text=line.text,
        source=line.source,
        state=line.state,
        comment=None if line.comment is None else tidy(line.comment),
        is_state_said=line.state is not None,
    )
