"""Read a file of settings, and report all its faults at once."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from babelreel.config.faults.plain_words import likely_fault, plain_words
from babelreel.config.faults.table_names import with_names
from babelreel.errors import ConfigError
from babelreel.languages.tables import parse_settings, read_settings_text, texts_in, unseen_in, why_unreadable
from babelreel.system_errors import why_of

#: No title, name or reason needs more; players and messengers cut titles at some hundred.
_LONGEST_TEXT = 1000

Model = TypeVar("Model", bound=BaseModel)
#: What holds the keys of each table, by the parts of its path; the empty one is the file itself.
Tables = Mapping[str, type[BaseModel]]

#: Tables of the machine's own file, which a project's must not have.
_OF_MACHINE = frozenset({"engine", "store"})


def read_toml(path: Path, model: type[Model], tables: Tables, *, absent: str, repair: str) -> Model:
    """Read a file as what ``model`` describes.

    ``absent`` is the hint where it cannot be opened, ``repair`` the one where it has faults. Raises ``ConfigError``
    with every fault of the file at once.
    """
    try:
        values = _parse(path, absent, repair)
        if faults := list(_faults_of_texts(values)):
            raise config_error(path, faults, repair)
        return model.model_validate(values)
    except ValidationError as error:
        raise config_error(path, describe_faults(error, model, tables), repair) from None


def config_error(path: Path, faults: list[str], repair: str) -> ConfigError:
    """Make the error that names the faults of a file, with the hint ``repair``."""
    return ConfigError(
        what=f"{path.name} has one fault." if len(faults) == 1 else f"{path.name} has {len(faults)} faults.",
        where=str(path),
        faults=tuple(with_names(faults, path)),
        hint=repair,
    )


def describe_faults(error: ValidationError, whole: type[BaseModel], tables: Tables) -> list[str]:
    """Say each wrong key or value of a file once, as ``key: what to write``, with "did you mean" for an unknown key."""
    by_key: dict[str, list[ErrorDetails]] = {}
    for each in error.errors():
        by_key.setdefault(_key(each["loc"]), []).append(each)
    return [f"{key}: {_fault(likely_fault(each), key, whole, tables)}" for key, each in by_key.items()]


def _fault(error: ErrorDetails, key: str, whole: type[BaseModel], tables: Tables) -> str:
    if key == "languages" and isinstance(error["input"], Mapping):  # the list of those that are built
        table = next(iter(error["input"]), "TAG")
        return f"write [language.{table}] for the settings of one language, without the s"
    if error["type"] != "extra_forbidden":
        return plain_words(error, _heading(error, key, tables))
    if key in _OF_MACHINE:
        return "stands in this machine's machine.toml; a project's file does not say where its work is done"
    location = error["loc"]
    named = [tables[str(part)] for part in location[:-1] if str(part) in tables]
    known = [field.alias or name for name, field in (named or [whole])[-1].model_fields.items()]
    close = difflib.get_close_matches(str(location[-1]), known, n=1)
    return "no such key" + (f", did you mean “{close[0]}”?" if close else "")


def _heading(error: ErrorDetails, key: str, tables: Tables) -> str:
    """Write the heading of the table that a value stands in the place of: one of many has two pairs of brackets."""
    parent, _, name = key.rpartition(".")
    if name.isdigit():
        return f"[[{parent}]]"
    if name not in tables:
        return f"[{'.'.join(part for part in key.split('.') if not part.isdigit())}]"  # below a [[table]] of its own
    return {"list_type": f"[[{key}]]", "dict_type": f"[{key}.NAME]"}.get(error["type"], f"[{key}]")


def _key(location: tuple[int | str, ...]) -> str:
    """Join the parts of a key's path, without those that say which kind of a value was tried; people count from one."""
    parts = [f"{part + 1}" if isinstance(part, int) else part for part in location if not _is_union_member(str(part))]
    return ".".join(parts)


def _parse(path: Path, absent: str, repair: str) -> dict[str, Any]:
    try:
        # Decimal keeps 0.07 what it is: a float would become another number on its way to a fraction
        return parse_settings(read_settings_text(path), Decimal)
    except (ValueError, RecursionError) as error:
        raise config_error(path, [why_unreadable(error)], repair) from None
    except OSError as error:
        raise ConfigError(
            what=f"{path.name} cannot be read.", where=str(path), why=why_of(error), hint=absent
        ) from None


def _faults_of_texts(values: object) -> Iterator[str]:
    for key, text in texts_in(values):
        if len(text) > _LONGEST_TEXT:
            yield f"{key}: write {_LONGEST_TEXT} characters at most, not {len(text)}"
        else:
            yield from (f"{key}: {fault}" for fault in unseen_in(text))


def _is_union_member(part: str) -> bool:
    """Tell whether pydantic added this part to a key's path to say which member of a union it tried."""
    return part in {"decimal", "int", "[key]"} or part.startswith(("constrained-", "function-", "is-instance"))
