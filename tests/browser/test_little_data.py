"""Is the film of little data played where a browser says that it plays it smoothly, and elsewhere the usual one?"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from support.browsers import ChromiumTab, Tab, film, wait_for, wait_for_film
from support.browsing import AR, FR, lacking
from support.films import make_film
from support.projects import babelreel, make_project
from support.site_server import serve_site

LITTLE, USUAL = "light-av1", "phone-360p-no-text"
#: A browser that always says so; what Chromium says depends on how films have run before, and on what else runs.
SMOOTH = "MediaCapabilities.prototype.decodingInfo = async () => ({supported: true, smooth: true});"
#: The film that is meant for small screens and little data, as the page would choose it now.
CHOSEN = "document.getElementById('sound').options[0].dataset.light"


@pytest.fixture(scope="module")
def little_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a film of 8 s in two languages once; gives its ``output/``."""
    if not shutil.which("chromium"):
        lacking("chromium is not installed")
    folder = tmp_path_factory.mktemp("little")
    source = make_film(folder / "film.mp4", seconds=8)
    root = make_project(folder / "film", {"fr.srt": FR, "ar.srt": AR}, film=source)
    (root / "babelreel.toml").write_text(
        'title = "Tes droits"\nslug = "film"\nlanguages = ["fr", "ar"]\n'
        '[renditions.light-av1]\nenabled = true\npreset = "veryfast"\ncrf = 51\n'
        '[renditions.web-720p]\npreset = "veryfast"\n[renditions.phone-360p]\npreset = "veryfast"\n'
        "[renditions.web-1080p]\nenabled = false\n[renditions.phone-480p]\nenabled = false\n"
        "[delivery]\nstreams = false\nleaflets = false\n",
        "utf-8",
    )
    result = babelreel(root, "build")
    assert result.code == 0, result.err
    return root / "output"


@pytest.fixture(scope="module")
def little_address(little_output: Path) -> Iterator[str]:
    with serve_site(little_output) as address:
        yield address


def play_through(tab: Tab, seconds: float) -> str:
    """Play the film up to a moment; gives the address of what was played, and nothing may be held against the page."""
    film(tab, "film.muted = true; await film.play();")
    wait_for_film(tab, f"film.currentTime > {seconds} && film.getVideoPlaybackQuality().totalVideoFrames > 5")
    assert film(tab, "return [film.error, complaints];") == [None, []], tab.browser
    return str(film(tab, "return film.currentSrc;"))


def test_each_browser_plays_what_its_page_chooses_for_it(tab: Tab, little_address: str) -> None:
    tab.resize(600, 700)  # of a page as wide as this the light film is chosen
    tab.open(f"{little_address}fr/")
    # "smooth" may change from one question to the next: Chromium remembers how films of this kind have run
    is_supported = tab.run(
        "const asked = JSON.parse(document.getElementById('light').dataset.decoding);"
        "return (await navigator.mediaCapabilities.decodingInfo(asked)).supported;"
    )
    chosen = tab.run(f"await new Promise(done => setTimeout(done, 500)); return {CHOSEN};")
    assert is_supported or USUAL in chosen
    played = play_through(tab, 1.5)
    assert (LITTLE in played, USUAL in played) == (LITTLE in chosen, USUAL in chosen)
    tab.run("localStorage.clear();")


@contextmanager
def phone(browser: Browser, before: str = "", **options: object) -> Iterator[tuple[Page, list[str]]]:
    """Give a page of a small screen, and the films that it asks for; ``before`` runs before its own scripts."""
    context = browser.new_context(viewport={"width": 360, "height": 640}, **options)  # type: ignore[arg-type]
    if before:
        context.add_init_script(before)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if ".mp4" in request.url else None)
    try:
        yield page, asked
    finally:
        context.close()


def test_a_browser_that_says_so_plays_it_and_a_jump_arrives_where_it_should(
    browser: Browser, little_address: str
) -> None:
    with phone(browser, SMOOTH) as (page, _):
        tab = ChromiumTab(page)
        tab.open(f"{little_address}ar/#t=6")
        wait_for(tab, f"{CHOSEN}.includes('{LITTLE}')")
        assert LITTLE in play_through(tab, 6.3)
        size = tab.run("return document.querySelector('label[for=light] small').textContent;")
        assert size == tab.run("return document.getElementById('light').dataset.littleSize;")


