"""Are the words, marks and addresses set apart by the spaces that belong there, and by nothing else?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from babelreel.model.finding import Fix, Severity
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

_UNSPACED = re.compile(r"(?<=[^\W\d_])[.:,;!?،؛؟](?=[^\W\d_])")

#: How far an address can reach to each side of a mark, to look for what shows that it is one.
_REACH = 60
_ADDRESS_SIGNS = ("@", "/", "\\", "&", "_", "www.")

_SPACED_ADDRESS = re.compile(
    r"\bhttps?:(?:[^\S\n]+/[^\S\n]*/|/[^\S\n]+/|//(?=[^\S\n]))[^\S\n]*(?=[a-z0-9])"
    r"|\bwww(?:[^\S\n]+\.[^\S\n]*|\.[^\S\n]+)(?=[a-z0-9-]{1,63}\.[a-z])"
    r"|\bwww\.[a-z0-9-]{1,63}(?:[^\S\n]+\.[^\S\n]*|\.[^\S\n]+)(?:be|com|eu|info|net|org)\b"
    r"|(?<=[a-z0-9])@[^\S\n]+(?=[a-z0-9-]{1,63}\.[a-z]{2})"
)

#: Soft hyphen, zero-width space, invisible operators, deprecated format characters, byte order mark.
_INVISIBLE = "\u00ad\u180e\u200b\u2061-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb"
#: Zero-width non-joiner and joiner: they shape letters in Arabic and Indic scripts, and do nothing in these.
_JOINERS = "\u200c\u200d"
_UNJOINED_SCRIPTS = frozenset({"Latn", "Cyrl", "Grek", "Hans", "Hant"})
#: Scripts without spaces, where a zero-width space tells where a line may break.
_BREAKING_SCRIPTS = frozenset({"Thai", "Laoo", "Khmr", "Mymr", "Jpan"})


#: None of these, nothing to search for; the ranges hold a few more.
_UNSEEN = frozenset(
    map(chr, (0xAD, 0x180E, 0x200B, 0x200C, 0x200D, *range(0x2061, 0x2070), 0xFEFF, *range(0xFFF9, 0xFFFC)))
)


def _invisible(characters: str, joiners: str = "") -> re.Pattern[str]:
    """Find these characters with the spaces at their sides; joiners only behind a letter: they also build emoji."""
    first = rf"[{characters}]" + (rf"|(?<=[^\W\d_])[{joiners}]" if joiners else "")
    return re.compile(rf"(?<![^\S\n])[^\S\n]*(?:{first})(?:[{characters}{joiners}]|[^\S\n])*")


_INVISIBLE_ANYWHERE = _invisible(_INVISIBLE)
_INVISIBLE_OR_JOINER = _invisible(_INVISIBLE, _JOINERS)
_INVISIBLE_BUT_BREAKS = _invisible(_INVISIBLE.replace("\u200b", ""))


@track_rule(code="SPC001", name="double-space", severity=Severity.WARNING)
def double_space(subject: TrackSubject) -> Iterator[Breach]:
    """Two words are set apart by more than one space.

    Why: The hole in the line catches the eye, and a line is counted longer than it is.

    Limit: One space. A no-break space counts as one. In Chinese this rule looks at Latin words only.

    Source: Netflix and TED ask for it; any spelling checker does.

    For example:

        1
        00:00:10,000 --> 00:00:13,000
        You can ask  for help.

    Mend: Leave one space; `check --fix` does.
    """
    if not _has_pair(subject, _spaces(subject), _spaces(subject)):
        return
    for passage, _ in subject.search(_INNER):
        if not _ODD.search(passage.text) and not _is_between_square_signs(passage):
            yield _one_space(subject, passage, f"{len(passage.text)} spaces where one belongs")


@track_rule(code="SPC002", name="outer-space", severity=Severity.INFO)
def outer_space(subject: TrackSubject) -> Iterator[Breach]:
    """A line begins or ends with a space.

    Why: Some players centre the line together with the space, which then stands a little beside the middle.

    Limit: None at either end.

    Source: Netflix Timed Text Style Guide; it does no harm to most players, so it is a matter of style.

    For example: the line "It is free. " with a space behind the full stop.

    Mend: Take the space away; `check --fix` does.
    """
    if not _has_pair(subject, _spaces(subject), "\n") and not _has_pair(subject, "\n", _spaces(subject)):
        return
    for passage, _ in subject.search(_OUTER):
        where = "ends" if passage.start else "begins"
        fix = replacing(subject.track, passage, "")
        yield Breach(passage=passage, message=f"the line {where} with a space", fix=fix)


@track_rule(code="SPC003", name="odd-space", severity=Severity.WARNING)
def odd_space(subject: TrackSubject) -> Iterator[Breach]:
    """A tab or a typesetter's space stands where an ordinary space belongs.

    Why: Few fonts have these spaces; players show a box, a wide hole or nothing at all, so that two words become one.

    Limit: Ordinary, no-break, narrow no-break and thin spaces; in Chinese the ideographic space is looked at by
    another rule.

    Source: Proposal of this project.

    For example: a tab between two words, as it comes along when text is copied from a spreadsheet.

    Mend: Write an ordinary space; `check --fix` does.
    """
    if not _ODD.search(subject.texts.text):
        return
    for passage, _ in subject.search(_INNER):
        odd = _ODD.search(passage.text)
        if odd and not _is_between_square_signs(passage):
            yield _one_space(subject, passage, f"the space U+{ord(odd[0]):04X} stands in the place of an ordinary one")


@track_rule(code="SPC004", name="space-before-punctuation", severity=Severity.WARNING)
def space_before_punctuation(subject: TrackSubject) -> Iterator[Breach]:
    """A space stands before a punctuation mark that belongs to the word before it.

    Why: Where the line breaks at this space, the mark begins the next line alone.

    Limit: None before `, . : ; ! ?` and their Arabic forms. In French a space before `: ; ! ?` is right, and only
    `, .` are looked at; in Chinese and other scripts without spaces nothing is.

    Source: The orthography of each language; Netflix Timed Text Style Guide.

    For example:

        1
        00:00:10,000 --> 00:00:13,000
        Are you alone ?

    Mend: Take the space away; `check --fix` does.
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
            yield Breach(passage=passage, message=f"a space stands before “{mark}”", fix=fix)


