"""Who says the names of languages on the first page: recordings of the volunteer's, else a synthetic voice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from babelreel.graph.digests import DigestCache
from babelreel.graph.task import SourceFile
from babelreel.media.programs.espeak import choose_voice, find_espeak, list_voices, version_of
from babelreel.model.language import Language
from babelreel.model.project import Project
from babelreel.model.sound.sound_files import PHONE_ENDINGS, SOUND_ENDINGS
from babelreel.stages.inputs import Names

#: The folder, in the one of the film, of recorded names: ``ps.m4a`` says the name of Pashto.
FOLDER = "names"


def find_names(project: Project, languages: Iterable[Language], digests: DigestCache) -> Names:
    """Look for a recording of each name, and for a voice of the others where the project wants synthetic ones.

    A voice of another language says a name wrong: where there is none, the language has no sound.
    """
    wanted = tuple(languages)
    recorded = tuple(_recorded(project, wanted, digests))
    others = [each for each in wanted if each.tag not in dict(recorded)]
    program = find_espeak() if project.delivery.has_spoken_names and others else None
    voices = list_voices(program) if program else ()
    chosen = ((each.tag, choose_voice(each, voices)) for each in others)
    return Names(
        recorded=recorded,
        voices=tuple((tag, voice) for tag, voice in chosen if voice),
        program=program,
        version=version_of(program) if program else "",
    )


def tell_unheard(project: Project, languages: Iterable[Language], names: Names) -> Iterator[str]:
    """Tell which languages have no sound of their name, where the project wants them heard."""
    heard = {tag for tag, _ in (*names.recorded, *names.voices)}
    silent = [each.tag for each in languages if each.tag not in heard]
    if silent and project.delivery.has_spoken_names:
        folder = (project.video_dir / FOLDER).as_posix()
        why = "no voice of eSpeak NG speaks them" if names.program else "eSpeak NG is not installed"
        what = f"the first page does not say the names of {', '.join(silent)}"
        yield f"{what}: {why}; {folder}/{silent[0]}.m4a would do it"


def _recorded(
    project: Project, languages: Iterable[Language], digests: DigestCache
) -> Iterator[tuple[str, SourceFile]]:
    folder = project.root / project.video_dir / FOLDER
    for language in languages:
        for ending in (*SOUND_ENDINGS, *PHONE_ENDINGS):
            path = folder / f"{language.tag}{ending}"
            if path.is_file():
                yield language.tag, SourceFile(name=f"recording{ending}", path=path, digest=digests.digest(path))
                break
