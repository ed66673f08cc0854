"""Check that published texts, pages and playlists hold what they should, and lead to files that are there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from babelreel.delivery.references import Reference, find_references
from babelreel.errors import TrackError
from babelreel.languages.find import find_language
from babelreel.model.delivery.manifest import Manifest, PublishedFile, Role
from babelreel.model.delivery.published_paths import DESCRIPTIONS
from babelreel.model.language import ENGLISH
from babelreel.timedtext.read import EDITABLE_ENDINGS, read_track

#: Larger texts are none of ours.
_MOST_BYTES = 1 << 26


def find_content_faults(
    folder: Path, manifest: Manifest, films: Mapping[str, Manifest] = MappingProxyType({})
) -> Callable[[PublishedFile], Iterator[str]]:
    """Make the look at one file of a folder: what is wrong in it, in plain words.

    ``films`` are published in folders below it, by their names.
    """
    published = dict.fromkeys(DESCRIPTIONS, "") | {file.path: file.sha256 for file in manifest.files}
    published |= {f"{name}/{file.path}": file.sha256 for name, film in films.items() for file in film.files}

    def look(file: PublishedFile) -> Iterator[str]:
        if PurePosixPath(file.path).suffix.lower() not in _TEXTS:
            return
        if file.bytes > _MOST_BYTES:
            yield f"{file.bytes} bytes are too many for a text"
            return
        data = (folder / file.path).read_bytes()
        yield from _track_faults(file, data)
        yield from _reference_faults(file, data, published)

    return look


_TEXTS = frozenset((*EDITABLE_ENDINGS, ".html", ".css", ".m3u8", ".mpd"))


def _track_faults(file: PublishedFile, data: bytes) -> Iterator[str]:
    """Read subtitles as players do; a storyboard's texts are addresses, but its form is the same."""
    if PurePosixPath(file.path).suffix.lower() not in EDITABLE_ENDINGS:
        return
    try:
        # what is published is UTF-8: no code page is guessed from a language
        track = read_track(data, language=find_language(ENGLISH), path=file.path)
    except TrackError as error:
        yield error.why or error.what
        return
    for fault in track.faults:
        yield f"line {fault.line}: {fault.detail}"
    if not track.cues and file.role is Role.CAPTIONS:
        yield "holds no cue"


def _reference_faults(file: PublishedFile, data: bytes, published: Mapping[str, str]) -> Iterator[str]:
    try:
        references = list(find_references(file.path, data))
    except ValueError as fault:
        yield str(fault)
        return
    for reference in dict.fromkeys(references):
        yield from _lost(file, reference, published)


def _lost(file: PublishedFile, reference: Reference, published: Mapping[str, str]) -> Iterator[str]:
    if reference.is_elsewhere:
        if reference.is_loaded:
            yield f"loads something from elsewhere: {reference.target}"
        return
    path = reference.path_from(file.path)
    if path == ".." or path.startswith("../"):
        yield f"points out of the folder: {reference.target}"
    elif path and path not in published:
        yield f"points to a file that was not published: {reference.target}"
    elif path and not published[path].startswith(reference.version):
        yield f"points to another version of a file than was published: {reference.target}"
