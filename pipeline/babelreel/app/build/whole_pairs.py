"""Tell which files of pairs may be published: those whose two languages are published too."""

from __future__ import annotations

from collections.abc import Mapping

from babelreel.model.delivery.manifest import PublishedFile, Role
from babelreel.model.delivery.pairs import is_pair, languages_in

#: What makes a language one that is published.
_WATCHED = frozenset({Role.VIDEO, Role.CAPTIONS})


def without_lonely_pairs(files: Mapping[str, PublishedFile]) -> dict[str, PublishedFile]:
    """Leave out the files of pairs of which a language has neither film nor text among the files."""
    there = {file.language for file in files.values() if file.role in _WATCHED}
    return {
        path: file
        for path, file in files.items()
        if not is_pair(file.language) or there.issuperset(languages_in(file.language))
    }
