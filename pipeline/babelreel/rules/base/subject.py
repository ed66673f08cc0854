"""What a rule on a track looks at, and which parts of it may be unknown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from babelreel.languages.find import find_language
from babelreel.model.film.cards import Cards, ShownCard
from babelreel.model.film.ladder.default_rungs import DEFAULT_RUNGS
from babelreel.model.film.ladder.encoding_ladder import Rung
from babelreel.model.film.media import MediaInfo
from babelreel.model.film.signs import Sign
from babelreel.model.language import Language
from babelreel.model.ledger.entries import Ledger, PictureText
from babelreel.model.policy import Allowance
from babelreel.model.reading_limits import Audience, Profile
from babelreel.model.style import Styles
from babelreel.model.track import Track
from babelreel.rules.base.need import Need
from babelreel.rules.base.paired_track import PairedTrack
from babelreel.rules.base.passage import Passage, TextIndex

#: The rate at which frames are counted while the film is unknown: that of European television.
ASSUMED_RATE = Fraction(25)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackSubject:
    """What a rule looks at: one track with its language, its limits, and the film if it is known.

    ``reference`` is the track of the language spoken in the film, ``None`` when there is none, or when this is it
    (``is_reference``). ``is_of_reference_film``: both are of one film, so that their times can be compared;
    ``is_of_film``: the track is of ``film``, as far as anybody knows.
    ``languages`` are those of all the project's tracks. ``rungs``, ``styles`` and ``font`` (the
    project's own font file for the language, absolute) say how the text is burned in, ``title`` is that of the film in
    the language, where it has one. ``names`` are those of
    services that every language keeps in Latin letters, ``help_numbers`` those that pages have buttons for, as they are
    dialled, and ``audience`` is whom the film is for. ``unused_allowances`` are known when all other rules have been
    run. ``ledger`` is what people said of the lines, ``None`` where nothing is kept or, for the reason in
    ``ledger_fault``, nothing can be read; ``wants_approval``: only what is approved is published. ``signs`` are
    words in the picture, in all languages, ``cards`` say for how long each card is shown, and
    ``card_words`` what stands on them in this language, behind where that is written. ``pairs`` are the
    languages that are shown together with this one. ``texts`` is made of the track.
    """

    track: Track
    language: Language
    profile: Profile
    film: MediaInfo | None = None
    reference: Track | None = None
    is_reference: bool = False
    is_of_reference_film: bool = True
    is_of_film: bool = True
    languages: tuple[Language, ...] = ()
    rungs: tuple[Rung, ...] = DEFAULT_RUNGS
    styles: Styles = field(default_factory=Styles)
    font: Path | None = None
    title: str = ""
    names: tuple[str, ...] = ()
    help_numbers: frozenset[str] = frozenset()
    audience: Audience = Audience.CHILDREN
    unused_allowances: tuple[Allowance, ...] = ()
    ledger: Ledger | None = None
    ledger_fault: str = ""
    wants_approval: bool = False
    shown: tuple[PictureText, ...] = ()
    signs: tuple[Sign, ...] = ()
    cards: Cards = field(default_factory=Cards)
    card_words: tuple[tuple[str, str], ...] = ()
    shown_cards: tuple[ShownCard, ...] = ()
    pairs: tuple[PairedTrack, ...] = ()
    texts: TextIndex = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "texts", TextIndex(self.track.cues))

    def search(self, pattern: re.Pattern[str]) -> Iterator[tuple[Passage, re.Match[str]]]:
        """Find every match of a pattern in the lines of the cues, markup left out; see ``TextIndex.search``."""
        return self.texts.search(pattern)

    def language_of(self, tag: str) -> Language:
        """Look up what is known of a language of the project, or of any other, by its tag."""
        return next((each for each in self.languages if each.tag == tag), None) or find_language(tag)

    @property
    def met_needs(self) -> frozenset[Need]:
        """What is known here of all that a rule may need; the reference needs no other one to be compared with."""
        film = self.film
        known = {
            Need.FILM: film is not None,
            Need.SHOTS: film is not None and film.shots is not None,
            Need.SPEECH: film is not None and film.speech is not None,
            Need.REFERENCE: self.reference is not None or self.is_reference,
            Need.SAME_FILM: self.is_of_reference_film,
        }
        return frozenset(need for need, is_met in known.items() if is_met)

    @property
    def is_spoken(self) -> bool:
        """Tell whether it is in the language of the reference: as that, or as a variant of it, such as easy read."""
        return self.is_reference or bool(self.reference and self.language.usual_tag == self.reference.language)

    @property
    def film_rate(self) -> Fraction | None:
        """The film's frame rate; ``None`` while there is no film, or none with a picture."""
        return self.film.video.rate if self.film and self.film.video else None

    @property
    def rate(self) -> Fraction:
        """The rate at which frames are counted: the film's own, or the assumed one."""
        return self.film_rate or ASSUMED_RATE

    @property
    def half_frame_ms(self) -> Fraction:
        """Half a frame, which every limit of time allows: the film shows times no more finely than that."""
        return 500 / self.rate
