"""Who writes a setting wrongly reads which line it is, and what to write."""

from __future__ import annotations

from decimal import Decimal

import pytest

from babelreel.languages.tables import parse_settings


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("title = “Rights”", 'write straight quotes: "…"'),
        ("margin = 0,05", "write a point in a number: 0.05"),
        ("date = 30-11-2026", "write a day as 2026-11-30"),
        ("pages = True", "write true or false, in small letters"),
        ("languages = [fr, ar]", 'put each text in a list between straight quotes: ["fr", "ar"]'),
        ("color = #ffffff", 'put a text between straight quotes: "…"'),
        ("title = Rights", 'put a text between straight quotes: "…"'),
        ("title =", "its value is missing"),
        ("title", "write a name, “=” and a value"),
        ('title = "a"', "this name has a value already"),
        ("[delivery]", "[delivery] is there already: write its lines into the first one"),
        ("[a.b]", "[a.b] is there already: write its lines into the first one"),
    ],
)
def test_a_slip_is_told_with_its_line_and_what_to_write(line: str, said: str) -> None:
    before = 'title = "Rights"\n' if line == 'title = "a"' else ""
    before += "[delivery]\n[a.b]\n" if line.startswith("[") else ""
    with pytest.raises(ValueError, match="line") as caught:
        parse_settings(f"{before}{line}\n", Decimal)
    assert str(caught.value) == f"line {before.count(chr(10)) + 1}, “{line}”: {said}"


def test_a_text_that_ends_within_a_value_is_told_as_that() -> None:
    with pytest.raises(ValueError, match="not closed"):
        parse_settings('languages = ["fr",', Decimal)
