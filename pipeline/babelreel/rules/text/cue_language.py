"""Find cues in another language than the rest of their file.

Letters and small words raise a suspicion, in a moment, and only a suspicious cue is put to the model of py3langid.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from babelreel.languages.find import builtin_languages
from babelreel.model.finding import Severity
from babelreel.model.language import Language
from babelreel.model.track import Cue
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.memo import remembered
from babelreel.rules.base.rule import limits, track_rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.base.untranslated import find_echoes
from babelreel.rules.text.file_language import other_language
from babelreel.rules.text.possible_languages import described, lines_in_script, listed_kin, of_project, rivals_of
from babelreel.timedtext.encoding.legacy_code_pages import alphabet_of
from babelreel.timedtext.words.function_words import count_hits, fold, function_words_of, split_words
from babelreel.timedtext.words.identify_language import are_kin, identify, identify_among_all, is_known
from babelreel.timedtext.words.writing_systems import (
    UNSPACED,
    main_script,
    own_share,
    parts_of,
    script_name,
    strange_letters,
)

#: Shorter texts are in no language for sure. A Chinese character carries about as much as half a word.
_FEWEST_LETTERS_UNSPACED = 10
#: Of Latin letters among others, so many words that are neither addresses nor formulas.
_FEWEST_PLAIN_WORDS = 4
#: Of so many words one is a small word, in nearly every line that people say.
_FEWEST_SMALL, _FEWEST_SMALL_BESIDE_FOREIGN = 10, 3


@track_rule(code="LNG002", name="foreign-cue", severity=Severity.WARNING, limit=limits("foreign_words", "sure_percent"))
def foreign_cue(subject: TrackSubject) -> Iterator[Breach]:
    """A line is in another language than the rest of its file.

    Why: If a sentence was copied from another language and not translated, a child does not understand it.

    Limit: A line has at least four words (ten characters where words are not separated), and the model of py3langid is
    at least 90 percent sure that it is in another language. If that is a language of the project, at least two of its
    small words must be there, and more than twice as many as of the line's own language. For any other language, at
    most one word in ten may be a small word of its own (one in three, if a letter is foreign to it). A line in the
    letters of another script is reported, too. Names and addresses are skipped. Lines that repeat the original are
    reported as untranslated-cue. Lines that follow one another are reported once.

    Source: py3langid, a model of 140 languages; the limits are a proposal of this project.

    Example (in nl.srt):

        Je hebt recht op een veilige slaapplek.
        Die Dolmetscherin wiederholt nur, was du sagst.
        Je kunt naar de dokter.

    Fix: Translate the line.
    """
    if other_language(subject):
        return
    found = {
        id(each.cue): each for each in (*_strange_cues(subject), *_cues_of_any(subject), *_cues_of_rivals(subject))
    }
    if not found:
        return
    echoes = {id(cue) for cue in find_echoes(subject)}
    said = [found.get(id(cue), _Foreign(cue, "")) for cue in subject.track.cues if id(cue) not in echoes]
    for what, group in groupby(said, key=lambda each: each.what):
        cues = [each.cue for each in group]
        if what:
            also = f", and so {'is the next' if len(cues) == 2 else f'are the next {len(cues) - 1}'}"  # noqa: PLR2004
            message = f"this line is {what}{also if len(cues) > 1 else ''}"
            yield Breach(cue=cues[0], also=tuple(cues[1:]), message=message)


class _Foreign(NamedTuple):
    """A cue and what it is, such as "in German (de)"; empty for one that is as it should be."""

    cue: Cue
    what: str


def _cues_of_rivals(subject: TrackSubject) -> Iterator[_Foreign]:
    """Find the cues in another language of the same script: suspected by their words, proved by the model."""
    rivals = rivals_of(subject.language, subject.languages)
    if not rivals or not UNSPACED.isdisjoint(parts_of(subject.language.script)):
        return
    for cue, suspect in _suspects(subject, rivals):
        if 2 * own_share(cue.text, subject.language.script) < 1:
            continue  # the model takes letters that none of these languages has for any of them
        what = _ask(cue.text, subject, rivals)
        if what and (suspect is None or what == described(suspect)):
            yield _Foreign(cue, what)


def _cues_of_any(subject: TrackSubject) -> Iterator[_Foreign]:
    """Find the cues in whatever other language of the same script: suspected because they have no small words."""
    language, sure_percent = subject.language, subject.profile.sure_percent
    if not UNSPACED.isdisjoint(parts_of(language.script)):
        return
    own = frozenset[str]().union(*map(function_words_of, listed_kin(language)))
    foreign = _foreign_letters(subject)
    for cue, words in _cue_words(subject):
        each_of = _FEWEST_SMALL if foreign.isdisjoint(cue.text) else _FEWEST_SMALL_BESIDE_FOREIGN
        if each_of * count_hits(words, own) > len(words):
            continue
        said = [word for word in words if own_share(word, language.script)]
        if len(said) < subject.profile.foreign_words or each_of * count_hits(said, own) > len(said):
            continue
        if 2 * own_share(cue.text, language.script) < 1 or not is_known(language):
            continue
        guess, own_percent = identify_among_all(cue.text, language)
        if guess and guess.percent >= sure_percent and own_percent <= 100 - sure_percent:
            yield _Foreign(cue, described(of_project(guess.language, subject)))


def _foreign_letters(subject: TrackSubject) -> frozenset[str]:
    """List the letters of a track that are none of its language; none, where nobody wrote down its alphabet."""
    alphabet = alphabet_of(subject.language)
    if alphabet.is_latin != (subject.language.script == "Latn"):
        return frozenset()
    return frozenset(
        each for each in subject.texts.characters - alphabet.letters if each.isalpha() and not each.isascii()
    )


def _ask(text: str, subject: TrackSubject, rivals: Sequence[Language]) -> str:
    """Ask the model; empty unless it is sure of another language."""
    own = subject.language
    guess = identify(text, (own, *rivals)) if is_known(own) else None
    if guess is None or guess.percent < subject.profile.sure_percent or are_kin(guess.language, own):
        return ""
    return described(guess.language)


def _suspects(subject: TrackSubject, rivals: Sequence[Language]) -> Iterator[tuple[Cue, Language | None]]:
    """Find the cues whose small words are those of a rival; or, with ``None``, those that have no own ones.

    The latter are found only where one of the languages has no list of small words.
    """
    own = frozenset[str]().union(*map(function_words_of, listed_kin(subject.language)))
    theirs = {each: listed for each in rivals if (listed := function_words_of(each))}
    foreign = frozenset[str]().union(*theirs.values()) - own
    has_all = bool(own) and len(theirs) == len(rivals)
    for cue, words in _cue_words(subject):
        if len(words) < subject.profile.foreign_words or (has_all and len(foreign.intersection(words)) < 2):  # noqa: PLR2004 - one word may be a name
            continue
        suspect = _best_rival(words, own, theirs)
        if suspect or not (has_all or any(word in own for word in words)):
            yield cue, suspect


def _best_rival(words: list[str], own: frozenset[str], theirs: dict[Language, frozenset[str]]) -> Language | None:
    hits = {
        each: count
        for each, listed in theirs.items()
        if (count := sum(word in listed and word not in own for word in words)) >= 2  # noqa: PLR2004 - see above
        and count > 2 * sum(word in own and word not in listed for word in words)
    }
    return max(hits, key=hits.__getitem__, default=None)


@remembered
def _cue_words(subject: TrackSubject) -> list[tuple[Cue, list[str]]]:
    """List the words of each cue, in small letters."""
    lines = fold(subject.texts.text).split("\n")
    found, start = list[tuple[Cue, list[str]]](), 0
    for cue in subject.track.cues:
        end = start + len(cue.lines)
        found.append((cue, split_words("\n".join(lines[start:end]))))
        start = end
    return found


def _strange_cues(subject: TrackSubject) -> Iterator[_Foreign]:
    """Find the cues in the letters of another script."""
    script = subject.language.script
    if not parts_of(script) or not subject.language.is_script_certain:
        return
    cues = {id(passage.cue): passage.cue for passage, _ in subject.search(strange_letters(script))}
    for cue in cues.values():
        is_strange = 5 * own_share(cue.text, script) < 1 and not lines_in_script([cue], script)
        if is_strange and (what := _strange_language(cue.text, subject)):
            yield _Foreign(cue, what)


def _strange_language(text: str, subject: TrackSubject) -> str:
    """Tell in what a text of another script is; empty for a text that is too short, and for names."""
    script = main_script(text)
    words = split_words(fold(text))
    letters, fewest = sum(map(len, words)), subject.profile.foreign_words
    if letters < _FEWEST_LETTERS_UNSPACED if script in UNSPACED else len(words) < fewest:
        return ""
    known = {each.primary: function_words_of(each) for each in (*builtin_languages(), *subject.languages)}
    hits = {each: count for each, listed in known.items() if (count := count_hits(words, listed)) >= 2}  # noqa: PLR2004 - as above
    best = max(hits, key=hits.__getitem__, default="")
    is_prose = script != "Latn" or bool(best and _is_prose(text, words, known[best]))
    fits = [each for each in subject.languages if script in parts_of(each.script)]
    language = _likeliest(text, best, fits, subject.profile.sure_percent) if is_prose else None
    if language is None and (is_prose or _may_be_prose(text)):
        language = _surely(text, script, subject)
    if language:
        return described(language)
    return f"in {script_name(script)} letters" if is_prose else ""


def _surely(text: str, script: str, subject: TrackSubject) -> Language | None:
    """Name the language of a script, of all that the model knows, that a text is surely in; else ``None``."""
    guess, _ = identify_among_all(text)
    if guess is None or guess.percent < subject.profile.sure_percent or script not in parts_of(guess.language.script):
        return None
    return of_project(guess.language, subject)


def _may_be_prose(text: str) -> bool:
    """Tell whether a text in Latin letters may be more than names and addresses: most words begin small."""
    words = [word for word in text.split() if len(word) > 1 and word.strip(".,;:!?…\"'()«»“”").isalpha()]
    return len(words) >= _FEWEST_PLAIN_WORDS and 2 * sum(word[0].islower() for word in words) > len(words)


def _likeliest(text: str, best: str, fits: Sequence[Language], sure_percent: int) -> Language | None:
    """Choose the one of the project's languages of a script that a text is in; ``None`` when that is not sure.

    ``best`` is the primary tag of the language whose small words it has most of. It counts where all have a list, or
    one is the only one.
    """
    if all(map(function_words_of, fits)):
        return next((each for each in fits if each.primary == best), None)
    if len(fits) == 1:
        return None if best else fits[0]
    guess = identify(text, fits)
    return guess.language if guess and guess.percent >= sure_percent else None


def _is_prose(text: str, words: list[str], listed: frozenset[str]) -> bool:
    """Tell a sentence from a name or an address in Latin letters, which every language keeps as they are.

    One word in three is a small word, and another one than these begins with a small letter.
    """
    others = [word for word in split_words(text) if word.lower() not in listed]
    return 3 * count_hits(words, listed) >= len(words) and any(word[0].islower() for word in others)


RULES = (foreign_cue,)
