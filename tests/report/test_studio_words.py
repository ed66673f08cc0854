"""Does the studio's page have all its words, in every language that we have?"""

from __future__ import annotations

import json
import re

import pytest

from babelreel.languages.find import builtin_languages
from babelreel.report.studio_files import STUDIO_FILES
from babelreel.rules.registry import FAMILIES

TAGS = sorted(each.tag for each in builtin_languages())
ENGLISH = json.loads((STUDIO_FILES / "words" / "en.json").read_text("utf-8"))
SCRIPTS = {path.name: path.read_text("utf-8") for path in STUDIO_FILES.rglob("*.js")}
PAGE = (STUDIO_FILES / "studio.html").read_text("utf-8")


@pytest.mark.parametrize("tag", TAGS)
def test_each_language_has_every_word_with_the_same_values(tag: str) -> None:
    words = json.loads((STUDIO_FILES / "words" / f"{tag}.json").read_text("utf-8"))
    assert words.keys() == ENGLISH.keys()
    for name, text in words.items():
        assert (name, sorted(re.findall(r"\{\w+\}", text))) == (name, sorted(re.findall(r"\{\w+\}", ENGLISH[name])))
        assert text.strip() == text


def test_the_page_offers_all_languages_and_asks_for_no_word_that_there_is_not() -> None:
    assert re.findall(r'"([\w-]+)"', SCRIPTS["words.js"].split("const TAGS = [")[1].split("]")[0]) == TAGS
    right_to_left = sorted(each.tag for each in builtin_languages() if each.is_rtl)
    assert re.findall(r'"(\w+)"', SCRIPTS["words.js"].split("RIGHT_TO_LEFT = [")[1].split("]")[0]) == right_to_left
    asked = {name for text in SCRIPTS.values() for name in re.findall(r'\bword\("(\w+)"', text)}
    asked |= set(re.findall(r'data-word(?:-label)?="(\w+)"', PAGE))
    assert asked - ENGLISH.keys() == set()


def test_every_word_is_used_somewhere() -> None:
    everything = PAGE + "".join(SCRIPTS.values())
    states = {
        f"state_{each}"
        for each in ("unknown", "draft", "translated", "approved", "stale", "rewritten", "not_saved", "waiting")
    }
    unused = {name for name in ENGLISH if f'"{name}"' not in everything} - states - {"error", "warning", "info"}
    assert unused == set()


@pytest.mark.parametrize("tag", TAGS)
def test_who_speaks_to_the_computer_can_say_what_a_button_shows(tag: str) -> None:
    words = json.loads((STUDIO_FILES / "words" / f"{tag}.json").read_text("utf-8"))
    for shown, name in (("record", "record_line"), ("approve", "approve_line"), ("is_approved", "approved_line")):
        assert words[shown].casefold() in words[name].casefold()


def test_what_each_rule_is_about_is_said_in_the_page_s_language() -> None:
    kinds = dict(re.findall(r"\b([A-Z]{3}): \"(kind_\w+)\"", SCRIPTS["findings.js"]))
    assert kinds.keys() == {each.prefix for each in FAMILIES}
    assert set(kinds.values()) <= ENGLISH.keys()


def test_no_text_is_ever_taken_for_markup() -> None:
    for name, text in SCRIPTS.items():
        found = re.findall(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|DOMParser|createContextualFragment", text
        )
        assert (name, found) == (name, [])
