"""Damage a file or a document so that each reader is reached, and none stops at the first line."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any, TypeAlias

#: Documents of JSON and TOML.
Value: TypeAlias = Any

LONG = 200_000

#: Texts that mean something to a reader, a terminal, a page or a file system.
TEXTS = (
    *("", " ", "\n", "\0", "\x1b[31m", "\x9b2J", "\x7f", "\u202e", "\u2066", "\ufeff", "\ufffe", "\ud800", "\u2028"),
    *("..", "../x", "../../../etc/passwd", "/etc/passwd", "C:\\x", "a\\b", "a/b/c", ".", "con", "nul.txt", "x" * 300),
    *("fr", "ar", "x-private", "i-klingon", "root", "sgn-BE-FR", "und", "mul", "art-lojban", "qaa", "en-GB-oed", "zz"),
    *("1", "0", "-1", "1/0", "0/0", "25/1", "-1/3", "1e999", "٣", "NaN", "0x10", "00:00:01.000", "99999999999999999"),
    *("<script>", "=1+1", "::error::x", "%00", "${HOME}", "{{7*7}}", "file:///etc/passwd", "http://a/", "e" * 65),
    *("ab" * 32, "0" * 64, "9" * 5000, "\U0001f1eb" * 300, "x" * LONG),
)
NUMBERS = (
    *(0, 1, -1, 2, 7, 24, 25, 60, 255, 256, 1000, 65_535, 2**31 - 1, 2**31, 2**32, 2**53 + 1, 2**63 - 1, 2**63, 2**64),
    *(-(2**63), 10**18, 10**400, 0.0, -0.0, 0.5, 1e-300, 1e300, 1e308, float("inf"), float("-inf"), float("nan")),
)
DATES = (dt.date(1, 1, 1), dt.datetime(9999, 12, 31, 23, 59, 59), dt.time(0, 0))  # noqa: DTZ001 - TOML has local times

#: Numbers as they stand in heads of files.
_EDGES = (0, 1, 2, 7, 8, 16, 127, 128, 255, 256, 32_767, 65_535, 2**31 - 1, 2**31, 2**32 - 1, 2**63 - 1, 2**64 - 1)


def damage_bytes(data: bytes, chance: random.Random, tokens: Sequence[bytes], others: Sequence[bytes] = ()) -> bytes:
    """Change, take out, repeat and put in some stretches; ``others`` are files to splice with."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 5, 9))):
        chance.choice(_BYTE_STEPS)(made, chance, tokens, others)
    return bytes(made)


_Step: TypeAlias = Callable[[bytearray, random.Random, Sequence[bytes], Sequence[bytes]], None]


def _stretch(made: bytearray, chance: random.Random) -> slice:
    start = chance.randrange(len(made) + 1)
    return slice(start, start + chance.choice((1, 1, 2, 4, 8, 20, 100, 1000)))


def _flip(made: bytearray, chance: random.Random, *_: object) -> None:
    if made:
        made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)


def _set(made: bytearray, chance: random.Random, *_: object) -> None:
    if made:
        made[chance.randrange(len(made))] = chance.randrange(256)


def _cut(made: bytearray, chance: random.Random, *_: object) -> None:
    del made[_stretch(made, chance)]


def _end(made: bytearray, chance: random.Random, *_: object) -> None:
    del made[chance.randrange(len(made) + 1) :]


