"""Check that a track says what the reference says, when the reference says it.

The reference is the track of the language that is spoken in the film.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import shorten

from babelreel.model.finding import Severity
from babelreel.model.language import ENGLISH
from babelreel.model.timecode import render_clock, render_seconds
from babelreel.model.track import Cue
from babelreel.rules.alignment.alignment import Alignment
from babelreel.rules.alignment.lines import KNOWN_SLOPES, Line
from babelreel.rules.alignment.of_subject import alignment_of, misfit_of_reference
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.need import Need
from babelreel.rules.base.rule import Purpose, limits, track_rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.base.untranslated import count_comparable, find_echoes
from babelreel.rules.parity.moves import move_call, move_to_reference
from babelreel.rules.parity.parallel import NOWHERE, Places, extra_stretches, missing_stretches, shown

REFERENCE = frozenset({Need.REFERENCE})
#: Of rules that look at what is said at one moment in both.
REFERENCE_IN_TIME = REFERENCE | {Need.SAME_FILM}

_FEWEST_ECHOES_OF_FILE = 5

#: Before and behind what is said, a cue may be shown so much longer.
_BREATH_MS = 1000
#: A twentieth of a second, rounded to tenths, is none.
_SMALLEST_SAID_MS = 50


@track_rule(
    code="PAR001",
    name="missing-stretch",
    severity=Severity.ERROR,
    needs=REFERENCE_IN_TIME,
    limit=limits("stretch_ms", "stretch_error_ms"),
)
def missing_stretch(subject: TrackSubject) -> Iterator[Breach]:
    """The original has text where this subtitle file has none.

    Why: Somebody speaks, and readers of this language learn nothing of it.

    Limit: A line of the original counts as missing if the subtitle file has text for less than a quarter of its time
    (two fifths, if more than four seconds are without text). One second in all is reported. Up to ten seconds it is a
    warning, since a sentence may come a little earlier or later on purpose. More than that is an error, since no line
    is so long. If a text is shown for more than twice the time that it takes to say it ("Thank you." over the music at
    the end), only twice that time counts. Sounds in brackets and notes of music may be missing. If all times are
    shifted against the original, they are moved back first.

    Source: Proposal of this project.

    Example, the original, and the subtitle file beside it:

        00:00:20,000  You have the right to a lawyer.     Tu as droit à un avocat.
        00:00:24,000  The lawyer is free.
        00:00:28,000  Ask for an interpreter.             Demande un interprète.

    Fix: Translate what is missing. If the line before already says it, let that line last until the end of the
    sentence.
    """
    stretches = list(missing_stretches(subject))
    places = Places.of(subject) if stretches else NOWHERE
    for cues in stretches:
        start, end = cues[0].span.start_ms, cues[-1].span.end_ms
        said = shorten(cues[0].text, 80, placeholder="…")
        also = f", and for what follows until {render_clock(end)}" if len(cues) > 1 else ""
        yield Breach(
            cue=places.cue_at(start),
            message=f"there is no text for what the original says at {render_clock(start)}: “{said}”{also}",
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
    """This subtitle file has text where the original has none.

    Why: Such text is left over from another version of the film, is a translator's note, or has a wrong time.

    Limit: Reported are lines that share less than a quarter of their time with lines of the original, one second or
    more in all. If all times are shifted against the original, they are moved back first.

    Source: Proposal of this project.

    Example, the original, and the subtitle file beside it:

        00:00:20,000  You have the right to a lawyer.     Tu as droit à un avocat.
        00:00:24,000                                      Sous-titres : l’équipe des bénévoles

    Fix: Delete the text, move it to the time at which it is said, or add the sentence to the original.
    """
    for cues in extra_stretches(subject):
        more = len(cues) - 1
        also = ", nor during the next one" if more == 1 else f", nor during the next {more} lines" if more else ""
        yield Breach(
            cue=cues[0],
            message=f"the original has no text during this line{also}",
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
    """All lines come earlier or later than in the original, or drift away from it.

    Why: Text that comes late or early is read with the wrong picture. Usually the subtitles were made for another
    version of the film, or for one with another frame rate.

    Limit: A quarter of a second at the worst place; from two seconds on it is an error. Both files need ten lines, and
    one shift and speed must fit three in five of them. If the lines begin and end at other places than in the original,
    0.4 seconds are needed, and clearly more lines than by chance must begin together after the shift. If nothing fits,
    not even the times as they are, a note says that nothing is certain. Up to 0.2 seconds nothing is reported.

    Source: The BBC Subtitle Guidelines never allow two seconds; a quarter of a second is a proposal of this project.

    Example, where lines begin in the original, and in the subtitle file beside it:

        00:00:10,000    00:00:10,400
        00:00:20,000    00:00:20,800
        00:00:30,000    00:00:31,200

    Fix: `babelreel shift` and `babelreel stretch` move all lines at once, by what the finding says. If the times jump
    in the middle, a scene was cut: `--from` moves all lines from there on. Where the voices of the film do not show
    which of the two files is right, `--fix --unsafe-fixes` moves this one.
    """
    cues = shown(subject.track)
    alignment = alignment_of(subject)
    if not alignment.is_sure:
        message = "it is not certain that the times fit the original: the lines begin and end at other places"
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
    """A line is not translated: it has the words of the original.

    Why: People who chose this language cannot read it.

    Limit: Three words or more, not all of them names; four for languages that share phrases, as Nigerian Pidgin and
    English do; two where the language has another script. Case, punctuation and line breaks make no difference. If half
    of all lines of that length are like this, and at least five, there is one error for the whole file.

    Source: Proposal of this project.

    Example (in nl.srt):

        The lawyer is free.

    Fix: Translate the line.
    """
    echoes = find_echoes(subject)
    comparable = count_comparable(subject) if len(echoes) >= _FEWEST_ECHOES_OF_FILE else 0
    if comparable and 2 * len(echoes) >= comparable:
        yield Breach(
            message="the file is not translated: it has the words of the original",
            measured=f"{len(echoes)} of {comparable} lines",
            severity=Severity.ERROR,
        )
        return
    for cue in echoes:
        yield Breach(cue=cue, message=_untranslated(subject), severity=Severity.WARNING)


def _untranslated(subject: TrackSubject) -> str:
    """Say that a line was not translated; an easy text of the film's own language only repeats the usual one."""
    if subject.is_spoken or subject.reference is None:
        return "this line has the words of the original"
    return f"this line is still in {subject.language_of(subject.reference.language).name}"


