from __future__ import annotations

import importlib
import pkgutil
import re
from types import ModuleType

import pytest

import babelreel.rules
from babelreel.errors import UsageError
from babelreel.report.rules_page import SECTIONS
from babelreel.rules.base.rule import Rule
from babelreel.rules.registry import FAMILIES, RULES, choose_rules, find_rules
from support.broken import broken_scene, example, sections
from support.checking import check_scene

ENCODING = [each.code for each in RULES if each.code.startswith("ENC")]


def rule_modules() -> list[ModuleType]:
    return [
        importlib.import_module(each.name)
        for each in pkgutil.walk_packages(babelreel.rules.__path__, "babelreel.rules.")
    ]


def codes(rules: tuple[Rule, ...]) -> list[str]:
    return [each.code for each in rules]


def test_no_rule_that_is_written_is_forgotten() -> None:
    written = {id(each): each for module in rule_modules() for each in vars(module).values() if isinstance(each, Rule)}
    assert sorted(each.code for each in written.values()) == sorted(codes(RULES))


def test_codes_are_a_family_and_a_number_without_holes() -> None:
    for family in FAMILIES:
        assert re.fullmatch("[A-Z]{3}", family.prefix)
        assert codes(family.rules) == [f"{family.prefix}{number:03d}" for number in range(1, len(family.rules) + 1)]


def test_no_two_families_share_a_prefix_and_no_two_rules_a_code_or_a_name() -> None:
    for labels in ([each.prefix for each in FAMILIES], codes(RULES), [each.name for each in RULES]):
        assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("rule", RULES, ids=codes(RULES))
def test_a_rule_is_named_in_kebab_case_as_its_function_is(rule: Rule) -> None:
    assert re.fullmatch("[a-z]+(-[a-z]+)*", rule.name)
    assert rule.check.__name__ == rule.name.replace("-", "_")


@pytest.mark.parametrize("rule", RULES, ids=codes(RULES))
def test_a_rule_explains_what_why_limit_source_example_and_repairing(rule: Rule) -> None:
    explained = sections(rule)
    assert list(explained) == ["", *SECTIONS]
    assert explained[""].rstrip().endswith(".")
    assert "\n" not in explained[""].rstrip()
    assert all(re.match(r"[^:\n]*:\s*\S", text) for name, text in explained.items() if name)


@pytest.mark.parametrize("rule", [each for each in RULES if example(each)], ids=lambda each: each.code)
def test_the_example_of_a_rule_breaks_this_rule_and_no_other(rule: Rule) -> None:
    broken = check_scene(broken_scene(rule)).findings
    assert {each.code for each in broken} - {"SYN003"} == {rule.code}


@pytest.mark.parametrize("rule", RULES, ids=codes(RULES))
def test_a_rule_finds_what_breaks_it(rule: Rule) -> None:
    assert rule.code in {each.code for each in check_scene(broken_scene(rule)).findings}


def test_a_selector_is_a_code_a_beginning_of_one_or_a_name_in_any_case() -> None:
    assert codes(find_rules("TIM003")) == ["TIM003"]
    assert codes(find_rules("overlapping-cues")) == ["TIM003"]
    assert codes(find_rules("Enc")) == ENCODING


@pytest.mark.parametrize(
    ("selector", "hint"),
    [("TIM033", "Did you mean TIM003?"), ("overlaping-cue", "Did you mean overlapping-cues?"), ("", "docs/rules.md")],
)
def test_a_selector_that_means_no_rule_is_a_fault_of_the_call(selector: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        find_rules(selector)
    assert selector in caught.value.what
    assert hint in caught.value.hint


def test_rules_are_chosen_by_what_is_selected_less_what_is_ignored() -> None:
    assert choose_rules() == RULES
    assert codes(choose_rules(select=["ENC", "TIM001"])) == [*ENCODING, "TIM001"]
    assert codes(choose_rules(select=["ENC"], ignore=["legacy-encoding"])) == ENCODING[1:]
    assert "TIM" not in " ".join(codes(choose_rules(ignore=["TIM"])))
    assert choose_rules(select=["TIM001"], ignore=["TIM"]) == ()


def test_an_unknown_code_to_ignore_is_a_fault_of_the_call() -> None:
    with pytest.raises(UsageError, match="TMI"):
        choose_rules(ignore=["TMI"])
