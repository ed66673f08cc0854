"""Check that there is text while somebody speaks, and only then.

Nobody is asked to read a wave form: what is reported here is off by seconds. While the whole track is out of step with
the film, that is the one finding, and single cues are skipped.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from babelreel.model.finding import Severity
from babelreel.model.timecode import Span, render_clock, render_seconds
from babelreel.model.track import Cue
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.cue_order import cues_in_time
from babelreel.rules.base.memo import remembered
from babelreel.rules.base.need import Need
from babelreel.rules.base.rule import limits, track_rule
from babelreel.rules.base.stretches import distance_ms, overlaps
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.base.track_sync import FEWEST_CUES, find_misfit

SPEECH = frozenset({Need.SPEECH})


@track_rule(
    code="FLM004",
    name="cue-without-speech",
    severity=Severity.WARNING,
    needs=SPEECH,
    limit=limits("voice_reach_ms"),
)
def cue_without_speech(subject: TrackSubject) -> Iterator[Breach]:
    """A line is shown where nobody speaks.

    Why: Viewers who can hear wonder whose words these are. Most often the line was moved by mistake, or the sentence
    was cut from the film.

    Limit: Somebody speaks while the line is shown, or within 1.5 seconds before or after it. Lines in brackets or with
    a note (♪), signs in capital letters, and films in which nobody speaks are not checked. If nobody speaks at more
    than half of the lines, this is reported once, for the file.

    Source: BBC Subtitle Guidelines, "Match subtitle to pace of speaking": 1.5 seconds. When somebody speaks is found by
    babelreel probe; it can mistake song for speech, and a whisper for silence.

    Example (of a film in which somebody speaks from 10.0 to 12.0 s):

        4
        00:00:10,000 --> 00:00:12,000
        It is free.

        5
        00:00:15,000 --> 00:00:18,000
        You can ask for an interpreter.

    Fix: Move the line to where the sentence is spoken. A sign in the picture is written in capitals or in brackets.
    """
    speech = _speech(subject)
    if not speech:
        return
    spoken = [cue for cue in cues_in_time(subject) if cue.is_spoken]
    reach_ms = subject.profile.voice_reach_ms
    silent = [cue for cue in spoken if not overlaps(speech, _widened(cue.span, reach_ms))]
    if len(spoken) >= FEWEST_CUES and 2 * len(silent) > len(spoken):
        told = f"{len(silent)} of {len(spoken)} lines"
        message = f"{told} are shown where nobody speaks: are these the subtitles of another film?"
        yield Breach(message=message, measured=told)
        return
    for cue in silent:
        yield Breach(
            cue=cue,
            message="nobody speaks while this line is shown",
            measured=f"{distance_ms(speech, cue.span)} ms away",
            limit=f"{reach_ms} ms",
        )


@track_rule(
    code="FLM005",
    name="speech-without-cue",
    severity=Severity.WARNING,
    needs=SPEECH,
    limit=limits("bare_speech_ms", "late_start_ms"),
)
def speech_without_cue(subject: TrackSubject) -> Iterator[Breach]:
    """Somebody speaks, and there is no text.

    Why: A viewer who does not hear, or does not know the language, misses what is said, and sees that it is missed.

    Limit: Between two lines, before the first and after the last one, there are at most 1.5 seconds of speech together.
    If speech goes on into the next line and began at most 3 seconds before it, no text is missing; see
    start-away-from-voice.

    Source: Proposal of this project: as long as text and voice may be apart in the BBC Subtitle Guidelines. When
    somebody speaks is found by babelreel probe; it can mistake song for speech.

    Example (of a film in which somebody speaks from 10.0 to 12.0 and from 13.0 to 15.0 s):

        4
        00:00:10,000 --> 00:00:12,400
        It is free.

    Fix: Add the missing line. If a song or a background voice needs no text, write an exception.
    """
    latest_ms, most_ms = subject.profile.late_start_ms, subject.profile.bare_speech_ms
    for hole in _holes(subject):
        # when somebody has spoken for longer before a cue, that cue is not late, but another one is missing
        spoken = hole.pieces[:-1] if 0 < hole.late_ms <= latest_ms else hole.pieces
        total = sum(piece.duration_ms for piece in spoken)
        if spoken and total >= most_ms:
            start, end = (render_clock(ms) for ms in (spoken[0].start_ms, spoken[-1].end_ms))
            where = "after this line" if hole.cue is hole.earlier else "before this line"
            yield Breach(
                cue=hole.cue,
                message=f"somebody speaks without text {where}, from {start} to {end}",
                measured=f"{total} ms",
                limit=f"{most_ms} ms",
            )


@track_rule(
    code="FLM006",
    name="start-away-from-voice",
    severity=Severity.WARNING,
    needs=SPEECH,
    limit=limits("voice_reach_ms", "late_start_ms"),
)
def start_away_from_voice(subject: TrackSubject) -> Iterator[Breach]:
    """A line starts long before its voice, or long after it.

    Why: If text comes late, voice and text do not agree, and the text is gone too soon. If it comes early, it gives
    away what will be said; this does less harm.

    Limit: A line starts at most 1.5 seconds before somebody begins to speak, and at most 1.5 seconds after, if no other
    text has been shown since. (Netflix asks for two frames; no program hears that well.)

    Source: BBC Subtitle Guidelines, "Match subtitle to pace of speaking". When somebody speaks is found by babelreel
    probe.

    Example (of a film in which somebody speaks from 10.0 to 14.0 s):

        4
        00:00:12,000 --> 00:00:14,000
        It is free.

    Fix: Let the line start with the voice, or with the shot change nearest to it.
    """
    reach_ms, latest_ms = subject.profile.voice_reach_ms, subject.profile.late_start_ms
    for hole in _holes(subject):
        if hole.cue and hole.cue is not hole.earlier and reach_ms < hole.late_ms <= latest_ms:
            message = f"the voice begins {render_seconds(hole.late_ms)} before the line"
            yield _away(subject, hole.cue, hole.late_ms, message)
    speech = _speech(subject)
    for cue in cues_in_time(subject) if speech else ():
        place = bisect_left(speech, cue.span.start_ms, key=lambda span: span.end_ms)
        if cue.is_spoken and place < len(speech):
            early_ms = speech[place].start_ms - cue.span.start_ms
            if reach_ms < early_ms < cue.span.duration_ms:
                message = f"the line starts {render_seconds(early_ms)} before the voice"
                yield _away(subject, cue, early_ms, message, Severity.INFO)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hole:
    """Time without text in which somebody speaks: the ``pieces`` of speech, in order.

    ``cue`` is the one that comes next, or the last one (``earlier``) where no other follows. ``late_ms`` is how
    long before the next cue the speech began that runs on into it, 0 if it does not.
    """

    cue: Cue | None
    earlier: Cue | None
    pieces: tuple[Span, ...]
    late_ms: int


@remembered
def _holes(subject: TrackSubject) -> tuple[_Hole, ...]:
    return tuple(_find_holes(subject))


def _find_holes(subject: TrackSubject) -> Iterator[_Hole]:
    speech, cues = _speech(subject), cues_in_time(subject)
    if not speech or not cues:
        return
    free_from, earlier = 0, None
    for cue in cues:
        if cue.span.start_ms > free_from:
            yield from _hole(speech, Span(start_ms=free_from, end_ms=cue.span.start_ms), cue, earlier)
        if cue.span.end_ms > free_from:
            free_from, earlier = cue.span.end_ms, cue
    end_ms = speech[-1].end_ms
    if earlier and end_ms > free_from:
        yield from _hole(speech, Span(start_ms=free_from, end_ms=end_ms), earlier, earlier)


def _hole(speech: tuple[Span, ...], free: Span, cue: Cue, earlier: Cue | None) -> Iterator[_Hole]:
    first = bisect_left(speech, free.start_ms + 1, key=lambda span: span.end_ms)
    last = bisect_left(speech, free.end_ms, key=lambda span: span.start_ms)
    pieces = tuple(
        Span(start_ms=max(span.start_ms, free.start_ms), end_ms=min(span.end_ms, free.end_ms))
        for span in speech[first:last]
    )
    if pieces:
        runs_on = speech[last - 1].end_ms > free.end_ms
        yield _Hole(cue=cue, earlier=earlier, pieces=pieces, late_ms=pieces[-1].duration_ms if runs_on else 0)


def _speech(subject: TrackSubject) -> tuple[Span, ...]:
    """List when somebody speaks, or nothing where single cues are not compared with it."""
    if subject.film is None or not subject.film.speech or find_misfit(subject):
        return ()
    return subject.film.speech


def _widened(span: Span, by_ms: int) -> Span:
    return Span(start_ms=span.start_ms - by_ms, end_ms=span.end_ms + by_ms)


def _away(subject: TrackSubject, cue: Cue, away_ms: int, message: str, severity: Severity = Severity.WARNING) -> Breach:
    limit = f"{subject.profile.voice_reach_ms} ms"
    return Breach(cue=cue, message=message, measured=f"{away_ms} ms", limit=limit, severity=severity)


RULES = (cue_without_speech, speech_without_cue, start_away_from_voice)
