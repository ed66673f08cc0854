"""Check that a track is in the language that the file's name promises.

Letters are counted first, small words second, and only what leaves a doubt is put to the model of py3langid.
"""

from __future__ import annotations

from collections.abc import Iterator

from babelreel.languages.find import builtin_languages
from babelreel.model.finding import Severity
from babelreel.model.language import Language
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.memo import remembered
from babelreel.rules.base.rule import limits, track_rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.base.untranslated import find_echoes
from babelreel.rules.text.possible_languages import described, lines_in_script, listed_kin, of_project, rivals_of
from babelreel.timedtext.encoding.legacy_code_pages import alphabet_of
from babelreel.timedtext.words.chinese_characters import prevailing_script
from babelreel.timedtext.words.function_words import fold, is_plainly, split_words
from babelreel.timedtext.words.identify_language import identify_among_all, is_known
from babelreel.timedtext.words.writing_systems import main_script, own_share, parts_of, script_name

#: The language of a file shows in a part of it; more would only take longer.
_SAMPLE_CUES = 120
#: Shorter texts are in no language for sure.
_FEWEST_LETTERS = 40


@track_rule(code="LNG001", name="wrong-language", severity=Severity.ERROR, limit=limits("sure_percent"))
def wrong_language(subject: TrackSubject) -> Iterator[Breach]:
    """The file is in another language than its name says.

    Why: A child picks a language from a list and gets one that it cannot read. This happens if a file is saved under
    the wrong name, or if a copy of another language was never translated.

    Limit: It is reported in three cases. Fewer than one letter in five is in the script of the language. Or the model
    of py3langid is at least 90 percent sure that the text (in a long file, a sample of 120 lines) is in another
    language. Or Chinese is written in the other of its two scripts. Languages that no model tells apart reliably count
    as one: English and Nigerian Pidgin, Persian and Dari, Serbian, Croatian and Bosnian, Danish and Norwegian. If the
    model does not know the language, only its script is checked. Files with fewer than 40 letters are not checked. A
    file whose lines have a row in each of two languages is in both.

    Source: py3langid, a model of 140 languages; the limits are a proposal of this project.

    Example (in nl.srt, all lines):

        Du hast Rechte.
        Das Gesetz schützt dich.

    Fix: Open the file and read a few lines. Name it after the language that it is in, and look for the right text.
    """
    found = other_language(subject)
    if found:
        message = f"the file is named {subject.language.tag} ({subject.language.name}), but its text is {found}"
        yield Breach(message=message)


@remembered
def other_language(subject: TrackSubject) -> str:
    """Tell what a file is in, when it is surely not what its name says; empty otherwise.

    Cues that repeat the reference are reported as that, and say nothing here.
    """
    echoes = {id(cue) for cue in find_echoes(subject)}
    cues = [cue for cue in subject.track.cues if id(cue) not in echoes]
    sample = cues[:: -(-len(cues) // _SAMPLE_CUES) or 1]
    text, script = "\n".join(cue.text for cue in sample), subject.language.script
    if sum(map(str.isalpha, text)) < _FEWEST_LETTERS:
        return ""
    if subject.language.is_script_certain and parts_of(script):
        own = lines_in_script(sample, script)
        if 5 * own_share(text, script) < 1 and 2 * len(own) < len(sample):
            return _in_other_script(text, subject)
        text = "\n".join(own)
    return _other_of_script(text, subject) if sum(map(str.isalpha, text)) >= _FEWEST_LETTERS else ""


def _other_of_script(text: str, subject: TrackSubject) -> str:
    """Tell in what a text in the letters of the language surely is, when that is another one; empty otherwise."""
    script = subject.language.script
    if script in {"Hans", "Hant"} and (prevailing := prevailing_script(frozenset(text))) not in {script, ""}:
        return described(subject.language_of(f"zh-{prevailing}"))
    return "" if _is_plainly_own(text, subject) else _in_same_script(text, subject)


def _is_plainly_own(text: str, subject: TrackSubject) -> bool:
    """Tell by letters and small words, in a moment, what is true of nearly every file."""
    own = subject.language
    if own.script in {"Hans", "Hant"}:
        return 10 * own_share(text, own.script) >= 9  # noqa: PLR2004 - Japanese has letters of its own between them
    rivals = {each.tag: each for each in (*rivals_of(own, builtin_languages()), *rivals_of(own, subject.languages))}
    words = split_words(fold(text))
    return _has_own_letters(text, own) and is_plainly(words, listed_kin(own) or (own,), tuple(rivals.values()))


def _in_same_script(text: str, subject: TrackSubject) -> str:
    """Ask the model; empty unless it is sure of another language, whichever that is."""
    own, sure_percent = subject.language, subject.profile.sure_percent
    if not is_known(own):
        return ""
    guess, own_percent = identify_among_all(text, own)
    if guess is None or 100 - own_percent < sure_percent:
        return ""
    named = described(of_project(guess.language, subject))
    return named if guess.percent >= sure_percent else f"in another language, perhaps {named.removeprefix('in ')}"


def _has_own_letters(text: str, language: Language) -> bool:
    """Tell whether every letter beyond ASCII is one by which the language is recognised."""
    return all(each.isascii() or each in alphabet_of(language).letters for each in set(text) if each.isalpha())


def _in_other_script(text: str, subject: TrackSubject) -> str:
    script = main_script(text)
    guess, _ = identify_among_all(text)
    is_sure = guess is not None and guess.percent >= subject.profile.sure_percent
    if guess and is_sure and script in parts_of(guess.language.script):
        return described(of_project(guess.language, subject))
    return f"in {script_name(script)} letters"


RULES = (wrong_language,)
