from __future__ import annotations

import importlib
import pkgutil
import re
import textwrap
from fractions import Fraction
from pathlib import Path
from types import ModuleType

import pytest

import babelreel.rules
from babelreel.errors import UsageError
from babelreel.model.film.media import MediaInfo
from babelreel.report.rules_page import SECTIONS
from babelreel.rules.base.rule import Rule
from babelreel.rules.file.encoding import RULES as ENCODING
from babelreel.rules.registry import FAMILIES, RULES, choose_rules, find_rules
from support.checking import found
from support.subjects import make_known_film


def rule_modules() -> list[ModuleType]:
    return [
        importlib.import_module(each.name)
        for each in pkgutil.walk_packages(babelreel.rules.__path__, "babelreel.rules.")
    ]


def codes(rules: tuple[Rule, ...]) -> list[str]:
    return [each.code for each in rules]


def sections(rule: Rule) -> dict[str, str]:
    """Cut an explanation at its headings; what stands before them is under the empty name."""
    parts = re.split(rf"^({'|'.join(SECTIONS)})\b", rule.explanation, flags=re.MULTILINE)
    return dict(zip(["", *parts[1::2]], parts[::2], strict=True))


def example(rule: Rule) -> tuple[str, str]:
    """Give the file that a rule's example is in ("For example (in ar.srt):") and its lines, as on disk."""
    heading, _, lines = sections(rule)["For example"].partition("\n\n")
    name = re.search(r"[\w-]+\.(srt|vtt|ass|ssa)\b", heading)
    return name[0] if name else "en.srt", textwrap.dedent(lines)


def film_of_example(rule: Rule) -> MediaInfo:
    """Give a film of 80 seconds with the cuts and the speech that an example tells of, both in seconds."""
    heading = sections(rule)["For example"].partition("\n\n")[0]
    cuts = re.findall(r"cuts at ([\d.]+)", heading)
    speech = re.findall(r"from ([\d.]+) to ([\d.]+)", heading)
    return make_known_film(
        80_000,
        shots=tuple(int(Fraction(cut) * 25) for cut in cuts) if cuts else None,
        speech=tuple((int(Fraction(start) * 1000), int(Fraction(end) * 1000)) for start, end in speech) or None,
    )


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
def test_a_rule_explains_what_why_limit_source_example_and_mending(rule: Rule) -> None:
    explained = sections(rule)
    assert list(explained) == ["", *SECTIONS]
    assert explained[""].rstrip().endswith(".")
    assert "\n" not in explained[""].rstrip()
    assert all(re.match(r"[^:\n]*:\s*\S", text) for name, text in explained.items() if name)


@pytest.mark.parametrize("rule", [each for each in RULES if "->" in example(each)[1]], ids=lambda each: each.code)
def test_the_example_of_a_rule_breaks_this_rule_and_no_other(rule: Rule) -> None:
    name, text = example(rule)
    broken = found(text, path=f"subtitles/{name}", film=film_of_example(rule))
    assert {line.split()[2] for line in broken} - {"SYN003"} == {rule.code}


@pytest.mark.parametrize("rule", RULES, ids=codes(RULES))
def test_a_rule_is_expected_in_the_tests_of_its_family(rule: Rule) -> None:
    *folders, module = rule.check.__module__.split(".")[2:]
    tests = Path(__file__).parent.joinpath(*folders, f"test_{module}.py").read_text(encoding="utf-8")
    assert re.search(rf"^ +assert found\(.*\[\"[^\]]*\b{rule.code}\b", tests, re.MULTILINE)


def test_a_selector_is_a_code_a_beginning_of_one_or_a_name_in_any_case() -> None:
    assert codes(find_rules("TIM003")) == ["TIM003"]
    assert codes(find_rules("overlapping-cues")) == ["TIM003"]
    assert codes(find_rules("Enc")) == codes(ENCODING)


@pytest.mark.parametrize(
    ("selector", "hint"),
    [("TIM033", "did you mean TIM003?"), ("overlaping-cue", "did you mean overlapping-cues?"), ("", "docs/rules.md")],
)
def test_a_selector_that_means_no_rule_is_a_fault_of_the_call(selector: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        find_rules(selector)
    assert selector in caught.value.what
    assert hint in caught.value.hint


def test_rules_are_chosen_by_what_is_selected_less_what_is_ignored() -> None:
    assert choose_rules() == RULES
    assert codes(choose_rules(select=["ENC", "TIM001"])) == [*codes(ENCODING), "TIM001"]
    assert codes(choose_rules(select=["ENC"], ignore=["legacy-encoding"])) == codes(ENCODING)[1:]
    assert "TIM" not in " ".join(codes(choose_rules(ignore=["TIM"])))
    assert choose_rules(select=["TIM001"], ignore=["TIM"]) == ()


def test_an_unknown_code_to_ignore_is_a_fault_of_the_call() -> None:
    with pytest.raises(UsageError, match="TMI"):
        choose_rules(ignore=["TMI"])
