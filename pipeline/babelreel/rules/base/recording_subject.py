"""What a rule on sound looks at, and which parts of it may be unknown.

There is a subject for each thing that exists: where nothing was recorded, nothing is checked. A sound that nobody could
listen to has a subject too, so that its rules are reported as not checked.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TypeAlias

from babelreel.model.film.change.other_film import OtherFilm
from babelreel.model.film.media import MediaInfo
from babelreel.model.reading_limits import Profile
from babelreel.model.sound.dubbing import DubbedLine, Dubbing, Recording
from babelreel.model.sound.mix_levels import DubLevels
from babelreel.model.sound.placing import HeardSound
from babelreel.model.sound.recordings import LoudnessTarget, MixedSound, SoundInfo
from babelreel.model.track import Cue
from babelreel.rules.base.need import Need


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceSubject:
    """What was recorded for a language that has a track, and what is heard of it.

    ``dubbing`` is ``None`` where nobody could listen to the recordings. ``music`` is the stem that the voice is mixed
    with, if there is one that is known. ``is_agreed`` is what the project says of the speaker's consent, ``None`` where
    it says nothing.
    """

    language: str
    dubbing: Dubbing | None
    profile: Profile
    film: MediaInfo | None = None
    music: SoundInfo | None = None
    is_agreed: bool | None = True

    @property
    def met_needs(self) -> frozenset[Need]:
        """What is known here of all that a rule may need."""
        known = {
            Need.FILM: self.film is not None,
            Need.DUB: self.dubbing is not None,
            Need.VOICE: self.dubbing is not None and self.dubbing.is_listened_to,
        }
        return frozenset(need for need, is_met in known.items() if is_met)

    @property
    def lines(self) -> tuple[DubbedLine, ...]:
        """All cues in order of time, with what is heard in them."""
        return self.dubbing.lines if self.dubbing else ()

    @property
    def lines_to_speak(self) -> tuple[Cue, ...]:
        """The cues that hold speech, in order of time."""
        return tuple(line.cue for line in self.lines if line.is_to_be_spoken)

    @property
    def meant(self) -> tuple[Recording, ...]:
        """What is there to be heard, also what cannot be."""
        return self.dubbing.meant if self.dubbing else ()

    @property
    def heard(self) -> tuple[HeardSound, ...]:
        """What is heard: takes, or a recording of the whole film."""
        return self.dubbing.heard if self.dubbing else ()

    @property
    def whole(self) -> SoundInfo | None:
        """The recording of the whole film, if it is that what is heard."""
        return self.dubbing.whole.sound if self.dubbing and self.dubbing.whole else None

    @property
    def paths(self) -> frozenset[str]:
        """The paths of all files and folders that a finding may be about."""
        dub = self.dubbing.dub if self.dubbing else None
        sounds = (dub.path, dub.texts_path, *(sound.path for sound in dub.sounds)) if dub else ()
        folders = (str(PurePosixPath(take.sound.path).parent) for take in dub.takes) if dub else ()
        return frozenset((*sounds, *folders, *((self.music.path,) if self.music else ())))


@dataclass(frozen=True, slots=True, kw_only=True)
class LostVoiceSubject:
    """What was recorded for a language without a track; ``language`` is what its name says, which may be no tag.

    ``path`` is that of the file or folder, ``files`` those of its sounds; nobody needs to listen to them. Where the
    name is not the tag of a language (not ``is_tagged``) but means one, ``right_name`` is what it should be.
    ``subtitles_dir`` is where a track would be looked for. ``music_path`` is the stem of music and effects, if there is
    one. ``is_voice_only``: the project wants the language as a voice without text, and there is no recording of the
    whole film (no ``files``: none at all). ``can_be_alone``: there is one, and the project could want it.
    """

    language: str
    path: str
    files: tuple[str, ...] = ()
    is_tagged: bool = True
    right_name: str = ""
    subtitles_dir: str = "subtitles"
    music_path: str | None = None
    is_voice_only: bool = False
    can_be_alone: bool = False

    @property
    def met_needs(self) -> frozenset[Need]:
        """What is known here of all that a rule may need: its rule needs nothing."""
        return frozenset()

    @property
    def paths(self) -> frozenset[str]:
        """The paths of all files and folders that a finding may be about."""
        return frozenset((self.path, *self.files))


@dataclass(frozen=True, slots=True, kw_only=True)
class _OneFile:
    """A subject whose findings are about one file or folder, at ``path``."""

    language: str
    path: str

    @property
    def paths(self) -> frozenset[str]:
        """The path that a finding may be about."""
        return frozenset((self.path,))


@dataclass(frozen=True, slots=True, kw_only=True)
class _KnownFile(_OneFile):
    """A subject of which all is known that its rule needs."""

    @property
    def met_needs(self) -> frozenset[Need]:
        """What is known here of all that a rule may need: its rule needs nothing."""
        return frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class MusicSubject(_OneFile):
    """The stem of music and effects at ``path``; ``music`` is ``None`` where nobody could listen to it.

    ``language`` is the one that is spoken in the film.
    """

    music: SoundInfo | None
    film: MediaInfo | None = None

    @property
    def met_needs(self) -> frozenset[Need]:
        """What is known here of all that a rule may need."""
        known = {Need.FILM: self.film is not None, Need.MUSIC: self.music is not None}
        return frozenset(need for need, is_met in known.items() if is_met)


@dataclass(frozen=True, slots=True, kw_only=True)
class MixSubject(_OneFile):
    """The published sounds of a language, in the folder ``path``.

    ``mixed`` is what was measured in all published files, of every language, ``target`` how loud they shall be. ``dub``
    are the lines of the language's own voice, if it has one; each is to be ``voice_above_db`` above the film.
    """

    mixed: tuple[MixedSound, ...]
    target: LoudnessTarget
    dub: DubLevels | None = None
    voice_above_db: int = 0

    @property
    def met_needs(self) -> frozenset[Need]:
        """What is known here of all that a rule may need."""
        return frozenset({Need.MIX})


@dataclass(frozen=True, slots=True, kw_only=True)
class DescriptionSubject(_KnownFile):
    """The description of a film at ``path``, which is about another film. ``language`` is spoken in the film."""

    other: OtherFilm


@dataclass(frozen=True, slots=True, kw_only=True)
class StayedSubject(_KnownFile):
    """A file at ``path`` that was made for the film before. ``language`` is spoken in the film."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsSubject(_OneFile):
    """What the project's file at ``path`` says, beside what lies in the project.

    ``near_renditions`` are renditions of the project's own whose names are nearly those of known ones, each with that.
    ``absent_film`` is the film that the file names where there is none, and no description of it; ``films`` lie beside
    it. ``output_fault`` says why nothing may be published where the file says. ``chapters`` are their starts in ms.
    ``unmatched_files`` are what exceptions name as a file, each with the name that was probably meant, or nothing.
    ``unheard`` are languages that should have no text and have no voice. ``cards_ms`` is for how long the cards at the
    start and at the end are shown, together; 0 where there are not both. ``idle`` says of each setting that does
    nothing why it does not. ``logo_fault`` says which logo cannot be published, and why. ``refused_signers`` are films
    of interpreters who have not agreed, each with its language.
    """

    film: MediaInfo | None = None
    near_renditions: tuple[tuple[str, str], ...] = ()
    absent_film: str = ""
    films: tuple[str, ...] = ()
    output_fault: str = ""
    chapters: tuple[int, ...] = ()
    unmatched_files: tuple[tuple[str, str], ...] = ()
    unheard: tuple[str, ...] = ()
    cards_ms: int = 0
    idle: tuple[str, ...] = ()
    logo_fault: str = ""
    refused_signers: tuple[tuple[str, str], ...] = ()

    @property
    def met_needs(self) -> frozenset[Need]:
        """What is known here of all that a rule may need; without chapters and cards nobody misses the film."""
        return frozenset({Need.FILM}) if self.film or not (self.chapters or self.cards_ms) else frozenset()


RecordingSubject: TypeAlias = (
    VoiceSubject | LostVoiceSubject | MusicSubject | MixSubject | DescriptionSubject | StayedSubject | SettingsSubject
)
