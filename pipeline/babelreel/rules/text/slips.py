"""Find what an editor or a machine left behind: notes, words and cues written twice, letters read wrongly."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from babelreel.model.finding import Severity
from babelreel.model.timecode import Span
from babelreel.model.track import Cue, Track
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.cue_order import cues_in_time
from babelreel.rules.base.edits import replacing
from babelreel.rules.base.memo import remembered
from babelreel.rules.base.passage import Passage
from babelreel.rules.base.rule import Purpose, track_rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.timedtext.words.writing_systems import UNSPACED, parts_of

#: In brackets or before a colon; alone, TODO is "everything" in Spanish, and XXX may be a number of Rome.
_LEFTOVER = re.compile(
    r"[\[({<*#]{1,2}\s?(?:TODO|TBD|TBC|FIXME|XXX+|TKTK|\?{2,})\b[^\])}>*\n]{0,60}[\])}>*]{0,2}"
    r"|\b(?:TODO|FIXME|XXX):|\b(?:FIXME|TBD|XXXX+|TKTK)\b|[\[(]\?{2,}[\])]|(?i:\blorem ipsum\b)"
)
#: One of them is in each of these but the last.
_IN_LEFTOVERS = ("TODO", "TBD", "TBC", "FIXME", "XXX", "TKTK", "??")

_WORD, _DIGIT = re.compile(r"[^\W\d_]+"), re.compile(r"\d")
#: A cue of less may well be said twice ("Yes. Yes.").
_FEWEST_WORDS, _FEWEST_LETTERS_UNSPACED = 3, 6
#: Twice the same text that far apart is a refrain.
_NEIGHBOURS_MS = 2000
_REFRAIN = 3
_MANY = 3

#: A capital I behind a small letter and before one or the end, where an l was read; not in McIntosh and MacIver.
#: It begins with its letter, as others below: a search for a letter is many times faster than one for a place.
_I_FOR_L = re.compile(r"I(?:(?<=[a-zà-öø-ÿ]I)(?<!\bMcI)(?<!\bMacI)I?(?=[a-zà-öø-ÿ]|(?![\w’']))|(?<=\bI)(?=ib[er]))")
#: An l before a consonant, where an I was read: no word begins so, but units and symbols do ("lm", "ln x", "lbs").
_L_FOR_I = re.compile(r"l(?<![\w’'.]l)(?=(?:ch|hr|hm|hn|st|hre)\b|[nm][a-z]{2,})(?!ns\b)")


@track_rule(code="TXT009", name="left-over-note", severity=Severity.WARNING)
def left_over_note(subject: TrackSubject) -> Iterator[Breach]:
    """A note of the translator, or a placeholder, was left in.

    Why: The reader sees "[TODO]" where the text should be.

    Limit: TODO, XXX, TBD, FIXME and question marks in brackets or before a colon; "lorem ipsum".

    Source: Proposal of this project.

    Example:

        1
        00:00:10,000 --> 00:00:13,000
        [TODO] Ask the lawyer.

    Fix: Write the text that belongs there, and delete the note.
    """
    texts = subject.texts
    if not (any(map(texts.count, _IN_LEFTOVERS)) or "orem" in texts.text.lower()):
        return
    for passage, match in texts.search(_LEFTOVER):
        yield Breach(passage=passage, message=f"the note “{match[0][:40]}” was left in the text")


@track_rule(code="TXT010", name="repeated-cue", severity=Severity.WARNING)
def repeated_cue(subject: TrackSubject) -> Iterator[Breach]:
    """Two neighbouring lines have the same text.

    Why: Often the second one was copied to be translated, and what is said there is missing.

    Limit: At least three words (six characters where words are not separated), less than two seconds apart; case, marks
    and breaks do not matter. What the original also repeats at that time is skipped. So is a refrain: a text that is in
    the file three times or more. More than three such lines make one finding.

    Source: Proposal of this project.

    Example:

        1
        00:00:10,000 --> 00:00:13,000
        You can ask a lawyer.

        2
        00:00:13,500 --> 00:00:16,500
        You can ask a lawyer.

    Fix: Write into the second line what is said there, or delete it and let the first one last longer.
    """
    cues = cues_in_time(subject)
    keys = [_key(cue) for cue in cues]
    times = Counter(keys)
    spoken_twice = _spoken_twice(subject.reference) if subject.reference else []
    found = [
        two
        for (one, key), (two, following) in pairwise(zip(cues, keys, strict=True))
        if key == following
        and times[key] < _REFRAIN
        and two.span.start_ms - one.span.end_ms < _NEIGHBOURS_MS
        and _is_sentence(one, subject)
        and not any(span.start_ms < two.span.end_ms and one.span.start_ms < span.end_ms for span in spoken_twice)
    ]
    if len(found) > _MANY:
        yield Breach(
            cue=found[0], message=f"{len(found)} lines have the text of the line before them", also=tuple(found[1:])
        )
        return
    for cue in found:
        yield Breach(cue=cue, message="the line has the text of the line before it")


@remembered
def _spoken_twice(reference: Track) -> list[Span]:
    """Find when the reference itself says a text twice in a row."""
    keys = [_key(cue) for cue in reference.cues]
    return [
        Span(start_ms=one.span.start_ms, end_ms=two.span.end_ms)
        for (one, key), (two, following) in pairwise(zip(reference.cues, keys, strict=True))
        if key == following
    ]


def _key(cue: Cue) -> str:
    text = cue.text
    return " ".join(_WORD.findall(text.casefold())) + "|" + "".join(_DIGIT.findall(text))


def _is_sentence(cue: Cue, subject: TrackSubject) -> bool:
    words = _WORD.findall(cue.text)
    if UNSPACED.isdisjoint(parts_of(subject.language.script)):
        return len(words) >= _FEWEST_WORDS
    return sum(map(len, words)) >= _FEWEST_LETTERS_UNSPACED


@track_rule(code="TXT011", name="doubled-word", severity=Severity.WARNING)
def doubled_word(subject: TrackSubject) -> Iterator[Breach]:
    """A small word is written twice.

    Why: The writer easily overlooks such a slip, and every reader stumbles over it.

    Limit: Articles, prepositions and similar words that never stand twice beside one another in this language, as its
    file lists them. Others may: French "nous nous", German "die die", English "had had", and the doubled words of
    Vietnamese and Chinese.

    Source: Proposal of this project.

    Example:

        1
        00:00:10,000 --> 00:00:13,000
        You can ask the the lawyer.

    Fix: Delete one of them.
    """
    words = subject.language.phrases.never_doubled
    if not words:
        return
    for passage, match in subject.search(_doubled(words)):
        yield Breach(passage=passage, message=f"“{match[1]}” is written twice")


@cache
def _doubled(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'’-])({'|'.join(sorted(words))})[ \u00a0]+\1(?![\w'’-])", re.IGNORECASE)


@track_rule(code="TXT012", name="misread-letter", severity=Severity.WARNING, purpose=Purpose.LETTERS)
def misread_letter(subject: TrackSubject) -> Iterator[Breach]:
    """A capital I stands for a small l, or a small l for a capital I.

    Why: Programs that read text from pictures mix the two up. They look alike in many fonts, but a search, a dictionary
    or a voice that reads aloud does not know the word.

    Limit: A capital I inside or at the end of a word in small letters (WiII), "Iib…", and words that begin with an l
    before a consonant (lch, lhr, lst, lmmer, lnterpreter). Scottish names (McIntosh) and
    phonetic letters between slashes are skipped.

    Source: Proposal of this project, after Subtitle Edit's "Fix common OCR errors".

    Example:

        1
        00:00:10,000 --> 00:00:13,000
        You wiII see a lawyer.

    Fix: Type the word again. `check --fix --unsafe-fixes` changes the letters.
    """
    if subject.language.script != "Latn":
        return
    for pattern, wrong, meant in ((_I_FOR_L, "I", "l"), (_L_FOR_I, "l", "I")):
        for passage, match in subject.search(pattern):
            if _is_in_phonetic_letters(passage):
                continue
            letters = meant * len(match[0])
            yield Breach(
                passage=passage,
                message=f"“{wrong}” stands where “{meant}” is meant",
                fix=replacing(subject.track, passage, letters, is_safe=False),
            )


def _is_in_phonetic_letters(passage: Passage) -> bool:
    """Tell whether a word stands between slashes: /'eIvi:z/."""
    line = passage.cue.lines[passage.line]
    return "/" in line[: passage.start].split(" ")[-1] and "/" in line[passage.end :].split(" ")[0]


RULES = (left_over_note, repeated_cue, doubled_word, misread_letter)
