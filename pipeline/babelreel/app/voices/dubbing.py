"""Which recorded voices go into the build, and which must not?

A voice with an error is left out, and the language is published with the film's own sound and its subtitles: nobody has
to wait for a recording to be mended.
"""

from __future__ import annotations

from pathlib import Path

from babelreel.app.check.run_rules import CheckedTrack
from babelreel.app.voices.stems import Stems
from babelreel.errors import RefusedError
from babelreel.graph.files import DigestCache
from babelreel.graph.task import SourceFile
from babelreel.model.film.media import MediaInfo
from babelreel.model.project import Project
from babelreel.model.sound.placing import place_takes
from babelreel.model.sound.recordings import SoundInfo
from babelreel.report.plain import count
from babelreel.stages.inputs import Dubbing, Stem

#: The folder of recordings in a work folder.
_TAKES = "takes"


def choose_dubbing(
    project: Project, checked: CheckedTrack, stems: Stems, film: MediaInfo, digests: DigestCache
) -> Dubbing | None:
    """Give a language's voice with its takes in their places, if there is one; ``RefusedError`` if it has errors."""
    dub = stems.dub(checked.file.tag)
    if dub is None:
        return None
    if checked.sound_errors:
        raise _refused(checked)
    placed = place_takes(dub, checked.track, film_ms=film.duration_ms)
    whole = (dub.whole,) if dub.whole else ()
    sounds = tuple(each.take.sound for each in placed) or whole  # takes, being newer work, win
    # named by place: renumbering the lines makes no other sound
    files = tuple(_file(project, sound, f"{_TAKES}/{place}", digests) for place, sound in enumerate(sounds))
    return Dubbing(dub=dub, placed=placed, files=files) if files else None


def choose_music(project: Project, stems: Stems, digests: DigestCache) -> Stem | None:
    """Give the stem of music and effects, if there is one that can be read: the rules tell of one that cannot."""
    info = stems.music()
    if info is None or info.fault:
        return None
    return Stem(info=info, source=_file(project, info, "music", digests))


def _file(project: Project, sound: SoundInfo, name: str, digests: DigestCache) -> SourceFile:
    path = project.root / sound.path
    return SourceFile(name=name + Path(sound.path).suffix.lower(), path=path, digest=digests.digest(path))


def _refused(checked: CheckedTrack) -> RefusedError:
    errors = checked.sound_errors
    return RefusedError(
        what=f"{checked.file.tag} is published with the film's own sound: its dub has {count(len(errors), 'error')}",
        where=errors[0].location.path,
        why=f"{errors[0].code} {errors[0].message}",
        hint=f"babelreel check {checked.file.tag} lists them all",
    )
