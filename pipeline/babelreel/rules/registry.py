"""Which rules are there, and which of them does a selector mean?"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from babelreel.errors import UsageError
from babelreel.rules import (
    allowance,
    direction,
    dubs,
    encoding,
    facts,
    film,
    glyphs,
    identity,
    letters,
    linebreaks,
    markup,
    parity,
    reading,
    scripts,
    spacing,
    subrip,
    substation,
    syntax,
    text,
    timing,
    typography,
    webvtt,
    width,
)
from babelreel.rules.rule import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """The rules of one module; their codes are ``prefix`` and three digits."""

    prefix: str
    title: str
    rules: tuple[Rule, ...]


#: In the order in which a file is looked at: its bytes, its form, its times, its text, what it is compared with, and
#: how it is spoken.
FAMILIES = (
    Family(prefix="ENC", title="Encoding", rules=encoding.RULES),
    Family(prefix="SYN", title="Syntax", rules=syntax.RULES),
    Family(prefix="SRT", title="SubRip", rules=subrip.RULES),
    Family(prefix="VTT", title="WebVTT", rules=webvtt.RULES),
    Family(prefix="ASS", title="ASS and SSA", rules=substation.RULES),
    Family(prefix="TIM", title="Timing", rules=timing.RULES),
    Family(prefix="RDG", title="Reading", rules=reading.RULES),
    Family(prefix="LBR", title="Line breaks", rules=linebreaks.RULES),
    Family(prefix="WID", title="Width", rules=width.RULES),
    Family(prefix="MRK", title="Markup", rules=markup.RULES),
    Family(prefix="SPC", title="Spacing", rules=spacing.RULES),
    Family(prefix="TXT", title="Text", rules=text.RULES),
    Family(prefix="LET", title="Letters", rules=letters.RULES),
    Family(prefix="TYP", title="Typography", rules=typography.RULES),
    Family(prefix="SCR", title="Arabic and Chinese script", rules=scripts.RULES),
    Family(prefix="DIR", title="Direction", rules=direction.RULES),
    Family(prefix="GLY", title="Glyphs", rules=glyphs.RULES),
    Family(prefix="FLM", title="Film", rules=film.RULES),
    Family(prefix="LNG", title="Language", rules=identity.RULES),
    Family(prefix="PAR", title="Parity", rules=parity.RULES),
    Family(prefix="FCT", title="Facts", rules=facts.RULES),
    Family(prefix="DUB", title="Dubs", rules=dubs.RULES),
    Family(prefix="ALW", title="Allowances", rules=allowance.RULES),
)

RULES: tuple[Rule, ...] = tuple(rule for family in FAMILIES for rule in family.rules)

#: The rules about exceptions can only be run when all others have been.
LAST = frozenset(allowance.RULES)

#: All that can be said of a file that could not be read.
UNREAD = frozenset({syntax.unreadable_file})


#: The codes of the rules whose errors stop the dub of a language, and not the language.
_ON_SOUND = frozenset(each.code for each in dubs.RULES)


def is_about_sound(code: str) -> bool:
    """Tell whether a rule is about recorded or finished sound: its errors stop the dub, not the language."""
    return code in _ON_SOUND


def find_rules(selector: str, rules: Sequence[Rule] = RULES) -> tuple[Rule, ...]:
    """Give the rules that a code (``TIM003``), the beginning of one (``TIM``) or a name (``short-gap``) means.

    Case does not matter. Raises ``UsageError``, with the nearest code or name as its hint, when there is none.
    """
    wanted = selector.strip().upper()
    found = tuple(each for each in rules if wanted and (each.code.startswith(wanted) or each.name.upper() == wanted))
    if not found:
        raise UsageError(what=f"there is no rule “{selector}”", hint=_hint(wanted, rules))
    return found


def choose_rules(
    rules: Sequence[Rule] = RULES, *, select: Iterable[str] = (), ignore: Iterable[str] = ()
) -> tuple[Rule, ...]:
    """Give the rules that ``select`` names (none named: all) without those that ``ignore`` names.

    A rule that both name is left out. Raises ``UsageError`` for a selector that means no rule.
    """
    selected = {each for selector in select for each in find_rules(selector, rules)} or set(rules)
    ignored = {each for selector in ignore for each in find_rules(selector, rules)}
    return tuple(each for each in rules if each in selected - ignored)


def _hint(wanted: str, rules: Sequence[Rule]) -> str:
    known = {label.upper(): label for each in rules for label in (each.code, each.name)}
    near = difflib.get_close_matches(wanted, known, n=1)
    if near:
        return f"did you mean {known[near[0]]}?"
    return "docs/rules.md lists all rules"
