"""Recognise files of recordings, and read from the name of one which line it means."""

from __future__ import annotations

import re
from pathlib import PurePath

#: Endings of recordings as recorders and sound programs write them, the best first: of two files for one language the
#: first is taken, the other one is a stray.
SOUND_ENDINGS = (".flac", ".wav", ".m4a", ".mp3")
#: Endings of what phones, messengers and browsers write, clips with a picture too, of which the sound is taken. Beside
#: a file of the same name with an ending from above, such a file is what that one was made of.
PHONE_ENDINGS = (
    *(".aif", ".aiff", ".caf", ".opus", ".ogg", ".oga", ".aac"),
    *(".webm", ".mp4", ".m4v", ".mov", ".3gp", ".3gpp", ".amr"),
)
#: Endings of sounds that are reported but not taken: nobody tested that they begin where they should.
OTHER_ENDINGS = (".wma", ".mka", ".mkv", ".avi", ".ape", ".wv", ".spx", ".ra")

#: "7", "007", "07-Marie", "7_take two", "7 (2)", "1 "; no cue has a number of more digits.
_LINE = re.compile(r"0*([0-9]{1,9})(?:[ _-].*)?", re.ASCII | re.DOTALL)
#: A day or a time, as recorders name files: 20261129_1015, 2026-11-29 10.15, 29-11-2026, 29.11.26.
_DAY = re.compile(
    r"(?:(?:19|20)[0-9]{6}|[0-9]{4}([-._ ])[0-9]{1,2}\1[0-9]{1,2}|[0-9]{1,2}([-._ ])[0-9]{1,2}\2[0-9]{4}"
    r"|[0-9]{2}([-._])[0-9]{2}\3[0-9]{2})(?![0-9])",
    re.ASCII,
)


def line_of(path: PurePath) -> int | None:
    """Read the number of the line that a take is named by; ``None`` if its name does not begin with one.

    Names that phones give (``Recording (3)``, ``Voice 012``, ``take 7``) count recordings, also those that went wrong,
    and mean no line.
    """
    found = None if _DAY.match(path.stem) else _LINE.fullmatch(path.stem)
    return int(found[1]) if found else None


def in_order_of_names(names: list[str]) -> list[str]:
    """Sort names as people do, 2 before 10."""
    return sorted(names, key=lambda name: [_as_number(part) for part in re.split(r"([0-9]+)", name)])


def _as_number(part: str) -> tuple[int, str]:
    bare = part.lstrip("0")
    return (len(bare), bare) if part[:1].isdigit() else (0, part)
