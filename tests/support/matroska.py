"""The languages of a Matroska file, read from its bytes: no library tells both elements of a track."""

from __future__ import annotations

from pathlib import Path

_LANGUAGE = b"\x22\xb5\x9c"
_LANGUAGE_BCP47 = b"\x22\xb5\x9d"
#: The tracks are described before the first picture.
_HEAD_BYTES = 1 << 20


def read_languages(path: Path) -> tuple[tuple[str, str], ...]:
    """Read ``Language`` and ``LanguageBCP47`` of each track, in their order; a track without both is left out."""
    found = []
    for part in path.read_bytes()[:_HEAD_BYTES].split(_LANGUAGE)[1:]:
        code, rest = _content(part)
        if rest.startswith(_LANGUAGE_BCP47):
            found.append((code, _content(rest.removeprefix(_LANGUAGE_BCP47))[0]))
    return tuple(found)


def _content(data: bytes) -> tuple[str, bytes]:
    """Give the text of an element after its name, and what follows; a length of one byte has the highest bit set."""
    length = data[0] & ~0x80 if data else 0
    return data[1 : 1 + length].decode("ascii", "replace"), data[1 + length :]
