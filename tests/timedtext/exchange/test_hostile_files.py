"""Is a file that would fill the memory, reach outside of itself or bring a program along refused in a moment?"""

from __future__ import annotations

import time
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from babelreel.errors import UsageError
from babelreel.timedtext.exchange.forms import Form, read_returned, write_sheet
from support.sheets import sheet_of

#: The aim is one on a quiet machine, where the slowest takes 0.6; a busy one gets four times as much.
SECONDS = 4
SHEET = "xl/worksheets/sheet2.xml"


def with_parts(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Put parts into a packed file, or others in their places."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


ROWS = b"<worksheet><sheetData>" + b"<row><c/></row>" * 1_000_000 + b"</sheetData></worksheet>"
FAR = b'<worksheet><sheetData><row><c r="A1048576" t="n"><v>1</v></c></row></sheetData></worksheet>'
LAUGHS = b'<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><a>&b;</a>'
OUTSIDE = b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><a>&a;</a>'


def refused(data: bytes, name: str) -> str:
    started = time.process_time()
    with pytest.raises(UsageError) as error:
        read_returned(data, name)
    assert time.process_time() - started < SECONDS
    return error.value.why


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ({"xl/vbaProject.bin": b"x"}, "a macro"),
        ({"xl/externalLinks/externalLink1.xml": b"<a/>"}, "other files"),
        ({"xl/connections.xml": b"<a/>"}, "other files"),
        ({SHEET: LAUGHS}, "DOCTYPE"),
        ({"xl/sharedStrings.xml": OUTSIDE}, "DOCTYPE"),
        ({SHEET: ROWS}, "far more rows"),
        ({SHEET: FAR}, "far more"),
        ({SHEET: b"<worksheet>" + b" " * (1 << 28)}, "256 MiB"),
        ({f"xl/worksheets/more{each}.xml": b"<a>" + b"<b/>" * 400_000 + b"</a>" for each in range(9)}, "far more rows"),
        ({f"xl/worksheets/more{each}.xml": b"<a>" + b" " * (1 << 24) + b"</a>" for each in range(9)}, "MiB"),
        ({SHEET: b"<a>" * 100}, "deep"),
        ({SHEET: b"<a"}, "well-formed"),
    ],
    ids=[
        "macro",
        "links",
        "connections",
        "entities",
        "outside",
        "rows",
        "far row",
        "bomb",
        "sheets",
        "bombs",
        "deep",
        "broken",
    ],
)
def test_a_hostile_sheet_is_refused_in_words(parts: Mapping[str, bytes], why: str) -> None:
    data = with_parts(write_sheet(sheet_of(("a", "b")), Form.XLSX), parts)
    assert why in refused(data, "film.xlsx")


def test_a_hostile_document_is_refused_in_words() -> None:
    data = write_sheet(sheet_of(("a", "b")), Form.DOCX)
    assert "DOCTYPE" in refused(with_parts(data, {"word/document.xml": LAUGHS}), "film.docx")
    assert "macro" in refused(with_parts(data, {"word/vbaProject.bin": b""}), "film.docx")
    assert "MiB" in refused(with_parts(data, {"word/document.xml": b" " * (1 << 28)}), "film.docx")


@pytest.mark.parametrize("name", ["film.xliff", "film.xlf"])
def test_entities_and_a_million_units_are_refused(name: str) -> None:
    assert "DOCTYPE" in refused(LAUGHS, name)
    assert "DOCTYPE" in refused(OUTSIDE, name)
    assert "far more rows" in refused(b"<xliff>" + b"<unit/>" * 1_000_000 + b"</xliff>", name)


KEY = b"fr_1__0_unknown_000000000000_000000000000_000000"


@pytest.mark.parametrize("data", [b"a," * 2_000_000, (KEY + b",") * 80_000, (KEY + b"\n") * 80_000, b'a;"b\n' * 90_000])
def test_a_table_of_text_with_too_many_columns_or_with_keys_that_are_none_is_read_in_a_moment(data: bytes) -> None:
    started = time.process_time()
    assert read_returned(data, "film.csv").rows == ()
    assert time.process_time() - started < SECONDS


@pytest.mark.parametrize(
    "data", [b'msgid "a"\nmsgstr "b"\n\n' * 100_000, b"\x0b" * 8_000_000, b'msgid "a"' * 1_000_000]
)
def test_a_catalogue_of_a_million_rows_is_refused(data: bytes) -> None:
    assert "far more rows" in refused(data, "film.po")


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(512), "film.xlsx", "password"),
        (b"PK", "film.xlsx", "not a file of Word or Excel"),
        (b"", "film.docx", "not a file of Word or Excel"),
        (b"\xff\xfe", "film.po", "no PO file"),
        (b"msgid \nrubbish", "film.po", "no PO file"),
        (b"msgid", "film.pdf", "its name ends with none of"),
        (b"<tmx/>", "film.xlf", "no XLIFF"),
    ],
)
def test_what_is_no_such_file_is_told(data: bytes, name: str, why: str) -> None:
    assert why in refused(data, name)
