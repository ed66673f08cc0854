"""Decode bytes whose language is known but not their encoding.

UTF-8 needs no guess. For anything else the declared language does the guessing: its own code pages are tried and the
one wins whose text looks most like that language's alphabet. Guessing from the bytes alone recovers fewer files and
takes Pashto for Big5.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from itertools import pairwise

from babelreel.model.counted import count
from babelreel.model.language import Language
from babelreel.model.track import Fault, FaultKind
from babelreel.timedtext.encoding.legacy_code_pages import Alphabet, alphabet_of
from babelreel.timedtext.positions import clip, place_of, split_lines

REPLACEMENT = "\ufffd"

#: UTF-32 before UTF-16: the little-endian mark of the one begins with the mark of the other.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

#: Enough to tell code pages apart, and little enough to score them all at once.
_SAMPLE_BYTES = 1 << 18

#: Share of NUL bytes, in per cent, that ASCII digits and spaces leave in every subtitle file in UTF-16.
_NUL_PERCENT = 10

_NOT_ASCII = re.compile(rb"[\x80-\xff]")

# Quotes, dashes, spaces and signs that every language may use: they speak neither for nor against a code page.
_NEUTRAL = frozenset("\u00a0\u200b\u200c\u200d\u200e\u200f\u202f«»‹›“”‘’‚„…–—·•°€£§©®™¡¿♪")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A text with the Python codec it was read with; ``utf-8-sig`` and ``utf-16`` mean that a BOM was there.

    ``is_legacy`` says that the bytes are not UTF-8. The BOM is no part of the text; line ends are as in the file.
    """

    text: str
    encoding: str
    is_legacy: bool
    faults: tuple[Fault, ...] = ()


def decode(data: bytes, language: Language) -> Decoded:
    """Decode the bytes of a subtitle file in a language.

    A BOM decides, then strict UTF-8, then the NUL bytes of UTF-16, then the language's code pages. Bytes that fit none
    of them become U+FFFD in a text read as UTF-8, with a fault.
    """
    codec = _marked_codec(data) or _unmarked_codec(data) or _likeliest_page(data, alphabet_of(language))
    text = data.decode(codec, errors="replace")
    is_legacy = not codec.startswith("utf-8")
    has_losses = REPLACEMENT in text and not _is_clean(data, codec)
    faults = (*_legacy_faults(codec, is_legacy=is_legacy), *(_loss_faults(text) if has_losses else ()))
    return Decoded(text=text, encoding=codec, is_legacy=is_legacy, faults=faults)


def unicode_text(data: bytes) -> str | None:
    """Decode bytes that are surely in UTF-8, UTF-16 or UTF-32; ``None`` for all others."""
    codec = _marked_codec(data) or _unmarked_codec(data)
    return data.decode(codec) if codec is not None and _is_clean(data, codec) else None


def encode_like(data: bytes, text: str, *, encoding: str = "", to_utf8: bool = False) -> bytes | None:
    """Write a text in the encoding of a file's bytes, with the same byte order mark, or as UTF-8 without one.

    ``encoding`` is the codec that ``decode`` named for ``data``; without it the bytes must be UTF-8, UTF-16 or UTF-32.
    ``None`` when the text cannot be written so, or when the bytes themselves cannot be had back from their text: then
    any other place of the file would change too.
    """
    codec = encoding or _marked_codec(data) or _unmarked_codec(data)
    if codec is None or not _is_reversible(data, codec):
        return None
    try:
        written = text.encode("utf-8") if to_utf8 else _encode(data, text, codec)
    except UnicodeEncodeError:
        return None
    # a text that begins with U+FEFF would be read as one with a byte order mark, or with another one
    is_marked = not to_utf8 and _marked_codec(data) is not None
    return written if is_marked or _marked_codec(written) is None else None


def _is_reversible(data: bytes, codec: str) -> bool:
    try:
        return _encode(data, data.decode(codec), codec) == data
    except UnicodeError:
        return False


def _encode(data: bytes, text: str, codec: str) -> bytes:
    """Write a text: the codecs of UTF-16 and UTF-32 read both byte orders, but write that of the machine only."""
    mark = next((mark for mark, _ in _MARKS if codec in ("utf-16", "utf-32") and data.startswith(mark)), b"")
    if not mark:
        return text.encode(codec)
    is_little = mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF32_LE)
    return mark + text.encode(f"{codec}-{'le' if is_little else 'be'}")


def _marked_codec(data: bytes) -> str | None:
    return next((codec for mark, codec in _MARKS if data.startswith(mark)), None)


def _unmarked_codec(data: bytes) -> str | None:
    """Name UTF-16 before UTF-8: without letters beyond ASCII, UTF-16 is UTF-8 with a NUL after each letter."""
    sample = data[:_SAMPLE_BYTES]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if (even + odd) * 100 >= len(sample) * _NUL_PERCENT and sample:
        if odd > even * 10:
            return "utf-16-le"
        if even > odd * 10:
            return "utf-16-be"
    return "utf-8" if _is_clean(data, "utf-8") else None


def _is_clean(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _likeliest_page(data: bytes, alphabet: Alphabet) -> str:
    """Name the codec whose text has most of the alphabet's letters, UTF-8 if none looks like the language at all."""
    found = _NOT_ASCII.search(data)
    start = found.start() if found else 0
    sample = data[start : start + _SAMPLE_BYTES]
    codecs_to_try = ("utf-8", *alphabet.pages)  # UTF-8 with a few broken bytes is still UTF-8
    scores = {codec: _score(sample.decode(codec, errors="replace"), alphabet) for codec in codecs_to_try}
    best = max(codecs_to_try, key=scores.__getitem__)
    return best if scores[best] >= 0 else "utf-8"


def _score(text: str, alphabet: Alphabet) -> int:
    """Weigh a text: its alphabet's letters for it, foreign letters against, signs and controls more, losses most."""
    total = 0
    for before, character in pairwise(" " + text):
        if character.isascii():
            total += alphabet.is_latin and character.isalpha()
        elif character in alphabet.letters:
            total += 1
        elif character not in _NEUTRAL:
            total -= 1 if character.isalpha() else 5 if character == REPLACEMENT else 3
        if character.isupper() and before.islower():  # "пРИВЕТ": the code page swaps the cases
            total -= 2
    return total


def _legacy_faults(codec: str, *, is_legacy: bool) -> tuple[Fault, ...]:
    if not is_legacy:
        return ()
    kind = FaultKind.WIDE_ENCODING if codec.startswith("utf-") else FaultKind.LEGACY_ENCODING
    detail = f"the file is not UTF-8: it was read as {codec}; save it as UTF-8"
    return (Fault(kind=kind, line=1, column=1, detail=detail),)


def _loss_faults(text: str) -> tuple[Fault, ...]:
    """Report all losses at the place of the first."""
    line, column = place_of(text, text.index(REPLACEMENT))
    times = text.count(REPLACEMENT)
    detail = f"some bytes are not text: the sign � (U+FFFD) stands for them, here first, {count(times, 'time')} in all"
    quoted = clip(split_lines(text)[line - 1])
    return (Fault(kind=FaultKind.UNDECODABLE, line=line, column=column, detail=detail, text=quoted),)
