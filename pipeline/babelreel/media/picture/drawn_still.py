"""Draw text into one picture with ffmpeg, which is given the fonts that the text needs and no others."""

from __future__ import annotations

from collections.abc import Mapping

from babelreel.graph.task import Json, Program, Workspace
from babelreel.media.programs.fontconfig import write_fontconfig
from babelreel.media.programs.run import GLOBAL_FLAGS, run_ffmpeg


def drawing_document(ffmpeg: Program, argv: tuple[str, ...]) -> Mapping[str, Json]:
    """Return all that decides on a drawn picture but the inputs."""
    return {
        "tool": "ffmpeg",
        "digest": ffmpeg.digest,
        "argv": [*GLOBAL_FLAGS, *argv],
        "environment": ["no-fonts-of-the-system"],
    }


def draw_still(
    workspace: Workspace, ffmpeg: Program, argv: tuple[str, ...], *, duration_ms: int, outputs: tuple[str, ...]
) -> None:
    """Run the drawing; raises what ``run_ffmpeg`` raises, and ``ToolError`` for a letter that no font has."""
    folder = workspace.folder
    (folder / "none").mkdir()
    log = run_ffmpeg(
        workspace.program(ffmpeg),
        argv,
        cwd=folder,
        duration_ms=duration_ms,
        report=workspace.report,
        is_cancelled=workspace.is_cancelled,
        env=write_fontconfig(folder, folder / "none"),  # as for pieces
        summed=outputs,
    )
    if log.glyphs:
        raise log.glyph_failure(outputs[-1])
