"""Does every line come back as it was sent, in every form, also when an office program has saved the file?"""

from __future__ import annotations

import shutil
import subprocess
import time
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from babelreel.model.exchange.row_key import tidy
from babelreel.model.exchange.sheets import Returned, Sheet
from babelreel.model.ledger.entries import State
from babelreel.timedtext.exchange.forms import Form, read_returned, write_sheet
from support.sheets import DIFFICULT, sheet_of

TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20).filter(tidy)


#: The forms with keys that come back as they are; a page sends back a file of another form (test_answer.py).
KEYED = tuple(form for form in Form if form not in {Form.SRT, Form.PAGE})


def back(sheet: Sheet, form: Form) -> Returned:
    return read_returned(write_sheet(sheet, form), f"film.{form.ending}")


def assert_same(sheet: Sheet, returned: Returned) -> None:
    assert [tidy(row.text) for row in returned.rows] == [tidy(row.text) for row in sheet.rows]
    assert [row.key for row in returned.rows] == [row.key for row in sheet.rows]
    assert [tidy(row.source) for row in returned.rows] == [row.source for row in sheet.rows]
    assert (returned.rows[0].comment, returned.notes) == ("0112", ())


@pytest.mark.parametrize("form", KEYED)
def test_every_text_and_key_comes_back(form: Form) -> None:
    sheet = sheet_of()
    assert_same(sheet, back(sheet, form))


@pytest.mark.parametrize("form", KEYED)
@settings(max_examples=25, deadline=None)
@given(st.lists(TEXT, min_size=1, max_size=4))
def test_any_text_comes_back(form: Form, texts: list[str]) -> None:
    sheet = sheet_of(tuple(map(tidy, texts)))
    assert_same(sheet, back(sheet, form))


@pytest.mark.parametrize("form", KEYED)
def test_states_come_back(form: Form) -> None:
    rows = back(sheet_of(("a", "b", "c")), form).rows
    # a line whose source changed is fuzzy in a catalogue, and says nothing; so does "initial" in XLIFF 2.1
    middle = None if form is Form.PO else State.APPROVED
    last = None if form is Form.XLIFF else State.DRAFT
    assert [row.state for row in rows] == [None, middle, last]


def test_a_catalogue_in_which_somebody_took_the_mark_away_says_that_the_line_is_right() -> None:
    data = write_sheet(sheet_of(("a", "b", "c")), Form.PO).replace(b"#, fuzzy\n", b"")
    assert [row.state for row in read_returned(data, "film.po").rows] == [None, State.TRANSLATED, State.TRANSLATED]


def test_what_was_deleted_in_word_while_changes_are_tracked_is_not_read() -> None:
    out = BytesIO()
    with ZipFile(BytesIO(write_sheet(sheet_of(("Call 112.",)), Form.DOCX))) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            old_run = b'<w:r><w:t xml:space="preserve">Call 112.</w:t></w:r>'
            run = b"<w:r><w:t>%s</w:t></w:r>"
            changed = b"<w:moveFrom>%s</w:moveFrom><w:del><w:r><w:delText>No</w:delText></w:r></w:del><w:ins>%s</w:ins>"
            content = old.read(name).replace(b"<w:rPr><w:rtl/></w:rPr>", b"")
            new.writestr(name, content.replace(old_run, changed % (run % b"Gone", run % b"Ring 112.")))
    (row,) = read_returned(out.getvalue(), "film.docx").rows
    assert row.text == "Ring 112."


@pytest.mark.parametrize("form", [Form.XLSX, Form.DOCX])
def test_libreoffice_saves_the_file_and_every_line_comes_back(form: Form, tmp_path: Path) -> None:
    sheet = sheet_of(DIFFICULT)
    path = tmp_path / f"film.{form.ending}"
    path.write_bytes(write_sheet(sheet, form))
    saved = saved_by_libreoffice(path, tmp_path / "saved")
    assert saved.read_bytes() != path.read_bytes()
    assert_same(sheet, read_returned(saved.read_bytes(), saved.name))


def saved_by_libreoffice(path: Path, folder: Path) -> Path:
    program = shutil.which("soffice")
    assert program, "apt-get install libreoffice-calc libreoffice-writer"
    profile = f"-env:UserInstallation=file://{folder.parent}/profile"
    kind = path.suffix.removeprefix(".")
    subprocess.run(
        [program, "--headless", profile, "--convert-to", kind, "--outdir", folder, path],
        check=True,
        capture_output=True,
    )
    return folder / path.name


def test_thirteen_sheets_of_five_hundred_lines_are_written_and_read_quickly() -> None:
    sheet = sheet_of(tuple(f"{DIFFICULT[place % len(DIFFICULT)]} {place}" for place in range(500)))
    back(sheet, Form.XLSX)  # what is loaded once is loaded
    started = time.process_time()
    assert_same(sheet, back(sheet, Form.XLSX))
    # 13 of them in two seconds of a quiet machine (benchmarks/exchange.py); a busy one gets ten times as much
    assert time.process_time() - started < 10 * 2 / 13
