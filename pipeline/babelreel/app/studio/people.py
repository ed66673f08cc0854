"""Know the people of a studio, and what each of them may do."""

from __future__ import annotations

import hmac
import os
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from babelreel.errors import MachineError, UsageError
from babelreel.languages.find import find_language, is_tag
from babelreel.languages.same_language import mean_one_track
from babelreel.languages.tables import parse_settings, read_settings_text, why_unreadable
from babelreel.system_errors import why_of

#: Guessing one that is shorter is work for somebody.
SHORTEST_TOKEN = 32
#: A link holds these as they are; of others a browser makes something else, or sends them to nobody.
_TOKEN = re.compile(r"[A-Za-z0-9._~-]+")
_BEARER = "Bearer "
_ALL = "*"
_KEYS = frozenset({"token", "languages", "role"})
_EXAMPLE = 'Write it like this: ["Amina Rahimi"] token = "…", languages = ["ps", "fa"], role = "approve"'


class Role(StrEnum):
    """What a person may do with a language; each may do what those before it may."""

    READ = "read"
    REPAIR = "repair"
    """Change lines, record voices, and write comments."""
    APPROVE = "approve"

    def includes(self, other: Role) -> bool:
        """Tell whether who has this role may do what the other one may."""
        order = list(Role)
        return order.index(self) >= order.index(other)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody with a token: ``languages`` are tags, ``None`` for all; without a ``name`` she is asked for it.

    ``listed`` are the tags that the project lists: it may tell two tags of one language apart.
    """

    name: str = ""
    languages: frozenset[str] | None = None
    listed: frozenset[str] = frozenset()
    role: Role = Role.APPROVE

    def may(self, tag: str, role: Role) -> bool:
        """Tell whether she may do with a language what a role may."""
        return self.sees(tag) and self.role.includes(role)

    def sees(self, tag: str) -> bool:
        """Tell whether she may see a language at all: ``zh-Hans`` too where her file says ``zh-CN``."""
        return self.languages is None or any(mean_one_track(each, tag, self.listed) for each in self.languages)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """A language that somebody's token names, and of which there is nothing to see.

    ``may_begin`` says that she can begin it in the page.
    """

    name: str
    tag: str
    may_begin: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Doorkeeper:
    """Knows people by the digests of their tokens."""

    people: Mapping[str, Person]

    def introduced(self, authorization: str) -> Person | None:
        """Find the person whose token a header brings; how long it takes says nothing of the token."""
        if not authorization.startswith(_BEARER):
            return None
        asked = _digest(authorization.removeprefix(_BEARER))
        found = [person for known, person in self.people.items() if hmac.compare_digest(known, asked)]
        return found[0] if found else None


def of_this_run() -> tuple[Doorkeeper, str]:
    """Make a token for one run on one machine; its holder may do everything."""
    token = secrets.token_urlsafe(SHORTEST_TOKEN)
    return Doorkeeper(people={_digest(token): Person()}), token


def read_people(path: Path, listed: frozenset[str]) -> Doorkeeper:
    """Read who may do what in a project that lists these tags: a TOML file with a table for each person.

    Raises ``UsageError``, ``MachineError``.
    """
    _refuse_open(path)
    try:
        document = parse_settings(read_settings_text(path), Decimal)
    except OSError as error:
        raise MachineError(what="The file of tokens cannot be read.", where=str(path), why=why_of(error)) from error
    except (ValueError, RecursionError) as error:
        raise _wrong(path, why_unreadable(error)) from None
    people = dict(_people(path, document, listed))
    if not people:
        raise _wrong(path, "it names nobody")
    if len(people) != len(document):
        raise _wrong(path, "two people have the same token")
    return Doorkeeper(people=people)


def lacking_languages(doorkeeper: Doorkeeper, there: Iterable[str], new: Iterable[str]) -> tuple[Lacking, ...]:
    """List the languages that tokens name and that are not among the tags ``there``; those of ``new`` can begin."""
    there, new = tuple(there), tuple(new)

    def lacks(person: Person, tag: str, tags: Iterable[str]) -> bool:
        return not any(mean_one_track(tag, each, person.listed) for each in tags)

    return tuple(
        Lacking(
            name=person.name,
            tag=tag,
            may_begin=person.role.includes(Role.REPAIR) and not lacks(person, tag, new),
        )
        for person in doorkeeper.people.values()
        for tag in sorted(person.languages or ())
        if lacks(person, tag, there)
    )


def _refuse_open(path: Path) -> None:
    """Refuse a file that every user of the machine can read: each could speak for everybody in it."""
    if os.name == "posix" and path.is_file() and path.stat().st_mode & 0o007:
        raise UsageError(
            what="The file of tokens is open to every user of this machine.",
            where=str(path),
            hint=f"Type “chmod 600 {path}”.",
        )


def _people(path: Path, document: Mapping[str, object], listed: frozenset[str]) -> Iterator[tuple[str, Person]]:
    for name, table in document.items():
        if not name.strip():  # she could give any name as hers
            raise _wrong(path, "somebody in it has no name")
        if not isinstance(table, dict) or table.keys() != _KEYS:
            raise _wrong(path, f"“{name}” needs token, languages and role, and nothing else")
        token, languages, role = table["token"], table["languages"], table["role"]
        if not isinstance(token, str) or len(token) < SHORTEST_TOKEN:
            raise _wrong(path, f"the token of “{name}” has less than {SHORTEST_TOKEN} characters")
        if not _TOKEN.fullmatch(token):
            raise _wrong(path, f"the token of “{name}” has other signs than letters, digits and . _ ~ -")
        if role not in list(Role):
            raise _wrong(path, f"“{name}”: {role} is no role; there are {', '.join(Role)}")
        person = Person(name=name, languages=_languages(path, name, languages), listed=listed, role=Role(role))
        yield _digest(token), person


def _languages(path: Path, name: str, languages: object) -> frozenset[str] | None:
    if not isinstance(languages, list) or not languages:
        raise _wrong(path, f"“{name}”: languages should be a list of tags")
    for tag in languages:
        if tag != _ALL and not (isinstance(tag, str) and is_tag(tag)):
            raise _wrong(path, f"“{name}”: {tag} is no language")
    return None if _ALL in languages else frozenset(find_language(tag).tag for tag in languages)


def _wrong(path: Path, why: str) -> UsageError:
    return UsageError(what="This is not a file of tokens.", where=str(path), why=why, hint=_EXAMPLE)


def _digest(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
