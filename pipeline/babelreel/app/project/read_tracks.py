"""Read the tracks in the subtitle files of the project."""

from __future__ import annotations

from fractions import Fraction

from babelreel.app.project.described_film import film_to_check
from babelreel.app.project.inventory import relative_path
from babelreel.app.project.subtitle_files import TrackFile
from babelreel.errors import BabelreelError, MachineError, TrackError
from babelreel.model.film.media import MediaInfo
from babelreel.model.project import Project
from babelreel.model.track import Fault, FaultKind, Format, Track
from babelreel.regular_files import read_regular
from babelreel.system_errors import why_of
from babelreel.timedtext.file_size import refuse_bytes
from babelreel.timedtext.read import format_of, read_track


def load_track(project: Project, file: TrackFile) -> Track:
    """Read a subtitle file, whatever its encoding; see ``read_file``."""
    return read_file(project, file)[1]


def read_file(project: Project, file: TrackFile) -> tuple[bytes, Track]:
    """Read the bytes of a subtitle file and the track in them; its path is kept relative to the project.

    A file that cannot be read, or is too large to be one, is a track with nothing but this fault: one bad file must not
    keep the others from being looked at. What is no file, such as a folder or a pipe, says nothing of any text: it
    counts as one that the system does not let be read.
    """
    try:
        data = read_bytes(file)
        return data, track_of(project, file, data)
    except (MachineError, TrackError) as error:
        kind = FaultKind.CLOSED_FILE if isinstance(error, MachineError) else FaultKind.UNREADABLE_FILE
        fault = Fault(kind=kind, line=0, column=1, detail=error.why)
        path = relative_path(project, file.path)
        return b"", Track(language=file.tag, path=path, format=format_of(path), cues=(), faults=(fault,))


def track_of(project: Project, file: TrackFile, data: bytes) -> Track:
    """Read the bytes of a subtitle file as its track; raises ``TrackError`` for more than one can have."""
    path = relative_path(project, file.path)
    rate = film_rate(project) if format_of(path) is Format.MICRODVD else None
    return read_track(data, language=file.settings.language, path=path, film_rate=rate)


def closed_error(track: Track, what: str) -> MachineError | None:
    """Make the error for a track whose file the system refuses, beginning with ``what``; ``None`` for others."""
    if not track.is_unread:
        return None
    fault = next((fault for fault in track.faults if fault.kind is FaultKind.CLOSED_FILE), None)
    if fault is None:
        return None
    return MachineError(
        what=what,
        where=track.path,
        why=fault.detail,
        hint="See that the file is there, that you may read it and that its disk is connected; then run the same "
        "command again.",
    )


def unread_error(track: Track, tag: str) -> BabelreelError | None:
    """Make the error for a track that was not read, by the system's fault or the file's; ``None`` for others."""
    what = f"The subtitles of {tag} cannot be read."
    if not track.is_unread:
        return None
    return closed_error(track, what) or TrackError(
        what=what,
        where=track.path,
        why=track.faults[0].detail,
        hint=f"“babelreel check {tag}” says what is wrong.",
    )


def film_rate(project: Project) -> Fraction | None:
    """Return how many frames a second the film has, as far as that is known and is one number."""
    film = film_to_check(project).film
    return rate_of(film) if film else None


def rate_of(film: MediaInfo) -> Fraction | None:
    """Return how many frames a second a film has, where that is one number."""
    picture = film.video
    return None if picture is None or picture.is_variable_rate else picture.slow_rate or picture.rate


def read_bytes(file: TrackFile) -> bytes:
    """Read the bytes of a subtitle file.

    Raises ``MachineError`` where the system does not let them be read, ``TrackError`` for what is too large.
    """
    try:
        refuse_bytes(file.path.stat().st_size, str(file.path))  # before it fills the memory
        return read_regular(file.path)
    except OSError as error:
        raise MachineError(
            what="A subtitle file cannot be read.",
            where=str(file.path),
            why=why_of(error),
            hint="Give yourself the right to read the file, then run the same command again.",
        ) from error
