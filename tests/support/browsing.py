"""What do tests in a browser know of the film that they look at, and what do they note of a page?"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

import pytest
from playwright.sync_api import ConsoleMessage, Page, Request

from support.places import REPOSITORY

FR = """\
1
00:00:00,200 --> 00:00:01,040
Tes droits.

2
00:00:01,120 --> 00:00:02,000
Appelle 112

3
00:00:02,120 --> 00:00:02,960
Un tuteur.
"""

EN = """\
1
00:00:00,200 --> 00:00:01,040
Your rights.

2
00:00:01,120 --> 00:00:02,000
Call 112

3
00:00:02,120 --> 00:00:02,960
A guardian.
"""

AR = """\
1
00:00:00,200 --> 00:00:01,040
لديك حقوق.

2
00:00:01,120 --> 00:00:02,960
اتصل بالرقم 112
"""

ZH = """\
1
00:00:00,200 --> 00:00:02,000
你有权利，请打112。
"""

#: The same for a film that takes as long as this.
LENGTH_S = 20
LONG_FR = """\
1
00:00:00,500 --> 00:00:04,000
Tes droits.

2
00:00:15,000 --> 00:00:19,500
Appelle 112
"""
LONG_AR = """\
1
00:00:00,500 --> 00:00:04,000
لديك حقوق.

2
00:00:15,000 --> 00:00:19,500
اتصل بالرقم 112
"""

#: No sandbox: tests may run as root in a container; no tap needed: films shall play by themselves.
CHROMIUM_WORDS = ("--no-sandbox", "--disable-gpu", "--autoplay-policy=no-user-gesture-required", "--mute-audio")

#: Cues of each language: what the files of the short film hold.
CUES = {"fr": 3, "en": 3, "ar": 2, "zh-Hans": 1}


def lacking(reason: str) -> NoReturn:
    """Skip a test for what the machine lacks, or let it fail where nothing may be skipped."""
    if os.environ.get("BABELREEL_TESTS_FORBID_SKIPS"):
        pytest.fail(reason)
    pytest.skip(reason)


def from_npm(name: str) -> Path:
    """Give a file of the npm packages that the tests in a browser need, by package and path in it."""
    folder = REPOSITORY / "tests" / "browser"
    file = folder / "node_modules" / name
    if not file.is_file():
        lacking(f"{name} is missing: run npm install --no-save --no-package-lock --ignore-scripts in {folder}")
    return file


@dataclass  # without slots: Playwright keeps its own things beside a handler
class Watched:
    """A page, and everything that a browser had to say about it."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def note(self, request: Request) -> None:
        self.requests.append(request.url)

    def elsewhere(self, address: str) -> list[str]:
        """Give the requests that went to another place than the pages'."""
        return [url for url in self.requests if not url.startswith(address)]


Open = Callable[..., Watched]
