"""What stands in the cells of an .xlsx file, whichever program saved it last?

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
from babelreel.timedtext.exchange.grid import YOUR_NAME, Column, find_columns, rows_of

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
#: No film has so many lines, and no sheet so many columns that a person fills in.
_MOST_ROWS, _MOST_COLUMNS = 100_000, 200


def read_xlsx(data: bytes, name: str) -> Returned:
    """Read the rows of the sheet that holds most keys; else of the one with most rows. Raises ``UsageError``."""
    archive = open_archive(data, name)
    strings = _shared_strings(archive)
    parts = sorted(part for part in archive.sizes if _SHEET.fullmatch(part))
    grids = [_grid(root, strings, name) for part in parts if (root := archive.xml(part)) is not None]
    if not grids:
        refuse_file(name, "there is no sheet in it")
    chosen = max(grids, key=lambda each: (Column.KEY in find_columns(each), len(each.rows)))
    by = next((found for grid in grids if grid is not chosen for found in _names(grid)), "")
    return replace(rows_of(chosen, name), by=by)


def _names(grid: Grid) -> Iterator[str]:
    for row in grid.rows:
        for place, cell in enumerate(row):
            if cell.strip() == YOUR_NAME:
                yield next((each.strip() for each in row[place + 1 :] if each.strip()), "")


def _shared_strings(archive: Archive) -> list[str]:
    root = archive.xml("xl/sharedStrings.xml")
    return [] if root is None else [_text(each) for each in root if each.tag.endswith("}si")]


def _text(element: ET.Element) -> str:
    """Join the runs of a text; what is said above letters to tell how they sound is left out."""
    parts: list[str] = []
    for each in element:
        kind = each.tag.rpartition("}")[2]
        if kind == "t":
            parts.append(each.text or "")
        elif kind == "r":
            parts.append(_text(each))
    return _ESCAPE.sub(_unescaped, "".join(parts))


def _unescaped(match: re.Match[str]) -> str:
    """Give the character that stands as an escape in a file of Excel; half of one is none (ECMA-376, 22.9.2.19)."""
    number = int(match[1], 16)
    return match[0] if 0xD800 <= number < 0xE000 else chr(number)  # noqa: PLR2004 - the surrogates


def _grid(root: ET.Element, strings: list[str], name: str) -> Grid:
    rows: dict[int, dict[int, str]] = {}
    for cell in root.iter(f"{_namespace(root)}c"):
        found = _REFERENCE.fullmatch(cell.get("r", ""))
        if found is None or not (value := _value(cell, strings)):
            continue
        row, column = int(found[2]) - 1, _column(found[1])
        if column < _MOST_COLUMNS:
            rows.setdefault(row, {})[column] = value
    if rows and max(rows) >= _MOST_ROWS:
        refuse_file(name, f"it has a row {max(rows) + 1}: far more than any film has lines", "delete the empty rows")
    merged = tuple(each.get("ref", "") for each in root.iter(f"{_namespace(root)}mergeCell"))
    return Grid(
        rows=tuple(_laid(rows.get(number, {})) for number in range(max(rows, default=-1) + 1)),
        is_lettered=True,
        merged=merged,
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


def _namespace(element: ET.Element) -> str:
    return element.tag[: element.tag.rfind("}") + 1]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1
