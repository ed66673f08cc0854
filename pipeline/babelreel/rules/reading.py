"""Can a child read every cue in the time that it is shown?"""

from __future__ import annotations

from babelreel.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
