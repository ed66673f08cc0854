"""Is every file in the folder of subtitles used, or is it told why not?"""

from __future__ import annotations

from pathlib import Path

import pytest

from babelreel.app.project.choose_tracks import find_tracks, select_tracks
from babelreel.app.project.subtitle_files import StrayFile, SubtitleFolder, look_at_folder
from babelreel.config.read import read_project
from babelreel.errors import TrackError, UsageError
from babelreel.model.project import Project
from babelreel.model.track import FaultKind

CUE = "1\n00:00:01,000 --> 00:00:02,000\nBonjour\n"
GERMAN = """\
1
00:00:01,000 --> 00:00:04,000
Du hast Rechte, auch wenn du ohne deine Eltern hier bist.

2
00:00:05,000 --> 00:00:08,000
Die Dolmetscherin wiederholt nur, was du sagst.
"""
RUSSIAN = """\
1
00:00:01,000 --> 00:00:04,000
У тебя есть права, даже если ты здесь без родителей.

2
00:00:05,000 --> 00:00:08,000
Переводчица только повторяет то, что ты говоришь.
"""
CROATIAN = """\
1
00:00:01,000 --> 00:00:04,000
Imaš svoja prava, čak i ako si ovdje bez roditelja.

2
00:00:05,000 --> 00:00:08,000
Prevoditeljica samo ponavlja ono što ti kažeš.
"""


def project(root: Path, *names: str, toml: str = "", **contents: str) -> Project:
    (root / "subtitles").mkdir(parents=True)
    for name in names:
        (root / "subtitles" / name).write_text(contents.get(Path(name).stem, CUE), encoding="utf-8")
    if toml:
        (root / "babelreel.toml").write_text(toml, encoding="utf-8")
    return read_project(root)


def tags(found: SubtitleFolder) -> list[str]:
    return [file.tag for file in found.tracks]


def strays(found: SubtitleFolder) -> dict[str, StrayFile]:
    return {stray.path.name: stray for stray in found.strays}


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("ara.srt", "ar"),
        ("per.srt", "fa"),
        ("fas.vtt", "fa"),
        ("chi.ass", "zh"),
        ("film.fre.srt", "fr"),
        ("film.ar.sdh.srt", "ar"),
    ],
)
def test_a_file_may_be_named_by_any_code_of_its_language(tmp_path: Path, name: str, tag: str) -> None:
    found = look_at_folder(project(tmp_path, name))
    assert tags(found) == [tag]
    assert not found.strays


@pytest.mark.parametrize(
    "names",
    [
        ("zh.srt", "zh-Hans.srt"),
        ("zh-CN.srt", "zh-Hans.srt"),
        ("chi.srt", "zh.vtt"),
        ("fr.srt", "fr-FR.srt"),
        ("fr.srt", "fr.vtt"),
        ("fra.srt", "film.fr.srt"),
        ("per.srt", "fa.srt"),
        ("fr.ttml", "fr.stl"),
    ],
)
def test_one_language_is_not_published_twice_and_both_files_are_named(tmp_path: Path, names: tuple[str, str]) -> None:
    found = look_at_folder(project(tmp_path, *names, "en.srt"))
    assert tags(found) == ["en"]
    (stray,) = found.strays
    assert stray.kind is FaultKind.RIVAL_FILE
    assert all(name in stray.why for name in names)


@pytest.mark.parametrize("names", [("zh-Hant.srt", "zh-Hans.srt"), ("nl.srt", "nl-BE.srt"), ("fa.srt", "prs.srt")])
def test_another_script_or_region_is_another_language(tmp_path: Path, names: tuple[str, str]) -> None:
    assert len(look_at_folder(project(tmp_path, *names)).tracks) == 2


def test_two_regions_are_published_when_the_project_lists_both(tmp_path: Path) -> None:
    found = look_at_folder(project(tmp_path, "fr.srt", "fr-FR.srt", toml='languages = ["fr", "fr-FR"]\n'))
    assert tags(found) == ["fr", "fr-FR"]
    assert not found.strays


def test_a_listed_language_is_found_under_another_tag_of_it(tmp_path: Path) -> None:
    toml = 'languages = ["zh-Hans", "fr"]\n[language.zh-Hans]\ntitle = "你的权利"\n'
    found = look_at_folder(project(tmp_path, "chi.srt", "fre.srt", toml=toml))
    assert [(file.tag, file.settings.title) for file in found.tracks] == [("zh-Hans", "你的权利"), ("fr", "")]


def test_all_misnamed_files_are_told_at_once_each_with_its_name(tmp_path: Path) -> None:
    names = (
        "Arabic.srt",
        "tiếng Việt.srt",
        "fr (1).srt",
        "bulgare.vtt",
        "nl.final.srt",
        "untertitel.srt",
        "sq.srt.txt",
    )
    found = look_at_folder(project(tmp_path, "en.srt", *names, untertitel=GERMAN))
    assert tags(found) == ["en"]
    proposed = ("ar.srt", "vi.srt", "fr.srt", "bg.vtt", "nl.srt", "de.srt", "sq.srt")
    for name, right in zip(names, proposed, strict=True):
        assert strays(found)[name].kind is FaultKind.MISNAMED_FILE
        assert f"rename it to {right}" in strays(found)[name].why


