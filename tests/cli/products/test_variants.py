"""A second text in one language: easy to read, or with sounds and speakers for who hears little or nothing."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree
from xml.etree import ElementTree  # noqa: ICN001 - its full name says more

import m3u8
import pytest

from support.manifests import manifest
from support.projects import AR, FR, babelreel, make_project, snapshot

SDH = """\
1
00:00:00,200 --> 00:00:01,040
[Porte] Tes droits.

2
00:00:01,120 --> 00:00:02,000
Appelle 112
"""
EASY = """\
1
00:00:00,200 --> 00:00:02,000
Appelle le 112.
"""
TITLE = '[language.fr]\ntitle = "Tes droits"\n[language.ar]\n'
RDF = "{urn:mpeg:dash:schema:mpd:2011}"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build French in three texts, and Arabic; nothing changes it."""
    tracks = {"fr.srt": FR, "fr.sdh.srt": SDH, "fr.simple.srt": EASY, "ar.srt": AR}
    root = make_project(tmp_path_factory.mktemp("variants") / "film", tracks, settings=TITLE)
    result = babelreel(root, "build")
    assert result.code == 0, result.err
    return root


def files_of(root: Path, tag: str) -> set[str]:
    folder = root / "output" / tag
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_easy_text_is_a_language_of_its_own_with_films_a_page_and_a_leaflet(built: Path) -> None:
    easy = {name.replace("fr-simple", "fr") for name in files_of(built, "fr-simple")}
    assert easy == files_of(built, "fr")
    page = (built / "output/fr-simple/index.html").read_text("utf-8")
    assert "Français – facile à lire" in page
    assert "Appelle le 112." in page
    assert '<h1 id="title" lang="fr-simple" dir="auto">Tes droits</h1>' in page


def test_text_for_the_deaf_is_files_and_no_page(built: Path) -> None:
    slug = manifest(built)["slug"]
    assert files_of(built, "fr-x-sdh") == {f"{slug}.fr-x-sdh.vtt", f"{slug}.fr-x-sdh.srt"}
    assert "[Porte] Tes droits." in (built / f"output/fr-x-sdh/{slug}.fr-x-sdh.srt").read_text("utf-8")
    told = {each["tag"]: each for each in manifest(built)["languages"]}
    assert list(told) == ["fr", "fr-simple", "fr-x-sdh", "ar"]
    assert told["fr-x-sdh"]["name"] == "Français – sourds et malentendants"
    assert "page" not in told["fr-x-sdh"]


@pytest.mark.parametrize("page", ["fr/index.html", "ar/index.html", "fr/embed/index.html"])
def test_each_page_offers_it_behind_the_usual_text_as_captions(built: Path, page: str) -> None:
    tracks = [line for line in (built / "output" / page).read_text("utf-8").splitlines() if line.startswith("<track")]
    texts = [line for line in tracks if "srclang" in line and "chapters" not in line]
    assert [line.split('srclang="')[1].split('"')[0] for line in texts] == ["fr", "fr-x-sdh", "fr-simple", "ar"]
    assert 'kind="captions"' in texts[1]
    assert 'label="Français – sourds et malentendants"' in texts[1]
    assert "default" not in texts[1]


def test_no_page_leads_to_a_page_of_it(built: Path) -> None:
    pages = [content for path, content in snapshot(built / "output").items() if path.endswith(".html")]
    assert len(pages) > 3
    assert not any(b'href="../fr-x-sdh/"' in page or b'href="fr-x-sdh/"' in page for page in pages)


def test_players_of_streams_are_told_for_whom_each_text_is(built: Path) -> None:
    master = m3u8.load(str(built / "output/stream/master.m3u8"))
    texts = {each.uri: each for each in master.media if each.type == "SUBTITLES"}
    sdh, easy, usual = (texts[f"text-{tag}.m3u8"] for tag in ("fr-x-sdh", "fr-simple", "fr"))
    spoken, sounds = (
        f"public.accessibility.{what}" for what in ("transcribes-spoken-dialog", "describes-music-and-sound")
    )
    assert (sdh.language, sdh.characteristics) == ("fr", f"{spoken},{sounds}")
    assert (easy.language, easy.characteristics) == ("fr-simple", "public.easy-to-read")
    assert (usual.language, usual.characteristics) == ("fr", None)
    assert len({each.name for each in texts.values()}) == 4


