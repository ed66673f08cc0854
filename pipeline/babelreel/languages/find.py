"""Which language does a BCP 47 tag mean, and what is known of it?

What a language's own file leaves out comes from CLDR and from its script. A regional variety has the facts of its
language: Belgian French (fr-BE) those of ``fr.toml``. One in another script has only what does not depend on letters.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import fields
from fractions import Fraction
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from babelreel.errors import ConfigError, TrackError
from babelreel.languages.cldr import canonical_tag, facts_of_script, facts_of_tag, full_tag
from babelreel.languages.convert import convert
from babelreel.model.language import ENGLISH, Language, primary_subtag
from babelreel.model.language_facts import PageWords
from babelreel.model.reading_limits import LIMITS, Profile

_Table = dict[str, Any]

#: What little is known of languages that have no file of their own, a table for each.
_OTHERS = "others"
#: The place of a language in the campaign's own order.
_PLACE = "place"
#: The tables of a file, beside its keys.
_TABLES = frozenset(each.name for each in fields(Language) if not each.compare)
#: Those that another script makes worthless.
_OF_ITS_SCRIPT = frozenset({"letters", "encoding", "pages", "leaflet", "sample"})


class _Known(NamedTuple):
    """What is known of a language, as in a file: its canonical tag, its table, and the tag of its words for pages."""

    tag: str
    table: _Table
    words_tag: str


@cache
def builtin_languages() -> tuple[Language, ...]:
    """Give the languages that have a file here, in the campaign's own order."""
    return tuple(map(find_language, sorted(_own_tags().values(), key=lambda tag: _own_table(tag)[_PLACE])))


@cache
def find_language(tag: str) -> Language:
    """Give the language of a BCP 47 tag, written in any case, with ``-`` or ``_``.

    The tag of the result is canonical: ``zh-hans`` gives ``zh-Hans``, the codes of ISO 639-2 and 639-3 give the tag of
    BCP 47 (``fre`` gives ``fr``), deprecated tags the present one. Raises ``TrackError`` when the tag names no
    registered language; a tag is never guessed from a language's name ("pidgin" has two dozen meanings).
    """
    known = _known(tag)
    return _language(known, f"languages/{known.tag}.toml")


def are_one_language(tag: str, other: str) -> bool:
    """Tell whether two tags in canonical form mean one language to its readers: ``zh``, ``zh-CN`` and ``zh-Hans`` do.

    Simplified and Traditional Chinese are two, and so are ``nl`` and ``nl-BE``: one region may have its own text.
    """
    return tag == other or (primary_subtag(tag) == primary_subtag(other) and full_tag(tag) == full_tag(other))


def is_tag(text: str) -> bool:
    """Tell whether a text is the tag of a registered language."""
    try:
        find_language(text)
    except TrackError:
        return False
    return True


def read_language(path: Path, tag: str) -> Language:
    """Give the language of a tag, with what a file of the user's says of it in the place of what is known here.

    Raises ``ConfigError`` with every fault of the file at once.
    """
    known = _known(tag)
    own = _with_sources(_shared(_read(path), str(path)), path.name)
    words_tag = known.tag if "pages" in own else known.words_tag
    return _language(_Known(known.tag, _merged(known.table, own), words_tag), str(path))


def _language(known: _Known, where: str) -> Language:
    faults: list[str] = []
    table = facts_of_script(str(known.table.get("script", ""))) | known.table
    given = {
        "tag": known.tag,
        "limits": _limits(table.pop("limits", {}), faults),
        "pages": _pages(table.pop("pages", None), known.words_tag, str(table["direction"]), faults),
    }
    language = convert(Language, table, faults, given=given)
    if language is None or faults:
        raise _file_error(where, faults)
    return language


def _pages(table: object, tag: str, direction: str, faults: list[str]) -> PageWords | None:
    """Give the words of a table, English where it has none; ``None`` without a table."""
    if table is None:
        return None
    whole = _own_table(ENGLISH)["pages"] | table if isinstance(table, dict) else table
    return convert(PageWords, whole, faults, given={"tag": tag, "direction": direction}, at="pages.")


