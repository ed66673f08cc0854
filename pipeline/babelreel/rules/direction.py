"""Will right-to-left text stand in the picture in its reading order?"""

from __future__ import annotations

from babelreel.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
