"""The pages over several films, in a browser without scripts: a language is chosen, and its films are there."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from support.browsing import Open
from support.campaigns import a_campaign, all_films, campaign_files
from support.chromium_film import wait
from support.films import ffmpeg_of_tests
from support.range_server import serve_folder

LOOKS: dict[str, tuple[str, dict[str, Any]]] = {
    "first": ("", {}),
    "left to right dark": ("fr.html", {"color_scheme": "dark"}),
    "right to left": ("ar.html", {}),
    "right to left phone dark": ("ar.html", {"color_scheme": "dark", "viewport": {"width": 360, "height": 640}}),
}


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("campaign")
    for path, file in campaign_files(a_campaign(), *all_films()).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(file.content)
    for name in ("rights", "health"):
        for width in (640, 1280):
            draw(root / name / f"shared/film.poster-{width}.jpg", width)
    with serve_folder(root) as address:
        yield address


def draw(path: Path, width: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = f"testsrc=size={width}x{width * 9 // 16}:rate=1"
    words = (str(ffmpeg_of_tests().path), "-v", "error", "-f", "lavfi", "-i", picture, "-frames:v", "1", str(path))
    subprocess.run(words, check=True)


def test_whoever_chooses_a_language_sees_its_films_without_any_script(visit: Open, campaign: str) -> None:
    watched = visit(campaign, java_script_enabled=False)
    page = watched.page
    page.get_by_role("link", name="العربية").click()
    expect(page).to_have_url(f"{campaign}ar.html")
    expect(page.get_by_role("heading", level=1)).to_have_text("اعرف حقوقك")
    expect(page.locator(".film")).to_have_count(1)
    page.get_by_role("link", name="اختر لغتك").click()
    page.get_by_role("link", name="Français").click()
    expect(page.locator(".film h2")).to_have_text(["Tes droits", "Ta santé"])
    expect(page.get_by_role("link", name="Ta santé")).to_have_attribute("href", "health/fr/")
    assert watched.elsewhere(campaign) == []


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_that_shuts_people_out_and_nothing_is_wider_than_the_screen(
    visit: Open, campaign: str, axe: str, look: str
) -> None:
    path, options = LOOKS[look]
    page = visit(f"{campaign}{path}", **options).page
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    wait(page, "Array.from(document.images).every(each => each.complete && each.naturalWidth > 0)")
    page.evaluate(axe)
    found = page.evaluate("axe.run({ resultTypes: ['violations'] })")
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found["violations"]] == []


def test_the_whole_card_of_a_film_leads_to_it_and_text_runs_from_the_right(visit: Open, campaign: str) -> None:
    page = visit(f"{campaign}ar.html", viewport={"width": 360, "height": 800}).page
    card, title = page.locator(".film").bounding_box(), page.locator(".film h2 a")
    assert card is not None
    assert title.evaluate("each => getComputedStyle(each).textAlign") == "right"
    hit = page.evaluate(
        "([x, y]) => document.elementFromPoint(x, y).closest('a').getAttribute('href')",
        [card["x"] + card["width"] / 2, card["y"] + 40],
    )
    assert hit == "rights/ar/"
