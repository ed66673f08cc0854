"""Is what a translator said in a page merged as what she writes in a sheet?"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from babelreel.app.exchange.languages import open_for_exchange
from babelreel.app.exchange.receive import Wish, receive
from babelreel.app.exchange.send import make_sheet, send
from babelreel.app.ledger.approve import approve, open_language
from babelreel.config.read import read_project
from babelreel.errors import UsageError
from babelreel.model.exchange.receipt import Fate, Receipt
from babelreel.model.ledger.entries import Entry
from babelreel.model.project import Project
from babelreel.timedtext.exchange.forms import Form
from support.answers import answer_of
from support.exchanges import ENGLISH, FRENCH, french, told, write


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "subtitles").mkdir()
    write(tmp_path, "en", *ENGLISH)
    write(tmp_path, "fr", *FRENCH)
    return read_project(tmp_path)


def answered(project: Project, changes: Mapping[int, Mapping[str, Any]], tag: str = "fr") -> Path:
    path = project.root / f"film.{tag}.answer.txt"
    path.write_bytes(answer_of(make_sheet(project, open_for_exchange(project, tag)), changes))
    return path


def taken(project: Project, path: Path) -> Receipt:
    (receipt,) = receive(project, path, Wish())
    return receipt


def entry(project: Project, number: int) -> Entry | None:
    return open_language(project, "fr").standing.lines[number - 1].entry


def test_an_answer_in_which_nothing_was_changed_writes_nothing(project: Project) -> None:
    approve(project, "fr", by="Amina")
    receipt = taken(project, answered(project, {}))
    assert (receipt.rows, receipt.paths, receipt.unnamed) == ((), (), ())


def test_the_changed_line_alone_is_written_under_the_name_in_the_answer(project: Project) -> None:
    before = french(project)
    receipt = taken(project, answered(project, {2: {"text": "Appelle le 0800."}}))
    assert told(receipt) == [("row 3", Fate.TAKEN, 3)]
    assert french(project) == before.replace("Appelle le 112.", "Appelle le 0800.")
    found = entry(project, 3)
    assert found is not None
    assert (found.by, found.state) == ("Zoé", "translated")


@pytest.mark.parametrize(("said", "state"), [({}, "translated"), ({"state": "approved"}, "approved")])
def test_an_approved_line_that_she_changed_is_approved_only_if_she_says_so_anew(
    project: Project, said: Mapping[str, str], state: str
) -> None:
    approve(project, "fr", by="Amina")
    taken(project, answered(project, {2: {"text": "Appelle le 0800.", **said}}))
    found = entry(project, 3)
    assert found is not None
    assert (found.state, found.by) == (state, "Zoé")


def test_a_comment_that_she_did_not_change_puts_back_no_older_one(project: Project) -> None:
    approval = answered(project, {0: {"state": "approved"}}).rename(project.root / "approval.txt")
    taken(project, answered(project, {0: {"comment": "Which right?"}}))
    taken(project, approval)
    found = entry(project, 1)
    assert found is not None
    assert (found.comment, found.state) == ("Which right?", "approved")


def test_a_line_that_was_changed_here_too_is_shown_and_stays(project: Project) -> None:
    path = answered(project, {2: {"text": "Appelez le 112.", "state": "approved"}})
    write(project.root, "fr", *FRENCH[:2], "Compose le 112.")
    before = french(project)
    receipt = taken(project, path)
    assert [(row.fate, row.before, row.after) for row in receipt.rows] == [
        (Fate.CONFLICT, "Compose le 112.", "Appelez le 112.")
    ]
    assert french(project) == before


def test_an_answer_that_comes_twice_changes_nothing_more(project: Project) -> None:
    path = answered(project, {2: {"text": "Appelle le 0800.", "state": "approved"}})
    taken(project, path)
    before = french(project)
    receipt = taken(project, path)
    assert (receipt.paths, french(project), receipt.is_clean) == ((), before, True)


def test_an_answer_about_another_film_is_refused(project: Project) -> None:
    path = answered(project, {})
    write(project.root, "en", "One.", "Two.", "Three.")
    write(project.root, "fr", "Un.", "Deux.", "Trois.")
    with pytest.raises(UsageError, match="another film"):
        taken(project, path)


def test_a_language_without_a_track_comes_back_with_its_lines(project: Project) -> None:
    receipt = taken(project, answered(project, {2: {"text": "Bel 112.", "state": "approved"}}, "nl"))
    assert (receipt.empty, receipt.paths[0]) == (2, "subtitles/nl.srt")


def test_the_page_itself_is_refused_with_what_to_do(project: Project) -> None:
    page = send(project, "fr", Form.PAGE).path
    with pytest.raises(UsageError) as error:
        taken(project, page)
    assert "Send back" in error.value.hint


def test_a_name_that_is_none_is_refused_as_in_every_form(project: Project) -> None:
    path = project.root / "film.fr.answer.txt"
    path.write_bytes(
        answer_of(make_sheet(project, open_for_exchange(project, "fr")), {2: {"text": "Non."}}, by="x" * 101)
    )
    before = french(project)
    with pytest.raises(UsageError, match="a hundred characters"):
        taken(project, path)
    assert french(project) == before
