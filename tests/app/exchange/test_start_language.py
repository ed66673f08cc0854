"""Does a language begin with the times of the original, and is it not taken for a translation before it is one?"""

from __future__ import annotations

from pathlib import Path

import pytest

from babelreel.app.exchange.languages import open_for_exchange
from babelreel.app.exchange.receive import Wish, receive
from babelreel.app.exchange.send import send
from babelreel.app.exchange.start_language import languages_to_start, start_language
from babelreel.app.kept_versions import undo
from babelreel.app.ledger.approve import approve, open_language
from babelreel.app.studio.serve_studio import first_language
from babelreel.config.read import read_project
from babelreel.errors import UsageError
from babelreel.model.project import Project
from babelreel.timedtext.exchange.forms import Form
from support.projects import babelreel, make_project
from support.tracks import srt

ENGLISH = ("You have rights.", "The lawyer is free.", "♪", "Ask for a guardian.")
FIRST = "1\n00:00:03,000 --> 00:00:05,500\n\n\n2\n00:00:06,000 --> 00:00:08,500\n\n\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    root = make_project(tmp_path / "film", {"en.srt": srt(*ENGLISH)}, settings='reference = "en"\n')
    return read_project(root)


def write(project: Project, *texts: str) -> None:
    (project.root / "subtitles" / "nl.srt").write_text(srt(*texts), "utf-8")


def test_each_line_has_the_time_of_the_original_and_waits_and_undo_takes_the_file_away(project: Project) -> None:
    assert start_language(project, "nl", "studio") == "nl"
    path = project.root / "subtitles" / "nl.srt"
    # the times that "srt" gives: three seconds from one line to the next
    assert path.read_text("utf-8").startswith(FIRST)
    assert path.read_text("utf-8").count("-->") == len(ENGLISH)
    undo(project)
    assert not path.exists()


def test_each_waiting_line_stands_beside_what_the_film_says_there(project: Project) -> None:
    start_language(project, "nl", "studio")
    standing = open_language(project, "nl").standing
    assert (standing.lines, [each.source.text for each in standing.waiting]) == ((), list(ENGLISH))


def test_a_line_is_not_made_from_what_its_waiting_neighbour_will_say(project: Project) -> None:
    write(project, "Je hebt rechten.", "", "", "")
    assert [each.source.text for each in open_language(project, "nl").standing.lines] == [ENGLISH[0]]
    approve(project, "nl", by="Amina")
    write(project, "Je hebt rechten.", "De advocaat is gratis.", "", "")
    first, second = open_language(project, "nl").standing.lines
    assert (first.is_approved, second.is_approved, second.source.text) == (True, False, ENGLISH[1])


def test_what_is_not_translated_yet_is_no_translation(project: Project) -> None:
    start_language(project, "nl", "studio")
    told = babelreel(project.root, "check", "nl", "--format", "json")
    assert (told.code, "PAR001" in told.out) == (1, True)


def test_what_comes_back_by_mail_fills_the_lines_that_wait(project: Project) -> None:
    start_language(project, "nl", "studio")
    sent = send(project, "nl", Form.PO)
    text = sent.path.read_text("utf-8")
    for said, theirs in ((ENGLISH[0], "Je hebt rechten."), (ENGLISH[3], "Vraag een voogd.")):
        before, _, behind = text.partition(f'msgid "{said}"\nmsgstr ""')
        assert behind, text
        text = f'{before}msgid "{said}"\nmsgstr "{theirs}"{behind}'
    sent.path.write_text(text, "utf-8")
    receive(project, sent.path, Wish(by="Amina"))
    track = open_language(project, "nl").track
    assert [(each.number, each.text) for each in track.cues] == [
        (1, "Je hebt rechten."),
        (2, ""),
        (3, ""),
        (4, "Vraag een voogd."),
    ]


def test_a_language_that_has_a_file_is_not_started_again(project: Project) -> None:
    write(project, *ENGLISH)
    with pytest.raises(UsageError, match="already"):
        start_language(project, "nl", "studio")
    tags = {each.tag for each in languages_to_start(project)}
    assert (tags & {"nl", "en"}, {"fr", "ar", "ps"} <= tags) == (set(), True)


def test_a_file_under_another_name_may_be_that_language(project: Project) -> None:
    (project.root / "subtitles" / "Film (Nederlands).srt").write_text(srt("Je hebt rechten."), "utf-8")
    with pytest.raises(UsageError, match="already"):
        start_language(project, "nl", "studio")


def test_without_the_original_there_is_nothing_to_begin_with(project: Project) -> None:
    (project.root / "subtitles" / "en.srt").unlink()
    assert languages_to_start(project) == ()
    with pytest.raises(UsageError, match="no original to translate from"):
        start_language(project, "nl", "studio")


def test_a_language_that_we_know_little_of_begins_as_well(project: Project) -> None:
    assert start_language(project, "tlh", "studio") == "tlh"
    assert open_for_exchange(project, "tlh").is_new is False


def test_a_language_that_the_project_does_not_build_is_not_begun(project: Project) -> None:
    settings = (project.root / "babelreel.toml").read_text("utf-8")
    (project.root / "babelreel.toml").write_text(f'languages = ["en", "nl"]\n{settings}', "utf-8")
    listed = read_project(project.root)
    assert [each.tag for each in languages_to_start(listed, ["hi"])] == ["nl"]
    with pytest.raises(UsageError, match="Hindi \\(hi\\) is not one of the project's languages"):
        start_language(listed, "hi", "studio")
    assert not (project.root / "subtitles" / "hi.srt").exists()
    assert start_language(listed, "nl", "studio") == "nl"


@pytest.mark.parametrize("tag", ["nl", "hi"])
def test_a_studio_opens_with_any_language_that_could_begin(project: Project, tag: str) -> None:
    assert first_language(project, tag) == tag
