"""Check that a recording of the whole film speaks where the lines are, and only there.

What is reported of single lines is off by seconds: a voice over the original comes later than the text. While the whole
recording is out of step, that is the one finding, and single lines are skipped.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from fractions import Fraction
from itertools import accumulate

from babelreel.model.finding import Severity
from babelreel.model.timecode import Span, render_clock, render_seconds
from babelreel.model.track import Cue
from babelreel.rules.base.breach import RecordingBreach
from babelreel.rules.base.memo import remembered
from babelreel.rules.base.need import Need
from babelreel.rules.base.recording_subject import VoiceSubject
from babelreel.rules.base.rule import RecordingRule, limits, recording_rule
from babelreel.rules.base.stretches import distance_ms, overlaps
from babelreel.rules.base.track_sync import FEWEST_CUES, Misfit, compare_starts

VOICE = frozenset({Need.DUB, Need.VOICE})


@recording_rule(
    of=VoiceSubject,
    code="DUB007",
    name="silent-line",
    severity=Severity.ERROR,
    needs=VOICE,
    limit=limits("voice_reach_ms"),
)
def silent_line(subject: VoiceSubject) -> Iterator[RecordingBreach]:
    """Nobody speaks in the recording where a line is.

    Why: The line was left out, or spoken at another time. The listener misses it.

    Limit: Somebody speaks while the line is shown. If somebody speaks only within 1.5 seconds before or after it, it is
    a warning. If more than half of the lines are silent, this is reported once. Lines in brackets or with a note (♪)
    and signs in capital letters need no voice.

    Source: BBC Subtitle Guidelines: text and voice are 1.5 seconds apart at most. Speech is found by Silero's detector.

    Example: lines at 0:10, 0:20 and 0:30, and a recording with a voice at 0:10 and at 0:30.

    Fix: Listen to the recording at that time, and record the line.
    """
    whole, speech, lines = subject.whole, _voice(subject), subject.lines_to_speak
    if whole is None or speech is None or not lines:
        return
    silent = [cue for cue in lines if not overlaps(speech, cue.span)]
    if not speech or (len(lines) >= FEWEST_CUES and 2 * len(silent) > len(lines)):
        told = f"{len(silent)} of {len(lines)} lines"
        message = "nobody speaks where the lines are: is this the recording of another film?"
        yield RecordingBreach(path=whole.path, message=message, measured=told)
        return
    reach_ms = subject.profile.voice_reach_ms
    for cue in silent:
        away_ms = distance_ms(speech, cue.span)
        yield RecordingBreach(
            path=whole.path,
            cue=cue,
            message=f"nobody speaks in line {cue.number}, at {render_clock(cue.span.start_ms)}",
            measured=f"{away_ms} ms away",
            limit=f"{reach_ms} ms",
            severity=Severity.ERROR if away_ms >= reach_ms else Severity.WARNING,
        )


@recording_rule(
    of=VoiceSubject,
    code="DUB008",
    name="stray-speech",
    severity=Severity.WARNING,
    needs=VOICE,
    limit=limits("bare_speech_ms"),
)
def stray_speech(subject: VoiceSubject) -> Iterator[RecordingBreach]:
    """Somebody speaks in the recording where there is no line.

    Why: It is an extra line, a slip that was not cut out ("sorry, once more"), or a line at the wrong time.

    Limit: Between two lines, before the first and after the last one, there are at most 1.5 seconds of speech together.
    Speech that runs on from a line, or into one, belongs to it.

    Source: Proposal of this project, as for speech-without-cue. Speech is found by Silero's detector.

    Example: lines at 0:10 and 0:30, and a voice at 0:20 that says something else.

    Fix: Cut it out of the recording, or add the line to the subtitles.
    """
    whole, cues, most_ms = subject.whole, _cues(subject), subject.profile.bare_speech_ms
    if whole is None or not cues:
        return
    for place, spans in _stray_stretches(subject).items():
        total_ms = sum(span.duration_ms for span in spans)
        if total_ms >= most_ms:
            cue = cues[min(place, len(cues) - 1)]
            start, end = (render_clock(time_ms) for time_ms in (spans[0].start_ms, spans[-1].end_ms))
            where = "before" if place < len(cues) else "after"
            yield RecordingBreach(
                path=whole.path,
                cue=cue,
                message=f"somebody speaks {where} line {cue.number}, from {start} to {end}, where there is no line",
                measured=f"{total_ms} ms",
                limit=f"{most_ms} ms",
            )


@recording_rule(
    of=VoiceSubject,
    code="DUB016",
    name="shifted-dub",
    severity=Severity.ERROR,
    needs=VOICE,
    limit=limits("track_shift_ms", "late_voice_ms"),
)
def shifted_dub(subject: VoiceSubject) -> Iterator[RecordingBreach]:
    """The whole recording comes too early or too late by the same time.

    Why: The voice does not fit the picture. The recorder was started before or after the film, or the film had another
    opening.

    Limit: Half a second. If the voice is late by up to 3 seconds, it is a warning, because this may be intended: a
    voice-over lets the original begin. Twelve lines are needed, and 60 of 100 must start with a voice after the
    recording is moved. Up to 0.4 seconds nothing is certain.

    Source: ITU-R BT.1359 finds sound that is 90 ms early or 185 ms late still acceptable; no program hears in a
    recording what was meant so finely, so half a second is a proposal of this project. Netflix, voice-over: one to
    three seconds after the original.

    Example: all lines are spoken four seconds after their time, because the recorder ran before the film.

    Fix: Cut off as much of the beginning as the finding says, or put silence before it, in any sound editor.
    """
    whole, misfit = subject.whole, _find_dub_misfit(subject)
    if whole is None or misfit is None or misfit.is_drift:
        return
    late_ms, length = misfit.offset_ms, render_seconds(abs(misfit.offset_ms))
    repairing = f"cut {length} off its start" if late_ms > 0 else f"put {length} of silence before it"
    yield RecordingBreach(
        path=whole.path,
        message=f"the recording comes {length} too {'late' if late_ms > 0 else 'early'}: {repairing}, and "
        f"{_share(misfit)} start with a voice",
        measured=f"{late_ms:+} ms",
        limit=subject.profile.show("track_shift_ms"),
        severity=Severity.WARNING if 0 < late_ms <= subject.profile.late_voice_ms else Severity.ERROR,
    )


@recording_rule(
    of=VoiceSubject,
    code="DUB017",
    name="drifting-dub",
    severity=Severity.ERROR,
    needs=VOICE,
    limit=limits("track_drift_ms"),
)
def drifting_dub(subject: VoiceSubject) -> Iterator[RecordingBreach]:
    """The recording runs faster or slower than the film.

    Why: It was made on a version of the film with another frame rate. Its beginning is right, and its end is off by
    seconds.

    Limit: One second from the first line to the last. The usual mistakes are found: 23.976, 24 and 25 frames a second,
    or 29.97 and 30, taken for one another.

    Source: Proposal of this project, as for drifting-track.

    Example: a recording made on a film of 24 frames a second, beside its version for European television with 25.

    Fix: Change the tempo of the recording, not its pitch, by what the finding says, in any sound editor.
    """
    whole, misfit = subject.whole, _find_dub_misfit(subject)
    if whole is None or misfit is None or not misfit.is_drift:
        return
    causes = [each for each in misfit.causes if each[0] == _film_rate(subject)] or misfit.causes
    likely = " or ".join(f"a film of {_rate(other)} frames a second instead of {_rate(one)}" for one, other in causes)
    yield RecordingBreach(
        path=whole.path,
        message=f"the recording runs too {'slow' if misfit.ratio > 1 else 'fast'}"
        f"{f', as if made for {likely}' if likely else ''}: multiply its tempo by {float(misfit.ratio):.5f}, and "
        f"{_share(misfit)} start with a voice",
        measured=f"{float(misfit.ratio):.5f}",
        limit="1",
    )


def _cues(subject: VoiceSubject) -> tuple[Cue, ...]:
    """List the cues that last some time, in order of time."""
    return tuple(line.cue for line in subject.lines if line.cue.span.duration_ms > 0)


def _film_rate(subject: VoiceSubject) -> Fraction | None:
    return subject.film.video.rate if subject.film and subject.film.video else None


def _voice(subject: VoiceSubject) -> tuple[Span, ...] | None:
    """Find when somebody speaks in the recording; ``None`` where single lines are not compared with it."""
    whole = subject.whole
    return whole.speech if whole and not _find_dub_misfit(subject) else None


@remembered
def _find_dub_misfit(subject: VoiceSubject) -> Misfit | None:
    whole = subject.whole
    if whole is None or not whole.speech:
        return None
    starts = tuple(cue.span.start_ms for cue in subject.lines_to_speak)
    return compare_starts(starts, whole.speech, whole.duration_ms, subject.profile)


def _stray_stretches(subject: VoiceSubject) -> dict[int, list[Span]]:
    """Find the speech that shares no moment with a cue, by the place of the next cue in time.

    What comes after the end of the film is the business of sound-longer-than-film.
    """
    cues = _cues(subject)
    starts = [cue.span.start_ms for cue in cues]
    ends = list(accumulate((cue.span.end_ms for cue in cues), max))
    film_ms = subject.film.duration_ms if subject.film else None
    strays: dict[int, list[Span]] = {}
    for speech in _voice(subject) or ():
        place = bisect_left(starts, speech.end_ms)
        is_line = place > 0 and ends[place - 1] > speech.start_ms
        end_ms = speech.end_ms if film_ms is None else min(speech.end_ms, film_ms)
        if not is_line and speech.start_ms < end_ms:
            strays.setdefault(place, []).append(Span(start_ms=speech.start_ms, end_ms=end_ms))
    return strays


def _share(misfit: Misfit) -> str:
    return f"{misfit.matched} of {misfit.looked_at} lines"


def _rate(rate: Fraction) -> str:
    return f"{float(rate):.5g}"


RULES: tuple[RecordingRule, ...] = (silent_line, stray_speech, shifted_dub, drifting_dub)
