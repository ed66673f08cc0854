"""Refuse rules that babelreel.toml names and that do not exist."""

from __future__ import annotations

from babelreel.errors import UsageError
from babelreel.model.project import Project
from babelreel.rules.registry import find_rules


def refuse_unknown_rules(project: Project) -> None:
    """Raise ``UsageError`` for a selector in babelreel.toml that means no rule."""
    policy = project.check
    ignored = [selector for _, selectors in policy.ignore_in for selector in selectors]
    allowed = [selector for allowance in policy.allow for selector in allowance.rules]
    for selector in (*policy.select, *policy.ignore, *ignored, *allowed):
        try:
            find_rules(selector)
        except UsageError as error:
            where = f"{project.config_path}, table [check]"
            raise UsageError(what=error.what, where=where, why=error.why, hint=error.hint) from None
