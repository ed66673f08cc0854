"""Can a file be decoded from its first to its last frame and sample?"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from babelreel.errors import ToolError
from babelreel.media.argv.accepted_formats import MAX_PIXELS, OPEN_OPTIONS
from babelreel.media.programs.run import run_ffmpeg


def decode_wholly(ffmpeg_path: Path, path: Path, *, duration_ms: int = 0) -> str:
    """Decode every picture and sound of a file, and say in plain words what went wrong; empty for nothing.

    Raises what ``run_ffmpeg`` raises, but for what it says of the file.
    """
    words = (
        *(word for name, value in OPEN_OPTIONS for word in (f"-{name}", value)),
        *("-max_pixels", str(MAX_PIXELS)),  # no picture that eats the memory
        *("-err_detect", "explode"),  # a damaged frame is a fault, not something to be covered up
        *("-i", f"file:{path.absolute()}"),
        *("-map", "0:v?", "-map", "0:a?"),  # text has no decoder to be proved with: its packets were counted
        *("-fps_mode", "passthrough"),  # no frame is left out or doubled
        *("-f", "null", "-"),
    )
    with TemporaryDirectory(prefix="babelreel-") as folder:
        try:
            log = run_ffmpeg(
                ffmpeg_path,
                words,
                cwd=Path(folder),
                duration_ms=duration_ms,
                report=lambda _share: None,
                is_cancelled=lambda: False,
            )
        except ToolError as fault:
            return fault.why or fault.what
    return log.first_error
