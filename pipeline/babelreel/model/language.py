"""What is known of a language: its codes, its own name, its script and the way it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from babelreel.model.language_facts import (
    Encoding,
    Identification,
    Iso639Code,
    LaterFacts,
    Letters,
    NumberWords,
    Phrases,
    Punctuation,
    ReadingOrder,
    Sample,
    ScriptCode,
    Speech,
    VariantNames,
)
from babelreel.model.language_words import CampaignWords, LeafletWords, PageWords, PlayerWords, SheetWords
from babelreel.model.reading_limits import Profile
from babelreel.model.variant import Variant, split_variant

#: The language of our own words, for readers of a language that has none.
ENGLISH = "en"


class Direction(StrEnum):
    """The way a script runs."""

    LTR = "ltr"
    RTL = "rtl"


class Counting(StrEnum):
    """How the length of a text is counted for reading speed and line length."""

    GRAPHEMES = "graphemes"
    """Each grapheme cluster counts one."""
    EAST_ASIAN = "east-asian"
    """Half-width characters count one half, as Netflix counts Chinese."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language: all that its file in ``languages/`` says.

    ``tag`` is BCP 47; ``iso639_t`` goes into MP4, ``iso639_b`` into Matroska; ``script`` is ISO 15924 (``Latn``).
    ``limits`` are its own, before a project changes any; ``later`` returns what
    only some commands need. Two languages of one name are equal, whatever else is known of them.
    """

    tag: str
    name: str
    own_name: str
    iso639_t: Iso639Code
    iso639_b: Iso639Code
    script: ScriptCode
    direction: Direction = Direction.LTR
    counting: Counting = Counting.GRAPHEMES
    has_italics: bool = True
    breaks_at_spaces: bool = True
    limits: Profile = field(default_factory=Profile, compare=False, repr=False)
    letters: Letters = field(default_factory=Letters, compare=False, repr=False)
    punctuation: Punctuation = field(default_factory=Punctuation, compare=False, repr=False)
    encoding: Encoding = field(default_factory=Encoding, compare=False, repr=False)
    phrases: Phrases = field(default_factory=Phrases, compare=False, repr=False)
    numbers: NumberWords = field(default_factory=NumberWords, compare=False, repr=False)
    reading_order: ReadingOrder = field(default_factory=ReadingOrder, compare=False, repr=False)
    identification: Identification = field(default_factory=Identification, compare=False, repr=False)
    variants: VariantNames = field(default_factory=VariantNames, compare=False, repr=False)
    later: Callable[[], LaterFacts] = field(default=LaterFacts, compare=False, repr=False)

    @property
    def speech(self) -> Speech:
        """How it is spoken."""
        return self.later().speech

    @property
    def pages(self) -> PageWords | None:
        """The words of pages; ``None`` where readers get English ones."""
        return self.later().pages

    @property
    def campaign(self) -> CampaignWords | None:
        """The words for help, sending and taking along; ``None`` where readers get English ones."""
        return self.later().campaign

    @property
    def player(self) -> PlayerWords | None:
        """The words of the film's bar; ``None`` where readers get English ones."""
        return self.later().player

    @property
    def sheet(self) -> SheetWords | None:
        """The words of a sheet's first page; ``None`` where translators get English ones."""
        return self.later().sheet

    @property
    def leaflet(self) -> LeafletWords:
        """The words of leaflets."""
        return self.later().leaflet

    @property
    def sample(self) -> Sample | None:
        """A line that shows its script, where it is the one to do so."""
        return self.later().sample

    @property
    def variant(self) -> Variant | None:
        """For whom its text is written; ``None`` for a language's usual text."""
        return split_variant(self.tag)[1]

    @property
    def usual_tag(self) -> str:
        """The tag of the language without what names a variant: ``fr`` of ``fr-simple``."""
        return split_variant(self.tag)[0]

    @property
    def primary(self) -> str:
        """The primary subtag: ``zh`` of ``zh-Hans``."""
        return primary_subtag(self.tag)

    @property
    def iso639_1(self) -> str:
        """The code of two letters; empty where there is none, as for Nigerian Pidgin."""
        return self.primary if len(self.primary) == 2 else ""  # noqa: PLR2004 - as ISO 639-1 has it

    @property
    def is_script_certain(self) -> bool:
        """Tell whether the tag leaves no doubt about the script: Serbian alone may be Cyrillic or Latin."""
        names_script = any(len(subtag) == 4 for subtag in self.tag.split("-")[1:])  # noqa: PLR2004 - ISO 15924
        return names_script or not self.identification.has_several_scripts

    @property
    def is_rtl(self) -> bool:
        """Tell whether the script runs from right to left."""
        return self.direction is Direction.RTL


def primary_subtag(tag: str) -> str:
    """Return the first part of a BCP 47 tag, in small letters: ``zh`` of ``zh-Hans``."""
    return tag.partition("-")[0].lower()
