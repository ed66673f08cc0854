"""Is the reason true that is given where a language's file, or the original, is not used?"""

from __future__ import annotations

from pathlib import Path

import pytest

from babelreel.app.check.check_project import check_project
from babelreel.app.exchange.languages import open_for_exchange
from babelreel.app.exchange.send import make_sheet
from babelreel.app.exchange.side_by_side import side_by_side
from babelreel.app.project.choose_tracks import find_tracks, find_tracks_of
from babelreel.app.project.master import open_digests
from babelreel.app.project.subtitle_files import look_at_folder
from babelreel.app.publish.made_from import look_at_origins
from babelreel.config.read import read_project
from babelreel.errors import BabelreelError, TrackError, UsageError
from babelreel.model.project import Project
from babelreel.rules.base.need import Need
from support.tracks import srt

LISTED = 'languages = ["fr"]\n'


def project(root: Path, settings: str = LISTED, **texts: str) -> Project:
    (root / "subtitles").mkdir()
    (root / "video").mkdir()
    (root / "video/master.mp4").write_bytes(b"film")
    (root / "babelreel.toml").write_text(settings)
    for name, text in texts.items():
        (root / f"subtitles/{name}.srt").write_text(srt((0, 2000, text)), "utf-8")
    return read_project(root)


def test_the_original_is_compared_with_though_it_is_not_built(tmp_path: Path) -> None:
    made = project(tmp_path, en="Call 116 000.", fr="Appelle le 116 111.")
    found = look_at_folder(made)
    assert [each.tag for each in found.tracks] == ["fr"]
    (stray,) = found.strays
    assert stray.why.endswith("it is not built, and the others are compared with it all the same")

    result = check_project(made)
    assert "FCT002" in {each.code for each in result.findings}
    assert Need.REFERENCE not in result.lacking
    (row,) = make_sheet(made, open_for_exchange(made, "fr")).rows
    assert row.source == "Call 116 000."
    sheet, _ = side_by_side(made)
    assert [each.tag for each in sheet.languages] == ["en", "fr"]

    film = made.root / "video/master.mp4"
    before = look_at_origins(made, film, found, open_digests(made))
    (made.root / "subtitles/en.srt").write_text(srt((0, 2000, "Call 116 111.")), "utf-8")
    assert look_at_origins(made, film, found, open_digests(made)) != before, "another original is another thing to say"


def test_a_file_in_a_language_that_is_not_listed_is_there_and_not_used(tmp_path: Path) -> None:
    made = project(tmp_path, en="You have rights.", fr="Tu as des droits.", nl="Je hebt rechten.")
    with pytest.raises(UsageError, match="No subtitle file for “nl” is used") as caught:
        find_tracks_of(made, ["nl"])
    assert caught.value.why == "nl.srt: babelreel.toml does not list nl in “languages”"
    assert caught.value.hint.startswith('Add "nl" to “languages”')
    (row,) = make_sheet(made, open_for_exchange(made, "nl")).rows
    assert row.text == "Je hebt rechten.", "what is there goes to the translator"


def test_no_second_file_is_begun_beside_one_under_another_name(tmp_path: Path) -> None:
    made = project(tmp_path, "", en="You have rights.", French="Tu as des droits.")
    with pytest.raises(UsageError, match="No subtitle file for “fr” is used") as caught:
        open_for_exchange(made, "fr")
    assert "rename it to fr.srt" in caught.value.why


def test_the_original_under_another_name_is_told_as_that(tmp_path: Path) -> None:
    made = project(tmp_path, "", English="You have rights.", fr="Tu as des droits.")
    for ask in (lambda: open_for_exchange(made, "nl"), lambda: side_by_side(made)):
        with pytest.raises(UsageError, match="There is no original") as caught:
            ask()
        assert "rename it to en.srt" in caught.value.why


def test_an_original_that_cannot_be_read_is_not_called_missing(tmp_path: Path) -> None:
    made = project(tmp_path, "", en="", fr="Tu as des droits.")
    (tmp_path / "subtitles/en.srt").unlink()
    (tmp_path / "subtitles/en.srt").symlink_to("gone.srt")
    with pytest.raises(BabelreelError, match="The subtitles of en cannot be read"):
        open_for_exchange(made, "nl")


def test_of_files_that_are_not_listed_nobody_says_that_there_are_none(tmp_path: Path) -> None:
    with pytest.raises(TrackError, match="lists languages that have no subtitle file: fr") as caught:
        find_tracks(project(tmp_path, nl="Je hebt rechten."))
    assert caught.value.why == ""
