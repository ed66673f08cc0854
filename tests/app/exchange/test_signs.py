"""Do words in the picture go to a translator in every form, and come back to where they belong?"""

from __future__ import annotations

import tomllib
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from babelreel.app.exchange.languages import open_for_exchange
from babelreel.app.exchange.receive import Wish, receive
from babelreel.app.exchange.send import make_sheet, send
from babelreel.app.kept_versions import undo
from babelreel.config.read import read_project
from babelreel.model.exchange.receipt import Fate, Receipt
from babelreel.model.project import Project
from babelreel.timedtext.exchange.forms import Form
from support.answers import answer_of
from support.exchanges import ENGLISH, FRENCH, edited, french, told, typed, write

SETTINGS = """\
slug = "film"
[[sign]]
name = "court"
from = "0:04"   # seconds of the second line
to = "0:08"
[sign.text]
en = "Family court"
fr = "Tribunalx"

[[sign]]
name = "end"
from = "0:12"
to = "0:15"
style = "title"
text = { en = "The end" }
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "subtitles").mkdir()
    write(tmp_path, "en", *ENGLISH)
    write(tmp_path, "fr", *FRENCH)
    (tmp_path / "babelreel.toml").write_text(SETTINGS, "utf-8")
    return read_project(tmp_path)


def settings(project: Project) -> str:
    return (project.root / "babelreel.toml").read_text("utf-8")


def signs(project: Project) -> dict[str, str]:
    return {each["name"]: each["text"].get("fr", "") for each in tomllib.loads(settings(project))["sign"]}


def replaced(path: Path, old: str, new: str) -> None:
    """Change a text in a file as a translator does, also in one that is packed."""
    if path.suffix != ".docx":
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
        return
    with ZipFile(BytesIO(path.read_bytes())) as before, ZipFile(path, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).decode().replace(old, new))


def take(project: Project, path: Path) -> Receipt:
    (receipt,) = receive(project, path, Wish(by="Zoé", language="fr"))
    return receipt


def test_they_are_rows_among_the_lines_in_the_order_of_time_and_said_to_be_in_the_picture(project: Project) -> None:
    rows = make_sheet(project, open_for_exchange(project, "fr")).rows
    assert [(row.label, row.source, row.text) for row in rows] == [
        (1, ENGLISH[0], FRENCH[0]),
        ("in the picture", "Family court", "Tribunalx"),
        (2, ENGLISH[1], "Un avocat ne coûte rien."),
        (3, ENGLISH[2], FRENCH[2]),
        ("in the picture", "The end", ""),
    ]
    assert all(isinstance(row.label, int) for row in make_sheet(project, open_for_exchange(project, "en")).rows)


@pytest.mark.parametrize("form", [Form.DOCX, Form.PO, Form.XLIFF, Form.XLIFF_1, Form.SRT])
def test_a_text_comes_back_in_every_form_and_is_the_only_thing_that_changes(project: Project, form: Form) -> None:
    lines, path = french(project), send(project, "fr", form).path
    if form is not Form.SRT:
        before = path.read_bytes()
        assert take(project, path).rows == ()
        assert path.read_bytes() == before
    replaced(path, "Tribunalx", "Tribunal de la famille")
    receipt = take(project, path)
    assert [(row.fate, row.line, row.after) for row in receipt.rows] == [(Fate.TAKEN, None, "Tribunal de la famille")]
    assert settings(project) == SETTINGS.replace("Tribunalx", "Tribunal de la famille")
    assert french(project) == lines
    assert receipt.paths == ("babelreel.toml",)


def test_a_sheet_of_excel_and_a_page_bring_them_too_and_undo_takes_them_back(project: Project) -> None:
    take(project, edited(send(project, "fr", Form.XLSX).path, typed(6, "Fin\ndu film")))
    assert signs(project) == {"court": "Tribunalx", "end": "Fin\ndu film"}
    undo(project)
    assert settings(project) == SETTINGS
    assert "in the picture" in send(project, "fr", Form.PAGE).path.read_text("utf-8")
    answer = project.root / "film.fr.answer.txt"
    answer.write_bytes(
        answer_of(make_sheet(project, open_for_exchange(project, "fr")), {4: {"text": "Fin", "state": "approved"}})
    )
    take(project, answer)
    assert signs(read_project(project.root)) == {"court": "Tribunalx", "end": "Fin"}


def test_lines_and_words_in_the_picture_are_taken_from_one_file(project: Project) -> None:
    path = edited(edited(send(project, "fr", Form.XLSX).path, typed(2, "Tu as un avocat.")), typed(6, "Fin"))
    assert [each[1] for each in told(take(project, path))] == [Fate.TAKEN, Fate.TAKEN]
    assert "Tu as un avocat." in french(project)
    assert signs(project)["end"] == "Fin"


def test_what_both_changed_stays_and_is_told(project: Project) -> None:
    path = edited(send(project, "fr", Form.XLSX).path, typed(3, "Tribunal"))
    (project.root / "babelreel.toml").write_text(SETTINGS.replace("Tribunalx", "Cour"), "utf-8")
    receipt = take(read_project(project.root), path)
    assert [(row.fate, row.before, row.after) for row in receipt.rows] == [(Fate.CONFLICT, "Cour", "Tribunal")]
    assert signs(project)["court"] == "Cour"


def test_what_cannot_stand_in_a_picture_is_told_and_left(project: Project) -> None:
    path = edited(send(project, "fr", Form.XLSX).path, typed(6, "a\nb\nc\nd\ne"))
    (row,) = take(project, path).rows
    assert (row.fate, row.why) == (Fate.LEFT, "write four lines at most, without tabs")
    path = edited(send(project, "fr", Form.XLSX).path, typed(6, r"{\an8}Fin"))
    (row,) = take(project, path).rows
    assert (row.fate, row.why.startswith(r"take “{\an8}” out")) == (Fate.LEFT, True)
    assert settings(project) == SETTINGS


def test_a_comment_is_shown_and_the_text_is_taken(project: Project) -> None:
    path = edited(send(project, "fr", Form.XLSX).path, typed(3, "Tribunal"))
    receipt = take(project, edited(path, typed(3, "Which court?", "Comment")))
    assert [(row.fate, row.after) for row in receipt.rows] == [(Fate.LEFT, "Which court?"), (Fate.TAKEN, "Tribunal")]


def test_a_language_without_a_track_gets_them_too(project: Project) -> None:
    path = edited(send(project, "nl", Form.XLSX).path, typed(3, "Familierechtbank"))
    (receipt,) = receive(project, path, Wish(by="Zoé"))
    assert [row.fate for row in receipt.rows] == [Fate.TAKEN]
    assert tomllib.loads(settings(project))["sign"][0]["text"]["nl"] == "Familierechtbank"
    assert not (project.root / "subtitles" / "nl.srt").exists()


def test_a_table_of_her_own_finds_them_by_what_the_film_says(project: Project) -> None:
    path = project.root / "mine.fr.csv"
    pairs = zip((*ENGLISH, "The end"), (*(each.strip("</i>") for each in FRENCH), "Fin"), strict=True)
    path.write_text("".join(f'"{source}","{text}"\n' for source, text in pairs), "utf-8")
    take(project, path)
    assert signs(project)["end"] == "Fin"


@pytest.mark.parametrize("form", [Form.XLSX, Form.PO])
@pytest.mark.parametrize("now", ["renamed", "removed"])
def test_a_row_of_words_that_are_gone_is_told_and_never_becomes_a_line(project: Project, now: str, form: Form) -> None:
    # a sign that begins with the second line, which nobody has translated
    settings_before = SETTINGS.replace('fr = "Tribunalx"\n', "").replace('"0:04"', '"0:06"')
    (project.root / "babelreel.toml").write_text(settings_before, "utf-8")
    write(project.root, "fr", FRENCH[0])
    sent = send(read_project(project.root), "fr", form).path
    if form is Form.XLSX:
        edited(sent, typed(3, "Tribunal"))
    else:
        before, head, after = sent.read_text("utf-8").partition('msgid "Family court"\nmsgstr "')
        sent.write_text(f"{before}{head}Tribunal{after}", "utf-8")
    renamed = settings_before.replace('"court"', '"door"')
    gone = renamed if now == "renamed" else settings_before[settings_before.index('[[sign]]\nname = "end"') :]
    (project.root / "babelreel.toml").write_text(gone, "utf-8")
    lines = french(project)
    (row,) = take(read_project(project.root), sent).rows
    assert (row.fate, row.after) == (Fate.LEFT, "Tribunal")
    assert "these words in the picture are gone" in row.why
    assert (french(project), settings(project)) == (lines, gone)
