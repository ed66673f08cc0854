"""Take a track out of a stream that is published already, with nothing else of it changed.

What is edited here was written by ``hls.py`` and ``dash.py``; the rates that they state stay, as upper bounds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import PurePosixPath
from urllib.parse import quote

from babelreel.model.delivery.manifest import PublishedFile
from babelreel.model.delivery.published_paths import DASH_MANIFEST, HLS_MASTER, way
from babelreel.model.delivery.stream import TEXT_TRACK

_TITLE = r'\n *<ProgramInformation lang="{}">.*?</ProgramInformation>'
_SET_BEGINS, _SET_ENDS = re.compile(r"(?=\n *<AdaptationSet\b)"), "</AdaptationSet>"
#: What a picture says of the sounds and texts that go with it, and what says that there are any.
_GROUPS = {
    ',AUDIO="sound"': "#EXT-X-MEDIA:TYPE=AUDIO,",
    ',AUDIO="sound-light"': "#EXT-X-MEDIA:TYPE=AUDIO,",
    ',SUBTITLES="text"': "#EXT-X-MEDIA:TYPE=SUBTITLES,",
}


def playlists_of(paths: Iterable[str]) -> tuple[str, ...]:
    """Choose those of the paths that are the playlist of one track."""
    return tuple(sorted(path for path in paths if path.endswith(".m3u8") and path != HLS_MASTER))


def remove_tracks(
    kept: Mapping[str, PublishedFile], playlists: Collection[str], read: Callable[[str], bytes]
) -> Iterator[tuple[PublishedFile, bytes | None]]:
    """Yield the files of a stream without the tracks of these playlists, which are not among the files that are kept.

    The two files that list all tracks come with their new content, the others with ``None``: they stay as they are.
    """
    edits: Mapping[str, Callable[[str, Collection[str]], str]] = {
        HLS_MASTER: remove_from_master,
        DASH_MANIFEST: remove_from_mpd,
    }
    for path, file in kept.items():
        if path in edits and playlists:
            text = read(path).decode("utf-8", "surrogateescape")  # what was damaged before stays as it is
            content = edits[path](text, playlists).encode("utf-8", "surrogateescape")
            yield replace(file, bytes=len(content), sha256=sha256(content).hexdigest()), content
        else:
            yield file, None


def remove_from_master(master: str, playlists: Collection[str]) -> str:
    """Take sounds and texts out of the playlist of playlists; ``playlists`` are their paths below ``output/``."""
    gone = tuple(f'URI="{quote(way(HLS_MASTER, each))}"' for each in playlists)
    titles = tuple(f'LANGUAGE="{tag}"' for tag in _languages(playlists))
    ends = {"#EXT-X-MEDIA": gone, "#EXT-X-SESSION-DATA": titles}
    kept = "\n".join(line for line in master.split("\n") if not line.endswith(ends.get(line.partition(":")[0], ())))
    for attribute, member in _GROUPS.items():
        kept = kept if member in kept else kept.replace(attribute, "")
    return kept


def remove_from_mpd(mpd: str, playlists: Collection[str]) -> str:
    """Take the same sounds and texts out of the manifest of DASH."""
    gone = tuple(f'<Representation id="{PurePosixPath(path).stem}"' for path in playlists)
    for tag in _languages(playlists):
        mpd = re.sub(_TITLE.format(re.escape(tag)), "", mpd, flags=re.DOTALL)
    first, *sets = _SET_BEGINS.split(mpd)
    return first + "".join(_without(gone, part) for part in sets)


def _without(gone: tuple[str, ...], part: str) -> str:
    """Return what follows the set with which a part of a manifest begins, if the set is one of those that go."""
    told, end, rest = part.partition(_SET_ENDS)
    return rest if end and any(each in told for each in gone) else part


def _languages(playlists: Collection[str]) -> tuple[str, ...]:
    """Name the languages of which texts go: their titles go with them."""
    stems = (PurePosixPath(path).stem for path in playlists)
    return tuple(stem.removeprefix(TEXT_TRACK) for stem in stems if stem.startswith(TEXT_TRACK))
