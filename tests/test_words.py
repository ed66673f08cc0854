"""What errors say is written in one way: docs/style.md."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "pipeline" / "babelreel"
#: Names that begin with a small letter wherever they stand.
NAMES = ("babelreel", "ffmpeg", "eSpeak", "tcp://")
_VALUE = "\0"


def texts(node: ast.expr) -> Iterator[str]:
    """Return what an expression may say; what is filled in is one sign."""
    if isinstance(node, ast.IfExp):
        yield from texts(node.body)
        yield from texts(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(each.value) if isinstance(each, ast.Constant) else _VALUE for each in node.values)


def said() -> Iterator[tuple[str, str, str]]:
    """Return where each error says what happened, or what to do, and its words."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            for keyword in node.keywords if isinstance(node, ast.Call) else ():
                if keyword.arg in {"what", "hint"}:
                    for text in filter(None, texts(keyword.value)):
                        yield f"{path.relative_to(PACKAGE)}:{keyword.value.lineno}", keyword.arg, text


def begins_well(text: str) -> bool:
    return not re.match(r"[a-z]", text) or text.startswith(NAMES) or bool(re.match(r"[a-z]+\.", text))


def ends_well(text: str) -> bool:
    """Tell whether a text ends as a sentence does, or with a list or an example after a colon."""
    return text.endswith((".", "?", "!", _VALUE)) or bool(re.search(r": ([-\[{“\"\d]|[\w\0]+ = ).*$", text))


def test_errors_begin_with_a_capital_letter_and_end_as_sentences_do() -> None:
    found = list(said())
    assert len(found) > 400, "the errors are found"
    assert [each for each in found if not (begins_well(each[2]) and ends_well(each[2]))] == []


@pytest.mark.parametrize("text", ["there is no film", "There is no film", "no: it"])
def test_a_text_in_another_style_is_seen(text: str) -> None:
    assert not (begins_well(text) and ends_well(text))
