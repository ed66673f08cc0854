"""What is told of a table in which a program or a slip of the hand changed more than the translator meant?"""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl.comments import Comment

from babelreel.app.exchange.receive import Wish, receive
from babelreel.app.exchange.send import send
from babelreel.config.read import read_project
from babelreel.errors import UsageError
from babelreel.model.exchange.receipt import Fate, Receipt
from babelreel.model.project import Project
from babelreel.timedtext.exchange.forms import Form, read_returned
from support.exchanges import column, edited, french, received, told, typed, write

ENGLISH = ("You have the right to a lawyer.", "0800", "A lawyer costs nothing.", "Call 0800 or 112.")
FRENCH = ("Tu as droit à un avocat.", "0800", "Un avocat ne coûte rien\u202f!", "Appelle \u206612-34\u2069.")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "subtitles").mkdir()
    write(tmp_path, "en", *ENGLISH)
    write(tmp_path, "fr", *FRENCH)
    return read_project(tmp_path)


def sheet_of(project: Project) -> Path:
    return send(project, "fr", Form.XLSX).path


def fates(receipt: Receipt) -> list[tuple[str, Fate]]:
    return [(row.place, row.fate) for row in receipt.rows]


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (800, "zeros of a number"),
        (800.0, "zeros of a number"),
        (801, "a number or a date"),
        (date(2026, 8, 1), "a number or a date"),
        ("=1+1", "a formula"),
        (True, "a truth value"),
        ("#NAME?", "an error"),
    ],
)
def test_what_a_program_made_of_a_number_is_told_by_its_cell_and_not_taken(
    project: Project, value: object, why: str
) -> None:
    def edit(page: Any) -> None:  # noqa: ANN401 - of openpyxl
        cell = page.cell(row=3, column=column(page, "Translation"))
        cell.number_format = "General"
        cell.value = value
        if value == "#NAME?":
            cell.data_type = "e"

    before = french(project)
    receipt = received(project, edited(sheet_of(project), edit))
    if value == "=1+1":  # openpyxl keeps no value beside a formula; Excel does
        assert told(receipt) == [("cell F3", Fate.LEFT, 2)]
    else:
        assert [(row.place, row.fate, why in row.why) for row in receipt.rows] == [("cell F3", Fate.LEFT, True)]
    assert french(project) == before


def test_spaces_of_french_and_marks_of_direction_that_a_program_dropped_stay_here(project: Project) -> None:
    def edit(page: Any) -> None:  # noqa: ANN401 - of openpyxl
        typed(4, "Un avocat ne coûte rien !")(page)
        typed(5, "Appelle 12-34.")(page)

    before = french(project)
    receipt = received(project, edited(sheet_of(project), edit))
    assert fates(receipt) == [("cell F4", Fate.LEFT), ("cell F5", Fate.LEFT)]
    assert french(project) == before


def test_a_column_that_was_sorted_without_the_others_is_told_and_nothing_of_it_is_taken(project: Project) -> None:
    def edit(page: Any) -> None:  # noqa: ANN401 - of openpyxl
        at = column(page, "Translation")
        for row, text in enumerate(sorted(FRENCH), start=2):
            page.cell(row=row, column=at).value = text

    before = french(project)
    receipt = received(project, edited(sheet_of(project), edit))
    assert {row.fate for row in receipt.rows} == {Fate.LEFT}
    assert "this text was sent in another row, cell F" in receipt.rows[0].why
    assert french(project) == before


def test_a_text_that_is_copied_into_another_row_is_taken(project: Project) -> None:
    received(project, edited(sheet_of(project), typed(5, "0800")))
    assert french(project).count("0800") == 2


def test_a_text_that_no_subtitle_file_can_hold_is_told_by_its_cell_and_the_others_are_taken(project: Project) -> None:
    (project.root / "subtitles" / "fr.srt").unlink()
    path = project.root / "subtitles" / "fr.vtt"
    path.write_text("WEBVTT\n\n00:03.000 --> 00:05.500\nTu as droit.\n\n00:06.000 --> 00:08.500\n0800\n")
    before = path.read_text()

    def edit(page: Any) -> None:  # noqa: ANN401 - of openpyxl
        typed(2, "Tu as\n\ndroit.")(page)  # an empty line ends a line of WebVTT
        typed(3, "0801")(page)

    receipt = received(project, edited(sheet_of(project), edit))
    assert {(row.place, row.fate) for row in receipt.rows} == {("cell F2", Fate.LEFT), ("cell F3", Fate.TAKEN)}
    assert path.read_text() == before.replace("0800", "0801")


def test_an_original_that_was_changed_and_columns_and_notes_of_her_own_are_told(project: Project) -> None:
    def edit(page: Any) -> None:  # noqa: ANN401 - of openpyxl
        typed(2, "You have the right to one lawyer.", "Original")(page)
        page.cell(row=4, column=14).value = "Who says so?"
        page.cell(row=5, column=6).comment = Comment("Is this number right?", "Zoé")

    receipt = received(project, edited(sheet_of(project), edit))
    (row,) = receipt.rows
    assert (row.place, row.fate, row.after) == ("cell F2", Fate.LEFT, "You have the right to one lawyer.")
    assert "the original was changed" in row.why
    notes = " ".join(receipt.notes)
    assert "cell N4: this column is none of ours" in notes
    assert "Is this number right?" in notes


