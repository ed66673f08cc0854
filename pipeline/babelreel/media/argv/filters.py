"""Through which filters do picture and sound go on their way to a rung?

Built with ffmpeg-python, which escapes too much for some filters (``pan=stereo|c0=c0`` breaks): no value below holds an
equals sign, and all are made of numbers and fixed names.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Any

from babelreel.model.film.cells import Footage
from babelreel.model.film.encoding_ladder import Frame
from babelreel.model.film.media import MediaInfo, VideoStream

SAMPLE_RATE_HZ = 48_000
#: At four samples for each of ours the highest one is the true peak (ITU-R BS.1770-4, annex 2).
_PEAK_RATE_HZ = 4 * SAMPLE_RATE_HZ

#: Longer than the filter of the resampler.
_EDGE_SAMPLES = 480

#: What the meter writes into the working folder: the loudness up to now every 100 ms, and the peak.
LOUDNESS_LOG = "loudness.txt"
PEAK_LOG = "peak.txt"

#: The limiter looks so far ahead and lets go so slowly (ffmpeg's defaults): shorter crackles, longer pumps.
_ATTACK_MS, _RELEASE_MS = 5, 50

#: PQ and HLG: without conversion such a film looks grey and flat on a normal screen.
_HDR_TRANSFERS = frozenset({"smpte2084", "arib-std-b67"})
#: Untagged films of this height or more are BT.709 by custom, smaller ones BT.601; players judge the same way.
_HD_HEIGHT_PX = 720
#: The sampling that keeps drawn edges clean; the other flags make the bytes the same on every processor.
_SCALE_FLAGS = "lanczos+accurate_rnd+full_chroma_int+bitexact"

_STEREO = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnText:
    """Text to draw: an ASS file and a folder of fonts, both in the working folder.

    Its time begins ``lead`` frames before that of the picture.
    """

    ass_name: str
    fonts_dir: str
    lead: int = 0


def is_hdr(video: VideoStream) -> bool:
    """Tell whether a picture has a high dynamic range and must be brought to a normal one."""
    return video.color_transfer in _HDR_TRANSFERS


def filter_cell(stream: Any, film: MediaInfo, rate: Fraction, footage: Footage, *, is_last: bool) -> Any:  # noqa: ANN401 - ffmpeg-python has no types
    """Choose the frames of a cell at a rate; their time begins at 0.

    ffmpeg has turned the picture upright before the first filter. The film must have a picture.
    """
    video = _picture_of(film)
    # the clock starts with the film: with -copyts the file's own timestamps arrive here
    stream = stream.filter("setpts", f"PTS-({film.start_us}/1000000)/TB")
    # start_time=0: a picture that starts late shows its first frame from the film's start on. After a seek it must be
    # left out: frames are then counted from the one that was found, and too few come out if that was too late
    from_start = {} if footage.seek_us is not None else {"start_time": 0}
    stream = stream.filter("fps", fps=_rational(rate), round="near", **from_start)
    if is_last:
        # the last frame of a film may have no length of its own; what is too much is trimmed
        stream = stream.filter("tpad", stop=_spare_frames(video, rate), stop_mode="clone")
    # behind "fps" a tick is a frame, counted from the film's start
    stream = stream.filter("trim", start_pts=footage.cell.first, end_pts=footage.cell.end)
    stream = stream.filter("setpts", "PTS-STARTPTS")
    return _map_tones(stream, video) if is_hdr(video) else stream


def filter_picture(stream: Any, film: MediaInfo, frame: Frame) -> Any:  # noqa: ANN401 - as above
    """Bring frames of ``filter_cell`` to size, colours and 8-bit 4:2:0 of a rung."""
    video = _picture_of(film)
    stream = stream.filter(
        "scale",
        frame.width_px,
        frame.height_px,
        flags=_SCALE_FLAGS,
        in_color_matrix="bt709" if is_hdr(video) else _source_matrix(video),
        out_color_matrix="bt709",
        out_range="tv",
    )
    # the size is the display size, so pixels are square now; 10 bits become 8, which every browser decodes
    stream = stream.filter("setsar", 1).filter("format", "yuv420p")
    return stream.filter(
        "setparams", colorspace="bt709", color_primaries="bt709", color_trc="bt709", range="tv", field_mode="prog"
    )


def _picture_of(film: MediaInfo) -> VideoStream:
    if film.video is None:
        raise AssertionError  # probe_media lets no film without a picture pass
    return film.video


def filter_text(stream: Any, text: DrawnText) -> Any:  # noqa: ANN401 - as above
    """Draw text into a picture of its final size, so that the type is sharp.

    Text that begins ``lead`` frames earlier is drawn into copies of the first frame, which are then cut off.
    """
    # fixed names in the working folder need no escaping
    draw = {"filename": text.ass_name, "fontsdir": text.fonts_dir, "shaping": "complex"}
    if not text.lead:
        return stream.filter("ass", **draw)
    stream = stream.filter("tpad", start=text.lead, start_mode="clone").filter("ass", **draw)
    return stream.filter("trim", start_frame=text.lead).filter("setpts", "PTS-STARTPTS")


def filter_sound(stream: Any, film: MediaInfo, *, channels: int, duration_ms: int) -> Any:  # noqa: ANN401 - as above
    """Bring a sound to 48 kHz, mono or stereo, from the film's start and exactly as long as told.

    The film must have a sound; its first one is taken, which players play too.
    """
    stream = stream.filter("asetpts", f"PTS-({film.start_us}/1000000)/TB")
    if film.audio[0].channels == 1 and channels == _STEREO:
        # equal copies; the resampler would make each 3 dB quieter
        stream = stream.filter("channelmap", map="0-0|0-1", channel_layout="stereo")
    # async=1 fills gaps with silence, first_pts=0 fills or cuts up to the film's start;
    # rematrix_maxval=1 makes a mix of six channels so quiet that no peak is cut off
    resample = {"async": 1, "first_pts": 0, "rematrix_maxval": 1, "ochl": _layout(channels)}
    stream = stream.filter("aresample", SAMPLE_RATE_HZ, **resample)
    return _fit_length(stream.filter("aresample", SAMPLE_RATE_HZ, **resample), channels, duration_ms)


def filter_mix(stream: Any, *, channels: int, duration_ms: int) -> Any:  # noqa: ANN401 - as above
    """Bring a mix of ours, stereo at 48 kHz from the film's start, to the channels and the length told."""
    # rematrix_maxval=1: both channels become their average and not their sum
    stream = stream.filter("aresample", SAMPLE_RATE_HZ, rematrix_maxval=1, ochl=_layout(channels))
    return _fit_length(stream, channels, duration_ms)


