"""Check that each recorded sound can be used: that it is a voice, and for which line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from babelreel.model.finding import Severity
from babelreel.model.sound.dubbing import Dubbing, UnheardSound, Verdict, WhyUnheard
from babelreel.model.sound.recordings import SoundInfo
from babelreel.model.sound.sound_files import in_order_of_names
from babelreel.model.sound.take_names import TakeNames
from babelreel.rules.base.breach import RecordingBreach
from babelreel.rules.base.need import Need
from babelreel.rules.base.recording_subject import LostVoiceSubject, VoiceSubject
from babelreel.rules.base.rule import RecordingRule, recording_rule
from babelreel.rules.base.short_texts import quoted, some
from babelreel.rules.dubs.names_in_messages import name_of

DUB = frozenset({Need.DUB})


@recording_rule(of=VoiceSubject, code="DUB001", name="unreadable-sound", severity=Severity.ERROR, needs=DUB)
def unreadable_sound(subject: VoiceSubject) -> Iterator[RecordingBreach]:
    """A recorded sound cannot be read.

    Why: The dub would have no voice there. Such a file is empty, damaged or no sound at all, often because a copy was
    interrupted. This also holds for music and effects: if that file is there, every dub needs it.

    Limit: Every sound can be decoded from its first to its last sample.

    Source: Proposal of this project.

    Example: video/stems/fr/07.wav has no bytes, because the memory card was full.

    Fix: Copy the file again, or record the line again. Remove a recording that is not needed.
    """
    for each in subject.meant:
        if each.sound.fault:
            message = f"this sound cannot be read: {each.sound.fault}"
            yield RecordingBreach(path=each.sound.path, cue=each.cue, message=message)
    music = subject.music
    if music and music.fault:
        message = f"the music and effects cannot be read, so that no dub can be mixed with them: {music.fault}"
        yield RecordingBreach(path=music.path, message=message)


@recording_rule(of=VoiceSubject, code="DUB002", name="guide-as-dub", severity=Severity.ERROR, needs=DUB)
def guide_as_dub(subject: VoiceSubject) -> Iterator[RecordingBreach]:
    """A guide track stands where a recorded voice should be.

    Why: A computer speaks the guide, so that a volunteer hears the pace of the lines. People who need help should hear
    a human voice, and a computer says some names so wrongly that nobody can find them.

    Limit: No recording is marked as a guide, in its tags or in its sound.

    Source: Proposal of this project.

    Example: somebody saved the guide as video/stems/fr.wav to try out a build.

    Fix: Move the guide out of video/stems/, and record the lines.
    """
    for each in subject.meant:
        if each.sound.is_guide:
            message = "this is a guide track, spoken by a machine: take it out of the folder, and record a voice"
            yield RecordingBreach(path=each.sound.path, cue=each.cue, message=message)


@recording_rule(of=VoiceSubject, code="DUB003", name="stray-take", severity=Severity.WARNING, needs=DUB)
def stray_take(subject: VoiceSubject) -> Iterator[RecordingBreach]:
    """A recorded sound belongs to no line.

    Why: Nobody hears it. Most often its name is mistyped, and the line that was meant has no voice.

    Limit: The name of a take begins with the number of its line in the subtitle file. A space, "-" or "_" may follow,
    and then anything: 07.wav, 7 (2).m4a, 07-Marie.opus. Files with a phone's own names, which also count failed
    recordings, are reported together. A language has at most one recording of the whole film.

    Source: Proposal of this project.

    Example: video/stems/fr/PTT-20261129-WA0003.opus, or 70.wav where the last line has the number 19.

    Fix: Give the sound the number of its line, as in 07.opus (the ending stays), or move it out of the folder.
    """
    dubbing = subject.dubbing
    if dubbing is None:
        return
    last = max(dubbing.cues, default=0)
    for each in dubbing.unheard:
        message = _why_stray(each, dubbing.dub.whole, last)
        if message:
            yield RecordingBreach(path=each.sound.path, message=message)
    nameless = [each.sound.path for each in dubbing.unheard if each.why is WhyUnheard.NO_NUMBER]
    if nameless:
        folder = str(PurePosixPath(nameless[0]).parent)
        yield RecordingBreach(path=folder, message=_names_to_give(nameless, dubbing))


@recording_rule(of=VoiceSubject, code="DUB004", name="doubled-take", severity=Severity.WARNING, needs=DUB)
def doubled_take(subject: VoiceSubject) -> Iterator[RecordingBreach]:
    """There are two recordings of the same words.

    Why: Only one of them is heard, and only the volunteer knows which one is meant. The other may be an old one.

    Limit: One take for each line; and either takes, or one recording of the whole film.

    Source: Proposal of this project.

    Example: video/stems/fr/07.wav and video/stems/fr/7.mp3.

    Fix: Keep the better one, and move the other one out of the folder.
    """
    if subject.dubbing is None:
        return
    dub = subject.dubbing.dub
    if dub.whole and dub.takes:
        message = "there are takes of single lines beside a recording of the whole film: keep one of the two"
        yield RecordingBreach(path=dub.whole.path, message=message)
    heard = {id(line.cue): line.take.sound for line in subject.lines if line.take}
    first: dict[int, SoundInfo] = {}
    for cue, sound in ((each.cue, each.sound) for each in subject.meant if each.cue):
        known = first.setdefault(id(cue), heard.get(id(cue), sound))
        if known is not sound:
            message = f"line {cue.number} has another take, {_name(known)}: keep one of them"
            yield RecordingBreach(path=sound.path, cue=cue, message=message)


@recording_rule(of=VoiceSubject, code="DUB006", name="silent-sound", severity=Severity.ERROR, needs=DUB)
def silent_sound(subject: VoiceSubject) -> Iterator[RecordingBreach]:
    """A recording is silent.

    Why: The film's own voice gets softer for a line that nobody speaks. The microphone was off, or the recorder used
    another one.

    Limit: Something is heard in every recording. For a line that is not spoken, such as [music], it is a warning.

    Source: Proposal of this project.

    Example: a take of four seconds in which every sample is zero.

    Fix: Record the line again, and listen to it before you go on.
    """
    for each in subject.meant:
        if each.sound.is_silent and not each.sound.fault:
            is_needed = each.cue is None or each.cue.is_spoken
            yield RecordingBreach(
                path=each.sound.path,
                cue=each.cue,
                message=f"there is nothing to hear in {name_of(each.cue)}: record it again",
                severity=Severity.ERROR if is_needed else Severity.WARNING,
            )


@recording_rule(of=LostVoiceSubject, code="DUB022", name="dub-without-subtitles", severity=Severity.WARNING)
def dub_without_subtitles(subject: LostVoiceSubject) -> Iterator[RecordingBreach]:
    """There is a recorded voice in a language that has no subtitles.

    Why: It is not used: nobody knows which line is spoken when. Most often the name of the recording or of the subtitle
    file is mistyped.

    Limit: Every language with a recording in video/stems/ has a file in subtitles/. A voice without text needs
    `voice_only = true` in its table, such as `[language.fr]`, and one recording of the whole film; if that is missing,
    it is an error.

    Source: Proposal of this project.

    Example: video/stems/fr.flac, and the subtitles are in subtitles/fra.srt.

    Fix: Add the subtitles, or name the sound by the tag of its language, as the subtitle file is named. If you want a
    voice and no text, say so in babelreel.toml.
    """
    music = subject.music_path
    if music and PurePosixPath(subject.path).stem.lower() == PurePosixPath(music).stem.lower():
        kept = PurePosixPath(music).name
        message = f"there are other music and effects, {kept}, and these are not used: take one away"
    else:
        message = _without_subtitles(subject)
    severity = Severity.ERROR if subject.is_voice_only else Severity.WARNING
    yield RecordingBreach(path=subject.path, message=message, severity=severity)


def _without_subtitles(subject: LostVoiceSubject) -> str:
    if not subject.is_tagged:
        return _misnamed(subject)
    tag = subject.language
    track = PurePosixPath(subject.subtitles_dir) / f"{tag}.srt"
    if not subject.is_voice_only:
        message = f"there are no subtitles for this voice, so it is not used: add {track}"
        alone = f", or, for a voice without text, [language.{tag}] voice_only = true in babelreel.toml"
        return message + (alone if subject.can_be_alone else "")
    if subject.files:
        return f"there are takes, but no subtitles: add {track}, or one recording of the whole film, {tag}.flac"
    return f"babelreel.toml wants {tag} as a voice without text: put a recording of the whole film here"


def _misnamed(subject: LostVoiceSubject) -> str:
    """Say how a voice should be named of which nobody knows the language: subtitles of that name are refused too."""
    if subject.right_name:
        return f"this voice is not used: rename it to {subject.right_name}, as its name must be the tag of a language"
    return "this voice is not used: name it by the tag of its language, such as ar"


def _why_stray(each: UnheardSound, whole: SoundInfo | None, last: int) -> str:
    if each.why is WhyUnheard.OTHER_WHOLE and whole:
        return f"this recording is not used: there is another one of the whole film, {_name(whole)}"
    if each.why is WhyUnheard.NO_TEXT and each.recorded:
        return f"this take is not used: no line says {quoted(each.recorded.text)} any more, for which it was recorded"
    if each.why is WhyUnheard.NO_LINE:
        if not last:
            return "this take is not used: there are no subtitles, so it belongs to no line"
        return f"this take is not used: there is no line {each.line}, and the last line is {last}"
    return ""


def _names_to_give(paths: Sequence[str], dubbing: Dubbing) -> str:
    """Say which sounds have to be named by their lines, and how, if they were recorded one line after the other."""
    names = in_order_of_names([PurePosixPath(path).name for path in paths])
    sounds = (
        f"{some(names)} is not used, because its name does not begin with the number of a line"
        if len(names) == 1
        else f"{some(names)} are not used, because their names do not begin with the number of a line"
    )
    bare = [line.cue for line in dubbing.lines if Verdict.MISSING in line.verdicts and not line.is_repeated]
    new = TakeNames(dubbing)
    if len(bare) == len(names) > 1:
        pairs = [
            f"{name} to {new.name_of(cue)}{PurePosixPath(name).suffix}" for name, cue in zip(names, bare, strict=True)
        ]
        return f"{sounds}. If they were recorded one line after the other, rename them: {some(pairs)}"
    without = f"; without a take: {some([f'line {cue.number}' for cue in bare])}" if bare else ""
    return f"{sounds}, as in 07{PurePosixPath(names[0]).suffix}{without}"


def _name(sound: SoundInfo) -> str:
    return PurePosixPath(sound.path).name


RULES: tuple[RecordingRule, ...] = (
    unreadable_sound,
    guide_as_dub,
    stray_take,
    doubled_take,
    silent_sound,
    dub_without_subtitles,
)
