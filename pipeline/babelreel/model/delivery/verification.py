"""What was found when published files were compared with their manifest."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One file that is not what the manifest says: ``path`` below the folder, and what is wrong."""

    path: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """The result for one folder: how many files were compared, in what state the manifest says that it is."""

    folder: str
    status: str
    files: int
    differences: tuple[Difference, ...]

    @property
    def is_good(self) -> bool:
        """Tell whether every file is what the manifest says."""
        return not self.differences
