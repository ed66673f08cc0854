"""Write what people read about a rule, at the terminal and in docs/rules.md."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import methodcaller

from babelreel.languages.find import builtin_languages
from babelreel.model.project import LanguageSettings
from babelreel.model.reading_limits import Profile
from babelreel.rules.base.rule import Rule
from babelreel.rules.registry import FAMILIES

#: The sections of a rule's docstring after its first sentence, in this order.
SECTIONS = ("Why", "Limit", "Source", "Example", "Fix")

_HEADING = re.compile(rf"^({'|'.join(SECTIONS)})\b([^:\n]*):", re.MULTILINE)

_INTRODUCTION = """\
# Rules

Made from the code by `python -m babelreel.cli.generated`; change the rule, not this page.

`babelreel check` looks at every subtitle file with these rules, and `babelreel explain CODE` prints one of them. An
**error** keeps a language from being published. Somebody should look at a **warning**, and an **info** is good to know.
An error of a rule on sound (DUB) keeps the dub from being used: the language is published with the film's own sound and
its subtitles.

A **line** is one text of a subtitle file, with its times. It may have two **rows**. Words that you do not know are in
the [glossary](glossary.md).
"""


def default_languages() -> tuple[LanguageSettings, ...]:
    """List the languages whose limits are shown where no project says otherwise."""
    return tuple(LanguageSettings(language=language, profile=language.limits) for language in builtin_languages())


def render_explanation(rule: Rule, languages: Sequence[LanguageSettings]) -> str:
    """Write a rule's page for the terminal, with its limit in each of the languages ; ends with a newline."""
    parts = [f"{rule.code} {rule.name} ({_kind(rule)})", rule.explanation]
    for number in _numbers(rule):
        rows = "\n".join(f"    {tags}: {value} ({source})" for tags, value, source in number.rows(languages))
        key = f" ({number.key} in babelreel.toml)" if number.key else ""
        parts.append(f"Limit in each language{key}:\n\n{rows}")
    return "\n\n".join(parts) + "\n"


def render_rules_page() -> str:
    """Write docs/rules.md: all rules, family by family, with the limits of the campaign's languages."""
    return "\n".join([_INTRODUCTION, *_index(), *_chapters()])


def _index() -> Iterator[str]:
    yield "| code | name | what it finds | |"
    yield "| --- | --- | --- | --- |"
    for family in FAMILIES:
        for rule in family.rules:
            what = rule.explanation.partition("\n")[0]
            yield f"| [{rule.code}](#{_anchor(rule)}) | {rule.name} | {what} | {_kind(rule)} |"
    yield ""


def _chapters() -> Iterator[str]:
    for family in FAMILIES:
        yield f"## {family.title} ({family.prefix})\n"
        for rule in family.rules:
            yield f"### {rule.code} {rule.name}\n"
            yield f"*{_kind(rule)}*\n"
            yield _HEADING.sub(r"**\1**\2:", rule.explanation) + "\n"
            for number in _numbers(rule):
                yield from _limit_table(number)


def _limit_table(number: _Number) -> Iterator[str]:
    yield f"| language | {f'`{number.key}`' if number.key else 'limit'} | source |"
    yield "| --- | --- | --- |"
    for row in number.rows(default_languages()):
        yield f"| {' | '.join(row)} |"
    yield ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Number:
    """One number that a rule holds tracks to; ``key`` is empty where babelreel.toml cannot set it."""

    show: Callable[[Profile], str]
    source: Callable[[Profile], str]
    key: str = ""

    def rows(self, languages: Sequence[LanguageSettings]) -> Iterator[tuple[str, str, str]]:
        """Yield tags, value and source, with one row for all languages that share both."""
        rows: dict[tuple[str, str], list[str]] = {}
        for settings in languages:
            value = self.show(settings.profile)
            rows.setdefault((value, self._source(value, settings)), []).append(settings.language.tag)
        for (value, source), tags in rows.items():
            yield "all" if len(rows) == 1 else ", ".join(tags), value, source

    def _source(self, value: str, settings: LanguageSettings) -> str:
        """Tell where a number comes from; one that is not our default comes from the project."""
        profile = settings.language.limits
        default = self.show(profile)
        return self.source(profile) if value == default else f"set by this project; the default is {default}"


def _numbers(rule: Rule) -> Iterator[_Number]:
    limit = rule.limit
    if limit is None:
        return
    for name in limit.names:
        yield _Number(show=methodcaller("show", name), source=methodcaller("source", name), key=name)
    if limit.show:
        yield _Number(show=limit.show, source=lambda _: limit.source)


def _kind(rule: Rule) -> str:
    needs = ", ".join(need.value.replace("_", " ") for need in sorted(rule.needs))
    return f"{rule.severity}, needs the {needs}" if needs else rule.severity.value


def _anchor(rule: Rule) -> str:
    """Write the anchor that code hosts make of the rule's heading."""
    return f"{rule.code} {rule.name}".lower().replace(" ", "-")
