"""Compare a joined picture with the pieces it was made of, frame by frame."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import accumulate
from math import ceil
from pathlib import Path

from babelreel.errors import FilmError, ToolError
from babelreel.media.containers.coded_units import begins_anew
from babelreel.media.containers.mp4 import BrokenMp4Error
from babelreel.media.containers.mp4_picture import Mp4Picture, read_picture
from babelreel.media.probe.open_film import open_film
from babelreel.system_errors import why_of


def check_joined(path: Path, pieces: Sequence[Path]) -> Mp4Picture:
    """Compare the index of a joined file with those of its pieces, and return it.

    A ``ToolError`` lists every difference. All must have the same parameter sets: the joined file has room for one
    only, and a decoder would draw the others' frames wrong silently. Every frame must have the bytes, and the exact
    time, that its piece gave it.
    """
    try:
        joined = read_picture(path)
        differences = tuple(_differences(joined, [read_picture(piece) for piece in pieces]))
    except (BrokenMp4Error, OSError) as fault:
        raise _not_joined(path, why_of(fault)) from fault
    if differences:
        raise _not_joined(path, "; ".join(differences))
    return joined


def refuse_open_start(path: Path, configuration: bytes) -> None:
    """Refuse a piece of AV1 whose first frame cannot be decoded alone, as the file's configuration tells to.

    An index tells which frames are key frames, but a key frame of AV1 may be coded long before it is shown, and the
    header that says how may be another one. Raises ``ToolError``.
    """
    try:
        with open_film(path) as container:
            first = next(bytes(packet) for packet in container.demux(video=0))
    except (FilmError, StopIteration) as fault:
        raise _not_joined(path, str(fault) or "it has no frames") from fault
    if not begins_anew(first, configuration):
        raise _not_joined(path, "its first frame needs what comes before")


def peak_kbps(picture: Mp4Picture) -> int:
    """Compute the highest rate of a picture over any second: each piece keeps to its own buffer limit only."""
    window = min(len(picture.sizes), ceil(picture.rate or 1))
    total = highest = sum(picture.sizes[:window])
    for left, entered in zip(picture.sizes, picture.sizes[window:], strict=False):
        total += entered - left
        highest = max(highest, total)
    return round(Fraction(highest * 8, window) * (picture.rate or 1) / 1000) if window else 0


def _not_joined(path: Path, why: str) -> ToolError:
    return ToolError(
        what="The parts of a picture could not be joined.",
        where=path.name,
        why=why,
        hint="Run babelreel clean and build again; if it stays, report it with what babelreel doctor prints.",
    )


def _differences(joined: Mp4Picture, pieces: Sequence[Mp4Picture]) -> Iterator[str]:
    if any(piece.configuration != joined.configuration for piece in pieces):
        yield "the parts are encoded with different settings"
    if joined.sizes != tuple(size for piece in pieces for size in piece.sizes):
        yield f"its {len(joined.sizes)} frames are not those of its parts"
    starts = accumulate((len(piece.sizes) for piece in pieces[:-1]), initial=0)
    keys = tuple(start + key for start, piece in zip(starts, pieces, strict=True) for key in piece.keys)
    if joined.keys != keys:
        yield "its key frames are not those of its parts"
    if {joined.rate} != {piece.rate for piece in pieces} or not joined.is_on_grid:
        yield "its frames are not evenly spaced"
