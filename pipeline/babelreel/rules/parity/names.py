"""Check that a name that the track keeps from the reference is always spelt in the same way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher

from babelreel.model.finding import Severity
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.need import Need
from babelreel.rules.base.rule import track_rule
from babelreel.rules.base.subject import TrackSubject

#: Two words with capitals, such as "Child Focus": a single one may be any noun, or begin a sentence.
_NAME = re.compile(r"([A-Z](?<![\w’'-].)[A-Za-z]+)(?=[ \u00a0]([A-Z][A-Za-z]+)(?![\w’'-]))")
_SHORTEST = 8
#: Letters of both names that stand in the same order: one other letter in ten leaves nine tenths.
_ALIKE = 0.88


@track_rule(code="FCT005", name="misspelt-name", severity=Severity.WARNING, needs=frozenset({Need.REFERENCE}))
def misspelt_name(subject: TrackSubject) -> Iterator[Breach]:
    """A name from the original is spelt differently in one place.

    Why: A child looks for the name on a door, a poster or a phone, letter by letter.

    Limit: The name has two words with capital letters, and eight letters or more. It is in the original, and at least
    twice in this file. The other spelling differs in one or two letters, and is once in this file and never in the
    original.

    Source: Proposal of this project.

    Example: nl.srt says "Child Focus" in two lines and "Child Fokus" in a third one.

    Fix: Write the name as the original writes it.
    """
    if subject.reference is None:
        return
    kept = Counter(_plain(match) for _, match in subject.search(_NAME))
    given = {_plain(match) for cue in subject.reference.cues for match in _NAME.finditer(" ".join(cue.lines))}
    names = [name for name, count in kept.items() if count > 1 and len(name) >= _SHORTEST and name in given]
    for passage, match in subject.search(_NAME) if names else ():
        spelt = _plain(match)
        right = next((name for name in names if _is_other_spelling(spelt, name)), None)
        if right and kept[spelt] == 1 and spelt not in given:
            place = passage._replace(end=passage.start + len(spelt))
            yield Breach(passage=place, message=f"“{spelt[:60]}” is spelt “{right[:60]}” elsewhere")


def _plain(match: re.Match[str]) -> str:
    return f"{match[1]} {match[2]}"


def _is_other_spelling(spelt: str, name: str) -> bool:
    """Tell whether one or two letters differ, inside of the name: an ending is grammar."""
    if spelt.startswith(name) or name.startswith(spelt) or abs(len(spelt) - len(name)) > 1 or spelt[0] != name[0]:
        return False
    return SequenceMatcher(None, spelt, name, autojunk=False).ratio() >= _ALIKE


RULES = (misspelt_name,)
