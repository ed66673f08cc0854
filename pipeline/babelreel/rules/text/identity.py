"""Is a track, and each of its cues, in the language that the file's name promises?

Letters are counted first, small words second, and only what leaves a doubt is put to the model of py3langid.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
from babelreel.timedtext.encoding.legacy_code_pages import alphabet_of
from babelreel.timedtext.words.chinese_characters import prevailing_script
from babelreel.timedtext.words.function_words import count_hits, fold, function_words_of, is_plainly, split_words
from babelreel.timedtext.words.identify_language import are_kin, identify, identify_among_all, is_known
from babelreel.timedtext.words.writing_systems import (
    UNSPACED,
    main_script,
    own_share,
    parts_of,
    script_name,
    strange_letters,
)

#: The language of a file shows in a part of it; more would only take longer.
_SAMPLE_CUES = 120

#: Shorter texts are in no language for sure. A Chinese character carries about as much as half a word.
_FEWEST_LETTERS_UNSPACED = 10
_FEWEST_LETTERS_OF_FILE = 40


@track_rule(code="LNG001", name="wrong-language", severity=Severity.ERROR, limit=limits("sure_percent"))
def wrong_language(subject: TrackSubject) -> Iterator[Breach]:
    """The file is in another language than its name says.

    Why: A child picks a language from a list and gets one that it cannot read. It happens when a file is saved under
    the wrong name, or when a copy of another language was never translated.

    Limit: Fewer than one letter in five is in the script of the language; or the text, a sample of 120 cues in a long
    file, is for at least 90 percent in another language than its own, of all that the model of py3langid knows; or
    Chinese is written in the other of its two scripts. Languages that no model tells apart for sure count as one:
    English and Nigerian Pidgin, Persian and Dari, Serbian, Croatian and Bosnian, Danish and Norwegian. A language that
    the model does not know is held to its script. Files with fewer than 40 letters are not checked, and one whose cues
    have a line in each of two languages is in both.

    Source: py3langid, a model of 140 languages; the limits are a proposal of this project.

    For example (in nl.srt, all cues):

        Du hast Rechte.
        Das Gesetz schützt dich.

    Mend: Open the file and read a few lines. Give it the name of the language it is in, and look for the right text.
    """
    found = _other_language(subject)
    if found:
        message = f"the file is named {subject.language.tag} ({subject.language.name}), and its text is {found}"
        yield Breach(message=message)


@track_rule(code="LNG002", name="foreign-cue", severity=Severity.WARNING, limit=limits("foreign_words", "sure_percent"))
def foreign_cue(subject: TrackSubject) -> Iterator[Breach]:
    """A cue is in another language than the rest of its file.

    Why: A sentence that was copied from another track and not translated says nothing to a child who reads this one.

    Limit: At least four words (ten characters where words are not parted), of which two are small words of the other
    language and more than twice as many as of its own; and the model of py3langid is at least 90 percent sure. Or the
    letters of another script. Only languages of the project are thought of. Names and addresses are passed by, and so
    are cues that repeat the reference, which are reported as that. Cues that follow one another are reported once.

    Source: py3langid, a model of 140 languages; the limits are a proposal of this project.

    For example (in nl.srt):

        Je hebt recht op een veilige slaapplek.
        Die Dolmetscherin wiederholt nur, was du sagst.
        Je kunt naar de dokter.

    Mend: Translate the cue.
    """
    if _other_language(subject):
        return
    found = {id(each.cue): each for each in (*_strange_cues(subject), *_cues_of_rivals(subject))}
    if not found:
        return
    echoes = {id(cue) for cue in find_echoes(subject)}
    said = [found.get(id(cue), _Foreign(cue, "")) for cue in subject.track.cues if id(cue) not in echoes]
    for what, group in groupby(said, key=lambda each: each.what):
        cues = [each.cue for each in group]
        if what:
            also = f", and so {'is the next' if len(cues) == 2 else f'are the next {len(cues) - 1}'}"  # noqa: PLR2004
            yield Breach(cue=cues[0], also=tuple(cues[1:]), message=f"the cue is {what}{also if len(cues) > 1 else ''}")


class _Foreign(NamedTuple):
    """A cue and what it is, such as "in German (de)"; empty for one that is as it should be."""

    cue: Cue
    what: str


@remembered
def _other_language(subject: TrackSubject) -> str:
    """Tell what a file is in, when it is surely not what its name says; empty otherwise.

    Cues that repeat the reference are reported as that, and say nothing here.
    """
    echoes = {id(cue) for cue in find_echoes(subject)}
    cues = [cue for cue in subject.track.cues if id(cue) not in echoes]
    sample = cues[:: -(-len(cues) // _SAMPLE_CUES) or 1]
    text, script = "\n".join(cue.text for cue in sample), subject.language.script
    if sum(map(str.isalpha, text)) < _FEWEST_LETTERS_OF_FILE:
        return ""
    if subject.language.is_script_certain and parts_of(script):
        own = _own_lines(sample, script)
        if 5 * own_share(text, script) < 1 and 2 * len(own) < len(sample):
            return _in_other_script(text, subject)
        text = "\n".join(own)
    return _other_of_script(text, subject) if sum(map(str.isalpha, text)) >= _FEWEST_LETTERS_OF_FILE else ""


def _other_of_script(text: str, subject: TrackSubject) -> str:
    """Tell in what a text in the letters of the language surely is, when that is another one; empty otherwise."""
    script = subject.language.script
    if script in {"Hans", "Hant"} and (prevailing := prevailing_script(frozenset(text))) not in {script, ""}:
        return _described(subject.language_of(f"zh-{prevailing}"))
    return "" if _is_plainly_own(text, subject) else _in_same_script(text, subject)


def _is_plainly_own(text: str, subject: TrackSubject) -> bool:
    """Tell by letters and small words, in a moment, what is true of nearly every file."""
    own = subject.language
    if own.script in {"Hans", "Hant"}:
        return 10 * own_share(text, own.script) >= 9  # noqa: PLR2004 - Japanese has letters of its own between them
    rivals = {each.tag: each for each in (*_rivals(subject, builtin_languages()), *_rivals(subject, subject.languages))}
    words = split_words(fold(text))
    return _has_own_letters(text, own) and is_plainly(words, _listed_kin(own) or (own,), tuple(rivals.values()))


def _in_same_script(text: str, subject: TrackSubject) -> str:
    """Ask the model; empty unless it is sure of another language, whichever that is."""
    own, sure_percent = subject.language, subject.profile.sure_percent
    if not is_known(own):
        return ""
    guess, own_percent = identify_among_all(text, own)
    if guess is None or 100 - own_percent < sure_percent:
        return ""
    named = _described(_own_name_of(guess.language, subject))
    return named if guess.percent >= sure_percent else f"in another language, perhaps {named.removeprefix('in ')}"


def _own_lines(cues: Iterable[Cue], script: str) -> list[str]:
    """Give the lines with letters that are mostly of a script: a cue may hold a line in each of two languages."""
    return [
        line for cue in cues for line in cue.lines if any(map(str.isalpha, line)) and 2 * own_share(line, script) >= 1
    ]


def _has_own_letters(text: str, language: Language) -> bool:
    """Tell whether every letter beyond ASCII is one by which the language is recognised."""
    return all(each.isascii() or each in alphabet_of(language).letters for each in set(text) if each.isalpha())


def _in_other_script(text: str, subject: TrackSubject) -> str:
    script = main_script(text)
    guess, _ = identify_among_all(text)
    is_sure = guess is not None and guess.percent >= subject.profile.sure_percent
    if guess and is_sure and script in parts_of(guess.language.script):
        return _described(_own_name_of(guess.language, subject))
    return f"in {script_name(script)} letters"


def _own_name_of(language: Language, subject: TrackSubject) -> Language:
    """Give the language of the project that counts as this one, if there is one: ``zh-Hans`` for ``zh``."""
    return next((each for each in subject.languages if are_kin(each, language)), language)


def _ask(text: str, subject: TrackSubject, rivals: Sequence[Language]) -> str:
    """Ask the model; empty unless it is sure of another language."""
    own = subject.language
    guess = identify(text, (own, *rivals)) if is_known(own) else None
    if guess is None or guess.percent < subject.profile.sure_percent or are_kin(guess.language, own):
        return ""
    return _described(guess.language)


def _described(language: Language) -> str:
    return f"in {language.name} ({language.tag})"


def _rivals(subject: TrackSubject, languages: Iterable[Language]) -> list[Language]:
    """Give those of some languages that the text might be in by its letters: the others of the same script."""
    own = subject.language
    scripts = set(parts_of(own.script))
    return [
        each
        for each in languages
        if not are_kin(each, own)
        and not (each.is_script_certain and own.is_script_certain and scripts.isdisjoint(parts_of(each.script)))
    ]


def _listed_kin(language: Language) -> tuple[Language, ...]:
    """Give the languages with a list of small words that count as one with this one, itself included."""
    others = (each for each in builtin_languages() if each.primary != language.primary)
    return tuple(each for each in (language, *others) if are_kin(each, language) and function_words_of(each))


def _cues_of_rivals(subject: TrackSubject) -> Iterator[_Foreign]:
    """Find the cues in another language of the same script: suspected by their words, proved by the model."""
    rivals = _rivals(subject, subject.languages)
    if not rivals or not UNSPACED.isdisjoint(parts_of(subject.language.script)):
        return
    for cue, suspect in _suspects(subject, rivals):
        if 2 * own_share(cue.text, subject.language.script) < 1:
            continue  # the model takes letters that none of these languages has for any of them
        what = _ask(cue.text, subject, rivals)
        if what and (suspect is None or what == _described(suspect)):
            yield _Foreign(cue, what)


def _suspects(subject: TrackSubject, rivals: Sequence[Language]) -> Iterator[tuple[Cue, Language | None]]:
    """Give the cues whose small words are those of a rival; or, with ``None``, those that have no own ones.

    The latter only where one of the languages has no list of small words.
    """
    own = frozenset[str]().union(*map(function_words_of, _listed_kin(subject.language)))
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


def _cue_words(subject: TrackSubject) -> Iterator[tuple[Cue, list[str]]]:
    """Give the words of each cue, in small letters."""
    lines = fold(subject.texts.text).split("\n")
    start = 0
    for cue in subject.track.cues:
        end = start + len(cue.lines)
        yield cue, split_words("\n".join(lines[start:end]))
        start = end


def _strange_cues(subject: TrackSubject) -> Iterator[_Foreign]:
    """Find the cues in the letters of another script."""
    script = subject.language.script
    if not parts_of(script) or not subject.language.is_script_certain:
        return
    cues = {id(passage.cue): passage.cue for passage, _ in subject.search(strange_letters(script))}
    for cue in cues.values():
        is_strange = 5 * own_share(cue.text, script) < 1 and not _own_lines([cue], script)
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
    if script == "Latn" and not (best and _is_prose(text, words, known[best])):
        return ""
    fits = [each for each in subject.languages if script in parts_of(each.script)]
    language = _likeliest(text, best, fits, subject.profile.sure_percent)
    return _described(language) if language else f"in {script_name(script)} letters"


def _likeliest(text: str, best: str, fits: Sequence[Language], sure_percent: int) -> Language | None:
    """Give the one of the project's languages of a script that a text is in; ``None`` when that is not sure.

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


RULES = (wrong_language, foreign_cue)
