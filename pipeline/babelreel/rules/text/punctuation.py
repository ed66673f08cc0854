"""Check that marks, dots, dashes and notes are written as every language writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from babelreel.model.finding import Fix, Severity
from babelreel.model.language_facts import SpeakerDash
from babelreel.model.track import Cue
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.edits import replacing
from babelreel.rules.base.passage import Passage
from babelreel.rules.base.rule import track_rule
from babelreel.rules.base.subject import TrackSubject

_REPEATED = re.compile(r"[!?؟！？]{3,}|([!?؟！？])\1|(?!(?<![^\s(«]),,(?=\w))([,;،؛，；、。])\2+")

_TONE = frozenset("!?؟！？")

_REPEATABLE = _TONE | frozenset(",;،؛，；、。")

_DOTS = re.compile(r"[.…]{2,}|(?<![.…])(?<![.…] )\.(?: \.){2,}(?! ?[.…])")

_DASHED = re.compile(r"^([-‐‑–—])(?!\1)([^\S\n]*)(?=[\"“„«¿¡….'‘’(\[]{0,3}[^\S\n]?[^\W\d_])", re.MULTILINE)

_SENTENCE_ENDS = frozenset(".!?…。！？؟۔:")
_CLOSERS = '"”’»)]'

_SONG_SIGNS = "♪♫♩♬"

_HASH = re.compile(r"^#(?=[^\S\n])|(?<=[^\S\n])#$", re.MULTILINE)


@track_rule(code="TXT001", name="repeated-punctuation", severity=Severity.WARNING)
def repeated_punctuation(subject: TrackSubject) -> Iterator[Breach]:
    """A punctuation mark is written twice or more.

    Why: Two commas are a slip. Two exclamation marks shout; a calm voice informs better, and one mark is enough.

    Limit: One mark. `!!` and `??` are a matter of style. `?!` counts as one mark, and so do two commas before a word,
    which somebody typed for „.

    Source: Netflix Timed Text Style Guide; for children's texts, proposal of this project.

    Example:

        1
        00:00:10,000 --> 00:00:13,000
        You are not alone!!

    Fix: Leave one mark. A person must choose which one, so only `check --fix --unsafe-fixes` does it.
    """
    marks = subject.texts.characters & _REPEATABLE
    if not any(f"{mark}{other}" in subject.texts.text for mark in marks for other in marks):
        return
    for passage, match in subject.search(_REPEATED):
        is_tone = match[0][0] in _TONE
        left = "".join(dict.fromkeys(match[0])) if is_tone else match[0][0]
        yield Breach(
            passage=passage,
            message=f"“{match[0][:10]}”: one mark is enough",
            severity=Severity.INFO if is_tone else None,
            fix=replacing(subject.track, passage, left, is_safe=False),
        )


@track_rule(code="TXT002", name="dots-for-ellipsis", severity=Severity.WARNING)
def dots_for_ellipsis(subject: TrackSubject) -> Iterator[Breach]:
    """Several dots stand where one ellipsis sign belongs.

    Why: The sign `…` is never torn apart at the end of a row and counts as one character. Two or four dots are a slip:
    nobody knows whether the sentence ends.

    Limit: `…`, in Chinese `……`. Three dots are a matter of style (info); any other number is a slip. Two dots after `?`
    or `!` are right in some languages.

    Source: Netflix Timed Text Style Guide: the single character, U+2026.

    Example:

        1
        00:00:10,000 --> 00:00:13,000
        If you are ill...

    Fix: Write the sign; `check --fix` does so for three dots (in Chinese, for three or six).
    """
    if not any(dots in subject.texts.text for dots in ("..", ". .", ".…", "….", "……")):
        return
    is_double = len(subject.language.punctuation.ellipsis) > 1
    for passage, match in subject.search(_DOTS):
        line, run = passage.cue.lines[passage.line], match[0].replace(" ", "")
        before, after = line[passage.start - 1 : passage.start], line[passage.end : passage.end + 1]
        if (run == ".." and (before in set("?!/\\؟") or after in set("/\\"))) or (is_double and not run.strip("…")):
            continue
        is_plain = run == "..." or (is_double and run == "......")
        yield Breach(
            passage=passage,
            message=f"“{match[0][:12]}” stands where the ellipsis sign belongs",
            severity=Severity.INFO if is_plain else None,
            fix=None if run == ".." else _ellipsis(subject, passage, is_safe=is_plain),
            chances=sum(map(subject.texts.count, (match[0], subject.language.punctuation.ellipsis))),
        )


def _ellipsis(subject: TrackSubject, passage: Passage, *, is_safe: bool) -> Fix | None:
    return replacing(subject.track, passage, subject.language.punctuation.ellipsis, is_safe=is_safe)


@track_rule(code="TXT004", name="speaker-dash", severity=Severity.WARNING)
def speaker_dash(subject: TrackSubject) -> Iterator[Breach]:
    """The dashes of two speakers are not written as usual in this language.

    Why: If only one row has a dash, it is not clear who speaks, unless readers are used to this.

    Limit: A dash in both rows, without a space: de, en, zh; with a space: ar, fr, ro, vi. A dash only in the second
    row, without a space: nl; with a space: bg. In other languages only a line with two different dashes is reported. A
    missing dash is a warning, the rest is style (info). A row does not begin a new speaker if the row above it does not
    end a sentence, or if it is only a name below a quotation.

    Source: Netflix Timed Text Style Guide of each language, "Dual Speakers".

    Example:

        1
        00:00:10,000 --> 00:00:14,000
        Can I ask?
        -Yes, always.

    Fix: Write the dashes in this way; `check --fix` corrects the spaces.
    """
    if not subject.texts.characters & set("-‐‑–—"):
        return
    style = subject.language.punctuation.speaker_dash
    dashes: dict[int, list[tuple[Passage, re.Match[str]]]] = {}
    for passage, match in subject.search(_DASHED):
        dashes.setdefault(id(passage.cue), []).append((passage, match))
    for marks in dashes.values():
        lines = [passage.line for passage, _ in marks]
        if style:
            yield from _spaced_dashes(subject, marks, style)
            yield from _misplaced_dashes(subject, marks, style)
        if lines[:2] == [0, 1] and len({match[1] for _, match in marks}) > 1:
            yield Breach(passage=marks[1][0], message="the dashes of the two speakers differ", severity=Severity.INFO)


def _spaced_dashes(
    subject: TrackSubject, marks: list[tuple[Passage, re.Match[str]]], style: SpeakerDash
) -> Iterator[Breach]:
    for passage, match in marks:
        if match[1] == "-" and bool(match[2]) != style.has_space:
            with_or_not = "a" if style.has_space else "no"
            yield Breach(
                passage=passage,
                message=f"{subject.language.name} writes {with_or_not} space after the dash of a speaker",
                severity=Severity.INFO,
                fix=replacing(subject.track, passage, "- " if style.has_space else "-"),
            )


def _misplaced_dashes(
    subject: TrackSubject, marks: list[tuple[Passage, re.Match[str]]], style: SpeakerDash
) -> Iterator[Breach]:
    first, match = marks[0]
    lines = [passage.line for passage, _ in marks]
    if style.marks_both and lines == [1] and match[1] == "-" and _has_two_speakers(first.cue):
        yield Breach(passage=first, message="only the second speaker has a dash: set one before the first, too")
    elif not style.marks_both and lines == [0, 1]:
        yield Breach(
            passage=first,
            message=f"{subject.language.name} sets a dash before the second speaker only",
            severity=Severity.INFO,
            fix=replacing(subject.track, first, "", is_safe=False),
        )


def _has_two_speakers(cue: Cue) -> bool:
    """Tell whether the second of two lines, which begins with a dash, answers the first one."""
    if len(cue.lines) != 2:  # noqa: PLR2004 - one line each
        return False
    above, below = cue.lines[0].rstrip(f"{_CLOSERS} "), cue.lines[1].rstrip(f"{_CLOSERS} ")
    names_author = below[-1:] not in _SENTENCE_ENDS and not any(word.islower() for word in below.split())
    return above[-1:] in _SENTENCE_ENDS and not names_author


@track_rule(code="TXT008", name="song-sign", severity=Severity.INFO)
def song_sign(subject: TrackSubject) -> Iterator[Breach]:
    """A song does not have a note (♪) at both ends of the line.

    Why: The note tells people who cannot hear it that somebody sings; only British viewers know the number sign for it.

    Limit: `♪` before and after the words of each line.

    Source: Netflix Timed Text Style Guide, "Songs".

    Example:

        1
        00:00:10,000 --> 00:00:14,000
        ♪ Nobody walks alone

    Fix: Write ♪ at both ends of the line.
    """
    if "#" in subject.texts.characters:
        for passage, _ in subject.search(_HASH):
            fix = replacing(subject.track, passage, "♪", is_safe=False)
            yield Breach(passage=passage, message="“#” stands for a song: write “♪”", fix=fix)
    if subject.texts.characters & set(_SONG_SIGNS):
        for cue in subject.track.cues:
            words = cue.text.strip()
            ends = [bool(words) and words[place] in _SONG_SIGNS for place in (0, -1)] if words else []
            if words.strip(_SONG_SIGNS + " \n") and any(ends) and not all(ends):
                yield Breach(cue=cue, message="the note stands at one end of the line only")


RULES = (
    repeated_punctuation,
    dots_for_ellipsis,
    speaker_dash,
    song_sign,
)
