"""Check that marks, quotations and spaces are set as the readers of the language know them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from babelreel.model.finding import Severity
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.edits import replacing
from babelreel.rules.base.passage import Passage
from babelreel.rules.base.rule import track_rule
from babelreel.rules.base.subject import TrackSubject

_WIDE, _NARROW = "\u00a0", "\u202f"

_FRENCH_BEFORE = re.compile(
    r"(?<=[^\s?!])(?P<gap>[^\S\n\u00a0\u202f]*)(?P<mark>[?!]+(?=[\s\"”’»)\]]|$)|[;:](?=[\s\"”’»\]]|$)|»)", re.MULTILINE
)
_FRENCH_AFTER = re.compile(r"«(?P<gap>[^\S\n\u00a0\u202f]*)(?=[^\s»])")
_FRENCH_SPACE = re.compile(f"[{_WIDE}{_NARROW}](?=[?!;:»])|(?<=«)[{_WIDE}{_NARROW}]")

_STRAIGHT = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_CURLY = re.compile(r"(?<=[^\W\d_])’(?=[^\W\d_])")

_LOW_QUOTED = re.compile('„[^„“”"«»]{0,600}([“”"])(?![“”"])')

#: “so”: a quotation that opens as in English, behind a space or at the beginning, and closes as in English.
_ENGLISH_QUOTED = re.compile(r"(?<![^\s(\[—–-])“(?=\S)[^“”„«»\"]{1,300}”")

_TURNED_MARKS = re.compile(r"[¿¡]+|(?<![?!(])[?!]+(?=[\s\"”’».…)\]]|$)", re.MULTILINE)


@track_rule(code="TYP001", name="french-spacing", severity=Severity.WARNING)
def french_spacing(subject: TrackSubject) -> Iterator[Breach]:
    """A French double mark lacks its no-break space.

    Why: Without a space the mark sticks to the word; with an ordinary one it may begin the next row alone.

    Limit: A no-break space (U+00A0) or a narrow one (U+202F) before `? ! : ; »` and after `«`. No space at all is a
    warning, an ordinary one is a matter of style (info). In Canada and Switzerland no space before `? ! ;` is right,
    too. Times, addresses and smileys are skipped.

    Source: Imprimerie nationale, "Lexique des règles typographiques", as Unicode's CLDR has it for French.

    Example (in fr.srt):

        1
        00:00:10,000 --> 00:00:13,000
        Tu es seul?

    Fix: `check --fix` writes the no-break space that the file already uses. If it has none: U+00A0 before `:` and
    inside `« »`, U+202F before the others.
    """
    spaced_marks = subject.language.punctuation.spaced_marks
    if not spaced_marks:
        return
    used = {match[0] for match in _FRENCH_SPACE.finditer(subject.texts.text)}
    for passage, match in subject.search(_FRENCH_BEFORE):
        mark, gap = match["mark"], match["gap"]
        if mark[0] in spaced_marks and (gap or _lacks_space(subject, passage)):
            space = _french_space(mark[0], used)
            yield _french_breach(subject, passage, f"{space}{mark}", f"before “{mark[:5]}”", has_gap=bool(gap))
    for passage, match in subject.search(_FRENCH_AFTER) if "»" in spaced_marks else ():
        space = _french_space("«", used)
        yield _french_breach(subject, passage, f"«{space}", "behind “«”", has_gap=bool(match["gap"]))


def _lacks_space(subject: TrackSubject, passage: Passage) -> bool:
    """Tell whether a mark that touches the word before it should not: not in Canada, not in `&eacute;`."""
    line, mark = passage.cue.lines[passage.line], passage.text[0]
    before = line[max(0, passage.start - 12) : passage.start]
    if mark in subject.language.punctuation.unspaced_too:
        return False
    if mark == ";" and "&" in before:
        return False
    return before[-1].isalnum() or before[-1] in ')]”’"%€' or (mark == "»" and before[-1] != "«")


def _french_space(mark: str, used: set[str]) -> str:
    if len(used) == 1:
        return next(iter(used))
    return _WIDE if mark in ":«»" else _NARROW


def _french_breach(subject: TrackSubject, passage: Passage, text: str, where: str, *, has_gap: bool) -> Breach:
    return Breach(
        passage=passage,
        message=f"{'an ordinary' if has_gap else 'no'} space stands {where}, where a no-break space belongs",
        severity=Severity.INFO if has_gap else None,
        fix=replacing(subject.track, passage, text),
        chances=subject.texts.count(text.strip(f"{_WIDE}{_NARROW}")),
    )


@track_rule(code="TYP002", name="straight-apostrophe", severity=Severity.INFO)
def straight_apostrophe(subject: TrackSubject) -> Iterator[Breach]:
    """An apostrophe is straight, where the text has curved ones.

    Why: Everybody understands the straight sign, but two forms in one text look like two different things.

    Limit: In French the curved `’` between letters, always; in other languages only where the file has both.

    Source: Imprimerie nationale (French); for the others, proposal of this project.

    Example (in fr.srt):

        1
        00:00:10,000 --> 00:00:13,000
        Tu as droit à l'école.

    Fix: Write ’ (U+2019); `check --fix` does.
    """
    is_always_curved = subject.language.punctuation.has_curved_apostrophe
    if "'" not in subject.texts.characters or not (is_always_curved or _CURLY.search(subject.texts.text)):
        return
    for passage, _ in subject.search(_STRAIGHT):
        fix = replacing(subject.track, passage, "’")
        yield Breach(passage=passage, message="the apostrophe is straight: write ’", fix=fix)


@track_rule(code="TYP003", name="wrong-closing-quote", severity=Severity.WARNING)
def wrong_closing_quote(subject: TrackSubject) -> Iterator[Breach]:
    """A quotation that „ has opened is closed by the mark of another language.

    Why: The same mark opens a quotation for one reader and closes it for the other.

    Limit: German, Bulgarian, Czech, Slovak and Slovene: „ “. Romanian, Hungarian, Polish and Croatian: „ ”. Straight
    marks at both ends, » « and « » are right, too.

    Source: The Unicode Standard, chapter 6, "Quotation Marks", and CLDR.

    Example (in de.srt):

        1
        00:00:10,000 --> 00:00:13,000
        Sag: „Ich brauche Hilfe.”

    Fix: Write the mark of the language; `check --fix` does.
    """
    closing = subject.language.punctuation.low_quote_end
    if not closing or "„" not in subject.texts.characters:
        return
    for match in _LOW_QUOTED.finditer(subject.texts.text):
        if match[1] != closing:
            passage = subject.texts.passage(match.start(1), match.end(1))
            message = f"in {subject.language.name} “{closing}” closes what “„” opens, not “{match[1]}”"
            yield Breach(passage=passage, message=message, fix=replacing(subject.track, passage, closing))


@track_rule(code="TYP004", name="missing-opening-mark", severity=Severity.WARNING)
def missing_opening_mark(subject: TrackSubject) -> Iterator[Breach]:
    """A Spanish question or exclamation is closed, but was not opened.

    Why: Spanish readers learn from ¿ and ¡ how to read a sentence before they begin it.

    Limit: Spanish and Asturian: each `?` and `!` has its ¿ or ¡ before it, in this line or an earlier one.

    Source: Real Academia Española, "Ortografía de la lengua española".

    Example: in es.srt, "Estás solo?" for "¿Estás solo?"

    Fix: Write the mark where the question or the exclamation begins.
    """
    opening_marks = subject.language.punctuation.opening_marks
    if not opening_marks:
        return
    is_open = False
    for passage, match in subject.search(_TURNED_MARKS):
        if match[0][0] in opening_marks:
            is_open = True
        elif not is_open:
            yield Breach(passage=passage, message=f"“{match[0][:5]}” closes a sentence that no ¿ or ¡ has opened")
        else:
            is_open = False


@track_rule(code="TYP005", name="foreign-quotes", severity=Severity.WARNING)
def foreign_quotes(subject: TrackSubject) -> Iterator[Breach]:
    """Quotations stand in the marks of English.

    Why: In German and Bulgarian “ closes a quotation, so that the reader looks for where it began.

    Limit: “ ” around a quotation in French (« »), German, Bulgarian („ “) and Romanian („ ”). Inside of « » they are
    right in French. It is one finding for the file.

    Source: The Unicode Standard, chapter 6, "Quotation Marks", and CLDR.

    Example (in de.srt):

        1
        00:00:10,000 --> 00:00:13,000
        Sag: “Ich brauche Hilfe.”

    Fix: Write the marks of the language.
    """
    quotes = subject.language.punctuation.quotes
    if not quotes or "“" not in subject.texts.characters:
        return
    found = [
        subject.texts.passage(match.start(), match.end())
        for match in _ENGLISH_QUOTED.finditer(subject.texts.text)
        if subject.texts.text.count("«", 0, match.start()) == subject.texts.text.count("»", 0, match.start())
    ]
    if found:
        also = f", and {len(found) - 1} more" if len(found) > 1 else ""
        message = f"{subject.language.name} quotes in {quotes[0]} {quotes[1]}, not in “ ”{also}"
        yield Breach(passage=found[0], message=message)


RULES = (
    french_spacing,
    straight_apostrophe,
    wrong_closing_quote,
    missing_opening_mark,
    foreign_quotes,
)
