"""Read the letters of the Vietnamese code pages that Python does not know."""

from __future__ import annotations

import re
import unicodedata

#: Bytes 0x80 to 0xFF, from RFC 1456; six rare capitals that stand lower are left out.
VISCII = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)

#: Bytes 0xA0 to 0xFF, from TCVN 5712:1993; TCVN3, that of the fonts named ".Vn", has the same small letters.
TCVN3 = (
    "\u00a0ĂÂÊÔƠƯĐăâêôơưđẶ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉ"
    "ỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
)

# VNI writes most letters as two: the plain one and a mark, for which its fonts draw these letters of Windows-1252.
_MARKS = {
    "ù": "\u0301",
    "ø": "\u0300",
    "û": "\u0309",
    "õ": "\u0303",
    "ï": "\u0323",
    "â": "\u0302",
    "ê": "\u0306",
    "á": "\u0302\u0301",
    "à": "\u0302\u0300",
    "å": "\u0302\u0309",
    "ã": "\u0302\u0303",
    "ä": "\u0302\u0323",
    "é": "\u0306\u0301",
    "è": "\u0306\u0300",
    "ú": "\u0306\u0309",
    "ü": "\u0306\u0303",
    "ë": "\u0306\u0323",
}
_WHOLE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_ANY_CASE = _WHOLE | {letter.upper(): meant.upper() for letter, meant in _WHOLE.items()}
_PAIR = re.compile(f"([aeouyôö])([{''.join(_MARKS)}])|[{''.join(_WHOLE)}]", re.IGNORECASE)


def meant_by_vni(shown: str) -> str:
    """Restore the text that was written for one of the VNI fonts and read as Windows-1252."""
    return unicodedata.normalize("NFC", _PAIR.sub(_meant, shown))


def _meant(match: re.Match[str]) -> str:
    if match[1] is None:
        return _ANY_CASE[match[0]]
    return _ANY_CASE.get(match[1], match[1]) + _MARKS[match[2].lower()]
