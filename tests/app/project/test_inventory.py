from __future__ import annotations

from pathlib import Path

import pytest

from babelreel.app.project.choose_tracks import find_tracks, select_tracks
from babelreel.app.project.inventory import find_film, probe_path
from babelreel.app.project.read_tracks import load_track
from babelreel.config.read import read_project
from babelreel.errors import BabelreelError, FilmError, TrackError, UsageError
from babelreel.model.project import Project

CUE = "1\n00:00:01,000 --> 00:00:02,000\nBonjour\n"


def project(root: Path, *paths: str, toml: str = "") -> Project:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(CUE, encoding="utf-8")
    if toml:
        (root / "babelreel.toml").write_text(toml, encoding="utf-8")
    return read_project(root)


def assert_helpful(error: BabelreelError) -> None:
    assert error.exit_code == 2
    assert len(error.lines()) <= 4
    assert error.where
    assert error.hint


def test_the_one_film_is_the_master(tmp_path: Path) -> None:
    found = project(tmp_path, "video/mon film (1).mkv", "video/README.md", "video/stems/me.flac", "video/x.probe.json")
    assert find_film(found) == found.root / "video/mon film (1).mkv"


def test_no_film_is_told_with_what_lies_there(tmp_path: Path) -> None:
    with pytest.raises(FilmError, match=r"notes\.txt") as caught:
        find_film(project(tmp_path, "video/notes.txt"))
    assert_helpful(caught.value)


def test_a_film_whose_name_got_another_ending_is_to_be_renamed(tmp_path: Path) -> None:
    with pytest.raises(FilmError) as caught:
        find_film(project(tmp_path, "video/README.txt", "video/master.mp4.txt"))
    assert caught.value.hint == "Rename master.mp4.txt to master.mp4."


def test_two_films_are_both_named(tmp_path: Path) -> None:
    with pytest.raises(FilmError, match=r"a\.mp4, b\.mov") as caught:
        find_film(project(tmp_path, "video/a.mp4", "video/b.mov"))
    assert_helpful(caught.value)


def test_a_film_may_be_named_in_babelreel_toml(tmp_path: Path) -> None:
    found = project(tmp_path, "video/a.mp4", "rushes/b.mov", toml='[paths]\nfilm = "rushes/b.mov"\n')
    assert find_film(found) == found.root / "rushes/b.mov"
    assert probe_path(found) == found.root / "rushes/b.probe.json"


def test_a_named_film_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(FilmError, match=r"b\.mov") as caught:
        find_film(project(tmp_path, "video/a.mp4", toml='[paths]\nfilm = "b.mov"\n'))
    assert_helpful(caught.value)


def test_the_description_of_the_film_is_found_without_the_film(tmp_path: Path) -> None:
    found = project(tmp_path, "video/rights.probe.json")
    assert probe_path(found) == found.root / "video/rights.probe.json"


def test_a_film_under_another_name_is_described_where_the_one_before_was(tmp_path: Path) -> None:
    found = project(tmp_path, "video/film v2.mp4", "video/film v1.probe.json", "video/stems.probe.json")
    assert probe_path(found) == found.root / "video/film v1.probe.json"
    (found.root / "video/film v2.probe.json").touch()
    assert probe_path(found) == found.root / "video/film v2.probe.json"


def test_tracks_are_found_by_their_tag_and_sorted(tmp_path: Path) -> None:
    found = project(
        tmp_path, "subtitles/nl.VTT", "subtitles/film.fr.srt", "subtitles/.hidden.srt", "subtitles/README.md"
    )
    assert [(file.tag, file.path.name) for file in find_tracks(found)] == [("fr", "film.fr.srt"), ("nl", "nl.VTT")]


def test_babelreel_toml_decides_which_tracks_and_their_order(tmp_path: Path) -> None:
    found = project(
        tmp_path, "subtitles/fr.srt", "subtitles/nl.srt", "subtitles/en.srt", toml='languages = ["nl", "en"]\n'
    )
    assert [file.tag for file in find_tracks(found)] == ["nl", "en"]


def test_a_listed_language_without_a_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(TrackError, match="no subtitle file: sq") as caught:
        find_tracks(project(tmp_path, "subtitles/fr.srt", toml='languages = ["fr", "sq"]\n'))
    assert_helpful(caught.value)


def test_no_tracks_are_told(tmp_path: Path) -> None:
    with pytest.raises(TrackError, match="no subtitles") as caught:
        find_tracks(project(tmp_path, "video/a.mp4"))
    assert_helpful(caught.value)


def test_an_unknown_tag_is_told_with_the_file(tmp_path: Path) -> None:
    with pytest.raises(TrackError, match=r"french\.srt") as caught:
        find_tracks(project(tmp_path, "subtitles/french.srt"))
    assert_helpful(caught.value)


def test_two_files_of_one_language_are_both_named(tmp_path: Path) -> None:
    with pytest.raises(TrackError, match=r"fr\.srt and fr\.vtt") as caught:
        find_tracks(project(tmp_path, "subtitles/fr.srt", "subtitles/fr.vtt"))
    assert_helpful(caught.value)


def test_asking_for_a_language_without_a_track_is_told(tmp_path: Path) -> None:
    tracks = find_tracks(project(tmp_path, "subtitles/fr.srt"))
    with pytest.raises(UsageError, match="no subtitle file for “nl”"):
        select_tracks(tracks, ("nl",))


def test_a_track_knows_its_path_relative_to_the_project(tmp_path: Path) -> None:
    found = project(tmp_path, "subtitles/fr.srt")
    track = load_track(found, find_tracks(found)[0])
    assert (track.path, track.language, track.cues[0].lines) == ("subtitles/fr.srt", "fr", ("Bonjour",))


def test_a_style_of_its_own_reaches_its_language(tmp_path: Path) -> None:
    found = project(tmp_path, "subtitles/hi.srt", toml='[language.hi]\nfont = "deva.ttf"\n')
    assert find_tracks(found)[0].settings.font == Path("deva.ttf")
