"""What do the rules say of the project's tracks?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from babelreel.app.film import known_film
from babelreel.app.inventory import (
    TRACK_ENDINGS,
    TrackFile,
    default_settings,
    find_tracks,
    load_track,
    select_tracks,
    settings_of,
)
from babelreel.errors import TrackError, UsageError
from babelreel.model.finding import Finding, Severity
from babelreel.model.language import CAMPAIGN
from babelreel.model.media import MediaInfo
from babelreel.model.project import Project
from babelreel.model.track import Track
from babelreel.report.rules_page import render_explanation
from babelreel.rules.check import CheckResult, check_track, join_results
from babelreel.rules.registry import find_rules
from babelreel.rules.rule import Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedTrack:
    """A track as it was read, and what the rules found in it."""

    file: TrackFile
    track: Track
    result: CheckResult

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stop this language from being published."""
        return tuple(finding for finding in self.result.findings if finding.severity is Severity.ERROR)


def check_project(
    project: Project,
    targets: Iterable[str] = (),
    *,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
) -> CheckResult:
    """Check the tracks of a project, or those named by path or by language tag.

    Needs neither film nor ffmpeg: what is known of the film comes from its ``.probe.json``.
    """
    files = _targeted(project, tuple(targets))
    checked = check_tracks(project, files, film=known_film(project), select=select, ignore=ignore)
    return join_results(each.result for each in checked)


def explain_rule(project: Project, code: str) -> str:
    """Give the page of a rule, by code or name, with the limits of each language; ``UsageError`` for an unknown one."""
    settings = {language.tag: default_settings(language) for language in CAMPAIGN}
    settings |= {each.language.tag: each for each in project.languages}
    return "\n".join(render_explanation(rule, tuple(settings.values())) for rule in find_rules(code))


def check_tracks(
    project: Project,
    files: Iterable[TrackFile],
    *,
    film: MediaInfo | None,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
) -> tuple[CheckedTrack, ...]:
    """Read and check these tracks against the film, if it is known, in the order of the files."""
    surroundings = _surroundings(project, film)
    return tuple(_check(surroundings, file, select, ignore) for file in files)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a track is checked against beside its own text: the same for all tracks of a project."""

    project: Project
    film: MediaInfo | None
    reference: Track | None
    languages: tuple[str, ...]


def _surroundings(project: Project, film: MediaInfo | None) -> Surroundings:
    """Look for the reference and the other languages, whatever files are to be checked."""
    try:
        files = find_tracks(project)
    except TrackError:  # a folder that is not in order hinders no check of a file named by its path
        files = ()
    reference = next((load_track(project, file) for file in files if file.tag == project.reference), None)
    return Surroundings(project=project, film=film, reference=reference, languages=tuple(file.tag for file in files))


def _subject(surroundings: Surroundings, file: TrackFile, track: Track) -> Subject:
    project, settings = surroundings.project, file.settings
    is_reference = file.tag == project.reference
    return Subject(
        track=track,
        language=settings.language,
        profile=settings.profile,
        film=surroundings.film,
        reference=None if is_reference else surroundings.reference,
        is_reference=is_reference,
        languages=surroundings.languages,
        rungs=project.rungs,
        style=project.style,
        font=project.root / settings.font if settings.font else None,
    )


def _check(
    surroundings: Surroundings, file: TrackFile, select: tuple[str, ...], ignore: tuple[str, ...]
) -> CheckedTrack:
    track = load_track(surroundings.project, file)
    subject = _subject(surroundings, file, track)
    return CheckedTrack(file=file, track=track, result=check_track(subject, select=select, ignore=ignore))


def _targeted(project: Project, targets: tuple[str, ...]) -> tuple[TrackFile, ...]:
    paths = [target for target in targets if Path(target).suffix.lower() in TRACK_ENDINGS]
    tags = [target for target in targets if target not in paths]
    files = tuple(_named_file(project, Path(path)) for path in paths)
    if tags or not paths:
        files += select_tracks(find_tracks(project), tags)
    return files


def _named_file(project: Project, path: Path) -> TrackFile:
    if not path.is_file():
        raise UsageError(
            what="there is no such subtitle file",
            where=str(path),
            hint="name a file that is there, or a language tag, or nothing at all to check every track",
        )
    absolute = path.resolve()
    return TrackFile(path=absolute, settings=settings_of(project, absolute))