def test_on_a_large_screen_it_is_played_once_little_data_is_asked_for(browser: Browser, little_address: str) -> None:
    with phone(browser, SMOOTH) as (page, _):
        page.set_viewport_size({"width": 1366, "height": 768})
        tab = ChromiumTab(page)
        tab.open(f"{little_address}fr/")
        wait_for(tab, f"{CHOSEN}.includes('{LITTLE}')")
        assert "web-720p" in play_through(tab, 0.5)
        tab.run("document.querySelector('.opens').click(); document.getElementById('light').click();")
        wait_for_film(tab, f"film.currentSrc.includes('{LITTLE}') && !film.paused && film.readyState >= 2")
        wait_for_film(tab, "film.currentTime >= 0.5")


@pytest.mark.parametrize(
    "before",
    [
        "MediaCapabilities.prototype.decodingInfo = async () => ({supported: true, smooth: false});",
        "MediaCapabilities.prototype.decodingInfo = async () => ({supported: false, smooth: false});",
        "MediaCapabilities.prototype.decodingInfo = async () => { throw new TypeError('unknown words'); };",
        "Object.defineProperty(Navigator.prototype, 'mediaCapabilities', {value: undefined});",
    ],
    ids=["not smoothly", "not at all", "refuses", "cannot say"],
)
def test_a_browser_that_does_not_say_so_gets_the_usual_film(browser: Browser, little_address: str, before: str) -> None:
    with phone(browser, before) as (page, asked):
        tab = ChromiumTab(page)
        tab.open(f"{little_address}fr/")
        assert USUAL in play_through(tab, 0.3)
        assert not [url for url in asked if LITTLE in url]


def test_without_script_the_usual_film_is_there(browser: Browser, little_address: str) -> None:
    with phone(browser, java_script_enabled=False) as (page, asked):
        page.goto(f"{little_address}fr/")
        page.locator("video").evaluate("async film => { film.muted = true; await film.play(); }")
        assert USUAL in str(page.locator("video").evaluate("film => film.currentSrc"))
        assert asked
        assert not [url for url in asked if LITTLE in url]


def test_a_browser_that_said_more_than_is_true_goes_on_with_the_usual_film(
    browser: Browser, little_address: str
) -> None:
    def answer(route: Route) -> None:
        route.fulfill(status=200, content_type="video/mp4", body=b"no film at all")

    with phone(browser, SMOOTH) as (page, asked):
        page.route(lambda url: LITTLE in url, answer)
        tab = ChromiumTab(page)
        tab.open(f"{little_address}fr/")
        wait_for(tab, f"{CHOSEN}.includes('{LITTLE}')")
        tab.run("await new Promise(done => setTimeout(done, 500));")
        assert asked == []  # nothing of a film is fetched before somebody plays it
        film(tab, "film.muted = true; film.play().catch(() => {});")
        wait_for_film(tab, f"film.currentTime > 0.3 && film.currentSrc.includes('{USUAL}')")
        assert [url for url in asked if LITTLE in url]
        assert not tab.run(f"return {CHOSEN}.includes('{LITTLE}');")  # nor when the reader chooses anew


def test_a_film_that_breaks_in_its_middle_goes_on_there_with_the_usual_one(
    browser: Browser, little_output: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "output"
    shutil.copytree(little_output, broken)
    path = broken / "fr/film.fr.light-av1.mp4"
    content = bytearray(path.read_bytes())
    media = content.index(b"mdat") + 4
    middle = media + (len(content) - media) * 6 // 10
    content[middle:] = b"\xff" * (len(content) - middle)
    path.write_bytes(content)
    with serve_site(broken) as address, phone(browser, SMOOTH) as (page, _):
        tab = ChromiumTab(page)
        tab.open(f"{address}fr/")
        wait_for(tab, f"{CHOSEN}.includes('{LITTLE}')")
        film(tab, "film.muted = true; await film.play();")
        wait_for_film(tab, "film.currentTime > 1")
        assert LITTLE in str(film(tab, "return film.currentSrc;"))
        wait_for_film(tab, f"film.currentSrc.includes('{USUAL}') && film.readyState >= 2 && !film.seeking", 30)
        assert float(str(film(tab, "return film.currentTime;"))) > 1
        wait_for_film(tab, "film.ended", 30)


def test_it_is_the_lighter_one(little_output: Path) -> None:
    files = json.loads((little_output / "manifest.json").read_text("utf-8"))["files"]
    sizes = {file["rendition"]: file["bytes"] for file in files if file["language"] == "fr" and "rendition" in file}
    assert sizes[LITTLE] < sizes[USUAL]
