"""Find the files that were made for the film before, and stayed as they were when the subtitles moved to this one."""

from __future__ import annotations

from contextlib import suppress

from babelreel.app.project.described_film import pointed_digest
from babelreel.app.project.master import open_digests
from babelreel.app.project.subtitles_film import known_owner
from babelreel.errors import BabelreelError, UsageError
from babelreel.graph.digests import DigestCache
from babelreel.model.project import Project


def stale_files(project: Project, film: str | None) -> tuple[str, ...]:
    """List the paths of the files that are still what they were when the subtitles moved away from their film.

    ``film`` is the digest of the film that lies there; without any, that of the subtitles.
    """
    try:
        owner = known_owner(project)
    except UsageError:  # "conform" and "shift" say that the file is damaged
        return ()
    if owner is None or not owner.stayed:
        return ()
    digests = open_digests(project)
    found = tuple(
        path
        for path, each in owner.stayed.items()
        if each.film != (film or owner.film) and digest_of(project, path, digests) == each.sha256
    )
    digests.save()
    return found


def digest_of(project: Project, path: str, digests: DigestCache) -> str:
    """Return the digest of a file, also where Git LFS has not fetched it; empty where it cannot be read."""
    place = project.root / path
    with suppress(BabelreelError, OSError):
        return pointed_digest(place) or digests.digest(place)
    return ""
