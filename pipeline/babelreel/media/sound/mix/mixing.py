"""Mix recorded voices with the film's sound."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from babelreel.errors import RefusedError, StoppedError
from babelreel.graph.task import Json, Program, Workspace
from babelreel.media.argv.command_line import Output, command_words
from babelreel.media.argv.inputs import recording_input
from babelreel.media.argv.repeatable_bytes import ANY_PROCESSOR, BARE_FLOATS
from babelreel.media.argv.sounds import bed_argv
from babelreel.media.probe.told_sums import refuse_other_bytes
from babelreel.media.programs.capabilities import Extra
from babelreel.media.programs.run import GLOBAL_FLAGS, run_ffmpeg
from babelreel.media.sound.heard.readable_sound import readable_sound
from babelreel.media.sound.mix.mix_file import BED, MIX, check_mix, flac_argv
from babelreel.media.sound.mix.voice import FADE, TAIL, Patch, RunWords, VoicePart, cut_voice, voice_argv
from babelreel.model.film.media import MediaInfo
from babelreel.model.json_codec import encode, render_json
from babelreel.model.sound.ducking import DOWN_MS, UP_MS, Duck, Stretch
from babelreel.model.sound.mix_levels import MixLevels
from babelreel.model.sound.recordings import HEADROOM_DB, SAMPLE_RATE_HZ
from babelreel.model.sound.voice_level import (
    BALANCE_VERSION,
    BED_PEAK_DBFS,
    METER_DB,
    MOST_BED_GAIN_DB,
    MOST_DUCK_DB,
    VOICE_LUFS,
)
from babelreel.model.timecode import MS_PER_SECOND
from babelreel.system_errors import house_errors

#: The name of the output beside the mix.
LEVELS = "levels.json"

_FILM = "film.raw"
#: The shares of the work, for the progress that is reported: voices, bed, sum, file.
_STEPS = (0.0, 0.4, 0.6, 0.8, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bed:
    """What lies under the voices: the file ``name`` in the work folder.

    It is the sound of ``film``, or, without one, a stem of ``channels``.
    """

    name: str
    film: MediaInfo | None = None
    channels: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """How far each voice is above the bed at least, and the film's own sound, where the bed is another one."""

    margin_db: int
    film: Bed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MixDub:
    """Mixes voices over a bed: an ``Action`` of the task graph that makes ``MIX``, and ``LEVELS``, a ``MixLevels``.

    The mix is FLAC, 48 kHz, stereo, 24 bit, exactly ``length_ms`` long, ``HEADROOM_DB`` below full level. The bed goes
    down by ``duck_db`` for the stretches of ``ducking``, which are those of ``merge_stretches``; without a bed the
    voices are alone. ``spoken`` is what is measured, each for itself: takes, or passages. With a ``balance``, the bed
    is brought to the level of the voices, and goes down further where a voice is not above it enough.
    """

    ffmpeg: Program
    length_ms: int
    voice: tuple[VoicePart, ...]
    bed: Bed | None
    ducking: tuple[Stretch, ...]
    duck_db: int
    spoken: tuple[Stretch, ...] = ()
    balance: Balance | None = None

    @property
    def samples(self) -> int:
        """The length of the film."""
        return self.length_ms * SAMPLE_RATE_HZ // MS_PER_SECOND

    @property
    def extras(self) -> frozenset[Extra]:
        """What it needs of an ffmpeg that not every one has."""
        is_sped_up = any(part.tempo != 1 for part in self.voice)
        return frozenset({Extra.DUB, Extra.TEMPO} if is_sped_up else {Extra.DUB})

    def document(self) -> Mapping[str, Json]:
        """Return all that decides the result but the inputs."""
        return {
            "tool": "ffmpeg",
            "digest": self.ffmpeg.digest,
            "argv": [*GLOBAL_FLAGS, *self._bed_argv(self.bed), *flac_argv()],
            "voice": [
                [*voice_argv(part, ""), part.samples, part.start, part.first, part.end, str(part.tempo)]
                for part in self.voice
            ],
            "gains": [[[each.sample, str(each.gain_db)] for each in part.level.points] for part in self.voice],
            "samples": self.samples,
            "ducking": [[each.start, each.end] for each in self.ducking] if self.bed else [],
            "levels": [self.duck_db if self.bed else 0, HEADROOM_DB],
            "fades": [FADE, TAIL, DOWN_MS, UP_MS],
            "spoken": [[each.start, each.end] for each in self.spoken],
            "balance": self._balance_document(),
        }

    def perform(self, workspace: Workspace) -> None:
        """Cut and fit the voices, decode the bed, add them up, and verify the resulting file.

        Raises what ``run_ffmpeg`` raises; ``RefusedError`` for a voice that goes on behind the film's end, a recording
        that cannot be decoded, and a sum that clips; ``ToolError`` for a file that is not what was planned.
        """
        for part in self.voice:
            _refuse_beyond(part, self.samples)
        folder = workspace.folder
        patches = self._cut_voices(workspace)
        self.lay_bed(workspace)
        with house_errors(folder):
            digest = self._add_up(workspace, folder / BED, patches)
        self._run(workspace, flac_argv(), 3, MIX)
        check_mix(folder / MIX, self.samples, digest)

    def lay_bed(self, workspace: Workspace) -> None:
        """Decode what lies under the voices to ``BED``, which is empty where there is nothing."""
        folder = workspace.folder
        bed = folder / BED
        if self.bed:
            self._run(workspace, self._bed_argv(_readable(self.bed, folder)), 1, BED)
            refuse_other_bytes(bed)
        if self.balance and self.balance.film:
            self._run(workspace, self._film_argv(self.balance.film), 1, _FILM)
            refuse_other_bytes(folder / _FILM)
        with house_errors(bed):
            bed.open("ab").close()  # of a film without any sound

    def bed_gain(self, folder: Path) -> Decimal:
        """Choose the gain of what ``lay_bed`` left in a folder, whatever voices come over it."""
        from babelreel.media.sound.mix.balance import choose_bed_gain, measure_bed  # noqa: PLC0415 - as below

        if self.balance is None or self.bed is None:
            return Decimal(0)
        film = measure_bed(folder / _FILM) if self.balance.film else None
        return choose_bed_gain(measure_bed(folder / BED), film, is_film=self.bed.film is not None)

    def _cut_voices(self, workspace: Workspace) -> list[Patch]:
        patches = []
        for place, part in enumerate(self.voice):
            run = self._runner(workspace, _STEPS[1] * place / len(self.voice), _STEPS[1] / len(self.voice))
            with house_errors(workspace.folder):
                patches.append(cut_voice(part, workspace.folder, run, target=f"voice/{place}"))
        return patches

    def _run(self, workspace: Workspace, argv: tuple[str, ...], step: int, *summed: str) -> None:
        self._runner(workspace, _STEPS[step], _STEPS[step + 1] - _STEPS[step])(argv, *summed)

    def _runner(self, workspace: Workspace, done: float, share: float) -> RunWords:
        def run(argv: tuple[str, ...], *summed: str) -> None:
            run_ffmpeg(
                workspace.program(self.ffmpeg),
                argv,
                cwd=workspace.folder,
                duration_ms=self.length_ms,
                report=lambda part: workspace.report(done + share * part),
                is_cancelled=workspace.is_cancelled,
                summed=summed,
            )

        return run

    def _bed_argv(self, bed: Bed | None) -> tuple[str, ...]:
        if bed is None:
            return ()
        if bed.film:
            return bed_argv(bed.film, input_name=bed.name, output_name=BED, duration_ms=self.length_ms)
        return _stem_argv(bed, self.samples)

    def _film_argv(self, film: Bed) -> tuple[str, ...]:
        if film.film is None:
            return ()
        return bed_argv(film.film, input_name=film.name, output_name=_FILM, duration_ms=self.length_ms)

    def _balance_document(self) -> Json:
        if self.balance is None or self.bed is None:
            return []
        numbers = [VOICE_LUFS, self.balance.margin_db, MOST_BED_GAIN_DB, BED_PEAK_DBFS, MOST_DUCK_DB, METER_DB]
        film = self._film_argv(self.balance.film) if self.balance.film else ()
        return [BALANCE_VERSION, *map(str, numbers), *film]

    def _add_up(self, workspace: Workspace, bed: Path, patches: Sequence[Patch]) -> bytes:
        # numpy takes a tenth of a second to load, and whoever plans a mix adds nothing up
        from babelreel.media.sound.mix import adding_up, balance  # noqa: PLC0415 - see above

        def report(share: float) -> None:
            if workspace.is_cancelled():
                raise StoppedError(what="Stopped.", hint="Run the same command again to go on.")
            workspace.report(_STEPS[2] + (_STEPS[3] - _STEPS[2]) * share)

        gain, ducks = self._balanced(workspace.folder, bed, patches)
        digest = adding_up.add_up(bed, patches, bed_gain_db=gain, ducks=ducks, samples=self.samples, report=report)
        levels = MixLevels(bed_gain_db=gain, lines=tuple(balance.measure_lines(bed, patches, self.spoken)))
        (workspace.folder / LEVELS).write_text(render_json(encode(levels)), encoding="ascii", newline="\n")
        return digest

    def _balanced(self, folder: Path, bed: Path, patches: Sequence[Patch]) -> tuple[Decimal, tuple[Duck, ...]]:
        """Choose the gain of the bed, and how far it goes down for each stretch of ``ducking``."""
        from babelreel.media.sound.mix.balance import find_lack  # noqa: PLC0415 - as above

        gain = self.bed_gain(folder)
        if self.balance is None or self.bed is None:
            return gain, self.choose_ducks(())
        margin_db = self.balance.margin_db
        return gain, self.choose_ducks(
            [(each, find_lack(bed, patches, each, bed_gain_db=gain, margin_db=margin_db)) for each in self.spoken]
        )

    def choose_ducks(self, lacks: Sequence[tuple[Stretch, Decimal | None]]) -> tuple[Duck, ...]:
        """Let the bed go down under each stretch of ``ducking`` by ``duck_db``, and further where a line lacks more.

        ``lacks`` are those of ``find_lack``, each with its line.
        """
        most = Decimal(max(self.duck_db, MOST_DUCK_DB))
        return tuple(
            Duck(
                stretch=stretch,
                depth_db=min(
                    most, max([Decimal(self.duck_db), *(lack for line, lack in lacks if lack and _meet(line, stretch))])
                ),
            )
            for stretch in self.ducking
        )


