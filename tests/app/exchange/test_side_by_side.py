"""Do the texts of all languages stand beside one another, with what the rules find?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from babelreel.app.exchange.receive import Wish, receive
from babelreel.app.exchange.send import send
from babelreel.app.exchange.side_by_side import send_all, side_by_side
from babelreel.config.read import read_project
from babelreel.errors import MachineError, UsageError
from babelreel.model.finding import Severity
from babelreel.timedtext.exchange.forms import Form
from support.damages import become_circle, become_folder, become_link_to_nowhere, become_pipe
from support.tracks import srt


def test_each_line_stands_beside_the_one_that_it_is_shown_with(tmp_path: Path) -> None:
    (tmp_path / "subtitles").mkdir()
    tracks = {
        "en": srt((1000, 4000, "You have rights."), (5000, 8000, "Call 112.")),
        "fr": srt((1000, 2400, "Tu as"), (2500, 4000, "des droits."), (5200, 8000, "Appelle le 113.")),
        "ar": srt((1000, 4000, "لديك حقوق."), (20_000, 21_000, "شكرا.")),
    }
    for tag, text in tracks.items():
        (tmp_path / "subtitles" / f"{tag}.srt").write_text(text, "utf-8")
    project = read_project(tmp_path)
    side, missing = side_by_side(project)
    assert missing == {}
    assert [each.tag for each in side.languages] == ["en", "ar", "fr"]
    texts = [tuple(each.text for each in said) for _, said in side.rows]
    # what is shown with nothing stands beside the nearest line, so that no text is left out
    assert texts == [
        ("You have rights.", "لديك حقوق.", "Tu as\ndes droits."),
        ("Call 112.", "شكرا.", "Appelle le 113."),
    ]
    wrong = side.rows[1][1][2]
    assert wrong.severity is Severity.ERROR
    assert any("113" in each for each in wrong.findings)
    page = load_workbook(send_all(project).path).active
    cell = page["D3"]
    assert (cell.value, cell.fill.start_color.rgb[-6:]) == ("Appelle le 113.", "EF9A9A")
    assert "113" in cell.comment.text
    assert page["C2"].alignment.readingOrder == 2


def test_all_is_no_language(tmp_path: Path) -> None:
    """It is the code of Allar, and how the name of the sheet of all languages ends."""
    (tmp_path / "subtitles").mkdir()
    for tag, text in (
        ("en", srt("You have rights.", "Call 112.")),
        ("fr", srt("Tu as des droits.", "Appelle le 112.")),
    ):
        (tmp_path / "subtitles" / f"{tag}.srt").write_text(text, "utf-8")
    project = read_project(tmp_path)
    with pytest.raises(UsageError, match="not clear which language"):
        receive(project, send_all(project).path, Wish(by="Zoé"))
    with pytest.raises(UsageError, match="No subtitle file can be named"):
        send(project, "all", Form.XLSX)
    assert {path.name for path in (tmp_path / "subtitles").iterdir()} == {"en.srt", "fr.srt"}


@pytest.mark.parametrize("change", [become_folder, become_pipe, become_circle, become_link_to_nowhere])
def test_a_language_that_cannot_be_read_is_left_out_and_named(tmp_path: Path, change: Callable[[Path], None]) -> None:
    (tmp_path / "subtitles").mkdir()
    for tag, text in (("en", "You have rights."), ("fr", "Tu as des droits."), ("nl", "Je hebt rechten.")):
        (tmp_path / "subtitles" / f"{tag}.srt").write_text(srt(text), "utf-8")
    change(tmp_path / "subtitles/fr.srt")
    project = read_project(tmp_path)
    done = send_all(project)
    assert [cell.value for cell in load_workbook(done.path).active[2]][-2:] == ["You have rights.", "Je hebt rechten."]
    assert isinstance(done.left_out, MachineError)
    assert done.left_out.what == "fr: not in the sheet."
    assert done.left_out.where == "subtitles/fr.srt"


def test_without_the_film_s_own_language_there_is_no_sheet(tmp_path: Path) -> None:
    (tmp_path / "subtitles").mkdir()
    for tag in ("en", "fr"):
        (tmp_path / "subtitles" / f"{tag}.srt").write_text(srt("Tu as des droits."), "utf-8")
    become_folder(tmp_path / "subtitles/en.srt")
    with pytest.raises(MachineError, match="The subtitles of en cannot be read"):
        send_all(read_project(tmp_path))
    assert not (tmp_path / "translators").exists()
