"""Find what is seen of a picture whose container hides its edges."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from babelreel.media.containers.mkv_crop import read_matroska_edges
from babelreel.media.containers.mp4_aperture import read_mp4_edges
from babelreel.model.film.media import HiddenEdges, VideoStream
from babelreel.model.film.treatment import visible_size

_READERS = {"matroska": read_matroska_edges, "mov": read_mp4_edges}


def find_hidden_edges(path: Path, container: str, place: int) -> HiddenEdges | None:
    """Find what a container (libavformat's name) hides of the picture that is at a place among its pictures."""
    for name, read in _READERS.items():
        if container.startswith(name):
            return next(iter(read(path)[place : place + 1]), None)
    return None


def hide_edges(video: VideoStream, edges: HiddenEdges | None) -> VideoStream:
    """Describe a picture as it is seen without its hidden edges; edges that leave nothing are ignored."""
    if edges is None:
        return video
    seen = replace(video, hidden=edges)
    width, height = visible_size(seen)
    if min(width, height) <= 0:
        return video
    shown = (max(1, round(width * video.sample_aspect)), height)
    display_width, display_height = shown[::-1] if video.rotation in (90, 270) else shown
    return replace(seen, display_width_px=display_width, display_height_px=display_height)
