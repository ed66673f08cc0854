"""What is asked for when something is built."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the caller asks for: languages and renditions by name (none: all of them), and a certain ffmpeg."""

    languages: tuple[str, ...] = ()
    renditions: tuple[str, ...] = ()
    ffmpeg: str | None = None
