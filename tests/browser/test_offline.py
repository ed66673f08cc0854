"""Can a reader keep one language on a device, and watch it there without a network?"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page

from support.browsing import Open
from support.range_server import serve_folder

KEPT = "Saved: this page now works without internet"


def until(page: Page, condition: str) -> None:
    """Wait for what a page's policy lets nobody wait for inside of it."""
    for _ in range(320):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(25)
    pytest.fail(f"never came: {condition}")


@pytest.fixture
def place(output: Path, tmp_path: Path) -> Path:
    """Lay the film out under a path, as most web teams do; gives its folder."""
    return Path(shutil.copytree(output, tmp_path / "campaign/film"))


@pytest.fixture
def address(place: Path) -> Iterator[str]:
    with serve_folder(place.parents[1]) as address:
        yield f"{address}campaign/film/"


def test_a_page_that_is_kept_plays_without_a_network_and_shows_corrections_with_one(
    visit: Open, address: str, place: Path
) -> None:
    page = visit(f"{address}en/").page
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    assert re.search(r"[\d.]+\s(kB|MB)", page.inner_text("#keep-it")), "how much it takes is told first"
    page.locator(".keep").scroll_into_view_if_needed()  # what keeps a film is fetched there
    page.click("#keep-it")
    until(page, f"document.getElementById('keep-status').textContent === {KEPT!r}")

    part = page.evaluate(
        "fetch(document.getElementById('keep-it').dataset.film, {headers: {Range: 'bytes=5-14'}})"
        ".then(async each => [each.status, each.headers.get('Content-Range'), (await each.arrayBuffer()).byteLength])"
    )
    film = next(place.glob("en/*.mp4"))
    assert (part[0], part[2]) == (206, 10)
    assert re.fullmatch(r"bytes 5-14/\d+", part[1]), film

    page.context.set_offline(offline=True)
    page.reload()
    until(page, f"document.getElementById('keep-status').textContent === {KEPT!r}")
    page.evaluate("document.getElementById('film').play()")
    until(page, "document.getElementById('film').currentTime > 0.5")
    page.evaluate("document.getElementById('film').currentTime = 2")
    until(page, "!document.getElementById('film').seeking && document.getElementById('film').currentTime >= 2")

    page.context.set_offline(offline=False)
    for path in ("en/index.html", "en/sw.js"):
        text = (place / path).read_text("utf-8")
        (place / path).write_text(text.replace("Your", "Our").replace('"version":"', '"version":"f'), "utf-8")
    page.reload()
    assert "Our" in page.inner_text("h1")
    until(page, "caches.keys().then(names => names.length === 1 && names[0].includes(' f'))")

    page.locator(".keep").scroll_into_view_if_needed()
    page.click("#forget-it")
    until(page, "caches.keys().then(names => names.length === 0)")
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    assert page.is_visible("#keep-it")


def test_what_cannot_be_kept_whole_is_not_kept_and_the_reader_is_told(visit: Open, address: str, place: Path) -> None:
    watched = visit(f"{address}en/")
    page = watched.page
    worker = (place / "en/sw.js").read_text("utf-8")
    (place / "en/sw.js").write_text(worker.replace('"bytes":', '"bytes":9'), "utf-8")
    page.locator(".keep").scroll_into_view_if_needed()  # what keeps a film is fetched there
    page.click("#keep-it")
    until(page, "document.getElementById('keep-status').textContent.startsWith('It could not')")
    assert page.evaluate("caches.keys().then(names => names.length)") == 0
    assert page.is_visible("#keep-it")
    page.reload()
    assert page.is_visible("#film")
    watched.complaints.clear()  # the browser itself tells of a worker that gave up


@pytest.mark.parametrize(
    "denied",
    [
        "Object.defineProperty(window, 'caches', {value: undefined})",
        "ServiceWorkerContainer.prototype.getRegistration = () => Promise.reject(new Error('denied'))",
    ],
)
def test_where_nothing_can_be_stored_nothing_is_offered_and_nothing_is_wrong(
    visit: Open, address: str, denied: str
) -> None:
    page = visit(f"{address}en/").page
    page.context.add_init_script(denied)
    page.reload()
    page.wait_for_timeout(200)
    assert page.is_hidden("#keep-it")
    assert page.is_visible("#film")


def test_the_file_of_a_language_plays_by_a_double_click(visit: Open, place: Path, tmp_path: Path) -> None:
    (packed,) = place.glob("ar/*.zip")
    with ZipFile(packed) as files:
        files.extractall(tmp_path / "unpacked")
    (start,) = (tmp_path / "unpacked").glob("*/offline.html")
    page = visit(start.as_uri()).page
    page.evaluate("document.getElementById('film').play()")
    until(page, "document.getElementById('film').currentTime > 0.2")
    assert page.get_attribute("html", "lang") == "ar"
    assert page.locator("#lines li").count() > 0
