"""Convert values to JSON documents and back, so that no damaged document becomes a wrong value.

The types of a value's fields say what its document looks like: a dataclass is an object with exactly its fields, a
tuple is a list, ``Fraction`` is "30000/1001", ``Decimal`` is "-16.02", and a ``Span`` is the pair of its times.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Any, NoReturn, TypeAlias, TypeVar, Union, get_args, get_origin, get_type_hints

from babelreel.model.film.ladder.encoding_ladder import Frame
from babelreel.model.timecode import Span

#: Things in one list: shots or stretches of speech, one a second for more than a day. More is not ours.
MAX_ITEMS = 100_000
#: Lists and objects in one document: ten thousand takes, or files of a stream, have a tenth of that. Each takes up to
#: thirty times as much memory as its characters.
_MOST_CONTAINERS = 1_000_000
#: Values in one document, as its commas tell: a transcript of three days of speech has fewer. A number with a fraction
#: takes up to thirty times as much memory as its characters too.
_MOST_VALUES = 3_000_000
#: Characters of one text: paths, reasons and messages are far shorter.
MAX_CHARS = 1 << 16
#: The largest whole number: an inode has 64 bits, nothing of ours has more.
LARGEST = (1 << 64) - 1
#: Values that are so small and so many that they are lists of their fields.
_LISTED = (Span, Frame)
_FRACTION = re.compile(r"-?[0-9]{1,18}(?:/[1-9][0-9]{0,17})?")
_DECIMAL = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,9})?")

_Value = TypeVar("_Value")
#: Makes a value of a document or a part of one; ``ValueError`` for anything else.
_Reader: TypeAlias = Callable[[object], Any]


def encode(value: object) -> Any:  # noqa: ANN401 - any JSON
    """Return a value as JSON values; ``TypeError`` for what has no form in JSON, such as a float."""
    match value:
        case Enum():
            return value.value
        case None | bool() | int() | str():
            return value
        case Fraction() | Decimal():
            return str(value) if isinstance(value, Fraction) else f"{value:f}"
        case Mapping():
            return {str(key): encode(each) for key, each in value.items()}
        case tuple() | list():
            return [encode(each) for each in value]
    if not is_dataclass(value) or isinstance(value, type):
        raise TypeError(f"{type(value).__name__} has no form in JSON")
    document = {field.name: encode(getattr(value, field.name)) for field in fields(value)}
    return list(document.values()) if isinstance(value, _LISTED) else document


def decode(document: object, kind: type[_Value], *, is_open: bool = False) -> _Value:
    """Make a value of a type of what ``encode`` made of it.

    ``ValueError`` says where a document is anything else: a key too many or too few, another type (``true`` and ``1.0``
    are not whole numbers), a number, text or list that is too large. Objects that are ``is_open`` may have more keys:
    those of a document that others extend.
    """
    form: Any = kind
    try:
        value: _Value = _reader(form, is_open)(document)
    except ValueError as error:
        raise ValueError(f"{kind.__name__}: {error}") from error
    return value


def parse_json(content: bytes | str) -> Any:  # noqa: ANN401 - any JSON
    """Read JSON, numbers with a fraction as ``Decimal``; ``ValueError`` for invalid JSON, NaN, and endless lists."""
    refuse_crowded(content)
    try:
        return json.loads(content, parse_float=Decimal, parse_constant=_refuse_constant)
    except RecursionError as error:
        raise ValueError("lists in lists without end") from error


def refuse_crowded(content: bytes | str) -> None:
    """Raise ``ValueError`` for JSON of so many values that reading it would take more memory than it may."""
    if _count("[", content) + _count("{", content) > _MOST_CONTAINERS:
        raise ValueError(f"more than {_MOST_CONTAINERS} lists and objects")
    if _count(",", content) > _MOST_VALUES:
        raise ValueError(f"more than {_MOST_VALUES} values")


def _count(mark: str, content: bytes | str) -> int:
    return content.count(mark) if isinstance(content, str) else content.count(mark.encode())


def render_json(document: object) -> str:
    """Write a document as in the files that people may read and compare: indented, keys in order, one final newline."""
    return json.dumps(document, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


@cache
def _reader(kind: Hashable, is_open: bool) -> _Reader:  # noqa: FBT001 - a cache keeps a result by each way to call it
    if kind in _LEAVES:
        return _LEAVES[kind]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _member(kind)
    if isinstance(kind, type) and is_dataclass(kind):
        return _listed(kind, is_open) if kind in _LISTED else _object(kind, is_open)
    return _reader_of_form(kind, is_open)


def _reader_of_form(kind: Hashable, is_open: bool) -> _Reader:  # noqa: FBT001 - as above
    """Return the reader of ``tuple[int, ...]``, ``tuple[str, str]``, ``Mapping[str, int]`` or an optional kind."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in {UnionType, Union} and inner[1:] == (NoneType,):
        return _optional(_reader(inner[0], is_open))
    if origin is tuple and inner[1:] == (...,):
        return _many(_reader(inner[0], is_open))
    if origin is tuple:
        return _fixed([_reader(each, is_open) for each in inner])
    if origin is Mapping and inner[0] is str:
        return _named(_reader(inner[1], is_open))
    raise TypeError(f"{kind} has no form in JSON")


