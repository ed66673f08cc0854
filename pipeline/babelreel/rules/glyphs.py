"""Can every character be drawn?"""

from __future__ import annotations

from babelreel.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
