"""Choose whether the stream of this build is published, or the earlier one stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from babelreel.app.build.planning import Prepared
from babelreel.app.build.results.earlier_files import Earlier
from babelreel.app.build.results.streams import stream_files
from babelreel.app.publish.staging import Stored
from babelreel.delivery.streams.removal import playlists_of, remove_tracks
from babelreel.graph.store import Entry, Store
from babelreel.model.delivery.manifest import PublishedFile, Role


def choose_stream(
    prepared: Prepared, entries: Mapping[str, Entry], store: Store, earlier: Earlier, read: Callable[[str], bytes]
) -> Iterator[tuple[PublishedFile, Stored | bytes | None]]:
    """Yield the files of the stream with where their bytes are, ``None`` for those that stay where they lie.

    A stream is of one piece: if this build lacks a track that the earlier one has, and no content is to blame, the
    earlier one stays, less what content took away. ``read`` returns the bytes of a published file.
    """
    found = stream_files(prepared, entries, earlier.outcome.failures, store, earlier.files)
    made = {file.path: (file, source) for file, source in found}
    kept = earlier.stream()
    if earlier.is_stream_whole and any(path not in made and earlier.awaits(path) for path in playlists_of(kept)):
        listed = {path for path, file in earlier.files.items() if file.role is Role.STREAM}
        yield from remove_tracks(kept, playlists_of(listed - kept.keys()), read)
    else:
        yield from made.values()
