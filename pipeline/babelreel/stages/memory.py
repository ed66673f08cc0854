"""What plans remember of earlier ones, so that the text of no track is laid out or written twice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from babelreel.graph.task import SourceFile


class Memory(Protocol):
    """Remembers a few short lines of each thing that is planned for a language."""

    def look_at(self, *shared: object, own: object) -> str:
        """Name all that decides how a thing is planned, and the program that does it.

        What is ``shared`` is the same object for many of them, and is read once.
        """
        ...

    def recall(self, name: str, looked_at: str) -> tuple[str, ...] | None:
        """Return what is known of a thing, if it was planned of just this."""
        ...

    def keep(self, name: str, looked_at: str, lines: Iterable[str], fonts: Iterable[SourceFile] = ()) -> None:
        """Remember lines of a thing, unless one of the fonts has changed since it was looked at."""
        ...
