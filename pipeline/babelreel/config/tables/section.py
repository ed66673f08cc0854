"""What every table of babelreel.toml is made of, and the texts that several of them hold."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError


def _in_one_line(text: str) -> str:
    if "\n" in text or "\t" in text:
        raise PydanticCustomError("one_line", "write one line, without tabs")
    return text


#: What people read as a heading, in players and playlists too, which know no lines.
Heading = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_in_one_line)]


class Section(BaseModel):
    """A table of the file: unknown keys are faults, and "25" is not 25."""

    # tables that are part of others need no validator of their own
    model_config = ConfigDict(extra="forbid", strict=True, arbitrary_types_allowed=True, defer_build=True)
