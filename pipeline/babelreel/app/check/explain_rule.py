"""Explain a rule with the limits that it has in a project."""

from __future__ import annotations

from babelreel.languages.find import builtin_languages
from babelreel.model.project import Project
from babelreel.report.rules_page import render_explanation
from babelreel.rules.registry import find_rules


def explain_rule(project: Project, code: str) -> str:
    """Write a rule's page (by code or name) with the limits of each language; ``UsageError`` for an unknown one."""
    settings = {language.tag: project.settings_of(language) for language in builtin_languages()}
    settings |= {each.language.tag: each for each in project.languages}
    return "\n".join(render_explanation(rule, tuple(settings.values())) for rule in find_rules(code))
