"""What is kept of the master so that its next version can be laid beside it, and of the version before?"""

from __future__ import annotations

from pathlib import Path

from babelreel.app.project.inventory import find_film, probe_path
from babelreel.app.project.master import look_at_film, open_digests
from babelreel.errors import UsageError
from babelreel.graph.files import write_atomically
from babelreel.media.probe.film import probe_media
from babelreel.media.programs.locate import locate_ffmpeg
from babelreel.model.film.fingerprint import Fingerprint, pack_fingerprint, parse_fingerprint
from babelreel.model.film.media import MediaInfo
from babelreel.model.project import Project
from babelreel.regular_files import read_regular
from babelreel.system_errors import as_house_error, is_machine_fault

_ENDING = ".fingerprint"
_BEFORE_ENDING = ".before.fingerprint"
_PROBE_ENDING = ".probe.json"


def fingerprint_path(project: Project) -> Path:
    """Say where the fingerprint of the master lies: ``video/master.fingerprint``, beside its description."""
    described = probe_path(project)
    return described.with_name(described.name.removesuffix(_PROBE_ENDING) + _ENDING)


def before_path(project: Project) -> Path:
    """Say where the fingerprint of the version before lies: ``video/master.before.fingerprint``."""
    path = fingerprint_path(project)
    return path.with_name(path.name.removesuffix(_ENDING) + _BEFORE_ENDING)


def known_fingerprint(path: Path) -> Fingerprint | None:
    """Read a fingerprint; ``None`` where there is none, or none of ours. Raises ``MachineError``."""
    try:
        return parse_fingerprint(read_regular(path))
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and is_machine_fault(error):
            raise as_house_error(error, path) from error
        return None


def remember_film(project: Project, info: MediaInfo, ffmpeg: str | None) -> Path:
    """Write the fingerprint of the master, unless it lies there; that of another version becomes the one before.

    The film is decoded for it, once for each content of it. Raises what decoding does.
    """
    path = fingerprint_path(project)
    known = known_fingerprint(path)
    if known is not None and known.digest == info.digest:
        return path
    taken = _taken(find_film(project), info, ffmpeg)
    if known is not None:
        write_atomically(before_path(project), pack_fingerprint(known))
    write_atomically(path, pack_fingerprint(taken))
    return path


def present_fingerprint(project: Project, ffmpeg: str | None) -> Fingerprint:
    """Give the fingerprint of the master as it lies there, without writing it."""
    digests = open_digests(project)
    film, info = look_at_film(project, digests)
    digests.save()
    known = known_fingerprint(fingerprint_path(project))
    return known if known is not None and known.digest == info.digest else _taken(film, info, ffmpeg)


def old_fingerprint(project: Project, old: Path | None, new_digest: str, ffmpeg: str | None) -> Fingerprint:
    """Give the fingerprint of a film, or the one that a file holds; without any, that of the version before.

    Raises ``UsageError`` where nothing is known of an earlier version.
    """
    if old is None:
        return _remembered(project, new_digest)
    if old.suffix == _ENDING or old.name.endswith(_PROBE_ENDING):
        path = old.with_name(old.name.removesuffix(_PROBE_ENDING) + _ENDING) if old.suffix != _ENDING else old
        found = known_fingerprint(path)
        if found is None:
            raise UsageError(
                what="this is no fingerprint of a film",
                where=str(path),
                hint='"babelreel probe" writes one; or name the old film itself',
            )
        return found
    digests = open_digests(project)
    info = probe_media(old, digest=digests.digest(old), wishes=project.streams)
    digests.save()
    return _taken(old, info, ffmpeg)


def _taken(film: Path, info: MediaInfo, ffmpeg: str | None) -> Fingerprint:
    # numpy takes a tenth of a second to load
    from babelreel.media.matching.take_fingerprint import take_fingerprint  # noqa: PLC0415 - see above

    return take_fingerprint(locate_ffmpeg(ffmpeg), film, info)


def _remembered(project: Project, new_digest: str) -> Fingerprint:
    """Give what was kept of the version before: beside the film if "probe" saw it last, else what "probe" put aside."""
    for path in (fingerprint_path(project), before_path(project)):
        found = known_fingerprint(path)
        if found is not None and found.digest != new_digest:
            return found
    raise UsageError(
        what="nothing is kept of an earlier version of the film",
        where=str(fingerprint_path(project)),
        hint="name the old film: babelreel conform OLD.mp4; “babelreel probe” keeps enough of it for the next time",
    )
