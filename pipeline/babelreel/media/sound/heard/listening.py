"""Decode a recorded sound from its first sample to its last, and describe what is in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from babelreel.errors import ToolError
from babelreel.media.argv.command_line import NOTHING, Option, Output, command_words
from babelreel.media.argv.inputs import heard_recording
from babelreel.media.argv.one_channel import one_channel
from babelreel.media.argv.repeatable_bytes import BARE_FLOATS, BARE_WHOLE_NUMBERS
from babelreel.media.probe.sound import (
    MOST_S,
    SoundHead,
    UnheardError,
    probe_sound,
    refuse_sound_file,
    too_long,
)
from babelreel.media.programs.run import run_ffmpeg
from babelreel.media.programs.temporary_folder import temporary_folder
from babelreel.media.sound.heard.cancelling import measure_mono
from babelreel.media.sound.heard.clipping import Height, measure_height
from babelreel.media.sound.heard.guide_pips import has_guide_pips
from babelreel.media.sound.heard.readable_sound import readable_sound
from babelreel.media.sound.heard.speech import SAMPLE_RATE_HZ as SPEECH_RATE_HZ
from babelreel.media.sound.heard.speech import join_speech, judge_speech
from babelreel.media.sound.heard.spoken_level import SpokenLevel, gains_to_be_found, measure_spoken_level
from babelreel.media.sound.heard.trim_silence import find_stretch, measure_levels
from babelreel.model.sound.guide_mark import has_guide_word, is_named_guide
from babelreel.model.sound.mono import MonoMix
from babelreel.model.sound.placing import samples_to_ms
from babelreel.model.sound.recordings import SAMPLE_RATE_HZ, SoundInfo
from babelreel.model.timecode import MS_PER_SECOND, Span

#: A word may be as short as this, and must not be cut off a take; as speech in a film it would count as noise.
_SHORTEST_WORD_MS = 96
#: How much shorter than it says a sound may be whose codec counts in frames of up to 50 ms.
_SLACK_S = Fraction(1, 10)
#: ffmpeg makes nothing at all of a handful of samples, and calls that an error.
_SHORTEST_S = Fraction(1, 100)
#: ``ebur128`` says this where it has measured nothing.
_NO_LOUDNESS = Decimal(-70)
_LOUDNESS = "lavfi.r128.I="
_WHOLE_BITS = 16

_OWN, _HEARD, _VOICE, _SPOKEN, _LOUD = "own.raw", "heard.raw", "voice.raw", "spoken.raw", "loud.txt"


def listen(  # noqa: PLR0913 - what is listened to, and how long
    ffmpeg_path: Path,
    path: Path,
    *,
    name: str,
    digest: str,
    most_s: int = MOST_S,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> SoundInfo:
    """Decode a sound to its end and describe it; what is wrong with the file stands in ``fault``, and nothing else.

    ``name`` is the path that the description bears, ``digest`` the SHA-256 of the file, which the caller knows. A sound
    of more than ``most_s`` seconds is a fault, whatever its file says of its length: no more of it is unpacked. Needs
    room for the decoded sound in the folder for temporary files: some 45 MB a minute. Raises ``NoSpaceError`` and
    ``MachineError``: a full disk, no ffmpeg; and ``StoppedError`` soon after ``is_cancelled`` has become true.
    """
    info = SoundInfo(path=name, digest=digest)
    try:
        info = replace(info, bytes=refuse_sound_file(path))
        with temporary_folder() as folder:
            readable = readable_sound(path, folder)
            head = probe_sound(readable, most_s)
            listener = _Listener(ffmpeg_path=ffmpeg_path, folder=folder, most_s=most_s, is_cancelled=is_cancelled)
            return _described(info, head, _decode(listener, readable, head))
    except UnheardError as fault:
        return replace(info, fault=str(fault))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listener:
    """What sounds are decoded with, where to, for how long at most, and what may end it."""

    ffmpeg_path: Path
    folder: Path
    most_s: int
    is_cancelled: Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Decoded:
    """The folder with a sound's bare samples, as they are and at the rates that are listened to."""

    folder: Path
    height: Height
    samples: int
    mono: MonoMix


