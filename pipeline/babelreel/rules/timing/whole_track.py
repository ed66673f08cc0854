"""Check that a track as a whole runs with the voices of the film."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from babelreel.model.film.change.time_map import END_MS, Stretch, TimeMap
from babelreel.model.finding import Severity
from babelreel.model.timecode import Span, render_seconds
from babelreel.rules.alignment.of_subject import as_beside_reference
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.cue_order import cues_in_time
from babelreel.rules.base.moving import moving, shift_call, stretch_call
from babelreel.rules.base.need import Need
from babelreel.rules.base.rule import Purpose, limits, track_rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.base.track_sync import VOICE_MS, Misfit, find_misfit

SPEECH = frozenset({Need.SPEECH})

#: A rate that no cause explains is written with so many digits: a hundredth of a second in twenty minutes.
_LARGEST_DENOMINATOR = 100_000


@track_rule(
    code="FLM007",
    name="shifted-track",
    severity=Severity.WARNING,
    needs=SPEECH,
    limit=limits("track_shift_ms"),
    purpose=Purpose.SYNC,
)
def shifted_track(subject: TrackSubject) -> Iterator[Breach]:
    """All lines come too early or too late by the same time.

    Why: The subtitles were made for another version of the film, with a longer or shorter opening. One command corrects
    all lines at once.

    Limit: Half a second. It is reported only if at least 12 lines show clearly by how much they must move: with this
    shift, 60 of 100 lines start with a voice, and with any other shift far fewer. Shifts of up to a minute are found;
    those up to 0.4 seconds cannot be recognised.

    Source: Proposal of this project. When somebody speaks is found by babelreel probe.

    Example: all lines come 2 seconds after the voices, because the master lost its first 2 seconds.

    Fix: `babelreel shift` moves all times by what the finding says; without a language it moves all of them, with the
    chapters. `--fix --unsafe-fixes` does the same for this file. Voices show the shift to some 0.2 seconds, and the
    finding names the roundest amount within that, or what the times of the original show; where the film was replaced,
    `babelreel conform` is right to a frame.
    """
    misfit = find_misfit(subject)
    if misfit and not misfit.is_drift:
        misfit = as_beside_reference(subject, misfit)
        move_ms = misfit.offset_ms
        yield Breach(
            message=f"all lines come {render_seconds(abs(move_ms))} too {'late' if move_ms < 0 else 'early'}: "
            f"moved by that, {_share(misfit)} start with a voice ({shift_call(subject.track.language, move_ms)})",
            measured=f"{-move_ms:+} ms",
            limit=f"{subject.profile.track_shift_ms} ms",
            fix=moving(subject, TimeMap.shifted(move_ms)),
        )


@track_rule(
    code="FLM008",
    name="drifting-track",
    severity=Severity.WARNING,
    needs=SPEECH,
    limit=limits("track_drift_ms"),
    purpose=Purpose.SYNC,
)
def drifting_track(subject: TrackSubject) -> Iterator[Breach]:
    """The subtitles run faster or slower than the film.

    Why: They were made for a version of the film with another frame rate. The beginning is right, and the end is off by
    seconds or minutes. Correcting single lines does not help.

    Limit: One second from the first line to the last. The usual mistakes are found: 23.976, 24 and 25 frames a second,
    or 29.97 and 30, taken for one another. The ratio is measured by a straight line through all lines and the voices
    that they start with; as for a shift, it is reported only where it is clear.

    Source: Proposal of this project. When somebody speaks is found by babelreel probe.

    Example: the subtitles of a film with 24 frames a second, beside its version for European television with 25.

    Fix: `babelreel stretch` multiplies all times by what the finding says; without a language it moves all of them,
    with the chapters. `--fix --unsafe-fixes` does the same for this file.
    """
    misfit = find_misfit(subject)
    if misfit and misfit.is_drift:
        slow = "slow" if misfit.ratio < 1 else "fast"
        causes = [each for each in misfit.causes if each[1] == subject.film_rate] or misfit.causes
        line = _exact_line(subject, misfit, causes)
        call = stretch_call(subject.track.language, line.rate, line.new_start_ms)
        likely = " or ".join(
            f"for {_rate(one)} frames a second beside a film of {_rate(other)}"
            for one, other in causes
            if one / other == line.rate
        )
        yield Breach(
            # the call stands where no form of report cuts it off
            message=f"the subtitles run too {slow}{f', as if made {likely}' if likely else ''} ({call}): with their "
            f"times multiplied by {float(misfit.ratio):.5f}, {_share(misfit)} start with a voice",
            measured=f"{float(misfit.ratio):.5f}",
            limit="1",
            fix=moving(subject, TimeMap(stretches=(line,))),
        )


def _exact_line(subject: TrackSubject, misfit: Misfit, causes: Sequence[tuple[Fraction, Fraction]]) -> Stretch:
    """Compute how the track moves: at the exact rate of the likeliest cause, through the middle of what was found."""
    ratios = [one / other for one, other in causes]
    exact = min(
        ratios,
        key=lambda ratio: abs(ratio - misfit.ratio),
        default=misfit.ratio.limit_denominator(_LARGEST_DENOMINATOR),
    )
    cues = cues_in_time(subject)
    middle_ms = Fraction(cues[0].span.start_ms + cues[-1].span.start_ms, 2)
    offset_ms = round(misfit.offset_ms + (misfit.ratio - exact) * middle_ms)
    # less may be the detector's, and PAR003 names another amount for the same track, or none
    said_ms = round(offset_ms, -2) if abs(offset_ms) > VOICE_MS else 0
    return Stretch(old=Span(start_ms=0, end_ms=END_MS), new_start_ms=said_ms, rate=exact)


def _share(misfit: Misfit) -> str:
    return f"{misfit.matched} of {misfit.looked_at} lines"


def _rate(rate: Fraction) -> str:
    return f"{float(rate):.5g}"


RULES = (shifted_track, drifting_track)
