"""Make a sound the file that is delivered, as loud as all others.

One gain from the first sample to the last, and a limiter only where peaks would pass the ceiling: nothing else touches
the dynamics. What the encoder made of it is decoded and measured, and made again where it missed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path

from babelreel.graph.task import Json, Program, Workspace
from babelreel.media.argv.sounds import encoded_argv
from babelreel.media.probe.expectation import verify_file
from babelreel.media.probe.told_sums import refuse_other_packets
from babelreel.media.programs.run import GLOBAL_FLAGS, run_ffmpeg
from babelreel.media.sound.level import (
    AAC_ROOM_DB,
    METER_DB,
    MORE_ROOM_DB,
    MOST_GAIN_DB,
    NEAR_LU,
    Level,
    first_level,
    loudness_error,
    next_level,
    peak_after,
    peak_excess,
)
from babelreel.media.sound.loudness import Loudness, measure_loudness, read_meter
from babelreel.model.film.ladder.codecs import SoundCodec
from babelreel.model.film.media import Expectation, MediaInfo
from babelreel.model.sound.recordings import SAMPLE_RATE_HZ, LoudnessTarget

#: The names of the outputs, and of the samples that the first call leaves.
SOUND = "sound.m4a"
LOUDNESS = "sound.json"
SAMPLES = "samples.mov"

_MOST_ROUNDS = 5
#: Raised when the search for the level is changed so that others win.
_SEARCH_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Round:
    level: Level
    result: Loudness
    file: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishSound:
    """Brings a sound to the loudness of a target and encodes it: an ``Action`` of the task graph.

    ``samples_argv`` are the words of ``film_sound_argv`` or ``mixed_sound_argv`` that make ``SAMPLES``. The gain is at
    most ``most_gain_db``; a sound in which nothing is heard keeps its level. What is made in mono of a ``film``'s own
    sound is compared with it. The outputs are ``SOUND``, exactly
    ``duration_ms`` long, and ``LOUDNESS``, a JSON file with what was measured.
    """

    ffmpeg: Program
    samples_argv: tuple[str, ...]
    kbps: int
    channels: int
    duration_ms: int
    target: LoudnessTarget
    most_gain_db: int = MOST_GAIN_DB
    film: MediaInfo | None = None
    film_name: str = ""
    codec: SoundCodec = SoundCodec.AAC

    def document(self) -> Mapping[str, Json]:
        """Return all that decides the result but the inputs; the place of the program is no part of it."""
        any_level = Level(gain_db=Decimal(0), ceiling_dbtp=Decimal(0))
        constants = (self.most_gain_db, AAC_ROOM_DB, NEAR_LU, MORE_ROOM_DB, METER_DB, _MOST_ROUNDS, _SEARCH_VERSION)
        return {
            "tool": "ffmpeg",
            "digest": self.ffmpeg.digest,
            "samples": [*GLOBAL_FLAGS, *self.samples_argv],
            "encode": [*GLOBAL_FLAGS, *self._encode_argv(any_level, SOUND)],
            "target": [str(value) for value in asdict(self.target).values()],
            "search": [str(value) for value in constants],
        }

    def perform(self, workspace: Workspace) -> None:
        """Measure, encode and measure again, until the result is near the target; at most five times.

        Raises what ``run_ffmpeg``, ``read_meter`` and ``verify_file`` raise.
        """
        self._run(workspace, self.samples_argv, SAMPLES)
        refuse_other_packets(workspace.folder / SAMPLES)
        source = read_meter(workspace.folder, name="the sound")
        workspace.report(0.2)
        rounds = tuple(self._rounds(workspace, source))
        best = min(rounds, key=self._miss)  # the first of those that are equally good
        refuse_other_packets(best.file)
        best.file.rename(workspace.folder / SOUND)
        verify_file(workspace.folder / SOUND, self._expectation())
        if self.film and self.channels == 1:
            # numpy takes a tenth of a second to load, and whoever plans a sound compares nothing
            from babelreel.media.sound.heard.film_sound import refuse_lost  # noqa: PLC0415 - see above

            refuse_lost(workspace.folder / self.film_name, self.film, workspace.folder / SOUND)
        document = self._described(source, best, len(rounds))
        (workspace.folder / LOUDNESS).write_text(json.dumps(document, sort_keys=True), encoding="ascii")

    def _rounds(self, workspace: Workspace, source: Loudness) -> Iterator[_Round]:
        level: Level | None = first_level(source, self.target, self.most_gain_db)
        for number in range(_MOST_ROUNDS):
            if level is None:
                return
            file = workspace.folder / f"round-{number}.m4a"
            self._run(workspace, self._encode_argv(level, file.name), file.name)
            result = measure_loudness(
                workspace.program(self.ffmpeg), file, duration_ms=self.duration_ms, is_cancelled=workspace.is_cancelled
            )
            yield _Round(level=level, result=result, file=file)
            workspace.report(min(0.9, 0.7 + number / 10))
            level = next_level(level, source, result, self.target, self.most_gain_db)

    def _run(self, workspace: Workspace, argv: tuple[str, ...], output: str) -> None:
        run_ffmpeg(
            workspace.program(self.ffmpeg),
            argv,
            cwd=workspace.folder,
            duration_ms=self.duration_ms,
            report=lambda _share: None,  # nobody knows how many calls there will be
            is_cancelled=workspace.is_cancelled,
            summed=(output,),
        )

    def _encode_argv(self, level: Level, output_name: str) -> tuple[str, ...]:
        return encoded_argv(
            self.codec,
            input_name=SAMPLES,
            output_name=output_name,
            gain_db=level.gain_db,
            ceiling_dbtp=level.ceiling_dbtp,
            kbps=self.kbps,
            channels=self.channels,
            duration_ms=self.duration_ms,
        )

    def _miss(self, each: _Round) -> tuple[Decimal, Decimal]:
        """Tell how far a round missed: first its peak, which may break sounds in a player, then its loudness."""
        return peak_excess(each.result, self.target), abs(loudness_error(each.result, self.target))

    def _expectation(self) -> Expectation:
        return Expectation(
            audio_codec=self.codec.value,
            channels=self.channels,
            sample_rate_hz=SAMPLE_RATE_HZ,
            duration_ms=self.duration_ms,
        )

    def _described(self, source: Loudness, best: _Round, rounds: int) -> Mapping[str, object]:
        return {
            "target": {
                name: value if isinstance(value, str) else float(value) for name, value in asdict(self.target).items()
            },
            "source": _measured(source),
            "gain_db": float(best.level.gain_db),
            "limiter": _limiter(source, best.level),
            "rounds": rounds,
            **_measured(best.result),
        }


def _limiter(source: Loudness, level: Level) -> Mapping[str, float] | None:
    """Say where the limiter held the peaks and by how much it lowered the highest; ``None`` where there was none."""
    ceiling = level.ceiling_dbtp
    if ceiling is None:
        return None
    return {"ceiling_dbtp": float(ceiling), "reduction_db": float(peak_after(source, level) - ceiling)}


def _measured(loudness: Loudness) -> Mapping[str, float | None]:
    values = {
        "loudness_lufs": loudness.lufs,
        "loudness_range_lu": loudness.range_lu,
        "true_peak_dbtp": loudness.peak_dbtp,
    }
    return {name: None if value is None else float(value) for name, value in values.items()}
