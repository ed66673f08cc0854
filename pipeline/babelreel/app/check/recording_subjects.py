"""Gather what rules look at beside the tracks: what was recorded, described or published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babelreel.app.project.fingerprints import subtitles_path
from babelreel.app.project.inventory import probe_path, relative_path
from babelreel.app.project.subtitle_files import TrackFile
from babelreel.app.voices.lone_voices import look_at_languages, unrecorded_languages
from babelreel.app.voices.stems import Stems
from babelreel.languages.find import is_tag
from babelreel.model.delivery.published_paths import language_dir
from babelreel.model.film.change.other_film import OtherFilm
from babelreel.model.film.media import MediaInfo
from babelreel.model.project import Project
from babelreel.model.sound.dubbing import Dubbing
from babelreel.model.sound.mix_levels import DubLevels
from babelreel.model.sound.recordings import MixedSound
from babelreel.rules.base.recording_subject import (
    DescriptionSubject,
    LostVoiceSubject,
    MixSubject,
    MusicSubject,
    RecordingSubject,
    StayedSubject,
    VoiceSubject,
)


def _right_name(name: str, path: Path) -> str:
    """Name a file or folder of sounds by the tag of the one language that its name means; else return nothing."""
    if is_tag(name):
        return ""
    from babelreel.languages.meant_language import tags_meant_by  # noqa: PLC0415 - loads names in thirteen languages

    meant = tags_meant_by(name)
    return f"{meant[0]}{'' if path.is_dir() else path.suffix.lower()}" if len(meant) == 1 else ""


def path_of_other(project: Project, other: OtherFilm) -> str:
    """Find the path of what names another film: the description, the file of the subtitles' film, or their folder."""
    said = subtitles_path(project)
    if other.is_described:
        return relative_path(project, probe_path(project))
    return relative_path(project, said if said.is_file() else project.root / project.subtitles_dir)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingSubjects:
    """What the rules on sound look at in a project.

    ``mixed`` and ``voices`` are what was published before, ``None`` and empty where it is not looked at.
    """

    project: Project
    film: MediaInfo | None
    stems: Stems
    mixed: tuple[MixedSound, ...] | None
    voices: tuple[DubLevels, ...]

    def of_language(self, file: TrackFile, dubbing: Dubbing | None) -> tuple[RecordingSubject, ...]:
        """List the voice and the published mix in the language of a file."""
        found: list[RecordingSubject] = []
        if self.stems.has_voice(file.tag):
            music = self.stems.music()
            profile = file.settings.profile
            found.append(
                VoiceSubject(
                    language=file.tag,
                    dubbing=dubbing,
                    profile=profile,
                    film=self.film,
                    music=music,
                    is_agreed=self.project.credits_of(file.tag).is_voice_agreed,
                )
            )
        if self.mixed is not None:
            path, sound = self.project.output_dir / language_dir(file.tag), self.project.sound
            found.append(
                MixSubject(
                    language=file.tag,
                    path=path.as_posix(),
                    mixed=self.mixed,
                    target=sound.target,
                    dub=next((each for each in self.voices if each.language == file.tag), None),
                    voice_above_db=sound.voice_above_db,
                )
            )
        return tuple(found)

    def film_of_subtitles(self, other: OtherFilm | None) -> Iterator[DescriptionSubject]:
        """Yield what is about another film than the one that lies there: its description, or the subtitles."""
        if other:
            yield DescriptionSubject(
                language=self.project.reference, path=path_of_other(self.project, other), other=other
            )

    def of_earlier_film(self, paths: Iterable[str]) -> Iterator[StayedSubject]:
        """Yield the files that stayed as they were when the subtitles moved to another film."""
        return (StayedSubject(language=self.project.reference, path=path) for path in paths)

    def music(self) -> Iterator[MusicSubject]:
        """Yield music and effects, where there is a stem of them."""
        path = self.stems.music_path
        if path:
            language, music = self.project.reference, self.stems.music()
            yield MusicSubject(language=language, path=path, music=music, film=self.film)

    def lost_voices(self) -> Iterator[LostVoiceSubject]:
        """Yield the voices that belong to no language of the project, and languages that wait for theirs."""
        found, subtitles_dir = look_at_languages(self.project), self.project.subtitles_dir.as_posix()
        alone = {voice.tag for voice in found.voices}
        unrecorded = {language.tag for language in unrecorded_languages(self.project, found)}
        for lost in self.stems.lost_voices():
            if lost.language not in alone:
                yield LostVoiceSubject(
                    language=lost.language,
                    path=relative_path(self.project, lost.path),
                    files=tuple(relative_path(self.project, path) for path in lost.files),
                    subtitles_dir=subtitles_dir,
                    music_path=self.stems.music_path,
                    is_voice_only=lost.language in unrecorded,
                    can_be_alone=bool(lost.wholes) and is_tag(lost.language),
                    is_tagged=is_tag(lost.language),
                    right_name=_right_name(lost.language, lost.path),
                )
        for tag in sorted(unrecorded):
            if not self.stems.has_voice(tag):
                path = self.project.stems_dir / f"{tag}.flac"
                yield LostVoiceSubject(
                    language=tag, path=path.as_posix(), subtitles_dir=subtitles_dir, is_voice_only=True
                )
