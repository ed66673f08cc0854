"""Is the file written in the form that every player understands, and is there something in it?"""

from __future__ import annotations

from collections.abc import Iterator

from babelreel.model.finding import Severity
from babelreel.model.track import FaultKind
from babelreel.rules.rule import Breach, Subject, fault_breaches, rule


@rule(code="SYN001", name="unreadable-cue", severity=Severity.ERROR)
def unreadable_cue(subject: Subject) -> Iterator[Breach]:
    """No cue can be made of these lines.

    Why: Players skip what they cannot read, or show it as part of the text before it. Either way a sentence is lost.

    Limit: Every cue has a line with two times and an arrow.

    Source: The formats: SubRip as players read it, the WebVTT recommendation, the ASS specification.

    For example (the letter O stands where a zero belongs):

        4
        00:00:1O,000 --> 00:00:12,000
        You can ask for an interpreter.

    Mend: Write the line of times as in the cues around it: a number, then a line `00:00:10,000 --> 00:00:12,000`, then
    the text, then an empty line.
    """
    return fault_breaches(subject, FaultKind.UNREADABLE_CUE)


@rule(code="SYN002", name="timestamp-form", severity=Severity.WARNING)
def timestamp_form(subject: Subject) -> Iterator[Breach]:
    """A time can be understood, but it is not written in the form of its format.

    Why: Programs read such a time differently: `00:00:01,5` is 1.005 seconds for one and 1.5 seconds for another.

    Limit: SubRip: `00:00:01,500`, with a comma and three digits after it. WebVTT: `00:00:01.500`, with a full stop;
    the hours may be left out. Between the two times of both: ` --> `. ASS and SSA: `0:00:01.50`, with two digits.

    Source: The formats: SubRip as players read it, the WebVTT recommendation, the ASS specification.

    For example:

        4
        00:00:10.5 --> 00:00:12,000
        You can ask for an interpreter.

    Mend: Write the time out in full, after making sure in a player which time was meant.
    """
    return fault_breaches(subject, FaultKind.TIMESTAMP_FORM)


@rule(code="SYN003", name="empty-track", severity=Severity.ERROR)
def empty_track(subject: Subject) -> Iterator[Breach]:
    """There is no cue in the file.

    Why: A film would be published for this language without a single word in it.

    Limit: At least one cue.

    Source: Proposal of this project.

    For example: A file of 0 bytes, or one with notes only.

    Mend: Save the translation again. If there is none yet, take the file away until there is one.
    """
    if not subject.track.cues:
        yield Breach(message="there is no cue in the file")


@rule(code="SYN004", name="empty-cue", severity=Severity.WARNING)
def empty_cue(subject: Subject) -> Iterator[Breach]:
    """A cue has times but no text.

    Why: Most often a sentence was left out in translation, and nobody sees it in a player.

    Limit: At least one character that can be seen.

    Source: Proposal of this project; Subtitle Edit reports the same.

    For example:

        4
        00:00:10,000 --> 00:00:12,000

        5
        00:00:12,080 --> 00:00:14,000
        It is free.

    Mend: Write the missing text, or take the cue away.
    """
    for cue in subject.track.cues:
        if not cue.text.strip():
            yield Breach(cue=cue, message="the cue has no text")


RULES = (unreadable_cue, timestamp_form, empty_track, empty_cue)
