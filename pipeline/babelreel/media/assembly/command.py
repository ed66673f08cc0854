"""Make one call of ffmpeg a task of the build, and verify its result."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path

from babelreel.errors import FilmError, ToolError
from babelreel.graph.task import Json, Program, Workspace
from babelreel.media.assembly.copied_streams import Copied, copy_differences
from babelreel.media.containers.mp4 import BrokenMp4Error, clear_subtitle_enabled, is_faststart
from babelreel.media.containers.mp4_picture import Mp4Picture
from babelreel.media.picture.check_join import check_joined, peak_kbps
from babelreel.media.probe.expectation import not_as_planned, verify_file
from babelreel.media.programs.run import GLOBAL_FLAGS, run_ffmpeg
from babelreel.model.film.media import Expectation, MediaInfo
from babelreel.system_errors import why_of


@dataclass(frozen=True, slots=True, kw_only=True)
class FfmpegCommand:
    """One call of ffmpeg: an ``Action`` of the task graph that makes one file and believes nothing.

    ``clears_text_flag`` keeps the muxed text switched off until the viewer wants it. ``describes`` names a second
    output, a JSON file with what was found: length, size, codecs, sound, peak; ``sound_facts`` names an input that
    tells how loud the sound is, which is written there too. ``joins`` names the pieces, in order, of which the picture
    must consist; ``copies`` are the streams behind it, which must be copies as well.
    """

    ffmpeg: Program
    argv: tuple[str, ...]
    output: str
    expects: Expectation
    clears_text_flag: bool = False
    describes: str = ""
    sound_facts: str = ""
    joins: tuple[str, ...] = ()
    copies: tuple[Copied, ...] = ()

    def document(self) -> Mapping[str, Json]:
        """Return all that decides the result but the inputs; the place of the program is no part of it.

        What is expected takes part: a file that was good enough for another plan has to be verified again.
        """
        return {
            "tool": "ffmpeg",
            "digest": self.ffmpeg.digest,
            "argv": [*GLOBAL_FLAGS, *self.argv],
            "finish": [
                *(["clear-subtitle-enabled"] if self.clears_text_flag else []),
                *(["tell-loudness"] if self.sound_facts else []),
            ],
            "environment": [],  # every key so far has it: without it all files would be made again
            "expects": {name: _json(value) for name, value in asdict(self.expects).items()},
        }

    def perform(self, workspace: Workspace) -> None:
        """Run ffmpeg in the workspace, finish its file, and compare it with the plan.

        Raises what ``run_ffmpeg`` and ``verify_file`` raise.
        """
        folder = workspace.folder
        run_ffmpeg(
            workspace.program(self.ffmpeg),
            self.argv,
            cwd=folder,
            duration_ms=self.expects.duration_ms,
            report=workspace.report,
            is_cancelled=workspace.is_cancelled,
        )
        self._finish(workspace)
        joined = self._check_copies(folder) if self.joins else None
        info = verify_file(folder / self.output, self.expects)
        if self.describes:
            loudness = read_loudness(folder / self.sound_facts) if self.sound_facts else {}
            (folder / self.describes).write_bytes(describe_file(info, joined, loudness))

    def _check_copies(self, folder: Path) -> Mp4Picture:
        """Compare the file with all that was joined to it, first its index, which tells best what is wrong."""
        path = folder / self.output
        joined = check_joined(path, [folder / name for name in self.joins])
        try:
            found = tuple(copy_differences(path, folder, (Copied(kind="video", files=self.joins), *self.copies)))
        except FilmError as fault:
            raise not_as_planned(path, fault.why or fault.what) from fault
        if found:
            raise not_as_planned(path, "; ".join(found))
        return joined

    def _finish(self, workspace: Workspace) -> None:
        path = workspace.folder / self.output
        try:
            if self.clears_text_flag:
                clear_subtitle_enabled(path)
            is_ordered = "+faststart" not in self.argv or is_faststart(path)
        except (BrokenMp4Error, OSError) as fault:
            raise ToolError(what="ffmpeg wrote a broken file.", where=self.output, why=why_of(fault)) from fault
        if not is_ordered:
            raise ToolError(what="ffmpeg wrote the file with its index at the end.", where=self.output)


def read_loudness(path: Path) -> Mapping[str, float | None]:
    """Read what is published of a finished sound: numbers with two decimals, null where nothing is heard."""
    found = json.loads(path.read_bytes())
    return {name: found[name] for name in ("loudness_lufs", "true_peak_dbtp")}


def describe_file(
    info: MediaInfo, joined: Mp4Picture | None = None, loudness: Mapping[str, float | None] | None = None
) -> bytes:
    """Write what is known of a file as the JSON that the manifest is made from."""
    size = {"width_px": info.video.display_width_px, "height_px": info.video.display_height_px} if info.video else {}
    facts = {"duration_ms": info.duration_ms, "codecs": info.codecs, "has_sound": bool(info.audio), **size}
    facts |= {"peak_kbps": peak_kbps(joined)} if joined else {}
    return json.dumps(facts | dict(loudness or {}), sort_keys=True).encode()


def _json(value: int | str | Fraction | None) -> Json:
    return str(value) if isinstance(value, Fraction) else value
