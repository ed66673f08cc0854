"""Build ffmpeg's arguments for single frames of a film, and for a line that is drawn into one.

Pure, as ``pictures``: the same chain of filters, divided between the picture and its text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from babelreel.media.argv.command_line import Input, Option, Output, by_name, command_words
from babelreel.media.argv.filter_graph import Stream, stream_of
from babelreel.media.argv.inputs import film_input
from babelreel.media.argv.picture_filters import EXACT_FLAGS, DrawnText, filter_picture, filter_text
from babelreel.media.argv.pictures import cell_frames, copied
from babelreel.media.argv.repeatable_bytes import BIT_EXACT
from babelreel.model.film.cells import Footage
from babelreel.model.film.composition import Area
from babelreel.model.film.ladder.encoding_ladder import Frame
from babelreel.model.film.media import MediaInfo

#: JPEG quality of ffmpeg's scale from 2 (best) to 31: no visible artefacts in drawn letters.
_JPEG: tuple[Option, ...] = (("c:v", "mjpeg"), ("q:v", 3), ("huffman", "optimal"))


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenFrame:
    """One frame of a cell, counted from its first, at a size: 4:2:0 as it is in memory; ``area`` as in a ``Branch``."""

    number: int
    frame: Frame
    name: str
    area: Area | None = None


def frames_argv(
    film: MediaInfo, *, input_name: str, frames: Sequence[TakenFrame], footage: Footage, rate: Fraction
) -> tuple[str, ...]:
    """Write single frames of one cell, each as it would go to the encoder of its size, but for its text.

    The cell is decoded once, as for a piece of it; only the frames that are asked for are scaled.
    """
    copies = copied(cell_frames(film, rate, footage), len(frames))
    outputs = (
        _plain(filter_picture(_chosen(copy, each.number), film, each.frame, each.area), each.name)
        for each, copy in zip(frames, copies, strict=True)
    )
    return command_words(inputs=(film_input(input_name, footage.seek_us, film=film),), outputs=tuple(outputs))


def _plain(picture: Stream, name: str) -> Output:
    options = by_name(
        ("c:v", "rawvideo"),
        ("f", "rawvideo"),
        ("fps_mode", "passthrough"),  # else the frame might be added up to the time at which it is shown
        ("frames:v", 1),
    )
    return Output(name=name, streams=(picture,), options=options)


def _chosen(cell: Stream, number: int) -> Stream:
    return cell.filter("trim", start_frame=number, end_frame=number + 1).filter("setpts", "PTS-STARTPTS")


def still_argv(
    *, input_name: str, frame: Frame, text: DrawnText | None, exact_name: str, light_name: str
) -> tuple[str, ...]:
    """Draw text into a frame of ``frames_argv``, and write it twice: exact as PNG, and light as JPEG."""
    taken = Input(
        name=input_name,
        options=by_name(
            ("f", "rawvideo"),
            ("pixel_format", "yuv420p"),
            ("video_size", f"{frame.width_px}x{frame.height_px}"),
            ("framerate", f"{frame.rate.numerator}/{frame.rate.denominator}"),
        ),
    )
    picture = stream_of("0:v:0").filter("setsar", 1)
    picture = picture.filter(
        "setparams", colorspace="bt709", color_primaries="bt709", color_trc="bt709", range="tv", field_mode="prog"
    )
    exact, light = (filter_text(picture, text) if text else picture).split("split", 2)
    exact = exact.filter("scale", in_color_matrix="bt709", in_range="tv", out_range="pc", flags=EXACT_FLAGS)
    # JPEG knows BT.601 in full range only; 4:4:4: edges of coloured text stay as sharp as they are
    light = light.filter("scale", out_color_matrix="bt601", out_range="pc", flags=EXACT_FLAGS)
    outputs = (
        _image(exact.filter("format", "rgb24"), exact_name, ("c:v", "png"), ("pred", "mixed")),
        _image(light.filter("format", "yuvj444p"), light_name, *_JPEG),
    )
    return command_words(inputs=(taken,), outputs=outputs)


def _image(stream: Stream, name: str, *encoder: Option) -> Output:
    options = by_name(
        *encoder,
        ("threads:v", 1),  # the same bytes on every machine
        ("frames:v", 1),
        ("update", 1),  # the name is a name, not a pattern
        ("f", "image2"),
        ("map_metadata", -1),
        *BIT_EXACT,
    )
    return Output(name=name, streams=(stream,), options=options)
