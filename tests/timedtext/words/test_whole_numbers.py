from __future__ import annotations

import pytest

from babelreel.timedtext.words.whole_numbers import whole_numbers

HOURS = "9:00 - 12:00 / 13:00 - 17:00"


def test_a_number_holds_no_space_at_which_a_line_could_be_broken() -> None:
    assert (
        whole_numbers("Call +32 2 555 12 34 or 116 000 now")
        == "Call +32\u00a02\u00a0555\u00a012\u00a034 or 116\u00a0000 now"
    )


@pytest.mark.parametrize(
    ("room", "kept"),
    [
        (28, "9:00\u00a0-\u00a012:00\u00a0/\u00a013:00\u00a0-\u00a017:00"),
        (12, "9:00 - 12:00 / 13:00 - 17:00"),
    ],
)
def test_a_number_without_the_room_is_broken_between_its_parts(room: int, kept: str) -> None:
    assert whole_numbers(HOURS, has_room=lambda number: len(number) <= room) == kept


def test_a_part_that_has_the_room_stays_whole() -> None:
    numbers = "0800 12 345 / 0800 12 346"
    kept = whole_numbers(numbers, has_room=lambda number: len(number) <= 11)
    assert kept == "0800\u00a012\u00a0345 / 0800\u00a012\u00a0346"


def test_a_part_without_the_room_is_broken_at_its_spaces() -> None:
    assert whole_numbers("0800 12 345", has_room=lambda _: False) == "0800 12 345"
