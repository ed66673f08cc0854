"""Recognise the bytes of one old code page that were read with another, and find what was meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from babelreel.model.counted import count
from babelreel.model.finding import Fix, Severity
from babelreel.model.language import Language
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.edits import replacing
from babelreel.rules.base.memo import remembered
from babelreel.rules.base.passage import Passage
from babelreel.rules.base.rule import Purpose, track_rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.file.foreign_letters import foreign_to, has_foreign, has_odd_case, is_foreign_word, is_torn
from babelreel.timedtext.encoding.legacy_code_pages import alphabet_of
from babelreel.timedtext.encoding.misreadings import Reading, readings_of
from babelreel.timedtext.words.function_words import count_hits, fold, function_words_of, split_words

#: A no-break space may have been a letter.
_TOKEN = re.compile(r"[^ \t]+")
_LATIN_RUN = re.compile("[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc]{3,}")

#: How many words must come right: with a small word or a long run of strange letters among them, and without.
_FEWEST_WITH_PROOF, _FEWEST_WORDS, _FEWEST_LETTERS = 3, 5, 3

#: A file that is no text has many thousands; these are enough to know its code page.
_MOST = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Misread:
    """What explains the foreign letters of a file, and the words that it puts right."""

    reading: Reading
    words: tuple[tuple[Passage, str], ...]
    proofs: int


@track_rule(code="ENC010", name="misread-letters", severity=Severity.ERROR, purpose=Purpose.LETTERS)
def misread_letters(subject: TrackSubject) -> Iterator[Breach]:
    """Letters of an old code page were read with another code page, and saved like that.

    Why: Wrong letters stand in place of the right ones. The file itself is valid, so no player can repair it, and
    nobody can read it.

    Limit: No letters or signs that are foreign to the language, but become words of it when they are read with another
    code page. The code pages are those of the language, of Macintosh and DOS, KOI8-R, and those of Vietnamese fonts
    (TCVN3, VNI, VISCII). Names with letters of other languages are skipped. If the wrong letters also occur in the
    language, a line is reported only if most of the file is wrong, or if a capital stands inside a word ("dÈj").

    Source: Proposal of this project.

    Example: `Toþi ºtiu cã ai dreptul` for `Toți știu că ai dreptul`, and `Ñàìèðà` for `Самира`.

    Fix: Ask the translator for the file as it was saved, and read it in the code page that the finding names.
    `--unsafe-fixes` restores the letters.
    """
    found = _misread(subject)
    if found is None:
        return
    cues: dict[int, list[tuple[Passage, str]]] = {}
    for passage, meant in found.words:
        cues.setdefault(id(passage.cue), []).append((passage, meant))
    groups = list(cues.values())
    if 2 * len(groups) >= len(subject.track.cues):
        groups = [[word for group in groups for word in group]]
    for group in groups:
        yield _breach(subject, found.reading, group)


def _breach(subject: TrackSubject, reading: Reading, words: list[tuple[Passage, str]]) -> Breach:
    first = words[0][0]
    also = tuple({id(each.cue): each.cue for each, _ in words if each.cue is not first.cue}.values())
    fixes = [replacing(subject.track, passage, meant, is_safe=False) for passage, meant in words]
    shown = " ".join(meant for passage, meant in words if passage.cue is first.cue)[:80]
    more = f", and in {count(len(also), 'more line')}" if also else ""
    return Breach(
        message=f"letters of {reading.written} were read as {reading.read}; what was meant is “{shown}”{more}",
        passage=first,
        also=also,
        fix=Fix(edits=tuple(edit for fix in fixes if fix for edit in fix.edits), is_safe=False) if all(fixes) else None,
    )


@remembered
def _misread(subject: TrackSubject) -> _Misread | None:
    """Find the code pages that explain the foreign letters of a file best; ``None`` where there are none, or names."""
    language = subject.language
    if alphabet_of(language).is_latin != (language.script == "Latn"):  # nobody wrote down the letters of its script
        return None
    if not any(map(foreign_to(language).__getitem__, subject.texts.characters)) and language.script != "Cyrl":
        return None
    lines = list(islice(_foreign_lines(subject), _MOST))
    if not lines:
        return None
    known = (_explain(reading, lines, language) for reading in readings_of(language))
    best = max((each for each in known if each), key=lambda each: (each.proofs, len(each.words)), default=None)
    return best and _with_own_letters(best, subject, len(lines))


def _with_own_letters(found: _Misread, subject: TrackSubject, foreign: int) -> _Misread:
    """Add the words of lines whose wrong letters are letters of the language too: "dÈj" beside "‡".

    A capital or a sign within a word is wrong for sure. Where nearly all lines with such words are wrong, all are.
    """
    language = subject.language
    lines: list[list[tuple[Passage, str]]] = []
    wrong: list[list[tuple[Passage, str]]] = []
    for line in islice(_lines(subject), _MOST):
        if any(is_foreign_word(each.text, language) for each in line):
            continue
        turned = [(each, meant) for each in line if (meant := _turned(found.reading, each.text, language))]
        lines.append(turned)
        wrong += [turned] if any(is_torn(each.text) for each, _ in turned) else []
    is_whole = 3 * (foreign + len(wrong)) >= 2 * (foreign + len(lines))
    more = [word for line in (lines if is_whole else wrong) for word in line]
    place = {id(cue): number for number, cue in enumerate(subject.track.cues)}
    words = sorted((*found.words, *more), key=lambda word: (place[id(word[0].cue)], word[0].line, word[0].start))
    return replace(found, words=tuple(words))


def _foreign_lines(subject: TrackSubject) -> Iterator[list[Passage]]:
    """Yield the words of each line in which a word is foreign."""
    language = subject.language
    is_cased = language.script == "Cyrl"  # where a word may be foreign by its capitals alone
    for words in _lines(subject, lambda line: is_cased or has_foreign(line, language)):
        if any(is_foreign_word(each.text, language) for each in words):
            yield words


def _lines(subject: TrackSubject, may_be: Callable[[str], bool] = bool) -> Iterator[list[Passage]]:
    """Yield the words of each line that is more than ASCII and ``may_be`` one that is looked for."""
    for cue in subject.track.cues:
        for number, line in enumerate(cue.lines):
            if not line.isascii() and may_be(line):
                yield [Passage(cue, number, match.start(), match.end()) for match in _TOKEN.finditer(line)]


def _explain(reading: Reading, lines: list[list[Passage]], language: Language) -> _Misread | None:
    """Turn the words of the lines; ``None`` where too few of the foreign ones become words of the language."""
    words: list[tuple[Passage, str]] = []
    right: list[tuple[str, str]] = []
    count = count_right = 0
    for line in lines:
        turned = [(each, _turned(reading, each.text, language)) for each in line]
        foreign = [meant for each, meant in turned if is_foreign_word(each.text, language)]
        count += len(foreign)
        count_right += sum(map(bool, foreign))
        is_whole = all(foreign)  # then words that seem to be of the language are none either: "l'Ècole"
        good = [(each, meant) for each, meant in turned if meant and (is_whole or is_foreign_word(each.text, language))]
        right += [(each.text, meant) for each, meant in good]
        words += good
    proofs = _count_proofs(right, language)
    is_sure = _is_sure(right, proofs, language) and 3 * count_right > 2 * count and _is_of(language, lines, words)
    return _Misread(reading=reading, words=tuple(words), proofs=proofs) if is_sure else None


def _is_of(language: Language, lines: list[list[Passage]], words: list[tuple[Passage, str]]) -> bool:
    """Tell whether lines are then in the language by their small words, and not a text in another one.

    Runs of accented letters alone are a text in no language.
    """
    small, put_right = function_words_of(language), {id(each): meant for each, meant in words}
    has_runs = any(_LATIN_RUN.search(each.text) for line in lines for each in line)
    if not small or (language.script != "Latn" and has_runs):
        return True
    said = split_words(fold(" ".join(put_right.get(id(each), each.text) for line in lines for each in line)))
    return 6 * count_hits(said, small) >= len(said)


def _count_proofs(right: list[tuple[str, str]], language: Language) -> int:
    """Count the small words of the language among those that were put right, and the runs of strange letters."""
    small, is_latin = function_words_of(language), language.script == "Latn"
    return sum(
        any(word in small for word in split_words(fold(meant)))
        + (0 if is_latin else sum(len(run) // 3 for run in _LATIN_RUN.findall(shown)))
        for shown, meant in right
    )


def _is_sure(right: list[tuple[str, str]], proofs: int, language: Language) -> bool:
    """Tell whether words that were put right are more than a few names."""
    if proofs:
        return len(right) + proofs >= _FEWEST_WITH_PROOF
    foreign = {each for shown, _ in right for each in shown if foreign_to(language)[each]}
    return language.script == "Latn" and len(right) >= _FEWEST_WORDS and len(foreign) >= _FEWEST_LETTERS


def _turned(reading: Reading, word: str, language: Language) -> str | None:
    """Find what was meant by a word; ``None`` where it is the same, or no word of the language."""
    meant = reading.turn(word)
    if meant is None or meant == unicodedata.normalize("NFC", word) or has_odd_case(meant):
        return None
    is_own = not has_foreign(meant, language)
    return meant if is_own and any(each.isalpha() and not each.isascii() for each in meant) else None


RULES = (misread_letters,)
