"""How is one frame of a film seen with a language's text in it, for one line alone or for many in one go?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from babelreel.graph.task import Json, Program, Workspace
from babelreel.media.argv.picture_filters import DrawnText
from babelreel.media.argv.pictures import Still, stills_argv
from babelreel.media.picture.piece import ASS, FONTS
from babelreel.media.picture.stills import refuse_other_picture
from babelreel.media.probe.told_sums import refuse_other_bytes
from babelreel.media.programs.fontconfig import write_fontconfig
from babelreel.media.programs.run import GLOBAL_FLAGS, run_ffmpeg
from babelreel.model.film.cells import Cell, Footage
from babelreel.model.film.encoding_ladder import Frame
from babelreel.model.film.media import MediaInfo
from babelreel.model.timecode import frames_to_ms

#: The same picture twice: as it goes to the encoder, and small enough to be sent.
EXACT, LIGHT = "still.png", "still.jpg"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeLine:
    """Takes one frame of a cell with the text that is drawn into it: a ``BatchAction`` of the task graph.

    It is what ``EncodePiece`` gives its encoder for that frame. ``number`` counts the frames from the cell's first;
    ``lead`` is how many frames before this one its text begins, ``None`` for a frame without text. The bytes are the
    same whether it is taken alone or with other frames of the cell, in whatever sizes.
    """

    ffmpeg: Program
    film: MediaInfo
    film_name: str
    frame: Frame
    footage: Footage
    number: int
    lead: int | None

    def document(self) -> Mapping[str, Json]:
        """Give all but the inputs that decides on the result; what the cell shows is among the inputs."""
        return {
            "tool": "ffmpeg",
            "digest": self.ffmpeg.digest,
            "argv": _recipe(self.film, self.film_name, self.frame, has_text=self.lead is not None),
            "frame": self.number,
            "lead": self.lead or 0,
            "environment": ["no-fonts-of-the-system"],
        }

    def perform(self, workspace: Workspace) -> None:
        """Take this frame alone."""
        self.perform_batch((workspace,), (self,))

    def perform_batch(self, workspaces: Sequence[Workspace], actions: Sequence[TakeLine]) -> None:
        """Decode the cell once, and write the frame of each action, in folders that lie side by side.

        Raises what ``run_ffmpeg`` raises, and ``ToolError`` for a letter without a font or a picture that is not whole.
        """
        alone = len(workspaces) == 1
        folder = workspaces[0].folder if alone else workspaces[0].folder.parent
        names = ["."] if alone else [workspace.folder.name for workspace in workspaces]
        (folder / "none").mkdir(exist_ok=True)
        stills = [action.still(name) for name, action in zip(names, actions, strict=True)]
        written = [name for still in stills for name in (still.exact_name, still.light_name)]
        log = run_ffmpeg(
            workspaces[0].program(self.ffmpeg),
            stills_argv(
                self.film,
                input_name=f"{names[0]}/{self.film_name}",
                stills=stills,
                footage=self.footage,
                rate=self.frame.rate,
            ),
            cwd=folder,
            duration_ms=frames_to_ms(self.footage.cell.frames, self.frame.rate),
            report=workspaces[0].report,
            is_cancelled=workspaces[0].is_cancelled,
            env=write_fontconfig(folder, folder / "none"),  # as for pieces: each text has the fonts of its own folder
            summed=written,
        )
        if log.glyphs:
            raise log.glyph_failure(LIGHT)
        for workspace, action in zip(workspaces, actions, strict=True):
            action.check(workspace.folder)

    def still(self, name: str) -> Still:
        """Give what is made of the cell in the workspace ``name``."""
        text = None
        if self.lead is not None:
            text = DrawnText(ass_name=f"{name}/{ASS}", fonts_dir=f"{name}/{FONTS}", lead=self.lead)
        return Still(
            number=self.number,
            frame=self.frame,
            exact_name=f"{name}/{EXACT}",
            light_name=f"{name}/{LIGHT}",
            text=text,
        )

    def check(self, folder: Path) -> None:
        """Decode both pictures, and compare them with their sums."""
        for name, demuxer in ((EXACT, "png_pipe"), (LIGHT, "jpeg_pipe")):
            refuse_other_picture(folder / name, self.frame.width_px, self.frame.height_px, demuxer=demuxer)
            refuse_other_bytes(folder / name)


@lru_cache(maxsize=64)
def _recipe(film: MediaInfo, film_name: str, frame: Frame, *, has_text: bool) -> tuple[str, ...]:
    """Give the arguments for a cell of one frame at the start of a film: what stills of a size have in common."""
    anywhere = replace(film, start_us=0)
    footage = Footage(cell=Cell(first=0, end=1), seek_us=None, digest="")
    text = DrawnText(ass_name=ASS, fonts_dir=FONTS, lead=1) if has_text else None
    still = Still(number=0, frame=frame, exact_name=EXACT, light_name=LIGHT, text=text)
    argv = stills_argv(anywhere, input_name=film_name, stills=[still], footage=footage, rate=frame.rate)
    return (*GLOBAL_FLAGS, *argv)
