"""Convert a table of TOML into a value, and say what is wrong with a table that does not fit."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from fractions import Fraction
from functools import cache
from types import UnionType
from typing import Annotated, Any, TypeVar, cast, get_args, get_origin, get_type_hints

from babelreel.model.language import Counting, Direction
from babelreel.model.language_facts import Form, Pattern

Value = TypeVar("Value")
Table = Mapping[str, Any]


class _WrongError(Exception):
    """A value is not what its key needs; the text says what it should be."""


def convert(
    kind: Callable[..., Value], table: object, faults: list[str], *, given: Table | None = None, at: str = ""
) -> Value | None:
    """Make a value of a dataclass from a table; ``None`` where faults were added, each as ``key: what is wrong``.

    ``given`` are the fields that do not come from the table; it may not hold them.
    """
    if not isinstance(table, Mapping):
        faults.append(f"{at.rstrip('.')}: write a table")
        return None
    before, known = len(faults), {name: each for name, each in _shape(kind).items() if name not in (given or {})}
    faults.extend(f"{at}{name}: no such key{_did_you_mean(name, known)}" for name in table if name not in known)
    values = dict(given or {})
    for name, (hint, is_needed) in known.items():
        if name in table:
            values[name] = _value(hint, table[name], f"{at}{name}", faults)
        elif is_needed:
            faults.append(f"{at}{name}: is missing")
    return kind(**values) if len(faults) == before else None


@cache
def _shape(kind: Callable[..., object]) -> dict[str, tuple[Any, bool]]:
    """Return the type of each field of a dataclass, and whether a table must hold it."""
    hints = get_type_hints(kind, include_extras=True)
    return {each.name: (hints[each.name], _is_needed(each)) for each in fields(cast("type", kind))}


def _is_needed(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _did_you_mean(name: str, known: Mapping[str, object]) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    return f", did you mean “{close[0]}”?" if close else ""


def _value(hint: Any, value: object, key: str, faults: list[str]) -> Any:  # noqa: ANN401 - of the type of the hint
    kind = get_args(hint)[0] if isinstance(hint, UnionType) else hint
    if isinstance(kind, type) and is_dataclass(kind):
        return convert(kind, value, faults, at=f"{key}.")
    try:
        if get_origin(kind) is Annotated:
            return _formed(value, get_args(kind)[1])
        return _READERS[get_origin(kind) or kind](value)
    except _WrongError as error:
        faults.append(f"{key}: {error}")
        return None


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _WrongError("write a text in quotes")
    return value


def _pattern(value: object) -> str:
    try:
        re.compile(_text(value))
    except re.error as error:
        raise _WrongError(f"is no regular expression: {error}") from None
    return _text(value)


def _formed(value: object, form: Form) -> str:
    if not re.fullmatch(form.pattern, _text(value)):
        raise _WrongError(f"write {form.words}")
    return _text(value)


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise _WrongError("write true or false")
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _WrongError("write a whole number")
    return value


def _exact(value: object) -> Fraction:
    if not isinstance(value, int | Fraction) or isinstance(value, bool) or value <= 0:
        raise _WrongError("write a number above 0")
    return Fraction(value)


def _words(value: object) -> Sequence[str]:
    """Take one text of words, or a list of texts if some of them hold a space."""
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return value
    if not isinstance(value, str):
        raise _WrongError("write words in one text, or a list of texts")
    return value.split()


def _texts(value: object) -> dict[str, str]:
    if not isinstance(value, Mapping) or not all(isinstance(each, str) for each in value.values()):
        raise _WrongError("write a table of texts")
    return dict(value)


def _one_of(choices: type[Direction | Counting]) -> Callable[[object], Direction | Counting]:
    def read(value: object) -> Direction | Counting:
        try:
            return choices(_text(value))
        except ValueError:
            raise _WrongError(f"write {' or '.join(choices)}") from None

    return read


_READERS: dict[Any, Callable[[Any], Any]] = {
    str: _text,
    bool: _truth,
    int: _whole,
    Fraction: _exact,
    Pattern: _pattern,
    Direction: _one_of(Direction),
    Counting: _one_of(Counting),
    frozenset: lambda value: frozenset(_words(value)),
    tuple: lambda value: tuple(_words(value)),
    Mapping: _texts,
}
