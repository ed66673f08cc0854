"""Find the sentence that an English text was made of, and say it in another language.

Everything in the program speaks English, to people and to programs. What a person reads is put into another language
at the very end, where it is printed: the catalogue knows each sentence as it stands in the code, with ``{names}`` in
the place of its values, and so the values are found again in the text. A value may be a sentence in itself. What stands
in “quotes” is never translated: it comes from the reader's own files, or is to be typed. So a sentence is found only
where its own words stand outside of the quotes of the text, and those that it has in quotes inside of them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cached_property
from itertools import pairwise

from babelreel.report.reader.catalogue import Catalogue, Message

_FIELD = re.compile(r"(?<!\{)\{([A-Za-z_]\w*)\}")
#: Sentences stand within one another, and are put in rows, no deeper than this.
_DEPTH = 6
#: What parts of a text stand between.
_BETWEEN = re.compile(r"[:;,] |\. (?=[A-Z])| \(|\)$")
#: What sentences of one row stand between.
_ROW = "; "
#: A sentence with fewer letters of its own than this ("{name} is {state}") would be found in any other: it is a whole
#: line, or joins numbers, and its values have a few words at most.
_FEW_LETTERS = 12
_FEW_WORDS = 3
_NUMBER = re.compile(r"[+-]?[0-9]")
_QUOTED = re.compile("“[^”]*”")
#: A number before a unit.
_MEASURED = re.compile(
    r"(?<![\w.])(\d+)(?:\.(\d+))? (s|min|cps|wpm|fps|dB|dBTP|LU|LUFS|B|kB|MB|GB|%|px|Hz|frames)(?!\w)"
)
#: Before a mark, where a language has a space there; every code page has it, unlike the narrow one.
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
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
        self._units = catalogue.units
        self._spaced = frozenset(catalogue.spaced_marks)
        self._known: dict[str, str] = {}

    def marked(self, mark: str) -> str:
        """Write a mark between parts of a text, such as ": ", as the language does."""
        return f"{NO_BREAK_SPACE}{mark}" if mark[:1] in self._spaced else mark

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
                if not template.keeps_quotes(found) or not template.fits(values.values(), is_alone=depth == _DEPTH):
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
                return self.marked(mark).join(said)
        parts = _whole_parts(text)
        if len(parts) > 1 and (row := [self._said(part, depth - 1) for part in parts]) != parts:
            return self.marked(_ROW).join(row)
        inside = _inside_quotes(text)
        return _MEASURED.sub(lambda found: found[0] if inside[found.start()] else self._measured(found), text)

    def _measured(self, found: re.Match[str]) -> str:
        whole, decimals, unit = found.groups()
        return f"{whole}{f',{decimals}' if decimals else ''} {self._units.get(unit, unit)}"


class _Template:
    """A sentence with values: ``anchor`` is its longest part without any, ``weight`` counts the letters of all."""

    def __init__(self, message: Message, english: str) -> None:
        self._english = english
        self.forms = message.forms
        self.is_plural = bool(message.plural)
        parts = _FIELD.split(english)[::2]
        self.anchor = max(map(_plain, parts), key=len)
        self.weight = sum(map(len, parts))
        self._words = sum(len(re.findall(r"\w+", part)) for part in parts)

    def fits(self, values: Collection[str], *, is_alone: bool) -> bool:
        """Tell whether values can be those of the sentence: always, unless it has few words.

        A text that stands alone and has no number may be the title of a film, "Rights in Belgium": then half of its
        words are those of the sentence.
        """
        if self.weight >= _FEW_LETTERS:
            return True
        if any(value.count(" ") >= _FEW_WORDS for value in values):
            return False
        if not is_alone:
            return self.is_plural or all(map(_NUMBER.match, values))
        others = sum(len(_QUOTED.sub("", value).split()) for value in values)
        return any(map(_NUMBER.match, values)) or self._words >= others

    def keeps_quotes(self, found: re.Match[str]) -> bool:
        """Tell whether each quote of the text is whole: in one value, or one of the sentence's own."""
        text = found.string
        if "“" not in text and "”" not in text:
            return True
        inside = _inside_quotes(text)
        ends = [0, *(end for name in self._names for end in found.span(name)), len(text)]
        own = [spot for begin, end in zip(ends[::2], ends[1::2], strict=True) for spot in range(begin, end)]
        return [inside[spot] for spot in own] == self._own_inside

    @cached_property
    def _names(self) -> list[str]:
        return _FIELD.findall(self._english)

    @cached_property
    def _own_inside(self) -> list[bool]:
        """Say of each letter of the sentence itself whether it stands in quotes."""
        parts = [_plain(part) for part in _FIELD.split(self._english)[::2]]
        ends = [0]
        for part in parts:
            ends.append(ends[-1] + len(part))
        inside = _inside_quotes("".join(parts))
        return [inside[spot] for begin, end in pairwise(ends) for spot in range(begin, end)]

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


def _inside_quotes(text: str) -> list[bool]:
    """Say of each letter whether it stands within quotes; the marks themselves, the outermost, do not.

    Where the marks make no pairs, all from the first to the last is taken to be in quotes.
    """
    depth, inside = 0, []
    for letter in text:
        depth -= letter == "”"
        inside.append(depth > 0)
        depth += letter == "“"
        if depth < 0:
            break
    if depth == 0:
        return inside
    first = text.find("“")
    last = text.rfind("”")
    first = first if 0 <= first < last or last < 0 else -1
    return [first < spot < (last if last >= 0 else len(text)) for spot in range(len(text))]


def _partings(text: str) -> Iterator[tuple[str, str, str]]:
    """Part a text in two at each mark that is outside of quotes."""
    inside = _inside_quotes(text)
    for found in _BETWEEN.finditer(text):
        if not inside[found.start()]:
            yield text[: found.start()], found[0], text[found.end() :]


def _whole_parts(text: str) -> list[str]:
    """Part a row of sentences at each mark that is outside of quotes."""
    inside, parts, begin = _inside_quotes(text), [], 0
    for found in re.finditer(re.escape(_ROW), text):
        if not inside[found.start()]:
            parts.append(text[begin : found.start()])
            begin = found.end()
    return [*parts, text[begin:]]
