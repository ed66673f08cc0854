"""How the work of a build is done, as the options of a verb say."""

from __future__ import annotations

from dataclasses import dataclass, field

from babelreel.cli.cluster.engine import EngineChoice
from babelreel.engines.engine import Engine


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How the work is done, as the options of the call say."""

    jobs: int
    memory_mb: int | None
    keep_going: bool
    quiet: bool
    choice: EngineChoice = field(default_factory=EngineChoice)

    @property
    def engine(self) -> Engine:
        """Who does the work; raises what ``EngineChoice.engine`` raises."""
        return self.choice.engine(jobs=self.jobs, memory_bytes=self.memory_mb * 1_000_000 if self.memory_mb else None)
