"""Take single pictures of the film, to show where it does not run: posters, and a sheet of small ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path

from babelreel.errors import ToolError
from babelreel.graph.task import Json, Program, Workspace
from babelreel.media.argv.command_line import Option, Output, by_name, command_words
from babelreel.media.argv.filter_graph import Stream
from babelreel.media.argv.inputs import film_input
from babelreel.media.argv.picture_filters import filter_picture
from babelreel.media.argv.pictures import cell_frames, whole_film
from babelreel.media.argv.repeatable_bytes import BIT_EXACT
from babelreel.media.probe.decode_film import decode_film
from babelreel.media.probe.full_decode import STRICT
from babelreel.media.probe.told_sums import refuse_other_bytes, refuse_other_pictures
from babelreel.media.programs.run import GLOBAL_FLAGS, run_ffmpeg
from babelreel.media.programs.temporary_folder import temporary_folder
from babelreel.model.film.cells import count_frames
from babelreel.model.film.ladder.encoding_ladder import Frame
from babelreel.model.film.media import MediaInfo
from babelreel.model.film.stills import PosterSize, Sheet
from babelreel.system_errors import why_of

SHEET = "storyboard.jpg"

_TRIALS = "trials.gray"
_PICTURES = "picture-%d.jpg"
#: Candidates are judged at this size.
_TRIAL_WIDTH_PX, _TRIAL_HEIGHT_PX = 160, 90
#: JPEG quality of ffmpeg's scale from 2 (best) to 31: no visible artefacts in drawn pictures, and a tenth of a PNG.
_QUALITY = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class TakePosters:
    """Takes the liveliest of some frames of a film as a picture in several sizes: an ``Action`` of the task graph.

    ``candidates`` are frame numbers at the film's rate.
    """

    ffmpeg: Program
    film: MediaInfo
    film_name: str
    frame: Frame
    candidates: tuple[int, ...]
    sizes: tuple[PosterSize, ...]

    def document(self) -> Mapping[str, Json]:
        """Return all that decides the result but the inputs."""
        return {
            "tool": "ffmpeg",
            "digest": self.ffmpeg.digest,
            "argv": [*GLOBAL_FLAGS, *self._judged(), *self._taken(0)],
            "candidates": list(self.candidates),
            "sizes": [asdict(each) for each in self.sizes],
        }

    def perform(self, workspace: Workspace) -> None:
        """Judge the candidates, then write the best in each size; raises what ``run_ffmpeg`` raises."""
        (best,) = _liveliest(self.ffmpeg, self._judged(), (self.candidates,), workspace, self.film)
        names = [size.file_name for size in self.sizes]
        _run(self.ffmpeg, self._taken(best), workspace, self.film, *names)
        for size in self.sizes:
            refuse_other_picture(workspace.folder / size.file_name, size.width_px, size.height_px)
            refuse_other_bytes(workspace.folder / size.file_name)

    def _judged(self) -> tuple[str, ...]:
        return _judged_argv(self.film, self.film_name, self.frame, self.candidates)

    def _taken(self, frame: int) -> tuple[str, ...]:
        """Write one frame in every size."""
        picture = filter_picture(_chosen(self.film, self.frame, (frame,)), self.film, self.frame)
        copies = zip(picture.split("split", len(self.sizes)), self.sizes, strict=True)
        outputs = tuple(_jpeg(_fill(copy, size), size.file_name) for copy, size in copies)
        return command_words(inputs=(film_input(self.film_name, film=self.film),), outputs=outputs)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakePictures:
    """Takes the liveliest frame of each part of a film as a picture: an ``Action`` of the task graph.

    ``parts`` holds the candidates of each part: frame numbers at the film's rate, in the film's order. The pictures are
    called ``picture-1.jpg`` and so on, and have the size of ``frame``.
    """

    ffmpeg: Program
    film: MediaInfo
    film_name: str
    frame: Frame
    parts: tuple[tuple[int, ...], ...]

    def document(self) -> Mapping[str, Json]:
        """Return all that decides the result but the inputs."""
        return {
            "tool": "ffmpeg",
            "digest": self.ffmpeg.digest,
            "argv": [*GLOBAL_FLAGS, *self._judged(), *self._taken(tuple(0 for _ in self.parts))],
            "parts": [list(each) for each in self.parts],
        }

    def perform(self, workspace: Workspace) -> None:
        """Judge all candidates in one pass, then write the best in another; raises what ``run_ffmpeg`` raises."""
        best = _liveliest(self.ffmpeg, self._judged(), self.parts, workspace, self.film)
        _run(self.ffmpeg, self._taken(best), workspace, self.film, _PICTURES)
        made = [workspace.folder / picture_name(number) for number in range(1, 1 + len(best))]
        for path in made:
            refuse_other_picture(path, self.frame.width_px, self.frame.height_px)
        refuse_other_pictures(workspace.folder / _PICTURES, made)

    def _judged(self) -> tuple[str, ...]:
        return _judged_argv(self.film, self.film_name, self.frame, tuple(chain(*self.parts)))

    def _taken(self, frames: tuple[int, ...]) -> tuple[str, ...]:
        picture = filter_picture(_chosen(self.film, self.frame, frames), self.film, self.frame)
        output = _jpeg(picture, _PICTURES, count=len(frames))
        return command_words(inputs=(film_input(self.film_name, film=self.film),), outputs=(output,))


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawStoryboard:
    """Lays small pictures of a film out on one sheet: an ``Action`` of the task graph."""

    ffmpeg: Program
    film: MediaInfo
    film_name: str
    frame: Frame
    sheet: Sheet

    def document(self) -> Mapping[str, Json]:
        """Return all that decides the result but the inputs."""
        return {"tool": "ffmpeg", "digest": self.ffmpeg.digest, "argv": [*GLOBAL_FLAGS, *self._argv()]}

    def perform(self, workspace: Workspace) -> None:
        """Write the sheet; raises what ``run_ffmpeg`` raises."""
        _run(self.ffmpeg, self._argv(), workspace, self.film, SHEET)
        refuse_other_picture(workspace.folder / SHEET, self.sheet.width_px, self.sheet.height_px)
        refuse_other_bytes(workspace.folder / SHEET)

    def _argv(self) -> tuple[str, ...]:
        sheet = self.sheet
        small = Frame(width_px=sheet.tile_width_px, height_px=sheet.tile_height_px, rate=self.frame.rate)
        picture = filter_picture(_chosen(self.film, self.frame, sheet.frames), self.film, small)
        picture = picture.filter(
            "tile", layout=f"{sheet.columns}x{sheet.rows}", nb_frames=len(sheet.frames), color="black"
        )
        return command_words(inputs=(film_input(self.film_name, film=self.film),), outputs=(_jpeg(picture, SHEET),))


def take_stills(
    ffmpeg_path: Path, path: Path, film: MediaInfo, frames: Sequence[int], size: tuple[int, int]
) -> dict[int, bytes]:
    """Take small JPEGs of these frames of a film, in one pass over it; raises what ``decode_film`` raises.

    ``frames`` are numbers at the film's rate; one after its end is left out.
    """
    video = film.video
    wanted = sorted(set(frames) & set(range(count_frames(film, video.rate)))) if video else []
    if video is None or not wanted:
        return {}
    shown = Frame(width_px=video.display_width_px // 2 * 2, height_px=video.display_height_px // 2 * 2, rate=video.rate)
    small = Frame(width_px=size[0], height_px=size[1], rate=video.rate)
    picture = filter_picture(_chosen(film, shown, wanted), film, small)
    with temporary_folder() as folder:
        decode_film(ffmpeg_path, path, film, _jpeg(picture, _PICTURES, count=len(wanted)), cwd=folder)
        made = {frame: folder / picture_name(number) for number, frame in enumerate(wanted, start=1)}
        return {frame: picture.read_bytes() for frame, picture in made.items() if picture.is_file()}


def picture_name(number: int) -> str:
    """Name a picture that ``TakePictures`` takes in its work folder; the first has number 1."""
    return _PICTURES % number


def _liveliest(
    ffmpeg: Program, judged: tuple[str, ...], parts: tuple[tuple[int, ...], ...], workspace: Workspace, film: MediaInfo
) -> tuple[int, ...]:
    """Choose the best candidate of each part; ``judged`` writes them all."""
    if all(len(part) == 1 for part in parts):
        return tuple(chain(*parts))
    _run(ffmpeg, judged, workspace, film)
    scores = iter(_scores(workspace.folder / _TRIALS, sum(map(len, parts))))
    rated = [[(next(scores), -place, frame) for place, frame in enumerate(part)] for part in parts]
    return tuple(max(each)[-1] for each in rated)  # the first of the best


def _judged_argv(film: MediaInfo, film_name: str, frame: Frame, candidates: tuple[int, ...]) -> tuple[str, ...]:
    """Write the candidates, small and grey, one after another."""
    picture = _chosen(film, frame, candidates)
    picture = picture.filter("scale", _TRIAL_WIDTH_PX, _TRIAL_HEIGHT_PX, flags="area+bitexact")
    picture = picture.filter("format", "gray")
    # rawvideo: bytes to be judged without a decoder; passthrough: the frames chosen, whatever lies between them
    options = (("f", "rawvideo"), ("fps_mode", "passthrough"))
    output = Output(name=_TRIALS, streams=(picture,), options=options)
    return command_words(inputs=(film_input(film_name, film=film),), outputs=(output,))


def _chosen(film: MediaInfo, frame: Frame, frames: Sequence[int]) -> Stream:
    """Let only these frames of a film pass; a tick is a frame here."""
    picture = cell_frames(film, frame.rate, whole_film(film, frame.rate))
    return picture.filter("select", "+".join(f"eq(n,{each})" for each in frames))


def _fill(picture: Stream, size: PosterSize) -> Stream:
    """Fill a size: scale as far as needed, and cut off the rest equally at both sides."""
    wanted = {"force_original_aspect_ratio": "increase", "flags": "lanczos+accurate_rnd+bitexact"}
    return picture.filter("scale", size.width_px, size.height_px, **wanted).filter(
        "crop", size.width_px, size.height_px
    )


def _jpeg(picture: Stream, name: str, *, count: int = 0) -> Output:
    """Write one picture; or ``count`` of them, their numbers in the name."""
    # JPEG knows BT.601 in full range only: without this, greens turn
    picture = picture.filter("scale", out_color_matrix="bt601", out_range="pc", flags="accurate_rnd+bitexact")
    # the name is a name, not a pattern; or it is one, for frames that are far apart
    naming: tuple[Option, ...] = (("start_number", 1), ("fps_mode", "passthrough")) if count else (("update", 1),)
    options = by_name(
        ("c:v", "mjpeg"),
        ("q:v", _QUALITY),
        ("huffman", "optimal"),
        ("threads:v", 1),  # the same bytes on every machine
        ("frames:v", count or 1),
        *naming,
        ("f", "image2"),
        ("map_metadata", -1),  # the film's own texts belong to the film
        *BIT_EXACT,
    )
    return Output(name=name, streams=(picture.filter("format", "yuvj420p"),), options=options)


def _run(ffmpeg: Program, argv: tuple[str, ...], workspace: Workspace, film: MediaInfo, *summed: str) -> None:
    run_ffmpeg(
        workspace.program(ffmpeg),
        argv,
        cwd=workspace.folder,
        duration_ms=film.duration_ms,
        report=workspace.report,
        is_cancelled=workspace.is_cancelled,
        summed=summed,
    )


def _scores(path: Path, count: int) -> list[int]:
    """Judge grey pictures: lively ones have many edges and much contrast; a fade, a title on black, a blur have few."""
    import numpy as np  # noqa: PLC0415 - only where pictures are judged

    pixels = np.fromfile(path, dtype=np.uint8)
    if pixels.size != count * _TRIAL_WIDTH_PX * _TRIAL_HEIGHT_PX:
        raise ToolError(what="ffmpeg gave another number of pictures than was asked for.", where=path.name)
    pictures = pixels.reshape(count, _TRIAL_HEIGHT_PX, _TRIAL_WIDTH_PX).astype(np.int64)
    edges = np.abs(np.diff(pictures, axis=1)).sum(axis=(1, 2)) + np.abs(np.diff(pictures, axis=2)).sum(axis=(1, 2))
    spread = pictures.var(axis=(1, 2))
    # both in whole numbers, so that no rounding decides which one is best
    return [int(edge) * (1 + int(contrast)) for edge, contrast in zip(edges, spread, strict=True)]


def refuse_other_picture(path: Path, width_px: int, height_px: int, *, demuxer: str = "jpeg_pipe") -> None:
    """Raise ``ToolError`` for a file that holds no whole picture of this size; ``demuxer`` is what PyAV reads it by."""
    import av  # noqa: PLC0415 - heavy, see probe

    try:
        with av.open(f"file:{path}", format=demuxer) as container:
            stream = container.streams.video[0]
            stream.codec_context.options = STRICT
            found = next(container.decode(stream))
    except (av.FFmpegError, OSError, StopIteration) as fault:
        raise ToolError(what="ffmpeg wrote no picture.", where=path.name, why=why_of(fault)) from fault
    if (found.width, found.height) != (width_px, height_px):
        raise ToolError(
            what="ffmpeg wrote a picture of another size.",
            where=path.name,
            why=f"{found.width}x{found.height} instead of {width_px}x{height_px}",
        )
