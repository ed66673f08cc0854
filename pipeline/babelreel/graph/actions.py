"""Actions that need no knowledge of what the files hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from babelreel.graph.task import Json, Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """Keeps literal inputs as outputs of the same names: files that the plan itself wrote, such as sidecars."""

    def document(self) -> Mapping[str, Json]:
        """Return nothing: the inputs say it all."""
        return {}

    def perform(self, workspace: Workspace) -> None:
        """Do nothing: the outputs lie in the folder already."""
