"""Is no line paired by its time with an original that has the times of another film?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from babelreel.app.exchange.receive import Wish, receive
from babelreel.app.exchange.send import send
from babelreel.app.exchange.side_by_side import send_all
from babelreel.app.exchange.start_language import start_language
from babelreel.app.kept_versions import undo
from babelreel.app.ledger.approve import approve
from babelreel.app.project.subtitles_film import SubtitlesFilm, begin_owner, known_owner
from babelreel.app.studio.lines import open_lines
from babelreel.app.studio.one_cue import Wanted
from babelreel.app.studio.saving import Base, save_line
from babelreel.app.studio.saying import approve_lines, comment_line
from babelreel.config.read import read_project
from babelreel.errors import UsageError
from babelreel.model.project import Project
from babelreel.timedtext.exchange.forms import Form
from support.exchanges import edited, typed
from support.tracks import srt

OLD, NEW = "a" * 64, "b" * 64
ENGLISH = ("You have rights.", "Call 112.", "Ask for a guardian.")
FRENCH = ("Tu as des droits.", "Appelle le 112.", "Demande un tuteur.")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A film that lost its first scene: French and Dutch were moved to it, English and Spanish were not."""
    (tmp_path / "subtitles").mkdir()
    tracks = {
        "en": srt(*ENGLISH),
        "es": srt("Tienes derechos.", "Llama al 112.", "Pide un tutor."),
        "fr": srt(*((3000 * at, 3000 * at + 2500, text) for at, text in enumerate(FRENCH))),
        "nl": srt(*((3000 * at, 3000 * at + 2500, text) for at, text in enumerate(("Je hebt rechten.", "Bel 112.")))),
    }
    for tag, text in tracks.items():
        (tmp_path / "subtitles" / f"{tag}.srt").write_text(text, "utf-8")
    (tmp_path / "babelreel.toml").write_text('reference = "en"\n', "utf-8")
    begin_owner(read_project(tmp_path), SubtitlesFilm(film=OLD, others={"fr": NEW, "nl": NEW}))
    return read_project(tmp_path)


@pytest.mark.parametrize(
    "call",
    [
        lambda project: send(project, "fr", Form.XLSX),
        lambda project: send(project, "fr", Form.PAGE),
        lambda project: approve(project, "fr", by="Amina"),
        lambda project: approve_lines(project, "fr", {0: open_lines(project, "fr").lines[0].seen}, "Amina"),
        lambda project: comment_line(project, "fr", 0, open_lines(project, "fr").lines[0].digest, "Too long?"),
    ],
)
def test_nobody_gets_or_approves_pairs_of_two_films(project: Project, call: Callable[[Project], object]) -> None:
    with pytest.raises(UsageError, match="which lines of fr and of the original, en, belong together") as error:
        call(project)
    assert "babelreel conform" in error.value.hint
    assert not (project.root / "translators").exists()
    assert not (project.root / "subtitles" / "fr.review.toml").exists()


def test_those_of_the_original_s_film_are_sent_and_approved(project: Project) -> None:
    assert send(project, "es", Form.XLSX).lines == len(ENGLISH)
    assert approve(project, "es", by="Amina").approved == len(ENGLISH)
    assert approve(project, "en", by="Amina").approved == len(ENGLISH)


def test_the_studio_shows_no_original_beside_them_and_notes_none(project: Project) -> None:
    opened = open_lines(project, "fr")
    assert [line.standing.source.text for line in opened.lines] == ["", "", ""]
    line = opened.lines[1]
    base = Base(version=opened.version, place=1, digest=line.digest)
    save_line(project, "fr", base, Wanted(text="Appelle vite le 112.", span=line.cue.span), "Amina")
    assert not (project.root / "subtitles" / "fr.review.toml").exists()


def test_what_comes_back_meanwhile_is_not_taken(project: Project) -> None:
    (project.root / "video").mkdir(exist_ok=True)
    owner = project.root / "video" / "master.subtitles.json"
    moved = owner.read_bytes()
    owner.unlink()
    (project.root / "subtitles" / "fr.srt").write_text(srt(*FRENCH), "utf-8")
    sheet = edited(send(project, "fr", Form.XLSX).path, typed(3, "Appelle vite le 112."))
    owner.write_bytes(moved)
    with pytest.raises(UsageError, match="they are of two films") as error:
        receive(project, sheet, Wish(by="Zoé"))
    assert "Then run the same command again." in error.value.hint
    assert (project.root / "subtitles" / "fr.srt").read_text("utf-8") == srt(*FRENCH)


def test_the_sheet_of_all_leaves_them_out_and_names_them(project: Project) -> None:
    done = send_all(project)
    texts = [cell.value for cell in load_workbook(done.path).active[2]]
    assert done.left_out is not None
    assert done.left_out.what == "fr, nl: not in the sheet."
    assert "they are of two films" in done.left_out.why
    assert texts[-2:] == ["You have rights.", "Tienes derechos."]


@pytest.mark.parametrize("begin", ["studio", "receive"])
def test_a_new_language_is_of_the_film_whose_times_it_gets(project: Project, begin: str) -> None:
    owner = project.root / "video" / "master.subtitles.json"
    owner.unlink()
    begin_owner(project, before := SubtitlesFilm(film=NEW, others={"en": OLD, "es": OLD}))
    if begin == "studio":
        start_language(project, "it", "studio")
    else:
        path = send(project, "it", Form.XLSX).path
        receive(project, edited(path, typed(2, "Hai dei diritti.")), Wish(by="Zoé"))
    now = known_owner(project)
    assert now is not None
    assert {tag: now.of(tag) for tag in ("en", "es", "fr", "nl", "it")} == {
        "en": OLD, "es": OLD, "fr": NEW, "nl": NEW, "it": OLD,
    }  # fmt: skip
    undo(project)
    assert not (project.root / "subtitles" / "it.srt").exists()
    assert known_owner(project) == before


def test_without_a_second_film_new_languages_note_nothing(project: Project) -> None:
    owner = project.root / "video" / "master.subtitles.json"
    owner.unlink()
    begin_owner(project, before := replace(SubtitlesFilm(film=OLD)))
    start_language(project, "it", "studio")
    assert known_owner(project) == before
