"""An interpreter who signs stands beside the film, and is in step with it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from support.browsing import AR, FR, Open, lacking
from support.chromium_film import PATIENCE_S, film, load, pause_at, wait
from support.films import make_film
from support.projects import FILES_ONLY, babelreel, make_project
from support.site_server import serve_site

SIGNED = "document.getElementById('signed')"
#: How far an interpreter may be from what is said.
STEP_S = 0.1


@pytest.fixture(scope="module")
def signed_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Build a film of 6 s with an interpreter on the French page, and serve it."""
    if not shutil.which("chromium"):
        lacking("chromium is not installed")
    folder = tmp_path_factory.mktemp("signed")
    root = make_project(
        folder / "film",
        {"fr.srt": FR, "ar.srt": AR},
        film=make_film(folder / "film.mp4", seconds=6),
        settings=f'slug = "film"\n{FILES_ONLY}',
    )
    (root / "video/signed").mkdir()
    make_film(root / "video/signed/fr.mp4", seconds=6, size="240x320", picture="testsrc", audio=None)
    result = babelreel(root, "build")
    assert result.code == 0, result.err
    with serve_site(root / "output") as address:
        yield address


def switch_on(page: Page) -> None:
    page.locator("#sign").click()
    expect(page.locator("#signed")).to_be_visible()
    wait(page, f"{SIGNED}.readyState >= 2")


def stays_in_step(page: Page, times: int = 10) -> None:
    """Wait until both films run and were in step so many times in a row, however busy the machine is."""
    end, good = time.monotonic() + PATIENCE_S, 0
    while good < times:
        ran, ahead = film(page, f"[!film.paused && !{SIGNED}.paused, {SIGNED}.currentTime - film.currentTime]")
        good = good + 1 if ran and abs(ahead) <= STEP_S else 0
        assert time.monotonic() < end, f"{ahead} s apart"
        page.wait_for_timeout(50)


def test_who_does_not_ask_for_it_fetches_nothing_of_it(visit: Open, signed_address: str) -> None:
    watched = visit(f"{signed_address}fr/")
    page = watched.page
    button = page.get_by_role("button", name="Langue des signes")
    expect(button).to_have_attribute("aria-pressed", "false")
    load(page)
    assert not [each for each in watched.requests if "signed.mp4" in each]
    button.click()
    wait(page, f"{SIGNED}.readyState >= 2")
    assert [each for each in watched.requests if "signed.mp4" in each]
    expect(button).to_have_attribute("aria-pressed", "true")


def test_it_runs_in_step_with_the_film_and_comes_back_to_it(visit: Open, signed_address: str) -> None:
    page = visit(f"{signed_address}fr/").page
    load(page)
    switch_on(page)
    film(page, "(film.loop = true, void film.play())")
    stays_in_step(page)
    for seconds in (0.3, -0.3, 2):  # a little, caught up by running slower or faster; more, by a jump
        film(page, f"({SIGNED}.currentTime += {seconds})")
        stays_in_step(page)


def test_it_stops_and_moves_with_the_film(visit: Open, signed_address: str) -> None:
    page = visit(f"{signed_address}fr/").page
    load(page)
    switch_on(page)
    pause_at(page, 4)
    wait(page, f"{SIGNED}.paused && Math.abs({SIGNED}.currentTime - 4) < 0.05")
    film(page, "(film.playbackRate = 2, film.currentTime = 1, film.loop = true, void film.play())")
    stays_in_step(page)
    film(page, "film.pause()")
    wait(page, f"{SIGNED}.paused && Math.abs({SIGNED}.currentTime - film.currentTime) < 0.05")


def test_beside_the_film_where_there_is_room_and_below_it_where_there_is_none(visit: Open, signed_address: str) -> None:
    page = visit(f"{signed_address}fr/").page
    switch_on(page)
    for width, is_beside in ((1200, True), (360, False)):
        page.set_viewport_size({"width": width, "height": 800})
        screen, hands = (page.locator(each).bounding_box() for each in (".screen", "#signed"))
        assert screen
        assert hands
        assert (hands["x"] >= screen["x"] + screen["width"]) is is_beside
        assert (hands["y"] >= screen["y"] + screen["height"]) is not is_beside
        assert hands["x"] + hands["width"] <= width


def test_a_choice_is_kept_for_the_next_visit(visit: Open, signed_address: str) -> None:
    page = visit(f"{signed_address}fr/").page
    switch_on(page)
    page.reload()
    expect(page.locator("#signed")).to_be_visible()


def test_a_page_without_an_interpreter_has_no_button(visit: Open, signed_address: str) -> None:
    page = visit(f"{signed_address}ar/").page
    expect(page.locator("#film")).to_be_visible()
    expect(page.locator("#sign")).to_have_count(0)
