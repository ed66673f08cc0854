"""Does the track say what the reference says, in the language that its name promises?"""

from __future__ import annotations

from babelreel.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
