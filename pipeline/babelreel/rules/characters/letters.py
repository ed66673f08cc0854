"""Check that the letters and digits are those of the language, and not others that only look like them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from babelreel.model.finding import Severity
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.edits import replacing
from babelreel.rules.base.passage import Passage
from babelreel.rules.base.rule import Purpose, track_rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.characters.alphabets import (
    AS_CYRILLIC,
    AS_LATIN,
    digits_taken_for,
)
from babelreel.timedtext.words.chinese_characters import is_simplified_only, is_traditional_only, prevailing_script

_LATIN_OR_CYRILLIC = re.compile("[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0400-\u052f]+")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_NAMED_BY_LETTER = re.compile(r"(?<!\w)[bdfghijklmnqrstuvwxzFGLNRSVZ](?!\w)")
_LATIN_WORD = re.compile("(?<![A-Za-z\u00c0-\u024f\u0400-\u052f])[A-Za-z]{2,}(?![A-Za-z\u00c0-\u024f\u0400-\u052f])")
_CYRILLIC_WORD = re.compile(
    "(?<![A-Za-z\u00c0-\u024f\u0400-\u052f])[\u0400-\u052f]+(?![A-Za-z\u00c0-\u024f\u0400-\u052f])"
)
_LONE_LATIN = re.compile("(?<=[\u0400-\u052f] )[aeocxyEO](?= [\u0400-\u052f])")


@track_rule(code="LET001", name="wrong-letter", severity=Severity.WARNING, purpose=Purpose.LETTERS)
def wrong_letter(subject: TrackSubject) -> Iterator[Breach]:
    """A letter of another language stands in place of one that looks like it.

    Why: A search for the word finds nothing, voices that read the text aloud stumble, and fonts draw the wrong letter
    with another shape, or a box.

    Limit: Romanian: ș and ț with a comma, not ş and ţ with a cedilla. Persian: ی and ک, not ي, ى and ك. Arabic: ك, not
    ک; Pashto: ک, not ك; and the ه of these languages. The ye of Pashto varies by author and has a rule of its own.

    Source: The Unicode Standard, chapter 7 (Romanian); ISIRI 6219 (Persian).

    Example (in ro.srt):

        1
        00:00:10,000 --> 00:00:13,000
        Poţi cere ajutor.

    Fix: Switch to the keyboard of the language; `check --fix` changes the letters.
    """
    yield from _replaced(subject, subject.language.letters.wrong, "letter")


@track_rule(code="LET002", name="mixed-alphabets", severity=Severity.WARNING, purpose=Purpose.LETTERS)
def mixed_alphabets(subject: TrackSubject) -> Iterator[Breach]:
    """Latin and Cyrillic letters stand in one word.

    Why: The letters look alike, so nobody sees it; but a search finds nothing, voices that read aloud spell the word
    out, and a font may draw the letter differently.

    Limit: One alphabet in a word. In Cyrillic text a single Latin letter between two words is checked, too. It is right
    if the file names things by such letters: a single x, or one that looks like no Cyrillic letter, is somewhere in it.

    Source: Unicode Technical Standard 39, "Mixed-Script Detection".

    Example (in bg.srt, the first letter is Latin):

        1
        00:00:10,000 --> 00:00:13,000
        Cега имаш права.

    Fix: Type the word again with one keyboard. `check --fix` does so where the other letters leave no doubt.
    """
    other = {"Cyrl": _LATIN, "Latn": _CYRILLIC}.get(subject.language.script)
    if other is None or not other.search(subject.texts.text):
        return
    for passage, match in subject.search(_LATIN_OR_CYRILLIC):
        word = match[0]
        if _CYRILLIC.search(word) and _LATIN.search(word):
            meant = _in_one_alphabet(word, is_cyrillic=subject.language.script == "Cyrl")
            fix = replacing(subject.track, passage, meant) if meant else None
            yield Breach(passage=passage, message=f"“{word[:40]}” mixes Latin and Cyrillic letters", fix=fix)
    for passage, meant in _disguised_words(subject):
        message = f"“{passage.text[:40]}” is written in letters of the other alphabet"
        yield Breach(passage=passage, message=message, fix=replacing(subject.track, passage, meant, is_safe=False))
    if subject.language.script == "Cyrl" and not _NAMED_BY_LETTER.search(subject.texts.text):
        for passage, match in subject.search(_LONE_LATIN):
            meant = AS_CYRILLIC[match[0]]
            message = f"the Latin letter “{match[0]}” stands between Cyrillic words"
            yield Breach(passage=passage, message=message, fix=replacing(subject.track, passage, meant, is_safe=False))


def _disguised_words(subject: TrackSubject) -> Iterator[tuple[Passage, str]]:
    """Find the words wholly of letters that look like the language's own, and say what was meant by each.

    "ca" may be an abbreviation: what it looks like must be a word, one of the file or a small one of the language.
    """
    is_cyrillic = subject.language.script == "Cyrl"
    looks, other = (AS_CYRILLIC, _LATIN_WORD) if is_cyrillic else (AS_LATIN, _CYRILLIC_WORD)
    known: set[str] | None = None
    for passage, match in subject.search(other):
        word = match[0]
        if not looks.keys() >= set(word):
            continue
        if known is None:
            words = re.findall(r"[^\W\d_]+", subject.texts.text.lower())
            known = {*words, *subject.language.identification.function_words}
        meant = "".join(looks[letter] for letter in word)
        if meant.lower() in known:
            yield passage, meant


def _in_one_alphabet(word: str, *, is_cyrillic: bool) -> str:
    """Write a word in the alphabet of its language; empty where that leaves another letter, or a doubt."""
    looks = AS_CYRILLIC if is_cyrillic else AS_LATIN
    kept, other = (_CYRILLIC, _LATIN) if is_cyrillic else (_LATIN, _CYRILLIC)
    back = AS_LATIN if is_cyrillic else AS_CYRILLIC
    meant = "".join(looks.get(letter, letter) for letter in word)
    is_certain = any(kept.match(letter) and letter not in back for letter in word)
    return "" if other.search(meant) or not is_certain else meant


@track_rule(code="LET003", name="lone-short-i", severity=Severity.WARNING, purpose=Purpose.LETTERS)
def lone_short_i(subject: TrackSubject) -> Iterator[Breach]:
    """The letter й stands alone where Bulgarian writes ѝ.

    Why: The short word "to her" is ѝ, with a grave accent; й alone is no word.

    Limit: None in Bulgarian. Whether и stands for ѝ cannot be known without understanding the sentence.

    Source: The orthography of Bulgarian (2012), on the short forms of pronouns.

    Example (in bg.srt):

        1
        00:00:10,000 --> 00:00:13,000
        Кажи й, че има права.

    Fix: Write ѝ (U+045D); `check --fix --unsafe-fixes` does.
    """
    lone = subject.language.letters.lone
    if not subject.texts.characters & lone.keys():
        return
    pattern = re.compile(rf"(?<![\w'’])(?<!\w-)[{''.join(lone)}](?![\w'’-])")
    for passage, match in subject.search(pattern):
        meant = lone[match[0]]
        fix = replacing(subject.track, passage, meant, is_safe=False)
        yield Breach(passage=passage, message=f"“{match[0]}” is not a word: “{meant.lower()}” is meant", fix=fix)


@track_rule(code="LET004", name="missing-letters", severity=Severity.WARNING)
def missing_letters(subject: TrackSubject) -> Iterator[Breach]:
    """The file has none of the special letters of its language.

    Why: The text was typed without the letters of the language, or they were lost on the way, or it is another
    language.

    Limit: A text of 200 to 800 letters, by language: Albanian without ë, Romanian without ă â î ș ț, French and
    Vietnamese without any accent, German without umlauts and ß, Persian without پ چ ژ گ, Pashto without any of
    ټ ډ ړ ږ ښ ګ ڼ ې ۍ ئ ځ څ.

    Source: Proposal of this project: at the share of these letters in running text this happens by chance less than
    once in 10 000 texts of such a length.

    Example: an Albanian file in which every "një" is written "nje".

    Fix: Look for the file as the translator wrote it, and save it as UTF-8.
    """
    letters = subject.language.letters
    if not letters.telling or subject.texts.characters & set(letters.telling):
        return
    count = sum(map(str.isalpha, subject.texts.text))
    if count >= letters.telling_within:
        small = (each.lower() if len(each.lower()) == 1 else each for each in letters.telling)  # İ is i and a dot
        some = " ".join(dict.fromkeys(small))[:24].rstrip()
        yield Breach(
            message=f"the file has none of the letters that {subject.language.name} needs: {some}",
            measured=f"{count} letters",
            limit=f"{letters.telling_within} letters",
        )


@track_rule(code="LET005", name="wrong-digit", severity=Severity.WARNING, purpose=Purpose.LETTERS)
def wrong_digit(subject: TrackSubject) -> Iterator[Breach]:
    """A digit of Arabic stands in Persian, Pashto or Urdu, or the other way round.

    Why: The digits 4, 5 and 6 look different, and voices that read aloud and searches take them for others.

    Limit: Arabic: ٠ to ٩ (U+0660 to U+0669). Persian, Pashto, Urdu: ۰ to ۹ (U+06F0 to U+06F9). 0 to 9 are right in all.

    Source: The Unicode Standard, chapter 9, "Arabic-Indic Digits".

    Example (in fa.srt):

        1
        00:00:10,000 --> 00:00:13,000
        تو ٤ حق داری.

    Fix: Switch to the keyboard of the language; `check --fix` changes the digits.
    """
    yield from _replaced(subject, digits_taken_for(subject.language.letters.digits), "digit")


@track_rule(code="LET006", name="other-chinese-script", severity=Severity.WARNING)
def other_chinese_script(subject: TrackSubject) -> Iterator[Breach]:
    """Traditional characters stand in a simplified Chinese file, or the other way round.

    Why: A child who learned one way of writing does not know many characters of the other one.

    Limit: No common character that only the other script has. A file in which the other script prevails is in another
    language than its name says (`LNG001`).

    Source: The national character sets: Big5, level 1, without GB 2312 for traditional characters, GB 2312, level 1,
    without Big5 for simplified ones, both without what the two share in practice (compared with OpenCC's tables).

    Example (in zh-Hans.srt):

        1
        00:00:10,000 --> 00:00:13,000
        你以後可以问。

    Fix: Write the character of the right script. One may stand for two of the other script, so nothing is changed by
    `--fix`. A file that is in the other script as a whole needs another name: zh-Hans.srt or zh-Hant.srt.
    """
    script = subject.language.script
    if script not in {"Hans", "Hant"}:
        return
    is_other, name = (is_traditional_only, "traditional") if script == "Hans" else (is_simplified_only, "simplified")
    other = {each for each in subject.texts.characters if is_other(each)}
    if not other:
        return
    if prevailing_script(subject.texts.characters) not in {script, ""}:
        some = "".join(sorted(other)[:10])
        yield Breach(message=f"the file is written in {name} characters: {some}", measured=f"{len(other)} characters")
        return
    for passage, match in subject.search(re.compile(f"[{''.join(sorted(other))}]+")):
        yield Breach(passage=passage, message=f"“{match[0][:10]}” is {name} Chinese")


def _replaced(subject: TrackSubject, table: Mapping[str, str], what: str) -> Iterator[Breach]:
    """Report the characters of a table, with the one that was meant where it is known."""
    wrong = subject.texts.characters & table.keys()
    if not wrong:
        return
    for passage, match in subject.search(re.compile(f"[{''.join(sorted(wrong))}]")):
        character, meant = match[0], table[match[0]]
        write = f": write “{meant}” (U+{ord(meant):04X})" if meant else ""
        yield Breach(
            passage=passage,
            message=f"“{character}” (U+{ord(character):04X}) is not a {what} of {subject.language.name}{write}",
            fix=replacing(subject.track, passage, meant) if meant else None,
        )


RULES = (
    wrong_letter,
    mixed_alphabets,
    lone_short_i,
    missing_letters,
    wrong_digit,
    other_chinese_script,
)
