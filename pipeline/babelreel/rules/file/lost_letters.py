"""Check that letters have not become question marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from babelreel.model.counted import count
from babelreel.model.finding import Severity
from babelreel.model.track import Cue
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.rule import track_rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.timedtext.encoding.legacy_code_pages import alphabet_of

#: A word of nothing but question marks, and one that has them between or before its letters; addresses are none.
_WHOLE = re.compile(r"(?<!\S)[\"“„«(\[]?\?{2,}[.,:;!\"”“»)\]]*(?!\S)")
_INNER = re.compile(r"(?<![\w./=&%-])[^\W\d_]+[?¿]+[^\W\d_]+(?![\w./=&%@])")
_BEFORE = re.compile(r"(?<!\S)\?+[^\W\d_]{2,}(?![./=&])")
#: A word that ends with a question mark although its sentence goes on.
_GOES_ON = re.compile(r"[^\W\d_]\? (?=[^\W\d_])(?![A-ZÀ-ÖØ-Þ])")

#: The page of languages that can mostly do without letters beyond a to z, where those that cannot are known.
_WESTERN = "windows-1252"

_FEWEST_MARKS, _FEWEST_IN_FILE = 5, 3


@track_rule(code="ENC011", name="letters-lost", severity=Severity.ERROR)
def letters_lost(subject: TrackSubject) -> Iterator[Breach]:
    """Question marks stand where letters should be.

    Why: Some program saved the text in a code page that does not have the letters of the language. They are lost, and
    nobody can read the rest.

    Limit: In a language that needs letters beyond a to z, no line has two or more words made of question marks alone.
    None has a question mark inside a word and another one in the middle of a sentence. If three words of a file have
    one inside, each of them counts.

    Source: Proposal of this project.

    Example: `?????? ?? ??` for `Самира ще ти`, and `Sun? la num?rul` for `Sună la numărul`.

    Fix: Ask the translator for the file as it was before, and save it as UTF-8. No program can bring the letters back.
    """
    if "?" not in subject.texts.characters and "¿" not in subject.texts.characters:
        return
    alphabet = alphabet_of(subject.language)
    if not alphabet.letters:
        return
    has_inner = alphabet.is_latin and (bool(subject.language.letters.telling) or alphabet.pages[0] != _WESTERN)
    lost = list(_lost_cues(subject, has_inner=has_inner))
    if lost:
        also = f", and in {count(len(lost) - 1, 'more line')}" if len(lost) > 1 else ""
        message = f"question marks stand where letters should be{also}"
        yield Breach(cue=lost[0], also=tuple(lost[1:]), message=message, measured=count(len(lost), "line"))


def _lost_cues(subject: TrackSubject, *, has_inner: bool) -> Iterator[Cue]:
    cues = [cue for cue in subject.track.cues if "?" in cue.text or "¿" in cue.text]
    inner = {id(cue): _count_inner(cue.text) if has_inner else 0 for cue in cues}
    has_many = sum(inner.values()) >= _FEWEST_IN_FILE
    for cue in cues:
        words = _WHOLE.findall(cue.text)
        is_blank = len(words) > 1 and cue.text.count("?") >= _FEWEST_MARKS and 2 * len(words) >= len(cue.text.split())
        signs = inner[id(cue)] + len(_GOES_ON.findall(cue.text))
        if is_blank or (inner[id(cue)] and (has_many or signs > 1)):
            yield cue


def _count_inner(text: str) -> int:
    return len(_INNER.findall(text)) + len(_BEFORE.findall(text))


RULES = (letters_lost,)
