"""The values of babelreel.toml, defaults filled in, nothing looked up yet."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from babelreel.model.campaign import Campaign
from babelreel.model.credits import LanguageCredits
from babelreel.model.delivery.pairs import Pair
from babelreel.model.film.cards import Cards
from babelreel.model.film.ladder.default_rungs import DEFAULT_RUNGS
from babelreel.model.film.ladder.encoding_ladder import Rung
from babelreel.model.film.signs import Sign
from babelreel.model.film.streams import StreamWishes
from babelreel.model.language import ENGLISH, Language
from babelreel.model.language_variant import in_variant
from babelreel.model.policy import CheckPolicy
from babelreel.model.reading_limits import Profile
from babelreel.model.sound.recordings import SoundSettings
from babelreel.model.style import Styles
from babelreel.model.variant import Variant, split_variant

#: The folder, in the project's, of built artifacts and caches.
STATE = ".babelreel"
#: The folder, in that one, of built artifacts.
STORE = "store"
#: Beside it, lines as they are burned in.
STILLS = "stills"
LIGHT_FILM = "light-film"
#: What lies under the voices of dubs, for listening to one line of them.
BEDS = "beds"
#: Beside both, what earlier runs found out.
NOTES = "notes"


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageSettings:
    """What a project says of one language: the language itself, its limits, a font file of its own, the film's title.

    ``font`` is relative to the project; ``None`` takes the bundled font of the script. ``title`` is empty where the
    film has none in this language. ``file`` is the project's own file of the language, relative to the project.
    Without ``shows_text`` its films have no text where it is heard, without ``has_voice`` its recordings are not used.
    ``is_voice_only``: a recording of the whole film is published without text where there are no subtitles. ``limits``
    are the numbers of ``profile``, by name, that the project sets, whatever they are by themselves.
    """

    language: Language
    profile: Profile
    font: Path | None = None
    title: str = ""
    file: Path | None = None
    is_voice_only: bool = False
    shows_text: bool = True
    has_voice: bool = True
    limits: tuple[tuple[str, int | Fraction], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What the web team gets besides one file for each language and size.

    ``address`` is where the pages will be online, with a ``/`` at its end; empty while nobody knows.
    ``has_spoken_names`` lets a synthetic voice say names of languages that nobody recorded. ``archive`` holds the
    endings of files with every sound and every text ("mkv", "mp4"). ``date`` is the day of publication, like
    2026-11-30, empty where nobody gave one. ``has_sdh_films`` makes films and a page of texts for the deaf.
    ``has_title_pictures`` draws the title over a still, for link previews and posts. ``pairs``
    are languages that are also shown two at once.
    """

    address: str = ""
    has_pages: bool = True
    has_streams: bool = True
    has_leaflets: bool = True
    has_spoken_names: bool = False
    archive: tuple[str, ...] = ()
    date: str = ""
    has_sdh_films: bool = False
    has_title_pictures: bool = False
    pairs: tuple[Pair, ...] = ()

    def has_films_of(self, language: Language) -> bool:
        """Tell whether a language gets films and a page of its own, or is one more text of other pages."""
        return self.has_sdh_films or language.variant is not Variant.DEAF


