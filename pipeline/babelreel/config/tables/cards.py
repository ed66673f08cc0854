"""The keys of ``[cards]``, and what they mean."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Annotated

from pydantic import Field

from babelreel.config.faults.plain_words import OfForm
from babelreel.config.tables.exact import Exact
from babelreel.config.tables.section import Section
from babelreel.model.film.cards import Cards
from babelreel.model.timecode import MS_PER_SECOND

_Seconds = Annotated[Exact, Field(ge=1, le=30)]
_Png = Annotated[str, OfForm(pattern=r".+\.[pP][nN][gG]", words="a file that ends in .png, relative to babelreel.toml")]


class CardsTable(Section):
    """Cards over the first and the last seconds of the film, in each language, where text is burned in."""

    title: _Seconds | None = Field(None, description="For how many seconds the title is shown at the start.")
    end: _Seconds | None = Field(
        None, description="For how many seconds numbers, address and QR code are shown at the end."
    )
    logo: _Png | None = Field(
        None, description="A PNG file of at most 200 kB above the text of both, if the logo of [brand] is none."
    )


def read_cards(table: CardsTable) -> Cards:
    """Give what the table says."""
    return Cards(title_ms=_ms(table.title), end_ms=_ms(table.end), logo=Path(table.logo) if table.logo else None)


def _ms(seconds: Decimal | None) -> int:
    return int((seconds or 0) * MS_PER_SECOND)
