"""Check that a text in Arabic or Chinese script has the marks of its script."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from babelreel.model.finding import Severity
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.edits import replacing
from babelreel.rules.base.passage import Passage
from babelreel.rules.base.rule import track_rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.characters.ranges import ARABIC, HAN


class _Script(NamedTuple):
    """The marks of a script by the Latin ones, and where those stand.

    The pattern names a ``mark`` behind a letter, and is ``sure`` where what follows is of the script, too.
    """

    marks: Mapping[str, str]
    pattern: re.Pattern[str]


_HAN_CLOSING = "”’）】」』》"

_CHINESE_MARKS = _Script(
    marks={",": "，", ".": "。", "?": "？", "!": "！", ":": "：", ";": "；"},
    pattern=re.compile(
        rf"(?<=[{HAN}{_HAN_CLOSING}])(?P<mark>[,?!:;]+|\.(?!\.))(?P<sure> *(?=[{HAN}{_HAN_CLOSING}]|$))?",
        re.MULTILINE,
    ),
)

_SCRIPTS = {
    "Arab": _Script(
        marks={"?": "؟", ",": "،", ";": "؛"},
        pattern=re.compile(
            rf"(?<=[{ARABIC}])[^\S\n]*(?P<mark>[?,;]+)(?P<sure>(?=[^\S\n]*[{ARABIC}»”\")!])|(?=[^\S\n]*$))?",
            re.MULTILINE,
        ),
    ),
    "Hans": _CHINESE_MARKS,
    "Hant": _CHINESE_MARKS,
}


@track_rule(code="SCR001", name="latin-punctuation", severity=Severity.WARNING)
def latin_punctuation(subject: TrackSubject) -> Iterator[Breach]:
    """A Latin punctuation mark stands where the script has its own.

    Why: The mark has the wrong shape and width. In a row that runs from right to left, the Latin question mark looks to
    the wrong side; between Chinese characters, half-width marks stick to the one before.

    Limit: After a letter of the script: `؟ ، ؛` in Arabic script, `， 。 ？ ！ ： ；` in Chinese. Marks after digits
    and Latin words are skipped.

    Source: Netflix Timed Text Style Guide, Arabic and Chinese; W3C, "Arabic & Persian Layout Requirements".

    Example (in fa.srt):

        1
        00:00:10,000 --> 00:00:13,000
        تو تنها هستی?

    Fix: Switch to the keyboard of the language; `check --fix` writes the marks where letters stand on both sides.
    """
    script = _SCRIPTS.get(subject.language.script)
    if not script or not subject.texts.characters & script.marks.keys():
        return
    for passage, match in subject.search(script.pattern):
        marks = "".join(script.marks[each] for each in match["mark"])
        place = Passage(passage.cue, passage.line, passage.end - match.end() + match.start("mark"), passage.end)
        yield Breach(
            passage=place,
            message=f"“{match['mark'][:5]}” is a Latin mark: write “{marks[:5]}”",
            fix=replacing(subject.track, place, marks, is_safe=match["sure"] is not None),
        )


RULES = (latin_punctuation,)
