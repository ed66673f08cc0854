"""Can a file be decoded from its first to its last frame and sample?"""

from __future__ import annotations

from pathlib import Path

from babelreel.errors import ToolError
from babelreel.media.argv.command_line import NOTHING, Output, command_words
from babelreel.media.argv.inputs import proved_file
from babelreel.media.programs.run import run_ffmpeg
from babelreel.media.programs.temporary_folder import temporary_folder


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
