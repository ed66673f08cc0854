"""Find the languages that are published as a voice without text, as the project asks for by ``voice_only``.

Only a recording of the whole film can be one: without lines, nobody knows when a take of a line is spoken. A
description of the picture has lines where it has a script (``descriptions.py``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from babelreel.app.project.description_files import description_files
from babelreel.app.project.subtitle_files import SubtitleFolder, TrackFile, look_at_folder
from babelreel.app.voices.stems import list_recordings
from babelreel.languages.find import find_language
from babelreel.model.language import Language
from babelreel.model.project import LanguageSettings, Project
from babelreel.model.variant import Variant, split_variant


def look_at_languages(project: Project) -> SubtitleFolder:
    """Account for every file in the folder of subtitles, as ``look_at_folder`` does, and for the voices without text.

    A voice has no subtitles, not even misnamed ones: those would be published with it. Raises ``MachineError`` when the
    folder of recordings cannot be read.
    """
    found = look_at_folder(project)
    recordings = list_recordings(project)
    wholes = {each.language: each.wholes[0] for each in recordings if each.wholes}
    taken = {each.language for each in recordings if each.takes}
    scripts = {each.tag: each for each in description_files(project) if each.tag in taken and each.tag not in wholes}
    voices = (
        TrackFile(path=wholes[settings.language.tag], settings=settings, is_voice=True)
        for settings in (*_wanted(project, found), *_described(project, found, wholes))
        if settings.language.tag in wholes
    )
    described = {settings.language.tag for settings in _described(project, found, scripts)}
    return replace(found, voices=(*voices, *(each for tag, each in scripts.items() if tag in described)))


def unrecorded_languages(project: Project, found: SubtitleFolder) -> tuple[Language, ...]:
    """Find the languages that are to be a voice without text, and lack a recording of the whole film.

    ``found`` is what ``look_at_languages`` returns.
    """
    there = {voice.tag for voice in found.voices}
    languages = (settings.language for settings in _wanted(project, found))
    return tuple(language for language in languages if language.tag not in there)


def _described(project: Project, found: SubtitleFolder, tags: Iterable[str]) -> Iterator[LanguageSettings]:
    """Yield the languages in which the picture is described, each beside its usual track: nobody has to list them."""
    usual = {file.tag for file in found.tracks}
    for tag in tags:
        base, variant = split_variant(tag)
        if variant is Variant.DESCRIBED and base in usual:
            yield project.settings_of(find_language(tag))


def _wanted(project: Project, found: SubtitleFolder) -> Iterator[LanguageSettings]:
    """Yield the languages that need no subtitles and have none."""
    there = {*(file.tag for file in found.tracks), *(stray.tag for stray in found.strays)}
    return (each for each in project.languages if each.is_voice_only and each.language.tag not in there)
