"""The result of examining a machine."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """One thing that was tried: whether it went well, what was found, and what to do when it did not."""

    name: str
    is_good: bool
    found: str
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """Everything that was tried."""

    examinations: tuple[Examination, ...]

    @property
    def is_good(self) -> bool:
        """Tell whether the machine can do all the work."""
        return all(each.is_good for each in self.examinations)
