"""Take one frame of a film with a language's text in it.

In two steps, so that a changed line does not need the film: its frame without text, and the text drawn into that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from babelreel.errors import ToolError
from babelreel.graph.task import Json, Program, Workspace
from babelreel.media.argv.line_stills import TakenFrame, frames_argv, still_argv
from babelreel.media.argv.picture_filters import DrawnText
from babelreel.media.picture.drawn_still import draw_still, drawing_document
from babelreel.media.picture.piece import ASS, FONTS
from babelreel.media.picture.stills import refuse_other_picture
from babelreel.media.probe.told_sums import refuse_other_bytes
from babelreel.media.programs.run import GLOBAL_FLAGS, run_ffmpeg
from babelreel.model.film.cells import Cell, Footage
from babelreel.model.film.composition import Area
from babelreel.model.film.ladder.encoding_ladder import Frame
from babelreel.model.film.media import MediaInfo
from babelreel.model.timecode import frames_to_ms

#: A frame without text, 4:2:0 as it is in memory.
PLAIN = "plain.yuv"
#: The same picture with it, twice: as it goes to the encoder, and small enough to be sent.
EXACT, LIGHT = "still.png", "still.jpg"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeFrame:
    """Takes one frame of a cell as ``PLAIN``: a ``BatchAction`` of the task graph.

    ``number`` counts the frames from the cell's first; ``area`` is where an edition shows the film. The bytes are the
    same whether it is taken alone or with other frames of the cell, in whatever sizes.
    """

    ffmpeg: Program
    film: MediaInfo
    film_name: str
    frame: Frame
    footage: Footage
    number: int
    area: Area | None = None

    def document(self) -> Mapping[str, Json]:
        """Return all that decides the result but the inputs; what the cell shows is among the inputs."""
        return {
            "tool": "ffmpeg",
            "digest": self.ffmpeg.digest,
            "argv": _recipe(self.film, self.film_name, self.frame, self.area),
            "frame": self.number,
        }

    def perform(self, workspace: Workspace) -> None:
        """Take this frame alone."""
        self.perform_batch((workspace,), (self,))

    def perform_batch(self, workspaces: Sequence[Workspace], actions: Sequence[TakeFrame]) -> None:
        """Decode the cell once, and write the frame of each action, in folders that lie side by side.

        Raises what ``run_ffmpeg`` raises, and ``ToolError`` for a frame that is not whole.
        """
        alone = len(workspaces) == 1
        folder = workspaces[0].folder if alone else workspaces[0].folder.parent
        names = ["."] if alone else [workspace.folder.name for workspace in workspaces]
        frames = [
            TakenFrame(number=action.number, frame=action.frame, name=f"{name}/{PLAIN}", area=action.area)
            for name, action in zip(names, actions, strict=True)
        ]
        run_ffmpeg(
            workspaces[0].program(self.ffmpeg),
            frames_argv(
                self.film,
                input_name=f"{names[0]}/{self.film_name}",
                frames=frames,
                footage=self.footage,
                rate=self.frame.rate,
            ),
            cwd=folder,
            duration_ms=frames_to_ms(self.footage.cell.frames, self.frame.rate),
            report=workspaces[0].report,
            is_cancelled=workspaces[0].is_cancelled,
            summed=[each.name for each in frames],
        )
        for workspace, action in zip(workspaces, actions, strict=True):
            action.check(workspace.folder / PLAIN)

    def check(self, path: Path) -> None:
        """Compare a frame with its size and its sum."""
        size = self.frame.width_px * self.frame.height_px
        planned = size + 2 * (size // 4)
        if not path.is_file() or path.stat().st_size != planned:
            raise ToolError(
                what="The film cannot be shown at this place.",
                why=f"ffmpeg gave no frame {self.footage.cell.first + self.number + 1} of it",
                hint="“babelreel probe” says whether the film is damaged.",
            )
        refuse_other_bytes(path)


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawLine:
    """Draws text into ``PLAIN``, one of the inputs, as ``EXACT`` and ``LIGHT``: an ``Action`` of the task graph.

    ``EXACT`` is what ``EncodePiece`` sends to its encoder for that frame. ``lead`` is how many frames before it the
    text begins, ``None`` for a frame without text.
    """

    ffmpeg: Program
    frame: Frame
    lead: int | None

    def document(self) -> Mapping[str, Json]:
        """Return all that decides the result but the inputs."""
        return drawing_document(self.ffmpeg, self._argv())

    def perform(self, workspace: Workspace) -> None:
        """Draw the text; raises what ``draw_still`` raises."""
        duration_ms = frames_to_ms(1 + (self.lead or 0), self.frame.rate)
        draw_still(workspace, self.ffmpeg, self._argv(), duration_ms=duration_ms, outputs=(EXACT, LIGHT))
        for name, demuxer in ((EXACT, "png_pipe"), (LIGHT, "jpeg_pipe")):
            refuse_other_picture(workspace.folder / name, self.frame.width_px, self.frame.height_px, demuxer=demuxer)
            refuse_other_bytes(workspace.folder / name)

    def _argv(self) -> tuple[str, ...]:
        text = None if self.lead is None else DrawnText(ass_name=ASS, fonts_dir=FONTS, lead=self.lead)
        return still_argv(input_name=PLAIN, frame=self.frame, text=text, exact_name=EXACT, light_name=LIGHT)


@lru_cache(maxsize=64)
def _recipe(film: MediaInfo, film_name: str, frame: Frame, area: Area | None) -> tuple[str, ...]:
    """Return the arguments for a cell of one frame at the start of a film: what frames of a size have in common."""
    anywhere = replace(film, start_us=0)
    footage = Footage(cell=Cell(first=0, end=1), seek_us=None, digest="")
    taken = TakenFrame(number=0, frame=frame, name=PLAIN, area=area)
    argv = frames_argv(anywhere, input_name=film_name, frames=[taken], footage=footage, rate=frame.rate)
    return (*GLOBAL_FLAGS, *argv)
