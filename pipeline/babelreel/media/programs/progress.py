"""Measure how far ffmpeg is, and whether it still moves."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field

#: Keys of ``-progress`` that grow while work is done; ffmpeg writes blocks even when it is stuck.
_GROWING = frozenset({"frame", "out_time_ms", "total_size"})


@dataclass(slots=True, kw_only=True)
class Progress:
    """What ``-progress`` reported last; one thread writes it, another reads it."""

    done_us: int = 0
    moved_at: float = field(default_factory=time.monotonic)
    _values: dict[str, str] = field(default_factory=dict)

    def read(self, lines: Iterable[str]) -> None:
        """Take every line until the stream ends."""
        for line in lines:
            key, _, value = line.strip().partition("=")
            self.take(key, value.strip())

    def take(self, key: str, value: str) -> None:
        """Take one pair. ``out_time_ms`` is in microseconds despite its name; any value may be ``N/A``."""
        if key not in _GROWING or self._values.get(key) == value:
            return
        self._values[key] = value
        self.moved_at = time.monotonic()
        if key == "out_time_ms" and value.lstrip("-").isdecimal():
            self.done_us = max(self.done_us, int(value))

    def share(self, duration_ms: int) -> float:
        """Compute the share done, from 0.0 to 1.0; 0.0 when the length is unknown."""
        return min(1.0, self.done_us / (duration_ms * 1000)) if duration_ms > 0 else 0.0

    def idle_s(self) -> float:
        """Count the seconds since anything grew."""
        return time.monotonic() - self.moved_at
