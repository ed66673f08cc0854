"""Check that right-to-left text stands in the picture in its reading order.

Nothing here turns text round: a "repair" of that kind has ruined files that were right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from babelreel.model.finding import Edit, Fix, Severity
from babelreel.model.track import Cue
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.edits import replacing
from babelreel.rules.base.passage import Passage
from babelreel.rules.base.rule import Purpose, Rule, track_rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.direction.visual_order import SURE_RATIO, SURE_WORDS, backward_cues, count_signs
from babelreel.timedtext.direction.isolates import RIGHT_TO_LEFT_MARK

#: Letters of the scripts that run from right to left, for a character class.
_LETTERS = (
    "\u05d0-\u05f2\u0620-\u064a\u066e-\u06d3\u06fa-\u08c7\ufb1d-\ufdfb\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001efff"
)
_CONTROLS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
#: Behind a sentence, in a line that begins with none.
_TRAILING_DASH = re.compile(r"^(?![-–—]).*[.!?…؟۔]\s?([-–—])$", re.MULTILINE)

_LEADING_MARK = re.compile(
    rf"^[^\S\n]*(?:[-\u2013\u2014][^\S\n]*)?[{_CONTROLS}]*(?P<mark>[.\u2026,\u060c?\u061f!:;\u061b]{{1,3}})"
    rf"(?P<space>[^\S\n]*)(?=[{_CONTROLS}]*[{_LETTERS}]|(?<=[?\u061f!:;\u061b])[{_CONTROLS}]*\d)",
    re.MULTILINE,
)
_ENDS_OPEN = re.compile(r"[^\W_]\s*$")
#: A left-to-right letter (or mark) that comes before all that decides for right to left, and a letter that runs so.
_LATIN_FIRST = re.compile(
    rf"^[^A-Za-z\u00c0-\u024f\u0370-\u052f{_LETTERS}\u061c\u200e\u200f\u202b\u202e\u2066-\u2068\n]*"
    rf"([A-Za-z\u00c0-\u024f\u0370-\u052f\u200e])[^{_LETTERS}\n]*[{_LETTERS}]",
    re.MULTILINE,
)
_BRACKET = re.compile(r"(?<![:;])[()\[\]\u00ab\u00bb\u2039\u203a]")
_CLOSING_FIRST = re.compile(
    r"^[^()\[\]\u00ab\u00bb\u2039\u203a\n]*[)\]\u00bb\u203a][^(\[\u00ab\u2039\n]*[(\[\u00ab\u2039]", re.MULTILINE
)
_PAIRS = {"(": ")", "[": "]", "\u00ab": "\u00bb", "\u2039": "\u203a"}
_MIRROR = str.maketrans("()[]\u00ab\u00bb\u2039\u203a", ")(][\u00bb\u00ab\u203a\u2039")


@track_rule(code="DIR001", name="visual-order", severity=Severity.ERROR)
def visual_order(subject: TrackSubject) -> Iterator[Breach]:
    """The text is stored backwards: in the order in which it looks, and not in the order in which it is read.

    Why: Old programs and PDF files keep right-to-left text the way it looks. Today's players turn it round once more.
    Then each word is spelt backwards on the screen, and nobody can read it.

    Limit: Some letters never begin a word (ة in Arabic, ې in Pashto, ں in Urdu, ם in Hebrew), and neither do vowel
    signs and final forms of letters. Also, very common words are looked for in reverse (زا for از). If at least 4 words
    show the wrong order, and 4 times as many as show the right one, the file is stored backwards: an error, reported
    once. Otherwise, a line with at least two such words, and none that shows the right order, is a warning. Only
    languages written from right to left are checked; the words of Arabic, Persian, Pashto, Urdu, Hebrew, Yiddish,
    Sorani and Uyghur are known.

    Source: The numbers are proposals of this project, tried on the Universal Declaration of Human Rights in these
    languages: as it is, one word in 4000 shows the wrong order; reversed row by row, over nine in ten do.

    Example: Where “في بلجيكا” should stand in ar.srt, the file holds “اكيجلب يف”.

    Fix: Export the text again, as UTF-8, from the program in which it was written. babelreel does not repair this,
    because such repairs have reversed files that were right. Look closely at numbers: they may not be backwards.
    """
    if not subject.language.is_rtl:
        return
    signs = count_signs(subject)
    words = signs.forward + signs.backward
    if signs.are_backward:
        yield Breach(
            message="the text is stored backwards (in visual order): each word would be seen spelt backwards",
            measured=f"{signs.backward} of {words} words",
            limit=f"under {SURE_WORDS} words, or under {SURE_RATIO} for each in reading order",
        )
    elif signs.backward:
        for passage, count in backward_cues(subject):
            yield Breach(
                passage=passage,
                message="this line seems to be stored backwards (in visual order)",
                measured=f"{count} words",
                severity=Severity.WARNING,
            )


@track_rule(code="DIR002", name="punctuation-at-wrong-end", severity=Severity.WARNING, purpose=Purpose.ORDER)
def punctuation_at_wrong_end(subject: TrackSubject) -> Iterator[Breach]:
    """A row of right-to-left text begins with the mark that belongs at its end.

    Why: An editor that writes from left to right shows the full stop at the end on the wrong side. If you move it to
    where it looks right, it is stored before the first word, and all players show it there.

    Limit: A row does not begin with a full stop, comma, colon, semicolon, question or exclamation mark before a word.
    Three dots may continue a sentence: they count only in a file where other marks stand at the wrong end.

    Source: The writing rules of these languages; Subtitle Edit has a command for this fault.

    Example (in ar.srt):

        4
        00:00:10,000 --> 00:00:12,000
        .المترجم مجاني

    Fix: Put the mark after the last word of the row, whatever side the editor shows it on.
    """
    if not subject.language.is_rtl or count_signs(subject).are_backward:
        return
    found = list(subject.search(_LEADING_MARK))
    if all(_is_ellipsis(match["mark"]) for _, match in found):
        return
    for passage, match in found:
        mark = match["mark"]
        place = Passage(passage.cue, passage.line, passage.start + match.start("mark") - match.start(), passage.end)
        yield Breach(
            passage=place._replace(end=place.start + len(mark)),
            message=f"the row begins with “{mark}”, which belongs after its last word",
            fix=_moved_mark(subject, place, mark, match["space"]),
        )


def _is_ellipsis(mark: str) -> bool:
    return mark == "\u2026" or (len(mark) > 1 and not mark.strip("."))


def _moved_mark(subject: TrackSubject, place: Passage, mark: str, space: str) -> Fix | None:
    """Put the mark at the end; not where it may belong to the line before, or where something else ends the line."""
    line = place.cue.lines[place.line]
    has_other_controls = re.search(f"[{_CONTROLS}]", line.replace(RIGHT_TO_LEFT_MARK, ""))
    if (place.line and space) or not _ENDS_OPEN.search(line) or has_other_controls:
        return None
    rest = line[place.start + len(mark) + len(space) :]
    text = rest.rstrip()
    whole = place._replace(end=len(line))
    return replacing(subject.track, whole, f"{text}{mark}{rest[len(text) :]}", is_safe=False)


@track_rule(code="DIR005", name="mirrored-brackets", severity=Severity.WARNING, purpose=Purpose.ORDER)
def mirrored_brackets(subject: TrackSubject) -> Iterator[Breach]:
    """The brackets or quotes of right-to-left text are stored the wrong way round.

    Why: The opening bracket must come first in reading order; players mirror it. If it is stored the way it looks in a
    left-to-right editor, it opens to the wrong side: “)like this(”.

    Limit: The brackets ( ), [ ], « » and ‹ › of a line do not match, but all of them match when each is mirrored.

    Source: Unicode Standard Annex 9, rule L4: brackets are mirrored when shown.

    Example: a line of fa.srt reads “»سلام«”, where “«سلام»” is meant.

    Fix: Put ( or « before the first word in brackets, in reading order, whatever side the editor shows it on.
    """
    if not subject.language.is_rtl or count_signs(subject).are_backward:
        return
    seen: set[int] = set()
    for passage, _ in subject.search(_CLOSING_FIRST):
        cue = passage.cue
        if id(cue) not in seen and _are_mirrored(cue):
            seen.add(id(cue))
            places = [
                Passage(cue, line, *match.span())
                for line, text in enumerate(cue.lines)
                for match in _BRACKET.finditer(text)
            ]
            yield Breach(
                passage=places[0],
                message=f"the brackets are the wrong way round: “{places[0].text}” comes first, and closes",
                fix=_mirrored(subject, places),
            )


def _are_mirrored(cue: Cue) -> bool:
    brackets = "".join(_BRACKET.findall(cue.text))
    return not _do_pair(brackets) and _do_pair(brackets.translate(_MIRROR))


def _do_pair(brackets: str) -> bool:
    expected: list[str] = []
    for bracket in brackets:
        if bracket in _PAIRS:
            expected.append(_PAIRS[bracket])
        elif not expected or expected.pop() != bracket:
            return False
    return not expected


def _mirrored(subject: TrackSubject, places: list[Passage]) -> Fix | None:
    edits: list[Edit] = []
    for place in places:
        fix = replacing(subject.track, place, place.text.translate(_MIRROR), is_safe=False)
        if fix is None:
            return None
        edits.extend(fix.edits)
    return Fix(edits=tuple(edits), is_safe=False)


@track_rule(code="DIR006", name="latin-word-first", severity=Severity.INFO)
def latin_word_first(subject: TrackSubject) -> Iterator[Breach]:
    """A row of right-to-left text begins with a Latin word.

    Why: Some players take the direction of a row from its first letter. They show the words of such a row in the wrong
    order, and its full stop on the wrong side. babelreel's own films and pages are safe, but other players and editors
    that open this file are not.

    Limit: Only rows that hold letters of both directions, and no mark or isolate before the first.

    Source: Unicode Standard Annex 9, rules P2 and P3.

    Example (in ar.srt):

        4
        00:00:10,000 --> 00:00:13,000
        Child Focus تجيبك ليلًا ونهارًا.

    Fix: “check --fix” puts the invisible mark U+200F before the row. You may also begin the row with another word.
    """
    if not subject.language.is_rtl:
        return
    for passage, match in subject.search(_LATIN_FIRST):
        first = passage._replace(start=0, end=1)
        letter = match.start(1) - match.start()
        yield Breach(
            passage=passage._replace(start=letter, end=letter + 1),
            message="the row begins with a Latin word: players may show its parts in the wrong order",
            fix=replacing(subject.track, first, f"{RIGHT_TO_LEFT_MARK}{first.text}"),
        )


@track_rule(code="DIR011", name="dash-at-wrong-end", severity=Severity.WARNING, purpose=Purpose.ORDER)
def dash_at_wrong_end(subject: TrackSubject) -> Iterator[Breach]:
    """A row of right-to-left text ends with the dash of a speaker.

    Why: An editor that writes from left to right shows a dash at the end where the row begins. All players show it at
    the left end, where it marks nobody.

    Limit: A dash after the mark that ends a sentence, in a row that does not begin with one. A dash after a word may
    mark that somebody is interrupted.

    Source: The writing rules of these languages.

    Example (in ar.srt):

        4
        00:00:10,000 --> 00:00:16,000
        هل يمكنني أن أسأل المحامي سؤالًا؟ -
        نعم، يمكنك أن تسأله في كل وقت. -

    Fix: Put the dash before the first word of the row, whatever side the editor shows it on; `check --fix
    --unsafe-fixes` does.
    """
    if not subject.language.is_rtl or count_signs(subject).are_backward:
        return
    for passage, match in subject.search(_TRAILING_DASH):
        line = passage.cue.lines[passage.line]
        whole = passage._replace(start=0, end=len(line))
        yield Breach(
            passage=passage._replace(start=passage.end - 1),
            message=f"the row ends with “{match[1]}”, which belongs before its first word",
            fix=replacing(
                subject.track, whole, f"{match[1]} {line[: match.start(1) - match.start()].strip()}", is_safe=False
            ),
        )


RULES: tuple[Rule, ...] = (
    visual_order,
    punctuation_at_wrong_end,
    mirrored_brackets,
    latin_word_first,
    dash_at_wrong_end,
)