@dataclass(frozen=True, slots=True, kw_only=True)
class Publishing:
    """Which languages are published as they are now.

    ``wants_approval``: those alone whose every line is approved; another one keeps its earlier version.
    ``marks_drafts``: DRAFT is drawn into what is made of another one.
    """

    wants_approval: bool = False
    marks_drafts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A folder with a film and its tracks, and what is made of them.

    ``root`` is absolute. ``film`` is ``None`` when the one film in ``video_dir`` is meant; ``streams`` says
    which picture and sound of it. ``languages`` holds the settings of the languages named in the file; ``only_listed``
    says that no other language is built, and ``unbuilt`` is the film's own one where it has a table and is not built;
    ``unused`` are the tags of others that have one. ``limits`` are the numbers of a profile, by name, that the file
    sets for all languages.
    ``config_path`` is ``None`` when the project has no babelreel.toml.
    """

    root: Path
    title: str
    slug: str
    reference: str = ENGLISH
    film: Path | None = None
    streams: StreamWishes = field(default_factory=StreamWishes)
    video_dir: Path = field(default=Path("video"))
    subtitles_dir: Path = field(default=Path("subtitles"))
    output_dir: Path = field(default=Path("output"))
    limits: tuple[tuple[str, int | Fraction], ...] = ()
    languages: tuple[LanguageSettings, ...] = ()
    only_listed: bool = False
    unbuilt: LanguageSettings | None = None
    unused: tuple[str, ...] = ()
    rungs: tuple[Rung, ...] = DEFAULT_RUNGS
    styles: Styles = field(default_factory=Styles)
    sound: SoundSettings = field(default_factory=SoundSettings)
    delivery: Delivery = field(default_factory=Delivery)
    publishing: Publishing = field(default_factory=Publishing)
    campaign: Campaign = field(default_factory=Campaign)
    signs: tuple[Sign, ...] = ()
    cards: Cards = field(default_factory=Cards)
    credits: tuple[LanguageCredits, ...] = ()
    check: CheckPolicy = field(default_factory=CheckPolicy)
    config_path: Path | None = None

    def credits_of(self, tag: str) -> LanguageCredits:
        """Return what the project says of the people behind a language."""
        return next((each for each in self.credits if each.tag == tag), LanguageCredits(tag=tag))

    @property
    def has_own_times(self) -> bool:
        """Whether babelreel.toml has times of the film in it: chapters, words in the picture."""
        return bool(self.campaign.chapters or self.signs)

    @property
    def stems_dir(self) -> Path:
        """The folder of recorded sounds, relative to the project: music and effects, dubs, takes."""
        return self.video_dir / "stems"

    @property
    def state_dir(self) -> Path:
        """The folder of built artifacts and caches; safe to delete."""
        return self.root / STATE

    @property
    def store_dir(self) -> Path:
        """The folder of built artifacts, in ``state_dir``."""
        return self.state_dir / STORE

    @property
    def stills_dir(self) -> Path:
        """The folder of lines as they are burned in, in ``state_dir``: it has no part in a build."""
        return self.state_dir / STILLS

    @property
    def light_film_dir(self) -> Path:
        """The folder of the film as a studio shows it, in ``state_dir``: it has no part in a build."""
        return self.state_dir / LIGHT_FILM

    @property
    def beds_dir(self) -> Path:
        """The folder of what lies under the voices, in ``state_dir``: it has no part in a build."""
        return self.state_dir / BEDS

    @property
    def notes_dir(self) -> Path:
        """The folder of what earlier runs found out, in ``state_dir``."""
        return self.state_dir / NOTES

    @property
    def named(self) -> tuple[LanguageSettings, ...]:
        """The settings of all languages that the file says something of: those that are built, and the original."""
        return (*self.languages, self.unbuilt) if self.unbuilt else self.languages

    def is_spoken(self, tag: str) -> bool:
        """Tell whether a track is in the film's own language: as its usual text, or as a variant of that."""
        return split_variant(tag)[0] == self.reference

    def settings_of(self, language: Language) -> LanguageSettings:
        """Return what holds for a language, named in the file or not; a variant has what its language has."""
        if own := self._named(language.tag):
            return own
        if language.variant and (usual := self._named(language.usual_tag)):
            return self._variant_of(usual, language.variant)
        numbers: dict[str, Any] = dict(self.limits)
        return LanguageSettings(language=language, profile=replace(language.limits, **numbers), limits=self.limits)

    def _named(self, tag: str) -> LanguageSettings | None:
        return next((each for each in self.named if each.language.tag == tag), None)

    def _variant_of(self, usual: LanguageSettings, variant: Variant) -> LanguageSettings:
        """Complete a variant with the title and the font of its language, and its limits unless it has other ones."""
        language = in_variant(usual.language, variant)
        limits = self.limits if variant is Variant.EASY else usual.limits
        numbers: dict[str, Any] = dict(limits)
        profile = replace(language.limits, **numbers)
        return LanguageSettings(
            language=language, profile=profile, font=usual.font, title=usual.title, limits=limits, file=usual.file
        )
