"""Decode a file from its first to its last frame and sample, to see whether it can be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from babelreel.errors import ToolError
from babelreel.media.argv.command_line import NOTHING, Output, command_words
from babelreel.media.argv.inputs import proved_file
from babelreel.media.probe.expectation import not_as_planned
from babelreel.media.programs.run import run_ffmpeg
from babelreel.media.programs.temporary_folder import temporary_folder

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

#: A frame whose bits make no sense is an error: it must not be concealed with its neighbours. One
#: thread: many tasks run side by side already.
STRICT = {"err_detect": "explode", "threads": "1"}


def decode_wholly(ffmpeg_path: Path, path: Path, *, duration_ms: int = 0) -> str:
    """Decode every picture and sound of a file, and say in plain words what went wrong; empty for nothing.

    Raises what ``run_ffmpeg`` raises, but for what it says of the file.
    """
    output = Output(
        name=NOTHING,
        streams=("0:v?", "0:a?"),  # text has no decoder to be proved with: its packets were counted
        options=(("fps_mode", "passthrough"), ("f", "null")),  # no frame is left out or doubled
    )
    with temporary_folder() as folder:
        try:
            log = run_ffmpeg(
                ffmpeg_path,
                command_words(inputs=(proved_file(path),), outputs=(output,)),
                cwd=folder,
                duration_ms=duration_ms,
                report=lambda _share: None,
                is_cancelled=lambda: False,
            )
        except ToolError as fault:
            return fault.why or fault.what
    return log.first_error


def decode_picture(path: Path) -> Iterator[VideoFrame]:
    """Decode the picture of a file that we made, frame by frame; raises ``ToolError`` for one that is damaged.

    The decoder is libav's in this process: no program is started, and it is not the build whose work is looked at.
    """
    import av  # noqa: PLC0415 - heavy: a second build, which makes nothing, must not pay for it

    try:
        with av.open(f"file:{path}") as container:
            stream = container.streams.video[0]
            stream.codec_context.options = STRICT
            for frame in container.decode(stream):
                if frame.is_corrupt:
                    raise _undecodable(path, "a frame is damaged")
                yield frame
    except (av.FFmpegError, UnicodeError, IndexError) as fault:
        raise _undecodable(path, str(fault)) from fault


def _undecodable(path: Path, why: str) -> ToolError:
    return not_as_planned(path, f"it cannot be decoded: {why}")
