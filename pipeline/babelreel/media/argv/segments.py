"""Build ffmpeg's arguments that cut a picture or a sound into the segments of a stream."""

from __future__ import annotations

from collections.abc import Sequence

from babelreel.media.argv.command_line import Input, Option, Output, by_name, command_words
from babelreel.media.argv.inputs import pieces_input
from babelreel.media.argv.repeatable_bytes import BARE_STREAMS

#: What ffmpeg calls the segments of a stream, and what stands once before all of them.
SEGMENT_NAMES, SEGMENT_HEADER = "segment-%05d.m4s", "init.mp4"


def picture_segments_argv(*, pieces_name: str, ends: Sequence[int], timescale: int) -> tuple[str, ...]:
    """Cut joined pieces of a picture into CMAF segments, each up to one of ``ends`` (numbers of frames).

    ``pieces_name`` is a list of ``render_pieces``. Every end but the last must be where a piece begins.
    """
    output = _segments("0:v:0", ends, more=f":video_track_timescale={timescale}")
    return command_words(inputs=(pieces_input(pieces_name),), outputs=(output,))


def sound_segments_argv(*, sound_name: str, ends: Sequence[int]) -> tuple[str, ...]:
    """Cut a finished sound into CMAF segments, each up to one of ``ends`` (numbers of AAC frames).

    What the encoder needed to get going is left out, so that the first frame of the first segment is heard at 0.
    """
    # frames before time 0 are copied otherwise, and the whole sound is late by them
    output = _segments("0:a:0", ends, ("copypriorss", 0))
    return command_words(inputs=(Input(name=sound_name),), outputs=(output,))


def _segments(stream: str, ends: Sequence[int], *options: Option, more: str = "") -> Output:
    # cmaf: no edit lists, places counted from the fragment; frag_custom: one fragment a segment, whatever key frames
    # it has; negative_cts_offsets: the first picture at 0 without an edit list; skip_trailer: no index behind the last
    flags = "+cmaf+frag_custom+negative_cts_offsets+skip_trailer"
    return Output(
        name=SEGMENT_NAMES,
        streams=(stream,),
        options=by_name(
            ("f", "segment"),
            ("c", "copy"),
            *BARE_STREAMS,
            *options,
            ("segment_format", "mp4"),
            ("segment_format_options", f"movflags={flags}:fflags=+bitexact{more}"),
            # the last one never comes: without any, a film of one cell would be cut every two seconds
            ("segment_frames", ",".join(map(str, ends))),
            ("segment_start_number", 1),
            ("segment_header_filename", f"file:{SEGMENT_HEADER}"),  # once, instead of before each segment
            ("individual_header_trailer", 0),
        ),
    )
