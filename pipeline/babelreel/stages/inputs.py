"""What all stages start from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from babelreel.graph.task import Literal, Program, SourceFile
from babelreel.media.programs.chromium import Chromium
from babelreel.media.programs.locate import Ffmpeg
from babelreel.model.campaign import Campaign
from babelreel.model.credits import Credit
from babelreel.model.film.bitmap import Bitmap
from babelreel.model.film.cards import Cards, ShownCard
from babelreel.model.film.cells import Footage
from babelreel.model.film.composition import Area, Composition, compose
from babelreel.model.film.ladder.encoding_ladder import Frame, Rung, fit_frame
from babelreel.model.film.media import MediaInfo, VideoStream
from babelreel.model.film.signs import ShownSign
from babelreel.model.language import Language
from babelreel.model.sound.dubbing import Dubbing
from babelreel.model.sound.recordings import SoundInfo, SoundSettings
from babelreel.model.style import Styles
from babelreel.model.track import Track
from babelreel.stages.memory import Memory
from babelreel.timedtext.burnin.typeface import BurninFont
from babelreel.timedtext.words.on_screen import with_signs, with_words_on_screen


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """The master: what the probe found, and the file under the name that work folders give it.

    ``language`` is the one that is spoken in it. ``footage`` is what its cells show, by the rates that rungs have.
    """

    info: MediaInfo
    source: SourceFile
    title: str
    language: Language
    footage: Mapping[Fraction, tuple[Footage, ...]]

    @property
    def video(self) -> VideoStream:
        """The picture; a film without one never gets this far."""
        assert self.info.video is not None, "the probe refuses a film without a picture"  # noqa: S101 - for mypy
        return self.info.video

    def frame(self, rung: Rung) -> Frame:
        """Compute the size and rate at which a rung shows this film."""
        video = self.video
        return fit_frame(rung, video.display_width_px, video.display_height_px, video.rate)

    def composition(self, rung: Rung, *, is_pair: bool = False) -> Composition | None:
        """Say where things stand if a rung is an edition; ``None`` where the film fills the picture."""
        return compose(rung, self.video.display_width_px, self.video.display_height_px, is_pair=is_pair)

    def area(self, rung: Rung, *, is_pair: bool = False) -> Area | None:
        """Find the part of an edition's picture in which the film is shown; ``None`` where it fills the picture."""
        composition = self.composition(rung, is_pair=is_pair)
        return composition.picture if composition else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One language's recorded voice, fit to be mixed: what is heard of it, and the file of each ``dubbing.heard``.

    The names of ``files`` begin with ``takes/``.
    """

    dubbing: Dubbing
    files: tuple[SourceFile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stem:
    """The film's music and effects without voices: what was found in it, and the file as work folders name it."""

    info: SoundInfo
    source: SourceFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Subtitles:
    """One language's text: the track, the font that draws it and every font file that drawing may fall back to.

    The names of ``font_files`` begin with ``fonts/``. ``voice`` is the language's own voice, where there is one. A
    language that is a voice without text has an empty track, and no ``has_text``: nothing is made of it. Without
    ``shows_text`` its films have none where it is heard.
    ``credits`` are the people behind it who may be named. ``is_draft``: nobody approved it yet, and that is drawn into
    its pictures. ``signs`` are words in the picture, ``cards`` what is shown over it at its
    start and end.
    """

    language: Language
    track: Track
    font: BurninFont
    font_files: tuple[SourceFile, ...]
    voice: Voice | None = None
    title: str = ""
    has_text: bool = True
    shows_text: bool = True
    credits: tuple[Credit, ...] = ()
    is_draft: bool = False
    signs: tuple[ShownSign, ...] = ()
    cards: tuple[ShownCard, ...] = ()

    @property
    def shown_track(self) -> Track:
        """What players show over a picture without text: the track, and at the top, in brackets, the words in it."""
        numbers = ((card.span, tuple(" – ".join(filter(None, each)) for each in card.numbers)) for card in self.cards)
        return with_words_on_screen(with_signs(self.track, self.signs, self.language), numbers, self.language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What says the names of languages, by tag: recordings, and synthetic voices of a ``program``."""

    recorded: tuple[tuple[str, SourceFile], ...] = ()
    voices: tuple[tuple[str, str], ...] = ()
    program: Path | None = None
    version: str = ""

    @property
    def espeak(self) -> Program | None:
        """The program as actions and keys know it, on whatever machine."""
        return Program(name="espeak-ng", version=self.version) if self.program else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedFilm:
    """The film of an interpreter who signs, on the clock of the master, for one language.

    ``beside`` is what it shows in each of the master's cells, where both are shown in one picture.
    """

    language: Language
    film: Film
    beside: tuple[Footage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """What every task is made with: the film, the program, the look of burned-in text, and a font for trials.

    ``music`` is the stem of music and effects, where there is one; ``chromium`` prints leaflets, where there is one.
    ``logo`` is the campaign's, checked, under the name that pages give it, ``card_logo`` what is drawn on cards;
    ``date`` is the day that leaflets show, empty where nobody asked for one. ``memory`` knows earlier plans.
    """

    film: Film
    ffmpeg: Ffmpeg
    styles: Styles
    latin_font: SourceFile
    sound: SoundSettings = field(default_factory=SoundSettings)
    music: Stem | None = None
    chromium: Chromium | None = None
    campaign: Campaign = field(default_factory=Campaign)
    cards: Cards = field(default_factory=Cards)
    logo: Literal | None = None
    card_logo: Bitmap | None = None
    names: Names = field(default_factory=Names)
    signed: tuple[SignedFilm, ...] = ()
    date: str = ""
    memory: Memory | None = None

    @property
    def programs(self) -> Mapping[Program, Path]:
        """Where the programs that tasks run lie on this machine."""
        found = {self.ffmpeg.identity: self.ffmpeg.path}
        if self.chromium:
            found[self.chromium.identity] = self.chromium.path
        if self.names.espeak and self.names.program:
            found[self.names.espeak] = self.names.program
        return found
