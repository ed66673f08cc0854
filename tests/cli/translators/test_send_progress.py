"""Does who waits for a page to be sent see how it goes on, and nobody else?"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from support.projects import babelreel, make_project
from support.tracks import srt

#: What is told at the end, wherever it is told.
SUMMARY = "fr: 2 lines"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    english, french = ("Your rights.", "Call 112."), ("Tes droits.", "Appelle 112.")
    tracks = {
        name: srt((200, 800, said), (900, 1400, also))
        for name, (said, also) in (("en.srt", english), ("fr.srt", french))
    }
    return make_project(tmp_path / "film", tracks, settings='reference = "en"\n')


def told_on_a_terminal(root: Path, *arguments: str) -> str:
    """Run the program with a terminal for what it tells, and give all that came there."""
    screen, terminal = os.openpty()
    command = [sys.executable, "-m", "babelreel", *arguments]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    told = b""
    with subprocess.Popen(
        command, cwd=root, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=terminal, env=environment
    ) as process:
        os.close(terminal)
        try:
            while part := os.read(screen, 4096):
                told += part
        except OSError:  # the way in which Linux says that nobody has the terminal any more
            pass
        os.close(screen)
        assert process.wait() == 0, told
    return told.decode()


@pytest.mark.skipif(os.name != "posix", reason="a terminal of a test's own")
def test_how_far_the_stills_of_a_page_are_is_seen_on_a_terminal(root: Path) -> None:
    told = told_on_a_terminal(root, "send", "fr", "--as", "page")
    assert ("100%" in told, SUMMARY in told) == (True, True)


@pytest.mark.skipif(os.name != "posix", reason="a terminal of a test's own")
@pytest.mark.parametrize("arguments", [("--as", "page", "-q"), ("--as", "po")])
def test_who_wants_quiet_or_waits_for_no_stills_sees_no_bar(root: Path, arguments: tuple[str, ...]) -> None:
    assert told_on_a_terminal(root, "send", "fr", *arguments).splitlines() == [SUMMARY]


def test_in_a_log_stands_only_what_was_sent(root: Path) -> None:
    assert babelreel(root, "send", "fr", "--as", "page").err.splitlines() == [SUMMARY]
