"""Find the cues of a translation that are the very words of the reference."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from babelreel.model.language import primary_subtag
from babelreel.model.track import Cue, Track
from babelreel.rules.base.memo import remembered
from babelreel.rules.base.subject import TrackSubject
from babelreel.timedtext.addresses import ADDRESS
from babelreel.timedtext.words.identify_language import are_kin
from babelreel.timedtext.words.writing_systems import own_share

_WORD = re.compile(r"[^\W\d_]+")

#: A control character that parts the texts of two cues.
_END = "\x1f"
_WORD_OR_END = re.compile(rf"[^\W\d_]+|{_END}")

#: A cue of fewer words may be the same in two languages by chance ("Hotel", "Mama, Papa").
_FEWEST_WORDS = 3
#: Pidgin shares whole phrases with English.
_FEWEST_WORDS_OF_KIN = 4
#: No word of a language in another script is the same by chance: two are a phrase.
_FEWEST_WORDS_OF_ANOTHER_SCRIPT = 2


@remembered
def find_echoes(subject: TrackSubject) -> list[Cue]:
    """Find the cues whose text is that of a cue of the reference, or of two that follow one another.

    Case, punctuation, numbers and the way lines are broken make no difference. A cue of names and numbers alone is
    not one, and neither is a very short one. Two tracks of one language (English and British English) have no echoes.
    """
    reference = subject.reference
    if reference is None or subject.language.primary == primary_subtag(reference.language):
        return []
    known = _said_in(reference)
    fewest = _fewest_words(subject, reference.language)
    return [
        cue
        for key, cue in zip(_keys(subject.track.cues), subject.track.cues, strict=True)
        if key in known
        and key.count(" ") >= fewest - 1
        and (_is_more_than_names(cue) or _is_more_than_names(known[key]))  # capital letters alone do not show names
        and _WORD.search(ADDRESS.sub(" ", cue.text))  # an address is the same in every language
    ]


@remembered
def _said_in(reference: Track) -> dict[str, Cue]:
    """Find the words of the cues of the reference, and of two that follow one another; all languages ask for them."""
    said = list(zip(_keys(reference.cues), reference.cues, strict=True))
    return dict(said) | {f"{one} {two}": cue for (one, cue), (two, _) in pairwise(said)}


def count_comparable(subject: TrackSubject) -> int:
    """Count the cues of the track that could be an echo: those with words enough, names left out."""
    fewest = _fewest_words(subject, subject.reference.language if subject.reference else "")
    keys = zip(_keys(subject.track.cues), subject.track.cues, strict=True)
    return sum(key.count(" ") >= fewest - 1 and _is_more_than_names(cue) for key, cue in keys)


def _fewest_words(subject: TrackSubject, reference: str) -> int:
    if reference and are_kin(subject.language, subject.language_of(reference)):
        return _FEWEST_WORDS_OF_KIN
    cues = subject.reference.cues[:20] if subject.reference else ()
    is_same_script = own_share(" ".join(cue.text for cue in cues), subject.language.script) > 0
    return _FEWEST_WORDS if is_same_script else _FEWEST_WORDS_OF_ANOTHER_SCRIPT


def _keys(cues: Sequence[Cue]) -> list[str]:
    """List the words of each cue, parted by single spaces; one search over all of them is twice as fast as many."""
    text = _END.join(cue.text.replace(_END, " ") for cue in cues).replace("'", "").replace("’", "")
    text = (text if text.isascii() else unicodedata.normalize("NFC", text)).casefold()
    return [key.strip() for key in " ".join(_WORD_OR_END.findall(text)).split(_END)] if cues else []


def _is_more_than_names(cue: Cue) -> bool:
    """Tell whether a word other than the first does not begin with a capital letter, and so is no name.

    In a script without capitals, names cannot be recognised, so no word counts as a name.
    """
    words = _WORD.findall(cue.text)
    return any(word == word.lower() for word in words[1:] or words)