def _limits(table: object, faults: list[str]) -> Profile | None:
    limits = convert(Profile, table, faults, at="limits.")
    unknown = limits.sources.keys() - LIMITS.keys() if limits else ()
    faults.extend(f"limits.sources.{name}: no such limit" for name in sorted(unknown))
    return limits


def _known(tag: str) -> _Known:
    """Collect what is known of a language; its table is never to be changed."""
    written, own = tag.replace("_", "-").lower(), _own_tags()
    primaries = {primary_subtag(each): each for each in own.values()}
    file_tag = own.get(written) or primaries.get(written)
    if file_tag:
        table = {name: value for name, value in _own_table(file_tag).items() if name != _PLACE}
        return _Known(file_tag if written in own else written, table, file_tag)
    canonical = canonical_tag(tag)
    if canonical.lower() != written:
        return _known(canonical)
    primary = primary_subtag(written)
    nearest = _own_table(primaries[primary]) if primary in primaries else _others().get(primary, {})
    usual_script = "" if primary in primaries else nearest.get("script", "")
    identity = facts_of_tag(canonical, usual_script)
    its_script = nearest.get("script") or facts_of_tag(primary)["script"]
    is_same_script = its_script == identity["script"]
    facts = {name: nearest[name] for name in _TABLES & nearest.keys() if is_same_script or name not in _OF_ITS_SCRIPT}
    table = _shared(_merged(identity | facts, _others().get(canonical, {})), canonical)
    return _Known(canonical, table, primaries.get(primary, canonical))


def _merged(base: Mapping[str, Any], own: Mapping[str, Any]) -> _Table:
    """Lay one table over another, key by key in all depths."""
    return dict(base) | {
        name: _merged(base[name], value) if isinstance(value, dict) and isinstance(base.get(name), dict) else value
        for name, value in own.items()
    }


def _with_sources(table: _Table, name: str) -> _Table:
    """Say of each limit without a source that it comes from a file of this name."""
    limits = table.get("limits")
    if not isinstance(limits, dict) or not isinstance(limits.get("sources", {}), dict):
        return table
    sources = {limit: name for limit in limits if limit != "sources"} | limits.get("sources", {})
    return table | {"limits": limits | {"sources": sources}}


@cache
def _own_tags() -> dict[str, str]:
    """Give the tags of the languages that have a file, by their small letters."""
    names = (Path(each.name) for each in files("babelreel.languages").iterdir())
    return {each.stem.lower(): each.stem for each in names if each.suffix == ".toml" and each.stem != _OTHERS}


@cache
def _own_table(tag: str) -> _Table:
    return _read(Path(str(files("babelreel.languages") / f"{tag}.toml")))


@cache
def _others() -> _Table:
    return _own_table(_OTHERS)


def _read(path: Path) -> _Table:
    """Read a file; no number in it loses anything, and its letters are composed."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        table = tomllib.loads(unicodedata.normalize("NFC", text), parse_float=Fraction)
    except OSError as error:
        raise _file_error(str(path), [error.strerror or str(error)]) from None
    except ValueError as error:  # no TOML, no UTF-8, and numbers such as "inf"
        raise _file_error(str(path), [str(error)]) from None
    return table


def _shared(table: _Table, where: str) -> _Table:
    """Put a language's own table where the tag of this language stands for it."""
    shared = {name: tag for name, tag in table.items() if name in _TABLES and isinstance(tag, str)}
    try:
        return table | {name: _known(tag).table.get(name, {}) for name, tag in shared.items()}
    except TrackError as error:
        raise _file_error(where, [error.what]) from None


def _file_error(where: str, faults: Iterable[str]) -> ConfigError:
    told = tuple(faults)
    count = "one fault" if len(told) == 1 else f"{len(told)} faults"
    return ConfigError(
        what=f"the language file {Path(where).name} has {count}",
        where=where,
        faults=told,
        hint="fix the keys named above; docs/volunteer.md says what a language file holds",
    )