def _meet(one: Stretch, other: Stretch) -> bool:
    return one.start < other.end and other.start < one.end


def _readable(bed: Bed, folder: Path) -> Bed:
    """Return a stem as ffmpeg can read it; a film is read by other rules."""
    if bed.film:
        return bed
    return replace(bed, name=readable_sound(folder / bed.name, folder).relative_to(folder).as_posix())


def _refuse_beyond(part: VoicePart, samples: int) -> None:
    beyond = part.start + part.length - samples
    if beyond > 0 or part.start < 0:
        raise RefusedError(
            what="A recording goes on behind the end of the film, and nothing spoken is cut off.",
            where=part.path,
            why=f"its voice ends {max(beyond, 0) / SAMPLE_RATE_HZ:.1f} s after the film",
            hint="Record it faster or shorten it, or see that it belongs to this version of the film.",
        )


def _stem_argv(bed: Bed, samples: int) -> tuple[str, ...]:
    filters = [
        # equal copies; the resampler would make each 3 dB quieter
        *(["channelmap=map=0-0|0-1:channel_layout=stereo"] if bed.channels == 1 else []),
        # rematrix_maxval=1: six channels are mixed so softly that no peak is cut off
        f"aresample={SAMPLE_RATE_HZ}:ochl=stereo:rematrix_maxval=1",
        f"aformat=sample_fmts=flt:sample_rates={SAMPLE_RATE_HZ}:channel_layouts=stereo",
        f"apad=whole_len={samples},atrim=end_sample={samples}",
    ]
    output = Output(name=BED, streams=("0:a:0",), options=(("af", ",".join(filters)), *BARE_FLOATS))
    return command_words(options=(ANY_PROCESSOR,), inputs=(recording_input(bed.name),), outputs=(output,))
