"""Find the sentence that an English text was made of, and say it in another language.

Everything in the program speaks English, to people and to programs. What a person reads is put into another language
at the very end, where it is printed: the catalogue knows each sentence as it stands in the code, with ``{names}`` in
the place of its values, and so the values are found again in the text. A value may be a sentence in itself. What stands
in “quotes” is never translated: it comes from the reader's own files, or is to be typed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cached_property

from babelreel.report.reader.catalogue import Catalogue, Message

_FIELD = re.compile(r"(?<!\{)\{([A-Za-z_]\w*)\}")
#: Sentences stand within one another, and are put in rows, no deeper than this.
_DEPTH = 6
#: What parts of a text stand between.
_BETWEEN = re.compile(r"[:;,] | \(|\)$")
#: What sentences of one row stand between.
_ROW = "; "
#: A sentence with fewer letters of its own than this ("{name} is {state}") would be found in any other: its values have
#: a few words at most.
_FEW_LETTERS = 12
_FEW_WORDS = 3
#: A number with a point in it, before a unit.
_DECIMAL = re.compile(r"(?<![\w.])(\d+)\.(\d+)(?= (?:s|min|cps|wpm|fps|dB|dBTP|LU|LUFS|kB|MB|GB|%|px|Hz|frames)(?!\w))")
#: Longer texts are no sentences of ours.
_MOST_CHARS = 1000


class Sentences:
    """What can be said in a language: ``translated`` is the text in it, or the text as it is."""

    def __init__(self, catalogue: Catalogue) -> None:
        done = [each for each in catalogue.messages if each.forms]
        self._exact = {each.english: each.forms[0] for each in done if "{" not in each.english}
        made = [_Template(message, text) for message in done for text in _texts(message) if "{" in text]
        self._templates = sorted(made, key=lambda each: -each.weight)
        self._form_of = catalogue.form_of
        self._known: dict[str, str] = {}

    def translated(self, text: str) -> str:
        """Say a text in the language, as far as its sentences are known."""
        if text not in self._known:
            self._known[text] = self._said(text, _DEPTH)
        return self._known[text]

    def _said(self, text: str, depth: int) -> str:
        bare = text.strip()
        if not bare or not depth or len(text) > _MOST_CHARS:
            return text
        whole = self._whole(bare, depth)
        if whole is None:
            whole = self._in_parts(bare, depth)
        return text.replace(bare, whole, 1)

    def _whole(self, text: str, depth: int) -> str | None:
        """Translate a text that is one sentence."""
        if text in self._exact:
            return self._exact[text]
        for template in self._templates:
            if template.anchor in text and (found := template.pattern.fullmatch(text)):
                values = found.groupdict()
                if template.weight < _FEW_LETTERS and not _fits(values.values(), is_alone=depth == _DEPTH):
                    continue
                form = template.forms[self._form_of(int(values["number"])) if template.is_plural else 0]
                said = {
                    name: value if name in template.quoted else self._said(value, depth - 1)
                    for name, value in values.items()
                }
                return form.format(**said)
        return None

    def _in_parts(self, text: str, depth: int) -> str:
        """Translate a text that was put together of several: it is parted where a part is a sentence."""
        for before, mark, after in _partings(text):
            first, last = self._whole(before, depth - 1), self._whole(after, depth - 1)
            if first is not None or last is not None:
                said = (first or self._said(before, depth - 1), last or self._said(after, depth - 1))
                return mark.join(said)
        parts = _whole_parts(text)
        if len(parts) > 1 and (row := [self._said(part, depth - 1) for part in parts]) != parts:
            return _ROW.join(row)
        return _DECIMAL.sub(r"\1,\2", text)


class _Template:
    """A sentence with values: ``anchor`` is its longest part without any, ``weight`` counts the letters of all."""

    def __init__(self, message: Message, english: str) -> None:
        self._english = english
        self.forms = message.forms
        self.is_plural = bool(message.plural)
        parts = _FIELD.split(english)[::2]
        self.anchor = max(map(_plain, parts), key=len)
        self.weight = sum(map(len, parts))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What matches a text made of the sentence, its values by their names."""
        literal, *rest = _FIELD.split(self._english)
        made = re.escape(_plain(literal))
        for name, text in zip(rest[::2], rest[1::2], strict=True):
            made += (
                f"(?P<{name}>{r'[0-9]+' if self.is_plural and name == 'number' else '.*?'}){re.escape(_plain(text))}"
            )
        return re.compile(made)

    @cached_property
    def quoted(self) -> frozenset[str]:
        """The names of the values that stand in quotes, alone or with others."""
        inside = re.findall("“([^”]*)”", self._english)
        return frozenset(name for each in inside for name in _FIELD.findall(each))


def _texts(message: Message) -> tuple[str, ...]:
    return (message.english, message.plural) if message.plural else (message.english,)


def _plain(literal: str) -> str:
    return literal.replace("{{", "{").replace("}}", "}")


def _partings(text: str) -> Iterator[tuple[str, str, str]]:
    """Part a text in two at each mark that is outside of quotes."""
    for found in _BETWEEN.finditer(text):
        before, after = text[: found.start()], text[found.end() :]
        if before.count("“") == before.count("”"):
            yield before, found[0], after


def _whole_parts(text: str) -> list[str]:
    """Part a row of sentences at each mark that is outside of quotes."""
    parts = text.split(_ROW)
    is_quoted = any(part.count("“") != part.count("”") for part in parts)
    return [text] if is_quoted else parts


def _fits(values: Collection[str], *, is_alone: bool) -> bool:
    """Tell whether values can be those of a sentence of few words.

    A text that stands alone and has no number may be the title of a film, "Rights in Belgium".
    """
    short = all(value.count(" ") < _FEW_WORDS for value in values)
    return short and (not is_alone or any(char.isdigit() for value in values for char in value))
