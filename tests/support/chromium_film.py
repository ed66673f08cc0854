"""How is the film of a page asked and moved in Chromium?"""

from __future__ import annotations

import time
from typing import Any

from playwright.sync_api import Page

PATIENCE_S = 15


def film(page: Page, expression: str) -> Any:  # noqa: ANN401 - what a script gives
    """Evaluate an expression of ``film``."""
    return page.evaluate(f"(() => {{ const film = document.getElementById('film'); return {expression}; }})()")


def wait(page: Page, expression: str) -> None:
    """Ask until an expression is true: the policy of the pages keeps Playwright from asking inside of them."""
    end = time.monotonic() + PATIENCE_S
    while not film(page, expression):
        assert time.monotonic() < end, expression
        page.wait_for_timeout(25)


def load(page: Page) -> None:
    """Fetch the film, which pages leave until somebody plays it."""
    film(page, "(film.preload = 'auto')")
    wait(page, "film.readyState >= 1")


def pause_at(page: Page, seconds: float) -> None:
    film(page, f"(film.pause(), film.currentTime = {seconds})")
    wait(page, f"!film.seeking && Math.abs(film.currentTime - {seconds}) < 0.05")