def test_dash_says_the_same(built: Path) -> None:
    mpd = ElementTree.parse(built / "output/stream/manifest.mpd").getroot()  # noqa: S314 - our own
    sets = {
        each.findtext(f"{RDF}Label"): each
        for each in mpd.iter(f"{RDF}AdaptationSet")
        if each.get("contentType") == "text"
    }
    sdh, easy = sets["Français – sourds et malentendants"], sets["Français – facile à lire"]
    roles = {name: [role.get("value") for role in each.iter(f"{RDF}Role")] for name, each in sets.items()}
    assert sdh.get("lang") == "fr"
    assert [each.attrib for each in sdh.iter(f"{RDF}Accessibility")] == [
        {"schemeIdUri": "urn:tva:metadata:cs:AudioPurposeCS:2007", "value": "2"}
    ]
    assert roles["Français – sourds et malentendants"] == ["caption"]
    assert roles["Français – facile à lire"] == ["subtitle", "easyreader"]
    assert list(easy.iter(f"{RDF}Accessibility")) == []


def test_a_film_has_one_title_for_both_texts_of_a_language(built: Path) -> None:
    master = (built / "output/stream/master.m3u8").read_text("utf-8")
    assert master.count('VALUE="Tes droits",LANGUAGE="fr"') == 1
    assert 'LANGUAGE="fr-x-sdh"' not in master


def test_an_edited_text_for_the_deaf_makes_its_own_files_and_nothing_of_others(built: Path, tmp_path: Path) -> None:
    tracks = {"fr.srt": FR, "fr.sdh.srt": SDH.replace("Porte", "Pluie"), "fr.simple.srt": EASY, "ar.srt": AR}
    root = make_project(tmp_path / "film", tracks, settings=TITLE)
    for folder in (".babelreel", "output"):  # joined films are kept where they are published
        copytree(built / folder, root / folder)
    plan = babelreel(root, "plan", "--json").document
    assert {task["name"] for task in plan["tasks"]} == {"captions fr-x-sdh", "stream text fr-x-sdh"}


def test_films_and_a_page_of_it_are_made_where_they_are_wanted(tmp_path: Path) -> None:
    settings = "[delivery]\nstreams = false\nleaflets = false\nsdh_films = true\n"
    root = make_project(tmp_path / "film", {"fr.srt": FR, "fr.sdh.srt": SDH}, settings=settings)
    result = babelreel(root, "build")
    assert result.code == 0, result.err
    assert {name.replace("fr-x-sdh", "fr") for name in files_of(root, "fr-x-sdh")} == files_of(root, "fr")
    assert "[Porte] Tes droits." in (root / "output/fr-x-sdh/index.html").read_text("utf-8")


def test_what_the_film_shows_in_its_own_language_is_drawn_for_none_of_its_readers(tmp_path: Path) -> None:
    sign = '[[sign]]\nname = "court"\nfrom = "0:00.2"\nto = "0:01.5"\ntext = { en = "Court", fr = "Tribunal" }\n'
    tracks = {"en.srt": FR, "en.simple.srt": EASY, "fr.simple.srt": EASY}
    root = make_project(tmp_path / "film", tracks, settings=f"[delivery]\nstreams = false\nleaflets = false\n{sign}")
    assert babelreel(root, "build").code == 0
    subtitles = {path.name.split(".")[1]: path.read_text("utf-8") for path in (root / "output").glob("*/*.srt")}
    assert {tag: [word for word in ("Court", "Tribunal") if word in text] for tag, text in subtitles.items()} == {
        "en": [],
        "en-simple": [],
        "fr-simple": ["Tribunal"],
    }
