"""Check that words, marks and addresses are set apart by the spaces that belong there, and by nothing else."""

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

_NO_BREAK = "\u00a0\u202f"

#: Tabs and the spaces of typesetters; U+2009 is left out: it parts the digits of a number.
_ODD_SPACES = "\t\u1680\u2000-\u2008\u200a\u205f\u3000"

# A run is only looked at from its first space on, so that a line of a million spaces is read once.
_INNER = re.compile(rf"(?<=\S)(?:[^\S\n]{{2,}}|[{_ODD_SPACES}])(?=\S)")

_OUTER = re.compile(r"^[^\S\n]+|(?<![^\S\n])[^\S\n]+$", re.MULTILINE)

#: Chinese, Japanese and Korean signs and their marks, but no Latin letter or digit in full width.
_SQUARE = re.compile("[\u2e80-\ud7af\uf900-\ufaff\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uffdc]")

_ODD = re.compile(f"[{_ODD_SPACES}]")

_MARKS = ".,:;!?،؛؟"

_CLOSING = r"\"”’“»\]"

_BEFORE = re.compile(
    rf"(?<=[^\s.,:!?…،؛؟(\[{{«“„‘¿¡\"'\-–—])[^\S\n]+"
    rf"(?:(?=(?:[,!?،؛؟]+|\.)(?:[\s{_CLOSING})]|$)|[:;](?:[\s{_CLOSING}]|$))|(?P<comma>,)(?=[^\W\d_]))",
    re.MULTILINE,
)

_UNSPACED = re.compile(r"[.:,;!?،؛؟](?<=[^\W\d_].)(?=[^\W\d_])")

#: How far an address can reach to each side of a mark, to look for what shows that it is one.
_REACH = 60

_ADDRESS_SIGNS = ("@", "/", "\\", "&", "_", "www.")

_SPACED_ADDRESS = re.compile(
    r"\bhttps?:(?:[^\S\n]+/[^\S\n]*/|/[^\S\n]+/|//(?=[^\S\n]))[^\S\n]*(?=[a-z0-9])"
    r"|\bwww(?:[^\S\n]+\.[^\S\n]*|\.[^\S\n]+)(?=[a-z0-9-]{1,63}\.[a-z])"
    r"|\bwww\.[a-z0-9-]{1,63}(?:[^\S\n]+\.[^\S\n]*|\.[^\S\n]+)(?:be|com|eu|info|net|org)\b"
    r"|(?<=[a-z0-9])@[^\S\n]+(?=[a-z0-9-]{1,63}\.[a-z]{2})"
)


@track_rule(code="SPC001", name="double-space", severity=Severity.WARNING)
def double_space(subject: TrackSubject) -> Iterator[Breach]:
    """There is more than one space between two words.

    Why: The hole in the row catches the eye, and the row counts as longer than it is.

    Limit: One space. A no-break space counts as one. In Chinese this rule looks at Latin words only.

    Source: Netflix and TED ask for it; any spelling checker does.

    Example:

        1
        00:00:10,000 --> 00:00:13,000
        You can ask  for help.

    Fix: Leave one space; `check --fix` does.
    """
    if not _has_pair(subject, _spaces(subject), _spaces(subject)):
        return
    for passage, _ in subject.search(_INNER):
        if not _ODD.search(passage.text) and not _is_between_square_signs(passage):
            yield _one_space(subject, passage, f"{len(passage.text)} spaces where one belongs")


@track_rule(code="SPC002", name="outer-space", severity=Severity.INFO)
def outer_space(subject: TrackSubject) -> Iterator[Breach]:
    """A row begins or ends with a space.

    Why: Some players centre the row together with the space, which then stands a little beside the middle.

    Limit: None at either end.

    Source: Netflix Timed Text Style Guide. Most players do not mind, so it is a matter of style.

    Example: the row "It is free. " with a space after the full stop.

    Fix: Delete the space; `check --fix` does.
    """
    if not _has_pair(subject, _spaces(subject), "\n") and not _has_pair(subject, "\n", _spaces(subject)):
        return
    for passage, _ in subject.search(_OUTER):
        where = "ends" if passage.start else "begins"
        fix = replacing(subject.track, passage, "")
        yield Breach(passage=passage, message=f"the row {where} with a space", fix=fix)


