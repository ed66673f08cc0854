"""Make one cell of the picture, for one language alone or for many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from babelreel.errors import ToolError
from babelreel.graph.task import Json, Program, Workspace
from babelreel.media.argv.picture_filters import DrawnText
from babelreel.media.argv.pictures import Beside, Branch, Sample, picture_argv, timescale
from babelreel.media.containers.mp4 import BrokenMp4Error, is_mp4_cut_short
from babelreel.media.containers.mp4_picture import read_picture
from babelreel.media.picture.check_join import refuse_open_start
from babelreel.media.picture.text_proof import refuse_missing_text
from babelreel.media.probe.expectation import not_as_planned
from babelreel.media.probe.full_decode import decode_picture
from babelreel.media.probe.told_sums import refuse_other_moments, refuse_other_units
from babelreel.media.programs.fontconfig import write_fontconfig
from babelreel.media.programs.run import GLOBAL_FLAGS, run_ffmpeg
from babelreel.model.film.cells import Cell, Footage
from babelreel.model.film.composition import Area
from babelreel.model.film.ladder.codecs import Codec
from babelreel.model.film.ladder.encoding_ladder import Frame, Rung
from babelreel.model.film.media import MediaInfo
from babelreel.model.timecode import frames_to_ms
from babelreel.system_errors import why_of

#: The names in the work folder.
PIECE = "piece.mp4"
ASS = "cue.ass"
SECOND_ASS = "second.ass"
FONTS = "fonts"
_DRAWN, _PLAIN = "drawn.yuv", "plain.yuv"
#: What all cells of a rung have in common is that of a cell of one frame at the start of a film.
_FIRST_FRAME = Footage(cell=Cell(first=0, end=1), seek_us=None, digest="")

#: What one encoder takes besides its pictures, for each pixel of its picture, and what decoding takes once for each
#: pixel of the film: x264 "medium" measured at four sizes (44 MB at 360p, 71 at 480p, 170 at 720p, 350 at 1080p), and
#: SVT-AV1 "medium" and "slow" at 360p (111 and 145 MB).
_ENCODER_BYTES = {Codec.H264: 6_000_000, Codec.AV1: 40_000_000}
_BYTES_A_PIXEL = {Codec.H264: 168, Codec.AV1: 460}
_FILM_BYTES_A_PIXEL = 45


def decoding_bytes(film: MediaInfo) -> int:
    """Compute the memory that decoding a film takes, whatever is made of its pictures."""
    return _FILM_BYTES_A_PIXEL * film.video.width_px * film.video.height_px if film.video else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceSettings:
    """How every cell of a rung is made: the film, the program, the size and the settings.

    ``area`` is where the film is shown in the picture of an edition.
    """

    ffmpeg: Program
    film: MediaInfo
    film_name: str
    rung: Rung
    frame: Frame
    area: Area | None = None

    def __hash__(self) -> int:
        """Compute a cheap hash: the default one would include the places of all shots of a long film."""
        return hash((self.film.digest, self.rung.name, self.frame))

    @property
    def encoder_bytes(self) -> int:
        """The memory that one encoder takes."""
        codec = self.rung.codec
        return _ENCODER_BYTES[codec] + _BYTES_A_PIXEL[codec] * self.frame.width_px * self.frame.height_px

    @property
    def film_bytes(self) -> int:
        """The memory that decoding takes, for one encoder or many."""
        return decoding_bytes(self.film)


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodePiece:
    """Encodes one cell: a ``BatchAction`` of the task graph.

    ``lead`` is how many frames before the cell its text begins, ``None`` for a cell without text; ``shown`` is a frame
    of the cell in which text is looked for, if there is any to be seen. ``has_second`` tells that there is a second
    document with text of another language. ``crf_name`` names an input that holds the CRF,
    where that is not the rung's own. ``beside`` is the film of an interpreter: pieces
    with one are made alone. The bytes are the same whether it is done alone or in a
    batch of pieces that show the same frames, in whatever sizes.
    """

    settings: PieceSettings
    footage: Footage
    lead: int | None = None
    shown: int | None = None
    crf_name: str = ""
    has_second: bool = False
    beside: Beside | None = None

    def document(self) -> Mapping[str, Json]:
        """Return all that decides the result but the inputs.

        The cell's place in the film does not: what it shows has a digest of its own, among the inputs.
        """
        return {
            "tool": "ffmpeg",
            "digest": self.settings.ffmpeg.digest,
            "argv": _recipe(
                self.settings, self._any_beside, has_text=self.lead is not None, has_second=self.has_second
            ),
            "frames": self.footage.cell.frames,
            "lead": self.lead or 0,
            "environment": ["no-fonts-of-the-system"],
        }

    @property
    def _any_beside(self) -> Beside | None:
        """What is beside it, without the place in the film: what is seen of it there is among the inputs."""
        beside = self.beside
        if beside is None:
            return None
        return replace(beside, film=replace(beside.film, start_us=0), footage=_FIRST_FRAME)

    def perform(self, workspace: Workspace) -> None:
        """Encode this cell alone."""
        self.perform_batch((workspace,), (self,))

    def perform_batch(self, workspaces: Sequence[Workspace], actions: Sequence[EncodePiece]) -> None:
        """Decode once, scale once for each size, and encode once for each action, in folders that lie side by side.

        Raises what ``run_ffmpeg`` raises, and ``ToolError`` for text that could not be drawn or a result that differs
        from the plan: only in a batch of one is it known which action failed.
        """
        alone = len(workspaces) == 1
        folder = workspaces[0].folder if alone else workspaces[0].folder.parent
        names = ["."] if alone else [workspace.folder.name for workspace in workspaces]
        (folder / "none").mkdir(exist_ok=True)
        log = run_ffmpeg(
            workspaces[0].program(self.settings.ffmpeg),
            self._argv(folder, names, actions),
            cwd=folder,
            duration_ms=frames_to_ms(self.footage.cell.frames, self.settings.frame.rate),
            report=workspaces[0].report,
            is_cancelled=workspaces[0].is_cancelled,
            # each branch has its own folder of fonts, so that no text depends on what else is in the batch
            env=write_fontconfig(folder, folder / "none"),
            summed=[f"{name}/{PIECE}" for name in names],
        )
        workspaces[0].release()  # the encoders are gone; to look at what they made takes one decoder
        if log.glyphs:
            raise log.glyph_failure(PIECE)
        for workspace, action in zip(workspaces, actions, strict=True):
            action.check(workspace.folder / PIECE)

    def _argv(self, folder: Path, names: Sequence[str], actions: Sequence[EncodePiece]) -> tuple[str, ...]:
        branches = [action.branch(folder, name) for name, action in zip(names, actions, strict=True)]
        film = f"{names[0]}/{self.settings.film_name}"
        beside = self.beside and replace(self.beside, input_name=f"{names[0]}/{self.beside.input_name}")
        return picture_argv(self.settings.film, input_name=film, branches=branches, footage=self.footage, beside=beside)

    def branch(self, folder: Path, name: str) -> Branch:
        """Describe what is made of the cell in the workspace ``name`` below a folder."""
        rung = self.settings.rung
        if self.crf_name:
            rung = replace(rung, crf=Fraction((folder / name / self.crf_name).read_text(encoding="ascii")))
        return Branch(
            output_name=f"{name}/{PIECE}",
            rung=rung,
            frame=self.settings.frame,
            area=self.settings.area,
            text=_text(name, self.lead, has_second=self.has_second),
            sample=_sample(name, self.shown),
        )

    def check(self, path: Path) -> None:
        """Compare the index of a piece with the plan, decode it, look for its text, and compare it with its sum."""
        try:
            found = read_picture(path)
            is_cut = is_mp4_cut_short(path)
        except (BrokenMp4Error, OSError) as fault:
            raise ToolError(what="ffmpeg wrote a broken file.", where=path.name, why=why_of(fault)) from fault
        frame = self.settings.frame
        planned = (self.footage.cell.frames, frame.width_px, frame.height_px, timescale(frame.rate), frame.rate)
        made = (len(found.sizes), found.width_px, found.height_px, found.timescale, found.rate)
        if is_cut or planned != made or found.keys[:1] != (0,) or not found.is_on_grid:
            raise ToolError(
                what="ffmpeg made something else than was planned.",
                where=path.name,
                why=f"frames, size, time scale and rate are {_listed(made)}, planned were {_listed(planned)}",
                hint="Run the same command again. If that does not help, export the film again from a video editor, as "
                "MP4 with H.264.",
            )
        decoded = 0
        for number, each in enumerate(decode_picture(path)):
            if number == self.shown:
                refuse_missing_text(path, each, path.with_name(_DRAWN), path.with_name(_PLAIN))
            decoded += 1
        if decoded != self.footage.cell.frames:
            raise not_as_planned(path, f"{decoded} of its {self.footage.cell.frames} frames can be decoded")
        if self.settings.rung.codec is Codec.AV1:
            refuse_other_moments(path)
            refuse_open_start(path, found.configuration)
        else:
            refuse_other_units(path)


def _listed(values: tuple[object, ...]) -> str:
    return ", ".join(str(value) for value in values)


def _text(folder: str, lead: int | None, *, has_second: bool) -> DrawnText | None:
    if lead is None:
        return None
    second = f"{folder}/{SECOND_ASS}" if has_second else ""
    return DrawnText(ass_name=f"{folder}/{ASS}", fonts_dir=f"{folder}/{FONTS}", lead=lead, more_name=second)


def _sample(folder: str, shown: int | None) -> Sample | None:
    if shown is None:
        return None
    return Sample(number=shown, drawn_name=f"{folder}/{_DRAWN}", plain_name=f"{folder}/{_PLAIN}")


@lru_cache(maxsize=64)
def _recipe(settings: PieceSettings, beside: Beside | None, *, has_text: bool, has_second: bool) -> tuple[str, ...]:
    """Return the arguments for a cell of one frame at the start of a film: what cells of a rung have in common."""
    anywhere = replace(settings, film=replace(settings.film, start_us=0))
    text = _text("", 1, has_second=has_second) if has_text else None
    branch = Branch(output_name=PIECE, rung=settings.rung, frame=settings.frame, area=settings.area, text=text)
    argv = picture_argv(
        anywhere.film, input_name=settings.film_name, branches=[branch], footage=_FIRST_FRAME, beside=beside
    )
    return (*GLOBAL_FLAGS, *argv)
