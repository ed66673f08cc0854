"""Check the project's tracks against the rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from babelreel.app.check.asked_rules import refuse_unknown_rules
from babelreel.app.check.checked import CheckedTrack
from babelreel.app.check.film_replaced import films_of_subtitles, find_other_film
from babelreel.app.check.paired_tracks import PairedTracks
from babelreel.app.check.recording_subjects import RecordingSubjects
from babelreel.app.check.remembered import Memory
from babelreel.app.check.settings_subject import check_words, settings_bytes, settings_subject
from babelreel.app.check.shown_cards import readable_logo
from babelreel.app.check.track_subjects import TrackSubjects
from babelreel.app.ledger.ledger_file import look_at_ledger
from babelreel.app.project.described_film import FilmToCheck
from babelreel.app.project.inventory import relative_path
from babelreel.app.project.read_tracks import load_track, read_file
from babelreel.app.project.stayed_files import stale_files
from babelreel.app.project.subtitle_files import StrayFile, TrackFile, look_at_folder
from babelreel.app.project.subtitles_film import SubtitlesFilm
from babelreel.app.voices.descriptions import load_spoken
from babelreel.app.voices.stems import Stems
from babelreel.languages.find import find_language
from babelreel.model.film.bitmap import Bitmap
from babelreel.model.film.change.other_film import OtherFilm
from babelreel.model.film.ladder.encoding_ladder import Text
from babelreel.model.film.media import MediaInfo
from babelreel.model.language import Language
from babelreel.model.ledger.entries import Ledger
from babelreel.model.project import Project, Publishing
from babelreel.model.sound.dubbing import Dubbing, decide_dubbing
from babelreel.model.sound.mix_levels import DubLevels
from babelreel.model.sound.recordings import MixedSound
from babelreel.model.track import Fault, Format, Track
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.check import CheckResult, check_recordings, check_track, join_results
from babelreel.rules.fixing import check_fixes
from babelreel.rules.ledger.standing import TrackStanding, standing_of

#: Of a file whose name says none.
_UNKNOWN = Language(tag="", name="", own_name="", iso639_t="und", iso639_b="und", script="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checker:
    """How the tracks of a project are checked: against what, and with which rules.

    ``films`` says of which film each of them is, where that is known.
    ``select`` and ``ignore`` are those of the call; the project's own ones hold beside them, but a call that selects
    rules selects them all by itself.
    """

    project: Project
    known: FilmToCheck
    reference: Track | None
    films: SubtitlesFilm | None
    languages: tuple[Language, ...]
    stems: Stems
    mixed: tuple[MixedSound, ...] | None = None
    voices: tuple[DubLevels, ...] = ()
    ledgers: Mapping[str, tuple[Ledger | None, str]] = field(default_factory=dict)
    pairs: PairedTracks | None = None
    card_logo: Bitmap | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    read: Callable[[Project, TrackFile], Track] = load_track

    @property
    def film(self) -> MediaInfo | None:
        """The film that the tracks are checked against."""
        return self.known.film

    @property
    def other_film(self) -> OtherFilm | None:
        """How the film differs from that of the subtitles, or from the described one, where it is another one."""
        return find_other_film(self.project, self.known, self.reference)

    @property
    def stayed(self) -> tuple[str, ...]:
        """The files that were made for the film before, and cannot be moved."""
        return stale_files(self.project, self.film.digest if self.film else None)

    def load(self, file: TrackFile) -> Track:
        """Read a file; the reference is read already."""
        if self.reference and self.reference.path == relative_path(self.project, file.path):
            return self.reference
        return self.read(self.project, file)

    def look(self, file: TrackFile, memory: Memory | None = None) -> CheckedTrack:
        """Read a file, decide what is heard in its language, and run the rules over both.

        With a ``memory`` they are not run where it has what they found; it knows nothing of recordings.
        """
        if file.is_voice:
            return self._look_at_voice(file)
        track = self.load(file)
        dubbing = self.dubbing(file, track)
        find = partial(self._check, file, track, dubbing)
        settings = settings_bytes(self.project) if self.project.signs else b""  # findings name a line of it
        beside = (
            self.ledgers.get(file.tag),
            self.texts.is_of_films(file),
            settings,
            self.card_logo,
            *self.texts.beside(file),
        )
        is_text_alone = not (track.is_unread or self.subjects.of_language(file, dubbing))
        return CheckedTrack(
            file=file,
            track=track,
            dubbing=dubbing,
            result=memory.check(track, file.settings, beside, find) if memory and is_text_alone else find(),
            standing=self.standing(file, track) if self.project.publishing != Publishing() else None,
        )

    def standing(self, file: TrackFile, track: Track) -> TrackStanding:
        """Put a track beside what people said of its lines."""
        subject = self.texts.of(file, track)
        is_of_one_film = subject.is_of_reference_film
        return standing_of(track, subject.reference, subject.ledger, subject.shown, is_of_one_film=is_of_one_film)

    def _look_at_voice(self, file: TrackFile) -> CheckedTrack:
        policy, path = self.project.check, relative_path(self.project, file.path)
        track = Track(language=file.tag, path=path, format=Format.SRT, cues=())
        dubbing = self.dubbing(file, load_spoken(self.project, file) if file.is_script else track)
        result = check_recordings(
            self.subjects.of_language(file, dubbing),
            select=self.select or policy.select,
            ignore=(*self.ignore, *policy.ignore),
            allow=policy.allow,
            ignore_in=policy.ignore_in,
        )
        if any(rung.text is Text.BURN_IN for rung in self.project.rungs):  # words in the picture are drawn there alone
            subject, select = self.texts.of(file, track), self.select or policy.select
            words = check_words(self.project, subject, select=select, ignore=self.ignore, is_voice=True)
            result = join_results((result, words))
        return CheckedTrack(file=file, track=track, dubbing=dubbing, result=replace(result, voices=1))

    def check(self, file: TrackFile, track: Track) -> CheckResult:
        """Run the rules over the track that was read from a file, and over what was recorded for its language."""
        return self._check(file, track, self.dubbing(file, track))

    @property
    def judge(self) -> Checker | None:
        """The checker whose findings no fix may add to: with all rules that the project heeds; ``None``: this one."""
        strict = replace(self, select=(), ignore=())
        return None if strict == self else strict

    def check_file(self, file: TrackFile) -> CheckResult:
        """Read and check a file, as ``check`` does, and offer those fixes only that would be made."""
        data, track = read_file(self.project, file)
        if track.is_unread or track.format.is_read_only:
            return self.check(file, track)
        judge = self.judge
        return check_fixes(
            data,
            lambda each: self.check(file, each),
            track,
            language=file.settings.language,
            judge=(lambda each: judge.check(file, each)) if judge else None,
        )

    def check_stray(self, stray: StrayFile) -> CheckResult:
        """Say of a file that is not used why not; none of its text is looked at."""
        policy, path = self.project.check, relative_path(self.project, stray.path)
        language = find_language(stray.tag) if stray.tag else _UNKNOWN
        fault = Fault(kind=stray.kind, line=0, column=1, detail=stray.why)
        track = Track(language=stray.tag, path=path, format=Format.SRT, cues=(), faults=(fault,))
        return check_track(
            TrackSubject(track=track, language=language, profile=language.limits),
            select=self.select or policy.select,
            ignore=(*self.ignore, *policy.ignored_in(path)),
        )

    def check_rest(self, *, is_whole: bool) -> CheckResult:
        """Run the rules over recordings that belong to no track: music and effects, which every dub is mixed with.

        With ``is_whole``, where the call is about the whole project, they are run over lost voices and settings too.
        """
        policy = self.project.check
        subjects = self.subjects
        return check_recordings(
            (
                *subjects.film_of_subtitles(self.other_film),
                *subjects.of_earlier_film(self.stayed),
                *subjects.music(),
                *(subjects.lost_voices() if is_whole else ()),
                *(settings_subject(self.project, self.film, self.stems) if is_whole else ()),
            ),
            select=self.select or policy.select,
            ignore=(*self.ignore, *policy.ignore),
            allow=policy.allow,
            ignore_in=policy.ignore_in,
        )

    def dubbing(self, file: TrackFile, track: Track) -> Dubbing | None:
        """Decide what is heard of a language's recordings, where there are any that somebody could listen to."""
        dub, film_ms = self.stems.dub(file.tag), self.film.duration_ms if self.film else None
        return decide_dubbing(dub, track, film_ms=film_ms, profile=file.settings.profile) if dub else None

    @property
    def texts(self) -> TrackSubjects:
        """What the rules on text look at."""
        return TrackSubjects(
            project=self.project,
            film=self.film,
            reference=self.reference,
            films=self.films,
            languages=self.languages,
            ledgers=self.ledgers,
            pairs=self.pairs,
            card_logo=self.card_logo,
        )

    @property
    def subjects(self) -> RecordingSubjects:
        """What the rules on sound look at."""
        return RecordingSubjects(
            project=self.project, film=self.film, stems=self.stems, mixed=self.mixed, voices=self.voices
        )

    def _check(self, file: TrackFile, track: Track, dubbing: Dubbing | None) -> CheckResult:
        policy, subject = self.project.check, self.texts.of(file, track)
        select, allow = self.select or policy.select, policy.allow
        found = check_track(
            subject,
            recordings=self.subjects.of_language(file, dubbing),
            select=select,
            ignore=(*self.ignore, *policy.ignored_in(track.path)),
            allow=allow,
            ignore_in=policy.ignore_in,
        )
        if track.is_unread:
            return found
        words = check_words(self.project, subject, select=select, ignore=self.ignore)
        return replace(join_results((found, words)), sources=found.sources) if words.findings else found


