"""Write a track for HLS: as WebVTT in segments."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor

from babelreel.model.language import Language
from babelreel.model.timecode import MS_PER_SECOND
from babelreel.model.track import Track
from babelreel.timedtext.formats.sidecar import render_webvtt_block, sidecar_cues

#: Time 0 of the cues is time 0 of pictures and sounds, whose clock begins at 0 (RFC 8216, 3.5).
HEAD = "WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000\n"


def render_webvtt_segments(track: Track, language: Language, ends: Sequence[Fraction]) -> tuple[str, ...]:
    """Write a track in segments that end at ``ends``, in seconds; their times and numbers are those of the sidecar.

    A cue stands in every segment in which it is shown. One that is shown for no time, or begins behind the last end,
    stands in the segment in which it begins, or in the last.
    """
    parts: list[list[str]] = [[HEAD] for _ in ends]
    borders = [end * MS_PER_SECOND for end in ends[:-1]]
    # whole milliseconds, which are compared much faster, show as well on which side of a border a cue begins and ends
    reached, passed = [ceil(border) for border in borders], [floor(border) for border in borders]
    for number, cue in enumerate(sidecar_cues(track, language), 1):
        block = render_webvtt_block(number, cue)
        first, last = bisect_right(reached, cue.span.start_ms), bisect_left(passed, cue.span.end_ms)
        for part in parts[first : max(first, last) + 1]:
            part.append(block)
    return tuple(map("".join, parts))
