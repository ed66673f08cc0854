"""Choose the filters that bring a sound to a rung, and to the meter."""

from __future__ import annotations

from decimal import Decimal

from babelreel.media.argv.filter_graph import Stream
from babelreel.model.film.media import MediaInfo
from babelreel.model.sound.mono import MonoMix
from babelreel.model.sound.recordings import SAMPLE_RATE_HZ

#: At four samples for each of ours the highest one is the true peak (ITU-R BS.1770-4, annex 2).
_PEAK_RATE_HZ = 4 * SAMPLE_RATE_HZ

#: Longer than the filter of the resampler.
_EDGE_SAMPLES = 480

#: What the meter writes into the working folder: the loudness up to now every 100 ms, and the peak.
LOUDNESS_LOG = "loudness.txt"
PEAK_LOG = "peak.txt"

#: How far the limiter looks ahead and how slowly it lets go (ffmpeg's defaults): shorter crackles, longer pumps.
_ATTACK_MS, _RELEASE_MS = 5, 50

_STEREO = 2


def filter_sound(stream: Stream, film: MediaInfo, *, channels: int, duration_ms: int) -> Stream:
    """Bring a sound to 48 kHz, mono or stereo, from the film's start and exactly ``duration_ms`` long.

    The film must have a sound; the stream is the one that was taken when it was probed.
    """
    stream = stream.filter("asetpts", f"PTS-({film.start_us}/1000000)/TB")
    stream, is_mono = _one_channel(stream, film, channels)
    if is_mono and channels == _STEREO:
        # equal copies; the resampler would make each 3 dB quieter
        stream = stream.filter("channelmap", map="0-0|0-1", channel_layout="stereo")
    # async=1 fills gaps with silence, first_pts=0 fills or cuts up to the film's start;
    # rematrix_maxval=1 makes a mix of six channels so quiet that no peak is cut off
    resample: dict[str, str | int] = {"async": 1, "first_pts": 0, "rematrix_maxval": 1, "ochl": _layout(channels)}
    stream = stream.filter("aresample", SAMPLE_RATE_HZ, **resample)
    return _fit_length(stream.filter("aresample", SAMPLE_RATE_HZ, **resample), channels, duration_ms)


def _one_channel(stream: Stream, film: MediaInfo, channels: int) -> tuple[Stream, bool]:
    """Take one of two channels, or one side of more, where they cancel; tell whether there is one channel now."""
    heard, mono = film.heard, film.heard.mono if film.heard else MonoMix.AVERAGE
    # also where two are delivered of a film that is mirrored: the loudspeaker of a phone plays their sum
    if heard is None or mono is MonoMix.AVERAGE or (channels == _STEREO and not heard.is_mirrored):
        return stream, film.audio[0].channels == 1
    if film.audio[0].channels > _STEREO:
        # of more channels, left and right of their mix cancel one another
        stream = stream.filter("aresample", ochl="stereo", rematrix_maxval=1)
    return stream.filter("channelmap", map=0 if mono is MonoMix.LEFT else 1, channel_layout="mono"), True


def filter_mix(stream: Stream, *, channels: int, duration_ms: int) -> Stream:
    """Bring a mix of ours, stereo at 48 kHz from the film's start, to the given channels and length."""
    # rematrix_maxval=1: both channels become their average and not their sum
    stream = stream.filter("aresample", SAMPLE_RATE_HZ, rematrix_maxval=1, ochl=_layout(channels))
    return _fit_length(stream, channels, duration_ms)


def filter_level(
    stream: Stream,
    *,
    gain_db: Decimal,
    ceiling_dbtp: Decimal | None,
    channels: int,
    duration_ms: int,
) -> Stream:
    """Apply one gain to a sound from its first sample to its last and, with a ceiling, hold the true peak under it."""
    stream = stream.filter("volume", f"{gain_db}dB", precision="float")
    if ceiling_dbtp is not None:
        stream = stream.filter("aresample", _PEAK_RATE_HZ)  # the limiter sees samples only; here they are true peaks
        stream = stream.filter(
            "alimiter",
            limit=f"{10 ** (ceiling_dbtp / 20):.6f}",
            attack=_ATTACK_MS,
            release=_RELEASE_MS,
            level="disabled",  # otherwise it brings what it has limited up to 0 dB again
            latency=1,  # otherwise everything comes later by the time it looks ahead
        )
        stream = stream.filter("aresample", SAMPLE_RATE_HZ)
    return _fit_length(stream, channels, duration_ms)


def filter_meter(stream: Stream) -> Stream:
    """Measure loudness and true peak of a sound; they are written to ``LOUDNESS_LOG`` and ``PEAK_LOG``.

    The peak is not that of ``ebur128``, which leaves out the last stretch under 100 ms and writes it to the metadata in
    thousandths of full scale: too coarse for quiet sounds.
    """
    # dualmono: mono is measured as it is heard, from two loudspeakers
    stream = stream.filter("ebur128", metadata=1, dualmono=1).filter("ametadata", mode="print", file=LOUDNESS_LOG)
    # silence around it: the resampler mirrors what stands at an edge, and a click there would read higher or lower
    stream = stream.filter("adelay", f"{_EDGE_SAMPLES}S", all=1).filter("apad", pad_len=_EDGE_SAMPLES)
    # osf: astats would be given 16 bits, which end at 0 dB; a peak may be above
    stream = stream.filter("aresample", _PEAK_RATE_HZ, osf="fltp")
    measures = "Peak_level+RMS_level"  # the mean, because one sample that is not a number makes it so too
    stream = stream.filter("astats", metadata=1, measure_perchannel="none", measure_overall=measures)
    return stream.filter("ametadata", mode="print", file=PEAK_LOG)


def _fit_length(stream: Stream, channels: int, duration_ms: int) -> Stream:
    samples = duration_ms * SAMPLE_RATE_HZ // 1000
    stream = stream.filter(
        "aformat", sample_fmts="fltp", sample_rates=SAMPLE_RATE_HZ, channel_layouts=_layout(channels)
    )
    # no -shortest, which cuts where it likes: pad, then cut, both to the sample
    return stream.filter("apad", whole_len=samples).filter("atrim", end_sample=samples)


def _layout(channels: int) -> str:
    return "stereo" if channels == _STEREO else "mono"
