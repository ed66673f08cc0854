"""Name languages in a Matroska file, also those without a code in ISO 639-2.

Matroska has two elements for it: ``Language`` with three letters, and ``LanguageBCP47`` with any tag, which wins
where a reader knows it (RFC 9559, 5.1.4.1.20). ffmpeg writes only the first, and writes any text into it. So it gets
a text of just the length that both take, and the bytes are then corrected in place.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

_LANGUAGE = b"\x22\xb5\x9c"
_LANGUAGE_BCP47 = b"\x22\xb5\x9d"
#: An element of up to 126 bytes tells its length in one byte with the highest bit set.
_SHORT = 0x80
_LONGEST = 0x7E
#: Stands for the head of the second element (three bytes of name and one of length); in no code and no tag.
_FILLER = "????"
#: The tracks are described before the first picture.
_HEAD_BYTES = 1 << 20


class BrokenMatroskaError(ValueError):
    """The languages of a file are not where they were written."""


def both_languages(code: str, tag: str) -> str:
    """Return the text that ffmpeg gets as the language, for ``write_languages`` to split."""
    text = f"{code}{_FILLER}{tag}"
    if len(text) > _LONGEST or not text.isascii():
        raise ValueError(f"a language tag of {len(tag)} characters")
    return text


def write_languages(path: Path, languages: Iterable[tuple[str, str]]) -> None:
    """Split each text of ``both_languages`` in a file of ours into its two elements, in place.

    ``languages`` are the pairs of code and tag that the file was made with; each may be there several times. Raises
    ``BrokenMatroskaError`` where one is missing. Only for files made without checksums.
    """
    wanted = tuple(dict.fromkeys(languages))
    with path.open("r+b") as file:
        head = file.read(_HEAD_BYTES)
        repaired = head
        for code, tag in wanted:
            before = _element(_LANGUAGE, both_languages(code, tag))
            if before not in head:
                raise BrokenMatroskaError(f"the language {tag} is missing")
            repaired = repaired.replace(before, _element(_LANGUAGE, code) + _element(_LANGUAGE_BCP47, tag))
        file.seek(0)
        file.write(repaired)


def _element(name: bytes, text: str) -> bytes:
    return name + bytes((_SHORT | len(text),)) + text.encode()
