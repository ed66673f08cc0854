"""Check that everything that was published can be decoded, from its first to its last frame and sample."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from babelreel.delivery.references import find_references
from babelreel.delivery.streams.hls import KEYS_ONLY
from babelreel.media.probe.full_decode import decode_wholly
from babelreel.media.programs.temporary_folder import temporary_folder
from babelreel.model.delivery.manifest import PublishedFile, Role


def find_decoding_faults(folder: Path, ffmpeg_path: Path) -> Callable[[PublishedFile], Iterator[str]]:
    """Make the look at one file of a folder: what cannot be decoded in it.

    The segments of a stream are decoded in the order of their playlist, as players do.
    """

    def look(file: PublishedFile) -> Iterator[str]:
        path = folder / file.path
        if file.role in {Role.VIDEO, Role.SIGNED, Role.ARCHIVE}:
            fault = decode_wholly(ffmpeg_path, path, duration_ms=file.duration_ms)
        elif file.role is Role.STREAM and path.suffix.lower() == ".m3u8":
            fault = _decode_stream(ffmpeg_path, file.path, folder)
        else:
            return
        if fault:
            yield f"cannot be decoded: {fault}"

    return look


def _decode_stream(ffmpeg_path: Path, playlist: str, folder: Path) -> str:
    content = (folder / playlist).read_bytes()
    if KEYS_ONLY in content:  # parts of segments that are decoded with their own playlist
        return ""
    references = find_references(playlist, content)
    parts = list(dict.fromkeys(folder / each.path_from(playlist) for each in references))
    endings = {PurePosixPath(part).suffix.lower() for part in parts}
    if not parts or endings & {".m3u8", ".vtt"}:  # a list of playlists, and text, which is read elsewhere
        return ""
    with temporary_folder() as work:
        whole = work / "stream.mp4"
        with whole.open("wb") as out:
            for part in parts:
                with part.open("rb") as segment:
                    shutil.copyfileobj(segment, out)
        return decode_wholly(ffmpeg_path, whole)