def _described(info: SoundInfo, head: SoundHead, decoded: _Decoded) -> SoundInfo:
    folder = decoded.folder
    likelihoods = _judge(folder)
    heard = measure_levels(folder / _HEARD, channels=_heard_channels(head))
    words = tuple(join_speech(likelihoods or (), shortest_ms=_SHORTEST_WORD_MS))
    first, end = find_stretch(heard, words)
    is_silent = first >= end
    marks = any(has_guide_word(tag) for tag in head.tags) or is_named_guide(info.path)
    level = _spoken_level(folder, words, first, end)
    info = replace(
        info,
        codec=head.codec,
        sample_rate_hz=head.sample_rate_hz,
        channels=head.channels,
        bit_depth=head.bit_depth,
        samples=heard.samples,
        first=first,
        end=end,
        peak_dbfs=None if is_silent else decoded.height.peak_dbfs,
        loudness_lufs=None if is_silent else _loudness(folder / _LOUD),
        speech_lufs=level.speech_lufs,
        noise_lufs=level.noise_lufs,
        passages=level.passages,
        clipped=decoded.height.clipped,
        mono=decoded.mono,
        is_guide=marks or has_guide_pips(folder / _SPOKEN),
    )
    return replace(info, speech=None if likelihoods is None else _speech(likelihoods, info))


def _judge(folder: Path) -> tuple[int, ...] | None:
    """Judge how likely each window is speech; a quiet recording is heard at several levels: each finds other words."""
    found = [judge_speech(folder / _SPOKEN, gain=gain) for gain in gains_to_be_found(folder / _VOICE)]
    known = [each for each in found if each is not None]
    return tuple(max(each) for each in zip(*known, strict=True)) if known else None


def _spoken_level(folder: Path, words: Sequence[Span], first: int, end: int) -> SpokenLevel:
    if first >= end:
        return SpokenLevel(speech_lufs=None, noise_lufs=None, passages=())
    heard = Span(start_ms=samples_to_ms(first), end_ms=-samples_to_ms(-end))
    return measure_spoken_level(folder / _VOICE, heard=heard, speech=words)


def _speech(likelihoods: tuple[int, ...], info: SoundInfo) -> tuple[Span, ...]:
    """Return the stretches of speech; the last window may reach behind the sound."""
    cut = (Span(start_ms=each.start_ms, end_ms=min(each.end_ms, info.duration_ms)) for each in join_speech(likelihoods))
    return tuple(each for each in cut if each.duration_ms > 0)


def _decode(listener: _Listener, path: Path, head: SoundHead) -> _Decoded:
    """Decode a sound; once more where its channels cancel one another and one of them is to be used."""
    folder = listener.folder

    def decode(mono: MonoMix) -> _Decoded:
        def run() -> None:
            run_ffmpeg(
                listener.ffmpeg_path,
                _argv(path, head, mono, listener.most_s),
                cwd=folder,
                duration_ms=round((head.told_s or 0) * MS_PER_SECOND),
                report=lambda _share: None,
                is_cancelled=listener.is_cancelled,
            )

        return _decoded(run, head, listener, mono)

    decoded = decode(MonoMix.AVERAGE)
    mono = MonoMix.AVERAGE if _heard_channels(head) == 1 else measure_mono(folder / _HEARD, is_whole=True)
    return decoded if mono is MonoMix.AVERAGE else decode(mono)


def _decoded(run: Callable[[], None], head: SoundHead, listener: _Listener, mono: MonoMix) -> _Decoded:
    """Refuse what is damaged, ends too early, does not end or holds no numbers."""
    folder, failure = listener.folder, ""
    try:
        run()
    except ToolError as fault:
        failure = fault.why or fault.what
    height, held = Height(peak=0.0, clipped=0, nonsense=0), 0
    if (folder / _OWN).exists():
        held = (folder / _OWN).stat().st_size // (head.channels * (2 if _is_whole(head) else 4))
        if held > listener.most_s * head.sample_rate_hz:
            raise UnheardError(too_long(listener.most_s))
        height = measure_height(
            folder / _OWN, channels=head.channels, bit_depth=head.bit_depth, is_whole=_is_whole(head)
        )
    _refuse_broken(head, held, height, failure)
    return _Decoded(folder=folder, height=height, samples=held, mono=mono)


