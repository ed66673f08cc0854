"""How loud each line of a mix is, and the film below it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from babelreel.model.sound.dubbing import Dubbing
from babelreel.model.sound.placing import HeardSound
from babelreel.model.track import Cue


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
        """By how much the voice is louder than the bed; ``None`` where one of them is missing."""
        return None if self.voice_lufs is None or self.bed_lufs is None else self.voice_lufs - self.bed_lufs


@dataclass(frozen=True, slots=True, kw_only=True)
class MixLevels:
    """The lines of a mix in order of time; in one of a recording of the whole film its passages.

    ``bed_gain_db`` is what was done to the bed from its first sample to its last.
    """

    bed_gain_db: Decimal
    lines: tuple[LineLevel, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceOfLine:
    """A line as it is heard: by how much its recording was made louder, and how far the voice is above the film.

    ``above_db`` is ``None`` where nothing lies under the voice.
    """

    line: int
    gain_db: Decimal
    above_db: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DubLevels:
    """The lines of a language's dub that are heard, in order of time."""

    language: str
    lines: tuple[VoiceOfLine, ...]

    def drowned(self, margin_db: int) -> tuple[VoiceOfLine, ...]:
        """List the lines whose voice is not above the film by ``margin_db``."""
        return tuple(each for each in self.lines if each.above_db is not None and each.above_db < margin_db)


def levels_of_lines(language: str, dubbing: Dubbing, levels: MixLevels) -> DubLevels:
    """Say of each line what was measured in the mix: of its take, or of the passages that are heard in it."""
    if dubbing.whole:
        return DubLevels(language=language, lines=tuple(_lines_of_whole(dubbing, levels)))
    pairs = zip(dubbing.heard, levels.lines, strict=True)
    return DubLevels(
        language=language,
        lines=tuple(_voice(heard.cue, heard, each.above_db) for heard, each in pairs if heard.cue),
    )


def _lines_of_whole(dubbing: Dubbing, levels: MixLevels) -> Iterator[VoiceOfLine]:
    for line in dubbing.lines:
        heard = line.heard
        if heard is None:
            continue
        end = heard.start + heard.length
        passages = [each for each in levels.lines if each.start < end and heard.start < each.end]
        if passages:
            known = [each.above_db for each in passages if each.above_db is not None]
            yield _voice(line.cue, heard, min(known, default=None))


def _voice(cue: Cue, heard: HeardSound, above_db: Decimal | None) -> VoiceOfLine:
    return VoiceOfLine(line=cue.number, gain_db=heard.gain_db, above_db=above_db)
