"""When do two texts say the same?"""

from __future__ import annotations

import pytest

from babelreel.model.ledger.wording import says_the_same


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("You have the right\nto a lawyer.", "You have  the right to a\u00a0lawyer. "),
        ("Tu as des droits ?", "Tu as des droits\u202f?"),
        ("It's “free”…", 'It’s "free"...'),
        ("你有权利\n找律师。", "你有权利找律师。"),
        ("حق \u200fداری", "حق داری"),
        ("می\u200cروی", "میروی"),
        ("cafe\u0301", "café"),
        ("from 9 – 17", "from 9 - 17"),
    ],
)
def test_breaks_spaces_and_the_form_of_marks_are_no_words(text: str, other: str) -> None:
    assert says_the_same(text, other)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("You have the right.", "You do not have the right."),
        ("Call 112.", "Call 113."),
        ("It is now here.", "It is nowhere."),
        ("You have rights.", "You have rights?"),
        ("Call us.", "Call US."),
        ("你有权利。", "你没有权利。"),
        ("حق داری", "حق نداری"),
        ("Let's eat, grandma.", "Let's eat grandma."),
        ("कमल", "कमाल"),
    ],
)
def test_a_word_a_number_or_a_mark_more_is_another_text(text: str, other: str) -> None:
    assert not says_the_same(text, other)
