"""What becomes of a line that was sent, came back, and was perhaps changed here meanwhile?"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from babelreel.model.exchange.merging import Outcome, merge
from babelreel.model.exchange.row_key import RowKey, parse_key, short_digest, tidy
from babelreel.model.ledger.entries import State

TEXTS = st.text(max_size=12)


def merged(sent: str, returned: str, now: str) -> Outcome:
    return merge(sent=short_digest(sent), returned=returned, now=now)


def test_what_only_the_translator_changed_is_taken() -> None:
    assert merged("Call 113", "Call 112", "Call 113") is Outcome.TAKEN


def test_what_was_only_changed_here_stays() -> None:
    assert merged("Call 113", "Call 113", "Call 112") is Outcome.KEPT


def test_what_both_changed_is_a_conflict_unless_both_made_it_the_same() -> None:
    assert merged("Call 113", "Ring 112", "Call 112") is Outcome.CONFLICT
    assert merged("Call 113", "Call 112", "Call 112") is Outcome.SAME


def test_an_emptied_line_is_not_taken() -> None:
    assert merged("Call 112", " \n", "Call 112") is Outcome.EMPTIED


def test_quotes_that_a_program_changed_are_no_change_and_other_quotes_of_a_changed_line_are_taken() -> None:
    assert merged("Say 'no'...", "Say ‘no’…", "Say 'no'...") is Outcome.RETYPED
    assert merged("Say 'no'...", "Say ‘yes’…", "Say 'no'...") is Outcome.TAKEN


def test_line_ends_of_other_systems_and_spaces_at_ends_are_no_change() -> None:
    assert merged("You have\nrights", "You have \r\nrights\r\n", "You have\nrights") is Outcome.SAME


@given(TEXTS, TEXTS, TEXTS)
def test_a_line_changes_only_where_it_is_what_was_sent_and_a_text_came_back(sent: str, returned: str, now: str) -> None:
    if merged(sent, returned, now) is Outcome.TAKEN:
        assert tidy(now) == tidy(sent)
        assert tidy(returned) not in {"", tidy(sent)}


@given(TEXTS, TEXTS)
def test_what_comes_back_as_it_was_sent_changes_nothing(sent: str, now: str) -> None:
    assert merged(sent, sent, now) in {Outcome.SAME, Outcome.KEPT}


@given(TEXTS)
def test_tidying_twice_is_tidying_once(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@given(st.integers(-10, 10**9), st.sampled_from(State), TEXTS, TEXTS)
def test_a_key_comes_back_as_it_was_and_a_changed_one_is_none(start: int, state: State, source: str, text: str) -> None:
    key = RowKey(
        language="zh-Hans",
        start_ms=start,
        name="",
        shared=1,
        state=state,
        source=short_digest(source),
        text=short_digest(text),
    )
    assert parse_key(f" {key} ") == key
    assert parse_key(str(key).replace("zh-Hans", "zh-Hant")) is None
    assert parse_key(text) is None
