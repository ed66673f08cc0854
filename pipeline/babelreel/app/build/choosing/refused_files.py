"""Name the languages that a build leaves out because of the names of their files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from babelreel.app.project.choose_tracks import select_tracks, told_strays, usable_tracks
from babelreel.app.project.subtitle_files import SubtitleFolder
from babelreel.app.voices.dubbing import closed_recording
from babelreel.app.voices.lone_voices import unrecorded_languages
from babelreel.errors import RefusedError
from babelreel.languages.find import find_language
from babelreel.model.delivery.build_summary import Failure
from babelreel.model.language import Language
from babelreel.model.project import Project


def wanted_tags(project: Project, folder: SubtitleFolder, asked: Iterable[str]) -> frozenset[str]:
    """Choose the tags of the languages that were asked for, and of files with no known language; else all.

    Raises ``UsageError`` for a language without any file, and ``TrackError`` where the project has no track.
    """
    there = (*usable_tracks(project, folder), *folder.voices)
    unrecorded = {language.tag for language in unrecorded_languages(project, folder)}
    asked = tuple(asked)
    if not asked:
        return frozenset((*(file.tag for file in there), *refused_names(folder), *unrecorded))
    refused = {language.tag for language in refused_languages(folder)}
    tags: set[str] = set()
    for tag in asked:
        strays = {stray.tag for stray in folder.strays_of([tag])} & refused
        strays |= {tag} & unrecorded
        tags |= strays or {file.tag for file in select_tracks(there, [tag], folder)}
    return frozenset(tags)


def refused_languages(folder: SubtitleFolder) -> tuple[Language, ...]:
    """Find the languages whose only files are misnamed, or rivals."""
    there = {file.tag for file in folder.tracks}
    tags = sorted({stray.tag for stray in folder.errors} - there - {""})
    return tuple(map(find_language, tags))


def refused_names(folder: SubtitleFolder) -> tuple[str, ...]:
    """Name what is refused: a language by its tag, a file that stands for none by its name."""
    refused = {language.tag for language in refused_languages(folder)}
    names = (stray.tag if stray.tag in refused else stray.path.name for stray in folder.errors)
    return tuple(dict.fromkeys(names))


def refused_files(project: Project, folder: SubtitleFolder) -> tuple[Failure, ...]:
    """List what is refused; all have one error, which names each file and what to do with it."""
    if not folder.errors:
        return ()
    one = len(folder.errors) == 1
    error = RefusedError(
        what=f"{'A subtitle file is' if one else f'{len(folder.errors)} subtitle files are'} not published.",
        where=(project.subtitles_dir / (folder.errors[0].path.name if one else "")).as_posix(),
        why=told_strays(folder.errors) if not one else folder.errors[0].why,
        hint="Rename or move what is named above, then build again. “babelreel check” lists every file.",
    )
    return tuple(Failure(tag=name, error=error) for name in refused_names(folder))


def refused_voices(project: Project, folder: SubtitleFolder) -> Iterator[Failure]:
    """Yield the languages that are to be a voice without text, and lack a recording of the whole film."""
    for language in unrecorded_languages(project, folder):
        tag = language.tag
        yield Failure(tag=tag, error=closed_recording(project, tag) or _unrecorded_error(project, tag))


def _unrecorded_error(project: Project, tag: str) -> RefusedError:
    return RefusedError(
        what=f"{tag} is not published: there is no recording of the whole film, and there are no subtitles.",
        where=(project.stems_dir / f"{tag}.flac").as_posix(),
        why="babelreel.toml wants it as a voice without text (voice_only); takes of single lines need subtitles",
        hint=f"Put the recording there, or add {(project.subtitles_dir / f'{tag}.srt').as_posix()}.",
    )
