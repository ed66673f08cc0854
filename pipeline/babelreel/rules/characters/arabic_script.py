"""Check that words in Arabic script are written in letters, unstretched, and joined as they are read."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator

from babelreel.model.finding import Severity
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.edits import replacing
from babelreel.rules.base.passage import Passage
from babelreel.rules.base.rule import Purpose, track_rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.characters.ranges import ARABIC, ARABIC_LETTERS

_STRETCHED = re.compile(rf"(?<=[{ARABIC}])ـ+(?=[{ARABIC_LETTERS}])|(?<![{ARABIC}ـ])ـ+(?![{ARABIC}ـ])")

_SPACED_JOINER = re.compile(
    "(?<![ \t\u00a0\u2009\u202f\u200c])[ \t\u00a0\u2009\u202f]*\u200c[ \t\u00a0\u2009\u202f\u200c]*"
)

# The letters only: the ligatures of whole words (U+FDF0 and on), ornate brackets and the byte order mark stay.
_FORMS = re.compile("[\ufb50-\ufbc1\ufbd3-\ufd3d\ufd50-\ufdc7\ufe70-\ufefc]+")

_ARABIC_LETTER = re.compile(f"[{ARABIC_LETTERS}]")

_JOINED_BEFORE, _JOINED_AFTER = ("<medial>", "<final>"), ("<initial>", "<medial>")

_MIDDLE_YE = re.compile("(?<=[\u0620-\u06d3])[يی](?=[\u0620-\u06d3])")

_PASHTO_WORD = re.compile("[\u0620-\u065f\u0670-\u06d3]+")


@track_rule(code="SCR002", name="presentation-form", severity=Severity.WARNING, purpose=Purpose.LETTERS)
def presentation_form(subject: TrackSubject) -> Iterator[Breach]:
    """An Arabic letter is written as one of its drawn forms.

    Why: These characters are there for old systems that could not join letters. A search finds nothing, voices that
    read aloud are silent, and many fonts do not have them.

    Limit: None of U+FB50 to U+FDC7 and U+FE70 to U+FEFC. Signs for whole words (ﷲ, ﷺ) and ornate brackets stay.

    Source: The Unicode Standard, chapter 9: "Arabic Presentation Forms" are for compatibility only.

    Example (in ar.srt):

        1
        00:00:10,000 --> 00:00:13,000
        ﻟﺴﺖ وحدك.

    Fix: Export the text again from the program in which it was typed. `check --fix` writes the letters, unless the
    forms stand in the order in which they are seen: then the whole row is turned round, and a person must look.
    """
    for passage, match in subject.search(_FORMS):
        letters, is_certain = _letters_of(subject, passage)
        yield Breach(
            passage=passage,
            message=f"U+{ord(match[0][0]):04X} is the drawn form of a letter, not the letter",
            fix=replacing(subject.track, passage, letters) if is_certain else None,
        )


def _letters_of(subject: TrackSubject, passage: Passage) -> tuple[str, bool]:
    """Return the letters of a run of forms as the language writes them, and whether that is certain."""
    own = subject.language.letters.wrong
    plain = unicodedata.normalize("NFKC", passage.text)
    letters = "".join(own.get(letter) or letter for letter in plain)
    line = passage.cue.lines[passage.line]
    before, after = line[max(0, passage.start - 1) : passage.start], line[passage.end : passage.end + 1]
    is_turned = (_form(passage.text[0]) in _JOINED_BEFORE and not _ARABIC_LETTER.match(before)) or (
        _form(passage.text[-1]) in _JOINED_AFTER and not _ARABIC_LETTER.match(after)
    )
    is_certain = not is_turned and not any(each in own or each in " ـىے" for each in letters)
    return letters, is_certain


def _form(character: str) -> str:
    return unicodedata.decomposition(character).partition(" ")[0]


@track_rule(code="SCR003", name="stretched-word", severity=Severity.INFO)
def stretched_word(subject: TrackSubject) -> Iterator[Breach]:
    """An Arabic word is drawn out with the stretching sign, or the sign stands for a dash.

    Why: A search does not find the stretched word, and it takes up room in the row. Alone, the sign ـ is a stroke at
    the foot of the letters and no dash.

    Limit: None between two letters, and none alone. After a last letter ("هـ") and under a vowel sign it is right.

    Source: The Unicode Standard, chapter 9, "Tatweel"; for subtitles, proposal of this project.

    Example (in ar.srt):

        1
        00:00:10,000 --> 00:00:13,000
        أهـــلا بك.

    Fix: Delete the sign; `check --fix` does so between letters. For a dash write "-".
    """
    if "ـ" not in subject.texts.characters:
        return
    for passage, _ in subject.search(_STRETCHED):
        line = passage.cue.lines[passage.line]
        is_inside = _ARABIC_LETTER.match(line[passage.end : passage.end + 1]) is not None
        yield Breach(
            passage=passage,
            message="the word is stretched with ـ" if is_inside else "the stretching sign ـ stands for a dash",
            fix=replacing(subject.track, passage, "" if is_inside else "-", is_safe=is_inside),
        )


@track_rule(code="SCR004", name="spaced-joiner", severity=Severity.WARNING)
def spaced_joiner(subject: TrackSubject) -> Iterator[Breach]:
    """A zero-width non-joiner stands beside a space, another one, or the end of the row.

    Why: The sign keeps the two parts of a word apart without a space ("می‌روم"). Beside a space it does nothing: one of
    the two is a slip, and the word may be torn in two at the end of a row.

    Limit: In Arabic script, one such sign, with a letter on each side.

    Source: W3C, "Arabic & Persian Layout Requirements".

    Example: "می‌ روم" with the sign (U+200C) and a space.

    Fix: Usually the space is wrong: `check --fix --unsafe-fixes` deletes it. `check --fix` deletes the sign at the end
    of a row, and the second of two.
    """
    if subject.language.script != "Arab" or "\u200c" not in subject.texts.characters:
        return
    for passage, match in subject.search(_SPACED_JOINER):
        is_outer = passage.start == 0 or passage.end == len(passage.cue.lines[passage.line])
        if len(match[0]) > 1 or is_outer:
            is_safe = is_outer or not match[0].strip("\u200c")
            fix = replacing(subject.track, passage, "" if is_outer else "\u200c", is_safe=is_safe)
            yield Breach(passage=passage, message="a zero-width non-joiner does not stand between two letters", fix=fix)


@track_rule(code="SCR005", name="pashto-ye", severity=Severity.INFO)
def pashto_ye(subject: TrackSubject) -> Iterator[Breach]:
    """A ye is written in a form that Pashto does not have, or one word has two forms of it.

    Why: Pashto has five different ye (ي ی ې ۍ ئ), and words differ by them alone. Where keyboards put another one, only
    a reader of Pashto can say which of them was meant.

    Limit: None of ى ے ۑ, and inside of a word either ي or ی: the two look alike there, and a search takes them for
    different words.

    Source: The orthography agreed on in Peshawar (1990) has five ye; how they are typed varies by author.

    Example (in ps.srt):

        1
        00:00:10,000 --> 00:00:13,000
        ته یوازې نه یے، ښه راغلې.

    Fix: Let a reader of Pashto choose the letter. Nothing is changed by `--fix`, on purpose.
    """
    other_ye, name = subject.language.letters.other_ye, subject.language.name
    if not other_ye:
        return
    for passage, match in subject.search(re.compile(f"[{other_ye}]")):
        yield Breach(passage=passage, message=f"“{match[0]}” (U+{ord(match[0]):04X}) is not a ye of {name}")
    yield from _two_spellings(subject)


def _two_spellings(subject: TrackSubject) -> Iterator[Breach]:
    """Report the rarer spelling of each word that has ي and ی inside of it."""
    if not {"ي", "ی"} <= subject.texts.characters:
        return
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for word, count in Counter(_PASHTO_WORD.findall(subject.texts.text)).items():
        spellings[_MIDDLE_YE.sub("ی", word)][word] = count
    usual_words = {word: words.most_common(1)[0][0] for words in spellings.values() if len(words) > 1 for word in words}
    for passage, match in subject.search(_PASHTO_WORD) if usual_words else ():
        word = match[0]
        usual = usual_words.get(word, word)
        if word != usual:
            yield Breach(passage=passage, message=f"“{word}” is mostly written with the other ye here: “{usual}”")


RULES = (
    presentation_form,
    stretched_word,
    spaced_joiner,
    pashto_ye,
)
