"""Make and verify an archive file, which has every sound and every text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from babelreel.errors import FilmError, ToolError
from babelreel.graph.task import Json, Program, Workspace
from babelreel.media.argv.archive import archive_argv
from babelreel.media.assembly.archive_check import Source, archive_differences
from babelreel.media.assembly.command import describe_file
from babelreel.media.containers.mkv_language import BrokenMatroskaError, write_languages
from babelreel.media.containers.mp4 import BrokenMp4Error, clear_subtitle_enabled, is_faststart
from babelreel.media.probe.expectation import not_as_planned, picture_differences
from babelreel.media.probe.film import probe_file
from babelreel.media.programs.run import GLOBAL_FLAGS, run_ffmpeg
from babelreel.model.delivery.archive import ArchiveTrack, Container
from babelreel.model.film.media import Expectation, MediaInfo
from babelreel.system_errors import why_of


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeArchive:
    """Joins pieces of a picture, sounds and texts to one file: an ``Action`` of the task graph.

    ``pieces`` are the files that ``pieces_name``, a list of ``render_pieces``, names. The first sound is switched on,
    nothing else. ``picture`` is what the picture must be. ``describes`` names a second output, see ``FfmpegCommand``.
    """

    ffmpeg: Program
    container: Container
    pieces_name: str
    pieces: tuple[str, ...]
    sounds: tuple[ArchiveTrack, ...]
    texts: tuple[ArchiveTrack, ...]
    title: str
    picture: Expectation
    output: str
    describes: str

    @property
    def argv(self) -> tuple[str, ...]:
        """The words that ffmpeg is called with."""
        return archive_argv(
            self.container,
            pieces_name=self.pieces_name,
            sounds=self.sounds,
            texts=self.texts,
            output_name=self.output,
            title=self.title,
        )

    def document(self) -> Mapping[str, Json]:
        """Return all that decides the result but the inputs."""
        finish = "write-languages" if self.container is Container.MKV else "clear-subtitle-enabled"
        return {
            "tool": "ffmpeg",
            "digest": self.ffmpeg.digest,
            "argv": [*GLOBAL_FLAGS, *self.argv],
            "finish": [finish],
            "expects": [str(self.picture.frames), str(self.picture.rate), str(self.picture.duration_ms)],
        }

    def perform(self, workspace: Workspace) -> None:
        """Run ffmpeg, finish its file, and compare every stream with the file that it was copied from.

        Raises what ``run_ffmpeg`` raises, and ``ToolError`` that lists every difference.
        """
        folder = workspace.folder
        run_ffmpeg(
            workspace.program(self.ffmpeg),
            self.argv,
            cwd=folder,
            duration_ms=self.picture.duration_ms,
            report=workspace.report,
            is_cancelled=workspace.is_cancelled,
        )
        path = folder / self.output
        self._finish(path)
        (folder / self.describes).write_bytes(describe_file(self._checked(folder, path)))

    def _finish(self, path: Path) -> None:
        """Correct what ffmpeg has no option for."""
        try:
            if self.container is Container.MP4:
                clear_subtitle_enabled(path)
                is_ordered = is_faststart(path)
            else:
                tracks = (*self.sounds, *self.texts)
                write_languages(path, ((self.container.code_of(each.language), each.language.tag) for each in tracks))
                is_ordered = True
        except (BrokenMp4Error, BrokenMatroskaError, OSError) as fault:
            raise ToolError(what="ffmpeg wrote a broken file.", where=self.output, why=why_of(fault)) from fault
        if not is_ordered:
            raise ToolError(what="ffmpeg wrote the file with its index at the end.", where=self.output)

    def _checked(self, folder: Path, path: Path) -> MediaInfo:
        try:
            info = probe_file(path, digest="")
            found = [
                *picture_differences(info.video, self.picture),
                *archive_differences(path, folder, self._sources(), duration_ms=self.picture.duration_ms),
            ]
        except FilmError as fault:
            raise not_as_planned(path, fault.why or fault.what) from fault
        if found:
            raise not_as_planned(path, "; ".join(found))
        return info

    def _sources(self) -> tuple[Source, ...]:
        """Say what each stream was copied from, in the order of the file."""
        return (
            Source(kind="video", files=self.pieces, is_default=True),
            *(self._source("audio", each, is_default=place == 0) for place, each in enumerate(self.sounds)),
            *(self._source("subtitle", each, is_default=False) for each in self.texts),
        )

    def _source(self, kind: str, track: ArchiveTrack, *, is_default: bool) -> Source:
        return Source(
            kind=kind,
            files=(track.file,),
            is_default=is_default,
            language=self.container.code_of(track.language),
            name=track.name,
            texts=track.texts,
        )
