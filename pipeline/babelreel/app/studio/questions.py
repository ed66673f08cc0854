"""Read what the page of a studio asks, and check that it is what it should be."""

from __future__ import annotations

from typing import Any

from babelreel.app.studio.one_cue import Wanted
from babelreel.app.studio.saving import Base, Change
from babelreel.errors import UsageError
from babelreel.model.timecode import Span

#: No line that people read is longer, and no film.
_LONGEST_TEXT, _LAST_MS = 4000, 359_999_999


def base_of(body: dict[str, Any]) -> Base:
    """Read which line is meant, as it was seen."""
    return Base(version=text_of(body, "version"), place=whole_of(body, "place"), digest=text_of(body, "digest"))


def wanted_of(body: dict[str, Any]) -> Wanted:
    """Read what a line is to say, and when."""
    span = Span(start_ms=whole_of(body, "start_ms"), end_ms=whole_of(body, "end_ms"))
    return Wanted(text=text_of(body, "text"), span=span, is_empty_meant=body.get("is_empty_meant") is True)


def changes_of(body: dict[str, Any]) -> tuple[Change, ...]:
    """Read which lines are meant, and what each is to be: all of them were seen in one version of the file."""
    lines = body.get("lines")
    if not isinstance(lines, list) or not lines or not all(isinstance(each, dict) for each in lines):
        raise UsageError(what="“lines” should hold lines.")
    version = text_of(body, "version")
    return tuple(Change(base=base_of({**each, "version": version}), wanted=wanted_of(each)) for each in lines)


def text_of(body: dict[str, Any], name: str, usual: str | None = None) -> str:
    """Read a text; raises ``UsageError`` for anything else."""
    value = body.get(name, usual)
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT:
        raise UsageError(what=f"“{name}” should be a text of {_LONGEST_TEXT} characters at most.")
    return value.encode("utf-8", "replace").decode()  # half a character of a browser's is none of ours


def whole_of(body: dict[str, Any], name: str) -> int:
    """Read a whole number; raises ``UsageError`` for anything else."""
    value = body.get(name)
    if type(value) is not int or not 0 <= value <= _LAST_MS:
        raise UsageError(what=f"“{name}” should be a whole number from 0 to {_LAST_MS}.")
    return value


def seen_of(body: dict[str, Any]) -> dict[int, str]:
    """Read which lines somebody approves, as she saw them: their digests by their places."""
    value = body.get("seen")
    if not isinstance(value, dict) or not all(
        place.isascii() and place.isdecimal() and len(place) < 9 and isinstance(digest, str)  # noqa: PLR2004 - no film has more
        for place, digest in value.items()
    ):
        raise UsageError(what="“seen” should hold digests by the places of lines.")
    return {int(place): digest for place, digest in value.items()}
