"""What do the rules say of the project's tracks?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from babelreel.app.film import known_film
from babelreel.app.inventory import TRACK_ENDINGS, TrackFile, find_tracks, load_track, select_tracks, settings_of
from babelreel.errors import UsageError
from babelreel.model.finding import Finding, Severity
from babelreel.model.media import MediaInfo
from babelreel.model.project import Project
from babelreel.model.track import Track
from babelreel.rules.check import check_track
from babelreel.rules.rule import Rule, Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedTrack:
    """A track as it was read, and what the rules found in it."""

    file: TrackFile
    track: Track
    findings: tuple[Finding, ...]

    @property
    def has_errors(self) -> bool:
        """Tell whether a finding stops this language from being published."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What was checked, in the order of the tracks, and which rules could not be because something was not known."""

    tracks: tuple[CheckedTrack, ...]
    not_checked: tuple[Rule, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings of all tracks, each track's in the order of its lines."""
        return tuple(finding for checked in self.tracks for finding in checked.findings)

    @property
    def cues(self) -> int:
        """How many cues were looked at."""
        return sum(len(checked.track.cues) for checked in self.tracks)

    @property
    def has_errors(self) -> bool:
        """Tell whether there is any finding that is an error."""
        return any(checked.has_errors for checked in self.tracks)


def check_project(
    project: Project,
    targets: Iterable[str] = (),
    *,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
) -> CheckReport:
    """Check the tracks of a project, or those named by path or by language tag.

    Needs neither film nor ffmpeg: what is known of the film comes from its ``.probe.json``.
    """
    return check_tracks(
        project, _targeted(project, tuple(targets)), film=known_film(project), select=select, ignore=ignore
    )


def check_tracks(
    project: Project,
    files: Iterable[TrackFile],
    *,
    film: MediaInfo | None,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
) -> CheckReport:
    """Read and check these tracks against the film, if it is known."""
    checked = []
    not_checked: dict[str, Rule] = {}
    for file in files:
        track = load_track(project, file)
        subject = Subject(track=track, language=file.settings.language, profile=file.settings.profile, film=film)
        result = check_track(subject, select=select, ignore=ignore)
        not_checked.update((rule.code, rule) for rule in result.not_checked)
        checked.append(CheckedTrack(file=file, track=track, findings=result.findings))
    return CheckReport(tracks=tuple(checked), not_checked=tuple(not_checked.values()))


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
