"""Read and write ``fr.review.toml``, which keeps what people said of each line of a language, and of the picture's.

Each entry has a table and each fact a line of its own, so that git merges what two people said of two lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from babelreel.app.project.inventory import leads_out
from babelreel.errors import BabelreelError, UsageError
from babelreel.graph.files import rewrite_atomically, write_atomically
from babelreel.languages.tables import parse_settings, read_settings_text, texts_in, unseen_in, why_unreadable
from babelreel.model.ledger.entries import Entry, Ledger, Minor, State
from babelreel.model.project import Project
from babelreel.model.toml_text import quoted
from babelreel.regular_files import is_taken, real_path
from babelreel.system_errors import as_house_error, house_errors, why_of

#: How the name of a ledger ends, behind the tag of its language.
LEDGER_ENDING = ".review.toml"
_HEAD = """\
# What people said of each line, and of which text. "babelreel approve" writes this file; keep it in version control.
"""
#: How the keys begin of what stands in the picture; that of a line begins with a time.
_OF_PICTURE = "picture: "
_MERGE_MARK = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?: .*)?$", re.MULTILINE)
_TEXTS = ("state", "sha256", "text", "source", "by", "comment", "minor_by")
_DAYS = ("on", "minor_on")
_KEYS = frozenset((*_TEXTS, *_DAYS, "shared"))


class UnreadLedgerError(Exception):
    """A ledger cannot be read; the text says why, in plain words. Never leaves ``app``."""


def ledger_path(project: Project, tag: str) -> Path:
    """Say where the ledger of a language lies."""
    return project.root / project.subtitles_dir / f"{tag}{LEDGER_ENDING}"


def read_ledger(path: Path) -> Ledger | None:
    """Read a ledger; ``None`` where there is none, which a link that leads nowhere does not say.

    An entry whose texts are not those that its digest is of was merged or changed by hand: nobody said anything of
    them, so its state is unknown. Raises ``UnreadLedgerError``, and ``MachineError`` where the system refuses the file.
    """
    try:
        text = read_settings_text(path)
        if mark := _MERGE_MARK.search(text):
            line = text.count("\n", 0, mark.start()) + 1
            raise UnreadLedgerError(f"line {line} is a mark of a merge with a conflict: keep one of the two sides")
        document = parse_settings(text, Decimal)
    except FileNotFoundError as error:
        if is_taken(path):  # it stands for what lies on a disk that is not connected
            raise as_house_error(error, path) from error
        return None
    except OSError as error:
        raise UnreadLedgerError(why_of(error)) from error
    except (ValueError, RecursionError) as error:
        raise UnreadLedgerError(why_unreadable(error)) from None
    if fault := next((f"“{key}” {fault}" for key, each in texts_in(document) for fault in unseen_in(each)), None):
        raise UnreadLedgerError(fault)
    entries = [_entry(key, document[key]) for key in sorted(document)]
    return Ledger(
        entries=tuple(each for each in entries if not each.key.startswith(_OF_PICTURE)),
        shown=tuple(
            replace(each, key=each.key.removeprefix(_OF_PICTURE))
            for each in entries
            if each.key.startswith(_OF_PICTURE)
        ),
    )


def look_at_ledger(project: Project, tag: str) -> tuple[Ledger | None, str]:
    """Read the ledger of a language, or say in plain words why it cannot be read."""
    try:
        return read_ledger(ledger_path(project, tag)), ""
    except UnreadLedgerError as error:
        return None, str(error)
    except BabelreelError as error:  # the system refuses to read it: the other languages have theirs
        return None, error.why or error.what


def open_ledger(project: Project, tag: str) -> Ledger | None:
    """Read the ledger of a language for somebody who needs it; raises ``UsageError`` where it cannot be read."""
    path = ledger_path(project, tag)
    try:
        return read_ledger(path)
    except UnreadLedgerError as error:
        raise UsageError(
            what=f"The approvals of {tag} cannot be read.",
            where=str(path),
            why=str(error),
            hint="Repair the file, or take the version before from version control.",
        ) from None


def write_ledger(path: Path, project: Project, ledger: Ledger) -> bool:
    """Write a ledger; tell whether that changed anything.

    Who may read the file, and whose it is, stays. Raises ``UsageError`` for a link that leads out of the project, and
    what ``write_atomically`` raises.
    """
    if leads_out(project, path):
        raise UsageError(
            what="The ledger was not written, because a link leads out of the project.",
            where=f"{path} -> {real_path(path)}",
            hint="Put the file itself there.",
        )
    content = render_ledger(ledger).encode()
    if not path.is_file():
        write_atomically(path, content)
        return True
    with house_errors(path):
        is_same = path.read_bytes() == content
    if not is_same:
        rewrite_atomically(real_path(path), content)
    return not is_same


def render_ledger(ledger: Ledger) -> str:
    """Write the file: tables in the order of their keys.

    What somebody says changes lines in the middle of a table; its header and the last line, which stay, are between
    that and what another person says of the next one.
    """
    return _HEAD + "".join(f"\n[{quoted(each.key)}]\n{''.join(_lines(each))}" for each in _sorted(ledger))


def _sorted(ledger: Ledger) -> list[Entry]:
    shown = (replace(each, key=_OF_PICTURE + each.key) for each in ledger.shown)
    return sorted((*ledger, *shown), key=lambda each: each.key)


def _lines(entry: Entry) -> Iterator[str]:
    yield f"state = {quoted(entry.state)}\n"
    yield from (f"by = {quoted(entry.by)}\n",) if entry.by else ()
    yield from (f"on = {entry.on}\n",) if entry.on else ()
    if entry.minor:
        yield f"minor_by = {quoted(entry.minor.by)}\nminor_on = {entry.minor.on}\n"
    yield from (f"comment = {quoted(entry.comment)}\n",) if entry.comment else ()
    yield f"sha256 = {quoted(entry.digest)}\n"
    yield from (f"source = {quoted(entry.source)}\n",) if entry.source else ()
    yield from (f"shared = {entry.shared}\n",) if entry.shared else ()
    yield f"text = {quoted(entry.text)}\n"


def _entry(key: str, table: object) -> Entry:
    if not isinstance(table, Mapping):
        raise UnreadLedgerError(f"“{key}” is no table")
    values = dict(_values(key, table))
    if values["state"] not in list(State):
        raise UnreadLedgerError(f"“{key}”: {values['state']} is no state; there are {', '.join(State)}")
    minor = Minor(by=values["minor_by"], on=values["minor_on"]) if values["minor_by"] else None
    entry = Entry(
        key=key,
        state=State(values["state"]),
        text=values["text"],
        source=values["source"],
        shared=values["shared"],
        by=values["by"],
        on=values["on"],
        minor=minor,
        comment=values["comment"],
    )
    return entry if values["sha256"] == entry.digest else _unsaid(entry)


def _unsaid(entry: Entry) -> Entry:
    return Entry(
        key=entry.key,
        state=State.UNKNOWN,
        text=entry.text,
        source=entry.source,
        shared=entry.shared,
        comment=entry.comment,
    )


def _values(key: str, table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    if unknown := sorted(table.keys() - _KEYS):
        raise UnreadLedgerError(f"“{key}” has the key “{unknown[0]}”, which this version of babelreel does not know")
    for name in ("state", "text", "sha256"):
        if name not in table:
            raise UnreadLedgerError(f"“{key}” lacks {name}")
    for name in _TEXTS:
        value = table.get(name, "")
        if not isinstance(value, str):
            raise UnreadLedgerError(f"“{key}”: {name} should be a text")
        yield name, value
    for name in _DAYS:
        yield name, _day(key, name, table.get(name, ""))
    shared = table.get("shared", 0)
    if type(shared) is not int or shared < 0:
        raise UnreadLedgerError(f"“{key}”: shared should be a number of lines of its source")
    yield "shared", shared


def _day(key: str, name: str, value: object) -> str:
    try:
        day = date.fromisoformat(value) if isinstance(value, str) and value else value
    except ValueError:
        day = None
    if day == "":
        return ""
    if type(day) is not date:
        raise UnreadLedgerError(f"“{key}”: {name} should be a day like 2026-11-30")
    return day.isoformat()
