"""Read what the files say of a language, as tables of TOML.

A regional variety has the facts of its language: Belgian French (fr-BE) those of ``fr.toml``. One in another script
has only what does not depend on letters. The tables that only some commands need stand last in each file, and are read
when they are first asked for: parsing TOML takes longer than anything else here.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from fractions import Fraction
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from babelreel.errors import ConfigError, TrackError
from babelreel.languages.toml_faults import plain_fault
from babelreel.model.language import Language, primary_subtag
from babelreel.model.language_facts import LaterFacts
from babelreel.model.visible_text import visible
from babelreel.regular_files import read_regular
from babelreel.system_errors import as_house_error, is_machine_fault, why_of

Table = dict[str, Any]

#: The tables that are read when they are first asked for, and the others.
LATER = frozenset(each.name for each in fields(LaterFacts))
_SOON = frozenset(each.name for each in fields(Language) if not each.compare) - {"later"}
#: Those that another script makes worthless.
_OF_ITS_SCRIPT = frozenset(
    {"letters", "encoding", "variants", "pages", "campaign", "player", "sheet", "leaflet", "sample"}
)
#: What little is known of languages that have no file of their own, a table for each.
_OTHERS = "others"
#: The key of a language's place in the campaign's own order.
_PLACE = "place"
_FIRST_LATER = re.compile(rf"^\[(?:{'|'.join(sorted(LATER))})\b", re.MULTILINE)

#: The largest of the languages' own files has 12 kB.
_MOST_BYTES = 1 << 22
#: Tables in tables: ours have four levels.
_MOST_DEPTH = 50
#: Digits of an exponent.
_MOST_EXPONENT_DIGITS = 3


class Known(NamedTuple):
    """Where the facts of a language come from.

    ``tag`` is canonical; ``identity`` holds names, codes and script. ``file_tag`` is that of the file, of this language
    or the nearest; empty where there is none. ``is_variety``: the file is of a language that this one is a variety of;
    ``is_same_script``: this one is written as that.
    """

    tag: str
    identity: Table
    file_tag: str
    is_variety: bool = False
    is_same_script: bool = True


def find_known(tag: str) -> Known:
    """Look for the facts of a BCP 47 tag; ``TrackError`` for one that names no registered language."""
    written, own = tag.replace("_", "-").lower(), _own_tags()
    by_primary = {primary_subtag(each): each for each in own.values()}
    primary = primary_subtag(written)
    file_tag = own.get(written) or by_primary.get(primary, "")
    if file_tag and written in {file_tag.lower(), primary}:
        identity = {name: value for name, value in _own_table(file_tag).items() if name not in {*_SOON, _PLACE}}
        return Known(file_tag if written in own else written, identity, file_tag)
    # 70 ms, which a project of the languages with a file never needs
    from babelreel.languages.cldr import canonical_tag, facts_of_tag  # noqa: PLC0415 - see above

    canonical = canonical_tag(tag)
    if canonical.lower() != written:
        return find_known(canonical)
    special = {name: value for name, value in _others().get(canonical, {}).items() if name not in {*_SOON, *LATER}}
    identity = facts_of_tag(canonical) | special
    script = _own_table(file_tag)["script"] if file_tag else facts_of_tag(primary)["script"]
    return Known(canonical, identity, file_tag, is_variety=True, is_same_script=script == identity["script"])


def facts_of(known: Known) -> Table:
    """Return all that is known of a language except what is read later; never to be changed."""
    return known.identity | _tables_of(known, _own_table, _SOON)


def later_facts_of(known: Known) -> Table:
    """Return what only some commands need; never to be changed."""
    return _tables_of(known, _own_later_table, LATER)


def _tables_of(known: Known, read: Callable[[str], Table], names: frozenset[str]) -> Table:
    own = read(known.file_tag) if known.file_tag else _others().get(primary_subtag(known.tag), {})
    facts = {name: own[name] for name in names & own.keys() if known.is_same_script or name not in _OF_ITS_SCRIPT}
    special = _others().get(known.tag, {}) if known.is_variety else {}
    return shared(merged(facts, {name: special[name] for name in names & special.keys()}), known.tag)


def tags_in_order() -> tuple[str, ...]:
    """List the tags of the languages that have a file here, in the campaign's own order."""
    return tuple(sorted(_own_tags().values(), key=lambda tag: _own_table(tag)[_PLACE]))


def shared(table: Table, where: str) -> Table:
    """Put a language's own table in the place of its tag, where the tag stands for the table."""
    told = {name: tag for name, tag in table.items() if name in {*_SOON, *LATER} and isinstance(tag, str)}
    return table | {name: _table_of(name, tag, where) for name, tag in told.items()}


def _table_of(name: str, tag: str, where: str) -> Table:
    try:
        known = find_known(tag)
    except TrackError as error:
        raise file_error(where, [f"{name}: {error.what}"]) from None
    found: Table = (later_facts_of(known) if name in LATER else facts_of(known)).get(name, {})
    return found


