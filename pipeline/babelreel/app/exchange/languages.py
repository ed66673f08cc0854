"""Read what is known of a language whose lines go out or come back, also of one that has no track yet."""

from __future__ import annotations

from dataclasses import dataclass, replace

from babelreel.app.ledger.approve import open_language, refuse_two_films
from babelreel.app.project.choose_tracks import select_tracks, why_no_original
from babelreel.app.project.description_files import with_unlisted
from babelreel.app.project.inventory import relative_path
from babelreel.app.project.read_tracks import load_track, unread_error
from babelreel.app.project.subtitle_files import TrackFile, look_at_folder
from babelreel.errors import UsageError
from babelreel.languages.file_names import tag_of_name
from babelreel.languages.find import are_one_language, find_language
from babelreel.languages.same_language import signs_for
from babelreel.model.film.signs import Sign
from babelreel.model.ledger.entries import Ledger
from babelreel.model.project import LanguageSettings, Project
from babelreel.model.track import Cue, Format, Track
from babelreel.rules.alignment.made_from import spoken_cues
from babelreel.rules.ledger.standing import TrackStanding


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectLanguage:
    """A language: its file and the bytes in it (none: it has no track yet), its lines, and what the film says.

    ``reference`` is ``None`` for the reference itself. ``signs`` are the words in the picture that go with its lines:
    none for the film's own language, ``spoken``, from which they are translated.
    """

    file: TrackFile
    data: bytes
    track: Track
    ledger: Ledger | None
    standing: TrackStanding
    reference: Track | None
    is_new: bool = False
    signs: tuple[Sign, ...] = ()
    spoken: str = ""

    @property
    def tag(self) -> str:
        """The language's BCP 47 tag."""
        return self.file.tag

    @property
    def untranslated(self) -> tuple[Cue, ...]:
        """The cues of the reference beside which no line is shown."""
        spans = sorted(line.cue.span for line in self.standing.lines)
        found, place, shown_until = [], 0, 0
        for cue in spoken_cues(self.reference) if self.reference else ():
            # those that begin before this one ends; what is over by its start is no longer of interest
            while place < len(spans) and spans[place].start_ms < cue.span.end_ms:
                shown_until = max(shown_until, spans[place].end_ms)
                place += 1
            if cue.span.duration_ms > 0 and shown_until <= cue.span.start_ms:
                found.append(cue)
        return tuple(found)

    @property
    def settings(self) -> LanguageSettings:
        """What the project says of the language."""
        return self.file.settings


def open_for_exchange(project: Project, tag: str) -> ProjectLanguage:
    """Read a language's track and ledger, and put both beside the reference.

    Raises ``UsageError`` for what is no tag or names no file, for a new language where there is no reference to
    translate, and where the language and the reference are of two films.
    """
    opened = _open(with_unlisted(project), tag)
    signs = signs_for(project.signs, opened.tag) if opened.tag != project.reference else ()
    return replace(opened, signs=signs, spoken=project.reference)


def _open(project: Project, tag: str) -> ProjectLanguage:
    found = look_at_folder(project)
    if any(are_one_language(each.tag, tag) or each.tag == tag for each in found.tracks):
        opened = open_language(project, tag)
        refuse_two_films(project, opened)
        return ProjectLanguage(
            file=opened.file,
            data=opened.data,
            track=opened.track,
            ledger=opened.ledger,
            standing=opened.standing,
            reference=opened.reference,
        )
    if found.strays_of([tag]):  # a file that may be it would be a second one then
        select_tracks(found.tracks, [tag], found)
    reference = load_track(project, found.reference) if found.reference else None
    if reference is None:
        raise UsageError(
            what="There is no original to translate from.",
            where=str(project.root / project.subtitles_dir),
            why=why_no_original(project, found),
            hint=f"Add {project.reference}.srt, or name the language of the film in babelreel.toml: reference = “…”.",
        )
    if error := unread_error(reference, project.reference):
        raise error
    return _new_language(project, tag, reference)


def _new_language(project: Project, tag: str, reference: Track) -> ProjectLanguage:
    language = find_language(tag)
    if tag_of_name(language.tag) is None:
        raise UsageError(
            what=f"No subtitle file can be named by “{language.tag}”.",
            why=f"in names of files it is a word; as a tag it would be {language.name}",
            hint="Name a language by its tag, such as fr. “babelreel send --all” puts all of them side by side.",
        )
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
