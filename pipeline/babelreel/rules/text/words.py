"""Check that words are whole, and not shouted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from babelreel.model.finding import Severity
from babelreel.model.track import Cue
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.rule import track_rule
from babelreel.rules.base.subject import TrackSubject

_CUT_WORD = re.compile(r"(?<=[^\W\d_]{2})[-‐](?=\n[^\W\d_]{4})")

#: Three short words of capitals may be a name or a sign: less is no shouting.
_SHOUTED_WORDS = 3

_SHOUTED_LETTERS = 12


@track_rule(code="TXT003", name="cut-word", severity=Severity.WARNING)
def cut_word(subject: TrackSubject) -> Iterator[Breach]:
    """A hyphen cuts a word at the end of a row.

    Why: Readers of a second language read word by word; half a word means nothing to them. If a player or a phone
    breaks the rows elsewhere, the hyphen stays in the middle of a row.

    Limit: No word goes on in the next row. Shortened compounds ("Vor- und Nachteile") are skipped, and so is a next row
    that begins with fewer than four letters.

    Source: BBC and Netflix: words are not divided.

    Example:

        1
        00:00:10,000 --> 00:00:14,000
        You can ask for an inter-
        preter, and it is free.

    Fix: Write the whole word in one of the two rows.
    """
    if "-\n" not in subject.texts.text and "‐\n" not in subject.texts.text:
        return
    after_hyphen = subject.language.phrases.after_hyphen
    for passage, _ in subject.search(_CUT_WORD):
        following = passage.cue.lines[passage.line + 1 : passage.line + 2]
        if following and following[0][0].islower() and _first_word(following[0]) not in after_hyphen:
            yield Breach(passage=passage, message="a hyphen cuts a word at the end of the row")


def _first_word(line: str) -> str:
    return line[:20].split(maxsplit=1)[0].strip(".,;:!?…").casefold()


@track_rule(code="TXT007", name="all-capitals", severity=Severity.INFO)
def all_capitals(subject: TrackSubject) -> Iterator[Breach]:
    """A whole line is written in capitals.

    Why: Capitals look like shouting and are read more slowly, since words lose their shapes.

    Limit: At least three words and twelve letters, all in capitals. A single line in a file is skipped, because Netflix
    writes signs and titles in the picture in capitals. If more than half of the lines are in capitals, the first one is
    reported for all.

    Source: BBC Subtitle Guidelines, "Capital letters"; the numbers are a proposal of this project.

    Example:

        1
        00:00:10,000 --> 00:00:14,000
        NOBODY MAY SEND YOU AWAY.

        2
        00:00:15,000 --> 00:00:18,000
        YOU ARE NOT ALONE.

    Fix: Write it like the rest of the text, unless it is written like this in the picture.
    """
    cues = subject.track.cues
    shouted = [cue for cue in cues if _is_shouted(cue)]
    if len(shouted) > max(1, len(cues) // 2):
        yield Breach(cue=shouted[0], message=f"{len(shouted)} of {len(cues)} lines are written in capitals")
        return
    for cue in shouted if len(shouted) > 1 else ():
        yield Breach(cue=cue, message="the whole line is written in capitals")


def _is_shouted(cue: Cue) -> bool:
    text = cue.text
    return (
        text.isupper()
        and sum(len(word) > 1 and word.isupper() for word in text.split()) >= _SHOUTED_WORDS
        and sum(letter.isalpha() for letter in text) >= _SHOUTED_LETTERS
    )


RULES = (
    cut_word,
    all_capitals,
)