@track_rule(code="SPC005", name="missing-space", severity=Severity.WARNING)
def missing_space(subject: TrackSubject) -> Iterator[Breach]:
    """Two words are joined by a punctuation mark without a space behind it.

    Why: The two words are taken for one, above all by a reader to whom the language is new.

    Limit: A space behind `, ; ! ?` (and their Arabic forms) between two letters; behind `.` and `:` where a small
    letter goes before and a capital follows, or, in Arabic script, between two words of three letters. Addresses are
    passed by, and scripts without spaces, and the colon in German ("Schüler:Innen").

    Source: The orthography of each language.

    For example:

        1
        00:00:10,000 --> 00:00:13,000
        It is free,and it is yours.

    Mend: Put the space in. The mark may also be one too many, so only `check --fix --unsafe-fixes` does it for you.
    """
    if not subject.language.breaks_at_spaces:
        return
    for passage, match in subject.search(_UNSPACED):
        if _joins_words(passage, has_colon_in_words=subject.language.punctuation.has_colon_in_words):
            fix = replacing(subject.track, passage, f"{match[0]} ", is_safe=False)
            yield Breach(passage=passage, message=f"no space follows “{match[0]}”", fix=fix)


@track_rule(code="SPC006", name="spaced-address", severity=Severity.WARNING)
def spaced_address(subject: TrackSubject) -> Iterator[Breach]:
    """A space stands inside of a web or mail address.

    Why: Whoever types the address as it is shown, or taps on it, arrives nowhere.

    Limit: None between the parts of `https://www.example.be` and behind the `@` of a mail address.

    Source: RFC 3986: an address holds no space.

    For example:

        1
        00:00:10,000 --> 00:00:14,000
        Look at www. childfocus.be today.

    Mend: Take the space away; `check --fix` does.
    """
    text = subject.texts.text
    if not ("www" in text or "http" in text or "@" in text):
        return
    for passage, match in subject.search(_SPACED_ADDRESS):
        fix = replacing(subject.track, passage, "".join(match[0].split()))
        yield Breach(passage=passage, message="a space stands inside of an address", fix=fix)