@track_rule(code="SPC003", name="odd-space", severity=Severity.WARNING)
def odd_space(subject: TrackSubject) -> Iterator[Breach]:
    """A tab or a typesetter's space stands where an ordinary space belongs.

    Why: Few fonts have these spaces. Players show a box, a wide hole, or nothing at all: then two words become one.

    Limit: Ordinary, no-break, narrow no-break and thin spaces; in Chinese, another rule checks the ideographic space.

    Source: Proposal of this project.

    Example: a tab between two words, copied with the text from a spreadsheet.

    Fix: Write an ordinary space; `check --fix` does.
    """
    if not _ODD.search(subject.texts.text):
        return
    for passage, _ in subject.search(_INNER):
        odd = _ODD.search(passage.text)
        if odd and not _is_between_square_signs(passage):
            yield _one_space(subject, passage, f"the space U+{ord(odd[0]):04X} stands in the place of an ordinary one")


@track_rule(code="SPC004", name="space-before-punctuation", severity=Severity.WARNING)
def space_before_punctuation(subject: TrackSubject) -> Iterator[Breach]:
    """There is a space before a punctuation mark that belongs to the word before it.

    Why: If the text is broken at this space, the mark begins the next row alone.

    Limit: None before `, . : ; ! ?` and their Arabic forms. In French a space before `: ; ! ?` is right, and only `, .`
    are checked. Chinese and other scripts without spaces are not checked.

    Source: The orthography of each language; Netflix Timed Text Style Guide.

    Example:

        1
        00:00:10,000 --> 00:00:13,000
        Are you alone ?

    Fix: Delete the space; `check --fix` does.
    """
    if not subject.language.breaks_at_spaces:
        return
    if not _has_pair(subject, _spaces(subject), _MARKS):
        return
    spaced_marks = subject.language.punctuation.spaced_marks
    for passage, match in subject.search(_BEFORE):
        line = passage.cue.lines[passage.line]
        mark = match["comma"] or line[passage.end]
        is_ratio = (
            mark == ":" and line[passage.start - 1].isdigit() and line[passage.end + 2 : passage.end + 3].isdigit()
        )
        is_new = mark != line[passage.start - 1]
        if is_new and not is_ratio and mark not in spaced_marks:
            fix = replacing(subject.track, passage, ", " if match["comma"] else "")
            message, chances = f"a space stands before “{mark}”", subject.texts.count(mark)
            yield Breach(passage=passage, message=message, fix=fix, chances=chances)


@track_rule(code="SPC005", name="missing-space", severity=Severity.WARNING)
def missing_space(subject: TrackSubject) -> Iterator[Breach]:
    """Two words are joined by a punctuation mark without a space after it.

    Why: Readers take the two words for one, above all if the language is new to them.

    Limit: A space after `, ; ! ?` (and their Arabic forms) between two letters. Also after `.` and `:` between a small
    letter and a capital or, in Arabic script, between two words of three letters. Addresses are skipped, and so are
    scripts without spaces, the colon in German ("Schüler:Innen"), and lists of single letters as in mathematics:
    "(a,c)".

    Source: The orthography of each language.

    Example:

        1
        00:00:10,000 --> 00:00:13,000
        It is free,and it is yours.

    Fix: Put the space in. The mark may also be one too many, so only `check --fix --unsafe-fixes` does it for you.
    """
    if not subject.language.breaks_at_spaces:
        return
    for passage, match in subject.search(_UNSPACED):
        if _joins_words(passage, has_colon_in_words=subject.language.punctuation.has_colon_in_words):
            fix = replacing(subject.track, passage, f"{match[0]} ", is_safe=False)
            yield Breach(passage=passage, message=f"no space follows “{match[0]}”", fix=fix)


