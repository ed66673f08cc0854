"""Put a track beside everything that rules compare it with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from babelreel.app.check.paired_tracks import PairedTracks
from babelreel.app.check.settings_subject import card_words
from babelreel.app.check.shown_cards import shown_cards
from babelreel.app.ledger.picture_texts import picture_texts
from babelreel.app.project.subtitle_files import TrackFile
from babelreel.app.project.subtitles_film import SubtitlesFilm
from babelreel.languages.same_language import signs_for
from babelreel.model.film.bitmap import Bitmap
from babelreel.model.film.media import MediaInfo
from babelreel.model.language import Language
from babelreel.model.ledger.entries import Ledger
from babelreel.model.project import Project, Publishing
from babelreel.model.track import Track
from babelreel.rules.base.paired_track import PairedTrack
from babelreel.rules.base.subject import TrackSubject


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackSubjects:
    """What the rules on text look at, for each track of a project; the fields are those of its ``Checker``."""

    project: Project
    film: MediaInfo | None
    reference: Track | None
    films: SubtitlesFilm | None
    languages: tuple[Language, ...]
    ledgers: Mapping[str, tuple[Ledger | None, str]]
    pairs: PairedTracks | None
    card_logo: Bitmap | None

    def of(self, file: TrackFile, track: Track) -> TrackSubject:
        """Put a track beside the film, the reference, and what people said of its lines."""
        project, settings = self.project, file.settings
        is_of_reference_film, is_of_film = self.is_of_films(file)
        is_reference = file.tag == project.reference
        ledger, fault = self.ledgers.get(file.tag) or (None, "")
        return TrackSubject(
            track=track,
            language=settings.language,
            profile=settings.profile,
            film=self.film,
            reference=None if is_reference else self.reference,
            is_reference=is_reference,
            is_of_reference_film=is_of_reference_film,
            is_of_film=is_of_film,
            languages=self.languages,
            rungs=project.rungs,
            styles=project.styles,
            font=project.root / settings.font if settings.font else None,
            title=settings.title or project.title,
            names=project.check.names,
            help_numbers=frozenset(each.digits for each in project.campaign.help),
            audience=project.check.audience,
            ledger=ledger,
            ledger_fault=fault,
            pairs=self.beside(file),
            wants_approval=project.publishing.wants_approval,
            shown=picture_texts(project, file.tag) if ledger or project.publishing != Publishing() else (),
            signs=signs_for(project.signs, file.tag),
            cards=project.cards,
            card_words=tuple(card_words(project, settings)),
            shown_cards=shown_cards(project, settings, self.film, self.card_logo),
        )

    def beside(self, file: TrackFile) -> tuple[PairedTrack, ...]:
        """List the tracks with which a track is shown, two at once."""
        found = self.pairs.beside(file.tag) if self.pairs else ()
        # the times of two films say nothing of one another
        return tuple(each for each in found if self.films is None or self.films.are_together(*each.pair.tags))

    def is_of_films(self, file: TrackFile) -> tuple[bool, bool]:
        """Tell whether a track is of the reference's film, and of the one that it is checked against."""
        if self.films is None:
            return True, True
        is_of_film = self.film is None or self.films.of(file.tag) == self.film.digest
        return self.is_of_originals_film(file.tag), is_of_film

    def is_of_originals_film(self, tag: str) -> bool:
        """Tell whether a language and the film's own one are of one film; so they are where nobody knows of another."""
        return self.films is None or self.films.are_together(tag, self.project.reference)