def _is_long(subject: TrackSubject, cues: Sequence[Cue]) -> bool:
    """Tell whether more is said under cues of the reference than one cue can hold."""
    from babelreel.timedtext.speech.duration import estimate_ms  # noqa: PLC0415 - few tracks lack a stretch

    language = subject.language_of(subject.reference.language if subject.reference else ENGLISH)
    held_ms = sum(max(0, cue.span.duration_ms - 2 * estimate_ms(cue.text, language) - _BREATH_MS) for cue in cues)
    return cues[-1].span.end_ms - cues[0].span.start_ms - held_ms >= subject.profile.stretch_error_ms


def _how_to_move(subject: TrackSubject, alignment: Alignment) -> str:
    """Name the commands that move the track; who moves it by hand says that it fits the film that lies there."""
    if not subject.is_of_film:
        return "both belong to another film than the one that is there: move them to that one first, see FIL004"
    if misfit_of_reference(subject):
        return "the original is not in step with the film: move that one first, see FLM007 and FLM008"
    return move_call(subject.track.language, alignment)


def _described_drift(alignment: Alignment, times: Sequence[int]) -> str:
    """Say how the times of a track lie against those of the reference, and why that may be."""
    first, last = alignment.line.delay_ms(times[0]), alignment.later.delay_ms(times[-1])
    if alignment.line != alignment.later:
        turn = render_clock(alignment.turn_ms)
        return f"the times are {_lateness(first)} until {turn} and {_lateness(last)} from there on: was a scene cut?"
    if alignment.line.slope == 1:
        return f"all times are {_lateness(first)}: were they made for another version of the film?"
    return (
        f"the times are {_lateness(first)} at the first line and {_lateness(last)} at the last{_cause(alignment.line)}"
    )


def _lateness(delay_ms: int) -> str:
    """Say how late times are; less than what people can say is right."""
    if abs(delay_ms) < _SMALLEST_SAID_MS:
        return "right"
    return f"{render_seconds(abs(delay_ms))} {'late' if delay_ms > 0 else 'early'}"


def _cause(line: Line) -> str:
    cause = KNOWN_SLOPES.get(line.slope)
    return f": they look made for {cause}" if cause else ": they were made for a film with another frame rate"


RULES = (
    missing_stretch,
    extra_stretch,
    drifting_timing,
    untranslated_cue,
)
