"""Through which filters does a picture go on its way to a rung?"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from babelreel.media.argv.filter_graph import Stream
from babelreel.model.film.cells import Footage
from babelreel.model.film.encoding_ladder import Frame
from babelreel.model.film.media import MediaInfo, VideoStream

#: PQ and HLG: without conversion such a film looks grey and flat on a normal screen.
_HDR_TRANSFERS = frozenset({"smpte2084", "arib-std-b67"})
#: Untagged films of this height or more are BT.709 by custom, smaller ones BT.601; players judge the same way.
_HD_HEIGHT_PX = 720
#: The sampling that keeps drawn edges clean; the other flags make the bytes the same on every processor.
_SCALE_FLAGS = "lanczos+accurate_rnd+full_chroma_int+bitexact"


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


def filter_cell(stream: Stream, film: MediaInfo, rate: Fraction, footage: Footage, *, behind: int) -> Stream:
    """Choose the frames of a cell at a rate; their time begins at 0.

    It ends so many frames ``behind`` the film's last one, which is held for them; less than 0 is before its end.
    ffmpeg has turned the picture upright before the first filter. The film must have a picture.
    """
    video = _picture_of(film)
    # the clock starts with the film: with -copyts the file's own timestamps arrive here
    stream = stream.filter("setpts", f"PTS-({film.start_us}/1000000)/TB")
    # start_time=0: a picture that starts late shows its first frame from the film's start on. After a seek it must be
    # left out: frames are then counted from the one that was found, and too few come out if that was too late
    from_start = {} if footage.seek_us is not None else {"start_time": 0}
    stream = stream.filter("fps", fps=_rational(rate), round="near", **from_start)
    if behind >= 0:
        # the last frame of a film may have no length of its own; what is too much is trimmed
        stream = stream.filter("tpad", stop=_spare_frames(video, rate) + behind, stop_mode="clone")
    # behind "fps" a tick is a frame, counted from the film's start
    stream = stream.filter("trim", start_pts=footage.cell.first, end_pts=footage.cell.end)
    stream = stream.filter("setpts", "PTS-STARTPTS")
    return _map_tones(stream, video) if is_hdr(video) else stream


def filter_picture(stream: Stream, film: MediaInfo, frame: Frame) -> Stream:
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


def filter_text(stream: Stream, text: DrawnText) -> Stream:
    """Draw text into a picture of its final size, so that the type is sharp.

    Text that begins ``lead`` frames earlier is drawn into copies of the first frame, which are then cut off.
    """
    # fixed names in the working folder need no escaping
    draw = {"filename": text.ass_name, "fontsdir": text.fonts_dir, "shaping": "complex"}
    if not text.lead:
        return stream.filter("ass", **draw)
    stream = stream.filter("tpad", start=text.lead, start_mode="clone").filter("ass", **draw)
    return stream.filter("trim", start_frame=text.lead).filter("setpts", "PTS-STARTPTS")


def _map_tones(stream: Stream, video: VideoStream) -> Stream:
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


def _rational(rate: Fraction) -> str:
    return f"{rate.numerator}/{rate.denominator}"