@track_rule(code="SPC006", name="spaced-address", severity=Severity.WARNING)
def spaced_address(subject: TrackSubject) -> Iterator[Breach]:
    """There is a space inside a web or mail address.

    Why: A reader who types or taps the address gets nowhere.

    Limit: None between the parts of `https://www.example.be` and after the `@` of a mail address.

    Source: RFC 3986: an address holds no space.

    Example:

        1
        00:00:10,000 --> 00:00:14,000
        Look at www. childfocus.be today.

    Fix: Delete the space; `check --fix` does.
    """
    text = subject.texts.text
    if not ("www" in text or "http" in text or "@" in text):
        return
    for passage, match in subject.search(_SPACED_ADDRESS):
        fix = replacing(subject.track, passage, "".join(match[0].split()))
        yield Breach(passage=passage, message="a space stands inside of an address", fix=fix)


def _spaces(subject: TrackSubject) -> str:
    """List the kinds of space that occur in the text."""
    return "".join(each for each in subject.texts.characters if each.isspace() and each != "\n")


def _has_pair(subject: TrackSubject, first: str, second: str) -> bool:
    """Tell whether one of some characters stands before one of others: looking for pairs is fast, for patterns slow.

    The text is taken as standing between two line ends.
    """
    text, there = f"\n{subject.texts.text}\n", subject.texts.characters | {"\n"}
    return any(one + other in text for one in there.intersection(first) for other in there.intersection(second))


def _one_space(subject: TrackSubject, passage: Passage, message: str) -> Breach:
    """Leave one space of several: one that keeps a line from breaking, if there is any."""
    return Breach(passage=passage, message=message, fix=replacing(subject.track, passage, space_of(passage.text)))


def space_of(run: str) -> str:
    """Choose the one space that is left of a run: one that keeps a line from breaking, if there is any."""
    return next((each for each in run if each in _NO_BREAK), " ")


def _is_between_square_signs(passage: Passage) -> bool:
    line = passage.cue.lines[passage.line]
    return bool(_SQUARE.match(line[passage.start - 1]) and _SQUARE.match(line[passage.end]))


def _joins_words(passage: Passage, *, has_colon_in_words: bool) -> bool:
    line, mark = passage.cue.lines[passage.line], passage.text
    before = line[max(0, passage.start - _REACH) : passage.start].rpartition(" ")[2]
    after = line[passage.end : passage.end + _REACH].partition(" ")[0]
    if any(sign in before + mark + after for sign in _ADDRESS_SIGNS):
        return False
    if mark not in ".:":
        return not _is_lone_letter(before[::-1]) or not _is_lone_letter(after)
    if "." in before + after or (mark == ":" and has_colon_in_words):
        return False
    if before[-1].isupper() or before[-1].islower():
        return before[-2:].islower() and before[-2:-1].isalpha() and after[0].isupper()
    return _is_word(before[-3:]) and _is_word(after[:3]) and not after[0].isupper()


def _is_lone_letter(text: str) -> bool:
    """Tell whether a text begins with a letter that no other one follows."""
    return text[:1].isalpha() and not text[1:2].isalpha()


def _is_word(letters: str) -> bool:
    return len(letters) == 3 and all(alphabet_of(each) == "ARABIC" for each in letters)  # noqa: PLR2004 - shorter ones are abbreviations


def alphabet_of(character: str) -> str:
    """Name the alphabet of a letter; empty for everything else."""
    return unicodedata.name(character, "").partition(" ")[0] if character.isalpha() else ""


RULES = (
    double_space,
    outer_space,
    odd_space,
    space_before_punctuation,
    missing_space,
    spaced_address,
)
