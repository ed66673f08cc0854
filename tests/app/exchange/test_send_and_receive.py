"""What becomes of lines that go to a translator and come back, while others change them here?"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from babelreel.app.exchange.receive import Wish, receive
from babelreel.app.exchange.send import send
from babelreel.app.kept_versions import undo
from babelreel.app.ledger.approve import approve, open_language
from babelreel.config.read import read_project
from babelreel.errors import UsageError
from babelreel.model.exchange.receipt import Fate
from babelreel.model.ledger.entries import State
from babelreel.model.project import Project
from babelreel.timedtext.exchange.forms import Form
from support.exchanges import ENGLISH, FRENCH, column, edited, french, received, told, typed, write
from support.tracks import srt


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "subtitles").mkdir()
    write(tmp_path, "en", *ENGLISH)
    write(tmp_path, "fr", *FRENCH)
    return read_project(tmp_path)


def sheet_of(project: Project, tag: str = "fr") -> Path:
    return send(project, tag, Form.XLSX).path


def test_what_comes_back_as_it_was_sent_changes_no_byte_and_writes_nothing(project: Project) -> None:
    before = french(project)
    receipt = received(project, sheet_of(project))
    assert (receipt.rows, receipt.paths, french(project)) == ((), (), before)


def test_a_changed_line_alone_is_written_and_its_translator_is_known(project: Project) -> None:
    before = french(project)
    receipt = received(project, edited(sheet_of(project), typed(4, "Appelle le 0800\nou le 112.")))
    assert told(receipt) == [("cell F4", Fate.TAKEN, 3)]
    assert french(project) == before.replace("Appelle le 112.", "Appelle le 0800\nou le 112.")
    (line,) = [each for each in open_language(project, "fr").standing.lines if each.cue.number == 3]
    assert line.entry is not None
    assert (line.entry.state, line.entry.by, line.entry.source) == ("translated", "Zoé", "Call 0800 or 112.")


def test_italics_of_a_changed_line_stay(project: Project) -> None:
    received(project, edited(sheet_of(project), typed(3, "Un avocat est gratuit.")))
    assert "<i>Un avocat est gratuit.</i>" in french(project)


def test_a_comment_is_kept_where_nothing_was_kept_of_any_line_before(project: Project) -> None:
    receipt = received(project, edited(sheet_of(project), typed(4, "Which number?", "Comment")))
    assert receipt.paths == ("subtitles/fr.review.toml",)
    entry = open_language(project, "fr").standing.lines[2].entry
    assert entry is not None
    assert (entry.comment, entry.state) == ("Which number?", "unknown")


def test_a_line_that_looks_like_markup_is_known_to_be_hers_too(project: Project) -> None:
    received(project, edited(sheet_of(project), typed(4, "Appelle le <b>112</b>.")))
    entry = open_language(project, "fr").standing.lines[2].entry
    assert entry is not None
    assert (entry.state, entry.by) == ("translated", "Zoé")


def test_a_line_that_was_changed_here_too_is_shown_and_stays(project: Project) -> None:
    path = sheet_of(project)
    write(project.root, "fr", *FRENCH[:2], "Compose le 112.")
    before = french(project)
    receipt = received(project, edited(path, typed(4, "Appelez le 112.")))
    assert [(row.fate, row.before, row.after) for row in receipt.rows] == [
        (Fate.CONFLICT, "Compose le 112.", "Appelez le 112.")
    ]
    assert not receipt.is_clean
    assert french(project) == before


def test_a_line_translated_from_what_the_film_said_before_is_taken_and_told_as_stale(project: Project) -> None:
    path = edited(sheet_of(project), typed(2, "Tu as le droit d’avoir un avocat."))
    write(project.root, "en", "You do not have the right to a lawyer.", *ENGLISH[1:])
    receipt = received(project, path)
    line = open_language(project, "fr").standing.lines[0]
    assert line.cue.text == "Tu as le droit d’avoir un avocat."
    assert line.entry is not None
    assert line.entry.source == "You have the right to a lawyer."
    assert (line.is_stale, receipt.stale) == (True, 1)


@pytest.mark.parametrize("form", [form for form in Form if form is not Form.PAGE])
def test_whatever_was_said_of_lines_nothing_is_said_by_what_comes_back_as_it_was_sent(
    project: Project, form: Form
) -> None:
    approve(project, "fr", (1, 2), by="Amina")
    approve(project, "fr", (3,), by="Amina", state=State.DRAFT)
    write(project.root, "en", "You do not have the right to a lawyer.", *ENGLISH[1:])
    receipt = received(project, send(project, "fr", form).path)
    assert (receipt.rows, receipt.paths, receipt.stale) == ((), (), 1)


def test_a_program_that_takes_the_mark_off_a_changed_line_says_that_it_is_still_right(project: Project) -> None:
    approve(project, "fr", by="Amina")
    write(project.root, "en", "You have the right to one lawyer.", *ENGLISH[1:])
    path = send(project, "fr", Form.PO).path
    path.write_bytes(path.read_bytes().replace(b"#, fuzzy\n", b""))
    receipt = received(project, path)
    assert (told(receipt)[0][1:], receipt.stale) == ((Fate.STATE, 1), 0)


def test_a_sheet_shows_what_the_film_said_before(project: Project) -> None:
    approve(project, "fr", by="Amina")
    write(project.root, "en", "You do not have the right to a lawyer.", *ENGLISH[1:])
    book = load_workbook(sheet_of(project))
    page = book["fr"]
    now, before = (page.cell(row=2, column=column(page, head)).value for head in ("Original (", "Original before"))
    assert now == "You do not have the right to a lawyer."
    assert "You have the right" in str(before)


def test_rows_may_be_sorted_doubled_and_deleted(project: Project) -> None:
    def edit(page: Any) -> None:  # noqa: ANN401 - of openpyxl
        rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
        rows[2][column(page, "Translation") - 1] = "Compose le 112."
        page.delete_rows(2, 3)
        for row in (rows[2], rows[0], rows[2]):
            page.append(row)

    receipt = received(project, edited(sheet_of(project), edit))
    assert "Compose le 112." in french(project)
    assert receipt.unnamed == (2,)
    assert told(receipt) == [("cell F2", Fate.TAKEN, 3)]


def test_doubled_rows_that_say_different_things_are_told_and_none_is_taken(project: Project) -> None:
    def edit(page: Any) -> None:  # noqa: ANN401 - of openpyxl
        row = [cell.value for cell in page[4]]
        for text in ("Un.", "Deux."):
            row[column(page, "Translation") - 1] = text
            page.append(row)

    before = french(project)
    receipt = received(project, edited(sheet_of(project), edit))
    assert [row.place for row in receipt.rows] == ["cell F5", "cell F6"]
    assert french(project) == before


def test_an_emptied_cell_and_quotes_that_excel_changed_are_told_by_their_cell(project: Project) -> None:
    write(project.root, "fr", *FRENCH[:2], "Dis 'non'...")

    def edit(page: Any) -> None:  # noqa: ANN401 - of openpyxl
        typed(2, "")(page)
        typed(4, "Dis ‘non’…")(page)

    before = french(project)
    receipt = received(project, edited(sheet_of(project), edit))
    assert told(receipt) == [("cell F2", Fate.LEFT, 1), ("cell F4", Fate.LEFT, 3)]
    assert french(project) == before


def test_merged_cells_and_a_key_that_was_typed_over_are_told(project: Project) -> None:
    def edit(page: Any) -> None:  # noqa: ANN401 - of openpyxl
        page.cell(row=2, column=1).value = "1"
        typed(2, "Une autre ligne.")(page)
        page.merge_cells("F3:F4")

    before = french(project)
    receipt = received(project, edited(sheet_of(project), edit))
    assert [note.split(":")[0] for note in receipt.notes] == ["F3"]
    assert [(row.place, row.after) for row in receipt.rows if row.after] == [("cell F2", "Une autre ligne.")]
    assert ("cell F4", Fate.LEFT, 3) in told(receipt)
    assert french(project) == before


def test_another_language_in_the_column_is_refused_and_nothing_is_written(project: Project) -> None:
    def edit(page: Any) -> None:  # noqa: ANN401 - of openpyxl
        for row, text in enumerate(("Du hast das Recht auf einen Anwalt.", "Ein Anwalt kostet dich nichts."), start=2):
            typed(row, text)(page)

    before = french(project)
    path = edited(sheet_of(project), edit)
    with pytest.raises(UsageError, match="not in French"):
        received(project, path)
    assert french(project) == before


def test_a_state_that_was_chosen_is_kept(project: Project) -> None:
    received(project, edited(sheet_of(project), typed(3, "approved", "State")))
    assert [each.state.value for each in open_language(project, "fr").standing.lines] == [
        "unknown",
        "approved",
        "unknown",
    ]


def test_a_language_without_a_track_is_translated_bit_by_bit(project: Project) -> None:
    path = edited(sheet_of(project, "nl"), typed(4, "Bel 112."))
    receipt = received(project, path)
    assert (receipt.empty, receipt.paths[0]) == (2, "subtitles/nl.srt")
    assert (project.root / "subtitles" / "nl.srt").read_text() == srt((9000, 11500, "Bel 112."))
    received(project, edited(sheet_of(project, "nl"), typed(2, "Je hebt recht op een advocaat.")))
    text = (project.root / "subtitles" / "nl.srt").read_text()
    assert text == srt((3000, 5500, "Je hebt recht op een advocaat."), (9000, 11500, "Bel 112."))


def test_undo_puts_back_what_was_there_before(project: Project) -> None:
    before = french(project)
    received(project, edited(sheet_of(project), typed(4, "Compose le 112.")))
    undone = undo(project)
    assert (undone.restored, undone.removed) == (("subtitles/fr.srt",), ("subtitles/fr.review.toml",))
    assert french(project) == before
    with pytest.raises(UsageError, match="nothing to undo"):
        undo(project)


@pytest.mark.parametrize("stopped", ["write_ledger", "rewrite_atomically"])
def test_whoever_receives_a_file_again_after_a_stop_gets_the_text_and_the_name(
    project: Project, monkeypatch: pytest.MonkeyPatch, stopped: str
) -> None:
    before, path = french(project), edited(sheet_of(project), typed(4, "Compose le 112."))

    def stop(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(f"babelreel.app.exchange.receive.{stopped}", stop)
        with pytest.raises(KeyboardInterrupt):
            received(project, path)
    received(project, path)
    line = open_language(project, "fr").standing.lines[2]
    assert (line.cue.text, line.entry and line.entry.by, line.state) == ("Compose le 112.", "Zoé", "translated")
    undo(project)  # both calls at once: they did one thing
    assert french(project) == before
    assert not list(project.root.rglob("*.review.toml"))
    with pytest.raises(UsageError, match="nothing to undo"):
        undo(project)


def test_undo_leaves_a_file_that_was_changed_since(project: Project) -> None:
    received(project, edited(sheet_of(project), typed(4, "Compose le 112.")))
    write(project.root, "fr", *FRENCH[:2], "Autre chose.")
    assert [path for path, _ in undo(project).left] == ["subtitles/fr.srt"]
    assert "Autre chose." in french(project)


def test_who_translated_is_asked_for_unless_the_first_page_says_it(project: Project) -> None:
    path = edited(sheet_of(project), typed(4, "Compose le 112."))
    with pytest.raises(UsageError, match="not known who"):
        receive(project, path, Wish())
    book = load_workbook(path)
    page = book["Read me"]
    (label,) = [cell for row in page.iter_rows() for cell in row if cell.value == "Your name:"]
    page.cell(row=label.row, column=label.column + 1).value = "Amina"
    book.save(path)
    receive(project, path, Wish())
    assert "Compose le 112." in french(project)


@pytest.mark.parametrize("name", ["Zoé\nand others", "Z" * 101])
def test_a_name_is_what_it_is_for_approve(project: Project, name: str) -> None:
    before, path = french(project), edited(sheet_of(project), typed(4, "Compose le 112."))
    with pytest.raises(UsageError, match="A name has one to a hundred"):
        receive(project, path, Wish(by=name))
    assert french(project) == before


def test_where_the_original_is_gone_the_line_is_taken_and_that_is_told(project: Project) -> None:
    path = edited(sheet_of(project), typed(4, "Compose le 112."))
    (project.root / "subtitles" / "en.srt").unlink()
    (row,) = received(project, path).rows
    assert (row.fate, "nothing of it stands beside the line now" in row.why) == (Fate.TAKEN, True)


def test_a_file_that_is_not_there_was_misnamed(project: Project, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        received(project, tmp_path / "film.fr.xlsx")


def test_the_verbs_say_what_they_did(project: Project) -> None:
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "babelreel", "-C", str(project.root), *words],
            capture_output=True,
            text=True,
            check=False,
        )

    sent = run("send", "fr")
    assert sent.stderr == "fr: 3 lines\n"
    path = edited(Path(sent.stdout.strip()), typed(4, "Compose le 112."))
    back = run("receive", str(path), "--by", "Zoé")
    assert (back.returncode, back.stdout.splitlines()[0]) == (0, "fr: 1 line taken"), back.stderr
    assert run("undo").stdout.splitlines()[0] == "put back subtitles/fr.srt"


@pytest.mark.parametrize("form", [Form.XLIFF, Form.XLIFF_1, Form.PO])
def test_no_two_rows_have_one_key_however_often_a_line_is_there(project: Project, form: Form) -> None:
    path = project.root / "subtitles" / "fr.srt"
    path.write_text(srt(*[(3000, 5500, FRENCH[0])] * 5, (9000, 11500, FRENCH[2])), "utf-8")
    sent = send(project, "fr", form)
    keys = re.findall(r"fr_3000_\w+", sent.path.read_text("utf-8"))
    assert len(set(keys)) == len(keys) > 0
    assert received(project, sent.path).rows == ()
