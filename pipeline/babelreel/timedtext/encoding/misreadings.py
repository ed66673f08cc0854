"""In which ways the bytes of one code page are read with another, and what turns each back into what was meant."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from babelreel.model.language import Language
from babelreel.timedtext.encoding.legacy_code_pages import alphabet_of
from babelreel.timedtext.encoding.vietnamese_pages import TCVN3, VISCII, meant_by_vni

#: What programs take bytes for that do not know better, and what other systems make of them.
_READ_AS = (
    *("windows-1252", "iso-8859-1", "mac-roman", "cp850", "cp437", "windows-1250", "windows-1251", "windows-1254"),
    *("windows-1258", "koi8-r", "cp866"),
)
#: In which pages other systems write the letters of a script, beside those of the language.
_OF_OTHER_SYSTEMS = {"Latn": ("mac-roman", "cp850"), "Cyrl": ("koi8-r", "cp866")}
_MULTIBYTE = frozenset({"gb18030", "cp950", "cp932", "euc-jp", "cp949"})


class Reading(NamedTuple):
    """A code page, the one it was read with, and what turns what is shown into what was meant (``None``: nothing)."""

    written: str
    read: str
    turn: Callable[[str], str | None]


@cache
def readings_of(language: Language) -> tuple[Reading, ...]:
    """List the ways in which a text of a language may have been misread: its own pages, and those of other systems."""
    pages = dict.fromkeys((*alphabet_of(language).pages, *_OF_OTHER_SYSTEMS.get(language.script, ())))
    found = [Reading(page, read, _turn_of(page, read)) for read in _READ_AS for page in pages if page != read]
    if "ư" in alphabet_of(language).letters:
        for read in ("windows-1252", "windows-1258"):
            found.append(Reading("VISCII", read, _single(_characters(read), dict(enumerate(VISCII, 0x80)))))
            found.append(Reading("TCVN3", read, _single(_characters(read), dict(enumerate(TCVN3, 0xA0)))))
        found.append(Reading("VNI", "windows-1252", meant_by_vni))
    return tuple(found)


def _turn_of(page: str, read: str) -> Callable[[str], str | None]:
    shown = _characters(read)
    if page not in _MULTIBYTE:
        return _single(shown, _characters(page))
    bytes_of = {character: byte for byte, character in shown.items()}

    def turn(word: str) -> str | None:
        try:
            return bytes(ord(each) if each.isascii() else bytes_of[each] for each in word).decode(page)
        except (KeyError, UnicodeDecodeError):
            return None

    return turn


def _single(shown: dict[int, str], meant: dict[int, str]) -> Callable[[str], str | None]:
    table = {character: meant.get(byte) for byte, character in shown.items()}

    def turn(word: str) -> str | None:
        parts = [each if each.isascii() else table.get(each) for each in word]
        known = [each for each in parts if each is not None]
        return unicodedata.normalize("NFC", "".join(known)) if len(known) == len(parts) else None

    return turn


@cache
def _characters(page: str) -> dict[int, str]:
    """Map each byte beyond ASCII to its character; where a page has none, to the control of ISO 8859-1."""
    return {byte: bytes((byte,)).decode(page, errors="ignore") or chr(byte) for byte in range(0x80, 0x100)}
