"""Decode what lies under the voices of every language, once for a film."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from babelreel.errors import DamagedError
from babelreel.graph.task import Json, Workspace
from babelreel.media.sound.mix.mix_file import BED
from babelreel.media.sound.mix.mixing import MixDub
from babelreel.system_errors import house_errors

#: The names of the outputs.
SOUND, GAIN = "bed.f32", "gain.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class LayBed:
    """Decodes what lies under the voices of a mix: an ``Action`` of the task graph that makes ``SOUND`` and ``GAIN``.

    ``mix`` is that of any language of the film: its voices make no difference.
    """

    mix: MixDub

    @classmethod
    def of(cls, mix: MixDub) -> LayBed:
        """Return the bed under a mix, which is the same for all languages."""
        return cls(mix=replace(mix, voice=(), ducking=(), spoken=()))

    def document(self) -> Mapping[str, Json]:
        """Return all that decides the result but the inputs."""
        return {"bed of": self.mix.document()}

    def perform(self, workspace: Workspace) -> None:
        """Decode and measure it; raises what ``MixDub.lay_bed`` raises."""
        self.mix.lay_bed(workspace)
        folder = workspace.folder
        with house_errors(folder):
            (folder / GAIN).write_text(json.dumps(str(self.mix.bed_gain(folder))), encoding="ascii")
            (folder / BED).rename(folder / SOUND)


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidBed:
    """What ``LayBed`` made: a file of stereo floats, which may be empty, its gain in a mix, and a name for both."""

    path: Path
    gain_db: Decimal
    key: str


def read_gain(content: bytes) -> Decimal:
    """Read ``GAIN``; raises ``DamagedError`` for anything else."""
    try:
        return Decimal(json.loads(content))
    except (ValueError, TypeError, ArithmeticError) as error:
        raise DamagedError(what="What was measured of the film's sound is damaged.", where=GAIN) from error
