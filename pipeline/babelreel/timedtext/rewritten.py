"""Write the changed text of a file into bytes that are read again as it was written.

How a file is read depends on its bytes, unless it has a byte order mark: a text with fewer letters, or other ones, may
be taken for another code page, and a NUL in a short one for the half of a letter in UTF-16.
"""

from __future__ import annotations

from dataclasses import dataclass

from babelreel.model.language import Language
from babelreel.model.track import Track
from babelreel.timedtext.encoding.decode import encode_like
from babelreel.timedtext.read import read_track


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """A file with another text: its bytes, and the track that is read from them."""

    data: bytes
    track: Track


def rewritten(data: bytes, text: str, track: Track, *, language: Language, to_utf8: bool = False) -> Rewritten | None:
    """Write a text in the encoding of the file ``data``, which was read as ``track``, or as UTF-8.

    ``None`` where that encoding cannot hold the text, or where other characters would be read from what was written.
    """
    written = encode_like(data, text, encoding=track.encoding, to_utf8=to_utf8)
    if written is None:
        return None
    after = read_track(written, language=language, path=track.path)
    return Rewritten(data=written, track=after) if after.source.text == text else None


def rewritten_in_any(data: bytes, text: str, track: Track, *, language: Language) -> Rewritten | None:
    """Write a text in the encoding of its file, or as UTF-8 where that cannot be; ``None`` where neither can."""
    return rewritten(data, text, track, language=language) or rewritten(
        data, text, track, language=language, to_utf8=True
    )
