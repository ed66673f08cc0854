"""The keys that say how burned-in text looks, and what they mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from babelreel.config.tables.campaign_tables import Colour
from babelreel.config.tables.changes import changed, changes
from babelreel.config.tables.exact import Exact
from babelreel.config.tables.section import Section
from babelreel.model.style import Style, StyleChanges, Styles

Share = Annotated[Exact, Field(ge=0, le=Decimal("0.5"))]
#: Of the type size of a rendition. The phones' own are 9 and 10 % of the picture's height, and the BBC asks for 8; a
#: line of 42 letters would not fit in one larger than this.
Size = Annotated[Exact, Field(ge=Decimal("0.8"), le=Decimal("1.6"))]


class StyleTable(Section):
    """How burned-in text looks; lengths are shares of the type size (outline, shadow) or of the picture (margins)."""

    color: Colour | None = Field(None, description="Colour of the text, #rrggbb.")
    outline_color: Colour | None = Field(None, description="Colour of its outline, #rrggbb.")
    outline: Share | None = Field(None, description="Width of the outline as a share of the type size.")
    shadow: Share | None = Field(None, description="Depth of the shadow as a share of the type size.")
    margin: Share | None = Field(None, description="Room below the text as a share of the picture's height.")
    side_margin: Share | None = Field(None, description="Room beside the text as a share of the picture's width.")
    size: Size | None = Field(None, description="Size of the text: 1.2 is a fifth larger than the rendition's own.")
    bold: bool | None = Field(None, description="true: thicker letters; a bold font file of your own looks better.")
    background: Colour | None = Field(None, description="Colour of a box behind the text, #rrggbb; without it, none.")
    opacity: Annotated[Exact, Field(ge=0, le=1)] | None = Field(
        None, description="How solid the box is: 0 is invisible, 1 hides the picture."
    )
    look: Literal["ours", "own"] | None = Field(
        None, description='"own": texts of .ass files keep their places, colours and sizes, as far as they can be read.'
    )
    position: Literal["bottom", "top"] | None = Field(
        None, description="Where text is drawn, unless the subtitle file says otherwise."
    )


def read_styles(whole: StyleTable, languages: Mapping[str, StyleTable], renditions: Mapping[str, StyleTable]) -> Styles:
    """Read the style of a project, of its languages by their tags, and of renditions by name."""
    return Styles(whole=changed(Style(), whole), languages=tuple(_set_in(languages)), rungs=tuple(_set_in(renditions)))


def _set_in(tables: Mapping[str, StyleTable]) -> Iterator[tuple[str, StyleChanges]]:
    for key, table in tables.items():
        if found := tuple(changes(Style(), table)):
            yield key, found
