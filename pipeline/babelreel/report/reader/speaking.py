"""Say things to the person at the terminal, in the language of that person."""

from __future__ import annotations

import inspect
import re
import sys

import click

from babelreel.model.language import ENGLISH
from babelreel.report.reader.catalogue import catalogue_file, read_catalogue
from babelreel.report.reader.fitting import fitted
from babelreel.report.reader.language import reader_language
from babelreel.report.reader.sentences import Sentences

#: What a catalogue writes before a word that it translates in tables only.
IN_TABLES = "in a table: "

_LOADED: dict[str, Sentences] = {}


def in_readers_language(text: str) -> str:
    """Put a text for people into the language of the reader, line by line; machines get theirs without this."""
    sentences = _sentences() if text else None
    return "\n".join(map(sentences.translated, text.split("\n"))) if sentences else text


def labelled(label: str, said: str) -> str:
    """Put a label before what is said already in the language of the reader: ``hint: …``, ``conseil : …``."""
    sentences = _sentences()
    return f"{in_readers_language(label)}{sentences.marked(': ') if sentences else ': '}{said}"


def _sentences() -> Sentences | None:
    """Return what can be said in the language of the reader; ``None`` for English, which needs nothing."""
    language = reader_language()
    if language == ENGLISH:
        return None
    if language not in _LOADED:
        _LOADED[language] = Sentences(read_catalogue(catalogue_file(language).read_text("utf-8")))
    return _LOADED[language]


def in_table(word: str) -> str:
    """Say a word that stands alone in a table: a heading, or what a cell holds; elsewhere it may be one to be typed."""
    said = in_readers_language(f"{IN_TABLES}{word}")
    return in_readers_language(word) if said.startswith(IN_TABLES) else said


def tell(text: str) -> None:
    """Print a text for people on standard error: what is done, and what to do next."""
    click.echo(fitted(in_readers_language(text), sys.stderr), err=True)


def show(text: str, *, nl: bool = True, for_programs: bool = False) -> None:
    """Print on standard output what a person asked to see, or, as it is, what a program did."""
    click.echo(text if for_programs else fitted(in_readers_language(text), sys.stdout), nl=nl)


def paragraphs(text: str) -> tuple[str, ...]:
    """Part the text of a help page as click does: what is between empty lines is one paragraph."""
    parts = re.split(r"\n\s*\n", inspect.cleandoc(text))
    return tuple(" ".join(each.split()) for each in parts if each.strip())
