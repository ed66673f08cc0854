"""Turn subtitles in a format that is read only into a file that people can edit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from babelreel.app.check.targets import targeted_files
from babelreel.app.project.read_tracks import closed_error, load_track
from babelreel.app.project.subtitle_files import TrackFile
from babelreel.errors import TrackError, UsageError
from babelreel.graph.files import write_atomically
from babelreel.model.project import Project
from babelreel.model.track import Track
from babelreel.model.visible_text import visible_track
from babelreel.timedtext.formats.sidecar import render_subrip
from babelreel.timedtext.read import format_of


def convert_tracks(project: Project, targets: Iterable[str]) -> Iterator[tuple[Path, int]]:
    """Write each track that can only be read as SubRip beside it; yield the new file with its number of cues.

    The old file stays. Raises ``UsageError`` where there is nothing to convert, or the new file is there already, and
    ``TrackError`` for a track of which a part could not be read: nothing is written then.
    """
    files = [file for file in targeted_files(project, targets).tracks if format_of(file.path.name).is_read_only]
    if not files:
        raise UsageError(
            what="There is nothing to convert.",
            why=".srt, .vtt, .ass and .ssa files can be edited as they are",
            hint="Name a file such as subtitles/fr.ttml, or a language whose file is in such a format.",
        )
    tracks = [(file, load_track(project, file)) for file in files]
    for file, track in tracks:
        _refuse(file, track)
    for file, track in tracks:
        path = file.path.with_suffix(".srt")
        write_atomically(path, render_subrip(visible_track(track), None).encode())
        yield path, len(track.cues)


def _refuse(file: TrackFile, track: Track) -> None:
    path = file.path.with_suffix(".srt")
    if path.exists():
        raise UsageError(
            what="The file to write is there already.", where=str(path), hint="Move it away, then convert again."
        )
    if closed := closed_error(track, "The file to convert cannot be read."):
        raise closed
    if track.is_unread or not track.cues:
        raise TrackError(
            what="There is no text in the file to convert.",
            where=str(file.path),
            why=track.faults[0].detail if track.faults else "",
            hint="Open it in a subtitle editor, and save it as .srt.",
        )
