"""How do the recorded takes of each language fit into the film?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from babelreel.app.project.inventory import find_tracks, load_track, select_tracks
from babelreel.app.project.master import look_at_film, open_digests
from babelreel.app.voices.stems import find_dubs
from babelreel.graph.files import DigestCache
from babelreel.media.programs.locate import locate_ffmpeg
from babelreel.model.project import Project
from babelreel.model.sound.recordings import Dub
from babelreel.model.sound.take_table import TakeTable, tabulate_takes

#: Describes what was recorded for languages (by tag), with an ffmpeg, leaving out those that have nothing.
FindDubs: TypeAlias = Callable[[Project, tuple[str, ...], Path, DigestCache], tuple[Dub, ...]]


def look_at_takes(
    project: Project, languages: tuple[str, ...], ffmpeg: str | None, hear: FindDubs = find_dubs
) -> tuple[TakeTable, ...]:
    """Place the takes of the languages that were asked for, of all where none was; those without a dub are left out.

    Raises ``UsageError`` for a language without a track, and what finding the film and the tracks raises.
    """
    files = select_tracks(find_tracks(project), languages)
    digests = open_digests(project)
    try:
        _, film = look_at_film(project, digests)
        tags = tuple(file.tag for file in files)
        dubs = {dub.language: dub for dub in hear(project, tags, locate_ffmpeg(ffmpeg), digests)}
    finally:
        digests.save()
    return tuple(
        tabulate_takes(file.settings.language, dubs[file.tag], load_track(project, file), film_ms=film.duration_ms)
        for file in files
        if file.tag in dubs
    )
