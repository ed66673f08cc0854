"""What stands on the cards of a language: its title, the numbers to call, and the address of its page with a code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from babelreel.delivery.campaign import card_address, card_numbers
from babelreel.delivery.leaflet.qr import qr_squares
from babelreel.delivery.palette import light_palette
from babelreel.model.campaign import Campaign
from babelreel.model.delivery.published_paths import language_address
from babelreel.model.film.bitmap import Bitmap
from babelreel.model.film.cards import Cards, ShownCard
from babelreel.model.language import Language
from babelreel.model.timecode import Span
from babelreel.stages.inputs import Subtitles, Workshop


def with_cards(workshop: Workshop, subtitles: Subtitles, address: str) -> Subtitles:
    """Give a language the cards that the project asks for; ``address`` is that of all pages, empty while unknown."""
    film = workshop.film
    cards = tuple(
        cards_of(
            workshop.cards,
            workshop.campaign,
            subtitles.language,
            title=subtitles.title or film.title,
            spoken=film.language.tag,
            film_ms=film.info.duration_ms,
            address=address,
            logo=workshop.card_logo,
        )
    )
    return replace(subtitles, cards=cards) if cards else subtitles


def cards_of(  # noqa: PLR0913 - all that stands on a card
    wanted: Cards,
    campaign: Campaign,
    language: Language,
    *,
    title: str,
    spoken: str,
    film_ms: int,
    address: str,
    logo: Bitmap | None,
) -> Iterator[ShownCard]:
    """Yield the cards of a language; ``spoken`` is the film's own, ``address`` that of all pages, or empty."""
    palette = light_palette(campaign.brand.colour)
    foot = campaign.brand.organisation
    if wanted.title_ms:
        span = Span(start_ms=0, end_ms=min(wanted.title_ms, film_ms))
        yield ShownCard(
            span=span,
            heading=title,
            foot=foot,
            ground=palette.band,
            color=palette.on_band,
            logo=logo,
        )
    if wanted.end_ms:
        page = f"{address}{language_address(language.tag)}" if address else ""
        yield ShownCard(
            span=Span(start_ms=max(0, film_ms - wanted.end_ms), end_ms=film_ms),
            heading=title,
            numbers=card_numbers(campaign, language, spoken),
            foot=foot,
            address=card_address(page),
            code=qr_squares(page) if page else (),
            ground=palette.band,
            color=palette.on_band,
            logo=logo,
        )