def filter_level(
    stream: Any,  # noqa: ANN401 - as above
    *,
    gain_db: Decimal,
    ceiling_dbtp: Decimal | None,
    channels: int,
    duration_ms: int,
) -> Any:  # noqa: ANN401 - as above
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


def filter_meter(stream: Any) -> Any:  # noqa: ANN401 - as above
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
    measures = "Peak_level+RMS_level"  # the mean, because one sample that is no number makes it none
    stream = stream.filter("astats", metadata=1, measure_perchannel="none", measure_overall=measures)
    return stream.filter("ametadata", mode="print", file=PEAK_LOG)


def _fit_length(stream: Any, channels: int, duration_ms: int) -> Any:  # noqa: ANN401 - as above
    samples = duration_ms * SAMPLE_RATE_HZ // 1000
    stream = stream.filter(
        "aformat", sample_fmts="fltp", sample_rates=SAMPLE_RATE_HZ, channel_layouts=_layout(channels)
    )
    # no -shortest, which cuts where it likes: pad, then cut, both to the sample
    return stream.filter("apad", whole_len=samples).filter("atrim", end_sample=samples)


def _map_tones(stream: Any, video: VideoStream) -> Any:  # noqa: ANN401 - as above
    """Bring PQ or HLG in BT.2020 to BT.709: to linear light, compress what is too bright, and back.

    The source is told in full, because films often lack the tags. 100 cd/m2 is a normal screen's white.
    """
    return (
        stream.filter("zscale", tin=video.color_transfer, min="2020_ncl", pin="2020", transfer="linear", npl=100)
        .filter("format", "gbrpf32le")
        .filter("zscale", primaries="709")
        .filter("tonemap", tonemap="hable", desat=0)
        .filter("zscale", transfer="709", matrix="709", range="limited")
        .filter("format", "yuv420p")
    )


def _source_matrix(video: VideoStream) -> str:
    if video.color_matrix:
        return "auto"
    return "bt709" if min(video.display_height_px, video.display_width_px) >= _HD_HEIGHT_PX else "bt601"


def _spare_frames(video: VideoStream, rate: Fraction) -> int:
    """Give how many copies of the last frame may be added: rounding, or the unknown length of a last frame."""
    return ceil(rate / 4) if video.is_variable_rate else 2


def _rational(rate: Any) -> str:  # noqa: ANN401 - Fraction
    return f"{rate.numerator}/{rate.denominator}"


def _layout(channels: int) -> str:
    return "stereo" if channels == _STEREO else "mono"
