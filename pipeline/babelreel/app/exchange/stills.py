"""Take stills of the film, one for each line."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from babelreel.app.project.master import look_at_film, open_digests
from babelreel.errors import BabelreelError, StoppedError
from babelreel.media.picture.stills import take_stills
from babelreel.media.programs.locate import locate_ffmpeg
from babelreel.model.film.cells import count_frames
from babelreel.model.project import Project
from babelreel.model.timecode import Span, middle_frame

#: As large as a still may be in a cell: 500 of them are three megabytes.
_LARGEST_PX = (160, 90)


def stills_of(project: Project, spans: Sequence[Span]) -> tuple[tuple[int, int], tuple[bytes | None, ...]]:
    """Return the size of the stills, and one from the middle of each span; none where no film is there or is read.

    The film is decoded once for all of them.
    """
    nothing = tuple(None for _ in spans)
    try:
        digests = open_digests(project)
        path, film = look_at_film(project, digests)
        digests.save()
        if film.video is None:
            return _LARGEST_PX, nothing
        video = film.video
        count = count_frames(film, video.rate)
        frames = [middle_frame(span, video.rate, count) for span in spans]
        size = _fitted(video.display_width_px, video.display_height_px)
        found = take_stills(locate_ffmpeg(None), path, film, [each for each in frames if each is not None], size)
    except StoppedError:
        raise
    except BabelreelError:  # a sheet without pictures serves too; "check" reports what is wrong with the film
        return _LARGEST_PX, nothing
    return size, tuple(None if frame is None else found.get(frame) for frame in frames)


def _fitted(width_px: int, height_px: int) -> tuple[int, int]:
    factor = min(Fraction(_LARGEST_PX[0], width_px), Fraction(_LARGEST_PX[1], height_px))
    return max(2, int(width_px * factor) // 2 * 2), max(2, int(height_px * factor) // 2 * 2)
