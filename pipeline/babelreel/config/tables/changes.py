"""How a value becomes another one by the keys that a table of the file sets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from fractions import Fraction
from typing import Any, TypeVar

from pydantic import BaseModel

from babelreel.model.film.ladder.editions import Corner
from babelreel.model.film.ladder.encoding_ladder import Rung, Text
from babelreel.model.language import Direction, Language
from babelreel.model.reading_limits import Profile
from babelreel.model.style import Look, Position, Style

Value = TypeVar("Value", Language, Profile, Rung, Style)


def changed(value: Value, table: BaseModel) -> Value:
    """Change the fields of a value that a table of the file sets, each turned into the field's own type."""
    return replace(value, **dict(changes(value, table)))


def changes(value: Value, table: BaseModel) -> Iterator[tuple[str, Any]]:
    """List the fields of a value that a table of the file sets, with what it sets them to."""
    for field in fields(value):
        given = getattr(table, field.name, None)
        if given is not None:
            kind = type(getattr(value, field.name))
            yield (
                field.name,
                kind(given) if kind in {Fraction, float, Text, Direction, Position, Look, Corner} else given,
            )