def _refuse_broken(head: SoundHead, held: int, height: Height, failure: str) -> None:
    held_s = Fraction(held, head.sample_rate_hz)
    slack_s = 0 if head.codec == "flac" else _SLACK_S
    if head.told_s is not None and held_s + slack_s < head.told_s:
        raise UnheardError(
            f"it breaks off: it should be {_render_s(head.told_s)} long, and only {_render_s(held_s)} can be read"
        )
    if failure and head.told_s is not None and head.told_s < _SHORTEST_S:
        raise UnheardError("it is so short that nothing can be heard in it")
    if failure:
        raise UnheardError(f"it is damaged after {_render_s(held_s)} ({failure})")
    if not held:
        raise UnheardError("there is no sound in it")
    if height.nonsense:
        raise UnheardError(f"{height.nonsense} of its samples are no numbers: export it again as FLAC or 24-bit WAV")


def _render_s(seconds: Fraction) -> str:
    return f"{float(seconds):.2f} s"


def _is_whole(head: SoundHead) -> bool:
    return 0 < head.bit_depth <= _WHOLE_BITS and not head.is_float


def _heard_channels(head: SoundHead) -> int:
    return min(2, head.channels)


def _argv(path: Path, head: SoundHead, mono: MonoMix, most_s: int) -> tuple[str, ...]:
    """Write the samples as they are, at 48 kHz, as they are mixed and as speech is found in them; measure the loudness.

    Nothing is filled where timestamps have gaps: samples are counted as they come, here and when a take is placed.
    """
    layout = "mono" if _heard_channels(head) == 1 else "stereo"
    graph = ";".join(
        (
            "[0:a:0]asplit=5[own][to_hear][to_mix][to_judge][to_measure]",
            f"[to_hear]aresample={SAMPLE_RATE_HZ},aformat=sample_fmts=s16:channel_layouts={layout}[heard]",
            f"[to_mix]{','.join(one_channel(mono))},aformat=sample_fmts=flt:channel_layouts=mono[voice]",
            f"[to_judge]{_to_judge(mono)},aformat=sample_fmts=s16:channel_layouts=mono[spoken]",
            # dualmono: one channel is heard from two loudspeakers; the log would hold a line for every 100 ms
            "[to_measure]ebur128=dualmono=true:metadata=true:framelog=quiet[loud]",
            f"[loud]ametadata=mode=print:key=lavfi.r128.I:file={_LOUD}[measured]",
        )
    )
    own = BARE_WHOLE_NUMBERS if _is_whole(head) else BARE_FLOATS
    longest: Option = ("t", most_s + 1)  # a header may say less than there is, and the disk is not endless
    outputs = (
        Output(name=_OWN, streams=("[own]",), options=(longest, *own)),
        Output(name=_HEARD, streams=("[heard]",), options=(longest, *BARE_WHOLE_NUMBERS)),
        Output(name=_VOICE, streams=("[voice]",), options=(longest, *BARE_FLOATS)),
        Output(name=_SPOKEN, streams=("[spoken]",), options=(longest, *BARE_FLOATS)),
        Output(name=NOTHING, streams=("[measured]",), options=(longest, ("f", "null"))),
    )
    return command_words(inputs=(heard_recording(path),), outputs=outputs, graph=graph)


def _to_judge(mono: MonoMix) -> str:
    if mono is MonoMix.AVERAGE:
        return f"aresample={SPEECH_RATE_HZ}"
    return ",".join(one_channel(mono, SPEECH_RATE_HZ))


def _loudness(path: Path) -> Decimal | None:
    """Read the last value that was written: the integrated loudness of all; ``None`` below 400 ms (BS.1770)."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 4096))
        lines = file.read().decode("ascii", "replace").splitlines()
    values = [line.removeprefix(_LOUDNESS) for line in lines if line.startswith(_LOUDNESS)]
    found = Decimal(values[-1]).quantize(Decimal("0.01")) if values else _NO_LOUDNESS
    return found if found > _NO_LOUDNESS else None
