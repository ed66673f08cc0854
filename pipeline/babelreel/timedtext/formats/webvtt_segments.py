"""How is a track written for HLS: as WebVTT in segments?"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from babelreel.model.language import Language
from babelreel.model.timecode import MS_PER_SECOND, Span
from babelreel.model.track import Track
from babelreel.timedtext.formats.sidecar import render_webvtt_block, sidecar_cues

#: Time 0 of the cues is time 0 of pictures and sounds, whose clock begins at 0 (RFC 8216, 3.5).
HEAD = "WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000\n"


def render_webvtt_segments(track: Track, language: Language, ends: Sequence[Fraction]) -> tuple[str, ...]:
    """Write a track in segments that end at ``ends``, in seconds; their times and numbers are those of the sidecar.

    A cue stands in every segment in which it is shown. One that is shown for no time, or begins behind the last end,
    stands in the segment in which it begins, or in the last.
    """
    blocks = [
        (cue.span, render_webvtt_block(number, cue)) for number, cue in enumerate(sidecar_cues(track, language), 1)
    ]
    borders = [end * MS_PER_SECOND for end in (Fraction(0), *ends)]
    return tuple(
        HEAD + "".join(block for span, block in blocks if _is_in(span, start, None if end == borders[-1] else end))
        for start, end in pairwise(borders)
    )


def _is_in(span: Span, start: Fraction, end: Fraction | None) -> bool:
    """Tell whether something of a span lies between two times; ``None`` has no end."""
    begins_before_end = end is None or span.start_ms < end
    return begins_before_end and (span.start_ms >= start or span.end_ms > start)
