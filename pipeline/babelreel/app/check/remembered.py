"""Remember what a build found in a track, for as long as all that its rules look at stays the same.

Remembered under a digest of the track, its reference, the ledger, the film, the project's settings, the files that it
names for its languages, and the program itself. Of a finding, what a build reports of it is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from babelreel.app.project.described_film import FilmToCheck
from babelreel.app.project.master import open_notes
from babelreel.app.project.program_files import program_state
from babelreel.app.project.subtitle_files import TrackFile
from babelreel.errors import BabelreelError
from babelreel.graph.files import digest_file
from babelreel.graph.notes import Topic
from babelreel.model.file_position import Source
from babelreel.model.finding import Finding, Location, Severity
from babelreel.model.json_codec import decode
from babelreel.model.language import Language
from babelreel.model.late_track import LateTrack
from babelreel.model.project import LanguageSettings, Project
from babelreel.model.track import Track
from babelreel.rules.base.need import Need
from babelreel.rules.check import CheckResult
from babelreel.rules.registry import RULES


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What a build reports of a finding."""

    code: str
    name: str
    severity: Severity
    location: Location
    message: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What was found in one track, and the digest of all that was looked at; rules by their codes."""

    looked_at: str
    findings: tuple[_Told, ...]
    not_checked: tuple[str, ...]
    lacking: tuple[Need, ...]


#: By the path of the track. The program's own files are among what was looked at: the version is that of the form.
_FINDINGS = Topic(name="findings", version=1, read=lambda document: decode(document, _Found))


class Memory:
    """Remembers what is found in tracks against one film and one reference: what all tracks share is read once."""

    def __init__(
        self,
        project: Project,
        files: Sequence[TrackFile],
        languages: Sequence[Language],
        known: FilmToCheck,
        reference: Track | None,
    ) -> None:
        self._notes = open_notes(project)
        settings = (*project.languages, *(file.settings for file in files))
        self._root = project.root
        self._named = {path: _digest(project.root / path) for each in settings for path in _files_of(each)}
        told = (project, settings, languages, known, _told(reference), program_state(), self._named)
        self._shared = sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()

    def check(
        self, track: Track, settings: LanguageSettings, beside: object, find: Callable[[], CheckResult]
    ) -> CheckResult:
        """Return what is remembered of a track, or what ``find`` finds, and remember it.

        ``beside`` is what else it is put beside (what people said of its lines, the other language of a pair), as
        values whose ``repr`` shows them whole. Each finding is without its fix and those that it stands for, remembered
        or not. Nothing is remembered where the language's own font or file has changed since it was looked at: nobody
        knows which one the rules read.
        """
        told = f"{self._shared} {(settings, beside)!r} {_told(track)}"
        looked_at = sha256(told.encode("utf-8", "surrogatepass")).hexdigest()
        found = self._notes.recall(_FINDINGS, track.path)
        if found is None or found.looked_at != looked_at:
            found = _kept(find(), looked_at)
            if all(_digest(self._root / path) == self._named.get(path) for path in _files_of(settings)):
                self._notes.keep(_FINDINGS, track.path, found)
        return _result(found, track)


def _told(track: Track | None) -> str:
    """Return what shows a track whole."""
    if isinstance(track, LateTrack):
        return track.identity
    return f"{track!r} {track.source.text}" if track else ""


def _files_of(settings: LanguageSettings) -> tuple[Path, ...]:
    return tuple(path for path in (settings.font, settings.file) if path)


def _digest(path: Path) -> str:
    """Compute the digest of a file; of one that cannot be read, return why."""
    try:
        return digest_file(path)
    except BabelreelError as error:
        return error.why


def _kept(result: CheckResult, looked_at: str) -> _Found:
    return _Found(
        looked_at=looked_at,
        findings=tuple(
            _Told(
                code=each.code,
                name=each.name,
                severity=each.severity,
                location=each.location,
                message=each.message,
                language=each.language,
            )
            for each in result.findings
        ),
        not_checked=tuple(each.code for each in result.not_checked),
        lacking=tuple(sorted(result.lacking)),
    )


def _result(found: _Found, track: Track) -> CheckResult:
    return CheckResult(
        findings=tuple(
            Finding(
                code=each.code,
                name=each.name,
                severity=each.severity,
                location=each.location,
                message=each.message,
                language=each.language,
            )
            for each in found.findings
        ),
        not_checked=tuple(rule for rule in RULES if rule.code in found.not_checked),
        lacking=frozenset(found.lacking),
        tracks=1,
        cues=track.cue_count if isinstance(track, LateTrack) else len(track.cues),
        sources=_LateSource(track),
    )


class _LateSource(Mapping[str, Source]):
    """The text of one track by its path, decoded when it is asked for."""

    def __init__(self, track: Track) -> None:
        self._track = track

    def __getitem__(self, path: str) -> Source:
        if path != self._track.path:
            raise KeyError(path)
        return self._track.source

    def __iter__(self) -> Iterator[str]:
        yield self._track.path

    def __len__(self) -> int:
        return 1
