"""Can each recorded sound be used: is it a voice, for which line, and does it sound well?

Why a sound cannot be used at all is told once; the rules on how it sounds pass it by.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from babelreel.model.finding import Severity
from babelreel.model.sound.dubbing import Recording, UnheardSound, WhyUnheard
from babelreel.model.sound.placing import HeardSound
from babelreel.model.sound.recordings import SoundInfo
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.rule import Rule, limits, track_rule
from babelreel.rules.base.subject import Need, TrackSubject
from babelreel.rules.dubs.heard import name_of, samples_to_ms

DUB = frozenset({Need.DUB})

#: More channels than two loudspeakers play.
_STEREO = 2


@track_rule(code="DUB001", name="unreadable-sound", severity=Severity.ERROR, needs=DUB)
def unreadable_sound(subject: TrackSubject) -> Iterator[Breach]:
    """A recorded sound cannot be read.

    Why: The dub would be without a voice there. A file that is empty, damaged, or no sound at all often comes from a
    copy that was broken off. The stem of music and effects counts too: no dub can be mixed without it once it is there.

    Limit: Every sound can be decoded from its first to its last sample.

    Source: Proposal of this project.

    For example: video/stems/fr/07.wav has no bytes, because the memory card was full.

    Mend: Copy the file again, or record the line again. A stem that is not needed is to be taken away.
    """
    for each in _meant(subject):
        if each.sound.fault:
            message = f"this sound cannot be read: {each.sound.fault}"
            yield Breach(path=each.sound.path, cue=each.cue, message=message)
    music = subject.music
    if music and music.fault:
        message = f"the music and effects cannot be read, so that no dub can be mixed with them: {music.fault}"
        yield Breach(path=music.path, message=message)


@track_rule(code="DUB002", name="guide-as-dub", severity=Severity.ERROR, needs=DUB)
def guide_as_dub(subject: TrackSubject) -> Iterator[Breach]:
    """A guide track stands where a recorded voice should be.

    Why: A guide is spoken by a machine, so that a volunteer hears the pace of the lines. Nobody who needs help should
    be spoken to by it, and it says some names so wrongly that they cannot be found.

    Limit: No sound bears the mark of a guide, in its tags or in what is heard.

    Source: Proposal of this project.

    For example: somebody saved the guide as video/stems/fr.wav to see whether the build takes it.

    Mend: Take the guide out of video/stems/, and record the lines.
    """
    for each in _meant(subject):
        if each.sound.is_guide:
            message = "this is a guide track, spoken by a machine: take it out of the folder, and record a voice"
            yield Breach(path=each.sound.path, cue=each.cue, message=message)


@track_rule(code="DUB003", name="stray-take", severity=Severity.WARNING, needs=DUB)
def stray_take(subject: TrackSubject) -> Iterator[Breach]:
    """A recorded sound belongs to no line.

    Why: It is heard nowhere. Most often its name has a slip, and the line that was meant is without a voice.

    Limit: The name of a take is the number of its line in the subtitle file, and nothing else. A language has one
    recording of the whole film at most.

    Source: Proposal of this project.

    For example: video/stems/fr/7 new.wav, or 70.wav where the last line has the number 19.

    Mend: Give the sound the number of its line, as in 07.wav, or take it out of the folder.
    """
    dubbing = subject.dubbing
    if dubbing is None:
        return
    last = max(dubbing.cues, default=0)
    for each in dubbing.unheard:
        message = _why_stray(each, dubbing.dub.whole, last)
        if message:
            yield Breach(path=each.sound.path, message=message)


@track_rule(code="DUB004", name="doubled-take", severity=Severity.WARNING, needs=DUB)
def doubled_take(subject: TrackSubject) -> Iterator[Breach]:
    """There are two recordings of the same words.

    Why: Only one of them is heard, and nobody but the volunteer knows which one is meant. The other may be an old one.

    Limit: One take for each line; and either takes, or one recording of the whole film.

    Source: Proposal of this project.

    For example: video/stems/fr/07.wav and video/stems/fr/7.mp3.

    Mend: Keep the better one, and take the other one out of the folder.
    """
    if subject.dubbing is None:
        return
    dub, cues = subject.dubbing.dub, subject.dubbing.cues
    if dub.whole and dub.takes:
        message = (
            "there are takes of single lines beside a recording of the whole film: take the one or the others away"
        )
        yield Breach(path=dub.whole.path, message=message)
    first: dict[int, SoundInfo] = {}
    for take in dub.takes:
        known = first.setdefault(take.line, take.sound)
        if known is not take.sound and take.line in cues:
            message = f"line {take.line} has another take, {_name(known)}: keep one of them"
            yield Breach(path=take.sound.path, cue=cues[take.line], message=message)


@track_rule(code="DUB006", name="silent-sound", severity=Severity.ERROR, needs=DUB)
def silent_sound(subject: TrackSubject) -> Iterator[Breach]:
    """There is nothing to hear in a recording.

    Why: The film's own voice goes down for a line that is never spoken. The microphone was off, or another one was
    recorded.

    Limit: Something is heard in every recording. For a line that is not spoken, such as [music], it is a warning.

    Source: Proposal of this project.

    For example: a take of four seconds in which every sample is zero.

    Mend: Record the line again, and listen to it before you go on.
    """
    for each in _meant(subject):
        if each.sound.is_silent and not each.sound.fault:
            is_needed = each.cue is None or each.cue.is_spoken
            yield Breach(
                path=each.sound.path,
                cue=each.cue,
                message=f"there is nothing to hear in {name_of(each.cue)}: record it again",
                severity=Severity.ERROR if is_needed else Severity.WARNING,
            )


@track_rule(
    code="DUB009",
    name="clipped-sound",
    severity=Severity.ERROR,
    needs=DUB,
    limit=limits("clipped_ms", "clipped_error_percent"),
)
def clipped_sound(subject: TrackSubject) -> Iterator[Breach]:
    """A recording was too loud for the recorder.

    Why: What is louder than the recorder can hold is cut off. It crackles, and nothing can bring back what is lost.

    Limit: Ten milliseconds in all, of three or more samples in a row at full scale; an error where that is more than
    half of what is heard.

    Source: Proposal of this project.

    For example: the volunteer spoke into the microphone from a hand's breadth, with the level turned up.

    Mend: Turn the level of the microphone down until the loudest word stays below the red, and record again.
    """
    profile = subject.profile
    for each in _heard(subject):
        clipped_ms = samples_to_ms(each.sound.clipped)
        if clipped_ms > profile.clipped_ms:
            share = 100 * each.sound.clipped
            is_lost = share > profile.clipped_error_percent * (each.sound.end - each.sound.first)
            yield Breach(
                path=each.sound.path,
                cue=each.cue,
                message=f"{name_of(each.cue)} is too loud and crackles: turn the microphone down, and record it again",
                measured=f"{clipped_ms} ms",
                limit=profile.show("clipped_ms"),
                severity=Severity.ERROR if is_lost else Severity.WARNING,
            )


@track_rule(code="DUB010", name="low-sample-rate", severity=Severity.WARNING, needs=DUB, limit=limits("lowest_rate_hz"))
def low_sample_rate(subject: TrackSubject) -> Iterator[Breach]:
    """A recording sounds like a telephone.

    Why: With so few samples a second, s and f are the same sound, and whoever learns the language understands less.

    Limit: 16 000 samples a second. Any rate above is right: 44 100, 48 000 and 96 000 are usual.

    Source: ITU-T G.722, wideband speech.

    For example: a voice message of 8000 Hz out of a messenger.

    Mend: Record with the recorder of the phone or a sound editor, as WAV or FLAC. Saving a file with a higher rate
    brings nothing back.
    """
    for each in _heard(subject):
        rate_hz = each.sound.sample_rate_hz
        if 0 < rate_hz < subject.profile.lowest_rate_hz:
            yield Breach(
                path=each.sound.path,
                cue=each.cue,
                message=f"{name_of(each.cue)} sounds like a telephone: record it with more samples a second",
                measured=f"{rate_hz} Hz",
                limit=subject.profile.show("lowest_rate_hz"),
            )


@track_rule(code="DUB011", name="unusual-channels", severity=Severity.WARNING, needs=DUB)
def unusual_channels(subject: TrackSubject) -> Iterator[Breach]:
    """A recording has more channels than two loudspeakers play.

    Why: All channels are mixed down to two. A voice that is in one of six gets softer by that, and noise from the other
    five is added.

    Limit: One channel (mono) or two (stereo).

    Source: Proposal of this project.

    For example: a take of six channels out of a project for cinema sound.

    Mend: Save the voice alone, as mono.
    """
    for each in _heard(subject):
        channels = each.sound.channels
        if channels > _STEREO:
            yield Breach(
                path=each.sound.path,
                cue=each.cue,
                message=f"{name_of(each.cue)} has {channels} channels, which are mixed down to two: "
                "save the voice as mono",
                measured=f"{channels} channels",
                limit=f"{_STEREO} channels",
            )


@track_rule(code="DUB022", name="dub-without-subtitles", severity=Severity.WARNING)
def dub_without_subtitles(subject: TrackSubject) -> Iterator[Breach]:
    """There is a recorded voice in a language that has no subtitles.

    Why: It is not used: nobody can tell which line is spoken when. Most often the sound, or the subtitle file, has a
    slip in its name.

    Limit: Every language with a sound in video/stems/ has a file in subtitles/.

    Source: Proposal of this project.

    For example: video/stems/fr.flac, and the subtitles are in subtitles/fra.srt.

    Mend: Add the subtitles, or name the sound after its language, as the subtitle file is named.
    """
    folder = PurePosixPath(subject.track.path).parent
    for dub in subject.orphans:
        message = f"there are no subtitles for this voice, so it is not used: add {folder / dub.language}.srt"
        if subject.music and PurePosixPath(dub.path).stem.lower() == PurePosixPath(subject.music.path).stem.lower():
            message = (
                f"there are other music and effects, {_name(subject.music)}, and these are not used: take one away"
            )
        yield Breach(path=dub.path, language=dub.language, message=message)


def _meant(subject: TrackSubject) -> tuple[Recording, ...]:
    return subject.dubbing.meant if subject.dubbing else ()


def _heard(subject: TrackSubject) -> tuple[HeardSound, ...]:
    return subject.dubbing.heard if subject.dubbing else ()


def _why_stray(each: UnheardSound, whole: SoundInfo | None, last: int) -> str:
    if each.why is WhyUnheard.OTHER_WHOLE and whole:
        return f"there is another recording of the whole film, {_name(whole)}, and this one is not used"
    if each.why is WhyUnheard.NO_NUMBER:
        return "the name of this sound is not the number of a line, such as 07: it is not used"
    if each.why is WhyUnheard.NO_LINE:
        return f"no line has the number {each.line}, the last one is {last}: this take is not used"
    return ""


def _name(sound: SoundInfo) -> str:
    return PurePosixPath(sound.path).name


RULES: tuple[Rule, ...] = (
    unreadable_sound,
    guide_as_dub,
    stray_take,
    doubled_take,
    silent_sound,
    clipped_sound,
    low_sample_rate,
    unusual_channels,
    dub_without_subtitles,
)
