"""Verify that text can be seen in a piece into which text was drawn."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from babelreel.errors import ToolError

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

#: A piece must keep a fifth of what the text changed: one without text keeps none, the encoder blurs away far less than
#: four fifths even of small letters.
_LEAST_SHARE = 5


def refuse_missing_text(piece: Path, frame: VideoFrame, drawn: Path, plain: Path) -> None:
    """Compare a decoded frame of a piece with what went to the encoder, and with the same picture without text.

    ``drawn`` and ``plain`` hold one frame each, 4:2:0 as it is in memory. Where they are equal, nothing was drawn; else
    what the text changed must be found in the piece. Raises ``ToolError``.
    """
    import numpy as np  # noqa: PLC0415 - heavy: whoever plans a piece compares nothing

    pixels = frame.to_ndarray(format="yuv420p").astype(np.int64).ravel()
    with_text, without = (np.fromfile(path, dtype=np.uint8).astype(np.int64) for path in (drawn, plain))
    if not pixels.size == with_text.size == without.size:
        raise _not_seen(piece, "the picture to compare it with is not whole")
    changed = with_text - without
    if _LEAST_SHARE * int((pixels - without) @ changed) <= int(changed @ changed):
        raise _not_seen(piece, "where a cue is shown, the picture is the same as without it")


def _not_seen(piece: Path, why: str) -> ToolError:
    return ToolError(
        what="ffmpeg drew no text into the picture.",
        where=piece.name,
        why=why,
        hint="Run babelreel doctor, which draws text; text in the colour of the picture needs an outline.",
    )
