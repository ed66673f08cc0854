"""How is one test written for Chromium, Firefox and WebKit?

A tab opens a page, runs scripts in it and gives pictures of it; what pages complain of is collected by a script that
the tests' server puts first into each page (``support.site_server``).
"""

from __future__ import annotations

import base64
import json
import time
from typing import Any, Protocol

from playwright.sync_api import Page

from support.webdriver import Session

PATIENCE_S = 15
_POLL_S = 0.03
#: The player of a page.
FILM = "document.getElementById('film')"


class Tab(Protocol):
    """A page in one of the browsers."""

    browser: str

    def open(self, url: str) -> None:
        """Go to an address."""

    def run(self, script: str, **values: object) -> Any:  # noqa: ANN401 - any JSON
        """Run the body of an asynchronous function, with ``values`` as its variables; gives what it returns."""

    def resize(self, width_px: int, height_px: int) -> None:
        """Give the page a size: WebKit and Firefox take none narrower than some 450 pixels."""

    def picture(self) -> bytes:
        """Give what is seen, as PNG."""


class ChromiumTab:
    """A page of Chromium, driven by Playwright."""

    browser = "chromium"

    def __init__(self, page: Page) -> None:
        self._page = page

    def open(self, url: str) -> None:
        self._page.goto(url)

    def run(self, script: str, **values: object) -> Any:  # noqa: ANN401 - as above
        return self._page.evaluate(f"async ({{{', '.join(values)}}}) => {{{script}}}", values)

    def resize(self, width_px: int, height_px: int) -> None:
        self._page.set_viewport_size({"width": width_px, "height": height_px})

    def picture(self) -> bytes:
        return self._page.screenshot()


class DrivenTab:
    """A page of Firefox or WebKit, driven by WebDriver."""

    def __init__(self, browser: str, session: Session) -> None:
        self.browser = browser
        self._session = session
        session.send("SetTimeouts", script=60_000, pageLoad=60_000)

    def open(self, url: str) -> None:
        self._session.send("Navigate", url="about:blank")  # an address that differs behind "#" only loads nothing
        self._session.send("Navigate", url=url)

    def run(self, script: str, **values: object) -> Any:  # noqa: ANN401 - as above
        told = self._session.send(
            "ExecuteAsyncScript",
            script=f"const told = arguments[1]; (async ({{{', '.join(values)}}}) => {{{script}}})(arguments[0])"
            ".then(value => [value ?? null, ''], fault => [null, String(fault)])"
            ".then(outcome => told(JSON.stringify(outcome)));",
            args=[values],
        )
        value, fault = json.loads(told)
        assert not fault, fault
        return value

    def resize(self, width_px: int, height_px: int) -> None:
        frame = self.run("return [outerWidth - innerWidth, outerHeight - innerHeight];")
        self._session.send("SetWindowRect", width=width_px + frame[0], height=height_px + frame[1])
        wait_for(self, f"innerWidth === {width_px} && innerHeight === {height_px}")

    def picture(self) -> bytes:
        return base64.b64decode(self._session.send("TakeScreenshot"))


def wait_for(tab: Tab, expression: str, patience_s: float = PATIENCE_S) -> None:
    """Ask until an expression is true; the policy of pages keeps scripts from asking inside of them."""
    end = time.monotonic() + patience_s
    while not tab.run(f"return Boolean({expression});"):
        assert time.monotonic() < end, f"{tab.browser}: not within {patience_s:g} s: {expression}"
        time.sleep(_POLL_S)


def film(tab: Tab, script: str, **values: object) -> object:
    """Run a script that knows the page's ``film``."""
    return tab.run(f"const film = {FILM}; {script}", **values)


def open_film(tab: Tab, url: str) -> None:
    """Open a page and load its film, which it does not do before somebody plays it."""
    tab.open(url)
    film(tab, "film.preload = 'auto';")
    wait_for_film(tab, "film.readyState >= 2")


def wait_for_film(tab: Tab, expression: str, patience_s: float = PATIENCE_S) -> None:
    """Ask until an expression of ``film`` is true."""
    wait_for(tab, f"(film => {expression})({FILM})", patience_s)


def seek(tab: Tab, seconds: float) -> None:
    """Go to a moment and wait until its picture is there."""
    film(tab, "film.currentTime = seconds;", seconds=seconds)
    wait_for_film(tab, f"!film.seeking && Math.abs(film.currentTime - {seconds}) < 0.5 && film.readyState >= 2")
