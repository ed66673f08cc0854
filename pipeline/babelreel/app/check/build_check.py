"""Check all that a build is made of against the rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from babelreel.app.check.checked import CheckedProject, CheckedTrack
from babelreel.app.check.remembered import Memory
from babelreel.app.check.run_rules import Checker, make_checker
from babelreel.app.project.described_film import FilmToCheck, stale_description
from babelreel.app.project.late_tracks import load_late
from babelreel.app.project.subtitle_files import TrackFile
from babelreel.app.voices.stems import Stems
from babelreel.errors import MachineError
from babelreel.model.film.media import MediaInfo
from babelreel.model.project import Project


def check_for_build(
    project: Project, files: Iterable[TrackFile], *, film: MediaInfo | None, stems: Stems | None = None
) -> CheckedProject:
    """Read and check these tracks against the film and its recorded sounds, in the order of the files.

    What was found in a track is remembered as ``Memory`` says.
    """
    files = tuple(files)
    known = FilmToCheck(film=film, stale=stale_description(project, film) if film else None)
    checker = make_checker(project, known, stems=stems, read=load_late)
    memory = Memory(project, files, checker.languages, known, checker.reference)
    return CheckedProject(
        tracks=tuple(_look(checker, memory, file) for file in files),
        rest=checker.check_rest(is_whole=True),
        other_film=checker.other_film,
        films=checker.films,
        stayed=checker.stayed,
    )


def _look(checker: Checker, memory: Memory, file: TrackFile) -> CheckedTrack:
    """Look at a language; one whose own font the system does not let be read keeps none of the others off line."""
    try:
        return checker.look(file, memory)
    except MachineError as error:
        if file.settings.font is None:
            raise
        bundled = replace(file, settings=replace(file.settings, font=None))
        return replace(checker.look(bundled, memory), file=file, closed_font=error)