def _repeat(made: bytearray, chance: random.Random, *_: object) -> None:
    part = bytes(made[_stretch(made, chance)])
    at = chance.randrange(len(made) + 1)
    made[at:at] = part * min(chance.choice((1, 1, 2, 10, 1000)), 20_000 // (len(part) + 1))


def _put(made: bytearray, chance: random.Random, tokens: Sequence[bytes], *_: object) -> None:
    at = chance.randrange(len(made) + 1)
    made[at : at + chance.choice((0, 0, 1, 4))] = b"".join(chance.choices(tokens, k=chance.randint(1, 3)))


def _number(made: bytearray, chance: random.Random, *_: object) -> None:
    size = chance.choice((1, 2, 3, 4, 4, 4, 8))
    at = chance.randrange(len(made) + 1)
    number = chance.choice(_EDGES) & ((1 << 8 * size) - 1)
    made[at : at + size] = number.to_bytes(size, chance.choice(("big", "little")))


def _splice(made: bytearray, chance: random.Random, _: Sequence[bytes], others: Sequence[bytes]) -> None:
    if others:
        other = chance.choice(others)
        made[_stretch(made, chance)] = other[chance.randrange(len(other) + 1) :][: chance.choice((20, 200, 5000))]


_BYTE_STEPS: tuple[_Step, ...] = (_flip, _set, _set, _cut, _end, _repeat, _put, _put, _put, _number, _number, _splice)


def damage_document(document: Value, chance: random.Random, *, has_null: bool = True) -> Value:
    """Change some values of a document: other types, keys, depths and lengths."""
    made = deepcopy(document)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        made = _damage_somewhere(made, chance, has_null=has_null)
    return made


def _damage_somewhere(document: Value, chance: random.Random, *, has_null: bool) -> Value:
    places = list(_places(document))
    if not places or chance.random() < 0.01:  # noqa: PLR2004 - now and then nothing is as it should be
        return strange(chance, has_null=has_null)
    holder, key = chance.choice(places)
    match chance.randrange(7):
        case 0:
            del holder[key]
        case 1 if isinstance(holder, dict):
            holder[chance.choice(TEXTS)] = holder.pop(key)
        case 2:
            other, name = chance.choice(places)
            with_other = other[name] if name in other or isinstance(other, list) else None
            holder[key] = deepcopy(with_other) if with_other is not None else ""
        case 3:
            holder[key] = _near(holder[key], chance)
        case 4 if isinstance(holder, list):
            times = chance.choice((1, 2, 50, 2000))
            times = min(times, 2_000_000 // len(repr(holder[key])) + 1)
            holder[key:key] = [deepcopy(holder[key]) for _ in range(times)]  # one shared by all would grow everywhere
        case _:
            holder[key] = strange(chance, has_null=has_null)
    return document


def _places(value: Value, depth: int = 0) -> Any:  # noqa: ANN401 - pairs of holders and keys
    keys = list(value) if isinstance(value, dict) else list(range(len(value))) if isinstance(value, list) else []
    for key in keys[:500]:
        yield value, key
        if depth < 12:  # noqa: PLR2004 - no document of ours is so deep
            yield from _places(value[key], depth + 1)


def _near(value: Value, chance: random.Random) -> Value:
    """Give a value of the same type."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return chance.choice((*NUMBERS, value + 1, value - 1, -value, value * 1000))
    if isinstance(value, str):
        at = chance.randrange(len(value) + 1)
        return value[:at] + chance.choice(TEXTS) + value[at + chance.choice((0, 1, 5)) :]
    return [] if isinstance(value, list) else {}


def strange(chance: random.Random, *, has_null: bool = True) -> Value:
    """Give a value that nobody expects."""
    kinds: tuple[Callable[[], Value], ...] = (
        lambda: chance.choice(TEXTS),
        lambda: chance.choice(NUMBERS),
        lambda: chance.choice(NUMBERS),
        lambda: chance.choice((True, False)),
        list,
        dict,
        lambda: [chance.choice(TEXTS), chance.choice(NUMBERS)],
        lambda: {chance.choice(TEXTS): chance.choice(TEXTS)},
        lambda: _deep(chance),
        lambda: [chance.choice(NUMBERS)] * 3000,
        lambda: None if has_null else chance.choice(DATES),
    )
    return chance.choice(kinds)()


def _deep(chance: random.Random) -> Value:
    value: Value = chance.choice(TEXTS[:8])
    for _ in range(chance.choice((3, 30, 300))):
        value = [value] if chance.random() < 0.5 else {"a": value}  # noqa: PLR2004 - either
    return value


def write_json(document: Value, chance: random.Random) -> bytes:
    """Write a document as JSON, a short one set in now and then, and damage some of the texts."""
    is_ascii, indent = chance.random() < 0.7, chance.choice((None, 2))  # noqa: PLR2004 - often
    text = json.dumps(document, ensure_ascii=is_ascii)
    if indent and len(text) < LONG:
        text = json.dumps(document, ensure_ascii=is_ascii, indent=indent)
    data = text.encode("utf-8", "surrogatepass")
    if chance.random() < 0.9:  # noqa: PLR2004 - most are to be read to their end
        return data
    return damage_bytes(data, chance, JSON_TOKENS)


JSON_TOKENS = tuple(
    token.encode()
    for token in ("[", "]", "{", "}", '"', ",", ":", "null", "1e999", "-", "\\u0000", "\\ud800", "NaN", "[" * 100_000)
)
TOML_TOKENS = tuple(
    token.encode()
    for token in (
        *("[", "]", "[[", "]]", "=", '"', "'", '"""', "'''", "\\", ".", ",", "{", "}", "#", "\n", "\r\n", "\0", "\x1b"),
        *(
            "inf",
            "nan",
            "1979-05-27T07:32:00Z",
            "0x",
            "0b1",
            "1_0",
            "1e400",
            "1e99999999",
            "[a]\n",
            "a.b.c=1\n",
            "[" * 50_000,
        ),
        *("[language.fr]\n", "[check]\n", "[[check.allow]]\n", "\ufeff", "\u202e", "title = 1\n", "a." * 2000),
    )
)


def write_toml(document: Value, chance: random.Random) -> bytes:
    """Write a document as TOML, and now and then damage the text."""
    document = document if isinstance(document, dict) else {"a": document}
    lines = [f"{_key(key)} = {_toml(value)}\n" for key, value in document.items() if not _is_table(value)]
    for key, value in document.items():
        if _is_table(value):
            lines.append(f"[{_key(key)}]\n")
            lines += [f"{_key(name)} = {_toml(inner)}\n" for name, inner in value.items()]
    data = "".join(lines).encode("utf-8", "surrogatepass")
    return damage_bytes(data, chance, TOML_TOKENS) if chance.random() < 0.2 else data  # noqa: PLR2004 - sometimes


def _is_table(value: Value) -> bool:
    return isinstance(value, dict) and bool(value)


def _key(key: str) -> str:
    return key if key.isascii() and key.isalnum() else json.dumps(key, ensure_ascii=True)


def _toml(value: Value) -> str:  # noqa: PLR0911 - one for each kind of value
    match value:
        case None:
            return '""'
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case dt.date() | dt.time():
            return value.isoformat()
        case dict():
            return "{" + ", ".join(f"{_key(key)} = {_toml(inner)}" for key, inner in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_toml, value)) + "]"
        case _:
            return json.dumps(value, ensure_ascii=not any("\x7f" <= char <= "\x9f" for char in value))
