"""Read a track when its cues are asked for, where its file was read before as what it is now.

A plan reads all languages, and most of the time one of them has changed. What is noted of a file is what plans ask of
each: that it could be read, how many cues it has, and that the bundled fonts can draw them.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from hashlib import sha256

from babelreel.app.project.inventory import relative_path
from babelreel.app.project.master import open_notes
from babelreel.app.project.program_files import program_state
from babelreel.app.project.read_tracks import load_track, read_bytes, read_file, track_of
from babelreel.app.project.subtitle_files import TrackFile
from babelreel.errors import BabelreelError
from babelreel.graph.notes import Topic
from babelreel.model.json_codec import decode
from babelreel.model.late_track import LateTrack
from babelreel.model.project import Project
from babelreel.model.track import Format, Track
from babelreel.timedtext.burnin.drawable import undrawable_in_track
from babelreel.timedtext.read import format_of


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What is known of the track with this identity."""

    identity: str
    cue_count: int
    is_drawable: bool


#: By the path of the file.
_TRACKS = Topic(name="tracks", version=1, read=lambda document: decode(document, _Known))


def load_late(project: Project, file: TrackFile) -> Track:
    """Read a subtitle file as ``load_track`` does; what is known of it is not parsed before somebody asks."""
    path, notes = relative_path(project, file.path), open_notes(project)
    if format_of(path) is Format.MICRODVD:  # its times follow from the film as well
        return load_track(project, file)
    known = notes.recall(_TRACKS, path)
    if known:
        with suppress(BabelreelError):  # told below
            data = read_bytes(file)
            if _identity(file, path, data) == known.identity:
                return _late(file, path, known, partial(track_of, project, file, data))
    data, track = read_file(project, file)
    if track.is_unread:
        return track
    is_drawable = not undrawable_in_track(track, None)
    known = _Known(identity=_identity(file, path, data), cue_count=len(track.cues), is_drawable=is_drawable)
    notes.keep(_TRACKS, path, known)
    return _late(file, path, known, partial(_same, track))


def _late(file: TrackFile, path: str, known: _Known, make: Callable[[], Track]) -> LateTrack:
    return LateTrack(
        language=file.settings.language.tag,
        path=path,
        format=format_of(path),
        identity=known.identity,
        cue_count=known.cue_count,
        is_drawable=known.is_drawable,
        make=make,
    )


def _identity(file: TrackFile, path: str, data: bytes) -> str:
    """Name all that a track follows from: its bytes and its name, what its language is, and the program."""
    told = repr((program_state(), file.settings.language, path)).encode("utf-8", "surrogatepass")
    return sha256(sha256(told).digest() + data).hexdigest()


def _same(track: Track) -> Track:
    return track
