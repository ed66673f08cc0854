"""What is made of a table that a translator made herself, and of a subtitle file that came back?"""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from babelreel.app.exchange.receive import Wish, receive
from babelreel.app.exchange.send import send
from babelreel.app.ledger.approve import approve, open_language
from babelreel.config.read import read_project
from babelreel.errors import UsageError
from babelreel.model.exchange.receipt import Fate, Receipt
from babelreel.model.project import Project
from babelreel.timedtext.exchange.forms import Form
from support.tracks import srt

ENGLISH = ("You have the right to a lawyer.", "A lawyer costs nothing.", "Call 112.")
FRENCH = ("Tu as droit à un avocat.", "Un avocat ne coûte rien.", "Appelle le 112.")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "subtitles").mkdir()
    for tag, texts in (("en", ENGLISH), ("fr", FRENCH)):
        write(tmp_path, tag, *texts)
    return read_project(tmp_path)


def write(root: Path, tag: str, *texts: str) -> None:
    (root / "subtitles" / f"{tag}.srt").write_text(srt(*texts), "utf-8")


def table(path: Path, *rows: tuple[str, ...]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def received(project: Project, path: Path, **wish: str) -> Receipt:
    (receipt,) = receive(project, path, Wish(by="Zoé", **wish))
    return receipt


def texts_of(project: Project, tag: str = "fr") -> list[str]:
    return [line.cue.text for line in open_language(project, tag).standing.lines]


def test_columns_and_lines_of_a_table_of_her_own_are_found_by_what_stands_in_them(
    project: Project, tmp_path: Path
) -> None:
    path = table(
        tmp_path / "Zoé.fr.xlsx",
        ("no", "fr", "en"),
        ("1", "Compose le 112.", "Call 112."),
        ("2", FRENCH[0], "You have the right  to a lawyer."),
        ("3", "Rien.", "This is said nowhere."),
    )
    receipt = received(project, path)
    assert texts_of(project) == [*FRENCH[:2], "Compose le 112."]
    assert [(row.place, row.fate) for row in receipt.rows] == [("cell B2", Fate.TAKEN), ("cell B4", Fate.LEFT)]
    assert receipt.unnamed == (2,)


def test_where_two_columns_may_be_the_translation_the_call_has_to_say(project: Project, tmp_path: Path) -> None:
    rows = [(ours, other, english) for ours, other, english in zip(FRENCH, "abc", ENGLISH, strict=True)]
    path = table(tmp_path / "x.xlsx", *rows)
    with pytest.raises(UsageError, match="not clear which language"):
        received(project, path)
    with pytest.raises(UsageError, match=r"(?s)not clear which column.*columns A, B may be it.*--column A"):
        received(project, path, language="fr")
    assert received(project, path, language="fr", column="A").rows == ()


def test_what_stands_twice_in_the_film_is_told_where_the_table_has_it_once(project: Project, tmp_path: Path) -> None:
    write(project.root, "en", "Call 112.", "A lawyer costs nothing.", "Call 112.")
    path = table(tmp_path / "x.fr.xlsx", ("Compose le 112.", "Call 112."))
    (row,) = received(project, path).rows
    assert (row.fate, row.why) == (Fate.LEFT, "the film says this 2 times")


def test_a_line_that_was_changed_here_since_somebody_spoke_of_it_is_a_conflict(
    project: Project, tmp_path: Path
) -> None:
    approve(project, "fr", by="Amina")
    write(project.root, "fr", *FRENCH[:2], "Faites le 112.")
    (row,) = received(project, table(tmp_path / "x.fr.xlsx", ("Compose le 112.", "Call 112."))).rows
    assert (row.fate, row.before, row.after) == (Fate.CONFLICT, "Faites le 112.", "Compose le 112.")


def test_subtitles_come_back_by_their_times(project: Project) -> None:
    path = send(project, "fr", Form.SRT).path
    assert received(project, path).rows == ()
    path.write_text(path.read_text("utf-8").replace("Appelle", "Compose"), "utf-8")
    received(project, path)
    assert texts_of(project) == [*FRENCH[:2], "Compose le 112."]


def test_of_a_new_language_what_still_says_what_the_film_says_is_not_taken(project: Project) -> None:
    path = send(project, "nl", Form.SRT).path
    path.write_text(path.read_text("utf-8").replace("Call 112.", "Bel 112."), "utf-8")
    receipt = received(project, path)
    assert (texts_of(project, "nl"), receipt.empty) == (["Bel 112."], 2)
