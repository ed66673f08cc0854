"""Cut and fit a recording to exactly those samples that are heard in the film.

A take is cut to the sample where its voice begins and ends, with a few milliseconds of the recording around it over
which it is faded, and sped up where it must be.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Protocol

from babelreel.errors import RefusedError, ToolError
from babelreel.media.argv.command_line import Output, command_words
from babelreel.media.argv.inputs import recording_input
from babelreel.media.argv.one_channel import one_channel
from babelreel.media.argv.repeatable_bytes import ANY_PROCESSOR, BARE_FLOATS
from babelreel.media.probe.told_sums import refuse_other_bytes
from babelreel.media.sound.heard.readable_sound import readable_sound
from babelreel.model.sound.decibels import ratio_of_db
from babelreel.model.sound.mono import MonoMix
from babelreel.model.sound.recordings import SAMPLE_RATE_HZ, ms_to_samples
from babelreel.model.sound.voice_level import AS_RECORDED, VoiceLevel

#: A cut without a fade clicks; over a few milliseconds nobody hears it as a fade.
FADE = ms_to_samples(5)
#: What is kept behind the voice's end: the filter that speeds up lets a last sound end up to 15 ms late (measured).
#: Together with the fade it is shorter than the breath between two lines.
TAIL = ms_to_samples(20)
#: Even a recording that begins in the middle of a sound gets so much of a fade.
_LEAST_FADE = ms_to_samples(1)
#: Silence before and behind what is sped up: the filter swallows 4 ms of what begins at once (measured).
_PAD = ms_to_samples(100)
#: Sped up by 1.3, a voice begins up to 7 ms late (measured); it is looked for around where it belongs.
_LOOK = ms_to_samples(30)
#: The start of a voice is found by its first sample above a quarter of the largest in this time.
_ATTACK = ms_to_samples(100)
_ATTACK_SHARE = 4
#: Resamplers and decoders may differ by some samples on how long a recording is; more is another recording.
_SLACK = ms_to_samples(2)

#: Bytes of a sample as they lie in the files of this module: 32-bit floats, little-endian, one channel.
SAMPLE_BYTES = 4

PLAIN = "plain.f32"
FITTED = "fitted.f32"


class RunWords(Protocol):
    """Runs ffmpeg with some words in the work folder, and has it report the sums of what is ``summed``."""

    def __call__(self, argv: tuple[str, ...], *summed: str) -> None: ...  # noqa: D102 - its class says it


@dataclass(frozen=True, slots=True, kw_only=True)
class VoicePart:
    """A recording in the film: its samples from ``first`` up to ``end`` are heard from ``start`` of the film on.

    They are played ``tempo`` times as fast. ``name`` is the file in the work folder, ``samples`` its length, and
    ``path`` what the user calls it, for errors only.
    """

    name: str
    path: str
    samples: int
    start: int
    first: int
    end: int
    tempo: Fraction = Fraction(1)
    mono: MonoMix = MonoMix.AVERAGE
    level: VoiceLevel = AS_RECORDED

    @property
    def length(self) -> int:
        """How many samples of the film it takes."""
        return round((self.end - self.first) / self.tempo)

    @property
    def lead(self) -> int:
        """How many samples before the voice begins are kept, to be faded in."""
        kept = min(FADE, self.start)
        return kept if self.tempo != 1 else min(kept, self.first)

    @property
    def tail(self) -> int:
        """How many samples behind the voice's end are kept, to be faded out."""
        return TAIL if self.tempo != 1 else min(TAIL, self.samples - self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """Samples to be heard from ``start`` of the film on: ``length`` of a file of 32-bit floats, from ``offset`` on.

    ``gains`` are the factors of its level, each from a sample of the film on.
    """

    path: Path
    offset: int
    start: int
    length: int
    fade_in: int
    fade_out: int
    gains: tuple[tuple[int, float], ...] = ()


def cut_voice(part: VoicePart, folder: Path, run: RunWords, *, target: str) -> Patch:
    """Decode, cut and fit one recording; what it is made of is written to the folder ``target`` below ``folder``.

    Raises what ``run`` raises, ``ToolError`` for a recording that cannot be decoded any more, and
    ``RefusedError`` for one that is shorter than it was.
    """
    (folder / target).mkdir(parents=True)
    made = [f"{target}/{name}" for name in ((PLAIN,) if part.tempo == 1 else (PLAIN, FITTED))]
    try:
        readable = readable_sound(folder / part.name, folder / target).relative_to(folder)
        run(voice_argv(replace(part, name=readable.as_posix()), target), *made)
    except ToolError as fault:
        raise ToolError(
            what="A recording cannot be decoded.",
            where=part.path,
            why=fault.why,
            hint="Export it from a sound editor as WAV, 48 kHz.",
        ) from fault
    for name in made:
        refuse_other_bytes(folder / name)
    plain = folder / target / PLAIN
    if part.tempo == 1:
        _check_length(part, plain, part.lead + part.length + part.tail)
        path, offset = plain, 0
    else:
        path = folder / target / FITTED
        origin = _origin(part, plain, path)
        offset = origin - part.lead
        _check_length(part, path, origin + part.length + part.tail)
    return Patch(
        path=path,
        offset=offset,
        start=part.start - part.lead,
        length=part.lead + part.length + part.tail,
        fade_in=max(_LEAST_FADE, part.lead),
        fade_out=max(_LEAST_FADE, min(FADE, part.tail)),
        gains=tuple(
            (part.start + round((each.sample - part.first) / part.tempo), ratio_of_db(each.gain_db))
            for each in part.level.points
        ),
    )


def voice_argv(part: VoicePart, target: str) -> tuple[str, ...]:
    """Decode a recording to one channel at 48 kHz, cut to the sample; also sped up, where it must be."""
    filters = [
        *one_channel(part.mono),
        f"aformat=sample_fmts=flt:sample_rates={SAMPLE_RATE_HZ}:channel_layouts=mono",
        "asetpts=N/SR/TB",  # samples are counted: a clock that jumps would let the cut below lose some
        f"atrim=start_sample={part.first - _before(part)}:end_sample={part.end + _behind(part)}",
        "asetpts=N/SR/TB",
    ]
    chain = f"[0:a:0]{','.join(filters)}"
    outputs: tuple[Output, ...]
    if part.tempo == 1:
        graph, outputs = f"{chain}[plain]", (_samples("[plain]", f"{target}/{PLAIN}"),)
    else:
        pads = f"adelay=delays={_PAD}S,apad=pad_len={_PAD}"
        # the other filter that does this, atempo, is off by up to 17 ms
        stretch = f"rubberband=tempo={float(part.tempo):.3f}"
        graph = f"{chain},asplit[plain][copy];[copy]{pads},{stretch}[fitted]"
        outputs = (_samples("[plain]", f"{target}/{PLAIN}"), _samples("[fitted]", f"{target}/{FITTED}"))
    return command_words(options=(ANY_PROCESSOR,), inputs=(recording_input(part.name),), outputs=outputs, graph=graph)


def _samples(link: str, name: str) -> Output:
    return Output(name=name, streams=(link,), options=BARE_FLOATS)


def _before(part: VoicePart) -> int:
    """Count how many samples of the recording before the voice are taken: what was said faster needs no more."""
    return min(FADE, part.first)


def _behind(part: VoicePart) -> int:
    return min(2 * TAIL if part.tempo != 1 else TAIL, part.samples - part.end)


def _origin(part: VoicePart, plain: Path, fitted: Path) -> int:
    """Find the sample of the fitted voice that belongs where the line begins.

    The filter moves each voice by some other milliseconds: its attack is found in both, and the move is undone. A voice
    that swells too slowly for that stays where the filter put it.
    """
    import numpy as np  # noqa: PLC0415 - a tenth of a second, which whoever plans a mix need not wait for

    before = _before(part)
    expected = round(Fraction(_PAD + before) / part.tempo)
    voice = np.abs(np.fromfile(plain, "<f4", count=_ATTACK, offset=SAMPLE_BYTES * before))
    level = voice.max(initial=0) / _ATTACK_SHARE
    attack = int(np.argmax(voice > level)) if level else 0
    belongs = expected + round(attack / part.tempo)
    start = max(0, belongs - _LOOK)
    heard = np.abs(np.fromfile(fitted, "<f4", count=2 * _LOOK, offset=SAMPLE_BYTES * start)) > level
    return expected + (start + int(np.argmax(heard)) - belongs if level and heard.any() else 0)


def _check_length(part: VoicePart, path: Path, wanted: int) -> None:
    """Make a file exactly long enough to be read from; some samples more or less are the decoder's."""
    found = path.stat().st_size // SAMPLE_BYTES
    if found < wanted - _SLACK:
        raise RefusedError(
            what="A recording is shorter than it was when it was looked at.",
            where=part.path,
            why=f"{wanted - found} samples of 48 kHz are missing",
            hint="Run the same command again. If that does not help, export the recording again as WAV.",
        )
    if found < wanted:
        with path.open("ab") as file:
            file.truncate(SAMPLE_BYTES * wanted)
