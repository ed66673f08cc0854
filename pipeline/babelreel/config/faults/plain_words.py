"""What is wrong with a value in a file of settings, in words that say what to write instead."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import ErrorDetails, PydanticCustomError, core_schema

from babelreel.model.language_facts import Form

#: A word that is less like another one is none with a slip in it: "subtitle" is not "title".
_SLIP = 0.8
#: A message shows this much of a value.
_LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class OfForm(Form):
    """The form of a text in a file of settings; its words say what to write."""

    def __get_pydantic_core_schema__(self, kind: object, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_after_validator_function(self._matched, handler(kind))

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {**handler(schema), "pattern": f"^({self.pattern})$"}

    def _matched(self, text: str) -> str:
        if not re.fullmatch(self.pattern, text):
            raise PydanticCustomError("form", "write {words}", {"words": self.words})
        return text


def plain_words(error: ErrorDetails, table: str) -> str:
    """Say in plain words what to write instead of a wrong value; ``table`` is the heading of a table in its place."""
    if error["type"] in _TABLES or (error["type"] == "list_type" and table.startswith("[[")):
        return f"write {table} on a line of its own, with its keys below, not {_shown(error['input'])}"
    words = _WORDS.get(error["type"])
    if words is None:
        return error["msg"][:1].lower() + error["msg"][1:]
    told = words(error.get("ctx", {}), error["input"])
    return told if error["type"] in _ABSENT else f"{told}, not {_shown(error['input'])}"


def is_of_kind(error: ErrorDetails) -> bool:
    """Tell whether a value is of the wrong kind, such as a text in place of a number."""
    return error["type"] in _KINDS | _TABLES


def likely_fault(errors: Iterable[ErrorDetails]) -> ErrorDetails:
    """Choose what to say where a value may be of several kinds: what is wrong in the kind that it has."""
    ranked = sorted(errors, key=is_of_kind)
    return ranked[0]


def _shown(value: object) -> str:
    """Show a value as TOML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "a table"
    text = f"“{value}”" if isinstance(value, str) else str(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _text(_bounds: dict[str, Any], value: object) -> str:
    return "write a text in quotes" if isinstance(value, list | dict) else f"write it in quotes: {_as_text(value)}"


def _one_of(bounds: dict[str, Any], value: object) -> str:
    """Name the words that may stand here, and the one that was probably meant."""
    told = str(bounds["expected"]).replace(" or ", ", ").split(", ")
    choices = [choice.strip("'") for choice in told]
    close = _of_these_words(str(value), choices) or difflib.get_close_matches(
        str(value).lower(), choices, n=1, cutoff=_SLIP
    )
    marks = "{}" if choices[0].isdigit() else "“{}”"
    *most, last = [marks.format(choice) for choice in (close or choices)]
    return f"write {', '.join(most)} or {last}" if most else f"write {last}"


def _of_these_words(value: str, choices: list[str]) -> list[str]:
    """Find the choice of which most words stand there, in whatever order: "bottom right" for "right-bottom"."""
    words = set(re.split(r"[\s_-]+", value.lower()))
    held = [choice for choice in choices if words.issuperset(choice.split())]
    longest = max((len(choice.split()) for choice in held), default=0)
    found = [choice for choice in held if len(choice.split()) == longest]
    return found if len(found) == 1 else []


def _number(bound: object) -> str:
    """Write a bound as people do; pydantic writes that of an exact number as a piece of Python."""
    return str(bound).removeprefix("Decimal('").removesuffix("')")


def _list(_bounds: dict[str, Any], value: object) -> str:
    example = '"one", "two"' if isinstance(value, dict) else _as_text(value)
    return f"write a list in square brackets: [{example}]"


def _as_text(value: object) -> str:
    return f'"{_shown(value).strip("“”")}"'


_WORDS: dict[str, Callable[[dict[str, Any], Any], str]] = {
    "string_type": _text,
    "int_type": lambda _, __: "write a whole number, without quotes",
    "int_from_float": lambda _, __: "write a whole number",
    "is_instance_of": lambda _, __: "write a number, without quotes and with a point, such as 0.5",
    "finite_number": lambda _, __: "write a number",
    "bool_type": lambda _, __: "write true or false, without quotes",
    "list_type": _list,
    "greater_than_equal": lambda bounds, _: f"write {_number(bounds['ge'])} or more",
    "greater_than": lambda bounds, _: f"write more than {_number(bounds['gt'])}",
    "float_type": lambda _, __: "write a number, without quotes",
    "less_than_equal": lambda bounds, _: f"write {_number(bounds['le'])} or less",
    "literal_error": _one_of,
    "enum": _one_of,
    "form": lambda bounds, _: f"write {bounds['words']}",
    "string_too_short": lambda bounds, _: (
        "write some text" if bounds["min_length"] == 1 else f"write {bounds['min_length']} characters at least"
    ),
    "string_too_long": lambda bounds, value: f"write {bounds['max_length']} characters at most, not {len(value)}",
    "too_short": lambda bounds, value: (
        "write one language at least, such as en = “…”"
        if isinstance(value, dict)
        else f"name {bounds['min_length']} at least"
    ),
    "missing": lambda _, __: "this key is missing",
}

#: What is said without the value: it is missing or empty, or stands in the words.
_ABSENT = frozenset({"list_type", "string_too_long", "string_too_short", "string_type", "too_short", "missing"})

_TABLES = frozenset({"dict_type", "model_type"})
_KINDS = frozenset({"string_type", "int_type", "int_from_float", "is_instance_of", "bool_type", "list_type"})
