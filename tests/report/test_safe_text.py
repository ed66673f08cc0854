from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from babelreel.errors import MachineError
from babelreel.report.safe_text import legible, printable, render_duration, render_error, render_size

#: They decide on the shape of letters, and move nothing.
JOINERS = "\u200c\u200d"


@given(st.text())
def test_printed_text_can_never_steer_a_terminal_or_begin_a_line(text: str) -> None:
    shown = printable(text)
    assert all(character.isprintable() for character in shown)


def test_escapes_are_shown_and_letters_are_not_touched() -> None:
    assert printable("\x1b[31mmon été\u202eقائمة\n") == "\\x1b[31mmon été\\u202eقائمة\\n"


@given(st.text())
def test_a_sentence_can_never_steer_a_terminal(text: str) -> None:
    assert all(character.isprintable() or character in JOINERS for character in legible(text))


def test_a_sentence_has_plain_spaces_and_shows_no_marks_of_direction() -> None:
    assert legible("116\u00a0000 \u200f12\u202f%") == "116 000 12 %"
    assert legible("\u202e\u2067\x1b\t") == "\\u202e\\u2067\\x1b\\t", "what can do harm is seen"


def test_an_error_is_at_most_four_lines_whatever_it_holds() -> None:
    error = MachineError(what="a\nb", where="c\x1b", why="d\r\ne", hint="f")
    assert render_error(error).splitlines() == ["babelreel: a b", "  where: c\\x1b", "  why: d e", "  hint: f"]


@pytest.mark.parametrize(
    ("size", "text"), [(0, "0 B"), (999, "999 B"), (1500, "2 kB"), (15_500_000, "15.5 MB"), (2_000_000_000, "2.0 GB")]
)
def test_sizes_are_decimal(size: int, text: str) -> None:
    assert render_size(size) == text


@pytest.mark.parametrize(("seconds", "text"), [(8.2, "8 s"), (125, "2 min 05 s"), (3720, "1 h 02 min")])
def test_times_are_said_as_people_say_them(seconds: float, text: str) -> None:
    assert render_duration(seconds) == text
