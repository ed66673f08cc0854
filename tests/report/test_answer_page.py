"""Is the page that a translator gets by mail complete in itself, in her language, and deaf to what stands in texts?"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256

import pytest

from babelreel.languages.find import builtin_languages
from babelreel.report.answer_page import PAGE_FILES, page_words, render_answer_page
from babelreel.report.studio_files import STUDIO_FILES
from support.sheets import sheet_of
from support.sites import PAYLOADS

TAGS = sorted(each.tag for each in builtin_languages())
ENGLISH = json.loads((PAGE_FILES / "words" / "en.json").read_text("utf-8"))
SCRIPT = (PAGE_FILES / "page.js").read_text("utf-8")


def page_of(texts: tuple[str, ...] = ("Ring 112.",), tag: str = "ps", source: str = "You have rights.") -> str:
    return render_answer_page(sheet_of(texts, tag, source=source), "film.answer.txt").decode()


@pytest.mark.parametrize("tag", TAGS)
def test_each_language_has_every_word_with_the_same_values(tag: str) -> None:
    words = json.loads((PAGE_FILES / "words" / f"{tag}.json").read_text("utf-8"))
    assert words.keys() == ENGLISH.keys()
    for name, text in words.items():
        assert (name, re.findall(r"\{\w+\}", text)) == (name, re.findall(r"\{\w+\}", ENGLISH[name]))
        assert text.strip() == text != ""
    assert words["send_back"] in words["how"]


def test_no_word_is_said_twice_over_and_the_page_asks_for_none_that_there_is_not() -> None:
    studio = json.loads((STUDIO_FILES / "words" / "en.json").read_text("utf-8"))
    template = (PAGE_FILES.parent / "templates" / "answer.html.j2").read_text("utf-8")
    assert not ENGLISH.keys() & studio.keys()
    asked = set(re.findall(r"\bwords\.(\w+)", template)) | set(re.findall(r'\bword\("(\w+)"', SCRIPT))
    assert asked <= page_words("en").keys()
    everything = template + SCRIPT
    assert {name for name in ENGLISH if not re.search(rf'words\.{name}\b|"{name}"', everything)} == set()


def test_the_page_speaks_the_language_of_its_lines_and_says_that_its_words_are_a_draft() -> None:
    page = page_of()
    assert '<html lang="ps" dir="rtl">' in page
    assert "(draft translation)" in page
    assert page_words("ps")["how"] in page
    assert ENGLISH["how"] in page
    assert '<html lang="en" dir="ltr">' in page_of(tag="it")


def test_its_policy_lets_nothing_run_or_load_but_what_stands_in_it() -> None:
    page = page_of()
    policy = re.findall(r'content="(default-src [^"]*)"', page)[0]
    for name, text in (("style", re.findall(r"<style>(.*?)</style>", page, re.DOTALL)), ("script", [SCRIPT])):
        assert f"{name}-src 'sha256-{b64encode(sha256(text[0].encode()).digest()).decode()}'" in policy
    assert "default-src 'none'" in policy
    assert re.findall(r"https?://|unsafe|srcset|@import", page) == []
    assert "</script" not in SCRIPT
    assert re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|DOMParser", SCRIPT) == []


@pytest.mark.parametrize("text", PAYLOADS)
def test_hostile_text_opens_no_element(text: str) -> None:
    def elements(page: str) -> list[str]:
        return re.findall(r"<[a-z/!][a-z0-9]*", page)

    sheet = sheet_of((text,), source=text)
    hostile = replace(sheet, title=text, rows=(replace(sheet.rows[0], comment=text, earlier=text),))
    calm = replace(sheet, title="x", rows=(replace(sheet.rows[0], text="x", comment="x", earlier="x"),))
    name = "film.answer.txt"
    assert elements(render_answer_page(hostile, name).decode()) == elements(render_answer_page(calm, name).decode())
