"""Is what a translator's page makes read as it was written, and refused when it is not?"""

from __future__ import annotations

import json
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from babelreel.errors import UsageError
from babelreel.model.exchange.row_key import tidy
from babelreel.model.ledger.entries import State
from babelreel.timedtext.exchange.forms import read_returned
from support.answers import KIND, answer_of, lines_of, summed
from support.sheets import sheet_of

NAME = "film.ps.answer.txt"
WHOLE = answer_of(sheet_of(("Ring 112.", "Call 0800.")))
#: The aim is one on a quiet machine; a busy one gets four times as much.
SECONDS = 4


def refused(data: bytes, name: str = NAME) -> str:
    started = time.process_time()
    with pytest.raises(UsageError) as error:
        read_returned(data, name)
    assert time.process_time() - started < SECONDS
    return error.value.why


def test_every_line_comes_back_with_what_was_said_of_it() -> None:
    sheet = sheet_of()
    said = {1: {"text": "112!", "state": "approved"}, 2: {"comment": " Which\nnumber? "}}
    returned = read_returned(answer_of(sheet, said, by=" Zoé\nA. "), NAME)
    assert [row.key for row in returned.rows] == [row.key for row in sheet.rows]
    assert [tidy(row.text) for row in returned.rows] == ["0800", "112!", *(tidy(row.text) for row in sheet.rows[2:])]
    assert [row.state for row in returned.rows[:3]] == [None, State.APPROVED, None]
    assert [row.comment for row in returned.rows[:3]] == [None, None, "Which\nnumber?"]
    assert returned.by == "Zoé A."


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=20), min_size=1, max_size=4))
def test_any_text_comes_back(texts: list[str]) -> None:
    said = {place: {"text": text} for place, text in enumerate(texts)}
    rows = read_returned(answer_of(sheet_of(tuple("x" for _ in texts)), said), NAME).rows
    assert [row.text for row in rows] == texts


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: "\n\n" + text + "\n\n",
        lambda text: json.dumps(json.loads(text)),
    ],
)
@pytest.mark.parametrize("name", [NAME, "Amina (1).TXT", "film.json"])
def test_what_programs_for_mail_do_to_a_text_does_not_matter(change: Callable[[str], str], name: str) -> None:
    rows = read_returned(change(WHOLE.decode()).encode(), name).rows
    assert [row.text for row in rows] == ["Ring 112.", "Call 0800."]


def test_it_is_read_in_another_form_of_unicode_too() -> None:
    assert len(read_returned(WHOLE.decode().encode("utf-16"), NAME).rows) == 2


def test_a_table_of_text_is_still_one() -> None:
    row = sheet_of(("Ring 112.",)).rows[0]
    table = f"Key (leave as it is)\tTranslation\n{row.key}\t{{Ring 113.\n"
    assert [each.text for each in read_returned(table.encode(), "film.txt").rows] == ["{Ring 113."]


@pytest.mark.parametrize("length", [90, len(WHOLE) // 2, len(WHOLE) - 3])
def test_a_file_that_was_cut_is_refused(length: int) -> None:
    assert "did not come whole" in refused(WHOLE[:length])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"Ring 112.", b"Ring 113."),
        (b"Zo\xc3\xa9", b"Zoe"),
        (b'"state": null', b'"state": "approved"'),
        (b'"state": null', b'"state": "perfect"'),
        (b'"state": null', b'"state": null, "more": 1'),
        (b'"comment": null', b'"comment": 1.5'),
        (b'"Ring 112."', b"NaN"),
        (b'"Ring 112."', b'"\\ud800"'),
        (b'"Ring 112."', b"9" * 5000),
        (b'"lines": [', b'"lines": [null, '),
        (b'"lines": [', b'"lines": [' + b"[" * 200_000),
    ],
)
def test_a_file_that_was_changed_by_hand_is_refused(old: bytes, new: bytes) -> None:
    assert old in WHOLE
    assert "changed by hand" in refused(WHOLE.replace(old, new, 1))


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (b'{"lines": []}', "film.json", "no page of ours made it"),
        (b"[]", "film.json", "no page of ours made it"),
        (b"\xff\xfe\xfd", "film.json", "no text in Unicode"),
        (summed({"kind": "babelreel answer 2", "film": "", "by": "", "lines": []}), NAME, "of another version"),
        (b"<!DOCTYPE html><title>film</title>", "film.ps.html", "it is a page"),
        (WHOLE + b" " * (1 << 22), NAME, "far larger"),
        (summed({"kind": KIND, "film": "", "by": "", "lines": lines_of("x" * 20_001)}), NAME, "far more lines"),
    ],
)
def test_a_foreign_file_is_refused_in_words(data: bytes, name: str, why: str) -> None:
    assert why in refused(data, name)
