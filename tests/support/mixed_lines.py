"""Lines in which several scripts, numbers and signs meet, each with the direction in which it should run."""

from __future__ import annotations

from itertools import product
from typing import NamedTuple


class MixedLine(NamedTuple):
    """A line of a track in a language; ``is_rtl``: it should run from right to left."""

    tag: str
    text: str
    is_rtl: bool


#: Words as the film says them, by language.
WORDS = {
    "fr": "Écris",
    "bg": "Настойник",
    "vi": "Người",
    "zh-Hans": "比利时",
    "ar": "حق اللجوء في",
    "fa": "می‌کنم و",
    "ps": "زنګ ووهه",
}
RTL = ("ar", "fa", "ps")
_OF_TWO = (
    "{a} {b}.",
    "{b} {a}!",
    "{a} ({b}) {a}",
    "{a} « {b} » {a}.",
    "{a} [{b}]",
    "{a} : {b} ?",
    "{a} – {b}",
    "{a}/{b}",
    "“{b}”, {a}",
)
_WITH_SIGNS = (
    *(
        "116 000",
        "+32 2 555 12 34",
        "(116000)",
        "08:30-17:00",
        "8:30 – 17:00",
        "50 %",
        "50%",
        "12/24",
        "1.500,25",
        "A4-12",
    ),
    *("١١٢، ١١٦ ٠٠٠", "١٠–١٢، ٥٠", "١٠–١٢ €، ٥٠٪", "١٢/٢٤، ٣٫٥–٤ كم"),
    *("٣٤٥", "١١٦ ٠٠٠", "۱۱۶ ۰۰۰", "٠٨:٣٠", "٥٠٪", "https://example.org/", "https://example.org/ar/x?y=1"),
    *("info@example.org", "www.example.org/", "3 + 4 = 7", "(a)", "1)", "#1", "C++", "54-56", "€ 50", "50 €", "22:00"),
    *("{x}", "<b>", "2 < 3", "«Child Focus»", "Child Focus (116000)", "e-mail: a@b.be", "100.000", "-5°"),
)
_LATIN_ONLY = (
    *("Hello! How are you?", "https://example.org/", "Avenue Louise 54-56", "Child Focus (116 000).", "What?!", "(OK)"),
    *("- Yes.", "… and then", "Call +32 2 555 12 34!", "“Rights”:", "Fedasil, Brussel.", "1. Guardian"),
)
#: Without a letter: they run as their language does.
_WITHOUT_LETTERS = (
    *(
        "112، 116 000،",
        "۱۱۲، 116 000،",
        "١١٢، ١١٦ ٠٠٠",
        "۱۰–۱۲.",
        "- +32 2 555 12 34.",
        "(112)!",
        "00:32, 10–12, +32",
        "50 %.",
    ),
)
_IN_ARABIC_SCRIPT = {
    "ar": (
        "هَلْ أَنْتَ بِخَيْرٍ؟",
        "(الأول) و [الثاني].",
        "«نعم»، قال…",
        "- لا!",
        "السؤال: لماذا؟",
        "ســلام ه‍.",
        "الله أكبر؛ لا",
        "و/أو",
    ),
    "fa": ("می‌خواهم، نمی‌دانم!", "(می‌آید) «خانه‌ها».", "- بله؟", "کتاب‌های من:", "۱۲ سال", "۵٪ از"),
    "ps": ("ته څوک یې؟", "(ښه) «ژوند».", "- هو!", "دلته ۱۸ کلن", "ګڼ شمېر: ډېر"),
}


def mixed_lines() -> tuple[MixedLine, ...]:
    """Give some four hundred lines, each one once."""
    lines = [
        *(
            MixedLine(a, form.format(a=WORDS[a], b=WORDS[b]), is_rtl=a in RTL)
            for a, b in product(WORDS, WORDS)
            if (a in RTL) != (b in RTL)
            for form in _OF_TWO
        ),
        *(
            MixedLine(a, form.format(a=WORDS[a], b=WORDS[b]), is_rtl=a in RTL)
            for a, b in product(WORDS, WORDS)
            if (a in RTL) == (b in RTL) and a != b
            for form in _OF_TWO[2:4]
        ),
        *(
            MixedLine(tag, form.format(a=WORDS[tag], b=sign), is_rtl=True)
            for tag in RTL
            for sign in _WITH_SIGNS
            for form in ("{a} {b}.", "{b} {a}")
        ),
        *(MixedLine("fr", f"Dites : {WORDS['ar']} {sign} !", is_rtl=False) for sign in _WITH_SIGNS),
        *(MixedLine(tag, line, is_rtl=False) for tag in RTL for line in _LATIN_ONLY),
        *(MixedLine(tag, line, is_rtl=True) for tag, some in _IN_ARABIC_SCRIPT.items() for line in some),
        *(MixedLine(tag, line, is_rtl=True) for tag in RTL for line in _WITHOUT_LETTERS),
        *(MixedLine("fr", line, is_rtl=True) for line in _IN_ARABIC_SCRIPT["ar"]),
    ]
    return tuple(dict.fromkeys(lines))