@track_rule(code="SPC007", name="invisible-character", severity=Severity.WARNING)
def invisible_character(subject: TrackSubject) -> Iterator[Breach]:
    """A character that nobody sees stands in the text.

    Why: A soft hyphen is drawn as a hyphen by some players; a zero-width space cuts a word in two for search and
    for lines, and fonts without it show a box. They come along when text is copied from web pages.

    Limit: No soft hyphen, no byte order mark inside of a text, no zero-width space but in scripts without spaces, and
    no zero-width joiner or non-joiner in scripts that do not join letters (in Arabic script they are part of words).

    Source: Proposal of this project; The Unicode Standard tells what each of them is for.

    For example: "inter-preter", where the hyphen is a soft one (U+00AD).

    Mend: Take the character away; `check --fix` does between letters and spaces.
    """
    if not subject.texts.characters & _UNSEEN:
        return
    for passage, match in subject.search(_invisible_in(subject.language.script)):
        character = match[0].strip()[0]
        message = f"the invisible character U+{ord(character):04X} stands in the text"
        yield Breach(passage=passage, message=message, fix=_without(subject, passage))


def _spaces(subject: TrackSubject) -> str:
    """Give the kinds of space that occur in the text."""
    return "".join(each for each in subject.texts.characters if each.isspace() and each != "\n")


def _has_pair(subject: TrackSubject, first: str, second: str) -> bool:
    """Tell whether one of some characters stands before one of others: looking for pairs is fast, for patterns slow.

    The text is taken as standing between two line ends.
    """
    text, there = f"\n{subject.texts.text}\n", subject.texts.characters | {"\n"}
    return any(one + other in text for one in there.intersection(first) for other in there.intersection(second))


def _one_space(subject: TrackSubject, passage: Passage, message: str) -> Breach:
    """Leave one space of several: one that keeps a line from breaking, if there is any."""
    return Breach(passage=passage, message=message, fix=replacing(subject.track, passage, _space_of(passage.text)))


def _space_of(run: str) -> str:
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
        return True
    if "." in before + after or (mark == ":" and has_colon_in_words):
        return False
    if before[-1].isupper() or before[-1].islower():
        return before[-2:].islower() and before[-2:-1].isalpha() and after[0].isupper()
    return _is_word(before[-3:]) and _is_word(after[:3]) and not after[0].isupper()


def _is_word(letters: str) -> bool:
    return len(letters) == 3 and all(_alphabet(each) == "ARABIC" for each in letters)  # noqa: PLR2004 - shorter ones are abbreviations


def _alphabet(character: str) -> str:
    """Name the alphabet of a letter; empty for everything else."""
    return unicodedata.name(character, "").partition(" ")[0] if character.isalpha() else ""


def _invisible_in(script: str) -> re.Pattern[str]:
    if script in _UNJOINED_SCRIPTS:
        return _INVISIBLE_OR_JOINER
    return _INVISIBLE_BUT_BREAKS if script in _BREAKING_SCRIPTS else _INVISIBLE_ANYWHERE


def _without(subject: TrackSubject, passage: Passage) -> Fix | None:
    """Leave nothing, or one space where there was any; beside other signs the character may part what must not meet."""
    line = passage.cue.lines[passage.line]
    sides = line[max(0, passage.start - 1) : passage.start] + line[passage.end : passage.end + 1]
    is_outer = passage.start == 0 or passage.end == len(line)
    left = _space_of(passage.text) if any(each.isspace() for each in passage.text) and not is_outer else ""
    is_safe = all(map(str.isalnum, sides)) and len({_alphabet(each) for each in sides}) <= 1
    return replacing(subject.track, passage, left, is_safe=is_safe)


RULES = (
    double_space,
    outer_space,
    odd_space,
    space_before_punctuation,
    missing_space,
    spaced_address,
    invisible_character,
)
