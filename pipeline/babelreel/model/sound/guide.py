"""What is in a guide track, the synthetic voice that shows a volunteer the pace of a recording."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideLine:
    """What is spoken from one time of the film on: ``room_ms`` is how long it may take."""

    text: str
    start_ms: int
    room_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """A guide track that was written, or ``fault``, the reason why there is none.

    ``voice`` is the name that the speaking program has for it, empty where each line is a beep. ``lines`` counts what
    was spoken; of these ``beeped`` could not be spoken (a beep is in their place), ``cut`` did not fit into their room
    however fast, and ``late`` begin when the film is over and are left out.
    """

    language: str
    path: str = ""
    voice: str = ""
    lines: int = 0
    beeped: int = 0
    cut: int = 0
    late: int = 0
    fault: str = ""
