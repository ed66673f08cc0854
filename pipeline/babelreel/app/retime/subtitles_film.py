"""Of which film are the subtitles? ``video/master.subtitles.json`` says it, in version control beside the fingerprints.

It is the one truth of what was moved already: a version for ``undo`` is on one machine only.
"""

from __future__ import annotations

import json

from babelreel.app.project.fingerprints import fingerprint_path, known_fingerprint, subtitles_path
from babelreel.app.project.inventory import find_film
from babelreel.app.project.master import open_digests
from babelreel.errors import BabelreelError, UsageError
from babelreel.model.project import Project
from babelreel.regular_files import is_taken, read_regular
from babelreel.system_errors import house_errors

_KEY = "subtitles_are_of_film"
_DIGEST_DIGITS = 64


def known_owner(project: Project) -> str | None:
    """Give the digest of the film that the subtitles are of; ``None`` where nobody said it.

    Raises ``UsageError`` where the file is damaged: what is guessed then may move all of them twice.
    """
    path = subtitles_path(project)
    if not is_taken(path):
        return None
    with house_errors(path):
        content = read_regular(path)
    try:
        digest = json.loads(content)[_KEY]
    except (ValueError, TypeError, KeyError, RecursionError):
        digest = None
    if not isinstance(digest, str) or len(digest) != _DIGEST_DIGITS:
        raise UsageError(
            what="nobody can tell of which film the subtitles are",
            where=str(path),
            why="the file is not as babelreel writes it",
            hint="take it from version control, or remove it and name the old film: babelreel conform OLD.mp4",
        )
    return digest


def render_owner(digest: str) -> bytes:
    """Write of which film the subtitles are."""
    return json.dumps({_KEY: digest}, indent=1).encode() + b"\n"


def said_to_fit(project: Project) -> str | None:
    """Give the digest of the film that lies there now, if the subtitles were of another one, else ``None``.

    For a person who moves all of them by hand says that they fit it now.
    """
    known = known_fingerprint(fingerprint_path(project))
    owner = known_owner(project) or (known.digest if known else None)
    if owner is None:
        return None
    try:
        digests = open_digests(project)
        digest = digests.digest(find_film(project))
        digests.save()
    except BabelreelError:  # without the film, nothing is said of it
        return None
    return digest if digest != owner else None
