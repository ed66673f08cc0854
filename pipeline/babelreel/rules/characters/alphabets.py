"""Letters and digits that look like those of another alphabet."""

from __future__ import annotations

#: Arabic-Indic digits, and those of Persian, Pashto and Urdu, of which three look different.
_DIGITS_OF_ARABIC_SCRIPT = ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")

#: Cyrillic letters that look exactly like Latin ones; the last three are in few Cyrillic alphabets.
_CYRILLIC_LOOKS, _LATIN_LOOKS = "асеорхуАВСЕНКМОРТХіјѕ", "aceopxyABCEHKMOPTXijs"
AS_LATIN = dict(zip(_CYRILLIC_LOOKS, _LATIN_LOOKS, strict=True))
AS_CYRILLIC = dict(zip(_LATIN_LOOKS[:-3], _CYRILLIC_LOOKS[:-3], strict=True))


def digits_taken_for(own: str) -> dict[str, str]:
    """Map the digits that are mistaken for a language's own ten to those that they stand for."""
    others = [digits for digits in _DIGITS_OF_ARABIC_SCRIPT if digits != own] if own in _DIGITS_OF_ARABIC_SCRIPT else []
    return {wrong: right for digits in others for wrong, right in zip(digits, own, strict=True)}
