"""What did the program choose to do with a film that others would do otherwise, in words for the volunteer?"""

from __future__ import annotations

from collections.abc import Iterator

from babelreel.model.film.media import MediaInfo
from babelreel.model.timecode import render_clock


def tell_choices(film: MediaInfo) -> tuple[str, ...]:
    """Give a sentence for each thing that is done with this film and not with an ordinary one; mostly none."""
    return tuple(_choices(film))


def _choices(film: MediaInfo) -> Iterator[str]:
    if film.video and film.held_ms > 0:
        end = render_clock(film.video.start_ms + film.video.duration_ms)
        yield (
            f"the picture ends at {end} and the sound at {render_clock(film.duration_ms)}: "
            "the last picture is shown until then"
        )
