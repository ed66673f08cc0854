"""Check that every letter of the file can be read without guessing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby, islice

from babelreel.model.counted import count
from babelreel.model.file_position import LINE_END
from babelreel.model.finding import Edit, Fix, Severity
from babelreel.model.track import FaultKind
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.cue_lines import cue_on_line
from babelreel.rules.base.reader_faults import fault_breaches
from babelreel.rules.base.rule import Purpose, track_rule
from babelreel.rules.base.subject import TrackSubject

_REPLACEMENT = re.compile("\ufffd")

_NULS = re.compile("\0+")

# All but tab, line ends and NUL; U+FEFF is a byte order mark in the wrong place, U+FFFE and U+FDD0 are no characters.
_CONTROLS = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufeff\ufffe\uffff]+")

# Half of a letter that was read in a wrong encoding, or a line end of other systems: what is right cannot be known.
_KEPT = re.compile("[\x0b\x0c\x80-\x9f\u2028\u2029]")

#: A file that is no text can have millions of them, of which nobody wants to see more.
_MOST = 10_000

_LINE_END_NAMES = {"\r\n": "CR LF", "\n": "LF", "\r": "CR"}


@track_rule(code="ENC001", name="legacy-encoding", severity=Severity.WARNING, purpose=Purpose.READING)
def legacy_encoding(subject: TrackSubject) -> Iterator[Breach]:
    """The file is not in UTF-8; it was read in another encoding.

    Why: Such files do not say in which encoding their bytes must be read. babelreel chooses one by the letters of the
    language. A player or an editor may choose another one, and show wrong letters.

    Limit: UTF-8.

    Source: The WebVTT recommendation allows nothing else; for SubRip it is the proposal of this project.

    Example: A Bulgarian file in Windows-1251, which another program shows as `Çäðàâåé`.

    Fix: Open the file in the encoding that the finding names and look at the text. If it is right, save it as UTF-8
    ("encoding" in the editor's Save dialogue), or let `--unsafe-fixes` do it.
    """
    return _saved_as_utf8(subject, FaultKind.LEGACY_ENCODING, is_safe=False)


@track_rule(code="ENC002", name="undecodable", severity=Severity.ERROR)
def undecodable(subject: TrackSubject) -> Iterator[Breach]:
    """The file cannot be read as text in any encoding that fits the language.

    Why: Letters are lost, and a box or a question mark stands in their place.

    Limit: Every byte belongs to a character, in UTF-8 or in an older encoding of the language.

    Source: Proposal of this project.

    Example: A file that was cut off in the middle of a letter, that has the name of another language, or that is not
    text at all.

    Fix: Ask the translator for the file as they saved it, and save it as UTF-8. Make sure that its name is that of its
    language.
    """
    return fault_breaches(subject, FaultKind.UNDECODABLE)


@track_rule(code="ENC003", name="wide-encoding", severity=Severity.WARNING, purpose=Purpose.READING)
def wide_encoding(subject: TrackSubject) -> Iterator[Breach]:
    """The file is in UTF-16 or UTF-32.

    Why: Many players and most tools for the web cannot read it, or see an empty file.

    Limit: UTF-8.

    Source: The WebVTT recommendation allows nothing else; for SubRip it is the proposal of this project.

    Example: A file that Windows Notepad saved as "Unicode".

    Fix: Save it as UTF-8, or let `--fix` do it: no letter can get lost.
    """
    return _saved_as_utf8(subject, FaultKind.WIDE_ENCODING, is_safe=True)


@track_rule(code="ENC004", name="byte-order-mark", severity=Severity.INFO, purpose=Purpose.READING)
def byte_order_mark(subject: TrackSubject) -> Iterator[Breach]:
    """The file begins with a byte order mark.

    Why: UTF-8 needs none. Some players take it for a part of the first row, and do not show the first text.

    Limit: A file in UTF-8 does not begin with U+FEFF.

    Source: The Unicode standard, 2.6: neither required nor recommended for UTF-8. WebVTT allows it.

    Example: A file that Windows Notepad saved as "UTF-8 with BOM".

    Fix: Save it as UTF-8 without BOM, or let `--fix` do it.
    """
    if subject.track.encoding == "utf-8-sig":
        fix = Fix(to_utf8=True) if _can_be_saved(subject) else None
        yield Breach(message="the file begins with a byte order mark, which UTF-8 does not need", line=1, fix=fix)


@track_rule(code="ENC006", name="replacement-character", severity=Severity.ERROR)
def replacement_character(subject: TrackSubject) -> Iterator[Breach]:
    """The sign � stands where some program could not read a letter.

    Why: The letter is lost. The film would show a box or a question mark in a diamond.

    Limit: The sign � (U+FFFD) does not occur. A file that cannot be read as text is reported as `undecodable` instead.

    Source: The Unicode standard, 5.22.

    Example: `L'\ufffdcole est gratuite.`

    Fix: Write the missing letters, or ask the translator for the file as it was before the other program saved it.
    """
    if _has_losses(subject):
        return
    for line, places in _by_line(subject, _REPLACEMENT):
        stands = "stands in its place" if len(places) == 1 else "stands in the place of each"
        message = f"{count(len(places), 'lost letter')} in this row: the sign � (U+FFFD) {stands}"
        yield Breach(
            message=message,
            cue=cue_on_line(subject, line),
            line=line,
            column=places[0][1],
            length=1,
            measured=f"{len(places)} lost",
        )


@track_rule(code="ENC007", name="mixed-line-ends", severity=Severity.INFO, purpose=Purpose.READING)
def mixed_line_ends(subject: TrackSubject) -> Iterator[Breach]:
    """The lines of the file end in different ways.

    Why: This shows that two programs wrote the file. Most players do not take a CR alone for a line end. Then they see
    two lines of the file as one, and text is lost: such a file gets a warning.

    Limit: All lines end with LF, or all with CR LF, or all with CR.

    Source: Proposal of this project.

    Example: A file of Windows (CR LF) into which some texts were pasted from the web (LF).

    Fix: Save the file again with one kind of line end, or let `--fix` use the most frequent one.
    """
    text = subject.track.source.text
    counts = Counter({"\r\n": text.count("\r\n")})
    counts["\n"], counts["\r"] = text.count("\n") - counts["\r\n"], text.count("\r") - counts["\r\n"]
    usual = max(_LINE_END_NAMES, key=counts.__getitem__)
    odd = [end for end in _LINE_END_NAMES if counts[end] and end != usual]
    if not odd:
        return
    edits = tuple(
        Edit(start=match.start(), end=match.end(), text=usual) for match in LINE_END.finditer(text) if match[0] != usual
    )
    line, column = subject.track.source.place(edits[0].start)
    named = " and ".join(f"{counts[end]} with {_LINE_END_NAMES[end]}" for end in odd)
    yield Breach(
        message=f"the rows of the file end with {_LINE_END_NAMES[usual]}, but {named}: the first of these is here",
        line=line,
        column=column,
        severity=Severity.WARNING if counts["\r"] else None,
        fix=Fix(edits=edits),
    )


@track_rule(code="ENC008", name="control-character", severity=Severity.WARNING, purpose=Purpose.READING)
def control_character(subject: TrackSubject) -> Iterator[Breach]:
    """An invisible control character stands in the file.

    Why: Players show a box, end the line, or skip the text. Such a character comes from pasting, or from a wrong
    encoding.

    Limit: No control characters but tab and line ends; no U+2028, U+2029, U+FEFF within the file, and no character that
    Unicode reserves. Marks of direction, joiners and soft hyphens are no control characters.

    Source: The Unicode standard, 23.1 (control codes), 23.7 (noncharacters) and 23.8 (U+FEFF).

    Example: The character Ctrl-Z, with which old programs end a file.

    Fix: Delete it. `--fix` does so, except for characters that may be the rest of a letter (U+0080 to U+009F) or a line
    end (vertical tab, form feed, U+2028, U+2029).
    """
    for line, places in _by_line(subject, _CONTROLS):
        text = subject.track.source.text
        edits = tuple(
            Edit(start=start, end=end, text="") for start, _, end in places if not _KEPT.search(text, start, end)
        )
        start, column, end = places[0]
        yield Breach(
            message=f"there is an invisible control character here: {_names(text[start:end])}",
            cue=cue_on_line(subject, line),
            line=line,
            column=column,
            length=end - start,
            fix=Fix(edits=edits) if len(edits) == len(places) else None,
        )


@track_rule(code="ENC009", name="nul-character", severity=Severity.ERROR, purpose=Purpose.READING)
def nul_character(subject: TrackSubject) -> Iterator[Breach]:
    """The file has NUL characters: bytes that are zero, where text should be.

    Why: Many programs take a NUL for the end of the file or of the text, and do not show what follows. The file was
    damaged, or a part of it is in another encoding.

    Limit: The character NUL (U+0000) does not occur.

    Source: The Unicode standard, 23.1: NUL ends a text in the language that most players are written in.

    Example: The computer went off before the file was written to its end.

    Fix: Ask for the file again, and compare. `--fix` deletes the NULs.
    """
    text = subject.track.source.text
    count = text.count("\0")
    if count:
        edits = tuple(
            Edit(start=match.start(), end=match.end(), text="") for match in islice(_NULS.finditer(text), _MOST)
        )
        line, column = subject.track.source.place(edits[0].start)
        message = "the text has zero bytes (the character NUL), the first of them here"
        yield Breach(message=message, line=line, column=column, measured=f"{count} NUL", fix=Fix(edits=edits))


def _saved_as_utf8(subject: TrackSubject, kind: FaultKind, *, is_safe: bool) -> Iterator[Breach]:
    fix = Fix(to_utf8=True, is_safe=is_safe) if _can_be_saved(subject) else None
    for breach in fault_breaches(subject, kind):
        yield replace(breach, fix=fix)


def _can_be_saved(subject: TrackSubject) -> bool:
    """Tell whether the text, saved as UTF-8 without a mark, is read again as it is.

    NUL would look like UTF-16, and U+FEFF in the beginning is a mark.
    """
    text = subject.track.source.text
    return not (_has_losses(subject) or "\0" in text or text.startswith("\ufeff"))


def _has_losses(subject: TrackSubject) -> bool:
    return any(fault.kind is FaultKind.UNDECODABLE for fault in subject.track.faults)


def _by_line(subject: TrackSubject, pattern: re.Pattern[str]) -> Iterator[tuple[int, list[tuple[int, int, int]]]]:
    """Yield, for each line of the file with a match, the matches as offset, column and the offset behind."""
    source = subject.track.source
    matches = islice(pattern.finditer(source.text), _MOST)
    places = ((*source.place(match.start()), match.start(), match.end()) for match in matches)
    for line, found in groupby(places, key=lambda place: place[0]):
        yield line, [(start, column, end) for _, column, start, end in found]


def _names(characters: str) -> str:
    names = [f"U+{ord(character):04X}" for character in characters[:4]]
    return ", ".join(names) + (", …" if len(characters) > len(names) else "")


RULES = (
    legacy_encoding,
    undecodable,
    wide_encoding,
    byte_order_mark,
    replacement_character,
    mixed_line_ends,
    control_character,
    nul_character,
)
