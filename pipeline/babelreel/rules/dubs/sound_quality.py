"""Check that what is heard of the recordings sounds well.

A sound that is not heard is skipped: why it cannot be used is reported once.
"""

from __future__ import annotations

from collections.abc import Iterator

from babelreel.model.finding import Severity
from babelreel.model.sound.voice_level import MOST_GAIN_DB, NOISE_FLOOR_LUFS, GainLimit
from babelreel.rules.base.breach import RecordingBreach
from babelreel.rules.base.need import Need
from babelreel.rules.base.recording_subject import VoiceSubject
from babelreel.rules.base.rule import RecordingRule, limits, recording_rule
from babelreel.rules.dubs.names_in_messages import length_ms, name_of

DUB = frozenset({Need.DUB})

#: More channels than two loudspeakers play.
_STEREO = 2
#: So much softer than the others a voice is heard to be.
_FAINT_DB = 2


@recording_rule(
    of=VoiceSubject,
    code="DUB009",
    name="clipped-sound",
    severity=Severity.ERROR,
    needs=DUB,
    limit=limits("clipped_ms", "clipped_error_percent"),
)
def clipped_sound(subject: VoiceSubject) -> Iterator[RecordingBreach]:
    """A recording was too loud for the recorder.

    Why: The recorder cuts off what is too loud. This crackles, and nothing can bring back what is lost.

    Limit: Ten milliseconds in all, of three or more samples in a row at full scale; an error if that is more than half
    of what is heard.

    Source: Proposal of this project.

    Example: the volunteer spoke very close to the microphone, with the level turned up.

    Fix: Turn the level of the microphone down until the loudest word stays below the red, and record again.
    """
    profile = subject.profile
    for each in subject.heard:
        clipped_ms = length_ms(each.sound.clipped)
        if clipped_ms > profile.clipped_ms:
            share = 100 * each.sound.clipped
            is_lost = share > profile.clipped_error_percent * (each.sound.end - each.sound.first)
            yield RecordingBreach(
                path=each.sound.path,
                cue=each.cue,
                message=f"{name_of(each.cue)} is too loud and crackles: turn the microphone down, and record it again",
                measured=f"{clipped_ms} ms",
                limit=profile.show("clipped_ms"),
                severity=Severity.ERROR if is_lost else Severity.WARNING,
            )


@recording_rule(
    of=VoiceSubject,
    code="DUB010",
    name="low-sample-rate",
    severity=Severity.WARNING,
    needs=DUB,
    limit=limits("lowest_rate_hz"),
)
def low_sample_rate(subject: VoiceSubject) -> Iterator[RecordingBreach]:
    """A recording sounds like a telephone.

    Why: With so few samples a second, s and f are the same sound, and people who learn the language understand less.

    Limit: 16 000 samples a second. Any rate above is right: 44 100, 48 000 and 96 000 are usual.

    Source: ITU-T G.722, wideband speech.

    Example: a voice message of 8000 Hz from a messenger.

    Fix: Record with the recorder of the phone or a sound editor, as WAV or FLAC. Saving the file with a higher rate
    does not help.
    """
    for each in subject.heard:
        rate_hz = each.sound.sample_rate_hz
        if 0 < rate_hz < subject.profile.lowest_rate_hz:
            yield RecordingBreach(
                path=each.sound.path,
                cue=each.cue,
                message=f"{name_of(each.cue)} sounds like a telephone: record it with more samples a second",
                measured=f"{rate_hz} Hz",
                limit=subject.profile.show("lowest_rate_hz"),
            )


@recording_rule(of=VoiceSubject, code="DUB011", name="unusual-channels", severity=Severity.WARNING, needs=DUB)
def unusual_channels(subject: VoiceSubject) -> Iterator[RecordingBreach]:
    """A recording has more channels than two loudspeakers play.

    Why: All channels are mixed down to two. A voice in one of six channels gets softer, and the noise of the other five
    is added.

    Limit: One channel (mono) or two (stereo).

    Source: Proposal of this project.

    Example: a take of six channels from a project for cinema sound.

    Fix: Save the voice alone, as mono.
    """
    for each in subject.heard:
        channels = each.sound.channels
        if channels > _STEREO:
            yield RecordingBreach(
                path=each.sound.path,
                cue=each.cue,
                message=f"{name_of(each.cue)} has {channels} channels, which are mixed down to two: "
                "save the voice as mono",
                measured=f"{channels} channels",
                limit=f"{_STEREO} channels",
            )


@recording_rule(of=VoiceSubject, code="DUB027", name="faint-voice", severity=Severity.WARNING, needs=DUB)
def faint_voice(subject: VoiceSubject) -> Iterator[RecordingBreach]:
    """A voice stays softer than all others, because it cannot be made louder.

    Why: All recordings are made equally loud. If one is very soft or comes from a noisy room, its noise would get
    louder too. So babelreel raises it only in part.

    Limit: A recording is raised by 30 dB at most, and its noise to -40 LUFS at most, where voices are at -20. If a
    voice is then too soft by two decibels or more, it is reported.

    Source: Proposal of this project.

    Example: a take of -36 LUFS from a noisy street: its noise of -48 may be raised by 8 dB, but the voice needs 16.

    Fix: Record it again in a quiet room, a hand's breadth from the microphone.
    """
    for each in subject.heard:
        level = each.level
        if level.limit and level.short_db >= _FAINT_DB:
            path, cue = each.sound.path, each.cue
            if level.limit is GainLimit.NOISE:
                message, limit = "has so much noise around it that it stays soft", f"{NOISE_FLOOR_LUFS} LUFS of noise"
            else:
                message, limit = "is so soft that it stays soft", f"a gain of {MOST_GAIN_DB} dB"
            yield RecordingBreach(
                path=path,
                cue=cue,
                message=f"{name_of(cue)} {message}: record it again in a quiet room, nearer to the microphone",
                measured=f"{level.short_db} dB too soft",
                limit=limit,
            )


RULES: tuple[RecordingRule, ...] = (clipped_sound, low_sample_rate, unusual_channels, faint_voice)
