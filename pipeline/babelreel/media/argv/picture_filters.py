"""Choose the filters that bring a picture to a rung."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from babelreel.media.argv.filter_graph import Stream
from babelreel.model.film.cells import Footage
from babelreel.model.film.composition import Area
from babelreel.model.film.ladder.encoding_ladder import Frame
from babelreel.model.film.media import MediaInfo, VideoStream
from babelreel.model.film.treatment import Colours, fit_shape, treat, upright_edges, visible_size

#: Untagged films of this height or more are BT.709 by custom, smaller ones BT.601; players judge the same way.
_HD_HEIGHT_PX = 720
#: The matrix of films in wide colours that do not name it; both swscale and zscale know these names.
_MATRICES = {"bt2020": "bt2020nc", "smpte431": "bt709", "smpte432": "bt709"}
#: White paper in PQ and HLG (ITU-R BT.2408), which is white on a normal screen; and how bright a highlight is mastered.
_HDR_WHITE_NITS, _HDR_PEAK_NITS = 203, 1000
#: The sampling that keeps drawn edges clean; the other flags make the bytes the same on every processor.
EXACT_FLAGS = "lanczos+accurate_rnd+full_chroma_int+bitexact"

#: Filters that bring the first line of a turned picture to the top again, by its rotation, and then back.
_LINES_BACK = {90: ("transpose", "cclock_flip"), 180: ("vflip",), 270: ("transpose", "clock_flip")}


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnText:
    """Text to draw: an ASS file and a folder of fonts, both in the working folder.

    Its time begins ``lead`` frames before that of the picture. ``more_name`` is a second file, drawn over it.
    """

    ass_name: str
    fonts_dir: str
    lead: int = 0
    more_name: str = ""


def filter_cell(stream: Stream, film: MediaInfo, rate: Fraction, footage: Footage, *, behind: int) -> Stream:
    """Choose the frames of a cell at a rate; their time begins at 0.

    It ends so many frames ``behind`` the film's last one, which is held for them; less than 0 is before its end.
    ffmpeg has turned the picture upright before the first filter. The film must have a picture.
    """
    video = _picture_of(film)
    # the clock starts with the film: with -copyts the file's own timestamps arrive here
    stream = stream.filter("setpts", f"PTS-({film.start_us}/1000000)/TB")
    if video.hidden:
        stream = _hide_edges(stream, video)
    treatment = treat(video)
    if treatment.drops_captions:
        stream = stream.filter("sidedata", mode="delete", type="A53_CC")  # libx264 writes them else
    if treatment.drops_colour_profile:
        stream = stream.filter("sidedata", mode="delete", type="ICC_PROFILE")  # JPEG files would get it
    if treatment.is_deinterlaced:
        stream = _deinterlace(stream, video)
    if video.later_shapes:
        stream = _keep_shape(stream, video)
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
    return _convert_colours(stream, video)


def _hide_edges(stream: Stream, video: VideoStream) -> Stream:
    """Cut off what the container hides; ffmpeg does so itself from 7.1 on, so that nothing is left to cut."""
    width, height = visible_size(video)
    edges = upright_edges(video)
    if video.rotation in {90, 270}:
        width, height = height, width
    horizontal, vertical = max(1, edges.left_px + edges.right_px), max(1, edges.top_px + edges.bottom_px)
    place = {"x": f"(iw-ow)*{edges.left_px}/{horizontal}", "y": f"(ih-oh)*{edges.top_px}/{vertical}"}
    return stream.filter("crop", f"min(iw,{width})", f"min(ih,{height})", **place)


def _deinterlace(stream: Stream, video: VideoStream) -> Stream:
    """Make whole frames of fields while the picture lies as it was filmed: once it is turned, lines are columns."""
    turn = _LINES_BACK.get(video.rotation)
    stream = stream.filter(turn[0], *turn[1:]) if turn else stream
    # one frame for each frame: 50 would be smoother, but cost a family's phone twice the data, and most phone files
    # have 25 anyway; which lines come first, and whether it is interlaced at all, each frame tells
    stream = stream.filter("bwdif", mode="send_frame", parity="auto", deint="interlaced")
    return stream.filter(turn[0], *turn[1:]) if turn else stream


def _keep_shape(stream: Stream, video: VideoStream) -> Stream:
    """Fit every later shape whole into the first one, with black beside or above it. A frame of the first is untouched.

    The time tells which shape it is, and not the frame: ffmpeg shows all frames the pixels' shape of the first one.
    """
    width, height = str(video.width_px), str(video.height_px)
    for shape in video.later_shapes:
        fitted_width, fitted_height = fit_shape(video, shape)
        # a millisecond early: timestamps may be rounded to one
        when = f"lt(t,{shape.from_ms - 1}/1000)"
        width, height = f"if({when},{width},{fitted_width})", f"if({when},{height},{fitted_height})"
    stream = stream.filter("scale", width, height, eval="frame", flags=EXACT_FLAGS)
    middle = {"x": "(ow-iw)/2", "y": "(oh-ih)/2", "eval": "frame", "color": "black"}
    return stream.filter("pad", video.width_px, video.height_px, **middle)


def filter_picture(stream: Stream, film: MediaInfo, frame: Frame, area: Area | None = None) -> Stream:
    """Bring frames of ``filter_cell`` to size, colours and 8-bit 4:2:0 of a rung.

    In an edition the whole film is shown in an ``area`` of the picture, with black around it.
    """
    video = _picture_of(film)
    width_px, height_px = (area.width_px, area.height_px) if area else (frame.width_px, frame.height_px)
    stream = stream.filter(
        "scale",
        width_px,
        height_px,
        flags=EXACT_FLAGS,
        in_color_matrix=_source_matrix(video),
        out_color_matrix="bt709",
        out_range="tv",
    )
    # the size is the display size, so pixels are square now; 10 bits become 8, which every browser decodes
    stream = stream.filter("setsar", 1).filter("format", "yuv420p")
    if area:
        place = {"x": area.left_px, "y": area.top_px}
        stream = stream.filter("pad", frame.width_px, frame.height_px, **place, color="black")
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
    if text.lead:
        stream = stream.filter("tpad", start=text.lead, start_mode="clone")
    for name in (text.ass_name, text.more_name):
        if name:
            stream = stream.filter("ass", filename=name, fontsdir=text.fonts_dir, shaping="complex")
    if not text.lead:
        return stream
    return stream.filter("trim", start_frame=text.lead).filter("setpts", "PTS-STARTPTS")


def _convert_colours(stream: Stream, video: VideoStream) -> Stream:
    """Bring colours to BT.709 where they are others. The film's own are named in full: its tags are often missing."""
    treatment = treat(video)
    if treatment.colours is Colours.KEPT:
        return stream
    by_custom = _MATRICES[treatment.primaries]
    is_rgb = video.color_matrix == "gbr"
    # zscale takes no odd size in which four pixels share a colour: each gets its own
    to_matrix = {"out_color_matrix": by_custom} if is_rgb else {}
    stream = stream.filter("scale", flags=EXACT_FLAGS, **to_matrix).filter("format", "yuv444p10le")
    matrix = video.color_matrix if video.color_matrix and not is_rgb else by_custom
    if treatment.colours is Colours.TONE_MAPPED:
        stream = _map_tones(stream, video.color_transfer, matrix)
    else:
        stream = _narrow(stream, treatment.primaries, video.color_transfer, matrix)
    # what the film said of its colours and screens (HDR10, HDR10+, Dolby Vision) is no longer true
    return stream.filter("sidedata", mode="delete")


