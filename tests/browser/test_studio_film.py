"""Does a film that no browser plays become one that is seen and jumped in, while somebody works on the lines?"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from support.browsing import Open
from support.films import make_film, run_maker
from support.projects import make_project
from support.studios import RunningStudio, running_studio
from support.tracks import srt

LINES = srt((400, 1600, "Tes droits."), (2000, 3200, "Appelle le 112."))
#: Nothing of a film is made as fast as a page opens.
PATIENCE_MS = 120_000


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStudio]:
    folder = tmp_path_factory.mktemp("light")
    film = make_film(folder / "film.mp4", seconds=4)
    run_maker("-i", f"file:{film}", "-c:v", "mpeg2video", "-q:v", "2", "-c:a", "mp2", f"file:{folder / 'film.ts'}")
    root = make_project(folder / "film", {"fr.srt": LINES, "ar.srt": LINES}, film=folder / "film.ts")
    with running_studio(root, "fr") as studio:
        yield studio


def open_page(visit: Open, studio: RunningStudio, **options: object) -> Page:
    watched = visit(studio.link, **options)
    expect(watched.page.locator("#line-0")).to_be_visible()
    return watched.page


def wait_for(page: Page, condition: str) -> None:
    """Wait without what the page's policy forbids."""
    for _ in range(PATIENCE_MS // 100):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(100)
    raise AssertionError(condition)


def test_an_mpeg_2_master_is_seen_as_soon_as_its_light_film_is_there(studio: RunningStudio, visit: Open) -> None:
    page = open_page(visit, studio)
    second = page.get_by_label("Line 2", exact=True)
    second.fill("Appelle vite le 112.")  # nobody has to wait for the film
    expect(page.locator("#drawn")).to_have_text("Appelle vite le 112.")
    expect(page.locator("#video")).to_have_attribute("src", re.compile("/film/light"), timeout=PATIENCE_MS)
    wait_for(page, "document.querySelector('#video').readyState >= 2")
    expect(page.locator("#film-state")).to_be_hidden()
    expect(page.locator("#film-note")).to_have_text(re.compile("drawn here by the page"))
    expect(second).to_have_value("Appelle vite le 112.")
    # the film is where the line begins that she is at, half a picture in
    assert abs(page.evaluate("document.querySelector('#video').currentTime") - 2.02) < 0.001
    assert page.evaluate("document.querySelector('#video').videoWidth") == 320
    page.get_by_role("button", name="Play line 1").click()
    # it ends at 1.6 s; a busy machine shows the end somewhat later
    expect(page.locator("#clock")).to_have_text(re.compile(r"0:00:0(?:1\.[6-9]|[2-9]).*"), timeout=30_000)
    expect(page.locator("#play")).to_have_attribute("aria-pressed", "false")