def test_an_ending_too_much_is_told_as_that(tmp_path: Path) -> None:
    (stray,) = look_at_folder(project(tmp_path, "nl.srt.txt")).strays
    assert stray.why == "rename it to nl.srt: its name ends with .txt"


def test_a_text_in_another_language_is_not_taken_for_one_of_the_thirteen(tmp_path: Path) -> None:
    stray = strays(look_at_folder(project(tmp_path, "film (1).srt", **{"film (1)": RUSSIAN})))["film (1).srt"]
    assert "its text is in Russian: rename it to ru.srt" in stray.why


def test_a_language_that_cannot_be_told_from_another_is_not_proposed(tmp_path: Path) -> None:
    (stray,) = look_at_folder(project(tmp_path, "text.srt", text=CROATIAN)).strays
    assert stray.tag == ""


def test_no_name_is_proposed_where_nothing_tells_the_language(tmp_path: Path) -> None:
    (stray,) = look_at_folder(project(tmp_path, "film final.srt")).strays
    assert (stray.kind, stray.tag) == (FaultKind.MISNAMED_FILE, "")
    assert "such as ar.srt" in stray.why


def test_a_second_text_under_a_strange_name_is_not_passed_over(tmp_path: Path) -> None:
    found = look_at_folder(project(tmp_path, "fr.srt", "sous-titres FR final v2.srt"))
    assert tags(found) == ["fr"]
    stray = strays(found)["sous-titres FR final v2.srt"]
    assert stray.kind is FaultKind.MISNAMED_FILE
    assert "fr.srt: keep the right one" in stray.why


def test_two_misnamed_files_of_one_language_name_each_other(tmp_path: Path) -> None:
    found = strays(look_at_folder(project(tmp_path, "en.srt", "fr (1).srt", "arabe et non.srt", "français.srt")))
    assert "fr (1).srt" in found["français.srt"].why
    assert "français.srt" in found["fr (1).srt"].why


def test_an_old_copy_beside_its_track_is_only_told(tmp_path: Path) -> None:
    found = look_at_folder(project(tmp_path, "fr.srt", "fr.old.srt"))
    assert strays(found)["fr.old.srt"].kind is FaultKind.UNUSED_FILE
    assert "fr.srt is used" in strays(found)["fr.old.srt"].why


def test_every_other_file_is_told_with_what_to_do(tmp_path: Path) -> None:
    names = ("fr.docx", "notes.txt", "list.xlsx", "fr.smi", "fr.idx", "package.json", "x.xml", "fr.srt.bak", "picture")
    found = look_at_folder(project(tmp_path, "fr.srt", *names, notes="Bitte lesen", picture="x"))
    assert {stray.kind for stray in found.strays} == {FaultKind.UNUSED_FILE}
    assert sorted(strays(found)) == sorted(names)
    assert "subtitle editor" in strays(found)["fr.smi"].why
    assert "pictures of text" in strays(found)["fr.idx"].why


def test_readme_files_and_hidden_ones_are_passed_over(tmp_path: Path) -> None:
    found = look_at_folder(project(tmp_path, "fr.srt", "README.md", "readme.txt", ".fr.srt.swp", "Thumbs.db"))
    assert not found.strays


def test_a_file_that_can_only_be_read_gives_way_to_one_that_can_be_edited(tmp_path: Path) -> None:
    found = look_at_folder(project(tmp_path, "fr.srt", "fr.ttml", "de.stl"))
    assert [file.path.name for file in found.tracks] == ["de.stl", "fr.srt"]
    assert strays(found)["fr.ttml"].why == "fr.srt is used for French (fr)"


def test_folders_with_subtitles_and_links_that_lead_nowhere_are_told(tmp_path: Path) -> None:
    made = project(tmp_path, "fr.srt")
    (tmp_path / "subtitles/old").mkdir()
    (tmp_path / "subtitles/old/ar.srt").write_text(CUE)
    (tmp_path / "subtitles/empty").mkdir()
    (tmp_path / "subtitles/de.srt").symlink_to("gone.srt")
    found = look_at_folder(made)
    assert list(strays(found)) == ["old"]
    assert tags(found) == ["de", "fr"]


def test_a_language_that_is_not_listed_is_told(tmp_path: Path) -> None:
    found = look_at_folder(project(tmp_path, "fr.srt", "es.srt", toml='languages = ["fr"]\n'))
    assert tags(found) == ["fr"]
    assert "does not list es" in strays(found)["es.srt"].why


