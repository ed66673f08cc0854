"""ffmpeg's arguments for a picture with a title: a still of the film, room below it, and text over both."""

from __future__ import annotations

from babelreel.media.argv.command_line import Input, Option, Output, by_name, command_words
from babelreel.media.argv.filter_graph import stream_of
from babelreel.media.argv.picture_filters import EXACT_FLAGS, DrawnText, filter_text
from babelreel.media.argv.repeatable_bytes import BIT_EXACT

#: JPEG quality of ffmpeg's scale from 2 (best) to 31: no visible artefacts at the edges of large letters.
_JPEG: tuple[Option, ...] = (("c:v", "mjpeg"), ("q:v", 3), ("huffman", "optimal"))


def title_picture_argv(
    *, input_name: str, width_px: int, height_px: int, text: DrawnText, output_name: str
) -> tuple[str, ...]:
    """Draw text over a JPEG that is as wide as the picture; below one that is less high, there is black."""
    taken = Input(name=input_name, options=by_name(("f", "image2"), ("framerate", 25)))
    picture = stream_of("0:v:0").filter("setsar", 1)
    picture = picture.filter("scale", in_color_matrix="bt601", in_range="pc", out_range="pc", flags=EXACT_FLAGS)
    picture = picture.filter("format", "rgb24").filter("pad", width_px, height_px, 0, 0)
    picture = filter_text(picture, text)
    picture = picture.filter("scale", out_color_matrix="bt601", out_range="pc", flags=EXACT_FLAGS)
    options = by_name(
        *_JPEG,
        ("threads:v", 1),  # the same bytes on every machine
        ("frames:v", 1),
        ("update", 1),  # the name is a name, not a pattern
        ("f", "image2"),
        ("map_metadata", -1),
        *BIT_EXACT,
    )
    output = Output(name=output_name, streams=(picture.filter("format", "yuvj420p"),), options=options)
    return command_words(inputs=(taken,), outputs=(output,))
