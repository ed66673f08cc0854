"""Does the track fit the pictures and the voices of the film?"""

from __future__ import annotations

from babelreel.rules import shots, voices
from babelreel.rules.rule import Rule

RULES: tuple[Rule, ...] = (*shots.RULES, *voices.RULES)
