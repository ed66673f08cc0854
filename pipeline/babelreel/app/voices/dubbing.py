"""Choose the recorded voices that go into the build, and refuse those that must not.

A voice with an error is left out, and the language is published with the film's own sound and its subtitles: nobody has
to wait for a recording to be repaired.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from babelreel.app.check.checked import CheckedTrack
from babelreel.app.voices.stems import Stems
from babelreel.errors import BabelreelError, MachineError, RefusedError, WithheldError
from babelreel.graph.digests import DigestCache
from babelreel.graph.task import SourceFile
from babelreel.model.counted import count
from babelreel.model.finding import Finding
from babelreel.model.project import Project
from babelreel.model.sound.dubbing import Dubbing
from babelreel.model.sound.recordings import SoundInfo
from babelreel.regular_files import is_taken, open_regular
from babelreel.stages.inputs import Stem, Voice
from babelreel.system_errors import as_house_error

#: The folder of recordings in a work folder.
_TAKES = "takes"


def choose_voice(project: Project, checked: CheckedTrack, digests: DigestCache) -> Voice | None:
    """Return what is heard of a language's recordings, with its files; ``RefusedError`` if they have errors.

    ``None`` where nothing was recorded, or nothing of it can be heard.
    """
    if checked.dubbing is None:
        return None
    refuse_without_consent(project, checked)
    if checked.sound_errors:
        raise _refused(checked)
    return voice_of(project, checked.dubbing, digests)


def voice_of(project: Project, dubbing: Dubbing, digests: DigestCache) -> Voice | None:
    """Return what is heard of recordings with its files, whatever is wrong with them; ``None`` where nothing is."""
    # named by place: renumbering the lines makes no other sound
    sounds = enumerate(each.sound for each in dubbing.heard)
    files = tuple(_file(project, sound, f"{_TAKES}/{place}", digests) for place, sound in sounds)
    return Voice(dubbing=dubbing, files=files) if files else None


def refuse_without_consent(project: Project, checked: CheckedTrack, fault: BabelreelError | None = None) -> None:
    """Raise ``WithheldError`` for a recorded voice whose speaker has not agreed that it is published.

    ``fault`` is why the machine cannot read the recordings of a voice that was published: it is a voice all the same.
    """
    tag = checked.file.tag
    is_recorded = fault or (checked.dubbing and checked.dubbing.meant)
    if is_recorded and project.credits_of(tag).is_voice_agreed is False:
        raise WithheldError(
            what=f"The voice of {tag} is not published: its speaker has not agreed.",
            where=f"[consent.{tag}] in babelreel.toml",
            hint="Set voice = true once the speaker has agreed, or remove the recording.",
        )


def outlasted_consent(tag: str, error: BabelreelError) -> WithheldError:
    """Return why a language goes whose published voice may not be heard, and that ``error`` keeps from being made anew.

    Its earlier version has the voice in it, so it cannot stay.
    """
    return WithheldError(
        what=f"{tag} is not published: its speaker has not agreed, and it cannot be made without the voice now.",
        where=f"[consent.{tag}] in babelreel.toml",
        why=error.what,
        hint=error.hint,
    )


def recordings_to_come(checked: CheckedTrack) -> MachineError | None:
    """Report recordings that are not here yet, where nothing else is wrong with a language's dub.

    Those are files of no bytes, as a cloud folder keeps them until they are fetched, or that cannot be opened, even
    the one that says what they were recorded for.
    """
    if checked.dubbing is None:
        return None
    dub, meant = checked.dubbing.dub, checked.dubbing.meant
    absent = {each.sound.path: each.sound.fault for each in meant if each.sound.is_absent}
    absent |= {dub.texts_path: dub.texts_fault} if dub.are_texts_closed else {}
    first = next((error.location.path for error in checked.sound_errors), "")
    if first not in absent or not all(error.location.path in absent for error in checked.sound_errors):
        return None
    files = "recording" if dub.texts_path not in absent else "file of its recordings"
    return MachineError(
        what=f"{checked.file.tag} keeps its earlier version: {count(len(absent), files)} "
        f"{'is' if len(absent) == 1 else 'are'} not here.",
        where=first,
        why=absent[first],
        hint="Let the copy or the cloud folder finish, or record it again. Then run the same command again.",
    )


def choose_music(project: Project, stems: Stems, digests: DigestCache) -> Stem | None:
    """Choose the stem of music and effects, if there is one that can be read: rules report one that cannot."""
    info = stems.music()
    if info is None or info.fault:
        return None
    return Stem(info=info, source=_file(project, info, "music", digests))


def _file(project: Project, sound: SoundInfo, name: str, digests: DigestCache) -> SourceFile:
    path = project.root / sound.path
    return SourceFile(name=name + Path(sound.path).suffix.lower(), path=path, digest=digests.digest(path))


def closed_recording(project: Project, tag: str, errors: Iterable[Finding] = ()) -> BabelreelError | None:
    """Say why the system does not let a language's recordings be read: they may be as right as ever.

    A link that leads nowhere, to a folder or a file, stands for what lies on a disk that is not connected; a pipe says
    as little of them. ``errors`` are those that were found in the recordings.
    """
    stems = project.root / project.stems_dir
    lost = (path for path in (stems, *sorted(stems.glob("*"))) if path == stems or path.stem == tag)
    broken = {path for path in lost if is_taken(path) and not (path.is_file() or path.is_dir())}
    for path in sorted(broken | {project.root / each.location.path for each in errors}):
        if not path.is_dir():
            try:
                open_regular(path).close()
            except OSError as error:
                return as_house_error(error, path)
    return None


def _refused(checked: CheckedTrack) -> RefusedError:
    errors = checked.sound_errors
    fate = "is not published" if checked.file.is_voice else "is published with the film's own sound"
    return RefusedError(
        what=f"{checked.file.tag} {fate}: its recording has {count(len(errors), 'error')}.",
        where=errors[0].location.path,
        why=f"{errors[0].code} {errors[0].message}",
        hint=f"“babelreel check {checked.file.tag}” lists them all.",
    )
