"""The table ``[publish]`` of babelreel.toml, and what it means."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from babelreel.config.tables.section import Section
from babelreel.model.project import Publishing


class PublishTable(Section):
    """Which languages are published. "babelreel approve" notes what people have read."""

    only: Literal["approved"] | None = Field(
        None, description="Only what is approved; a language that is not keeps its earlier version."
    )
    mark: bool | None = Field(
        None, description="true: DRAFT is drawn into picture, page and leaflet until a language is approved."
    )


def read_publishing(table: PublishTable) -> Publishing:
    """Read what the table asks for."""
    return Publishing(wants_approval=table.only is not None, marks_drafts=bool(table.mark))
