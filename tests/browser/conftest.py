"""How do tests get a browser, and a small film in four languages published and served as a web team would do it?"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, Request, sync_playwright

from support.browsers import ChromiumTab, DrivenTab, Tab
from support.browsing import (
    AR,
    CHROMIUM_WORDS,
    EN,
    FR,
    LENGTH_S,
    LONG_AR,
    LONG_FR,
    ZH,
    Open,
    Watched,
    from_npm,
    lacking,
)
from support.films import make_film
from support.projects import babelreel, make_project
from support.range_server import serve_folder
from support.site_server import serve_site
from support.webdriver import has_firefox, has_webkit, start_firefox, start_webkit


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a film of 3 s in four languages once; gives its ``output/``."""
    if not shutil.which("chromium"):
        lacking("chromium is not installed")
    folder = tmp_path_factory.mktemp("browser")
    tracks = {"fr.srt": FR, "en.srt": EN, "ar.srt": AR, "zh-Hans.srt": ZH}
    root = make_project(folder / "film", tracks, film=make_film(folder / "film.mp4", seconds=3))
    (root / "babelreel.toml").write_text(
        'title = "Your <rights>"\nslug = "film"\nlanguages = ["fr", "en", "ar", "zh-Hans"]\n'
        '[renditions.web-720p]\npreset = "veryfast"\n[renditions.phone-360p]\npreset = "veryfast"\n'
        "[renditions.web-1080p]\nenabled = false\n[renditions.phone-480p]\nenabled = false\n"
        "[delivery]\nstreams = false\nleaflets = false\n"
        '[brand.sentence]\nar = "لك."\n[[help]]\nnumber = "112"\nhours = "24/7"\n[[help]]\nnumber = "116 000"\n'
        '[[chapter]]\nstart = "0:00"\ntitle = { fr = "Tes droits", ar = "حقوقك" }\n'
        '[[chapter]]\nstart = "0:01.1"\ntitle = { fr = "De l’aide" }\n',
        "utf-8",
    )
    result = babelreel(root, "build")
    assert result.code == 0, result.err
    return root / "output"


@pytest.fixture(scope="session")
def address(output: Path) -> Iterator[str]:
    """Serve the built film."""
    with serve_folder(output) as address:
        yield address


@pytest.fixture(scope="session")
def long_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a film of 20 s in two languages once; gives its ``output/``."""
    folder = tmp_path_factory.mktemp("long")
    film = make_film(folder / "film.mp4", seconds=LENGTH_S)
    root = make_project(folder / "film", {"fr.srt": LONG_FR, "ar.srt": LONG_AR}, film=film)
    (root / "babelreel.toml").write_text(
        'title = "Tes droits"\nslug = "film"\nlanguages = ["fr", "ar"]\n'
        '[renditions.web-720p]\npreset = "veryfast"\n[renditions.phone-360p]\npreset = "veryfast"\n'
        "[renditions.web-1080p]\nenabled = false\n[renditions.phone-480p]\nenabled = false\n"
        "[delivery]\nstreams = false\nleaflets = false\n",
        "utf-8",
    )
    result = babelreel(root, "build")
    assert result.code == 0, result.err
    return root / "output"


@pytest.fixture(scope="session")
def long_address(long_output: Path) -> Iterator[str]:
    """Serve the film of 20 s as ``babelreel serve`` does."""
    with serve_site(long_output) as address:
        yield address


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    """Start what drives Chromium, once: there cannot be two in one process."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(driver: Playwright) -> Iterator[Browser]:
    """Start the system's Chromium once."""
    program = shutil.which("chromium")
    if not program:
        lacking("chromium is not installed")
    browser = driver.chromium.launch(executable_path=program, args=list(CHROMIUM_WORDS))
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def firefox() -> Iterator[Tab]:
    """Start the system's Firefox once."""
    if not has_firefox():
        lacking("firefox-esr is not installed")
    with start_firefox() as session:
        yield DrivenTab("firefox", session)


@pytest.fixture(scope="session")
def webkits() -> Iterator[Callable[[], Tab]]:
    """Start the system's WebKit, again where it has stopped answering: one test must not take others with it."""
    if not has_webkit():
        lacking("webkit2gtk-driver or xvfb is not installed")
    running: list[Tab] = []
    with ExitStack() as stack:

        def give() -> Tab:
            if not (running and is_answering(running[0])):
                stack.close()
                running[:] = [DrivenTab("webkit", stack.enter_context(start_webkit()))]
            return running[0]

        yield give


def is_answering(tab: Tab) -> bool:
    try:
        tab.open("about:blank")
    except OSError:  # what waits for a driver in vain, and what a driver that gave up says, are kinds of it
        return False
    return True


@pytest.fixture
def webkit(webkits: Callable[[], Tab]) -> Tab:
    """Give a page of the system's WebKit."""
    return webkits()


@pytest.fixture
def chromium(browser: Browser) -> Iterator[Tab]:
    """Give a page of the system's Chromium."""
    context = browser.new_context(locale="en-GB")
    yield ChromiumTab(context.new_page())
    context.close()


@pytest.fixture(params=["chromium", "firefox", "webkit"])
def tab(request: pytest.FixtureRequest) -> Tab:
    """Give an empty page of each browser in turn."""
    page: Tab = request.getfixturevalue(request.param)
    page.open("about:blank")
    page.resize(1366, 768)
    return page


@pytest.fixture(scope="session")
def axe() -> str:
    """Give the program that looks for what shuts people out."""
    return from_npm("axe-core/axe.min.js").read_text("utf-8")


_LISTENER = (
    "window.violations = []; document.addEventListener('securitypolicyviolation',"
    " event => window.violations.push(event.violatedDirective + ' ' + event.blockedURI));"
)


@pytest.fixture
def visit(browser: Browser) -> Iterator[Open]:
    """Give what opens a page in a browser of its own; nothing that is complained of may be overlooked."""
    contexts: list[BrowserContext] = []
    watched: list[Watched] = []

    def open_(url: str, **options: Any) -> Watched:  # noqa: ANN401 - the options of a context
        has_script = options.get("java_script_enabled", True)
        context = browser.new_context(**{"locale": "en-GB", **options})
        contexts.append(context)
        if has_script:
            context.add_init_script(_LISTENER)
        each = Watched(context.new_page())
        each.page.set_default_timeout(8_000)
        each.page.on("console", each.hear)
        each.page.on("pageerror", lambda error: each.complaints.append(str(error)))
        each.page.on("requestfailed", lambda request: _note_failure(each, request))
        each.page.on("request", each.note)
        each.page.goto(url)
        if has_script:
            watched.append(each)
        return each

    yield open_
    for each in watched:
        assert each.complaints == []
        assert each.page.evaluate("window.violations") == []
    for context in contexts:
        context.close()


def _note_failure(watched: Watched, request: Request) -> None:
    """Note a request that failed; one that was given up, because the page was left or the film changed, has not."""
    if request.failure != "net::ERR_ABORTED":
        watched.complaints.append(f"{request.url} {request.failure}")
