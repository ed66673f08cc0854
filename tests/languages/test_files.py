"""Are the files of the languages whole, and does no other code know a language by its tag?"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from fractions import Fraction
from pathlib import Path

import pytest

import babelreel
from babelreel.languages.find import builtin_languages, find_language
from babelreel.languages.tables import facts_of, find_known, later_facts_of
from babelreel.model.language import primary_subtag
from babelreel.model.language_words import CampaignWords, PageWords, PlayerWords, SheetWords

PACKAGE = Path(babelreel.__file__).parent
FILES = sorted((PACKAGE / "languages").glob("*.toml"))
OTHERS = tomllib.loads((PACKAGE / "languages/others.toml").read_text("utf-8"))
TAGS = [path.stem for path in FILES if path.stem != "others"]

#: Texts that are no language, with where they stand: a file, a folder, or anywhere.
EXCEPTIONS = {
    "ms": "",  # milliseconds
    "is": "",  # an English word
    "no": "",  # an English word
    "ar": "media/",  # ffmpeg's option for the sample rate
    "en": "model/language.py",  # the language of our own words: the one place that names it
    "an": "timedtext/formats/",  # the command of ASS that places a text
    "tt": "timedtext/formats/",  # the element that holds a document
    "it": "timedtext/formats/",  # the name of a style
    "az": "graph/",  # the scheme of Azure's addresses
}


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """Give each text of a module with its line."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def tags_in_code() -> Iterator[tuple[str, str]]:
    """Give each text outside of ``languages/`` that is a tag, and where it stands."""
    tags = {*TAGS, *map(primary_subtag, TAGS), *OTHERS}
    for path in sorted(PACKAGE.rglob("*.py")):
        place = path.relative_to(PACKAGE).as_posix()
        if not place.startswith("languages/"):
            yield from ((text, f"{place}:{line}") for line, text in literals(path) if text in tags)


def test_no_language_is_known_by_its_tag_outside_of_its_file() -> None:
    assert [
        (text, place)
        for text, place in tags_in_code()
        if text not in EXCEPTIONS or not place.startswith(EXCEPTIONS[text])
    ] == []


def test_every_exception_is_needed() -> None:
    assert {text for text, place in tags_in_code() if place.startswith(EXCEPTIONS.get(text, "?"))} == set(EXCEPTIONS)


def test_each_file_is_a_language() -> None:
    assert {language.tag for language in builtin_languages()} == set(TAGS)


@pytest.mark.parametrize("tag", TAGS)
def test_the_two_parts_of_a_file_are_the_whole_file(tag: str) -> None:
    whole = tomllib.loads((PACKAGE / f"languages/{tag}.toml").read_text("utf-8"), parse_float=Fraction)
    known = find_known(tag)
    assert facts_of(known) | later_facts_of(known) | {"place": whole["place"]} == whole


@pytest.mark.parametrize("tag", TAGS)
def test_a_file_has_all_words_of_pages_and_leaflets(tag: str) -> None:
    needed = {field.name for field in fields(PageWords)} - {"tag", "direction", "colon"}
    later = later_facts_of(find_known(tag))
    assert needed <= later["pages"].keys()
    assert {field.name for field in fields(CampaignWords)} - {"tag", "direction"} == later["campaign"].keys()
    assert {field.name for field in fields(PlayerWords)} - {"tag", "direction"} == later["player"].keys()
    assert {field.name for field in fields(SheetWords)} - {"tag", "direction", "draft"} <= later["sheet"].keys()
    assert later["leaflet"]["watch"]


@pytest.mark.parametrize("tag", OTHERS)
def test_what_is_known_of_other_languages_is_right_in_form(tag: str) -> None:
    language = find_language(tag)
    assert language.tag == tag
    assert language.speech.pace.source
