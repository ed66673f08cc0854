"""The letters of each language, and the code pages in which people saved it before UTF-8."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from babelreel.model.language import Language
from babelreel.model.language_facts import Encoding


@dataclass(frozen=True, slots=True, kw_only=True)
class Alphabet:
    """What a text of a language is recognised by.

    ``letters`` are those beyond ASCII, lower and upper case; ``is_latin`` says that ASCII letters belong to it too.
    ``pages`` are Python codecs, the likeliest first: where two pages result in the same text the first is named.
    """

    letters: frozenset[str]
    pages: tuple[str, ...]
    is_latin: bool


_WESTERN = ("windows-1252", "iso-8859-15", "mac-roman", "cp850")
_ARABIC = ("windows-1256", "iso-8859-6")

_LATIN_1 = "àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿßœšž"

_ARABIC_LETTERS = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيـ" + "".join(map(chr, range(0x064B, 0x0653))) + "،؛؟٪"
_PERSIAN_LETTERS = _ARABIC_LETTERS + "پچژگکیۀ\u200c"
_PASHTO_LETTERS = _PERSIAN_LETTERS + "ټځڅډړږښګڼېۍ"
_CYRILLIC_LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґђјљњћџѓќѕўѐѝ"
_GREEK_LETTERS = "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ"
_HEBREW_LETTERS = "".join(map(chr, range(0x05D0, 0x05EB))) + "".join(map(chr, range(0x05B0, 0x05C3)))

# ISO 15924 script -> letters, code pages; for languages whose file does not say.
_SCRIPTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "Latn": (_LATIN_1, _WESTERN),
    "Cyrl": (_CYRILLIC_LETTERS, ("windows-1251", "koi8-u", "iso-8859-5", "cp866")),
    "Arab": (_PASHTO_LETTERS + "ٹڈڑےہھںەێۆڵڕڤ", _ARABIC),
    "Grek": (_GREEK_LETTERS, ("windows-1253", "iso-8859-7")),
    "Hebr": (_HEBREW_LETTERS, ("windows-1255", "iso-8859-8")),
    "Thai": ("".join(map(chr, range(0x0E01, 0x0E5C))), ("cp874",)),
    "Hans": ("", ("gb18030", "cp950")),
    "Hant": ("", ("cp950", "gb18030")),
    "Jpan": ("", ("cp932", "euc-jp")),
    "Kore": ("", ("cp949",)),
}

# Han and Hangul "alphabets" are the everyday rows of the national character sets, as (codec, first and last row);
# each also has the rows with its punctuation and kana. A text read with a wrong page falls into the rare rows.
_EVERYDAY_ROWS: dict[str, tuple[tuple[str, int, int], ...]] = {
    "Hans": (("gb2312", 0xA1, 0xA3), ("gb2312", 0xB0, 0xD7)),
    "Hant": (("big5", 0xA1, 0xA3), ("big5", 0xA4, 0xC6)),
    "Jpan": (("euc-jp", 0xA1, 0xA5), ("euc-jp", 0xB0, 0xCF)),
    "Kore": (("euc-kr", 0xA1, 0xA3), ("euc-kr", 0xB0, 0xC8)),
}


_LATIN_PAGES = frozenset(("windows-1250", "windows-1252", "windows-1254", "windows-1257", "windows-1258"))


def alphabet_of(language: Language) -> Alphabet:
    """Find the alphabet of a language, else that of its script, else the western Latin one."""
    return _alphabet(language.encoding, language.script)


@cache
def _alphabet(encoding: Encoding, script: str) -> Alphabet:
    usual_letters, usual_pages = _SCRIPTS.get(script, _SCRIPTS["Latn"])
    letters, pages = encoding.letters or usual_letters, encoding.code_pages or usual_pages
    own = set(letters) | set(letters.upper()) | _everyday_characters(script)
    return Alphabet(letters=frozenset(own), pages=pages, is_latin=pages[0] in _LATIN_PAGES)


def _everyday_characters(script: str) -> frozenset[str]:
    characters: set[str] = set()
    for codec, first, last in _EVERYDAY_ROWS.get(script, ()):
        for row in range(first, last + 1):
            for cell in (*range(0x40, 0x7F), *range(0xA1, 0xFF)):
                characters.update(bytes((row, cell)).decode(codec, errors="ignore"))
    return frozenset(character for character in characters if not character.isascii())
