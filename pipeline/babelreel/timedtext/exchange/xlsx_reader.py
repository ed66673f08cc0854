"""Read the cells of an .xlsx file, whichever program saved it last.

openpyxl writes such files here and does not read them: it would unpack what no film needs, and follow what it finds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree as ET  # only for its tree: the parser is ours

from babelreel.model.exchange.grid import Grid
from babelreel.model.exchange.sheets import Returned
from babelreel.timedtext.exchange.archives import Archive, open_archive, refuse_file
from babelreel.timedtext.exchange.grid import MOST_COLUMNS, YOUR_NAME, rows_of_all

_COMMENTS = re.compile(r"xl/(comments/)?comments?\d*\.xml")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
#: The types of cells that are no text (ECMA-376, 18.18.11).
_KINDS = {
    "n": "a number or a date stands here, which a program may have made (800 of 0800); write it as text",
    "d": "a date stands here, which a program may have made of a number; write it as text",
    "b": "a truth value stands here; write it as text",
    "e": "an error of a formula stands here; write the text itself",
}
#: No film has so many lines.
_MOST_ROWS = 100_000


def read_xlsx(data: bytes, name: str) -> Returned:
    """Read the rows of the sheets that hold keys; else of the one with most rows. Raises ``UsageError``."""
    archive = open_archive(data, name)
    strings = _shared_strings(archive)
    parts = sorted(part for part in archive.sizes if _SHEET.fullmatch(part))
    grids = [_grid(root, strings, name) for part in parts if (root := archive.xml(part)) is not None]
    if not grids:
        refuse_file(name, "there is no sheet in it")
    by = next((found for grid in grids for found in _names(grid)), "")
    returned = rows_of_all(grids, name)
    return replace(returned, by=by, notes=(*returned.notes, *_comments(archive)))


def _comments(archive: Archive) -> Iterator[str]:
    """Yield what was written on cells as notes: nothing of it is read as a comment on a line."""
    for part in sorted(part for part in archive.sizes if _COMMENTS.fullmatch(part)):
        root = archive.xml(part)
        for each in [] if root is None else root.iter(f"{_namespace(root)}comment"):
            text = " ".join(_text(inner) for inner in each if inner.tag.endswith("}text")).strip()
            if text:
                yield f"on cell {each.get('ref', '')} stands a note, which is kept nowhere: {' '.join(text.split())}"


def _names(grid: Grid) -> Iterator[str]:
    for row in grid.rows:
        for place, cell in enumerate(row):
            if cell.strip() == YOUR_NAME:
                yield next((each.strip() for each in row[place + 1 :] if each.strip()), "")


def _shared_strings(archive: Archive) -> list[str]:
    root = archive.xml("xl/sharedStrings.xml")
    return [] if root is None else [_text(each) for each in root if each.tag.endswith("}si")]


def _text(element: ET.Element) -> str:
    """Join the runs of a text; what is written above letters to show how they sound is left out."""
    parts: list[str] = []
    for each in element:
        kind = each.tag.rpartition("}")[2]
        if kind == "t":
            parts.append(each.text or "")
        elif kind == "r":
            parts.append(_text(each))
    return _ESCAPE.sub(_unescaped, "".join(parts))


def _unescaped(match: re.Match[str]) -> str:
    """Decode a character that stands as an escape in a file of Excel; half of one stays (ECMA-376, 22.9.2.19)."""
    number = int(match[1], 16)
    return match[0] if 0xD800 <= number < 0xE000 else chr(number)  # noqa: PLR2004 - the surrogates


def _grid(root: ET.Element, strings: list[str], name: str) -> Grid:
    rows: dict[int, dict[int, str]] = {}
    doubts: dict[tuple[int, int], str] = {}
    for cell in root.iter(f"{_namespace(root)}c"):
        found = _REFERENCE.fullmatch(cell.get("r", ""))
        if found is None or not (value := _value(cell, strings)):
            continue
        row, column = int(found[2]) - 1, _column(found[1])
        if column < MOST_COLUMNS:
            rows.setdefault(row, {})[column] = value
            if doubt := _doubt(cell):
                doubts[row, column] = doubt
    if rows and max(rows) >= _MOST_ROWS:
        refuse_file(name, f"it has a row {max(rows) + 1}: far more than any film has lines", "Delete the empty rows.")
    merged = tuple(each.get("ref", "") for each in root.iter(f"{_namespace(root)}mergeCell"))
    return Grid(
        rows=tuple(_laid(rows.get(number, {})) for number in range(max(rows, default=-1) + 1)),
        is_lettered=True,
        merged=merged,
        doubts=doubts,
    )


def _laid(row: dict[int, str]) -> tuple[str, ...]:
    return tuple(row.get(column, "") for column in range(max(row, default=-1) + 1))


def _value(cell: ET.Element, strings: list[str]) -> str:
    kind = cell.get("t", "n")
    namespace = _namespace(cell)
    if kind == "inlineStr":
        inline = cell.find(f"{namespace}is")
        return "" if inline is None else _text(inline)
    value = cell.findtext(f"{namespace}v") or ""
    if kind == "s":
        return strings[int(value)] if value.isdecimal() and int(value) < len(strings) else ""
    return _ESCAPE.sub(_unescaped, value) if kind == "str" else value


def _doubt(cell: ET.Element) -> str:
    """Say why what stands in a cell may be a program's doing: only a text is surely what somebody wrote."""
    if cell.find(f"{_namespace(cell)}f") is not None:
        return "a formula stands here; write the text itself"
    return _KINDS.get(cell.get("t", "n"), "")


def _namespace(element: ET.Element) -> str:
    return element.tag[: element.tag.rfind("}") + 1]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1
