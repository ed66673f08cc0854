"""What do the rules say of the project's tracks?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babelreel.app.project.inventory import (
    TrackFile,
    files_of_tracks,
    find_tracks,
    load_track,
    relative_path,
    select_tracks,
    settings_of,
)
from babelreel.app.project.master import film_to_check
from babelreel.app.voices.loudness import published_sounds
from babelreel.app.voices.stems import Stems
from babelreel.errors import TrackError, UsageError
from babelreel.languages.find import builtin_languages, is_tag
from babelreel.model.film.media import MediaInfo
from babelreel.model.finding import Finding, Severity
from babelreel.model.language import Language
from babelreel.model.project import Project
from babelreel.model.sound.dubbing import Dubbing, decide_dubbing
from babelreel.model.sound.recordings import MixedSound
from babelreel.model.track import Track
from babelreel.report.rules_page import render_explanation
from babelreel.rules.base.subject import Need, TrackSubject
from babelreel.rules.check import CheckResult, check_track, join_results
from babelreel.rules.registry import find_rules, is_about_sound
from babelreel.timedtext.read import TRACK_ENDINGS


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedTrack:
    """A track as it was read, what is heard of its language's recordings, and what the rules found in both."""

    file: TrackFile
    track: Track
    dubbing: Dubbing | None
    result: CheckResult

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stop this language from being published."""
        return tuple(each for each in self._errors if not is_about_sound(each.code))

    @property
    def sound_errors(self) -> tuple[Finding, ...]:
        """The findings that keep this language's voice from being used."""
        return tuple(each for each in self._errors if is_about_sound(each.code))

    @property
    def _errors(self) -> Iterator[Finding]:
        return (finding for finding in self.result.findings if finding.severity is Severity.ERROR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checker:
    """How the tracks of a project are checked: against what, and with which rules.

    ``select`` and ``ignore`` are those of the call; the project's own ones hold beside them, but a call that selects
    rules selects them all by itself. ``spokesman`` is the tag of the language with which the sounds are told that
    belong to no track: the reference, or the first one.
    """

    project: Project
    film: MediaInfo | None
    reference: Track | None
    languages: tuple[Language, ...]
    stems: Stems
    spokesman: str = ""
    mixed: tuple[MixedSound, ...] | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def load(self, file: TrackFile) -> Track:
        """Read a file; the reference is read already."""
        if self.reference and self.reference.path == relative_path(self.project, file.path):
            return self.reference
        return load_track(self.project, file)

    def check(self, file: TrackFile, track: Track) -> CheckResult:
        """Run the rules over the track that was read from a file."""
        policy = self.project.check
        return check_track(
            self._subject(file, track),
            select=self.select or policy.select,
            ignore=(*self.ignore, *policy.ignored_in(track.path)),
            allow=policy.allow,
            ignore_in=policy.ignore_in,
        )

    def dubbing(self, file: TrackFile, track: Track) -> Dubbing | None:
        """Decide what is heard of a language's recordings, where there are any that somebody could listen to."""
        dub, film_ms = self.stems.dub(file.tag), self.film.duration_ms if self.film else None
        return decide_dubbing(dub, track, film_ms=film_ms, profile=file.settings.profile) if dub else None

    def _subject(self, file: TrackFile, track: Track) -> TrackSubject:
        project, settings = self.project, file.settings
        is_reference = file.tag == project.reference
        return TrackSubject(
            track=track,
            language=settings.language,
            profile=settings.profile,
            film=self.film,
            reference=None if is_reference else self.reference,
            is_reference=is_reference,
            languages=self.languages,
            rungs=project.rungs,
            style=project.style,
            font=project.root / settings.font if settings.font else None,
            names=project.check.names,
            dubbing=self.dubbing(file, track),
            music=self.stems.music(),
            orphans=self.stems.orphans() if file.tag == self.spokesman else (),
            unheard=self._unheard(file.tag),
            sound=project.sound,
            mixed=self.mixed,
        )

    def _unheard(self, tag: str) -> frozenset[Need]:
        is_unheard = {Need.DUB: self.stems.is_unheard(tag), Need.MUSIC: self.stems.is_music_unheard}
        return frozenset(need for need, is_true in is_unheard.items() if is_true)


def make_checker(  # noqa: PLR0913 - a check has these sides
    project: Project,
    film: MediaInfo | None,
    *,
    mixed: tuple[MixedSound, ...] | None = None,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
    stems: Stems | None = None,
) -> Checker:
    """Look for the reference and the other languages, whatever files are to be checked.

    ``mixed`` is what was published before: a build, which makes it anew, is not held up by it and gives none. A sound
    is listened to when a track is checked that needs it, and ffmpeg is looked for then. Raises ``UsageError``
    for a selector of the call or of babelreel.toml that means no rule.
    """
    _refuse_unknown_rules(project)
    try:
        files = find_tracks(project)
    except TrackError:  # a folder that is not in order hinders no check of a file named by its path
        files = ()
    reference = next((load_track(project, file) for file in files if file.tag == project.reference), None)
    tags = tuple(file.tag for file in files)
    return Checker(
        project=project,
        film=film,
        reference=None if reference and reference.is_unread else reference,
        languages=tuple(file.settings.language for file in files),
        stems=stems or Stems(project),
        spokesman=project.reference if project.reference in tags else "".join(tags[:1]),
        mixed=mixed,
        select=select,
        ignore=ignore,
    )


def _refuse_unknown_rules(project: Project) -> None:
    policy = project.check
    ignored = [selector for _, selectors in policy.ignore_in for selector in selectors]
    allowed = [selector for allowance in policy.allow for selector in allowance.rules]
    for selector in (*policy.select, *policy.ignore, *ignored, *allowed):
        try:
            find_rules(selector)
        except UsageError as error:
            where = f"{project.config_path}, table [check]"
            raise UsageError(what=error.what, where=where, why=error.why, hint=error.hint) from None


def check_project(
    project: Project,
    targets: Iterable[str] = (),
    *,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
) -> CheckResult:
    """Check the tracks of a project, or those named by path or by language tag.

    Needs no film: what is known of it comes from its ``.probe.json``, or from the last build. Needs ffmpeg only for
    recorded sounds that nobody has listened to yet; rules that lack one are told as not checked.
    """
    files = targeted_files(project, targets)
    checker = make_checker(
        project, film_to_check(project), mixed=published_sounds(project), select=select, ignore=ignore
    )
    return join_results(checker.check(file, checker.load(file)) for file in files)


def explain_rule(project: Project, code: str) -> str:
    """Give the page of a rule, by code or name, with the limits of each language; ``UsageError`` for an unknown one."""
    settings = {language.tag: project.settings_of(language) for language in builtin_languages()}
    settings |= {each.language.tag: each for each in project.languages}
    return "\n".join(render_explanation(rule, tuple(settings.values())) for rule in find_rules(code))


def check_for_build(
    project: Project, files: Iterable[TrackFile], *, film: MediaInfo | None, stems: Stems | None = None
) -> tuple[CheckedTrack, ...]:
    """Read and check these tracks against the film and its recorded sounds, in the order of the files."""
    checker = make_checker(project, film, stems=stems)
    return tuple(_checked(checker, file) for file in files)


def _checked(checker: Checker, file: TrackFile) -> CheckedTrack:
    track = checker.load(file)
    return CheckedTrack(file=file, track=track, dubbing=checker.dubbing(file, track), result=checker.check(file, track))


def targeted_files(project: Project, targets: Iterable[str]) -> tuple[TrackFile, ...]:
    """Give the files named by path, folder or language tag, each once, or all tracks.

    A folder stands for all subtitle files in it. Raises ``UsageError`` for what is not there.
    """
    named = tuple(targets)
    paths = [target for target in named if _is_path(target)]
    tags = [target for target in named if target not in paths]
    files = tuple(_named_file(project, path) for target in paths for path in _within(Path(target)))
    if tags or not paths:
        files += select_tracks(find_tracks(project), tags)
    return tuple({relative_path(project, file.path): file for file in files}.values())


def _is_path(target: str) -> bool:
    """Tell whether a target is a path, and not a language: ``fr`` is French even where a folder has this name."""
    path = Path(target)
    return path.suffix.lower() in TRACK_ENDINGS or len(path.parts) > 1 or (path.is_dir() and not is_tag(target))


def _within(path: Path) -> tuple[Path, ...]:
    if not path.is_dir():
        return (path,)
    files = files_of_tracks(path)
    if not files:
        raise UsageError(
            what="there are no subtitle files in this folder",
            where=str(path),
            hint="name the folder of the subtitles, a file, a language tag, or nothing at all to check every track",
        )
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
