"""Mix a line as it sounds in its dub.

The same voices are cut, the same bed goes down as far, and the same sums are made as by ``MixDub``, but only
for a stretch of the film: sample for sample what is in the mix there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from babelreel.media.argv.command_line import Input, Output, command_words
from babelreel.media.argv.filter_graph import stream_of
from babelreel.media.argv.repeatable_bytes import ANY_PROCESSOR
from babelreel.media.argv.sound_filters import filter_level
from babelreel.media.sound.level import AAC_ROOM_DB
from babelreel.media.sound.mix.adding_up import add_up
from babelreel.media.sound.mix.balance import find_lack
from babelreel.media.sound.mix.mix_file import BED, MIX, check_mix, flac_argv
from babelreel.media.sound.mix.mixing import MixDub
from babelreel.media.sound.mix.voice import FADE, TAIL, Patch, RunWords, VoicePart, cut_voice
from babelreel.media.sound.studio.laid_bed import LaidBed
from babelreel.model.sound.ducking import DOWN_MS, UP_MS, Duck, Stretch
from babelreel.model.sound.recordings import HEADROOM_DB, MIX_CHANNELS, LoudnessTarget, ms_to_samples
from babelreel.model.sound.voice_level import VOICE_LUFS

#: The mix of a stretch as loud as films are delivered.
HEARD = "heard.flac"
#: A stereo sample of a bed: two floats.
_FRAME_BYTES = 8
_STEP_BYTES = 1 << 20

#: Returns what a line lacks if it is known already, or measures it: takes the line, and the voices heard in it.
Lacking = Callable[[Stretch, tuple[VoicePart, ...], Callable[[], Decimal | None]], Decimal | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineMixer:
    """Mixes stretches of a dub: ``mix`` is all of it, ``bed`` what lies under it.

    ``run`` runs ffmpeg in ``folder``; ``lay`` puts a recording there under the name that ``mix`` has for it.
    ``lacking`` remembers what was measured of lines.
    """

    mix: MixDub
    bed: LaidBed
    folder: Path
    run: RunWords
    lay: Callable[[VoicePart], None]
    lacking: Lacking

    def mix_stretch(self, window: Stretch) -> Path:
        """Make ``MIX`` of a stretch of the film, and return its path; the stretch must lie within the film.

        Raises what ``MixDub`` raises.
        """
        cut = {part: self._cut(part) for part in self.mix.voice if _meets(part, window)}
        lacks = [(line, self._lack(line, cut)) for line in self._spoken(window)]
        touching = [duck for duck in self.mix.choose_ducks(lacks) if _touches(duck.stretch, window)]
        bed = self.folder / BED
        _copy_stretch(self.bed.path, bed, window)
        digest = add_up(
            bed,
            [_moved(patch, -window.start) for part, patch in cut.items() if _meets(part, window)],
            bed_gain_db=self.bed.gain_db,
            ducks=[_moved_duck(duck, -window.start) for duck in touching],
            samples=window.end - window.start,
            report=lambda _share: None,
        )
        self.run(flac_argv(), MIX)
        check_mix(self.folder / MIX, window.end - window.start, digest)
        return self.folder / MIX

    def finish(self, target: LoudnessTarget, *, duration_ms: int) -> Path:
        """Make ``HEARD`` of ``MIX``: as loud as a film whose voices, and all of it, are at the level of voices.

        How loud the whole mix is, only the whole mix tells; the limiter is that of delivered films.
        """
        gain_db = target.lufs - VOICE_LUFS + HEADROOM_DB
        ceiling = target.peak_dbtp - AAC_ROOM_DB
        sound = filter_level(
            stream_of("0:a:0"),
            gain_db=gain_db,
            ceiling_dbtp=ceiling,
            channels=MIX_CHANNELS,
            duration_ms=duration_ms,
        )
        # 16 bits: it is listened to once, perhaps over a slow line
        options = (("c:a", "flac"), ("sample_fmt", "s16"), ("map_metadata", -1), ("f", "flac"))
        output = Output(name=HEARD, streams=(sound,), options=options)
        self.run(command_words(options=(ANY_PROCESSOR,), inputs=(Input(name=MIX),), outputs=(output,)), HEARD)
        return self.folder / HEARD

    def _spoken(self, window: Stretch) -> Iterator[Stretch]:
        """Yield the lines that decide how far the bed goes down in a stretch: all those of its ducks."""
        ducks = [duck for duck in self.mix.ducking if _touches(duck, window)]
        for line in self.mix.spoken:
            if any(line.start < duck.end and duck.start < line.end for duck in ducks):
                yield line

    def _lack(self, line: Stretch, cut: dict[VoicePart, Patch]) -> Decimal | None:
        balance = self.mix.balance
        if balance is None or self.mix.bed is None:
            return None
        parts = tuple(part for part in self.mix.voice if _meets(part, line))

        def measure() -> Decimal | None:
            cut.update({part: self._cut(part) for part in parts if part not in cut})
            patches = [cut[part] for part in parts]
            return find_lack(self.bed.path, patches, line, bed_gain_db=self.bed.gain_db, margin_db=balance.margin_db)

        return self.lacking(line, parts, measure)

    def _cut(self, part: VoicePart) -> Patch:
        self.lay(part)
        return cut_voice(part, self.folder, self.run, target=f"voice/{self.mix.voice.index(part)}")


def _meets(part: VoicePart, stretch: Stretch) -> bool:
    """Tell whether anything of a voice, its fades included, is heard in a stretch of the film."""
    return part.start - FADE < stretch.end and stretch.start < part.start + part.length + TAIL


def _touches(duck: Stretch, window: Stretch) -> bool:
    return duck.start - ms_to_samples(DOWN_MS) < window.end and window.start < duck.end + ms_to_samples(UP_MS)


def _moved(patch: Patch, by: int) -> Patch:
    gains = tuple((at + by, factor) for at, factor in patch.gains)
    return replace(patch, start=patch.start + by, gains=gains)


def _moved_duck(duck: Duck, by: int) -> Duck:
    stretch = Stretch(start=duck.stretch.start + by, end=duck.stretch.end + by)
    return replace(duck, stretch=stretch)


def _copy_stretch(bed: Path, target: Path, window: Stretch) -> None:
    left = _FRAME_BYTES * (window.end - window.start)
    with bed.open("rb") as source, target.open("wb") as copy:
        source.seek(_FRAME_BYTES * window.start)
        while left and (data := source.read(min(left, _STEP_BYTES))):
            copy.write(data)
            left -= len(data)
