"""Find which sizes and forms a film's picture has later on, where its packets announce another one.

Only the frames at which something else is announced are decoded: none in an ordinary film.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babelreel.errors import FilmError
from babelreel.media.probe.color_names import MATRICES, PRIMARIES, TRANSFERS
from babelreel.media.probe.open_film import without_late_streams
from babelreel.media.probe.picture_coding import Announcement
from babelreel.model.film.media import Fields, PictureShape, VideoStream
from babelreel.model.film.treatment import Colours, name_colours, treat
from babelreel.model.timecode import MS_PER_SECOND, render_clock

if TYPE_CHECKING:
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream as AvVideo

#: A seek in a file without an index may land behind what was asked for, by less than this.
_MARGIN_S = 2


def find_shapes(
    path: Path, picture: AvVideo, video: VideoStream, announced: Sequence[Announcement], start: Fraction
) -> tuple[PictureShape, ...]:
    """Find the later shapes of an open film's picture, each from when on, and none that is the same as the one before.

    ``start`` is the film's own zero in seconds on the file's clock. Raises ``FilmError`` for a change that cannot be
    shown correctly, with what is coded so, and when.
    """
    base = picture.time_base or Fraction(1)
    known: dict[bytes, PictureShape] = {}
    shapes = [_first_shape(video)]
    own_aspect = picture.codec_context.sample_aspect_ratio
    for change in announced:
        from_ms = round((change.tick * base - start) * MS_PER_SECOND)
        if change.content not in known:
            frame = _frame_at(picture, change.tick, base)
            if frame is None:
                raise _refused(path, from_ms, "no frame can be read from there on")
            if why := _why_not(video, frame):
                raise _refused(path, from_ms, why)
            aspect = picture.codec_context.sample_aspect_ratio
            aspect = aspect if aspect and aspect != own_aspect else video.sample_aspect
            known[change.content] = PictureShape(
                from_ms=from_ms, width_px=frame.width, height_px=frame.height, sample_aspect=aspect
            )
        shapes.append(replace(known[change.content], from_ms=from_ms))
    return tuple(_changes(shapes))


def _first_shape(video: VideoStream) -> PictureShape:
    return PictureShape(
        from_ms=0, width_px=video.width_px, height_px=video.height_px, sample_aspect=video.sample_aspect
    )


def _changes(shapes: Sequence[PictureShape]) -> Iterator[PictureShape]:
    last = shapes[0]
    for shape in shapes[1:]:
        if replace(shape, from_ms=last.from_ms) != last:
            yield shape
            last = shape


def _frame_at(picture: AvVideo, tick: int, base: Fraction) -> VideoFrame | None:
    """Decode the first frame that is shown at a timestamp or later."""
    container: Any = picture.container  # of a film that is read; PyAV does not tell it apart
    container.seek(max(tick - int(_MARGIN_S / base), picture.start_time or 0), stream=picture)
    frames: Iterator[VideoFrame] = without_late_streams(container.decode(picture))
    return next((frame for frame in frames if frame.pts is None or frame.pts >= tick), None)


def _why_not(video: VideoStream, frame: VideoFrame) -> str:
    is_larger = (frame.width, frame.height) != (video.width_px, video.height_px)
    if is_larger and video.rotation:
        return f"it is turned, and its size becomes {frame.width}x{frame.height}"
    if is_larger and video.hidden:
        return f"its edges are hidden, and its size becomes {frame.width}x{frame.height}"
    if frame.rotation % 360 != video.rotation:
        return "it is turned by another angle"
    if is_larger and video.fields is not Fields.NONE:
        return f"it is interlaced, and its size becomes {frame.width}x{frame.height}"
    if frame.format.name != video.pixel_format:
        return f"its pixels become {frame.format.name} instead of {video.pixel_format}"
    return _why_not_colours(video, frame)


def _why_not_colours(video: VideoStream, frame: VideoFrame) -> str:
    """Tell whether other colours would be converted as the first ones are; near ones ffmpeg converts frame by frame."""
    now = replace(
        video,
        color_transfer=TRANSFERS.get(int(frame.color_trc), ""),
        color_matrix=MATRICES.get(int(frame.colorspace), ""),
        color_primaries=PRIMARIES.get(int(frame.color_primaries), ""),
    )
    if name_colours(now) != name_colours(video):
        return f"its colours become {name_colours(now)} instead of {name_colours(video)}"
    # what HEVC says of HLG beside its head, decoders believe to the film's end
    before, after = video.color_primaries, now.color_primaries
    if treat(video).colours is not Colours.KEPT and before and after and before != after:
        return f"its primaries become {after} instead of {before}"
    return ""


def _refused(path: Path, from_ms: int, why: str) -> FilmError:
    return FilmError(
        what=f"The picture changes its form at {render_clock(from_ms)}, and cannot be shown right from there on.",
        where=str(path),
        why=why,
        hint="Export the film once more as MP4 with H.264 from a video editor, in one size and one kind of colours.",
    )