def merged(base: Mapping[str, Any], own: Mapping[str, Any]) -> Table:
    """Lay one table over another, key by key in all depths."""
    return dict(base) | {
        name: merged(base[name], value) if isinstance(value, dict) and isinstance(base.get(name), dict) else value
        for name, value in own.items()
    }


@cache
def _own_tags() -> dict[str, str]:
    """Map the tags of the languages that have a file, in small letters, to the tags as they are written."""
    names = (Path(each.name) for each in files("babelreel.languages").iterdir())
    return {each.stem.lower(): each.stem for each in names if each.suffix == ".toml" and each.stem != _OTHERS}


@cache
def _own_table(tag: str) -> Table:
    """Read the first part of a language's file."""
    text = _own_text(tag)
    later = _FIRST_LATER.search(text)
    return tomllib.loads(text[: later.start()] if later else text, parse_float=Fraction)


@cache
def _own_later_table(tag: str) -> Table:
    text = _own_text(tag)
    later = _FIRST_LATER.search(text)
    return tomllib.loads(text[later.start() :], parse_float=Fraction) if later else {}


def _own_text(tag: str) -> str:
    return (files("babelreel.languages") / f"{tag}.toml").read_text(encoding="utf-8")


@cache
def _others() -> Table:
    return tomllib.loads(_own_text(_OTHERS), parse_float=Fraction)


def read_settings_text(path: Path) -> str:
    """Read a file of settings that a user wrote.

    Raises ``MachineError`` where the system cannot read it, what else ``read_regular`` raises, and ``ValueError`` for
    what is not UTF-8.
    """
    try:
        return read_regular(path, _MOST_BYTES).decode("utf-8-sig")
    except OSError as error:
        if is_machine_fault(error):
            raise as_house_error(error, path) from error
        raise


def parse_settings(text: str, parse_float: Callable[[str], Any]) -> dict[str, Any]:
    """Parse a user's TOML file; raises ``ValueError`` or ``RecursionError`` for values that make no sense."""
    try:
        values = tomllib.loads(text, parse_float=parse_float)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(plain_fault(error, text)) from None
    inner: list[Any] = [values]
    for _ in range(_MOST_DEPTH):
        inner = [part for each in inner for part in (each.values() if isinstance(each, dict) else each)]
        inner = [part for part in inner if isinstance(part, dict | list)]
        if not inner:
            return values
    raise ValueError("its tables are nested too deeply")


def read_table(path: Path) -> Table:
    """Read a user's file; its numbers stay exact, and its letters are composed."""
    try:
        table = parse_settings(unicodedata.normalize("NFC", read_settings_text(path)), _fraction)
    except OSError as error:
        raise ConfigError(
            what=f"The language file {path.name} cannot be read.",
            where=str(path),
            why=why_of(error),
            hint="Put the file there, or correct its name in babelreel.toml.",
        ) from None
    except (ValueError, RecursionError) as error:
        raise file_error(str(path), [why_unreadable(error)]) from None
    if faults := [f"{key}: {fault}" for key, text in texts_in(table) for fault in unseen_in(text)]:
        raise file_error(str(path), faults)
    return table


def texts_in(value: object, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text of a table with the key that it stands at; keys are texts too."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield key, name
            yield from texts_in(inner, f"{key}.{name}" if key else name)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner, key)


def unseen_in(text: str) -> Iterator[str]:
    """Report the first character of a text that nobody can see: it would reach pages, players and terminals."""
    unseen = [char for char in text if char not in "\t\n" and visible(char) != char]
    if unseen:
        yield f"remove the invisible character U+{ord(unseen[0]):04X}"


def _fraction(written: str) -> Fraction:
    """Read a number with an exponent of a sensible size: all digits of 1e999999999 would not fit into the memory."""
    exponent = written.lower().partition("e")[2].lstrip("+-").lstrip("0_")
    if len(exponent) > _MOST_EXPONENT_DIGITS:
        raise ValueError(f"{written[:40]} is no number that anything here can have")
    return Fraction(written)


def why_unreadable(error: ValueError | RecursionError) -> str:
    """Say what is wrong with a text that is not TOML, is not UTF-8, or has a number or a depth that makes no sense."""
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8 text: save it as UTF-8"
    if isinstance(error, RecursionError):
        return "its brackets are nested too deeply"
    return str(error)


def file_error(where: str, faults: Iterable[str]) -> ConfigError:
    """Return the error with all faults of a language's file."""
    told = tuple(faults)
    name, number = Path(where).name, len(told)
    return ConfigError(
        what=f"The language file {name} has one fault."
        if number == 1
        else f"The language file {name} has {number} faults.",
        where=where,
        faults=told,
        hint="Correct the keys named above. docs/volunteer.md says what a language file holds.",
    )
