from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from babelreel.graph.lock import hold_project
from support.film_folders import BROKEN, FILMS, HEALTH, RIGHTS, make_films
from support.projects import Result, babelreel, snapshot

CAMPAIGN = f'title = "Know your rights"\nfilms = {list(FILMS)}\n[titles]\nfr = "Connais tes droits"\n'


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    root = make_films(tmp_path_factory.mktemp("campaign"))
    (root / "campaign.toml").write_text(CAMPAIGN, "utf-8")
    return root, babelreel(root, "campaign")


@pytest.fixture
def root(built: tuple[Path, Result], tmp_path: Path) -> Path:
    return Path(shutil.copytree(built[0], tmp_path / "copy", symlinks=True))


def films_of(output: Path, page: str) -> list[str]:
    """Give the names of the films on a page, in their order."""
    html = (output / page).read_text("utf-8")
    return [part.split("/")[0] for part in html.split('<h2><a href="')[1:]]


def test_what_can_be_built_is_published_below_one_folder_with_a_page_over_it(built: tuple[Path, Result]) -> None:
    root, result = built
    output = root / "output"
    assert (result.code, result.out) == (2, "")
    assert f"{BROKEN}: babelreel.toml has one fault" in result.err
    assert result.err.endswith("the start page of the films: 2 languages, 8 files written in output\n")
    assert {path.name for path in output.iterdir()} == {
        *("index.html", "fr.html", "ar.html", "campaign.json", "assets", "rights", "health"),
        *("manifest.json", "manifest.schema.json", "SHA256SUMS"),
    }
    assert films_of(output, "fr.html") == ["rights", "health"]
    assert films_of(output, "ar.html") == ["rights"]
    assert not (root / RIGHTS / "output").exists()
    verified = babelreel(root, "verify", "output")
    told = "all is as the manifest says, but not every language or size of the project is published\n"
    assert (verified.code, verified.out.split(": ")[1]) == (0, told)


def test_nothing_is_written_where_nothing_has_changed(root: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in (root / "output").rglob("*") if path.is_file()}
    again = babelreel(root, "campaign")
    assert again.code == 2
    assert again.err.count("nothing to do") == 2
    assert {path: path.stat().st_mtime_ns for path in (root / "output").rglob("*") if path.is_file()} == before


def test_a_film_that_fails_keeps_its_earlier_version_on_the_page(root: Path) -> None:
    film = snapshot(root / "output/health")
    shutil.rmtree(root / HEALTH / "video")
    (root / BROKEN / "babelreel.toml").unlink()
    (root / "campaign.toml").write_text(CAMPAIGN.replace(BROKEN, "films/none"), "utf-8")
    refused = babelreel(root, "campaign")
    assert (refused.code, "there is no folder “films/none”" in refused.err) == (2, True)
    (root / "campaign.toml").write_text(CAMPAIGN.replace(f"'{BROKEN}', ", ""), "utf-8")
    result = babelreel(root, "campaign")
    assert result.code == 2
    assert snapshot(root / "output/health") == film
    assert films_of(root / "output", "fr.html") == ["rights", "health"]
    told = json.loads((root / "output/campaign.json").read_text("utf-8"))["films"]
    assert [(each["name"], each["is_current"]) for each in told] == [("rights", True), ("health", False)]
    assert json.loads((root / "output/manifest.json").read_text("utf-8"))["status"] == "partial"
    assert babelreel(root, "verify", "output").code == 0


def test_a_language_that_goes_goes_from_the_list_too_and_all_is_sent_film_by_film_the_page_last(root: Path) -> None:
    web = root / "web"
    sent = babelreel(root, "campaign", "--publish", str(web))
    assert sent.code == 2, sent.err
    assert snapshot(web) == snapshot(root / "output")
    assert [line.split(" sent to ")[1].split(": ")[0] for line in sent.err.splitlines() if " sent to " in line] == [
        f"{web}/rights",
        f"{web}/health",
        str(web),
    ]
    (root / RIGHTS / "subtitles/ar.srt").unlink()
    assert babelreel(root, "campaign", "--publish", str(web)).code == 2
    assert not (root / "output/ar.html").exists()
    assert snapshot(web) == snapshot(root / "output")
    page = web / "rights/fr/index.html"
    page.write_bytes(page.read_bytes() + b" ")
    differs = babelreel(root, "verify", "web")
    assert (differs.code, differs.out.startswith("rights/fr/index.html: ")) == (1, True)


def test_somebody_elses_file_is_not_written_over(root: Path) -> None:
    shutil.rmtree(root / "output")
    (root / "output").mkdir()
    (root / "output/index.html").write_text("mine", "utf-8")
    result = babelreel(root, "campaign")
    assert result.code == 2
    assert "Files are in the way that babelreel did not publish: index.html" in result.err
    assert (root / "output/index.html").read_text("utf-8") == "mine"
    assert (root / "output/rights/manifest.json").exists()


def test_two_runs_do_not_stand_in_each_others_way(root: Path) -> None:
    with hold_project(root / ".babelreel"):
        assert babelreel(root, "campaign").code == 5


def test_a_campaign_of_which_nothing_was_ever_published_says_so(tmp_path: Path) -> None:
    (tmp_path / BROKEN).mkdir(parents=True)
    (tmp_path / BROKEN / "babelreel.toml").write_text('titel = "x"\n', "utf-8")
    (tmp_path / "mine.toml").write_text(f'title = "x"\nfilms = ["{BROKEN}"]\n', "utf-8")
    result = babelreel(tmp_path, "campaign", "mine.toml")
    assert result.code == 2
    assert "No film of this campaign is published" in result.err
    assert not os.path.lexists(tmp_path / "output")
