"""What is known of a language whose lines go out or come back, also of one that has no track yet?"""

from __future__ import annotations

from dataclasses import dataclass

from babelreel.app.ledger.approve import open_language
from babelreel.app.project.inventory import relative_path
from babelreel.app.project.read_tracks import load_track, read_file
from babelreel.app.project.subtitle_files import TrackFile, look_at_folder
from babelreel.errors import UsageError
from babelreel.languages.find import are_one_language, find_language
from babelreel.model.ledger.entries import Ledger
from babelreel.model.project import LanguageSettings, Project
from babelreel.model.track import Cue, Format, Track
from babelreel.rules.alignment.made_from import spoken_cues
from babelreel.rules.ledger.standing import TrackStanding


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectLanguage:
    """A language: its file and the bytes in it (none: it has no track yet), its lines, and what the film says.

    ``reference`` is ``None`` for the reference itself.
    """

    file: TrackFile
    data: bytes
    track: Track
    ledger: Ledger | None
    standing: TrackStanding
    reference: Track | None
    is_new: bool = False

    @property
    def tag(self) -> str:
        """The language's BCP 47 tag."""
        return self.file.tag

    @property
    def untranslated(self) -> tuple[Cue, ...]:
        """The cues of the reference beside which no line is shown."""
        spans = [line.cue.span for line in self.standing.lines]
        said = spoken_cues(self.reference) if self.reference else []
        return tuple(
            cue for cue in said if cue.span.duration_ms > 0 and not any(span.overlaps(cue.span) for span in spans)
        )

    @property
    def settings(self) -> LanguageSettings:
        """What the project says of the language."""
        return self.file.settings


def open_for_exchange(project: Project, tag: str) -> ProjectLanguage:
    """Read a language's track and ledger, and put both beside the reference.

    Raises ``UsageError`` for a tag that is none, and for a new language where there is no reference to translate.
    """
    files = look_at_folder(project).tracks
    reference = next((load_track(project, each) for each in files if each.tag == project.reference), None)
    reference = None if reference is None or reference.is_unread else reference
    if any(are_one_language(each.tag, tag) or each.tag == tag for each in files):
        opened = open_language(project, tag)
        return ProjectLanguage(
            file=opened.file,
            data=read_file(project, opened.file)[0],
            track=opened.track,
            ledger=opened.ledger,
            standing=opened.standing,
            reference=None if opened.file.tag == project.reference else reference,
        )
    if reference is None:
        raise UsageError(
            what="there is nothing to translate from",
            where=str(project.root / project.subtitles_dir),
            why=f"the film's own language, {project.reference}, has no subtitle file",
            hint=f"add {project.reference}.srt, or name the language of the film: reference = “…” in babelreel.toml",
        )
    return _new_language(project, tag, reference)


def _new_language(project: Project, tag: str, reference: Track) -> ProjectLanguage:
    language = find_language(tag)
    path = project.root / project.subtitles_dir / f"{language.tag}.srt"
    return ProjectLanguage(
        file=TrackFile(path=path, settings=project.settings_of(language)),
        data=b"",
        track=Track(language=language.tag, path=relative_path(project, path), format=Format.SRT, cues=()),
        ledger=None,
        standing=TrackStanding(lines=()),
        reference=reference,
        is_new=True,
    )
