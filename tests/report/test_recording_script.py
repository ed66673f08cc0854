"""Can a volunteer read a script on paper and in a spreadsheet, and does no text do harm there?"""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from babelreel.languages.find import find_language
from babelreel.model.sound.recording_script import RecordingScript, ScriptLine, flowing
from babelreel.model.timecode import Span
from babelreel.report.recording_script_csv import HEADER, in_seconds, render_script_csv
from babelreel.report.recording_script_page import render_script_page
from babelreel.report.spreadsheet import harmless

HOSTILE = "<script>alert(1)</script>\"'&<img src=x onerror=alert(1)>{{ 7 * 7 }}{% raw %}"


def line(text: str, source: str = "Call 112.", **more: int) -> ScriptLine:
    values: dict[str, Any] = {"number": 7, "room_ms": 2050, "spoken_ms": 1399, **more}
    span = Span(start_ms=62_600, end_ms=65_040)
    return ScriptLine(span=span, text=text, source_text=source, take="video/stems/ar/07.wav", **values)


def script(
    *lines: ScriptLine, tag: str = "ar", title: str = "Your rights", film_ms: int | None = 87_880
) -> RecordingScript:
    return RecordingScript(
        title=title,
        language=find_language(tag),
        source=find_language("en"),
        film_ms=film_ms,
        lines=lines,
        takes_dir=f"video/stems/{tag}",
    )


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_a_row_tells_all_that_there_is_to_know_of_a_line() -> None:
    text = render_script_csv(script(line("اتصل بالرقم\n\u2066116\u00a0000\u2069.")))
    header, row = rows(text)
    assert text.startswith("\ufeff")
    assert header == list(HEADER)
    assert row == [
        *("7", "00:01:02.600", "00:01:05.040", "2.0", "Call 112.", "اتصل بالرقم \u2066116\u00a0000\u2069."),
        *("video/stems/ar/07.wav", "fits", "1.3", ""),
        "to record",
    ]


def test_rows_end_and_quotes_double_as_rfc_4180_says() -> None:
    text = render_script_csv(script(line('Say "yes",\nnow')))
    assert text.count("\r\n") == 2
    assert text.replace("\r\n", "").count("\n") == 0
    assert '"Say ""yes"", now"' in text