def _object(kind: type, is_open: bool) -> _Reader:  # noqa: FBT001 - as above
    readers = _field_readers(kind, is_open)

    def read(document: object) -> object:
        if not isinstance(document, Mapping):
            _refuse("not an object")
        if document.keys() != readers.keys() and not (is_open and document.keys() >= readers.keys()):
            different = sorted(map(repr, document.keys() ^ readers.keys()))
            _refuse(f"other keys than it has: {', '.join(different)[:200]}")
        return kind(**{name: _part(name, reader, document[name]) for name, reader in readers.items()})

    return read


def _listed(kind: type, is_open: bool) -> _Reader:  # noqa: FBT001 - as above
    readers = _field_readers(kind, is_open)
    parts = _fixed(list(readers.values()))
    return lambda document: kind(**dict(zip(readers, parts(document), strict=True)))


def _field_readers(kind: Any, is_open: bool) -> Mapping[str, _Reader]:  # noqa: ANN401, FBT001 - as above
    hints = get_type_hints(kind)
    return {field.name: _reader(hints[field.name], is_open) for field in fields(kind)}


def _fixed(readers: list[_Reader]) -> _Reader:
    def read(document: object) -> tuple[Any, ...]:
        if not isinstance(document, list) or len(document) != len(readers):
            _refuse(f"not a list of {len(readers)}")
        return tuple(reader(each) for reader, each in zip(readers, document, strict=True))

    return read


def _optional(inner: _Reader) -> _Reader:
    return lambda document: None if document is None else inner(document)


def _many(inner: _Reader) -> _Reader:
    def read(document: object) -> tuple[Any, ...]:
        if not isinstance(document, list) or len(document) > MAX_ITEMS:
            _refuse("not a list, or one too long to be ours")
        return tuple(_part(place, inner, each) for place, each in enumerate(document))

    return read


def _named(inner: _Reader) -> _Reader:
    def read(document: object) -> dict[str, Any]:
        if not isinstance(document, Mapping) or len(document) > MAX_ITEMS:
            _refuse("not an object, or one too large to be ours")
        return {_text(name): _part(name, inner, each) for name, each in document.items()}

    return read


def _part(name: object, reader: _Reader, document: object) -> Any:  # noqa: ANN401 - as decoding
    """Read a part, and say in which one the fault lies."""
    try:
        return reader(document)
    except ValueError as error:
        raise ValueError(f"{name!s:.80}: {error}") from None


def _member(kind: type[Enum]) -> _Reader:
    members = {member.value: member for member in kind}

    def read(document: object) -> Enum:
        text = _text(document)
        return members[text] if text in members else _refuse(f"none of {', '.join(map(str, members))}")

    return read


def _text(document: object) -> str:
    if not isinstance(document, str) or len(document) > MAX_CHARS:
        _refuse("not a text, or one too long to be ours")
    return document


def _whole(document: object) -> int:
    if not isinstance(document, int) or isinstance(document, bool) or abs(document) > LARGEST:
        _refuse("not a whole number, or one too large to be ours")
    return document


def _flag(document: object) -> bool:
    return document if isinstance(document, bool) else _refuse("neither true nor false")


def _fraction(document: object) -> Fraction:
    if not isinstance(document, str) or not _FRACTION.fullmatch(document):
        _refuse("not a fraction like 30000/1001")
    return Fraction(document)


def _decimal(document: object) -> Decimal:
    if not isinstance(document, str) or not _DECIMAL.fullmatch(document):
        _refuse('not a decimal number like "-16.02"')
    return Decimal(document)


def _refuse(why: str) -> NoReturn:
    raise ValueError(why)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


_LEAVES: Mapping[Any, _Reader] = {
    str: _text,
    int: _whole,
    bool: _flag,
    Fraction: _fraction,
    Decimal: _decimal,
}
