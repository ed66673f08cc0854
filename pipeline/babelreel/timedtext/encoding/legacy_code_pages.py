"""Which letters does a language write with, and in which code pages did people save it before UTF-8?"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True, kw_only=True)
class Alphabet:
    """What a text of a language is recognised by.

    ``letters`` are those beyond ASCII, lower and upper case; ``is_latin`` says that ASCII letters belong to it too.
    ``pages`` are Python codecs, the likeliest first: where two pages give the same text the first is named.
    """

    letters: frozenset[str]
    pages: tuple[str, ...]
    is_latin: bool


_WESTERN = ("windows-1252", "iso-8859-15", "mac-roman", "cp850")
_CENTRAL = ("windows-1250", "iso-8859-2", "cp852")
_ARABIC = ("windows-1256", "iso-8859-6")

# Letters of neighbours (é in an English or Albanian text) count as the language's own where names and loans are common.
_LATIN_1 = "àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿßœšž"
_CENTRAL_LETTERS = "áâäăąćčçďđéęëěíîłĺľńňóôöőřŕśšşťţúůüűýźžż"

_ARABIC_LETTERS = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيـ" + "".join(map(chr, range(0x064B, 0x0653))) + "،؛؟٪"
_PERSIAN_LETTERS = _ARABIC_LETTERS + "پچژگکیۀ\u200c"
_PASHTO_LETTERS = _PERSIAN_LETTERS + "ټځڅډړږښګڼېۍ"
_CYRILLIC_LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґђјљњћџѓќѕўѐѝ"
_GREEK_LETTERS = "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ"
_HEBREW_LETTERS = "".join(map(chr, range(0x05D0, 0x05EB))) + "".join(map(chr, range(0x05B0, 0x05C3)))

#: U+0300 grave, U+0301 acute, U+0303 tilde, U+0309 hook above, U+0323 dot below: windows-1258 writes them apart.
_VIETNAMESE_TONES = "\u0300\u0301\u0303\u0309\u0323"
_VIETNAMESE_LETTERS = (
    "ăâđêôơư"
    + _VIETNAMESE_TONES
    + "".join(unicodedata.normalize("NFC", base + tone) for base in "aăâeêioôơuưy" for tone in _VIETNAMESE_TONES)
)

# Language (tag, or tag with script) -> letters, code pages.
_LANGUAGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "fr": ("àâæçéèêëîïôœùûüÿñ", _WESTERN),
    "en": ("àâäçèéêëíîïñóôöúûüœ", _WESTERN),
    "nl": ("áàèéêëíïóöúü", _WESTERN),
    "de": ("äöüßàâçèéêëîôû", _WESTERN),
    "sq": ("çëâéèêîñóôöüšž", (*_WESTERN, "windows-1250")),
    "pcm": ("àáâçèéêëìíïñòóôöùúûüẹọ", _WESTERN),
    "ro": ("ăâîșțşţéèöüá", ("windows-1250", "iso-8859-16", "iso-8859-2", "cp852")),
    "vi": (_VIETNAMESE_LETTERS, ("windows-1258",)),
    "bg": ("абвгдежзийклмнопрстуфхцчшщъьюяѝ", ("windows-1251", "iso-8859-5", "cp866", "mac-cyrillic")),
    "ar": (_ARABIC_LETTERS, _ARABIC),
    "fa": (_PERSIAN_LETTERS, _ARABIC),
    "ps": (_PASHTO_LETTERS, _ARABIC),
    **dict.fromkeys(("pl", "cs", "sk", "hu", "hr", "sl", "bs"), (_CENTRAL_LETTERS, _CENTRAL)),
    **dict.fromkeys(("tr", "az"), ("çğıİöşüâîûéə", ("windows-1254", "cp857"))),
    **dict.fromkeys(("lt", "lv", "et"), ("ąčęėįšųūžāēģīķļņõäöü", ("windows-1257", "iso-8859-4", "cp775"))),
}

# ISO 15924 script -> letters, code pages; for languages which have no line of their own.
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

_SCRIPT_SUBTAG = re.compile("[a-z]{4}")


@cache
def alphabet_of(language: str) -> Alphabet:
    """Give the alphabet of a BCP 47 tag: of the language, else of its usual script, else the western Latin one."""
    script = _script_of(language)
    row = _LANGUAGES.get(language.lower().partition("-")[0])
    letters, pages = row if row and script is None else _SCRIPTS.get(script or "Latn", _SCRIPTS["Latn"])
    own = set(letters) | set(letters.upper()) | _everyday_characters(script or "")
    return Alphabet(letters=frozenset(own), pages=pages, is_latin=pages[0] in _LATIN_PAGES)


def _script_of(language: str) -> str | None:
    """Name the script of a tag; ``None`` where the table of languages says all that is needed."""
    primary, *others = language.lower().split("-")
    written = next((subtag for subtag in others if _SCRIPT_SUBTAG.fullmatch(subtag)), None)
    if written or primary in _LANGUAGES:
        return written.title() if written else None
    import langcodes  # noqa: PLC0415 - slow to load, and the languages of the campaign do not need it

    try:
        return langcodes.Language.get(language).maximize().script
    except ValueError:  # not a tag at all: whoever chose it is told so elsewhere
        return None


def _everyday_characters(script: str) -> frozenset[str]:
    characters: set[str] = set()
    for codec, first, last in _EVERYDAY_ROWS.get(script, ()):
        for row in range(first, last + 1):
            for cell in (*range(0x40, 0x7F), *range(0xA1, 0xFF)):
                characters.update(bytes((row, cell)).decode(codec, errors="ignore"))
    return frozenset(character for character in characters if not character.isascii())
