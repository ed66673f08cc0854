"""Tell which Chinese characters are written in one of the two scripts only, and in which of them a text is."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

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

#: More than a name or a quotation has.
_MOST_OF_A_NAME = 9


def prevailing_script(characters: AbstractSet[str]) -> str:
    """Find the script, ``Hans`` or ``Hant``, with most of the characters of one script only; empty in doubt."""
    traditional = sum(map(is_traditional_only, characters))
    simplified = sum(map(is_simplified_only, characters))
    if traditional > max(simplified, _MOST_OF_A_NAME):
        return "Hant"
    return "Hans" if simplified > max(traditional, _MOST_OF_A_NAME) else ""


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
