"""What the rules on words find in words in the picture and on cards, which stand in no subtitle file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from babelreel.languages.find import find_language
from babelreel.model.film.signs import ShownSign, Sign, signs_in
from babelreel.model.finding import Finding, Location, Severity
from babelreel.model.language import Language
from babelreel.model.policy import Allowance
from babelreel.model.timecode import render_timestamp
from babelreel.model.track import Track
from babelreel.rules.base.need import Need
from babelreel.rules.base.rule import TrackRule
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.check import CheckResult, check_track
from babelreel.rules.exceptions import Exceptions
from babelreel.rules.registry import RULES, choose_rules
from babelreel.timedtext.read import read_track

#: Those that look at the text alone, and at what it has in common with that of the film's own language.
_FAMILIES = frozenset({"ENC", "MRK", "SPC", "TXT", "LET", "TYP", "SCR", "DIR", "GLY", "FCT"})
#: Signs are drawn so that no number turns round (DIR003); nobody speaks or sings in them (TXT004, TXT008), what hangs
#: over doors is often in capitals (TXT007), and the same may hang over two of them (TXT010).
_NOT_OF_SIGNS = frozenset({"DIR003", "TXT004", "TXT007", "TXT008", "TXT010"})
#: From the beginning of one text to that of the next.
_APART_MS = 120_000
_NEEDS = frozenset({Need.REFERENCE, Need.SAME_FILM})

#: Where in a file of settings the words of a sign stand, by its name: line and column from 1; 0 where nobody knows.
FindPlace = Callable[[str], tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """A text, what it is called in messages, and the sign that it is of; empty for one on a card."""

    text: str
    called: str
    sign: Sign | None = None


def check_sign_texts(  # noqa: PLR0913 - as ``check_track``
    subject: TrackSubject,
    path: str,
    *,
    find_place: FindPlace = lambda _: (0, 0),
    is_voice: bool = False,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    allow: Sequence[Allowance] = (),
) -> CheckResult:
    """Check the words in the picture and on the cards of a language; ``path`` is the file of settings that holds them.

    The findings name the sign, and have no fix: what they are about is edited by hand. What a variant takes from its
    usual text is looked at there. Numbers and addresses are compared with those of the same signs in the film's own
    language. What is wrong on a card is a warning: what cannot be drawn is left out of it. ``is_voice``: the language
    has no track, so that nobody else looks at when and where its signs stand.
    """
    language = subject.language
    shown = signs_in(subject.signs, language.tag, is_reference=subject.is_spoken)
    signs = [_words_of(each) for each in shown if _is_told_here(each, subject)]
    cards = [_Words(text=text, called=f"the card, {where}") for where, text in subject.card_words]
    chosen = [each for each in choose_rules(RULES, select=select, ignore=ignore) if each.code[:3] in _FAMILIES]
    found: list[Finding] = []
    if is_voice:
        of_signs = tuple(each for each in choose_rules(RULES, select=select, ignore=ignore) if each.code[:3] == "SGN")
        seen = check_track(subject, of_signs).findings
        found += Exceptions(subject.track, frozenset(), allow, RULES).uncovered(seen)
    for words, theirs in ((signs, _reference(signs, subject)), (cards, None)):
        if words:
            rules = tuple(each for each in chosen if isinstance(each, TrackRule) and _is_about_words(each, theirs))
            alone = TrackSubject(
                track=_as_track([each.text for each in words], language, path),
                language=language,
                profile=subject.profile,
                reference=theirs,
                languages=subject.languages,
                font=subject.font,
                names=subject.names,
            )
            told = Exceptions(alone.track, frozenset(), allow, RULES).uncovered(check_track(alone, rules).findings)
            found += (_told(each, words, language, path, find_place) for each in told)
    return CheckResult(findings=tuple(found))


def _is_about_words(rule: TrackRule, theirs: Track | None) -> bool:
    return rule.code not in _NOT_OF_SIGNS and (rule.needs <= _NEEDS if theirs else not rule.needs)


def _is_told_here(shown: ShownSign, subject: TrackSubject) -> bool:
    language = subject.language
    is_looked_at = any(each.tag == language.usual_tag != language.tag for each in subject.languages)
    return not is_looked_at or language.tag in dict(shown.sign.texts)


def _words_of(shown: ShownSign) -> _Words:
    sign = shown.sign
    return _Words(text="\n".join(shown.lines), called=f"words in the picture “{sign.name}”", sign=sign)


def _reference(signs: Sequence[_Words], subject: TrackSubject) -> Track | None:
    """Make the track of what the same signs say in the film's own language; ``None`` where they are said in it."""
    if subject.reference is None or subject.is_spoken:
        return None
    tag = subject.reference.language
    texts = [each.sign.text_in(tag) if each.sign else "" for each in signs]
    return _as_track(texts, find_language(tag), subject.reference.path)


def _as_track(texts: Sequence[str], language: Language, path: str) -> Track:
    """Write texts as a subtitle file, whose rules know all that can be wrong with them, and read it.

    Each has minutes to itself: it is compared with its own like alone.
    """
    blocks = (
        f"{number}\n{render_timestamp(number * _APART_MS)} --> {render_timestamp((number + 1) * _APART_MS)}\n{text}\n"
        for number, text in enumerate(texts, 1)
    )
    track = read_track("\n".join(blocks).encode(), language=language, path="signs.srt")
    return replace(track, path=path)


def _told(finding: Finding, words: Sequence[_Words], language: Language, path: str, find_place: FindPlace) -> Finding:
    number = finding.location.cue
    about = words[number - 1] if number else None
    sign = about.sign if about else None
    line, column = find_place(sign.name) if sign else (0, 0)
    is_error_of_card = bool(about and not sign) and finding.severity is Severity.ERROR
    return replace(
        finding,
        location=Location(path=path, line=line, column=column),
        message=f"{about.called if about else 'words in the picture'}, in {language.name}: {finding.message}",
        severity=Severity.WARNING if is_error_of_card else finding.severity,
        fix=None,
        first_line=0,
        last_line=0,
        start_ms=sign.span.start_ms if sign else None,
        end_ms=sign.span.end_ms if sign else None,
        repeated=tuple(_told(each, words, language, path, find_place) for each in finding.repeated),
    )
