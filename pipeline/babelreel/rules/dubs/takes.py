"""Check that every line has its take, and that the take fits between its line and the next.

This is about a folder of takes; for a recording of the whole film, see ``babelreel.rules.dubs.whole_recording``.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import takewhile
from math import ceil
from pathlib import PurePosixPath

from babelreel.model.finding import Severity
from babelreel.model.reading_limits import Profile
from babelreel.model.sound.dubbing import DubbedLine, Dubbing, Verdict
from babelreel.model.sound.placing import FASTEST, HeardSound, samples_to_ms
from babelreel.model.sound.take_names import TakeNames
from babelreel.model.timecode import render_seconds
from babelreel.model.track import Cue
from babelreel.rules.base.breach import RecordingBreach
from babelreel.rules.base.need import Need
from babelreel.rules.base.recording_subject import VoiceSubject
from babelreel.rules.base.rule import RecordingRule, limits, recording_rule


@recording_rule(
    of=VoiceSubject, code="DUB005", name="missing-take", severity=Severity.ERROR, needs=frozenset({Need.DUB})
)
def missing_take(subject: VoiceSubject) -> Iterator[RecordingBreach]:
    """A line was not recorded.

    Why: In the middle of the dub the original voice is heard again, in a language that the listener does not know.

    Limit: If a language has takes, every line of speech has one. Lines in brackets or with a note (♪), and signs in
    capital letters, need none.

    Source: Proposal of this project.

    Example: video/stems/fr/ holds 01.wav to 06.wav and 08.wav, and the subtitles have eight lines.

    Fix: Record the line under the name that the finding gives. "babelreel dub script" prints what is to be spoken.
    """
    dubbing = subject.dubbing
    if dubbing is None or dubbing.is_of_whole or not dubbing.dub.sounds:
        return
    dub, lines = dubbing.dub, subject.lines_to_speak
    missing = [line for line in subject.lines if Verdict.MISSING in line.verdicts]
    if len(missing) == len(lines) > 0:
        told = "the line has no take" if len(lines) == 1 else f"none of the {len(lines)} lines has a take"
        yield RecordingBreach(
            path=dub.path, message=f"{told}: name each recording by the number of its line, such as 07.wav"
        )
    elif missing:
        new = _NewTakes(dubbing)
        for line in missing:
            if line.is_repeated:
                repairing = "an earlier line has the same number, so number the lines again"
            else:
                repairing = f"record it as {new.path_of(line.cue)}"
            message = f"line {line.cue.number} has no take: {repairing}"
            yield RecordingBreach(path=new.folder, cue=line.cue, message=message)


@recording_rule(
    of=VoiceSubject,
    code="DUB012",
    name="take-too-long",
    severity=Severity.ERROR,
    needs=frozenset({Need.DUB, Need.FILM}),
    limit=limits("faster_percent", "much_faster_percent"),
)
def take_too_long(subject: VoiceSubject) -> Iterator[RecordingBreach]:
    """A take is too long for its time.

    Why: It is played faster, so that it ends before the next line begins. Nobody hears a small change. A large one
    sounds hurried, and a child who learns the language misses words.

    Limit: The pause after the line is used first, except for 50 ms to breathe. Up to 10 percent faster is not reported,
    up to 20 is an info, up to 30 a warning. If the take still does not fit, it is an error. The last line must end with
    the film.

    Source: Proposal of this project.

    Example: a take of 7.5 seconds, where the next line begins after 4.5. Even 1.3 times as fast it lasts 5.8
    seconds, 1.3 too many.

    Fix: Say the same in fewer words, in the subtitles too, and record the line again; or speak a little faster.
    """
    for line in subject.lines:
        if line.heard:
            yield from _too_long(line, line.heard, subject.profile)


@recording_rule(
    of=VoiceSubject,
    code="DUB013",
    name="dead-air",
    severity=Severity.INFO,
    needs=frozenset({Need.DUB}),
    limit=limits("dead_air_ms"),
)
def dead_air(subject: VoiceSubject) -> Iterator[RecordingBreach]:
    """A take ends long before its line does.

    Why: The text is still shown, and nobody speaks. Perhaps the language needs few words; perhaps the last sentence was
    not recorded.

    Limit: The silence is longer than 1.5 seconds, and than half of the line.

    Source: Proposal of this project.

    Example: a take of two seconds for a line of six.

    Fix: Listen to the take with the text before you. If nothing is missing, leave it, or speak more slowly.
    """
    for line in subject.lines:
        if line.heard and Verdict.DEAD_AIR in line.verdicts:
            lasts_ms, silent_ms = line.cue.span.duration_ms, samples_to_ms(line.dead_air)
            yield RecordingBreach(
                path=line.heard.sound.path,
                cue=line.cue,
                message=f"line {line.cue.number} lasts {render_seconds(lasts_ms)} and is spoken in "
                f"{render_seconds(lasts_ms - silent_ms)}: is anything missing?",
                measured=f"{silent_ms} ms",
                limit=f"{subject.profile.dead_air_ms} ms",
            )


def _too_long(line: DubbedLine, heard: HeardSound, profile: Profile) -> Iterator[RecordingBreach]:
    if Verdict.OVERRUN in line.verdicts:
        yield RecordingBreach(
            path=heard.sound.path,
            cue=line.cue,
            message=f"the take of line {line.cue.number} is too long, even {_times(heard.tempo)} as fast: shorten "
            "the text or record it again",
            measured=f"{line.overrun_ms} ms over",
            limit=f"{_times(FASTEST)} as fast",
        )
    for verdict, percent, severity in (
        (Verdict.MUCH_FASTER, profile.much_faster_percent, Severity.WARNING),
        (Verdict.FASTER, profile.faster_percent, Severity.INFO),
    ):
        if verdict in line.verdicts:
            yield RecordingBreach(
                path=heard.sound.path,
                cue=line.cue,
                message=f"the take of line {line.cue.number} is made faster, to end before the next line: "
                "shorten the text or record it again",
                measured=f"{_times(heard.tempo)} as fast",
                limit=f"{_times(1 + Fraction(percent, 100))} as fast",
                severity=severity,
            )


class _NewTakes:
    """How new takes are named: like the existing ones."""

    def __init__(self, dubbing: Dubbing) -> None:
        paths = [PurePosixPath(take.sound.path) for take in dubbing.dub.takes]
        width = min(sum(1 for _ in takewhile(str.isdigit, path.stem)) for path in paths)
        self._folder, self._ending = paths[0].parent, paths[0].suffix
        self._names = TakeNames(dubbing, width=width)

    @property
    def folder(self) -> str:
        return str(self._folder)

    def path_of(self, cue: Cue) -> str:
        return str(self._folder / f"{self._names.name_of(cue)}{self._ending}")


def _times(tempo: Fraction) -> str:
    """Write a tempo with two digits at most, rounded up: what is over a limit must not look as if it were on it."""
    return f"{ceil(100 * tempo) / 100:g} times"


RULES: tuple[RecordingRule, ...] = (missing_take, take_too_long, dead_air)
