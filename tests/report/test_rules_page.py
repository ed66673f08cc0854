from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from babelreel.languages.find import builtin_languages, find_language
from babelreel.model.finding import Severity
from babelreel.model.project import LanguageSettings
from babelreel.report.rules_page import default_languages, render_explanation, render_rules_page
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.rule import Limit, Rule, limits, track_rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.registry import RULES, find_rules
from support.places import REPOSITORY

ROOT = REPOSITORY


@track_rule(
    code="ZZZ001",
    name="fast-cue",
    severity=Severity.WARNING,
    limit=limits("cps_child", "cpl"),
)
def fast_cue(_: TrackSubject) -> Iterator[Breach]:
    """Find nothing."""
    yield from ()


def test_the_page_in_docs_is_what_the_rules_say() -> None:
    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == render_rules_page()


@pytest.mark.parametrize("each", RULES, ids=lambda each: each.code)
def test_every_rule_has_its_heading_and_a_line_that_leads_to_it(each: Rule) -> None:
    page = render_rules_page()
    assert page.count(f"\n### {each.code} {each.name}\n") == 1
    assert page.count(f"| [{each.code}](#{each.code.lower()}-{each.name}) |") == 1


def test_an_explanation_begins_with_the_rule_and_holds_its_docstring() -> None:
    (overlap,) = find_rules("TIM003")
    text = render_explanation(overlap, default_languages())
    assert text.startswith("TIM003 overlapping-cues (error)\n\nA line starts while")
    assert overlap.explanation in text
    assert "Limit in each language" not in text


def test_an_explanation_says_what_the_rule_needs() -> None:
    assert render_explanation(find_rules("TIM008")[0], default_languages()).startswith(
        "TIM008 past-end-of-film (error, needs the film)\n"
    )


def test_a_limit_that_all_languages_share_is_one_line_with_its_source() -> None:
    text = render_explanation(find_rules("TIM005")[0], default_languages())
    assert text.endswith(
        "\n\nLimit in each language (shortest_ms in babelreel.toml):\n\n"
        "    all: 833 ms (Netflix Timed Text Style Guide)\n"
        "\nLimit in each language (shortest_error_ms in babelreel.toml):\n\n"
        "    all: 500 ms (proposal of this project: what almost no subtitle file made with care goes beyond)\n"
    )


def test_limits_that_differ_are_a_line_for_each_number_and_source() -> None:
    text = render_explanation(fast_cue, default_languages())
    _, _, speeds = text.partition("Limit in each language (cps_child in babelreel.toml):\n\n")
    latin = "proposal of this project: the Latin default (no published guide found)"
    netflix = "Netflix Timed Text Style Guide, children's programmes, as re-checked by Subtitle Edit"
    assert speeds.split("\n\n")[0].split("\n") == [
        f"    fr, nl, de, vi, ro, bg: 13 cps ({netflix})",
        f"    en: 17 cps ({netflix}; another page of Netflix says 17 and 15)",
        f"    ar: 17 cps ({netflix})",
        f"    zh-Hans: 7 cps ({netflix})",
        f"    sq, ps, fa, pcm: 13 cps ({latin})",
    ]


def test_each_number_of_a_rule_has_its_own_source_and_key() -> None:
    _, _, lengths = render_explanation(fast_cue, default_languages()).partition(
        "Limit in each language (cpl in babelreel.toml):\n\n"
    )
    assert lengths == (
        "    fr, en, nl, de, ar, vi, sq, ro, bg, ps, fa, pcm: 42 characters (Netflix Timed Text Style Guide; TED)\n"
        "    zh-Hans: 16 characters (Netflix Timed Text Style Guide)\n"
    )


def test_a_limit_that_is_no_number_of_the_profile_shows_itself() -> None:
    measure = replace(fast_cue, limit=Limit(show=lambda profile: f"{2 * profile.cpl} characters", source="TED"))
    assert "Limit in each language:\n\n    fr, en, nl, de, ar, vi, sq, ro, bg, ps, fa, pcm: 84 characters (TED)\n" in (
        render_explanation(measure, default_languages())
    )


def test_a_limit_that_a_project_sets_names_the_project_as_its_source() -> None:
    (short,) = find_rules("short-cue")
    english = replace(default_languages()[1], profile=replace(find_language("en").limits, shortest_ms=1000))
    french = LanguageSettings(language=builtin_languages()[0], profile=find_language("fr").limits)
    text = render_explanation(short, [french, english])
    assert "    fr: 833 ms (Netflix Timed Text Style Guide)\n" in text
    assert "    en: 1000 ms (set by this project; the default is 833 ms)\n" in text
