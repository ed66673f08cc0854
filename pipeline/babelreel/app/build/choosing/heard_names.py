"""Who says the names of languages on the first page: recordings of the volunteer's, else a synthetic voice."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator
from pathlib import Path

from babelreel.errors import MachineError
from babelreel.graph.digests import DigestCache
from babelreel.graph.task import SourceFile
from babelreel.media.programs.espeak import choose_voice, find_espeak, list_voices, version_of
from babelreel.model.language import Language
from babelreel.model.project import Project
from babelreel.model.sound.sound_files import PHONE_ENDINGS, SOUND_ENDINGS
from babelreel.regular_files import is_taken, open_regular
from babelreel.stages.inputs import Names
from babelreel.system_errors import house_errors

#: The folder, in the one of the film, of recorded names: ``ps.m4a`` says the name of Pashto.
FOLDER = "names"


def find_names(
    project: Project, languages: Iterable[Language], digests: DigestCache
) -> tuple[Names, tuple[tuple[str, MachineError], ...]]:
    """Look for a recording of each name, and for a voice of the others where the project wants synthetic ones.

    A voice of another language says a name wrong: where there is none, the language has no sound. The languages whose
    recordings cannot be read are returned beside that, with the reason: no voice takes their place.
    """
    wanted = tuple(languages)
    recorded: list[tuple[str, SourceFile]] = []
    closed: list[tuple[str, MachineError]] = []
    for each in wanted:
        try:
            found = _recording(project.root / project.video_dir / FOLDER, each.tag, digests)
            recorded += [(each.tag, found)] if found else []
        except MachineError as error:
            closed.append((each.tag, error))
    known = {tag for tag, _ in (*recorded, *closed)}
    others = [each for each in wanted if each.tag not in known]
    program = find_espeak() if project.delivery.has_spoken_names and others else None
    voices = list_voices(program) if program else ()
    chosen = ((each.tag, choose_voice(each, voices)) for each in others)
    names = Names(
        recorded=tuple(recorded),
        voices=tuple((tag, voice) for tag, voice in chosen if voice),
        program=program,
        version=version_of(program) if program else "",
    )
    return names, tuple(closed)


def tell_unheard(project: Project, languages: Iterable[Language], names: Names) -> Iterator[str]:
    """Tell which of these languages have no sound of their name, where the project wants them heard."""
    heard = {tag for tag, _ in (*names.recorded, *names.voices)}
    silent = [each.tag for each in languages if each.tag not in heard]
    if silent and project.delivery.has_spoken_names and project.delivery.has_pages:
        folder = (project.video_dir / FOLDER).as_posix()
        why = "eSpeak NG is not installed"
        if names.program:
            why = "no voice of eSpeak NG speaks them" if names.version else "eSpeak NG does not run here"
        what = f"the first page does not say the names of {', '.join(silent)}"
        yield f"{what}: {why}; {folder}/{silent[0]}.m4a would do it"


def _recording(folder: Path, tag: str, digests: DigestCache) -> SourceFile | None:
    """Find the recording of a name, if there is one.

    Raises ``MachineError`` for one that cannot be read, and for what is no file: nobody knows what it says.
    """
    for ending in (*SOUND_ENDINGS, *PHONE_ENDINGS):
        path = folder / f"{tag}{ending}"
        with house_errors(path):
            if is_taken(path):
                open_regular(path).close()
                return SourceFile(name=f"recording{ending}", path=path, digest=digests.digest(path))
    with house_errors(folder):
        if is_taken(folder) and not folder.is_dir():
            raise OSError(errno.ENOTDIR, "it is no folder")
    return None
