"""In which language does the program speak?"""

from __future__ import annotations

import pytest

from babelreel.report.reader.language import of_windows, reader_language


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"BABELREEL_LANG": "fr"}, "fr"),
        ({"BABELREEL_LANG": "nl-BE", "LANG": "fr_FR.UTF-8"}, "nl"),
        ({"BABELREEL_LANG": "en", "LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "fr_BE.UTF-8@euro"}, "fr"),
        ({"LC_ALL": "nl_NL.UTF-8", "LC_MESSAGES": "fr_FR", "LANG": "fr_FR"}, "nl"),
        ({"LC_ALL": "", "LC_MESSAGES": "fr_FR", "LANG": "nl_NL"}, "fr"),
        ({"LC_ALL": "C", "LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "POSIX"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"BABELREEL_LANG": "../../etc"}, "en"),
        ({}, "en"),
    ],
)
def test_the_language_is_what_is_asked_for_or_the_systems_or_english(
    environment: dict[str, str], language: str
) -> None:
    assert reader_language(environment) == language


@pytest.mark.parametrize(("name", "tag"), [("French_Belgium", "fr"), ("Dutch_Netherlands", "nl"), ("", "")])
def test_windows_calls_languages_by_their_english_names(name: str, tag: str) -> None:
    assert of_windows(name)[: len(tag)] == tag