def _map_tones(stream: Stream, transfer: str, matrix: str) -> Stream:
    """Bring PQ or HLG in BT.2020 to BT.709: to linear light, compress what is brighter than paper, and back.

    Everything up to three quarters of white keeps its brightness and its colour.
    """
    film = {"pin": "bt2020", "tin": transfer, "min": matrix}
    # agamma=0: otherwise each colour of HLG is made brighter by itself, and red is too red (BT.2100 goes by brightness)
    return (
        stream.filter("zscale", **film, transfer="linear", primaries="709", npl=_HDR_WHITE_NITS, agamma=0)
        .filter("format", "gbrpf32le")
        .filter("tonemap", tonemap="mobius", param="0.75", peak=f"{_HDR_PEAK_NITS / _HDR_WHITE_NITS:.2f}", desat=0)
        .filter("zscale", transfer="709", matrix="709", range="limited")
        .filter("format", "yuv444p10le")
    )


def _narrow(stream: Stream, primaries: str, transfer: str, matrix: str) -> Stream:
    """Bring wide primaries to those of BT.709, with the film's own curve on both sides: greys stay as they are."""
    curve = transfer or "bt709"
    film = {"pin": primaries, "tin": curve, "min": matrix}
    return stream.filter("zscale", **film, primaries="709", transfer=curve, matrix="709", range="limited")


def _source_matrix(video: VideoStream) -> str:
    if treat(video).colours is not Colours.KEPT:
        return "bt709"
    if video.color_matrix:
        return "auto"
    return "bt709" if min(video.display_height_px, video.display_width_px) >= _HD_HEIGHT_PX else "bt601"


def _spare_frames(video: VideoStream, rate: Fraction) -> int:
    """Count how many copies of the last frame may be added: rounding, or the unknown length of a last frame."""
    return ceil(rate / 4) if video.is_variable_rate else 2


def _rational(rate: Fraction) -> str:
    return f"{rate.numerator}/{rate.denominator}"
