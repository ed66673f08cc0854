"""Is what a translator wrote into her file safe when the file is sent anew?"""

from __future__ import annotations

from pathlib import Path

import pytest

from babelreel.app.exchange.receive import Wish, receive
from babelreel.app.exchange.send import send
from babelreel.app.ledger.approve import approve
from babelreel.config.read import read_project
from babelreel.model.project import Project
from babelreel.timedtext.exchange.forms import Form
from support.exchanges import ENGLISH, FRENCH, edited, french, received, typed, write


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "subtitles").mkdir()
    write(tmp_path, "en", *ENGLISH)
    write(tmp_path, "fr", *FRENCH)
    return read_project(tmp_path)


@pytest.mark.parametrize(
    ("head", "written"), [("Translation", "Compose le 112."), ("Comment", "Really 112?"), ("State", "draft")]
)
def test_what_was_not_received_gets_another_name_and_what_was_is_written_over(
    project: Project, head: str, written: str
) -> None:
    path = edited(send(project, "fr", Form.XLSX).path, typed(4, written, head))
    hers = path.read_bytes()
    sent = send(project, "fr", Form.XLSX)
    assert sent.aside is not None
    assert hers == sent.aside.read_bytes()
    received(project, sent.aside)
    assert send(project, "fr", Form.XLSX).aside is None
    edited(path, typed(4, "Fais le 112."))
    again = send(project, "fr", Form.XLSX).aside
    assert again is not None
    assert again != sent.aside
    assert "Fais le 112." not in french(project)
    received(project, again)
    assert "Fais le 112." in french(project)


FILLED_IN = [each for each in Form if each is not Form.PAGE]


@pytest.mark.parametrize("form", FILLED_IN)
def test_a_file_as_it_was_sent_is_written_over(project: Project, form: Form) -> None:
    send(project, "fr", form)
    assert send(project, "fr", form).aside is None


@pytest.mark.parametrize("form", [each for each in FILLED_IN if each is not Form.SRT])
def test_so_is_one_as_it_was_sent_when_lines_changed_here(project: Project, form: Form) -> None:
    approve(project, "fr", by="Amina")
    send(project, "fr", form)
    write(project.root, "fr", *FRENCH[:2], "Compose le 112.")
    write(project.root, "en", "You do not have the right to a lawyer.", *ENGLISH[1:])
    assert send(project, "fr", form).aside is None


@pytest.mark.parametrize("form", FILLED_IN)
def test_somebody_elses_file_is_not_written_over(project: Project, tmp_path: Path, form: Form) -> None:
    path = send(project, "fr", form, tmp_path / "elsewhere").path
    path.write_bytes(b"mine")
    aside = send(project, "fr", form, tmp_path / "elsewhere").aside
    assert aside is not None
    assert aside.read_bytes() == b"mine"


def test_subtitles_that_were_not_received_keep_their_language_in_their_name(project: Project) -> None:
    path = send(project, "fr", Form.SRT).path
    path.write_text(path.read_text("utf-8").replace("Appelle", "Compose"), "utf-8")
    aside = send(project, "fr", Form.SRT).aside
    assert aside is not None
    receive(project, aside, Wish(by="Zoé"))
    assert "Compose le 112." in french(project)
