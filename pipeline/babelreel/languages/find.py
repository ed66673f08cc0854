"""Find the language that a BCP 47 tag means, and what is known of it.

What a language's own file leaves out comes from CLDR and from its script.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar

from babelreel.errors import TrackError
from babelreel.languages.convert import convert
from babelreel.languages.script_facts import facts_of_script
from babelreel.languages.tables import (
    LATER,
    Known,
    Table,
    facts_of,
    file_error,
    find_known,
    later_facts_of,
    merged,
    read_table,
    shared,
    tags_in_order,
)
from babelreel.model.language import ENGLISH, Direction, Language, primary_subtag
from babelreel.model.language_facts import LaterFacts
from babelreel.model.language_variant import in_variant
from babelreel.model.language_words import CampaignWords, PageWords, PlayerWords, SheetWords
from babelreel.model.reading_limits import LIMITS, Profile
from babelreel.model.variant import split_variant

Value = TypeVar("Value")
Words = TypeVar("Words", PageWords, CampaignWords, PlayerWords, SheetWords)

#: The language that is written where a tag names only the macrolanguage, and the tag of that (ISO 639-3). CLDR keeps
#: both; all other such pairs are one tag there.
_WRITTEN_FOR = {"nb": "no"}


#: The tables of words that are English where a language's own file leaves one out.
_WORDS: Mapping[str, type[PageWords | CampaignWords | PlayerWords | SheetWords]] = {
    "pages": PageWords,
    "campaign": CampaignWords,
    "player": PlayerWords,
    "sheet": SheetWords,
}


@cache
def builtin_languages() -> tuple[Language, ...]:
    """List the languages that have a file here, in the campaign's own order."""
    return tuple(map(find_language, tags_in_order()))


@cache
def find_language(tag: str) -> Language:
    """Find the language of a BCP 47 tag, written in any case, with ``-`` or ``_``.

    The tag of the result is canonical: ``zh-hans`` becomes ``zh-Hans``, the codes of ISO 639-2 and 639-3 become the tag
    of BCP 47 (``fre`` becomes ``fr``), and deprecated tags the present one. Raises ``TrackError`` when the tag names no
    registered language; a tag is never guessed from a language's name ("pidgin" has two dozen meanings).
    ``fr-simple`` and ``fr-sdh`` are variants of a language: all but names and limits is that of ``fr``.
    """
    usual, variant = split_variant(tag)
    if variant:
        return in_variant(find_language(usual), variant)
    known = find_known(tag)
    faults: list[str] = []
    language = _whole(_language(known, {}, faults), faults, _where(known))
    return replace(language, later=partial(_find_later, known.tag))


@cache
def _find_later(tag: str) -> LaterFacts:
    known, direction = find_known(tag), find_language(tag).direction
    faults: list[str] = []
    return _whole(_later(known, {}, direction, faults), faults, _where(known))


def _where(known: Known) -> str:
    return f"languages/{known.file_tag or 'others'}.toml"


def are_one_language(tag: str, other: str) -> bool:
    """Tell whether two tags in canonical form mean one language to its readers: ``zh``, ``zh-CN`` and ``zh-Hans`` do.

    So do ``no`` and ``nb``. Simplified and Traditional Chinese are two, and so are ``nl`` and ``nl-BE``: one region may
    have its own text.
    """
    tag, other = _of_macrolanguage(tag), _of_macrolanguage(other)
    if tag == other or primary_subtag(tag) != primary_subtag(other):
        return tag == other
    from babelreel.languages.cldr import full_tag  # noqa: PLC0415 - 70 ms, for two tags of one language only

    return full_tag(tag) == full_tag(other)


def _of_macrolanguage(tag: str) -> str:
    primary = primary_subtag(tag)
    return _WRITTEN_FOR.get(primary, primary) + tag[len(primary) :]


def is_tag(text: str) -> bool:
    """Tell whether a text is the tag of a registered language."""
    try:
        find_language(text)
    except TrackError:
        return False
    return True


def read_language(path: Path, tag: str) -> Language:
    """Return the language of a tag; what a file of the user's says of it replaces what is known here.

    Raises ``ConfigError`` with every fault of the file at once.
    """
    usual, variant = split_variant(tag)
    if variant:
        return in_variant(read_language(path, usual), variant)
    known, own = find_known(tag), _with_sources(shared(read_table(path), str(path)), path.name)
    faults: list[str] = []
    language = _language(known, {name: value for name, value in own.items() if name not in LATER}, faults)
    direction = language.direction if language else Direction.LTR
    later = _later(known, {name: value for name, value in own.items() if name in LATER}, direction, faults)
    whole = _whole(later, faults, str(path))
    return replace(_whole(language, faults, str(path)), later=partial(_same, whole))


def _same(later: LaterFacts) -> LaterFacts:
    return later


def _whole(value: Value | None, faults: Iterable[str], where: str) -> Value:
    if value is None or faults:
        raise file_error(where, faults)
    return value


def _language(known: Known, own: Table, faults: list[str]) -> Language | None:
    table = merged(facts_of(known), own)
    table = facts_of_script(str(table["script"])) | table
    given = {"tag": known.tag, "limits": _limits(table.pop("limits", {}), faults), "later": LaterFacts}
    return convert(Language, table, faults, given=given)


def _limits(table: object, faults: list[str]) -> Profile | None:
    limits = convert(Profile, table, faults, at="limits.")
    unknown = limits.sources.keys() - LIMITS.keys() if limits else ()
    faults.extend(f"limits.sources.{name}: no such limit" for name in sorted(unknown))
    return limits


def _with_sources(table: Table, name: str) -> Table:
    """Say of each limit without a source that it comes from a file of this name."""
    limits = table.get("limits")
    if not isinstance(limits, dict) or not isinstance(limits.get("sources", {}), dict):
        return table
    sources = {limit: name for limit in limits if limit != "sources"} | limits.get("sources", {})
    return table | {"limits": limits | {"sources": sources}}


def _later(known: Known, own: Table, direction: Direction, faults: list[str]) -> LaterFacts | None:
    table = merged(later_facts_of(known), own)
    given: dict[str, Any] = {}
    for name, kind in _WORDS.items():
        of = {"tag": known.tag if name in own else known.file_tag, "direction": direction.value}
        given[name] = _words(name, kind, table.pop(name, None), of, faults)
    return convert(LaterFacts, table, faults, given=given)


def _words(name: str, kind: type[Words], table: object, of: Mapping[str, str], faults: list[str]) -> Words | None:
    """Convert a table of words, in English where it has none; ``None`` without a table.

    ``of`` says which language they are in.
    """
    if table is None:
        return None
    english = later_facts_of(find_known(ENGLISH))[name]
    words = english | table if isinstance(table, dict) else table
    return convert(kind, words, faults, given=of, at=f"{name}.")
