"""Write and read lines in a table of Word.

The file has the three parts that Word asks for, written here: a library for it would bring ten megabytes of another one
along, and the table needs nothing of either.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree as ET  # only for its tree: the parser is ours
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from babelreel.model.exchange.grid import Grid
from babelreel.model.exchange.row_key import tidy
from babelreel.model.exchange.sheets import Returned, SentRow, Sheet
from babelreel.model.language import Language
from babelreel.model.ledger.entries import State
from babelreel.model.timecode import render_clock
from babelreel.timedtext.exchange.archives import Archive, open_archive, refuse_file
from babelreel.timedtext.exchange.grid import Column, rows_of_all

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
#: Twentieths of a point; the page is A4, on its side.
_WIDTHS = {
    Column.KEY: 700,
    Column.NUMBER: 700,
    Column.TIME: 1200,
    Column.SOURCE: 3600,
    Column.EARLIER: 2400,
    Column.TEXT: 4000,
    Column.STATE: 1200,
    Column.COMMENT: 1700,
}
_SMALL = '<w:rPr><w:color w:val="FFFFFF"/><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr>'


def write_docx(sheet: Sheet) -> bytes:
    """Write one table with a row for each line; the keys stand in it, too small to be seen."""
    columns = [each for each in _WIDTHS if each is not Column.EARLIER or any(row.earlier for row in sheet.rows)]
    columns = [each for each in columns if each is not Column.SOURCE or sheet.reference]
    heads = "".join(_cell(column, _head(column, sheet), None) for column in columns)
    rows = "".join(f"<w:tr>{_cells(row, columns, sheet)}</w:tr>" for row in sheet.rows)
    direction = "<w:bidiVisual/>" if sheet.language.is_rtl else ""
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{_WIDTHS[column]}"/>' for column in columns)
    body = (
        f"<w:p><w:r><w:t>{escape(tidy(sheet.title))}: {escape(sheet.language.name)}</w:t></w:r></w:p>"
        f'<w:tbl><w:tblPr>{direction}<w:tblW w:w="0" w:type="auto"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid><w:tr><w:trPr><w:tblHeader/></w:trPr>{heads}</w:tr>{rows}</w:tbl><w:p/>"
        '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
        '<w:pgMar w:top="700" w:right="700" w:bottom="700" w:left="700" w:header="0" w:footer="0" w:gutter="0"/>'
        "</w:sectPr>"
    )
    document = f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _RELATIONS),
            ("word/document.xml", document),
        ):
            archive.writestr(ZipInfo(name), f"{_HEAD}{content}", ZIP_DEFLATED)
    return out.getvalue()


def _head(column: Column, sheet: Sheet) -> str:
    if column is Column.SOURCE and sheet.reference:
        return f"{column} ({sheet.reference.name})"
    return f"{column} ({sheet.language.name})" if column is Column.TEXT else column.partition(" (")[0]


def _cells(row: SentRow, columns: list[Column], sheet: Sheet) -> str:
    seconds = f"{max(0, row.span.duration_ms) / 1000:.2f}"
    values = {
        Column.KEY: str(row.key),
        Column.NUMBER: str(row.label),
        Column.TIME: f"{render_clock(row.span.start_ms)}\n{seconds} s",
        Column.SOURCE: row.source,
        Column.EARLIER: row.earlier,
        Column.TEXT: row.text,
        Column.STATE: row.state.value if row.state and row.state is not State.UNKNOWN else "",
        Column.COMMENT: row.comment,
    }
    languages = {Column.SOURCE: sheet.reference, Column.EARLIER: sheet.reference, Column.TEXT: sheet.language}
    return "".join(_cell(column, values[column], languages.get(column)) for column in columns)


def _cell(column: Column, text: str, language: Language | None) -> str:
    is_rtl = language is not None and language.is_rtl
    # said both ways: in a table from right to left LibreOffice sets all paragraphs so
    paragraph = "<w:pPr><w:bidi/></w:pPr>" if is_rtl else '<w:pPr><w:bidi w:val="0"/></w:pPr>'
    run = "<w:rPr><w:rtl/></w:rPr>" if is_rtl else _SMALL if column is Column.KEY else ""
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in tidy(text).split("\n"))
    return f"<w:tc><w:p>{paragraph}<w:r>{run}{lines}</w:r></w:p></w:tc>"


def read_docx(data: bytes, name: str) -> Returned:
    """Read the rows of the tables that hold keys; else of the longest one. Raises ``UsageError``."""
    archive = open_archive(data, name)
    root = archive.xml("word/document.xml")
    grids = [] if root is None else [_grid(table) for table in root.iter(f"{{{_W}}}tbl")]
    if not grids:
        refuse_file(name, "there is no table in it")
    returned = rows_of_all(grids, name)
    return replace(returned, notes=(*returned.notes, *_comments(archive)))


def _comments(archive: Archive) -> Iterator[str]:
    """Yield what was written at the margin: nothing of it is read as a comment on a line."""
    root = archive.xml("word/comments.xml")
    for each in [] if root is None else root.iter(f"{{{_W}}}comment"):
        text = " ".join("".join(_pieces(paragraph)) for paragraph in each.iter(f"{{{_W}}}p")).strip()
        if text:
            yield f"at the margin stands, and is kept nowhere: {text}"


def _grid(table: ET.Element) -> Grid:
    rows = tuple(tuple(_cell_texts(row)) for row in table.iter(f"{{{_W}}}tr"))
    return Grid(rows=rows)


def _cell_texts(row: ET.Element) -> Iterator[str]:
    for cell in row.iter(f"{{{_W}}}tc"):
        yield "\n".join("".join(_pieces(paragraph)) for paragraph in cell.iter(f"{{{_W}}}p"))


def _pieces(paragraph: ET.Element) -> Iterator[str]:
    """Yield what is read in a paragraph, without what was deleted or moved away while changes are tracked."""
    for each in paragraph:
        kind = each.tag.rpartition("}")[2]
        if kind in {"r", "ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "bdo", "dir"}:
            yield from _pieces(each)
        elif kind == "t":
            yield each.text or ""
        elif kind in {"br", "cr"}:
            yield "\n"
        elif kind == "tab":
            yield "\t"
        elif kind == "noBreakHyphen":
            yield "\u2011"
