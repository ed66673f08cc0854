"""Draw the film's title in a language over one of its stills."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from babelreel.graph.task import Json, Program, Workspace
from babelreel.media.argv.picture_filters import DrawnText
from babelreel.media.argv.title_picture import title_picture_argv
from babelreel.media.picture.drawn_still import draw_still, drawing_document
from babelreel.media.picture.piece import ASS, FONTS
from babelreel.media.picture.stills import refuse_other_picture
from babelreel.media.probe.told_sums import refuse_other_bytes
from babelreel.model.timecode import MS_PER_SECOND

STILL, TITLED = "still.jpg", "titled.jpg"


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawTitle:
    """Draws text into ``STILL``, one of the inputs, as ``TITLED``: an ``Action`` of the task graph."""

    ffmpeg: Program
    width_px: int
    height_px: int

    def document(self) -> Mapping[str, Json]:
        """Return all that decides the result but the inputs."""
        return drawing_document(self.ffmpeg, self._argv())

    def perform(self, workspace: Workspace) -> None:
        """Draw the title; raises what ``draw_still`` raises."""
        draw_still(workspace, self.ffmpeg, self._argv(), duration_ms=MS_PER_SECOND, outputs=(TITLED,))
        refuse_other_picture(workspace.folder / TITLED, self.width_px, self.height_px)
        refuse_other_bytes(workspace.folder / TITLED)

    def _argv(self) -> tuple[str, ...]:
        return title_picture_argv(
            input_name=STILL,
            width_px=self.width_px,
            height_px=self.height_px,
            text=DrawnText(ass_name=ASS, fonts_dir=FONTS),
            output_name=TITLED,
        )
