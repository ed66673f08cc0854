"""Fit the recorded takes of each language into the film."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from babelreel.app.project.master import look_at_film, open_digests
from babelreel.app.voices.descriptions import find_spoken, load_spoken
from babelreel.app.voices.stems import find_dubs
from babelreel.graph.digests import DigestCache
from babelreel.media.programs.locate import locate_ffmpeg
from babelreel.model.language import Language
from babelreel.model.project import Project
from babelreel.model.sound.dubbing import Dubbing, decide_dubbing
from babelreel.model.sound.recordings import Dub

#: Describes what was recorded for languages (by tag), with an ffmpeg, leaving out those that have nothing.
FindDubs: TypeAlias = Callable[[Project, tuple[str, ...], Path, DigestCache], tuple[Dub, ...]]


def look_at_takes(
    project: Project, languages: tuple[str, ...], ffmpeg: str | None, hear: FindDubs = find_dubs
) -> tuple[tuple[Language, Dubbing], ...]:
    """Decide what is heard in the languages that were asked for, in all where none was.

    Those without a dub are left out. Raises ``UsageError`` for a language without a track, and what finding the film
    and the tracks raises.
    """
    files = find_spoken(project, languages)
    digests = open_digests(project)
    try:
        _, film = look_at_film(project, digests)
        tags = tuple(file.tag for file in files)
        dubs = {dub.language: dub for dub in hear(project, tags, locate_ffmpeg(ffmpeg), digests)}
    finally:
        digests.save()
    return tuple(
        (
            file.settings.language,
            decide_dubbing(
                dubs[file.tag],
                load_spoken(project, file),
                film_ms=film.duration_ms,
                profile=file.settings.profile,
            ),
        )
        for file in files
        if file.tag in dubs
    )
