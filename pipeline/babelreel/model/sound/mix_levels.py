"""How loud is each line of a mix, and the film below it?"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class LineLevel:
    """What was measured in a mix from sample ``start`` up to ``end``: the voice, and the bed under it as it is heard.

    Levels are LUFS of the mix before its loudness is set, ``None`` where nothing is heard.
    """

    start: int
    end: int
    voice_lufs: Decimal | None
    bed_lufs: Decimal | None

    @property
    def above_db(self) -> Decimal | None:
        """By how much the voice is louder than the bed; ``None`` where one of them is not there."""
        return None if self.voice_lufs is None or self.bed_lufs is None else self.voice_lufs - self.bed_lufs


@dataclass(frozen=True, slots=True, kw_only=True)
class MixLevels:
    """The lines of a mix in order of time; in one of a recording of the whole film its passages.

    ``bed_gain_db`` is what was done to the bed from its first sample to its last.
    """

    bed_gain_db: Decimal
    lines: tuple[LineLevel, ...]
