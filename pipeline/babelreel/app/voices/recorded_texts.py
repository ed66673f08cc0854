"""Read and write ``takes.toml``, which alone says for which text each take was recorded.

A take is known by the digest of its bytes: it may be renamed, and a new recording under an old name is a new take.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from babelreel.graph.files import write_atomically
from babelreel.languages.tables import parse_settings, why_unreadable
from babelreel.model.sound.recorded_text import RecordedText
from babelreel.model.timecode import MS_PER_SECOND, render_timestamp
from babelreel.model.toml_text import quoted
from babelreel.regular_files import is_taken, read_regular
from babelreel.system_errors import as_house_error

#: The name of the file, in each folder of takes.
TAKES_FILE = "takes.toml"
#: A larger one is not ours: a take has some 200 bytes.
_MOST_BYTES = 1 << 24
_TIME = re.compile(r"(-?)([0-9]{2,6}):([0-9]{2}):([0-9]{2})\.([0-9]{3})", re.ASCII)
_HEAD = """\
# For which text each take was recorded, when its line began then, and the SHA-256 of the sound.
# "babelreel dub remember" writes this file. It belongs beside the takes, in version control too.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptText:
    """An entry of the file: a take by its name and the SHA-256 of its bytes, and what it was recorded for."""

    name: str
    digest: str
    recorded: RecordedText


class UnreadTextsError(Exception):
    """A ``takes.toml`` cannot be read; the text says why, in plain words. Never leaves ``app``."""


def read_texts(folder: Path) -> tuple[KeptText, ...]:
    """Read what is kept of the takes in a folder, in order of names; nothing where there is no file.

    Raises ``UnreadTextsError``, and ``MachineError`` where the system has no file under that name, or a folder lies
    there: a link that leads nowhere stands for a file on a disk that is not connected.
    """
    path = folder / TAKES_FILE
    try:
        document = parse_settings(read_regular(path, _MOST_BYTES).decode("utf-8-sig"), float)
    except FileNotFoundError as error:
        if is_taken(path):
            raise as_house_error(error, path) from error
        return ()
    except OSError as error:
        raise as_house_error(error, path) from error
    except (ValueError, RecursionError) as error:  # no TOML, or too large
        raise UnreadTextsError(why_unreadable(error)) from error
    return tuple(_entry(name, document[name]) for name in sorted(document))


def write_texts(folder: Path, texts: Iterable[KeptText]) -> bool:
    """Write what is kept of the takes in a folder, sorted by names; tell whether that changed anything."""
    path = folder / TAKES_FILE
    content = render_texts(texts).encode()
    if path.is_file() and path.read_bytes() == content:
        return False
    write_atomically(path, content)
    return True


def render_texts(texts: Iterable[KeptText]) -> str:
    """Write the file: a table for each take and each fact in one line, so that git merges what two people recorded."""
    return _HEAD + "".join(
        f"\n[{quoted(each.name)}]\n"
        f"text = {quoted(each.recorded.text)}\n"
        f"start = {quoted(render_timestamp(each.recorded.start_ms, '.'))}\n"
        f"sha256 = {quoted(each.digest)}\n"
        for each in sorted(texts, key=lambda each: each.name)
    )


def find_text(texts: Iterable[KeptText], name: str, digest: str) -> RecordedText | None:
    """Find what a take was recorded for, by its bytes; of several entries with the same bytes that of its name."""
    same = [each for each in texts if each.digest == digest]
    own = next((each for each in same if each.name == name), same[0] if same else None)
    return own.recorded if own else None


def _entry(name: str, table: object) -> KeptText:
    if not isinstance(table, Mapping):
        raise UnreadTextsError(f"“{name}” is no table")
    text, start, digest = (table.get(key) for key in ("text", "start", "sha256"))
    if not (isinstance(text, str) and isinstance(start, str) and isinstance(digest, str)):
        raise UnreadTextsError(f"the table of “{name}” lacks text, start or sha256")
    try:
        return KeptText(name=name, digest=digest, recorded=RecordedText(text=text, start_ms=start_ms_of(start)))
    except ValueError:
        raise UnreadTextsError(f"the start of “{name}” is no time such as 00:00:01.000") from None


def start_ms_of(written: str) -> int:
    """Read when the line of a take began; ``ValueError`` for what is no time such as 00:00:01.000."""
    found = _TIME.fullmatch(written)
    if not found:
        raise ValueError(written)
    hours, minutes, seconds, ms = map(int, found.groups()[1:])
    return int(f"{found[1]}1") * (((hours * 60 + minutes) * 60 + seconds) * MS_PER_SECOND + ms)
