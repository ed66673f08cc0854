"""Is a page printed whole, the same each time, with nothing left behind?"""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

import pytest

from babelreel.errors import MachineError, StoppedError, ToolError
from babelreel.media.programs.chromium import Chromium, PrintPage, find_chromium
from support.workplaces import known, work_in

TWO_PAGES = "<style>@page{size:297mm 210mm}p+p{break-before:page}</style><p>one<p>two"


@pytest.fixture(scope="module")
def chromium() -> Chromium:
    found = find_chromium()
    if not found:
        if os.environ.get("BABELREEL_TESTS_FORBID_SKIPS"):
            pytest.fail("Chromium is not installed")
        pytest.skip("Chromium is not installed")
    return found


def print_page(chromium: Chromium, folder: Path, html: str, *, stops: bool = False, is_upright: bool = False) -> bytes:
    folder.mkdir(exist_ok=True)
    (folder / "page.html").write_text(html, "utf-8")
    action = PrintPage(
        chromium=known(chromium).identity, page="page.html", output="page.pdf", is_upright=is_upright, least_pages=2
    )
    action.perform(work_in(folder, is_cancelled=lambda: stops))
    return (folder / "page.pdf").read_bytes()


def program(folder: Path, script: str) -> Chromium:
    path = folder / "browser"
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)
    return Chromium(path=path, version="1")


def test_a_page_printed_twice_has_the_same_bytes_and_no_date_of_today(chromium: Chromium, tmp_path: Path) -> None:
    first = print_page(chromium, tmp_path / "d'été 1", TWO_PAGES)
    assert first == print_page(chromium, tmp_path / "other", TWO_PAGES)
    assert set(re.findall(rb"\(D:(\d{8})", first)) == {b"20000101"}


@pytest.mark.parametrize(
    ("html", "why"),
    [("<style>@page{size:297mm 210mm}</style>one", "1 page"), (TWO_PAGES.replace("297mm", "200mm"), "landscape")],
)
def test_another_paper_or_a_page_missing_is_an_error(chromium: Chromium, tmp_path: Path, html: str, why: str) -> None:
    with pytest.raises(ToolError, match=why):
        print_page(chromium, tmp_path, html)


def test_a_page_may_be_upright_and_then_no_landscape_is_taken_for_it(chromium: Chromium, tmp_path: Path) -> None:
    upright = TWO_PAGES.replace("297mm 210mm", "A4")
    assert print_page(chromium, tmp_path / "upright", upright, is_upright=True).startswith(b"%PDF")
    with pytest.raises(ToolError, match="not A4, upright"):
        print_page(chromium, tmp_path / "landscape", TWO_PAGES, is_upright=True)


def test_a_browser_that_writes_nothing_is_an_error_with_its_last_words(tmp_path: Path) -> None:
    with pytest.raises(ToolError, match="no whole PDF") as raised:
        print_page(program(tmp_path, "echo no sandbox here >&2"), tmp_path, "")
    assert raised.value.log == ("no sandbox here",)


def test_a_browser_that_was_stopped_leaves_no_child(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    slow = program(tmp_path, f'(sleep 1; touch "{tmp_path}/outlived") &\nsleep 9')
    with pytest.raises(StoppedError):
        print_page(slow, tmp_path / "work", "", stops=True)
    time.sleep(1.2)
    assert not (tmp_path / "outlived").exists()


def test_the_environment_chooses_or_forbids_a_browser(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BABELREEL_CHROMIUM", "")
    assert find_chromium() is None
    mine = program(tmp_path, "echo Chromium 1.2.3").path
    monkeypatch.setenv("BABELREEL_CHROMIUM", str(mine))
    assert find_chromium() == Chromium(path=mine, version="Chromium 1.2.3")
    monkeypatch.setenv("BABELREEL_CHROMIUM", str(tmp_path / "none"))
    with pytest.raises(MachineError, match="BABELREEL_CHROMIUM"):
        find_chromium()


def test_a_machine_without_a_browser_has_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("BABELREEL_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_chromium() is None