@pytest.mark.parametrize("start", ["=1+1", "+32 2 123", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"])
def test_no_cell_begins_as_a_formula(start: str) -> None:
    assert harmless(start) == f"'{start}"
    assert rows(render_script_csv(script(line(start))))[1][5].startswith("'")


def test_a_semicolon_parts_no_formula_off() -> None:
    # where the comma is the decimal sign, a spreadsheet parts cells at semicolons
    assert harmless('Wait; "=1+1"') == 'Wait;\' "=1+1"'


@given(st.text(), st.text())
def test_any_text_is_one_harmless_cell_of_one_line(text: str, source: str) -> None:
    rendered = render_script_csv(script(line(text, source)))
    found = rows(rendered.encode().decode("utf-8"))
    assert [len(row) for row in found] == [len(HEADER)] * 2
    assert found[1][5].replace("'", "") == flowing(text, find_language("ar")).replace("'", "")
    assert not re.match(r"[\s\"]*[=+\-@\t\r]", found[1][5])


def test_seconds_are_never_rounded_up() -> None:
    assert [in_seconds(each) for each in (0, 99, 1999, 12_345)] == ["0.0", "0.0", "1.9", "12.3"]


class _Page(HTMLParser):
    """Notes each element with its attributes, and the text of cells."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def find(self, tag: str, **wanted: str) -> Iterator[dict[str, str | None]]:
        for name, attributes in self.elements:
            if name == tag and wanted.items() <= attributes.items():
                yield attributes


def test_a_right_to_left_language_mirrors_the_table_and_not_its_numbers() -> None:
    page = _Page(render_script_page(script(line("اتصل بالرقم 112."))))
    assert next(page.find("html")) == {"lang": "en", "dir": "ltr"}
    assert next(page.find("table")) == {"dir": "rtl"}
    cells = list(page.find("td"))
    assert [(cell.get("lang"), cell.get("dir")) for cell in cells if "lang" in cell] == [("en", "ltr"), ("ar", "rtl")]
    # number, two times, seconds, estimate and file, and the folder above
    assert len(list(page.find("bdi", dir="ltr"))) == 8


def test_a_left_to_right_language_is_laid_out_so() -> None:
    page = _Page(render_script_page(script(line("Appelle le 112."), tag="fr")))
    assert next(page.find("table")) == {"dir": "ltr"}
    assert "Français" in page.texts
    assert "Appelle le 112." in page.texts


def test_the_reference_has_no_column_for_what_the_film_says() -> None:
    page = render_script_page(script(line("Call 112.", ""), tag="en"))
    assert "The film says" not in page
    assert "The film says" in render_script_page(script(line("Appelle le 112."), tag="fr"))


def test_the_page_says_how_to_record_and_that_the_estimate_is_a_guess() -> None:
    text = " ".join(" ".join(_Page(render_script_page(script(line("x"), tag="fr"))).texts).split())
    for piece in ("half a second of silence", "video/stems/fr", "is a guess", "Film: 01:27.8", "Who recorded"):
        assert piece in text


def test_what_the_volunteer_must_know_of_the_track_is_told() -> None:
    told = replace(script(line("x")), repeated=(7, 9), silent=(3,), film_ms=None)
    text = " ".join(_Page(render_script_page(told)).texts)
    assert "has the number 7, 9" in text
    assert "left out here: cue 3" in text
    assert "Film: unknown" in text


def test_no_text_becomes_markup_and_nothing_is_loaded() -> None:
    page = _Page(render_script_page(script(line(HOSTILE, HOSTILE), title=HOSTILE)))
    assert not [name for name, _ in page.elements if name in {"script", "img", "link", "iframe", "object"}]
    assert page.texts.count(HOSTILE) == 3  # the title's own heading, and both cells
    for _, attributes in page.elements:
        assert not {"src", "href", "onerror", "style"} & attributes.keys()


@given(st.text(), st.text())
def test_any_text_stands_in_the_page_as_it_is(text: str, title: str) -> None:
    rendered = render_script_page(script(line(text), title=title)).encode("utf-8", "surrogatepass").decode("utf-8")
    said = flowing(text, find_language("ar"))
    assert not said or said in _Page(rendered).texts


def test_chinese_lines_are_joined_without_a_space() -> None:
    assert flowing("你有权利\n请打电话", find_language("zh-Hans")) == "你有权利请打电话"
    assert flowing(" Tu as\n\n des droits ", find_language("fr")) == "Tu as des droits"
    assert flowing("abc\td", find_language("fr")) == "abc d"


def _chromium() -> str:
    found = shutil.which("chromium")
    if found is None:
        if os.environ.get("BABELREEL_TESTS_FORBID_SKIPS"):
            pytest.fail("chromium is not installed")
        pytest.skip("chromium is not installed")
    return found


MEASURE = """<script>
const wide = document.documentElement.scrollWidth > innerWidth;
const over = [...document.querySelectorAll("th, td")].filter((e) => e.scrollWidth > e.clientWidth + 1).length;
const first = document.querySelector("td.number").getBoundingClientRect();
const last = document.querySelector("td.notes").getBoundingClientRect();
document.title = `wide=${wide} over=${over} mirrored=${first.left > last.left}`;
</script>"""


@pytest.mark.parametrize(("tag", "mirrored"), [("ar", "true"), ("fr", "false")])
def test_a_browser_shows_all_of_it_and_the_right_way_round(tmp_path: Path, tag: str, mirrored: str) -> None:
    long = line("word" * 60, "Donaudampfschifffahrt" * 9, number=123_456, room_ms=36_000_000, spoken_ms=9_999_999)
    page = tmp_path / "script é.html"
    page.write_text(
        render_script_page(script(long, line("x"), tag=tag)).replace("</body>", f"{MEASURE}</body>"), "utf-8"
    )
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--window-size=1123,794", f"--user-data-dir={tmp_path}/u")
    done = subprocess.run(
        [_chromium(), *options, "--dump-dom", page.as_uri()], capture_output=True, text=True, timeout=60, check=False
    )
    assert f"<title>wide=false over=0 mirrored={mirrored}</title>" in done.stdout
