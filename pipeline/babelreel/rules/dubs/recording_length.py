"""Check that each sound for the whole film is as long as the film."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from babelreel.model.film.media import MediaInfo
from babelreel.model.finding import Severity
from babelreel.model.sound.recordings import SoundInfo
from babelreel.model.timecode import MS_PER_SECOND, render_seconds
from babelreel.rules.base.breach import RecordingBreach
from babelreel.rules.base.need import Need
from babelreel.rules.base.recording_subject import MusicSubject, VoiceSubject
from babelreel.rules.base.rule import RecordingRule, limits, recording_rule
from babelreel.rules.base.subject import ASSUMED_RATE
from babelreel.rules.dubs.names_in_messages import length_ms

#: Two programs that cut the same film may be apart by this; a frame counts where it is longer.
_TOLERANCE_MS = 50


@recording_rule(
    of=VoiceSubject,
    code="DUB014",
    name="sound-longer-than-film",
    severity=Severity.ERROR,
    needs=frozenset({Need.DUB, Need.FILM}),
)
def sound_longer_than_film(subject: VoiceSubject) -> Iterator[RecordingBreach]:
    """The recording goes on when the film is over.

    Why: What is said then is never heard. If it belongs to the film, the recording is too slow, late, or of another
    version of the film.

    Limit: A frame, or 50 ms. It is an error if somebody speaks after the end, and a warning if there is only silence or
    noise. If it is not known when somebody speaks, every sound counts as speech.

    Source: Proposal of this project.

    Example: a recording of 95 seconds for a film of 90, with the last sentence at 92.

    Fix: Cut the recording where the film ends, if this loses no words. Otherwise record it again with this film.
    """
    film, whole = subject.film, subject.whole
    if film is None or whole is None:
        return
    over_ms = whole.duration_ms - film.duration_ms
    if over_ms > _tolerance_ms(film):
        is_spoken = _last_word_ms(whole) > film.duration_ms + _tolerance_ms(film)
        told = "the last words come after the end of the film" if is_spoken else "cut it where the film ends"
        yield RecordingBreach(
            path=whole.path,
            message=f"the recording is {render_seconds(over_ms)} longer than the film: {told}",
            measured=f"{over_ms} ms",
            limit=f"{_TOLERANCE_MS} ms",
            severity=Severity.ERROR if is_spoken else Severity.WARNING,
        )


@recording_rule(
    of=VoiceSubject,
    code="DUB015",
    name="early-end",
    severity=Severity.INFO,
    needs=frozenset({Need.DUB}),
    limit=limits("dead_air_ms"),
)
def early_end(subject: VoiceSubject) -> Iterator[RecordingBreach]:
    """The recording of the whole film ends before the last line does.

    Why: The recorder was stopped too early, or the file is only a part of the recording. If the last word is there, all
    is well.

    Limit: 1.5 seconds before the end of the last line. The lines that are missing are reported by silent-line.

    Source: Proposal of this project.

    Example: a recording of 60 seconds, where the last line ends at 85.

    Fix: Listen to the end. If words are missing, look for the rest of the recording.
    """
    whole, lines = subject.whole, subject.lines_to_speak
    if whole is None or not lines:
        return
    early_ms = max(cue.span.end_ms for cue in lines) - whole.duration_ms
    if early_ms > subject.profile.dead_air_ms:
        yield RecordingBreach(
            path=whole.path,
            message=f"the recording ends {render_seconds(early_ms)} before the last line does: is it complete?",
            measured=f"{early_ms} ms",
            limit=subject.profile.show("dead_air_ms"),
        )


@recording_rule(
    of=MusicSubject,
    code="DUB021",
    name="other-length-of-music",
    severity=Severity.WARNING,
    needs=frozenset({Need.MUSIC, Need.FILM}),
)
def other_length_of_music(subject: MusicSubject) -> Iterator[RecordingBreach]:
    """The stem of music and effects is not as long as the film.

    Why: It was made for another version of the film. A door is then heard before it is seen, in every dub.

    Limit: A frame, or 50 ms. It is reported once, with the language that is spoken in the film.

    Source: Proposal of this project. ITU-R BT.1359: sound that is 185 ms late is not acceptable any more.

    Example: video/stems/me.flac of 93 seconds, and a film of 90 seconds.

    Fix: Ask the people who made the film for the stem of this version.
    """
    film, music = subject.film, subject.music
    if film is None or music is None or music.fault:
        return
    other_ms = music.duration_ms - film.duration_ms
    if abs(other_ms) > _tolerance_ms(film):
        yield RecordingBreach(
            path=music.path,
            message=f"the music and effects are {render_seconds(abs(other_ms))} "
            f"{'longer' if other_ms > 0 else 'shorter'} than the film: are they of another version?",
            measured=f"{other_ms:+} ms",
            limit=f"{_TOLERANCE_MS} ms",
        )


def _tolerance_ms(film: MediaInfo) -> Fraction:
    rate = film.video.rate if film.video else ASSUMED_RATE
    return max(Fraction(_TOLERANCE_MS), MS_PER_SECOND / rate)


def _last_word_ms(whole: SoundInfo) -> int:
    if whole.speech is None:
        return length_ms(whole.end)
    return whole.speech[-1].end_ms if whole.speech else 0


RULES: tuple[RecordingRule, ...] = (sound_longer_than_film, early_end, other_length_of_music)
