"""A text of a sign in babelreel.toml as it is written there, and nothing else of the file."""

from __future__ import annotations

import codecs
import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any

from babelreel.errors import BabelreelError
from babelreel.languages.find import are_one_language, find_language
from babelreel.model.variant import split_variant

_HEADER = re.compile(
    r"^[ \t]*(\[{1,2})[ \t]*([^\[\]\r\n]*?)[ \t]*\]{1,2}[ \t]*(?:#[^\r\n]*)?(?=\r?\n|\Z)", re.MULTILINE
)
_TEXT_HEADER = "sign.text"
#: A text in quotes, in one line.
_QUOTED = r"\"(?:[^\"\\\r\n]|\\.)*\"|'[^'\r\n]*'"
_INLINE = re.compile(r"^[ \t]*text[ \t]*=[ \t]*\{", re.MULTILINE)
_DOTTED = re.compile(r"^[ \t]*text[ \t]*\.[^=\r\n]*=[^\r\n]*", re.MULTILINE)


class UnplacedTextError(Exception):
    """Nobody can tell where in the file a text of a sign belongs. Never leaves ``config`` and ``app``."""


def with_sign_texts(data: bytes, tag: str, texts: Mapping[str, str]) -> bytes:
    """Write texts of a language, by the names of their signs; every other byte of the file stays.

    What was written is read again. Raises ``UnplacedTextError`` where anything else would change.
    """
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    try:
        text = data[len(mark) :].decode()
        wanted = tomllib.loads(text)
        for name, words in texts.items():
            text = _with_text(text, tag, name, words)
            _said(wanted, name)[_written_tag(_said(wanted, name), tag)] = words
        is_right = tomllib.loads(text) == wanted
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise UnplacedTextError from error
    if not is_right:
        raise UnplacedTextError
    return mark + text.encode()


def find_sign_text(data: bytes, tag: str, name: str) -> tuple[int, int]:
    """Find where the text of a sign in a language is written, or that of its usual text: line and column from 1.

    0 and 0 where it is not found.
    """
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode()
        document = tomllib.loads(text)
        texts = _said(document, name)
        place = next(place for place, each in enumerate(document["sign"]) if each["name"] == name)
        start, end = _table(text, place)
    except (ValueError, LookupError, TypeError, StopIteration, RecursionError):  # changed since it was read
        return 0, 0
    written = (_written_tag(texts, each) for each in (tag, split_variant(tag)[0]))
    for key in (each for each in written if each in texts):
        if found := re.compile(rf"(?:^|[{{,.\s]){_spelt(key)}[ \t]*=[ \t]*(?=[\"'])", re.MULTILINE).search(
            text, start, end
        ):
            return text.count("\n", 0, found.end()) + 1, found.end() - text.rfind("\n", 0, found.end())
    return 0, 0


def _said(document: dict[str, Any], name: str) -> dict[str, str]:
    found: dict[str, str] = next(each for each in document["sign"] if each["name"] == name)["text"]
    return found


def _written_tag(texts: Mapping[str, str], tag: str) -> str:
    """Find the key by which a table calls a language: "fra" is French too."""
    return next((each for each in texts if _tag_of(each) == tag), None) or next(
        (each for each in texts if (own := _tag_of(each)) and are_one_language(own, tag)), tag
    )


def _tag_of(written: str) -> str:
    try:
        return find_language(written).tag
    except BabelreelError:
        return ""


def _with_text(text: str, tag: str, name: str, words: str) -> str:
    document = tomllib.loads(text)
    place = next(place for place, each in enumerate(document["sign"]) if each["name"] == name)
    key = _written_tag(_said(document, name), tag)
    start, end = _table(text, place)
    has_key = key in _said(document, name)
    value = json.dumps(words, ensure_ascii=False)
    inner = next((each for each in _HEADER.finditer(text, start, end) if each[2] == _TEXT_HEADER), None)
    if inner:
        return _in_lines(text, inner.end(), end, f"{key}", value, has_key=has_key)
    inline = _INLINE.search(text, start, end)
    if inline:
        return _in_braces(text, inline.end(), key, value, has_key=has_key)
    last = [each.end() for each in _DOTTED.finditer(text, start, end)][-1]
    return _in_lines(text, start, last, f"text.{key}", value, has_key=has_key)


def _table(text: str, place: int) -> tuple[int, int]:
    """Find from where to where a sign is written: its table, and the one of its texts behind it."""
    headers = list(_HEADER.finditer(text))
    own = [index for index, each in enumerate(headers) if (each[1], each[2]) == ("[[", "sign")]
    after = own[place] + 1
    while after < len(headers) and (headers[after][1], headers[after][2]) == ("[", _TEXT_HEADER):
        after += 1
    return headers[own[place]].end(), headers[after].start() if after < len(headers) else len(text)


def _in_lines(text: str, start: int, end: int, key: str, value: str, *, has_key: bool) -> str:  # noqa: PLR0913 - a place, and what to write there
    if has_key:
        pattern = re.compile(rf"^[ \t]*{_spelt(key)}[ \t]*=[ \t]*({_QUOTED})", re.MULTILINE)
        return _replaced(text, pattern, start, end, value)
    body = text[start:end].rstrip()
    # behind the last line that says something, so that blank lines and remarks of what follows stay with that
    lines = list(re.finditer(r"^[ \t]*[^#\s][^\r\n]*", body, re.MULTILINE))
    at = start + (lines[-1].end() if lines else len(body))
    line_end = "\r\n" if "\r\n" in text else "\n"
    return f"{text[:at]}{line_end}{key} = {value}{text[at:]}"


def _in_braces(text: str, start: int, key: str, value: str, *, has_key: bool) -> str:
    inside = re.compile(rf"(?:{_QUOTED}|[^{{}}\"'\r\n])*").match(text, start)
    if inside is None or text[inside.end() : inside.end() + 1] != "}":
        raise UnplacedTextError
    if has_key:
        pattern = re.compile(
            rf"(?:(?<=[{{,])|(?<=[{{,][ \t])|(?<=[{{,][ \t][ \t])){_spelt(key)}[ \t]*=[ \t]*({_QUOTED})"
        )
        return _replaced(text, pattern, start, inside.end(), value)
    at = start + len(text[start : inside.end()].rstrip())
    return f"{text[:at]}, {key} = {value}{text[at:]}"


def _spelt(key: str) -> str:
    """Write a pattern for a key, with or without quotes around its last part."""
    *parts, last = key.split(".")
    return r"[ \t]*\.[ \t]*".join([*parts, rf"[\"']?{re.escape(last)}[\"']?"])


def _replaced(text: str, pattern: re.Pattern[str], start: int, end: int, value: str) -> str:
    found = pattern.search(text, start, end)
    if found is None:
        raise UnplacedTextError
    return text[: found.start(1)] + value + text[found.end(1) :]
