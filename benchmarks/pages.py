"""Measure what published pages weigh, how the film begins on a slow line, and whom they shut out.

    python benchmarks/pages.py output                                  # weights and axe, on every page: a minute
    python benchmarks/pages.py output --play fr                        # the light film to its end on slow 3G, too
    python benchmarks/pages.py output --lighthouse FOLDER              # Lighthouse of each language's page, too

Needs Chromium, playwright, and tests/browser/node_modules (axe). FOLDER is where ``npm install lighthouse@12.8.2`` was
run; Lighthouse wants a machine that does little else.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, CDPSession, Page, Response, sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from support.browsing import from_npm
from support.site_server import serve_site

#: A cheap phone.
PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 640},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
#: Slow 3G: 50 kB a second, and 400 ms to an answer.
SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
#: What servers compress.
TEXT_TYPES = ("text/", "application/json", "application/manifest+json", "image/svg+xml")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
#: Written down inside of the page: when the first picture was shown after the tap, and how often the film stood still.
WATCH = """
const film = document.getElementById("film");
window.watched = { first: 0, stalls: 0 };
const begun = performance.now();
film.requestVideoFrameCallback(() => { watched.first = performance.now() - begun; });
film.addEventListener("waiting", () => { if (watched.first && !film.seeking) watched.stalls += 1; });
film.play();
"""


@dataclass
class Traffic:
    """What came over the line, by what it is: bytes on the line, and texts as a server would compress them."""

    page: int = 0
    page_gzip: int = 0
    poster: int = 0
    film: int = 0
    kinds: dict[str, str] = field(default_factory=dict)

    @property
    def all(self) -> int:
        """Give the bytes of everything together."""
        return self.page + self.poster + self.film


def listen(session: CDPSession) -> Traffic:
    """Add up what a page fetches from now on."""
    traffic = Traffic()

    def begin(told: dict[str, Any]) -> None:
        path, kind = urlsplit(told["response"]["url"]).path, told["response"]["mimeType"]
        is_poster = "poster" in path and kind.startswith("image/")
        traffic.kinds[told["requestId"]] = "film" if kind.startswith("video/") else "poster" if is_poster else "page"

    def grow(told: dict[str, Any]) -> None:
        kind = traffic.kinds.get(told["requestId"], "page")
        # what was decoded is what was sent: the server compresses nothing
        setattr(traffic, kind, getattr(traffic, kind) + told["dataLength"])

    session.on("Network.responseReceived", begin)
    session.on("Network.dataReceived", grow)
    session.send("Network.enable")
    return traffic


def open_page(browser: Browser, url: str, **options: object) -> tuple[Page, CDPSession, Traffic]:
    """Open a page on a phone that has never seen it; gives what it fetched until it rested."""
    context = browser.new_context(**{**PHONE, **options})
    page = context.new_page()
    session = context.new_cdp_session(page)
    traffic = listen(session)
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))  # noqa: PLW0108 - Playwright marks what it is given
    page.goto(url, wait_until="networkidle", timeout=120_000)
    traffic.page_gzip = sum(map(compressed_bytes, responses))
    return page, session, traffic


def compressed_bytes(response: Response) -> int:
    """Give what a part of a page weighs where the server compresses it; nothing for films and the poster."""
    kind = response.headers.get("content-type", "")
    if kind.startswith("video/") or "poster" in response.url or not response.ok:
        return 0
    body = response.body()
    return len(gzip.compress(body, 6)) if kind.startswith(TEXT_TYPES) else len(body)


def axe_faults(page: Page, axe: str) -> int:
    """Count what axe finds on a page with everything unfolded, and say what."""
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    page.evaluate(axe)
    found = page.evaluate("axe.run({ resultTypes: ['violations'] }).then(told => told.violations.map(each => each.id))")
    if found:
        print(f"{page.url}: {', '.join(found)}", file=sys.stderr)
    return len(found)


def weigh_and_look(browser: Browser, name: str, url: str, axe: str) -> str:
    """Open a page light and dark; gives a row of figures."""
    faults = []
    for scheme in ("dark", "light"):
        page, _, traffic = open_page(browser, url, color_scheme=scheme)
        faults.append(axe_faults(page, axe))
        page.context.close()
    sizes = (traffic.page, traffic.page_gzip, traffic.poster, traffic.film)
    return f"| {name} | {' | '.join(f'{size / 1000:.1f}' for size in sizes)} | {faults[1]}, {faults[0]} |"


def pages_of(output: Path) -> Iterator[tuple[str, str]]:
    """Give the first page, and each language's, by name and path."""
    manifest = json.loads((output / "manifest.json").read_bytes())
    yield "first", ""
    for each in manifest["languages"]:
        yield each["tag"], each["page"]


