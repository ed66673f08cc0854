"""Which letters and digits does a language write, and which of other languages are taken for them?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

_ROMANIAN = {"ş": "ș", "ţ": "ț", "Ş": "Ș", "Ţ": "Ț"}
_PERSIAN = {"ي": "ی", "ك": "ک", "ى": "ی", "ہ": "ه", "ھ": "ه", "ە": None}

#: By primary language subtag: a letter of other languages, and the letter of this one that was meant by it; ``None``
#: where that cannot be told from the letter alone.
#: Romanian: Unicode Standard, chapter 7 (comma below, not cedilla). Persian: ISIRI 6219. Arabic and Pashto: the
#: letters of their alphabets; the ye of Pashto is left out, since its forms vary by author.
WRONG_LETTERS: Mapping[str, Mapping[str, str | None]] = {
    "ro": _ROMANIAN,
    "mo": _ROMANIAN,
    "fa": _PERSIAN,
    "prs": _PERSIAN,
    "ps": {"ك": "ک", "ہ": "ه", "ھ": "ه"},
    "ur": {"ي": "ی", "ك": "ک"},
    "ar": {"ک": "ك", "ی": None, "ہ": "ه", "ھ": "ه", "ە": None},
}

#: Arabic-Indic digits, and those of Persian, Pashto and Urdu, of which three look different.
_ARABIC_DIGITS, _PERSIAN_DIGITS = "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"
_TO_PERSIAN = dict(zip(_ARABIC_DIGITS, _PERSIAN_DIGITS, strict=True))
WRONG_DIGITS: Mapping[str, Mapping[str, str]] = {
    **dict.fromkeys(("fa", "prs", "ps", "ur"), _TO_PERSIAN),
    "ar": dict(zip(_PERSIAN_DIGITS, _ARABIC_DIGITS, strict=True)),
}

#: Cyrillic letters that look exactly like Latin ones; the last three are in few Cyrillic alphabets.
_CYRILLIC_LOOKS, _LATIN_LOOKS = "асеорхуАВСЕНКМОРТХіјѕ", "aceopxyABCEHKMOPTXijs"
AS_LATIN = dict(zip(_CYRILLIC_LOOKS, _LATIN_LOOKS, strict=True))
AS_CYRILLIC = dict(zip(_LATIN_LOOKS[:-3], _CYRILLIC_LOOKS[:-3], strict=True))


class Marks(NamedTuple):
    """The letters that set a language apart, and in how many letters of text one of them can be expected."""

    letters: str
    within: int


#: At the share that these letters have in running text (sq 7 %, ro 6 %, fr 4 %, de 2 %, vi 25 %, fa 4 %, ps 15 %), a
#: text of this length without any of them comes about by chance less than once in 10 000 times.
MARKS: Mapping[str, Marks] = {
    "sq": Marks("ëË", 300),
    "ro": Marks("ăâîșțşţĂÂÎȘȚŞŢ", 300),
    "fr": Marks("éèêëàâçîïôùûœÉÈÊËÀÂÇÎÏÔÙÛŒ", 400),
    "de": Marks("äöüßÄÖÜẞ", 800),
    "vi": Marks(
        "ăâđêôơưáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵĐ\u0300\u0301\u0303\u0309\u0323", 200
    ),
    "fa": Marks("پچژگ", 400),
    "ps": Marks("ټډړږښګڼېۍئځڅ", 200),
}

#: In Big5, the Taiwanese character set, and not in GB 2312, the mainland's; but without a simplified form, so that
#: simplified Chinese writes them, too (rare names, units, variants). Compared with the tables of OpenCC.
_SHARED = frozenset(
    "伋伕佺倣偭偯偺傚僇僎僩儅儳剋劻勗勦吋呎啗啣嘐堉塭塽墦奭妳姅姪嬝屘屝崁巉帟彊徬惇愒慇抆揹搆搾撚撢擭敔昇昤晅晞暍暱"
    "暸杗枓栘梂梡梱棻楛榣槃橾櫂櫺欐歜毚毬氾汍沍沘沬泜洸浥浬涊湣湩湲潟潠澴濩濬炤焜煆煖燄燐燸牠玆玥玨珪珮琍琯瑯璘璟瓖甦"
    "甽疢痲痳痺瘉睪瞇瞋瞭砠砲硿祇祐祕穋箄箠篛簷籐籣籥糢縿繈繙耑脤脩脰芣蒐蔆藷蘗衹裯褕褽覜觔觼訑詨詻誧譆谿豭賸跦跼踡踫"
    "迆迺遝郃鄗鄘釆釐釭鉼銲鎗鑤阬陞隄雊霤韹餽鯈鴃鶸鼇"
)
#: In GB 2312 and not in Big5, but written in traditional Chinese of Hong Kong or of science.
_SHARED_BY_TRADITIONAL = frozenset("傈叶墒广着硷酞酶")
#: A traditional character that GB 2312 has, although its everyday use is that of a simplified one.
_ALSO_TRADITIONAL = frozenset("後")

_COMMON_BIG5 = b"\xc6\x7e"
_COMMON_GB = b"\xd7\xfe"


def is_traditional_only(character: str) -> bool:
    """Tell whether a common Chinese character is written in traditional Chinese only."""
    if character in _ALSO_TRADITIONAL:
        return True
    return character not in _SHARED and _is_in(character, "big5", _COMMON_BIG5) and not _is_in(character, "gb2312")


def is_simplified_only(character: str) -> bool:
    """Tell whether a common Chinese character is written in simplified Chinese only."""
    is_shared = character in _SHARED_BY_TRADITIONAL
    return not is_shared and _is_in(character, "gb2312", _COMMON_GB) and not _is_in(character, "big5")


def _is_in(character: str, codec: str, last: bytes = b"\xff\xff") -> bool:
    """Tell whether a character set has a Chinese character up to a code; its common ones come first."""
    if not "\u4e00" <= character <= "\u9fff":
        return False
    try:
        return character.encode(codec) <= last
    except UnicodeEncodeError:
        return False
