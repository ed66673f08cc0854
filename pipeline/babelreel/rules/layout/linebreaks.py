"""Check that every line is broken where the sentence allows it, and into lines of similar length."""

from __future__ import annotations

from collections.abc import Iterator

from babelreel.model.finding import Fix, Severity
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.rule import Purpose, limits, track_rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.layout.better_break import Pair, Repairer
from babelreel.rules.layout.torn_phrases import ends_sentence
from babelreel.timedtext.burnin.layout import SPEAKER_DASHES


@track_rule(code="LBR001", name="torn-phrase", severity=Severity.INFO, purpose=Purpose.BREAKS)
def torn_phrase(subject: TrackSubject) -> Iterator[Breach]:
    """A row ends with an article, a possessive or a preposition that belongs to the next row.

    Why: Such a word means nothing until the eye has found the next row. Words that belong together are easier to read
    in one row.

    Limit: Articles, possessives and prepositions of Albanian, Arabic, Bulgarian, Dutch, English, French, German,
    Nigerian Pidgin, Pashto, Persian, Romanian and Vietnamese. Words that may also end a phrase ("come in") are reported
    only before an article or a similar word.

    Source: Netflix Timed Text Style Guide, "Line Treatment": break before prepositions, and separate no noun from its
    article; TED: split no linguistic unit. The lists of words are closed classes of each language, in the choice of
    this project.

    Example:

        4
        00:00:10,000 --> 00:00:16,000
        You have the right to live in a
        house with other boys and girls.

    Fix: Begin the new row with the article or the preposition. The fix breaks at the nearest place that keeps phrases
    whole and both rows within their limits.
    """
    repairer = Repairer(subject)
    for pair in _pairs(subject):
        word = repairer.neighbours.torn_phrase(pair.above, pair.below)
        if word:
            yield _torn(repairer, pair, word, f"do not end this row with “{word}”: it belongs to the next row")


@track_rule(code="LBR002", name="torn-name", severity=Severity.INFO, purpose=Purpose.BREAKS)
def torn_name(subject: TrackSubject) -> Iterator[Breach]:
    """A name begins in one row and ends in the next one.

    Why: A child who does not know the name takes it for two things, and cannot find it when asking for help.

    Limit: Two words with a capital letter inside a sentence, in languages whose nouns have none; in Arabic and Chinese
    text, two Latin words with a capital letter.

    Source: Netflix Timed Text Style Guide, "Line Treatment": a line break should not separate a first from a last name.

    Example:

        4
        00:00:10,000 --> 00:00:16,000
        If a child is missing, call Child
        Focus, by day and by night.

    Fix: Put the whole name in one row; the fix breaks at the nearest place that keeps phrases whole.
    """
    repairer = Repairer(subject)
    for pair in _pairs(subject):
        name = repairer.neighbours.torn_name(pair.above, pair.below)
        if name:
            yield _torn(repairer, pair, name, f"the name that begins with “{name}” goes on in the next row")


@track_rule(code="LBR003", name="torn-number", severity=Severity.WARNING, purpose=Purpose.BREAKS)
def torn_number(subject: TrackSubject) -> Iterator[Breach]:
    """A number, or a number and its unit, is split over two rows.

    Why: Half a telephone number is a wrong number. A child who dials it reaches nobody, or somebody else.

    Limit: No row ends with a digit if the next one begins with a digit or a unit: years, hours, euro, %.

    Source: TED's "How to break lines": split no linguistic unit. That it is a warning is the proposal of this project.

    Example:

        4
        00:00:10,000 --> 00:00:16,000
        By day and by night you can call 116
        000 for help.

    Fix: Put the whole number and its unit in one row; the fix breaks at the nearest place that keeps phrases whole.
    """
    repairer = Repairer(subject)
    for pair in _pairs(subject):
        number = repairer.neighbours.torn_number(pair.above, pair.below)
        if number:
            yield _torn(repairer, pair, number, f"“{number}” goes on in the next row")


@track_rule(code="LBR004", name="stray-sign", severity=Severity.WARNING, purpose=Purpose.BREAKS)
def stray_sign(subject: TrackSubject) -> Iterator[Breach]:
    """A row begins with a closing mark, such as a comma, or ends with an opening one.

    Why: The mark belongs to the words in the other row. Here it looks like a mistake, and in Chinese it is one.

    Limit: No row after the first begins with a comma, a question mark, a closing bracket or the like; none before the
    last ends with an opening bracket or quote. For text from right to left, see the rules for direction (DIR).

    Source: W3C, "Requirements for Chinese Text Layout", on what may not begin or end a row; for the other languages it
    is the proposal of this project.

    Example (in zh-Hans.srt):

        4
        00:00:10,000 --> 00:00:16,000
        你的监护人会帮助你学习
        ，他也会帮你办理证件。

    Fix: Put the mark in the row of the words that it belongs to.
    """
    repairer = Repairer(subject)
    for pair in _pairs(subject):
        early, late = repairer.neighbours.early_sign(pair.below), repairer.neighbours.late_sign(pair.above)
        if early or late:
            yield Breach(
                passage=pair.begin_of_below(1) if early else pair.end_of_above(1),
                message=f"a row begins with “{early}”" if early else f"a row ends with “{late}”",
                fix=repairer.better_break(pair) if repairer.is_chinese else None,
            )


