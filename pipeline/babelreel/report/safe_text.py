"""Make foreign text safe to print, and numbers easy to read."""

from __future__ import annotations

import json
import re
import unicodedata

from babelreel.errors import BabelreelError
from babelreel.report.reader.speaking import in_readers_language, labelled

#: What CI services take for a command wherever it stands in a line of a log: ``##[group]`` (GitHub's older form, and
#: Azure's), ``##vso[...]`` (Azure), ``##teamcity[...]``.
_COMMAND = re.compile(r"##(?=\[|vso\[|teamcity\[)")

#: What GitHub takes for a command at the start of a line, also after spaces.
_COMMAND_AT_START = re.compile(r"\A(\s*+):(?=:)")

#: Characters that are no letters to Python, but that people write and readers need: the spaces of typography, and the
#: joiners that decide on the shape of a letter (each Persian sentence has some). None of them moves other text.
_SPACES_AND_JOINERS = frozenset("\u00a0\u1680\u202f\u205f\u3000\u200c\u200d") | {chr(c) for c in range(0x2000, 0x200B)}

#: The marks of direction: left-to-right, right-to-left and Arabic letter mark.
_MARKS = frozenset("\u200e\u200f\u061c")


def printable(text: str) -> str:
    """Show control characters as escapes, so that no file name or cue can steer a terminal or the log of a CI service.

    Newlines and bidi controls are escaped too: a line of output stays one line and reads in its own order.
    """
    return _without_commands("".join(shown(char) for char in text))


def readable(text: str) -> str:
    """Do what ``printable`` does, but keep the spaces of typography and the joiners: for whole texts of cues."""
    return _without_commands("".join(char if char in _SPACES_AND_JOINERS else shown(char) for char in text))


def legible(text: str) -> str:
    """Do what ``readable`` does for a sentence: its spaces are plain ones, and marks of direction are not shown.

    A mark moves only what is beside it, and nothing where the text is isolated. Overrides and isolates, which can turn
    a whole line round, are escaped.
    """
    return readable("".join(" " if unicodedata.category(char) == "Zs" else char for char in text if char not in _MARKS))


def shown(char: str) -> str:
    """Write a character, or its escape where it is a control character, a lone surrogate or not assigned."""
    return char if char.isprintable() else char.encode("unicode_escape").decode("ascii")


def is_space_or_joiner(char: str) -> bool:
    """Tell whether a character that Python calls not printable is kept by ``readable``."""
    return char in _SPACES_AND_JOINERS


def _without_commands(text: str) -> str:
    return _COMMAND_AT_START.sub(r"\1\\x3a", _COMMAND.sub(r"\\x23#", text))


def clipped(text: str, length: int = 300) -> str:
    """Shorten a text to so many characters: a line that is quoted may be as long as its file."""
    return text if len(text) <= length else f"{text[: length - 1]}…"


def render_json(document: object, *, indent: int | None = 2) -> str:
    """Write JSON in pure ASCII, without anything that a terminal, a code page or the log of a CI service acts on."""
    return _COMMAND.sub(r"\\u0023#", json.dumps(document, indent=indent))


def render_error(error: BabelreelError, film: str = "babelreel") -> str:
    """Write an error in at most four lines; ``film`` says of which one, where there are several."""
    first, *rest = map(printable, error.lines())
    told = [f"{printable(film)}: {in_readers_language(first)}"]
    for line in rest:
        label, text = line.split(": ", maxsplit=1)
        said = text if label == "where" else in_readers_language(text)
        told.append(f"  {labelled(label, said)}")
    return "\n".join(told)


def error_document(error: BabelreelError) -> dict[str, object]:
    """Put an error into an object for JSON, for programs."""
    what, *rest = error.lines()
    told = dict(line.split(": ", maxsplit=1) for line in rest)
    return {"version": 1, "error": {"exit_code": error.exit_code, "what": what} | told}


def render_size(size: int) -> str:
    """Write a number of bytes as people say it, with decimal units: ``15.5 MB``."""
    value = float(size)
    for unit in ("B", "kB", "MB"):
        if value < 1000:  # noqa: PLR2004 - the step between two units
            return f"{value:.0f} {unit}" if unit != "MB" else f"{value:.1f} {unit}"
        value /= 1000
    return f"{value:.1f} GB"


def render_duration(seconds: float) -> str:
    """Write a stretch of time as people say it: ``8 s``, ``2 min 05 s``, ``1 h 02 min``."""
    whole = round(seconds)
    minutes, rest = divmod(whole, 60)
    hours, minutes_rest = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes_rest:02d} min"
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"
