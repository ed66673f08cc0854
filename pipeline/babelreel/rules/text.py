"""Is the text written as every careful editor writes it, whatever the language?"""

from __future__ import annotations

from babelreel.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