def play(browser: Browser, url: str) -> str:
    """Play the light film from the tap to its end; gives a row of figures."""
    page, session, traffic = open_page(browser, url)
    before = traffic.all
    session.send("Network.emulateNetworkConditions", SLOW_3G)
    page.evaluate(WATCH)
    while not page.evaluate("watched.first"):
        page.wait_for_timeout(20)
    fetched = traffic.all
    page.wait_for_timeout(100)
    while not page.evaluate("film.ended"):
        page.wait_for_timeout(250)
    first, stalls, film = page.evaluate("[watched.first, watched.stalls, film.currentSrc]")
    length = page.evaluate("film.duration")
    page.context.close()
    name = urlsplit(film).path.rsplit("/", 1)[-1]
    return (
        f"| {name} | {length:.0f} s | {before / 1000:.0f} | {fetched / 1000:.0f} | {first / 1000:.1f} | {stalls} "
        f"| {traffic.film / 1000:.0f} |"
    )


def lighthouse(folder: Path, url: str) -> list[int]:
    """Give Lighthouse's marks on a page, as a phone sees it on a slow line: the middle one of three runs."""
    command = [
        str(folder / "node_modules/.bin/lighthouse"), url, "--quiet", "--output=json", "--output-path=stdout",
        "--form-factor=mobile", f"--only-categories={','.join(CATEGORIES)}",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
    ]  # fmt: skip
    environment = {**os.environ, "CHROME_PATH": shutil.which("chromium") or ""}
    runs = [
        json.loads(subprocess.run(command, env=environment, capture_output=True, check=True).stdout)["categories"]
        for _ in range(3)
    ]
    return [round(100 * median(run[name]["score"] for run in runs)) for name in CATEGORIES]


def main() -> None:
    """Print the tables that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("output", type=Path)
    parser.add_argument("--only", nargs="*", metavar="PAGE")
    parser.add_argument("--play", nargs="*", default=[], metavar="TAG")
    parser.add_argument("--lighthouse", type=Path, metavar="FOLDER")
    asked = parser.parse_args()
    axe = from_npm("axe-core/axe.min.js").read_text("utf-8")
    program = shutil.which("chromium")
    arguments = ["--no-sandbox", "--disable-gpu", "--autoplay-policy=no-user-gesture-required", "--mute-audio"]
    with serve_site(asked.output, is_heard=False) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        pages = {name: address + path for name, path in pages_of(asked.output) if name in (asked.only or [name])}
        print("| page | kB | with gzip | poster | film | axe light, dark |\n| --- | ---: | ---: | ---: | ---: | ---: |")
        for name, url in pages.items():
            print(weigh_and_look(browser, name, url, axe), flush=True)
        if asked.play:
            print(
                "\n| film, slow 3G | length | kB before the tap | kB up to the first picture | s | stalls | kB in all |"
            )
            print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
        for name in asked.play:
            print(play(browser, pages[name]), flush=True)
        browser.close()
        if asked.lighthouse:
            print(f"\n| Lighthouse | {' | '.join(CATEGORIES)} |\n| --- |{' ---: |' * len(CATEGORIES)}")
        for name, url in pages.items() if asked.lighthouse else ():
            marks = lighthouse(asked.lighthouse.resolve(), url)
            print(f"| {name} | {' | '.join(str(mark) for mark in marks)} |", flush=True)


if __name__ == "__main__":
    main()
