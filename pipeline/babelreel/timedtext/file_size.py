"""The sizes from which on a file is no subtitle file, whatever its name.

A film of two hours has 1500 cues, 6000 lines and 0.1 MB. The limits are some hundred times as high; what goes beyond
them would only cost time and memory.
"""

from __future__ import annotations

from babelreel.errors import TrackError
from babelreel.model.file_position import LINE_END

LIMIT_BYTES = 64 * 1024 * 1024
LIMIT_LINES = 1_000_000
LIMIT_LINE_LENGTH = 1_000_000
LIMIT_CUES = 100_000

#: Signs that can begin markup: each may cost a piece of text of its own.
LIMIT_SIGNS = 1_000_000
_SIGNS = "<{\\&"

_HINT = "Check that the file holds subtitles: those of a long film have less than 1 MiB and 3000 lines."


def refuse_bytes(count: int, path: str) -> None:
    """Raise ``TrackError`` for a file that is too large to be read at all."""
    if count > LIMIT_BYTES:
        raise _error(path, f"it has {count / 2**20:.0f} MiB, the limit is {LIMIT_BYTES >> 20} MiB")


def refuse_text(text: str, path: str) -> None:
    """Raise ``TrackError`` for a text with too many lines or too much markup, or with too long a line."""
    if len(text) < min(LIMIT_LINES, LIMIT_LINE_LENGTH, LIMIT_SIGNS):  # nearly always
        return
    lines = text.count("\n") + text.count("\r")
    if lines > LIMIT_LINES:
        raise _error(path, f"it has {lines} line ends, the limit is {LIMIT_LINES}")
    signs = sum(text.count(sign) for sign in _SIGNS)
    if signs > LIMIT_SIGNS:
        raise _error(path, f"it has {signs} signs of markup ({' '.join(_SIGNS)}), the limit is {LIMIT_SIGNS}")
    longest = max(map(len, LINE_END.split(text)))
    if longest > LIMIT_LINE_LENGTH:
        raise _error(path, f"it has a row of {longest} characters, the limit is {LIMIT_LINE_LENGTH}")


def refuse_cues(count: int, path: str) -> None:
    """Raise ``TrackError`` for a track of more than 100 000 cues."""
    if count > LIMIT_CUES:
        raise _error(path, f"it has more than {LIMIT_CUES} lines with times")


def _error(path: str, why: str) -> TrackError:
    return TrackError(what="The subtitle file is too large to be one.", where=path, why=why, hint=_HINT)
