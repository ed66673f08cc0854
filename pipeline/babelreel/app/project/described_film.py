"""Read the description of the master, and tell whether it is about the film that lies there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from babelreel.app.project.inventory import find_film
from babelreel.app.project.master import known_film, look_at_film, open_digests, recall_film, seen_before
from babelreel.app.project.subtitles_film import is_any_film_known
from babelreel.errors import BabelreelError, FilmError, MachineError
from babelreel.graph.digests import DigestCache
from babelreel.media.probe.choose_streams import choose_streams
from babelreel.model.film.media import MediaInfo
from babelreel.model.film.streams import StreamWishes
from babelreel.model.project import Project
from babelreel.regular_files import read_regular

#: A note of Git LFS about a file that is not fetched: it has the digest of the file, and less than 200 bytes
#: (https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md).
_POINTER = re.compile(rb"version https://git-lfs\.github\.com/spec/.*\noid sha256:([0-9a-f]{64})\n", re.DOTALL)
_MOST_POINTER_BYTES = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmToCheck:
    """What tracks are checked against, and what was described, where that is another film.

    ``film`` is ``None`` where nothing is known. ``stale`` is what the description says, where it is not about the film
    that lies there.
    """

    film: MediaInfo | None
    stale: MediaInfo | None = None


def film_to_check(project: Project) -> FilmToCheck:
    """Read what ``master.probe.json`` says if it is about the film that lies there, or if none lies there.

    It must also be about the picture and sound that babelreel.toml asks for.

    Else the film is probed, which needs no ffmpeg: shots and speech are then those of an earlier look, or unknown. The
    film is read for that, and for its digest where it has changed. Without any description a film is not looked at,
    unless a build has looked at it before, or it is known of which film the subtitles are.
    """
    described, digests = known_film(project), open_digests(project)
    if described is None:
        return FilmToCheck(film=recall_film(project, digests) or _other_than_known(project, digests))
    try:
        path = find_film(project)
        pointed = pointed_digest(path)
        digest = pointed or digests.digest(path)
        if digest == described.digest and _is_as_wished(described, project.streams):
            return FilmToCheck(film=described)
        stale = described if digest != described.digest else None
        # of a film that is not fetched nothing is known then: another one's length would refuse texts that are right
        return FilmToCheck(film=None if pointed else _probed(project, digests), stale=stale)
    except (BabelreelError, OSError):  # no film, or none that can be read: what is described is all there is
        return FilmToCheck(film=described if _is_as_wished(described, project.streams) else None)
    finally:
        digests.save()


def stale_description(project: Project, film: MediaInfo) -> MediaInfo | None:
    """Read what ``master.probe.json`` says, where it is about another film than this one."""
    described = known_film(project)
    return described if described and described.digest != film.digest else None


def film_length_ms(project: Project) -> int | None:
    """Measure how long the film is: by looking at it, else as its description says; ``None`` without both."""
    digests = open_digests(project)
    try:
        return look_at_film(project, digests)[1].duration_ms
    except FilmError:
        described = known_film(project)
        return described.duration_ms if described else None
    finally:
        digests.save()


def _is_as_wished(described: MediaInfo, wishes: StreamWishes) -> bool:
    """Tell whether the picture and sound that are described are those that babelreel.toml asks for now."""
    try:
        chosen = choose_streams(Path(), described.streams, wishes)
    except FilmError:
        return False
    return [each.is_taken for each in chosen] == [each.is_taken for each in described.streams]


def _probed(project: Project, digests: DigestCache) -> MediaInfo | None:
    """Look at the film; what cannot be built is not checked against either."""
    try:
        return seen_before(project, look_at_film(project, digests)[1])
    except FilmError:
        return None


def _other_than_known(project: Project, digests: DigestCache) -> MediaInfo | None:
    """Look at a film that nobody has looked at, where it is known of which one the subtitles are."""
    try:
        return _probed(project, digests) if is_any_film_known(project) else None
    except MachineError:
        return None
    finally:
        digests.save()


def pointed_digest(path: Path) -> str:
    """Find the digest of a film that Git LFS has not fetched; empty for any other file."""
    if path.stat().st_size > _MOST_POINTER_BYTES:
        return ""
    found = _POINTER.match(read_regular(path))
    return found[1].decode() if found else ""
