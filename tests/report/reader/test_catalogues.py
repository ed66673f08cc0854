"""Do the catalogues hold what the program says, and change nothing but words?"""

from __future__ import annotations

import re
import subprocess

import polib
import pytest

from babelreel.report.reader.catalogue import LANGUAGES, Catalogue, Message, catalogue_file, read_catalogue
from babelreel.report.reader.sentences import Sentences

_FIELD = re.compile(r"(?<!\{)\{(\w+)\}")


@pytest.fixture(params=LANGUAGES)
def catalogue(request: pytest.FixtureRequest) -> Catalogue:
    return read_catalogue(catalogue_file(request.param).read_text("utf-8"))


def fields(text: str) -> list[str]:
    return sorted(_FIELD.findall(text))


def test_each_translation_has_the_values_of_its_sentence_once(catalogue: Catalogue) -> None:
    wrong = [
        (each.english, form)
        for each in catalogue.messages
        for form in each.forms
        if fields(form) != fields(each.english)
    ]
    assert wrong == []


def test_most_of_what_is_said_is_translated(catalogue: Catalogue) -> None:
    done = sum(bool(each.forms) for each in catalogue.messages)
    assert done > 0.75 * len(catalogue.messages)


def test_a_sentence_with_a_number_has_each_form_of_the_language(catalogue: Catalogue) -> None:
    counted = [each for each in catalogue.messages if each.plural]
    assert len(counted) > 20, "sentences with a number are found"
    assert [each.english for each in counted if len(each.forms) not in {0, 2}] == []
    assert [each.english for each in catalogue.messages if not each.plural and len(each.forms) > 1] == []


def test_what_is_typed_stays_as_it_is(catalogue: Catalogue) -> None:
    wrong = [
        (word, form)
        for each in catalogue.messages
        for form in each.forms
        for word in re.findall(r"(?<!\w)--[a-z][a-z-]+|\b[a-z]+\.toml\b|\bBABELREEL_[A-Z]+", each.english)
        if word not in form
    ]
    assert wrong == []


def values(message: Message, number: int) -> dict[str, str]:
    """Choose values that stand in no sentence; short ones begin as numbers do."""
    named = dict.fromkeys(fields(message.english))
    return {name: f"{place}Qx" for place, name in enumerate(named)} | {"number": str(number)}


def test_each_sentence_is_found_again_whatever_its_values_are(catalogue: Catalogue) -> None:
    told = Sentences(catalogue)
    wrong = []
    for message in catalogue.messages:
        texts = ((message.english, 1), (message.plural, 2)) if message.plural else ((message.english, 2),)
        for place, (text, number) in enumerate(texts if message.forms else ()):
            filled = values(message, number)
            if told.translated(text.format(**filled)) != message.forms[place].format(**filled):
                wrong.append(text)
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_other_programs_read_the_same(language: str) -> None:
    path = catalogue_file(language)
    theirs = polib.pofile(str(path))
    ours = read_catalogue(path.read_text("utf-8"))
    assert theirs.metadata["Language"] == language
    assert [(each.msgid, each.msgid_plural) for each in theirs] == [
        (each.english, each.plural) for each in ours.messages
    ]
    assert [tuple(each.msgstr_plural.values()) or (each.msgstr,) for each in theirs.translated_entries()] == [
        each.forms for each in ours.messages if each.forms
    ]
    checked = subprocess.run(["msgfmt", "--check-format", "-o", "-", path], capture_output=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, b"")


def test_french_marks_have_a_space_before_them_at_which_no_row_is_broken() -> None:
    french = read_catalogue(catalogue_file("fr").read_text("utf-8"))
    forms = [form for each in french.messages for form in each.forms]
    assert sum("\N{NO-BREAK SPACE}:" in form for form in forms) > 100, "marks are found"
    assert [form for form in forms if re.search(r" [:;?!»]|« ", form)] == []
    assert [form for form in forms if re.search(r"[^\W\d_][;?!](?: |$)", re.sub(r"&\w+;", "", form))] == []


def test_no_plural_is_left_to_the_reader(catalogue: Catalogue) -> None:
    assert [
        form for each in catalogue.messages for form in each.forms if re.search(r"\w\((s|x|e|es|en|n)\)", form)
    ] == []