def test_a_project_without_a_usable_file_names_them_all_in_one_message(tmp_path: Path) -> None:
    with pytest.raises(TrackError) as caught:
        find_tracks(project(tmp_path, "Arabic.srt", "fr (1).srt"))
    assert "ar.srt" in caught.value.why
    assert "fr.srt" in caught.value.why
    assert len(caught.value.lines()) <= 4


def test_of_very_many_files_the_first_are_named_and_the_others_counted(tmp_path: Path) -> None:
    found = project(tmp_path, *(f"copie {number:02}.srt" for number in range(60)))
    with pytest.raises(TrackError, match=r"copie 09\.srt: .*; and 50 more, which babelreel check tells") as caught:
        find_tracks(found)
    assert "copie 10.srt" not in str(caught.value)


def test_a_listed_language_whose_file_is_misnamed_stops_no_other(tmp_path: Path) -> None:
    made = project(tmp_path, "fr.srt", "Arabic.srt", toml='languages = ["fr", "ar"]\n')
    assert [file.tag for file in find_tracks(made)] == ["fr"]


def test_a_track_is_asked_for_by_any_tag_of_its_language(tmp_path: Path) -> None:
    found = find_tracks(project(tmp_path, "zh-Hans.srt", "fr.srt"))
    assert [file.tag for file in select_tracks(found, ["zh", "fra"])] == ["fr", "zh-Hans"]
    with pytest.raises(UsageError, match="no subtitle file for “zh-Hant”"):
        select_tracks(found, ["zh-Hant"])


@pytest.mark.parametrize("name", ["fr.sdh.srt", "film.fr.cc.vtt", "fr-sdh.srt", "fr-x-sdh.srt"])
def test_a_text_for_the_deaf_is_a_track_of_its_own_beside_the_usual_one(tmp_path: Path, name: str) -> None:
    found = look_at_folder(project(tmp_path, "fr.srt", name))
    assert tags(found) == ["fr", "fr-x-sdh"]
    assert not found.strays


@pytest.mark.parametrize(
    ("names", "toml", "expected"),
    [
        (("zh-Hans.srt", "zh.simple.srt"), "", ["zh-Hans", "zh-Hans-simple"]),
        (("zh-Hans.srt", "zh.sdh.srt"), "", ["zh-Hans", "zh-Hans-x-sdh"]),
        (("zh.srt", "zh-Hans.simple.srt"), "", ["zh", "zh-simple"]),
        (("zh.srt", "zh.simple.srt"), 'languages = ["zh-Hans", "zh-simple"]', ["zh-Hans", "zh-simple"]),
    ],
)
def test_a_second_text_is_called_as_the_usual_one_beside_it_is(
    tmp_path: Path, names: tuple[str, ...], toml: str, expected: list[str]
) -> None:
    found = look_at_folder(project(tmp_path, *names, toml=toml))
    assert (tags(found), found.strays) == (expected, ())


@pytest.mark.parametrize("name", ["fr.sdh.srt", "fr-sdh.srt"])
def test_alone_it_is_the_track_of_its_language(tmp_path: Path, name: str) -> None:
    assert tags(look_at_folder(project(tmp_path, name))) == ["fr"]


def test_two_texts_for_the_deaf_are_rivals_and_the_usual_one_goes_on(tmp_path: Path) -> None:
    found = look_at_folder(project(tmp_path, "fr.srt", "fr.sdh.srt", "fr.cc.srt"))
    assert tags(found) == ["fr"]
    (stray,) = found.strays
    assert (stray.kind, stray.tag) == (FaultKind.RIVAL_FILE, "fr-x-sdh")


def test_a_text_for_the_deaf_goes_with_its_language_and_an_easy_one_is_listed_by_itself(tmp_path: Path) -> None:
    names = ("fr.srt", "fr.sdh.srt", "fr.simple.srt", "de.srt", "de.sdh.srt")
    found = look_at_folder(project(tmp_path, *names, toml='languages = ["fr"]\n'))
    assert tags(found) == ["fr", "fr-x-sdh"]
    assert {stray.path.name for stray in found.strays} == {"fr.simple.srt", "de.srt", "de.sdh.srt"}


def test_a_variant_has_title_font_and_names_of_its_language(tmp_path: Path) -> None:
    toml = '[language.fr]\ntitle = "Tes droits"\nown_name = "Français de Belgique"\ncps_child = 12\n'
    found = look_at_folder(project(tmp_path, "fr.srt", "fr.sdh.srt", "fr.simple.srt", toml=toml))
    usual, easy, deaf = (file.settings for file in found.tracks)
    assert [each.title for each in (usual, easy, deaf)] == ["Tes droits"] * 3
    assert deaf.language.own_name == "Français de Belgique – sourds et malentendants"
    assert easy.language.own_name == "Français de Belgique – facile à lire"
    assert deaf.profile == usual.profile  # the same readers' speed
    assert easy.profile.cps_child < usual.profile.cps_child
