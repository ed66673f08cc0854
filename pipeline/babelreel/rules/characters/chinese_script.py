"""Check that Chinese characters are set without spaces, and Latin letters half-width."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from babelreel.model.finding import Severity
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.edits import replacing
from babelreel.rules.base.passage import Passage
from babelreel.rules.base.rule import track_rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.characters.ranges import FULL_WIDTH, HAN

_BETWEEN_HAN = re.compile(rf"(?<=[{HAN}{FULL_WIDTH}])[^\S\n]+(?=[{HAN}{FULL_WIDTH}])")

_MARK = re.compile(f"[{FULL_WIDTH}]")

_CLAUSE_ENDS = "，。"

_WIDE_LATIN = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+")


@track_rule(code="SCR006", name="space-in-chinese", severity=Severity.WARNING)
def space_in_chinese(subject: TrackSubject) -> Iterator[Breach]:
    """A space stands between two Chinese characters.

    Why: Chinese is written without spaces; a hole makes two sentences, or two words, of one.

    Limit: None between Chinese characters or full-width marks. Spaces beside Latin words and digits are right. They are
    also right in a file that separates its clauses by spaces, as many subtitles do: a file with more spaces than commas
    and full stops.

    Source: Netflix Timed Text Style Guide, Simplified Chinese; W3C, "Requirements for Chinese Text Layout".

    Example (in zh-Hans.srt):

        1
        00:00:10,000 --> 00:00:14,000
        律师是免费的。 他帮你。

    Fix: Delete the space, or write the mark that it stands for. `check --fix` deletes it beside a mark; between two
    characters a comma may be meant, which only a person can decide.
    """
    if subject.language.script not in {"Hans", "Hant"}:
        return
    passages = [passage for passage, _ in subject.search(_BETWEEN_HAN)]
    beside_marks = [_is_beside_mark(passage) for passage in passages]
    parts_clauses = beside_marks.count(False) > sum(map(subject.texts.count, _CLAUSE_ENDS))
    for passage, is_plain in zip(passages, beside_marks, strict=True):
        if is_plain or not parts_clauses:
            fix = replacing(subject.track, passage, "") if is_plain else None
            yield Breach(passage=passage, message="a space stands between Chinese characters", fix=fix)


def _is_beside_mark(passage: Passage) -> bool:
    line = passage.cue.lines[passage.line]
    return bool(_MARK.match(line[passage.start - 1]) or _MARK.match(line[passage.end]))


@track_rule(code="SCR007", name="full-width-latin", severity=Severity.INFO)
def full_width_latin(subject: TrackSubject) -> Iterator[Breach]:
    """A Latin letter or a digit is written in its full-width form.

    Why: It is as wide as a Chinese character, fills the row sooner, and phones do not dial it.

    Limit: None in Chinese.

    Source: Netflix Timed Text Style Guide, Simplified Chinese: half-width numbers.

    Example (in zh-Hans.srt):

        1
        00:00:10,000 --> 00:00:13,000
        请打１１２。

    Fix: Write ordinary letters and digits; `check --fix` does.
    """
    if subject.language.script not in {"Hans", "Hant"}:
        return
    for passage, match in subject.search(_WIDE_LATIN):
        plain = unicodedata.normalize("NFKC", match[0])
        fix = replacing(subject.track, passage, plain)
        yield Breach(passage=passage, message=f"“{match[0][:10]}” is full-width: write “{plain[:10]}”", fix=fix)


RULES = (
    space_in_chinese,
    full_width_latin,
)
