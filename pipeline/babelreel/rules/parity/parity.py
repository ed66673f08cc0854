"""Check that a track says what the reference says, when the reference says it.

The reference is the track of the language that is spoken in the film.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import shorten

from babelreel.model.finding import Severity
from babelreel.model.language import ENGLISH
from babelreel.model.timecode import render_timestamp
from babelreel.model.track import Cue
from babelreel.rules.alignment.alignment import Alignment
from babelreel.rules.alignment.lines import KNOWN_SLOPES, Line
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.need import Need
from babelreel.rules.base.rule import Purpose, limits, track_rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.base.untranslated import count_comparable, find_echoes
from babelreel.rules.parity.moves import move_call, move_to_reference
from babelreel.rules.parity.parallel import (
    NOWHERE,
    Places,
    alignment_of,
    extra_stretches,
    missing_stretches,
    shown,
)

REFERENCE = frozenset({Need.REFERENCE})
#: Of rules that look at what is said at one moment in both.
REFERENCE_IN_TIME = REFERENCE | {Need.SAME_FILM}

_FEWEST_ECHOES_OF_FILE = 5

#: Before and behind what is said, a cue may be shown so much longer.
_BREATH_MS = 1000


@track_rule(
    code="PAR001",
    name="missing-stretch",
    severity=Severity.ERROR,
    needs=REFERENCE_IN_TIME,
    limit=limits("stretch_ms", "stretch_error_ms"),
)
def missing_stretch(subject: TrackSubject) -> Iterator[Breach]:
    """The reference has text where the track has none.

    Why: Somebody speaks, and readers of this language learn nothing of it.

    Limit: A cue of the reference counts as missing if the track has text for less than a quarter of its time (two
    fifths, if more than four seconds are without text). One second in all is reported. Up to ten seconds it is a
    warning, since a sentence may come a little earlier or later on purpose. More than that is an error, since no cue is
    so long. A text that is shown for more than twice the time to say it ("Thank you." over the music at the end) counts
    only for twice that time. Sounds in brackets and notes of music may be missing. If all times are shifted against the
    reference, they are moved back first.

    Source: Proposal of this project.

    Example, the reference and a track beside it:

        00:00:20,000  You have the right to a lawyer.     Tu as droit à un avocat.
        00:00:24,000  The lawyer is free.
        00:00:28,000  Ask for an interpreter.             Demande un interprète.

    Fix: Translate what is missing. If the cue before already says it, let that cue last until the end of the sentence.
    """
    stretches = list(missing_stretches(subject))
    places = Places.of(subject) if stretches else NOWHERE
    for cues in stretches:
        start, end = cues[0].span.start_ms, cues[-1].span.end_ms
        said = shorten(cues[0].text, 80, placeholder="…")
        also = f" and what follows it, until {render_timestamp(end)}" if len(cues) > 1 else ""
        yield Breach(
            cue=places.cue_at(start),
            message=f"no cue covers what the reference says at {render_timestamp(start)}: “{said}”{also}",
            measured=f"{end - start} ms",
            limit=f"{subject.profile.stretch_ms} ms",
            severity=Severity.ERROR if _is_long(subject, cues) else Severity.WARNING,
        )


@track_rule(
    code="PAR002",
    name="extra-stretch",
    severity=Severity.WARNING,
    needs=REFERENCE_IN_TIME,
    limit=limits("stretch_ms"),
)
def extra_stretch(subject: TrackSubject) -> Iterator[Breach]:
    """The track has text where the reference has none.

    Why: Such text was left over from another version of the film, is a translator's note, or has a wrong time.

    Limit: Cues that share less than a quarter of their time with cues of the reference, one second or more in all.
    Where all times are shifted against the reference, they are moved back first.

    Source: Proposal of this project.

    Example, the reference and a track beside it:

        00:00:20,000  You have the right to a lawyer.     Tu as droit à un avocat.
        00:00:24,000                                      Sous-titres : l’équipe des bénévoles

    Fix: Delete the text, move it to the time at which it is said, or add the sentence to the reference.
    """
    for cues in extra_stretches(subject):
        more = len(cues) - 1
        also = ", nor under the next one" if more == 1 else f", nor under the next {more} ones" if more else ""
        yield Breach(
            cue=cues[0],
            message=f"the reference has no text under this cue{also}",
            measured=f"{cues[-1].span.end_ms - cues[0].span.start_ms} ms",
            limit=f"{subject.profile.stretch_ms} ms",
        )


@track_rule(
    code="PAR003",
    name="drifting-timing",
    severity=Severity.ERROR,
    needs=REFERENCE_IN_TIME,
    limit=limits("delay_ms", "delay_error_ms"),
    purpose=Purpose.SYNC,
)
def drifting_timing(subject: TrackSubject) -> Iterator[Breach]:
    """All times of the track are early or late against the reference, or drift away from it.

    Why: Text that comes late or early is read with the wrong picture. Usually the track was made for another version of
    the film, or for one with another frame rate.

    Limit: A quarter of a second at the worst place; from two seconds on it is an error. Both tracks need ten cues, and
    one shift and rate must fit three in five of them. If the cues begin and end at other places than in the reference,
    400 ms are needed, and clearly more cues than by chance must begin together after the shift. If no shift fits, not
    even none, a note says that nothing is certain. Up to 200 ms nothing is reported.

    Source: The BBC Subtitle Guidelines never allow two seconds; a quarter of a second is a proposal of this project.

    Example, in-times of the reference and of a track beside it:

        00:00:10,000    00:00:10,400
        00:00:20,000    00:00:20,800
        00:00:30,000    00:00:31,200

    Fix: `babelreel shift` and `babelreel stretch` move all cues at once, by what the finding says. If the times jump
    in the middle, a scene was cut: `--from` moves all cues from there on. Where the film's voices do not show whether
    the track or the reference is right, `--fix --unsafe-fixes` moves the track.
    """
    cues = shown(subject.track)
    alignment = alignment_of(subject)
    if not alignment.is_sure:
        message = "nobody can tell whether the times run with the reference: the cues are cut at other places"
        yield Breach(message=message, severity=Severity.INFO)
        return
    if not cues or alignment == Alignment():
        return
    times = sorted(cue.span.start_ms for cue in cues)
    worst = max((alignment.line_at(time).delay_ms(time) for time in times), key=abs)
    if abs(worst) >= subject.profile.delay_ms:
        yield Breach(
            message=f"{_described_drift(alignment, times)} ({_how_to_move(subject, alignment)})",
            measured=f"{abs(worst)} ms {'late' if worst > 0 else 'early'}",
            limit=f"{subject.profile.delay_ms} ms",
            severity=Severity.ERROR if abs(worst) >= subject.profile.delay_error_ms else Severity.WARNING,
            # where somebody is heard, the voices tell which track is off, and it may be the reference
            fix=None if subject.film and subject.film.speech else move_to_reference(subject, alignment),
        )


@track_rule(code="PAR004", name="untranslated-cue", severity=Severity.WARNING, needs=REFERENCE)
def untranslated_cue(subject: TrackSubject) -> Iterator[Breach]:
    """A cue repeats the words of the reference.

    Why: People who chose this language cannot read it.

    Limit: Three words or more, not all of them names; four for languages that share phrases, as Nigerian Pidgin and
    English do; two where the language has another script. Case, punctuation and line breaks make no difference. If this
    is true of half of all cues of that length, and of at least five, there is one error for the whole file.

    Source: Proposal of this project.

    Example (in nl.srt):

        The lawyer is free.

    Fix: Translate the cue.
    """
    echoes = find_echoes(subject)
    comparable = count_comparable(subject) if len(echoes) >= _FEWEST_ECHOES_OF_FILE else 0
    if comparable and 2 * len(echoes) >= comparable:
        yield Breach(
            message="the file is not translated: it holds the words of the reference",
            measured=f"{len(echoes)} of {comparable} cues",
            severity=Severity.ERROR,
        )
        return
    for cue in echoes:
        yield Breach(cue=cue, message="the cue holds the words of the reference", severity=Severity.WARNING)


def _is_long(subject: TrackSubject, cues: Sequence[Cue]) -> bool:
    """Tell whether more is said under cues of the reference than one cue can hold."""
    from babelreel.timedtext.speech.duration import estimate_ms  # noqa: PLC0415 - few tracks lack a stretch

    language = subject.language_of(subject.reference.language if subject.reference else ENGLISH)
    held_ms = sum(max(0, cue.span.duration_ms - 2 * estimate_ms(cue.text, language) - _BREATH_MS) for cue in cues)
    return cues[-1].span.end_ms - cues[0].span.start_ms - held_ms >= subject.profile.stretch_error_ms


def _how_to_move(subject: TrackSubject, alignment: Alignment) -> str:
    """Name the commands that move the track; who moves it by hand says that it fits the film that lies there."""
    if not subject.is_of_film:
        return "both are of another film than the one that lies there: move them to that one first, see FIL004"
    return move_call(subject.track.language, alignment)


def _described_drift(alignment: Alignment, times: Sequence[int]) -> str:
    """Say how the times of a track lie against those of the reference, and why that may be."""
    first, last = alignment.line.delay_ms(times[0]), alignment.later.delay_ms(times[-1])
    if alignment.line != alignment.later:
        turn = render_timestamp(alignment.turn_ms)
        return f"the times are {_lateness(first)} until {turn} and {_lateness(last)} from there on: was a scene cut?"
    if alignment.line.slope == 1:
        return f"all times are {_lateness(first)}: were they made on another version of the film?"
    return (
        f"the times are {_lateness(first)} at the first cue and {_lateness(last)} at the last{_cause(alignment.line)}"
    )


def _lateness(delay_ms: int) -> str:
    return f"{abs(delay_ms)} ms {'late' if delay_ms > 0 else 'early'}" if delay_ms else "right"


def _cause(line: Line) -> str:
    cause = KNOWN_SLOPES.get(line.slope)
    return f": they look made for {cause}" if cause else ": the rate of the film they were made for is another one"


RULES = (
    missing_stretch,
    extra_stretch,
    drifting_timing,
    untranslated_cue,
)