@track_rule(code="LBR005", name="needless-break", severity=Severity.INFO, limit=limits("cpl"), purpose=Purpose.BREAKS)
def needless_break(subject: TrackSubject) -> Iterator[Breach]:
    """A text takes more rows than it needs.

    Why: One row is read at one glance and hides less of the picture.

    Limit: The text fits in one row, by its characters and by its width in the picture, if that is known. A break is
    right at the end of a sentence, and where somebody else begins to speak.

    Source: Netflix Timed Text Style Guide, "Line Treatment": text should be kept to one row unless it is too long. That
    the end of a sentence is worth a break is the proposal of this project, after the BBC's guidelines.

    Example:

        4
        00:00:10,000 --> 00:00:14,000
        You have the right
        to ask questions.

    Fix: Put it in one row; the fix does so.
    """
    repairer = Repairer(subject)
    for pair in _pairs(subject):
        if len(pair.cue.lines) == _TWO and repairer.is_needless(pair) and not repairer.tears(pair):
            yield Breach(
                cue=pair.cue,
                message="the text fits in one row",
                measured=f"{repairer.halves(repairer.joined(pair)) // 2} characters",
                limit=subject.profile.show("cpl"),
                fix=repairer.join(pair),
            )


@track_rule(
    code="LBR006",
    name="widowed-word",
    severity=Severity.INFO,
    limit=limits("balance_percent", "cpl"),
    purpose=Purpose.BREAKS,
)
def widowed_word(subject: TrackSubject) -> Iterator[Breach]:
    """A word stands alone in a row, and another break would avoid that.

    Why: The eye goes all the way back for one word. It is easily missed, and it may be the word "not".

    Limit: One word alone in a row, less than half as long as the other row, if another break would be better. A
    sentence of one word may stand alone.

    Source: TED's guide for subtitles: no row under half of the other; the word alone is our case of it.

    Example:

        4
        00:00:10,000 --> 00:00:16,000
        Your guardian never tells your teachers
        anything.

    Fix: Break earlier or later, so that the rows are of similar length. The fix takes the nearest good place.
    """
    for pair, fix, percent in _unbalanced(subject):
        if pair.has_word_alone:
            yield _uneven(subject, pair, fix, percent, "a word stands alone in its row")


@track_rule(
    code="LBR007",
    name="unbalanced-lines",
    severity=Severity.INFO,
    limit=limits("balance_percent", "cpl"),
    purpose=Purpose.BREAKS,
)
def unbalanced_lines(subject: TrackSubject) -> Iterator[Breach]:
    """One of the two rows of a line is much shorter than the other one.

    Why: On a long way back, the eye easily misses the beginning of the next row.

    Limit: The length of the shorter row in percent of the longer one. It is reported only if another break would be
    better, keep phrases whole, and leave both rows within their limits. If a sentence ends or somebody else speaks at
    the break, the rows may have any length. A word alone in a row is left to widowed-word.

    Source: TED's guide for subtitles: no row under half of the other.

    Example:

        4
        00:00:10,000 --> 00:00:16,000
        You can go
        to school like all the other children.

    Fix: Break so that the rows have a similar length; the lower one may be longer. The fix breaks at the nearest good
    place.
    """
    for pair, fix, percent in _unbalanced(subject):
        if not pair.has_word_alone:
            yield _uneven(subject, pair, fix, percent, "the rows have very different lengths")


_TWO = 2
#: A cue of more lines has another fault (RDG005), and lists whole pages of them.
_MANY = 8


def _pairs(subject: TrackSubject) -> Iterator[Pair]:
    """Yield every two neighbouring lines that one voice speaks."""
    for cue in subject.track.cues:
        if 1 < len(cue.lines) <= _MANY:
            lines = cue.lines
            for line in range(len(lines) - 1):
                above, below = lines[line], lines[line + 1]
                if above and below and not below.startswith(SPEAKER_DASHES):
                    yield Pair(cue, line, above, below)


def _torn(repairer: Repairer, pair: Pair, what: str, message: str) -> Breach:
    return Breach(passage=pair.end_of_above(len(what)), message=message, fix=repairer.repair(pair))


def _unbalanced(subject: TrackSubject) -> Iterator[tuple[Pair, Fix | None, int]]:
    """Yield the cues of two lines which another break would balance; torn ones are reported as that."""
    repairer = Repairer(subject)
    for pair in _pairs(subject):
        if len(pair.cue.lines) != _TWO or ends_sentence(pair.above) or repairer.is_balanced(pair.above, pair.below):
            continue
        if repairer.is_needless(pair) or repairer.tears(pair) or not repairer.better_place(pair):
            continue
        yield pair, repairer.better_break(pair), repairer.percent(pair.above, pair.below)


def _uneven(subject: TrackSubject, pair: Pair, fix: Fix | None, percent: int, message: str) -> Breach:
    return Breach(
        cue=pair.cue,
        message=message,
        measured=f"{percent} percent",
        limit=subject.profile.show("balance_percent"),
        fix=fix,
    )


RULES = (torn_phrase, torn_name, torn_number, stray_sign, needless_break, widowed_word, unbalanced_lines)
