"""Is the text written with the letters and signs of its language?"""

from __future__ import annotations

from babelreel.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
