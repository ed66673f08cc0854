"""Does a translator read on the first page of a sheet what to do, in the language that she writes?"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import fields, replace
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from babelreel.languages.find import builtin_languages, find_language
from babelreel.model.language import Language
from babelreel.model.language_words import SheetWords
from babelreel.timedtext.exchange.forms import Form, write_sheet
from support.sheets import sheet_of

LANGUAGES = builtin_languages()
NAMES = [field.name for field in fields(SheetWords) if field.name not in {"tag", "direction", "draft"}]
SCRIPTS = {"Latn": "LATIN", "Arab": "ARABIC", "Cyrl": "CYRILLIC", "Hans": "CJK"}
SIGN = re.compile(r"\{\w+\}")


def words_of(language: Language) -> SheetWords:
    assert language.sheet is not None
    return language.sheet


def first_tab(tag: str) -> Any:  # noqa: ANN401 - of openpyxl
    data = write_sheet(replace(sheet_of(("a",)), language=find_language(tag)), Form.XLSX)
    return load_workbook(BytesIO(data)).worksheets[0]


def texts_of(page: Any) -> list[str]:  # noqa: ANN401 - of openpyxl
    return [str(cell.value) for row in page.iter_rows() for cell in row if cell.value]


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda each: each.tag)
def test_every_language_has_every_sentence_in_its_own_script_and_names_the_same_columns(language: Language) -> None:
    words, english = words_of(language), words_of(find_language("en"))
    for name in NAMES:
        sentence = getattr(words, name)
        assert sentence == unicodedata.normalize("NFC", sentence).strip() != ""
        assert set(SIGN.findall(sentence)) == set(SIGN.findall(getattr(english, name))), name
        letters = filter(str.isalpha, SIGN.sub("", sentence))
        assert all(unicodedata.name(each).startswith(SCRIPTS[language.script]) for each in letters), name
        assert (sentence == getattr(english, name)) == (language.tag == "en")


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda each: each.tag)
def test_the_page_is_in_her_language_says_that_it_is_a_draft_and_has_english_below(language: Language) -> None:
    page = first_tab(language.tag)
    texts = texts_of(page)
    assert not SIGN.findall("".join(texts))
    assert page.sheet_view.rightToLeft == language.is_rtl
    assert "Write questions and remarks into “Comment”." in texts
    if language.tag != "en":
        assert f"{words_of(language).draft} (draft translation)" in texts
        assert words_of(language).comment.replace("{comment}", "Comment") in texts[: texts.index("Your name:")]


@pytest.mark.parametrize("tag", ["en", "hi"])
def test_who_writes_english_or_a_language_without_words_reads_english_alone(tag: str) -> None:
    texts = texts_of(first_tab(tag))
    assert sum(text.startswith("Open the second sheet.") for text in texts) == 1
    assert "draft translation" not in "".join(texts)


def test_what_is_said_of_colours_has_them_beside_it() -> None:
    page = first_tab("fr")
    (row,) = [
        cell.row for (cell,) in page.iter_rows(min_col=3, max_col=3) if str(cell.value).startswith("« Characters »")
    ]
    assert [page.cell(row=row, column=column).fill.start_color.rgb[-6:] for column in (1, 2)] == ["FFF176", "EF9A9A"]
