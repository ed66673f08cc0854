"""The result of collecting garbage in a shared store."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What was removed (or would be, in a dry run), what is unused and waits for its day, and what stays."""

    removed_results: int
    removed_blobs: int
    removed_bytes: int
    waiting_results: int
    waiting_blobs: int
    waiting_bytes: int
    kept_results: int
    kept_bytes: int
