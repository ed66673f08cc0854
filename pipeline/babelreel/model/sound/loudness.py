"""Judge whether a finished sound is as loud as it should be, and whether all languages are alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from babelreel.model.sound.mix_levels import DubLevels
from babelreel.model.sound.recordings import MOST_APART_LU, LoudnessTarget, MixedSound


class LoudnessFault(StrEnum):
    """How a sound misses its target, in words."""

    SILENT_DUB = "nothing is heard in the dub"
    TOO_LOUD = "too loud"
    TOO_QUIET = "too quiet"
    PEAK_TOO_HIGH = "peak too high"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardFile:
    """A delivered file with sound: its path, the English name of its language, what was measured in it.

    ``faults`` say, a few words each, how it misses the target or differs from the manifest.
    """

    path: str
    language_name: str
    heard: MixedSound
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How far the languages lie apart at one rendition, between the loudest and the quietest, in LU."""

    rendition: str
    languages: int
    apart_lu: Decimal

    @property
    def is_good(self) -> bool:
        """Tell whether a viewer who changes the language need not change the volume."""
        return self.apart_lu <= MOST_APART_LU


@dataclass(frozen=True, slots=True, kw_only=True)
class LoudnessReport:
    """All files with sound, in the order of the manifest, and the target that they are held to.

    ``dubs`` are the lines of recorded voices, each of which must be at least ``voice_above_db`` above the film.

    ``is_measured`` says that the files were decoded now; otherwise the numbers are those of the manifest.
    """

    target: LoudnessTarget
    files: tuple[HeardFile, ...]
    spreads: tuple[Spread, ...]
    dubs: tuple[DubLevels, ...] = ()
    voice_above_db: int = 0
    is_measured: bool = False

    @property
    def is_good(self) -> bool:
        """Tell whether every file is within the target, all languages are alike, and every line is understood."""
        is_loud = all(not file.faults for file in self.files) and all(spread.is_good for spread in self.spreads)
        return is_loud and not any(dub.drowned(self.voice_above_db) for dub in self.dubs)


def judge_loudness(heard: MixedSound, target: LoudnessTarget) -> tuple[LoudnessFault, ...]:
    """Say how a sound misses the target; a film in which nothing is heard never does, a dub does.

    A value exactly at a limit is right. For true peaks the standards say so: the *maximum permitted* true peak level
    (EBU R 128) is one that a peak may have. The margin for meters that read higher is applied when a sound is
    finished, and not here.
    """
    if heard.loudness_lufs is None:
        return (LoudnessFault.SILENT_DUB,) if heard.sound == "dub" else ()
    off, peak = heard.loudness_lufs - target.lufs, heard.true_peak_dbtp
    faults = (
        (LoudnessFault.TOO_LOUD, off > target.tolerance_lu),
        (LoudnessFault.TOO_QUIET, -off > target.tolerance_lu),
        (LoudnessFault.PEAK_TOO_HIGH, peak is not None and peak > target.peak_dbtp),
    )
    return tuple(fault for fault, is_true in faults if is_true)


def tell_quiet(sounds: Iterable[MixedSound], target: LoudnessTarget) -> tuple[str, ...]:
    """Say in a sentence that a film's own sound does not reach its target, and why; mostly nothing."""
    original = [each for each in sounds if each.sound == "original"]
    reached = [each.loudness_lufs for each in original if LoudnessFault.TOO_QUIET in judge_loudness(each, target)]
    heard = [lufs for lufs in reached if lufs is not None]
    if not heard:
        return ()
    comes_to = f"the film's sound comes to {min(heard)} LUFS and not to {target.lufs}"
    return (f"{comes_to}: it is very quiet, and was raised as far as its noise and its peaks allow",)


def find_spreads(sounds: Iterable[MixedSound]) -> tuple[Spread, ...]:
    """Measure the spread of each rendition that more than one language has, in their order."""
    levels: defaultdict[str, dict[str, list[Decimal]]] = defaultdict(lambda: defaultdict(list))
    for sound in sounds:
        if sound.loudness_lufs is not None:
            levels[sound.rendition][sound.language].append(sound.loudness_lufs)
    spreads = []
    for rendition, languages in levels.items():
        found = [lufs for each in languages.values() for lufs in each]
        if len(languages) > 1:
            spread = Spread(rendition=rendition, languages=len(languages), apart_lu=max(found) - min(found))
            spreads.append(spread)
    return tuple(spreads)
