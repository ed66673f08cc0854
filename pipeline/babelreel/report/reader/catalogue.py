"""Catalogues of what the program says: gettext's PO files, read and written as they are in ``locale/``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from gettext import c2py
from pathlib import Path

#: The languages that have a catalogue beside English, by their tag.
LANGUAGES = tuple(sorted(each.name for each in (Path(__file__).parents[2] / "locale").iterdir() if each.is_dir()))

_ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
_WRITTEN = re.compile(r'^(msgid|msgid_plural|msgstr(?:\[\d\])?) ((?:"(?:[^"\\]|\\.)*"\n?)+)', re.MULTILINE)
_PART = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPE = re.compile(r"\\(.)")
_PLURAL = re.compile(r"plural=([^;]+);")
_OF_A_LETTER = {"n": "\n", "t": "\t"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A sentence in English, with ``{names}`` where values stand, and what it is in another language.

    ``plural`` is the English form for every number but one, where the sentence has a ``{number}``; ``forms`` are then
    as many as the language has. No form at all: nobody translated it yet. ``places`` are the modules that say it.
    """

    english: str
    plural: str = ""
    forms: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All messages of one language; ``head`` is what stands above them, for translators and their programs."""

    messages: tuple[Message, ...]
    head: str
    header: str

    @property
    def spaced_marks(self) -> str:
        """The marks that have a space before them, one that no row is broken at: ``:;?!`` in French."""
        return "".join(_told(self.header, "X-Space-Before").split())

    @property
    def units(self) -> dict[str, str]:
        """What units are called that have another name than in English: ``MB=Mo`` in French."""
        return dict(each.split("=", maxsplit=1) for each in _told(self.header, "X-Units").split())

    @property
    def form_of(self) -> Callable[[int], int]:
        """The rule of the language that chooses the form for a number."""
        found = _PLURAL.search(self.header)
        return c2py(found[1] if found else "n != 1")


def _told(header: str, key: str) -> str:
    """Return what a header says for a key; empty where it says nothing."""
    found = re.search(rf"^{key}:(.*)$", header, re.MULTILINE)
    return found[1] if found else ""


def catalogue_file(language: str, package: Path = Path(__file__).parents[2]) -> Path:
    """Find the file of a language of ``LANGUAGES`` in the package."""
    return package / "locale" / language / "LC_MESSAGES" / "babelreel.po"


def read_catalogue(text: str) -> Catalogue:
    """Read a PO file; what is marked ``fuzzy`` or obsolete counts as not translated."""
    first, *blocks = text.split("\n\n")
    head = "\n".join(line for line in first.splitlines() if line.startswith("#"))
    messages = tuple(_message(block) for block in blocks if "\nmsgid " in f"\n{block}")
    return Catalogue(messages=messages, head=head, header=_strings(first).get("msgstr", ""))


def _message(block: str) -> Message:
    strings = _strings(block)
    forms = tuple(text for name, text in strings.items() if name.startswith("msgstr"))
    is_done = all(forms) and "#, fuzzy" not in block
    return Message(english=strings["msgid"], plural=strings.get("msgid_plural", ""), forms=forms if is_done else ())


def _strings(block: str) -> dict[str, str]:
    return {found[1]: _text(found[2]) for found in _WRITTEN.finditer(f"{block}\n")}


def _text(quoted: str) -> str:
    text = "".join(_PART.findall(quoted))
    return _ESCAPE.sub(lambda found: _OF_A_LETTER.get(found[1], found[1]), text) if "\\" in text else text


def write_catalogue(catalogue: Catalogue) -> str:
    """Write a PO file: the messages in their order, each with the modules that say it."""
    blocks = [f'{catalogue.head}\nmsgid ""\n{_keyed("msgstr", catalogue.header)}']
    blocks += map(_block, catalogue.messages)
    return "\n\n".join(blocks) + "\n"


def _block(message: Message) -> str:
    lines = [f"#: {place}" for place in message.places]
    if "{" in message.english:
        lines.append("#, python-brace-format")
    lines.append(_keyed("msgid", message.english))
    if not message.plural:
        return "\n".join([*lines, _keyed("msgstr", message.forms[0] if message.forms else "")])
    lines.append(_keyed("msgid_plural", message.plural))
    forms: Iterable[str] = message.forms or ("", "")
    return "\n".join([*lines, *(_keyed(f"msgstr[{index}]", form) for index, form in enumerate(forms))])


def _keyed(key: str, text: str) -> str:
    """Write a text after its key; each line of a text of several stands in a row of its own."""
    parts = text.splitlines(keepends=True)
    if len(parts) < 2:  # noqa: PLR2004 - one row
        return f"{key} {_quoted(text)}"
    return "\n".join([f'{key} ""', *map(_quoted, parts)])


def _quoted(text: str) -> str:
    return '"' + "".join(_ESCAPED.get(char, char) for char in text) + '"'