def make_checker(  # noqa: PLR0913 - a check has these sides
    project: Project,
    known: FilmToCheck,
    *,
    mixed: tuple[MixedSound, ...] | None = None,
    voices: tuple[DubLevels, ...] = (),
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
    stems: Stems | None = None,
    read: Callable[[Project, TrackFile], Track] = load_track,
) -> Checker:
    """Look for the reference and the other languages, whatever files are to be checked; ``read`` reads a track.

    ``mixed`` and ``voices`` are what was published before: a build, which makes it anew, is not held up by it and
    passes none. A sound is listened to when a track is checked that needs it, and ffmpeg is looked for then. Raises
    ``UsageError`` for a selector of the call or of babelreel.toml that means no rule.
    """
    refuse_unknown_rules(project)
    found = look_at_folder(project)
    files = found.tracks
    reference = read(project, found.reference) if found.reference else None
    return Checker(
        project=project,
        known=known,
        reference=None if reference and reference.is_unread else reference,
        films=films_of_subtitles(project, known),
        languages=tuple(file.settings.language for file in files),
        stems=stems or Stems(project),
        mixed=mixed,
        voices=voices,
        card_logo=readable_logo(project),
        pairs=PairedTracks(project, files, partial(read, project)),
        ledgers={file.tag: look_at_ledger(project, file.tag) for file in files},
        select=select,
        ignore=ignore,
        read=read,
    )