def test_heads_that_were_made_one_are_no_news_and_a_title_above_them_moves_the_rows(project: Project) -> None:
    def edit(page: Any) -> None:  # noqa: ANN401 - of openpyxl
        page.insert_rows(1, 2)
        page.cell(row=1, column=2).value = "Our film"
        page.merge_cells("B1:H2")
        page.cell(row=6, column=6).value = "Un avocat est gratuit."

    receipt = received(project, edited(sheet_of(project), edit))
    assert (told(receipt), receipt.notes) == ([("cell F6", Fate.TAKEN, 3)], ())


def test_a_sheet_that_was_copied_into_another_one_is_read_too(project: Project) -> None:
    path = sheet_of(project)

    def edit(page: Any) -> None:  # noqa: ANN401 - of openpyxl
        copy = page.parent.copy_worksheet(page)
        copy.title = "backup"
        typed(2, "Tu as droit à une avocate.")(copy)

    before = french(project)
    receipt = received(project, edited(path, edit))
    (row,) = receipt.rows
    assert (row.place, row.fate, row.after) == ("cell F2 of sheet 3", Fate.LEFT, "Tu as droit à une avocate.")
    assert french(project) == before


@pytest.mark.parametrize("text", ["??? ???? ?? ??????", "DÃ©jÃ\u00a0 coÃ»te trÃ¨s", "Tu as droit \ufffd un avocat"])
def test_letters_that_were_lost_on_the_way_are_refused_in_words(project: Project, text: str) -> None:
    before = french(project)
    with pytest.raises(UsageError, match="Letters of the translation were lost"):
        received(project, edited(sheet_of(project), typed(2, text)))
    assert french(project) == before


def table_of(path: Path) -> list[list[str]]:
    """Give the cells of the second sheet as a program exports them."""
    grids: list[list[str]] = []

    def read(page: Any) -> None:  # noqa: ANN401 - of openpyxl
        grids.extend([["" if cell is None else str(cell) for cell in row] for row in page.values])

    edited(path, read)
    return grids


@pytest.mark.parametrize(
    ("delimiter", "encoding", "ending", "newline"),
    [(",", "utf-8", "csv", "\n"), (";", "utf-8-sig", "csv", "\r\n"), ("\t", "utf-16", "txt", "\r\n")],
    ids=["Google", "Excel", "Unicode text"],
)
def test_a_table_that_was_exported_as_text_comes_back(
    project: Project, delimiter: str, encoding: str, ending: str, newline: str
) -> None:
    rows = table_of(sheet_of(project))
    rows[3][5] = "Un avocat; il ne\ncoûte rien, « dit-on »"
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=newline).writerows(rows)
    path = project.root / f"film.{ending}"
    path.write_bytes(out.getvalue().encode(encoding))
    assert told(received(project, path)) == [("cell F4", Fate.TAKEN, 3)]
    assert "Un avocat; il ne\ncoûte rien, « dit-on »" in french(project)


def test_a_table_in_a_code_page_is_refused_and_says_how_to_save_it(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "film.fr.csv"
    path.write_bytes("Call 112.;Appelle à 112.\n".encode("cp1252"))
    with pytest.raises(UsageError, match=r"(?s)not in Unicode.*CSV UTF-8"):
        receive(project, path, Wish(by="Zoé"))


@pytest.mark.parametrize("data", [b'"' * 99, b"\0" * 64, b"", b"\n" * 200_000, b"a," * 2_500_000])
def test_what_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises(UsageError, match="The file was not read"):
        read_returned(data, "film.csv")


def test_a_table_of_word_whose_columns_were_swapped_and_that_was_cut_in_two_comes_back(project: Project) -> None:
    path = send(project, "fr", Form.DOCX).path
    with ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    head, *rows = parts["word/document.xml"].split("<w:tr>")
    last, tail = rows[-1].split("</w:tbl>", 1)
    rows = [*rows[:-1], last]
    swapped = ["<w:tr>" + _with_text_first(row) for row in rows]
    swapped[3] = swapped[3].replace("Un avocat", "Une avocate")
    table = head[head.index("<w:tbl>") :]
    cut = "".join(swapped[:3]) + "</w:tbl><w:p/>" + table + "".join(swapped[3:])
    parts["word/document.xml"] = f"{head}{cut}</w:tbl>{tail}"
    with ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    receipt = received(project, path)
    assert [(row.place, row.fate, row.line) for row in receipt.rows] == [("row 1 of table 2", Fate.TAKEN, 3)]
    assert receipt.unnamed == ()


def _with_text_first(row: str) -> str:
    """Put the translation, the fifth cell, before all others."""
    start, body = row[: row.index("<w:tc>")], row[row.index("<w:tc>") :]
    cells = [f"{cell}</w:tc>" for cell in body.split("</w:tc>")[:-1]]
    return "".join((start, cells[4], *cells[:4], *cells[5:], body.split("</w:tc>")[-1]))


@pytest.mark.parametrize("tag", ["fr", "nl"])
def test_a_sheet_of_another_film_is_refused(project: Project, tag: str) -> None:
    path = edited(send(project, tag, Form.XLSX).path, typed(2, "Tu as raison."))
    write(project.root, "en", "Trains are late.", "Wait here.", "A bus comes.", "Get on it.")
    write(project.root, "fr", "Les trains sont en retard.", "Attends ici.", "Un bus arrive.", "Monte.")
    before = french(project)
    with pytest.raises(UsageError, match="another film"):
        received(project, path)
    assert french(project) == before
    assert not (project.root / "subtitles" / "nl.srt").exists()
