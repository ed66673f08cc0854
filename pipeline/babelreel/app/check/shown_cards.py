"""The cards of a language, as its films show them, for the rules that look at what stands on them."""

from __future__ import annotations

from babelreel.app.build.choosing.logo import read_card_logo
from babelreel.config.read import CONFIG_NAME
from babelreel.errors import BabelreelError
from babelreel.model.film.bitmap import Bitmap
from babelreel.model.film.cards import ShownCard
from babelreel.model.film.media import MediaInfo
from babelreel.model.project import LanguageSettings, Project


def readable_logo(project: Project) -> Bitmap | None:
    """Read the logo of cards; one that cannot be read is told by another rule."""
    try:
        return read_card_logo(project.root, project.campaign.brand, project.cards, CONFIG_NAME)
    except BabelreelError:
        return None


def shown_cards(
    project: Project, settings: LanguageSettings, film: MediaInfo | None, logo: Bitmap | None
) -> tuple[ShownCard, ...]:
    """List the cards of a language; none where the film is not known, or they cannot be made."""
    if film is None or not project.cards:
        return ()
    from babelreel.stages.films.cards import cards_of  # noqa: PLC0415 - few projects have cards, and codes take a while

    try:
        return tuple(
            cards_of(
                project.cards,
                project.campaign,
                settings.language,
                title=settings.title or project.title,
                spoken=project.reference,
                film_ms=film.duration_ms,
                address=project.delivery.address,
                logo=logo,
            )
        )
    except BabelreelError:  # an address that no code holds: the build says so
        return ()
